"""No code path links or merges anybody without a named person: read from the code and the tables.

A new place that writes who somebody is fails here first, and is then looked at by a person.
"""

import ast
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from mash_triage.access.actor import Actor
from mash_triage.all_models import METADATA
from mash_triage.errors import NotAllowed
from mash_triage.matching.actions import (
    confirm_match,
    import_register,
    leave_match_open,
    record_new_person,
    reject_match,
    suggest_matches,
)
from mash_triage.matching.models import MatchDecision
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

PACKAGE = Path(__file__).parents[2] / "mash_triage"
AT = MONDAY_NINE + HOUR

WHO_SOMEBODY_IS = {"person_id", "household_id"}
SAYS_WHO = {"ContactChild", "ContactAdult", "PersonLink", "MatchDecision", "AdultDecision",
            "DuplicateAnswer"}  # fmt: skip


@cache
def functions() -> tuple[tuple[str, ast.FunctionDef], ...]:
    """Every function of the package, as `folder/file.py function`; written migrations are not."""
    return tuple(_functions())


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        if "versions" in inside.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{inside.as_posix()} {node.name}", node


def called_by(node: ast.Call) -> str:
    """The last name of what is called: `answer` of `record.answer(...)`."""
    match node.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def names_in(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def writes_a_column(node: ast.FunctionDef) -> bool:
    """`x.person_id = ...`, `x.household_id = ...`, also by setattr or in a statement."""
    for part in ast.walk(node):
        stored = isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store)
        if stored and part.attr in WHO_SOMEBODY_IS:
            return True
        if isinstance(part, ast.Call):
            called = called_by(part)
            said = {keyword.arg for keyword in part.keywords}
            if called == "values" and said & WHO_SOMEBODY_IS:
                return True
            if called in {"setattr", "exec", "eval"} and "person_id" in ast.unparse(part):
                return True
    return False


def makes_a_row(node: ast.FunctionDef) -> set[str]:
    """The tables that say who somebody is of which a row is made, inserted, changed or deleted."""
    made = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            called = called_by(part)
            if called in SAYS_WHO:
                made.add(called)
            if called in {"insert", "update", "delete"} and part.args:
                made |= names_in(part.args[0]) & SAYS_WHO
    return made


def test_who_a_child_or_adult_is_is_written_in_these_places_alone():
    writers = {name for name, node in functions() if writes_a_column(node)}
    assert writers == {
        "matching/actions/adults.py _link",
        "matching/actions/adults.py undo_adult",
        "matching/actions/answer.py confirm_match",
        "matching/actions/new_person.py record_new_person",
        "matching/actions/undo.py unlink",
        # A referral goes with its child: the number is the child's own, or none.
        "decisions/resting.py _take_referral_along",
    }


def test_an_answer_a_link_or_a_merge_is_made_in_these_places_alone():
    makers = {(name, table) for name, node in functions() for table in makes_a_row(node)}
    assert makers == {
        ("contacts/actions/child_row.py child_row", "ContactChild"),  # as sent, linked to nobody
        ("after_sending/actions/add.py _outdate_open_forms", "ContactChild"),  # its version alone
        ("matching/actions/adults.py _answer", "AdultDecision"),
        ("matching/actions/adults.py _link", "ContactAdult"),
        ("matching/actions/answer.py record_answer", "MatchDecision"),
        ("matching/actions/duplicates.py answer_duplicate", "DuplicateAnswer"),
        ("matching/actions/links.py link_records", "PersonLink"),
    }


def test_nobody_calls_these_but_a_page_a_test_or_the_demonstration():
    """No import, command, job or other action links: only what a person pressed."""
    linking = {"confirm_match", "record_new_person", "link_records", "confirm_adult",
               "record_new_adult", "answer_duplicate"}  # fmt: skip
    answers_itself = "matching/actions/duplicates.py answer_duplicate"
    callers = set()
    for name, node in functions():
        called = {called_by(part) for part in ast.walk(node) if isinstance(part, ast.Call)}
        if called & linking:
            callers.add(name)
    assert {each for each in callers if not each.startswith(("web/", "demo/"))} == {answers_itself}


@pytest.mark.parametrize(
    ("table", "who"),
    [
        ("match_decision", "decided_by"),
        ("adult_decision", "decided_by"),
        ("person_link", "linked_by"),
        ("duplicate_answer", "answered_by"),
        ("link_review", "opened_by"),
    ],
)
def test_the_tables_hold_no_answer_without_an_account(table, who):
    column = METADATA.tables[table].c[who]
    assert not column.nullable
    assert {key.target_fullname for key in column.foreign_keys} == {"user_account.id"}


@pytest.mark.parametrize("deed", [confirm_match, reject_match, leave_match_open])
def test_a_job_answers_for_nobody(session, amara, beth, deed):
    child = stories.a_child(session, sent_by=amara)
    known = record_new_person(session, child.id, by=beth, at=AT)
    other = stories.a_child(session, sent_by=amara)
    job = Actor.job("a night job")
    for attempt in (partial(deed, person_id=known.id), record_new_person):
        with pytest.raises((IntegrityError, NotAllowed)):
            done_at_once(session, attempt, contact_child_id=other.id, by=job, at=AT)


def done_at_once(session, deed, **told):
    with session.begin_nested():
        deed(session, **told)
        session.flush()


def test_neither_a_search_nor_an_import_links(session, amara, beth, tmp_path):
    child = stories.a_child(session, sent_by=amara)
    record_new_person(session, child.id, by=beth, at=AT)
    again = stories.a_child(session, sent_by=amara)
    suggest_matches(session, again.id, by=beth, at=AT)
    file = tmp_path / "register.csv"
    file.write_text((Path(__file__).parents[1] / "data" / "register_sample.csv").read_text("utf-8"))
    import_register(session, file, by=Actor.job("people import"), at=AT)
    session.flush()
    assert again.person_id is None
    assert session.query(MatchDecision).count() == 1
