"""The adults on a contact: who each of them is on record, said by a named person and undone."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.matching.actions import adults as actions
from mash_triage.matching.adults import NamedAdult, PossibleAdult
from mash_triage.matching.answers import AnswerPicture
from mash_triage.matching.found_through import found_through_household
from mash_triage.matching.household import AdultOnContact, adults_on_contact
from mash_triage.web import components, wording
from mash_triage.web.child import found
from mash_triage.web.child.looked_up import looked_up
from mash_triage.web.child.parts import done_in, heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit

ANSWER_WORDS = {"same": "This adult", "different": "Not this adult", "new": "New on record"}


def show(visit: Visit, whole: WholeChild) -> None:
    """What the family leads to, and below it each adult with the answers."""
    adults, through = looked_up(
        visit,
        whole,
        "family",
        lambda session: (
            adults_on_contact(session, whole.id, by=visit.by),
            found_through_household(session, whole.id, by=visit.by),
        ),
    )
    heading("family")
    found.show(visit, whole, through)
    if adults:
        st.html("<h3>Adults on this contact</h3>")
    for each in adults:
        # No label of an expander: there the front end makes links of what somebody typed.
        with st.container(key=f"adult_{each.named.position}", border=True, gap="xsmall"):
            _adult(visit, whole, each)


def _title(each: AdultOnContact) -> str:
    """Name and relationship as typed, and whether it is known who this is."""
    if each.link:
        state = f"is {each.link.person_name} on record"
    elif each.possible:
        state = f"may be {wording.count_words(len(each.possible), 'person', 'people')} on record"
    else:
        state = "nobody on record"
    return f"{each.named.name}, {each.named.relationship}: {state}"


def _adult(visit: Visit, whole: WholeChild, each: AdultOnContact) -> None:
    may = visit.by.can(Permission.SCREEN_CONTACT)
    is_asked = may and not each.link
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f"<h4>{escape(_title(each))}</h4>")
        is_new = is_asked and not each.possible and _new_button(each)
    if each.link:
        _linked(visit, whole, each.named, each.link, may=may)
    elif each.too_thin:
        st.html(f"<p><strong>{escape(each.too_thin)}</strong></p>")
    for person in each.possible:
        _possible(visit, whole, each.named, person, may=may)
    if is_new or (is_asked and each.possible and _new_button(each)):
        with visit.work() as session:
            actions.record_new_adult(
                session, whole.id, each.named.position, by=visit.by, at=visit.at
            )
        done_in("family", "Recorded as a new adult.")
    _before(each)


def _new_button(each: AdultOnContact) -> bool:
    """Beside the name, or below the records that were found, which are looked at first."""
    return st.button("Nobody on record: new", key=f"new_adult {each.named.position}")


def _possible(
    visit: Visit, whole: WholeChild, named: NamedAdult, person: PossibleAdult, *, may: bool
) -> None:
    born = f", born {wording.date_words(person.dob)}" if person.dob else ""
    key = f"{named.position} {person.person_id}"
    with st.container(key=f"adult_{key.replace(' ', '_')}", border=True):
        st.html(f"<p><strong>{escape(person.name)}</strong>{born}</p>{_reasons(person)}")
        if not may:
            return
        with st.container(horizontal=True):
            same = st.button(f"This adult: {as_typed(person.name)}", key=f"same_adult {key}")
            other = st.button("Not this adult", key=f"other_adult {key}")
    for pressed, deed, said in (
        (same, actions.confirm_adult, "Recorded: this adult."),
        (other, actions.rule_out_adult, "Recorded: not this adult."),
    ):
        if pressed:
            with visit.work() as session:
                deed(
                    session,
                    whole.id,
                    named.position,
                    person.person_id,
                    by=visit.by,
                    at=visit.at,
                )
            done_in("family", said)


def _reasons(person: PossibleAdult) -> str:
    told = (
        ("For", person.speaks_for),
        ("Against", person.speaks_against),
        ("Not known", person.not_known),
    )
    return "".join(
        f"<p><strong>{side}:</strong> {escape('; '.join(words))}.</p>"
        for side, words in told
        if words
    )


def _linked(
    visit: Visit, whole: WholeChild, named: NamedAdult, link: AnswerPicture, *, may: bool
) -> None:
    st.html(
        f"<p><strong>{escape(link.person_name)}</strong>, said by {escape(link.by_name)}, "
        f"{wording.near_words(link.at, at=visit.at)}.</p>"
    )
    if not may:
        return
    kept = Kept(f"undo adult {named.position}", whole.id)
    with (
        st.expander("Undo this link", key=f"undo_adult_{named.position}"),
        st.form(f"undo_adult {named.position}", border=False, enter_to_submit=False),
    ):
        because = st.text_input(
            "Why is it undone?", value=kept.text("because"), key=kept.key("because")
        )
        undone = st.form_submit_button("Undo", key=f"undo_adult_now {named.position}")
    if undone:
        with visit.work() as session:
            actions.undo_adult(
                session, whole.id, named.position, because=because, by=visit.by, at=visit.at
            )
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("family", "It is undone. Say again who this adult is.")


def _before(each: AdultOnContact) -> None:
    """Every answer given, also those undone."""
    lines = list(_lines([answer for answer in each.answers if answer is not each.link]))
    if lines:
        components.history(lines)


def _lines(answers: Sequence[AnswerPicture]) -> list[components.HistoryLine]:
    lines = []
    for each in answers:
        what = f"{ANSWER_WORDS[each.answer]}: {each.person_name}"
        lines.append(components.HistoryLine(what, each.by_name, each.at, each.reason))
        if each.undone_at:
            why = each.undone_because or ""
            undone = f"Undone: {what}"
            lines.append(
                components.HistoryLine(undone, each.undone_by_name or "", each.undone_at, why)
            )
    return lines
