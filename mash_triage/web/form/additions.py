"""What was said after sending, in words: which answer, what it said, what it says; who and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from mash_triage.after_sending.queries import AdditionPicture
from mash_triage.after_sending.rules import Kind, Reason, place_of
from mash_triage.contacts.answers import steps_of, value_at
from mash_triage.contacts.asked import is_kept_from_others
from mash_triage.web.form import words
from mash_triage.web.form.said import day_said, said
from mash_triage.web.form.summary_child import KEPT_BACK
from mash_triage.web.plain import Html
from mash_triage.web.wording import moment_words

REASON_WORDS: dict[str, str] = {
    Reason.SENT_IN_ERROR: "It was sent by mistake",
    Reason.WRONG_CHILD: "It is about the wrong child",
    Reason.SENT_TWICE: "It was sent twice",
    Reason.WORRY_EXPLAINED: "The worry has been explained",
    Reason.FAMILY_ASKED: "The family asked for it",
    Reason.ANOTHER_AGENCY_ACTS: "Another agency is acting on it",
    Reason.OTHER: "Something else",
}


@dataclass(frozen=True)
class Question:
    """An answer that can be changed by itself: its words, and its choices if it is one of some.

    `kind`: a `line`, `long` words, a `day`, one of some (`choice`), or a birth date (`born`).
    """

    words: str
    kind: str = "line"
    choices: Mapping[str, str] | None = None


def _choice(asked: str, choices: Mapping[str, str]) -> Question:
    return Question(asked, "choice", choices)


QUESTIONS: dict[str, Question] = {
    "danger.in_danger_now": _choice("Anybody in danger now?", words.YES_NO),
    "danger.what_is_happening": Question("What is happening", "long"),
    "danger.steps_taken": Question("What has been done", "long"),
    "danger.safe_adult_named": _choice("Safe adult", words.YES_NO),
    "danger.safe_adult": Question("Who keeps the child safe"),
    "danger.legal_protection": _choice("Under protection", words.PROTECTION),
    "referrer.telephone": Question("Referrer's telephone"),
    "referrer.email": Question("Referrer's e-mail"),
    "referrer.last_seen": Question("Children last seen", "day"),
    "children[].given_names": Question("Given names"),
    "children[].family_name": Question("Family name"),
    "children[].age": Question("Birth date", "born"),
    "children[].sex": _choice("Sex", words.SEX),
    "children[].home.address_line": Question("Home address"),
    "children[].home.postcode": Question("Postcode"),
    "children[].where_now": Question("Where the child is now"),
    "children[].school": Question("School"),
    "children[].disabled": _choice("Disabled", words.YES_NO),
    "children[].moves_independently": _choice("Moves about alone", words.YES_NO),
    "children[].language": Question("Language"),
    "children[].nhs_number": Question("NHS number"),
    "household[].name": Question("Name"),
    "household[].relationship": Question("Relationship"),
    "household[].date_of_birth": Question("Birth date", "day"),
    "household[].lives_with_child": _choice("Lives with the children", words.YES_NO),
    "concern.worry": Question("What worries", "long"),
    "concern.working_well": Question("What works well", "long"),
    "concern.child_voice": Question("The child's voice", "long"),
}
"""In the order of the form; the places are those of `after_sending.rules.AMENDABLE`."""

_ROWS = {"children": "Child", "household": "Adult"}


def asked_words(path: str) -> str:
    """Which answer it is, for a reader: `Child 2, birth date`."""
    question = QUESTIONS.get(place_of(path), Question("An answer"))
    section, *way = steps_of(path) or [""]
    if way and isinstance(way[0], int) and section in _ROWS:
        inside = question.words
        inside = inside if inside[:2].isupper() else inside[:1].lower() + inside[1:]
        return f"{_ROWS[str(section)]} {way[0] + 1}, {inside}"
    return question.words


def answer_words(path: str, answer: Any) -> str:
    """An answer as people read it."""
    question = QUESTIONS.get(place_of(path), Question("An answer"))
    if question.kind == "born" and isinstance(answer, Mapping):
        return _age_words(answer)
    if question.kind in {"born", "day"} and isinstance(answer, str):
        return day_said(answer)
    choices = words.NO_VOICE if place_of(path) == "concern.child_voice" else question.choices
    return said(answer, choices)


def _age_words(age: Mapping[str, Any]) -> str:
    if age.get("kind") == "unborn":
        return "Not born yet"
    if age.get("kind") == "age":
        return f"Date not known, about {age.get('age_years')}"
    return day_said(age.get("date_of_birth"))


def what_it_says(each: AdditionPicture) -> tuple[str, str]:
    """Its title, and its words."""
    if each.kind is Kind.ADDITION:
        return "Added", each.words
    if each.kind is Kind.WITHDRAWAL:
        return f"Asked to withdraw: {REASON_WORDS.get(each.reason, each.reason)}", each.words
    if not each.path:
        return "An answer was changed", each.words
    was, now = answer_words(each.path, each.was), answer_words(each.path, each.now)
    return f"Changed: {asked_words(each.path)}", f"Was: {was}\nNow: {now}\nWhy: {each.words}"


def on_a_copy(
    additions: Iterable[AdditionPicture], answers: Mapping[str, Any]
) -> tuple[AdditionPicture, ...]:
    """As a copy may have them: without what a copy leaves out of the contact's own answers."""
    return tuple(
        replace(each, path="", was=None, now=None, words=KEPT_BACK)
        if _is_kept_back(each.path, answers)
        else each
        for each in additions
    )


def _is_kept_back(path: str, answers: Mapping[str, Any]) -> bool:
    if path.startswith("referrer."):
        return is_kept_from_others(answers)
    child, is_of_home, _part = path.partition(".home.")
    return bool(is_of_home and value_at(answers, f"{child}.home.confidential"))


def log_html(additions: Iterable[AdditionPicture], *, decided_at: Any = None) -> Html:
    """The additions, newest first; what came after the decision says so."""
    return Html(
        '<ol class="mash-history">'
        + "".join(
            _line(each, after=decided_at is not None and each.at > decided_at)
            for each in sorted(additions, key=lambda each: each.number, reverse=True)
        )
        + "</ol>"
    )


def _line(each: AdditionPicture, *, after: bool) -> str:
    title, body = what_it_says(each)
    danger = ": <strong>in danger now</strong>" if each.danger_now else ""
    late = ". New information after the decision" if after else ""
    return (
        f"<li><strong>{escape(title)}</strong>{danger}<br>"
        f'<span class="mash-note">{escape(each.by_name)}, {moment_words(each.at)}{late}</span>'
        f'<blockquote class="mash-words">{escape(body)}</blockquote></li>'
    )
