"""The whole record of somebody who may be the child, opened beside the reasons for it.

A record is shown only when somebody asks for it, and that she did goes on the trail once a sitting.
"""

from collections.abc import Iterable
from html import escape

import streamlit as st

from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.history import EarlierContact, contacts_about
from mash_triage.matching.former_names import FormerNamePicture, former_names_of
from mash_triage.people.queries import PersonRecord, Related, record_of_person
from mash_triage.web import components, wording
from mash_triage.web.child.family import concern_words
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.child.tables import table
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

OPENED = "_records_opened"
MOST_CONTACTS = 10


def button(whole: WholeChild, person_id: int, *, place: str) -> bool:
    """The button that opens and closes the record; whether it is open. `place` tells two cards of
    one person apart.
    """
    mark = f"{whole.id} {place} {person_id}"
    opened: list[str] = st.session_state.setdefault(OPENED, [])
    is_open = mark in opened
    if st.button("Close the record" if is_open else "Open the record", key=f"record {mark}"):
        others = [each for each in opened if each != mark]
        st.session_state[OPENED] = others if is_open else [*others, mark]
        st.rerun()
    return is_open


def show(visit: Visit, whole: WholeChild, person_id: int) -> None:
    """The record; that it was opened is noted once a sitting."""
    with visit.look() as session:
        record = record_of_person(session, person_id, by=visit.by)
        former = former_names_of(session, person_id, by=visit.by)
        contacts = contacts_about(session, person_id, by=visit.by, limit=MOST_CONTACTS + 1)
    visit.note_viewed(record.ref)
    facts = components.summary_html(_facts(record, former))
    st.html(
        f'<section class="mash-record" aria-label="Record"><h4>On record: {escape(record.name)}'
        f"</h4>{facts}{_contacts(whole, contacts)}</section>"
    )


def _facts(
    record: PersonRecord, former: list[FormerNamePicture]
) -> Iterable[tuple[str, str | Html]]:
    yield "Names", _lines((record.name, *record.other_names))
    if former:
        yield "Restricted former names", _lines(each.name for each in former)
    yield "Born", _born(record)
    yield "Sex", wording.SEX_WORDS.get(record.sex, "Not known")
    yield "NHS number", _in_groups(record.nhs_number or "") or "Not known"
    yield "Unique pupil number", record.upn or "Not known"
    yield "Addresses", _lines(f"{words} ({_when(now)})" for words, now in record.addresses)
    yield "Family", _lines(_related(each) for each in record.related)
    family = {(each.name, each.dob) for each in record.related}
    others = (each for each in record.household if (each.name, each.dob) not in family)
    yield "Same household", _lines(_related(each) for each in others)


def _in_groups(number: str) -> str:
    """An NHS number as it is read out: 999 123 4567."""
    return " ".join(part for part in (number[:3], number[3:6], number[6:]) if part)


def _when(is_current: bool) -> str:
    return "now" if is_current else "before"


def _lines(lines: Iterable[str]) -> Html:
    return Html("<br>".join(escape(line) for line in lines) or "None on record")


def _born(record: PersonRecord) -> str:
    if record.dob:
        unsure = {"estimated": " (estimated)", "placeholder": " (stands for not known)"}
        return wording.date_words(record.dob) + unsure.get(record.dob_quality, "")
    if record.expected_date:
        return f"Expected {wording.date_words(record.expected_date)}"
    return "Not known"


def _related(each: Related) -> str:
    kind = f"{each.kind.replace('_', ' ').capitalize()}: " if each.kind else ""
    born = f", born {wording.date_words(each.dob)}" if each.dob else ""
    return f"{kind}{each.name}{born}"


def _contacts(whole: WholeChild, contacts: list[EarlierContact]) -> str:
    if not contacts:
        return "<p>No contact about this person that you may see.</p>"
    rows = (
        (
            components.child_link_html(
                "child", each.contact_child_id, wording.date_words(london_day(each.received_at))
            ),
            each.agency_name,
            concern_words(whole.edition, each.main_concern),
            wording.stage_words(each.status),
        )
        for each in contacts[:MOST_CONTACTS]
    )
    more = "<p>There are older ones.</p>" if len(contacts) > MOST_CONTACTS else ""
    heads = ("Received", "From", "Worry", "Stage")
    return table("Contacts about this person, newest first", heads, rows) + more
