"""The sharing ledger of one child as drawn: every entry, and the two forms that add one."""

from datetime import datetime, time

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import LONDON, london_day
from mash_triage.consent.rules import WHY_NOT
from mash_triage.contacts.pictures import ChildPicture, picture_of_child
from mash_triage.contacts.reference import show_reference
from mash_triage.sharing.actions import (
    DisclosureFacts,
    authorise_disclosure,
    record_disclosure,
    record_not_shared,
)
from mash_triage.sharing.grounds import GROUND_WORDS
from mash_triage.sharing.queries import SharingPicture, sharing_of
from mash_triage.sharing.rules import KIND_WORDS, Kind
from mash_triage.web import components, kept, wording
from mash_triage.web.child.consent import choice
from mash_triage.web.child.reading import child_from_address
from mash_triage.web.child.tables import table
from mash_triage.web.enquiries.asking import basis_asked
from mash_triage.web.enquiries.shown import basis_words
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

HEADS = ("When and who", "What", "With whom", "What for, and why lawful", "Agreement")


def show(visit: Visit) -> None:
    """Everything about one child, and what can be added."""
    child_id = child_from_address(visit)
    with visit.look() as session:
        child = picture_of_child(session, child_id, by=visit.by)
        entries = sharing_of(session, child_id, by=visit.by)
    visit.note_viewed(child.id)
    kept.begin(visit, child.id)
    link = components.child_link_html("child", child.id, child.name)
    st.html(
        f"<p>{link}, contact {show_reference(child.reference)}. "
        f'<a class="mash-screen-only" href="/sharing.pdf?child={child.id}" target="_blank" '
        'rel="noopener">Print (PDF)</a></p>'
    )
    if entries:
        st.html(table("Newest first", HEADS, (row(each) for each in entries)))
    else:
        st.html(
            '<p class="mash-empty">Nothing was shared about this child. A request to an agency '
            "comes here by itself.</p>"
        )
    _lacking(visit, child, entries)
    if visit.by.can(Permission.SCREEN_CONTACT):
        with st.expander("Record something that was shared", key="record_shared"):
            _shared(visit, child)
        with st.expander("Record that something was not shared, because", key="record_not"):
            _not_shared(visit, child)


def row(each: SharingPicture) -> tuple[str | Html, ...]:
    """One entry in plain words, for the screen and for paper."""
    return (
        who_words(each),
        f"{KIND_WORDS[each.kind]}: {each.what}",
        each.with_whom,
        lawful_words(each),
        agreement_words(each),
    )


def lawful_words(each: SharingPicture) -> str:
    """What it was for, why lawful and necessary; or why it was not shared."""
    parts = [each.purpose] if each.purpose else []
    if each.because:
        parts.append(f"Because: {each.because}")
    if each.basis is not None:
        parts.append(f"{basis_words(each.basis)}.")
        parts.append(f"Necessary: {each.basis.necessity}")
    elif each.kind is Kind.DISCLOSURE:
        parts.append("No lawful basis was on record")
    return "\n".join(parts) or "-"


def agreement_words(each: SharingPicture) -> str:
    """What it rested on, why nobody was asked, and whose word was given."""
    parts = [GROUND_WORDS[each.ground]] if each.ground else []
    if each.why_not_asked:
        parts.append(WHY_NOT[each.why_not_asked])
    if each.agreement_words:
        parts.append(each.agreement_words)
    if each.authorised_by and each.authorised_at:
        parts.append(
            f"Authorised by {each.authorised_by}, {wording.moment_words(each.authorised_at)}"
        )
    if each.lacks_word:
        parts.append("A manager's word is still missing")
    return "\n".join(parts) or "-"


def who_words(each: SharingPicture) -> str:
    """When it was shared and recorded, and by whom."""
    shared = wording.moment_words(each.shared_at)
    later = "" if each.at == each.shared_at else f"; recorded {wording.moment_words(each.at)}"
    return f"{shared}{later}, {each.by_name}"


def _lacking(visit: Visit, child: ChildPicture, entries: list[SharingPicture]) -> None:
    """A manager looks at what was shared without agreement or reason."""
    if not visit.by.can(Permission.AUTHORISE_SHARING):
        return
    for number, each in enumerate(one for one in entries if one.lacks_word):
        words = f"Authorise what was shared on {wording.moment_words(each.shared_at)}"
        if st.button(words, key=f"authorise {number} {each.id}"):
            with visit.work() as session:
                authorise_disclosure(session, each.id, by=visit.by, at=visit.at)
            visit.leave("You have given your word.", to="sharing", child=str(child.id))


def _shared(visit: Visit, child: ChildPicture) -> None:
    mine = Kept("shared", child.id)
    whom = st.text_input("With whom", value=mine.text("whom"), key=mine.key("whom"))
    what = st.text_area("What was shared", value=mine.text("what"), key=mine.key("what"), height=80)
    purpose = st.text_input("What for", value=mine.text("purpose"), key=mine.key("purpose"))
    left, right = st.columns(2)
    local = visit.at.astimezone(LONDON)
    with left:
        day = st.date_input(
            "Day",
            value=mine.day("day") or london_day(visit.at),
            format="DD/MM/YYYY",
            key=mine.key("day"),
        )
    with right:
        clock = st.time_input("Time", value=time(local.hour, local.minute), key="shared time")
    basis = basis_asked(mine)
    why_not = choice(mine, "why_not", "If nobody agreed: why not asked", WHY_NOT)
    why_words = st.text_input(
        "In your words (optional)", value=mine.text("why_words"), key=mine.key("why_words")
    )
    if not st.button("Record what was shared", key="record_disclosure"):
        return
    facts = DisclosureFacts(
        with_whom=whom,
        what=what,
        purpose=purpose,
        basis=basis,
        shared_at=datetime.combine(day, clock, tzinfo=LONDON),
        why_not_asked=why_not or None,
        why_not_words=why_words,
    )
    with visit.work() as session:
        record_disclosure(session, child.id, facts, by=visit.by, at=visit.at)
        mine.drop(session, by=visit.by)
    mine.forget()
    visit.leave("Recorded.", to="sharing", child=str(child.id))


def _not_shared(visit: Visit, child: ChildPicture) -> None:
    mine = Kept("not shared", child.id)
    whom = st.text_input("With whom not", value=mine.text("whom"), key=mine.key("whom"))
    what = st.text_input("What was not shared", value=mine.text("what"), key=mine.key("what"))
    because = st.text_area(
        "Because", value=mine.text("because"), key=mine.key("because"), height=80
    )
    if not st.button("Record that it was not shared", key="record_not_shared"):
        return
    with visit.work() as session:
        record_not_shared(session, child.id, whom, what, because, by=visit.by, at=visit.at)
        mine.drop(session, by=visit.by)
    mine.forget()
    visit.leave("Recorded.", to="sharing", child=str(child.id))
