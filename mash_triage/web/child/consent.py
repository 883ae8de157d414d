"""What each person was told and agreed to, for each purpose; and why sharing is lawful."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.consent import rules
from mash_triage.consent.actions import ConsentFacts, record_consent, record_lawful_basis
from mash_triage.consent.queries import ConsentPicture
from mash_triage.enquiries.actions import stop_what_rested
from mash_triage.web import wording
from mash_triage.web.child.parts import beside, done_in, heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.child.tables import table
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

NEVER_STOPS = (
    "Missing or refused agreement stops no decision and no clock, and changes no level by itself. "
    "Early help starts only when agreement is recorded."
)


def show(visit: Visit, whole: WholeChild) -> None:
    """The records so far, and the two forms; a change of mind is a new record."""
    heading("consent")
    st.html(f'<p class="mash-note">{NEVER_STOPS}</p>')
    on_record(visit, whole)
    with beside("consent"):
        if visit.by.can(Permission.SCREEN_CONTACT) or visit.by.can(Permission.START_HELP):
            with st.expander("Record what somebody was told or agreed to", key="record_consent"):
                _consent(visit, whole)
        if visit.by.can(Permission.SCREEN_CONTACT):
            with st.expander("Record the lawful basis for sharing", key="record_basis"):
                _lawful_basis(visit, whole)


def on_record(visit: Visit, whole: WholeChild) -> None:
    """Agreement as it stands, person by person, and the lawful bases."""
    if whole.consents:
        st.html(
            table(
                "Agreement, newest first",
                ("Who", "About", "Stands", "Told", "Recorded"),
                (
                    (
                        each.subject,
                        rules.COVERS[each.covers],
                        _stands(each),
                        rules.TOLD[each.told],
                        f"{each.by_name}, {wording.near_words(each.at, at=visit.at)}",
                    )
                    for each in whole.consents
                ),
            )
        )
    else:
        st.html("<p>Nothing recorded yet.</p>")
    for basis in whole.lawful_bases:
        words = (
            rules.ARTICLE_6[basis.article_6],
            rules.ARTICLE_9[basis.article_9],
            rules.GATEWAY[basis.gateway],
            f"confidentiality: {rules.CONFIDENTIALITY[basis.confidentiality].lower()}",
        )
        st.html(
            f"<p><strong>Lawful basis:</strong> {escape('; '.join(words))}. "
            f"{escape(basis.necessity)} <span class='mash-note'>{escape(basis.by_name)}, "
            f"{wording.near_words(basis.at, at=visit.at)}</span></p>"
        )


def _stands(each: ConsentPicture) -> str:
    why = f": {rules.WHY_NOT[each.why_not].lower()}" if each.why_not else ""
    words = f". {each.words}" if each.words else ""
    past = " (replaced)" if each.is_replaced else ""
    return f"{rules.STATUS[each.status]}{why}{words}{past}"


def _consent(visit: Visit, whole: WholeChild) -> None:
    kept = Kept("consent", whole.id)
    with st.form("consent", border=False):
        facts = _asked(whole, kept)
        saved = st.form_submit_button("Record this")
    if not saved:
        return
    with visit.work() as session:
        record_consent(session, whole.id, facts, by=visit.by, at=visit.at)
        stopped = stop_what_rested(session, whole.id, by=visit.by, at=visit.at)
        kept.drop(session, by=visit.by)
    kept.forget()
    done_in("consent", f"Recorded.{stopped_words(stopped)}")


def stopped_words(stopped: int) -> str:
    """What stopped because agreement was withdrawn; nothing else does."""
    if not stopped:
        return ""
    count = wording.count_words(stopped, "request that rested", "requests that rested")
    return f" {count} on this agreement stopped; all others go on."


def choice(
    kept: Kept, name: str, label: str, codes: dict[str, str], *, begins: str | None = None
) -> str:
    """One coded answer; empty when nothing was chosen. It begins with what was recorded before."""
    first = kept.index(name, list(codes))
    if first is None and begins in codes:
        first = list(codes).index(begins)
    return (
        st.selectbox(
            label,
            list(codes),
            index=first,
            format_func=codes.__getitem__,
            placeholder="Choose",
            key=kept.key(name),
        )
        or ""
    )


def _asked(whole: WholeChild, kept: Kept) -> ConsentFacts:
    left, right = st.columns(2)
    with left:
        subject = st.text_input(
            "Whose agreement", value=kept.text("subject"), key=kept.key("subject")
        )
        covers = choice(kept, "covers", "About", rules.COVERS)
        status = choice(kept, "status", "Where it stands", rules.STATUS)
        how = choice(kept, "how", "How it was given", rules.HOW)
    with right:
        capacity = choice(kept, "capacity", "In what capacity", rules.CAPACITY)
        told = choice(kept, "told", "Told of this contact", rules.TOLD)
        why_not = choice(kept, "why_not", "Why not asked or not agreed", rules.WHY_NOT)
        expires = st.date_input(
            "Until (optional)",
            value=kept.day("expires"),
            format="DD/MM/YYYY",
            key=kept.key("expires"),
        )
    words = st.text_area(
        "In their words", value=kept.text("words"), key=kept.key("words"), height=80
    )
    replaces = _replaced(whole, kept)
    return ConsentFacts(
        subject=subject,
        covers=covers,
        status=status,
        capacity=capacity or ("none" if status in rules.NEVER_ASKED else ""),
        how=how or None,
        why_not=why_not or None,
        words=words,
        told=told or "not_known",
        expires_on=expires,
        replaces_id=replaces.id if replaces else None,
    )


def _replaced(whole: WholeChild, kept: Kept) -> ConsentPicture | None:
    standing = {each.id: each for each in whole.consents if not each.is_replaced}
    if not standing:
        return None
    chosen = st.selectbox(
        "This replaces (a change of mind)",
        list(standing),
        index=kept.index("replaces", [str(each) for each in standing]),
        format_func=lambda key: (
            f"{standing[key].subject}, {rules.COVERS[standing[key].covers].lower()}: "
            f"{rules.STATUS[standing[key].status].lower()}"
        ),
        placeholder="Nothing: it is a new answer",
        key=kept.key("replaces"),
    )
    return standing.get(chosen) if chosen else None


def _lawful_basis(visit: Visit, whole: WholeChild) -> None:
    kept = Kept("lawful_basis", whole.id)
    with st.form("lawful_basis", border=False):
        article_6 = choice(kept, "article_6", "Lawful basis (UK GDPR)", rules.ARTICLE_6)
        article_9 = choice(kept, "article_9", "Special category condition", rules.ARTICLE_9)
        gateway = choice(kept, "gateway", "Statutory gateway", rules.GATEWAY)
        confidence = choice(kept, "confidence", "Confidentiality", rules.CONFIDENTIALITY)
        necessity = st.text_area(
            "Why sharing is necessary, and no more than needed",
            value=kept.text("necessity"),
            key=kept.key("necessity"),
            height=80,
        )
        saved = st.form_submit_button("Record lawful basis")
    if not saved:
        return
    with visit.work() as session:
        record_lawful_basis(
            session,
            whole.id,
            article_6=article_6,
            article_9=article_9,
            gateway=gateway,
            confidentiality=confidence,
            necessity=necessity,
            by=visit.by,
            at=visit.at,
        )
        kept.drop(session, by=visit.by)
    kept.forget()
    done_in("consent", "Lawful basis recorded.")
