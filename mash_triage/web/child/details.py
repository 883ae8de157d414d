"""The particulars that the referrer sent: the child, the referrer, the household, who was told."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from mash_triage.consent.rules import COVERS, STATUS, WHY_NOT
from mash_triage.web import components, wording
from mash_triage.web import more_said as more
from mash_triage.web.child import help_before
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.child.tables import table
from mash_triage.web.form.rows import name_in

GAP_WORDS = {
    "not_known": "Not known",
    "not_asked": "Not asked",
    "not_applicable": "Does not apply",
}


def answered(answer: Any) -> str:
    """An answer as typed, or why there is none."""
    if isinstance(answer, dict):
        return GAP_WORDS[answer["missing"]]
    return "Not asked" if answer is None else str(answer)


def show(whole: WholeChild) -> None:
    """Everything about the child, the family and the referrer that a form has a field for."""
    child, said = whole.child, whole.child.reported
    home, names = said.get("home") or {}, _names(child.submission)
    components.summary(
        [
            ("Name", child.name),
            ("Also known as", _aliases(said) or "No other name given"),
            ("Born", _born(whole)),
            ("Sex", wording.SEX_WORDS[child.sex]),
            ("NHS number", answered(said.get("nhs_number"))),
            ("Unique pupil number", answered(said.get("upn"))),
            ("Lives at", _home(home)),
            ("Where now", answered(said.get("where_now"))),
            ("School or nursery", answered(said.get("school"))),
            ("Disabled", wording.ANSWER_WORDS.get(said.get("disabled", ""), "Not asked")),
            (
                "Moves independently",
                wording.ANSWER_WORDS.get(said.get("moves_independently", ""), "Not asked"),
            ),
            ("Language", answered(said.get("language"))),
            ("Ethnicity", wording.ETHNICITY_WORDS.get(said.get("ethnicity") or "", "Not asked")),
            ("Help before", help_before.reported(said)),
            *more.relations(said, names),
            *more.answered(said, more.OF_CHILD),
            *more.former_homes(said),
            *more.answered(child.submission.get("handed_over"), more.OF_HANDING_OVER),
        ]
    )
    _referrer(whole)
    if child.withheld:
        st.html(f"<h3>Household, told and agreed</h3><p>{child.withheld}</p>")
        return
    _household(child.submission.get("household", ()), names)
    _told(child.submission.get("told_and_agreed", ()))


def _aliases(said: dict[str, Any]) -> str:
    names = (
        " ".join(name for name in (each["given_names"], each["family_name"]) if type(name) is str)
        for each in said.get("aliases", ())
    )
    return "; ".join(names)


def _born(whole: WholeChild) -> str:
    child = whole.child
    if child.unborn:
        due = child.expected_date
        return f"Expected {wording.date_words(due)}" if due else "Not born yet, date not known"
    if child.dob:
        return wording.date_words(child.dob)
    return (
        f"Date not known, about {child.age_years}" if child.age_years is not None else "Not known"
    )


def _home(home: dict[str, Any]) -> str:
    parts = [home.get("address_line"), home.get("postcode")]
    words = ", ".join(part for part in parts if isinstance(part, str)) or "Not known"
    return f"{words} (confidential: do not pass on)" if home.get("confidential") else words


def _referrer(whole: WholeChild) -> None:
    child, said = whole.child, whole.child.submission["referrer"]
    st.html("<h3>The referrer</h3>")
    components.summary(
        [
            ("Name", said["name"]),
            ("Role and agency", f"{answered(said.get('job_title'))}, {child.agency_name}"),
            ("Telephone", answered(said.get("telephone"))),
            ("E-mail", answered(said.get("email"))),
            ("Knows the child as", answered(said.get("relationship_to_child"))),
            ("Last saw the child", _day(said.get("last_seen"))),
            *more.answered(said, more.OF_REFERRER),
            *more.answered(child.submission.get("declaration"), more.OF_DECLARATION),
            ("Received", wording.moment_words(child.received_at)),
        ]
    )


def _day(answer: Any) -> str:
    return (
        wording.date_words(date.fromisoformat(answer))
        if isinstance(answer, str)
        else answered(answer)
    )


def _names(submission: dict[str, Any]) -> list[str]:
    """The children as the referrer named them, in their order."""
    return [name_in(child) or f"child {n}" for n, child in enumerate(submission["children"], 1)]


def _household(members: Sequence[dict[str, Any]], names: list[str]) -> None:
    if not members:
        st.html("<h3>Household</h3><p>Nobody named.</p>")
        return
    answer = wording.ANSWER_WORDS
    st.html(
        table(
            "Household and other adults",
            ("Name", "Relationship", "Born", "Lives with child", "Parental resp.", "Worry"),
            (
                (
                    each["name"],
                    each["relationship"],
                    _day(each.get("date_of_birth")),
                    answer[each.get("lives_with_child", "not_known")],
                    answer[each.get("parental_responsibility", "not_known")],
                    answer[each.get("worry_about_them", "not_known")],
                )
                for each in members
            ),
        )
    )
    for each in members:
        if known := [*more.relations(each, names), *more.answered(each, more.OF_ADULT)]:
            st.html(f"<h4>More about {escape(each['name'])}</h4>")
            components.summary([(f"{name[:1].upper()}{name[1:]}", said) for name, said in known])


def _told(people: Sequence[dict[str, Any]]) -> None:
    if not people:
        st.html("<h3>Told and agreed</h3><p>The referrer named nobody who was told.</p>")
        return
    st.html(
        table(
            "Told and agreed, as the referrer says",
            ("Who", "Told", "Agreement", "To what, or why not", "More", "In their words"),
            (
                (
                    each["person"],
                    wording.ANSWER_WORDS[each["told"]],
                    STATUS[each["agreement"]],
                    ", ".join(COVERS[code] for code in each.get("agreed_to", ()))
                    or WHY_NOT.get(each.get("why_not") or "", ""),
                    "; ".join(said for _, said in more.answered(each, more.OF_AGREEMENT)),
                    answered(each.get("in_their_words")),
                )
                for each in people
            ),
        )
    )
