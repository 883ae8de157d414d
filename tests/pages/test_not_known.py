"""A contact of which whoever sent it knew nearly nothing: every page that shows it says so."""

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from mash_triage.contacts.submission import ContactSubmission
from mash_triage.web.form.summary import sections
from tests import stories
from tests.cast import AMARA, BETH, CAROL, MONDAY_NINE
from tests.stories import HOUR

RICH = {
    "chronology": [{"when": "Easter", "what": "Her father left", "source": "Grandmother"}],
    "kept_from": [{"words": "The address", "keep_from": "Her father"}],
}
GAP = {"missing": "not_known"}
LATER = MONDAY_NINE + 3 * HOUR


def whole() -> dict[str, Any]:
    """A contact with every answer that the form has, as it is stored."""
    child = {"aliases": [{"given_names": "Mimi"}]}
    answers = stories.answers(child) | RICH
    answers["concern"]["sources"] = [{"worry": "neglect", "known": "mixed"}]
    return ContactSubmission.model_validate(answers).model_dump(mode="json")


def places(answers: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = answers.items() if isinstance(answers, dict) else ()
    pairs = enumerate(answers) if isinstance(answers, list) else pairs
    below = [place for key, value in pairs for place in places(value, (*way, key))]
    return [*below, way] if way else below


def with_gap(answers: dict[str, Any], way: tuple[Any, ...]) -> dict[str, Any] | None:
    """The same with this one answer not known; None where a contact has to have it."""
    changed = deepcopy(answers)
    here: Any = changed
    try:
        for step in way[:-1]:
            here = here[step]
        here[way[-1]] = GAP
        return ContactSubmission.model_validate(changed).model_dump(mode="json")
    except (KeyError, TypeError, ValidationError):
        return None


def all_unknown() -> dict[str, Any]:
    """As much not known as a contact may leave open."""
    answers = whole()
    for way in places(answers):
        answers = with_gap(answers, way) or answers
    return answers


def test_each_answer_alone_may_be_unknown_and_is_read_back():
    answers, tried = whole(), 0
    for way in places(answers):
        changed = with_gap(answers, way)
        if changed is not None and changed != answers:
            tried += 1
            for own in (True, False):
                assert sections(changed, {}, own=own), way
    assert tried > 40


@pytest.mark.parametrize(
    ("who", "page", "asks"),
    [
        pytest.param(who, page, asks, id=f"{page}, {who.name}")
        for who, pages, asks in (
            (AMARA, ("receipt",), "contact"),
            (AMARA, ("my_contacts",), ""),
            (BETH, ("child", "chronology", "together", "handed_on", "sharing"), "child"),
            (BETH, ("board", "in_hand", "requests", "missing", "promises"), ""),
            (CAROL, ("decide", "child"), "child"),
            (CAROL, ("decisions", "measures", "hours"), ""),
        )
        for page in pages
    ],
)
def test_it_opens_wherever_it_is_shown(service_database, open_page_as, drawn, who, page, asks):
    told = all_unknown()
    children = told.pop("children")
    with service_database.work() as session:
        child = stories.a_child(session, *children, sent_by=AMARA, **told)
        stories.take_up_and_know(session, child, by=BETH, at=MONDAY_NINE + HOUR)
        stories.screen(session, child, by=BETH, at=LATER)
        stories.send(session, child, by=BETH, at=LATER)
        known = {"contact": child.contact.reference, "child": str(child.id)}
    app = open_page_as(who, page, at=LATER + HOUR, **({asks: known[asks]} if asks else {}))
    assert not app.exception
    assert "went wrong" not in drawn(app)
