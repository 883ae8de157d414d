"""Searching the register by hand: a worker's own words, when what was reported finds nobody.

The words stay in the fields for as long as the page is open and are stored nowhere.
"""

import re
from dataclasses import dataclass
from datetime import date

import streamlit as st

from mash_triage.clocks.working_days import london_day
from mash_triage.matching.actions import search_by_hand
from mash_triage.matching.identity import Identity, identity
from mash_triage.people.identifiers import read_nhs_number
from mash_triage.web import wording
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit

SEARCHED = "_searched_by_hand"
LABELS = {
    "given_names": "Given names",
    "family_name": "Family name",
    "dob": "Date of birth, as 9 3 2017",
    "age_years": "Or age in years",
    "nhs_number": "NHS number",
    "upn": "Unique pupil number",
    "address_line": "House and street",
    "postcode": "Postcode",
    "mother_name": "Mother's name",
}
ROWS = (
    ("given_names", "family_name"),
    ("dob", "age_years"),
    ("address_line", "postcode"),
    ("nhs_number", "upn"),
    ("mother_name", "sex"),
)
LONGEST = 100  # characters
OLDEST = 25  # years; care leavers are supported until then
_DAY = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})|(\d{2})(\d{2})(\d{4})")
_DAY_LAST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True)
class Sought:
    """What the fields say: comparable, or a sentence about a field that cannot be read. `note`
    goes with the answer.
    """

    typed: Identity | None
    fault: str = ""
    note: str = ""


def fields(visit: Visit, whole: WholeChild) -> Identity | None:
    """The fields, and what was last searched for; None before that. A search is noted once;
    drawing its answer again is no new search.
    """
    with st.form(f"by_hand {whole.id}", border=False):
        typed = _fields(whole)
        asked = st.form_submit_button("Search the register")
    searched: dict[str, dict[str, str]] = st.session_state.setdefault(SEARCHED, {})
    words = typed if asked else searched.get(str(whole.id))
    if words is None:
        return None
    found = sought(words, on=london_day(visit.at))
    if found.fault or found.note:
        st.html(f'<p role="alert"><strong>{found.fault or found.note}</strong></p>')
    if found.typed is None:
        searched.pop(str(whole.id), None)
        return None
    if asked:
        with visit.work() as session:
            search_by_hand(session, whole.id, found.typed, by=visit.by, at=visit.at)
        searched[str(whole.id)] = words
    return found.typed


def _fields(whole: WholeChild) -> dict[str, str]:
    typed = {}
    for row in ROWS:
        for column, name in zip(st.columns(len(row)), row, strict=True):
            with column:
                typed[name] = _field(whole, name)
    return typed


def _field(whole: WholeChild, name: str) -> str:
    key = f"by_hand {name} {whole.id}"
    if name == "sex":
        chosen = st.selectbox(
            "Sex",
            ("F", "M"),
            index=None,
            key=key,
            format_func=wording.SEX_WORDS.__getitem__,
            placeholder="Not known",
        )
        return chosen or ""
    return st.text_input(LABELS[name], key=key, max_chars=LONGEST, autocomplete="off") or ""


def sought(typed: dict[str, str], *, on: date) -> Sought:
    """The typed words in comparable form, on this day."""
    told = {name: words.strip() for name, words in typed.items()}
    dob, age = _day(told["dob"]), _age(told["age_years"])
    if told["dob"] and dob is None:
        return Sought(None, "There is no such date of birth. Write it as 9 3 2017.")
    if told["age_years"] and age is None:
        return Sought(None, f"Write the age as a number of whole years, 0 to {OLDEST}.")
    home = (told["address_line"], told["postcode"])
    number = told["nhs_number"]
    unsound = number and not read_nhs_number(number).stable
    return Sought(
        note="Check the NHS number: a digit of it is wrong." if unsound else "",
        typed=identity(
            given_names=told["given_names"],
            family_name=told["family_name"],
            dob=dob,
            age_years=age if dob is None else None,
            age_as_of=on,
            sex=told["sex"],
            nhs_number=told["nhs_number"],
            upn=told["upn"],
            addresses=(home,) if any(home) else (),
            mother_name=told["mother_name"],
        ),
    )


def _day(words: str) -> date | None:
    turned = _DAY_LAST.fullmatch(words)
    found = turned or _DAY.fullmatch(words)
    if not found:
        return None
    parts = [int(part) for part in found.groups() if part]
    day, month, year = reversed(parts) if turned else parts
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _age(words: str) -> int | None:
    return int(words) if words.isdecimal() and int(words) <= OLDEST else None
