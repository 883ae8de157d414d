"""Words not recorded yet: only their owner's, laid over each other, and not shown for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mash_triage.access.actor import Actor
from mash_triage.access.drafts import (
    WORK_DRAFTS_KEPT,
    draft_of,
    drafts_of,
    drop_draft,
    keep_draft,
)
from mash_triage.access.models import WorkDraft
from mash_triage.audit.events import AuditEvent
from mash_triage.errors import NotFound
from mash_triage.text import NOTE
from tests.cast import MONDAY_NINE

CHILD = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
MINUTE = timedelta(minutes=1)


def keep(session, answers, *, by, form="decision", subject=CHILD, at=MONDAY_NINE):
    keep_draft(session, form, subject, answers, by=by, at=at)


def read(session, *, by, form="decision", subject=CHILD, at=MONDAY_NINE):
    return draft_of(session, form, subject, by=by, at=at)


def test_answers_are_laid_over_those_kept_and_none_takes_one_away(session, carol):
    keep(session, {"rationale": "Hungry", "level": 3}, by=carol)
    keep(
        session, {"rationale": "Hungry since May", "level": None}, by=carol, at=MONDAY_NINE + MINUTE
    )
    assert read(session, by=carol) == {"rationale": "Hungry since May"}
    assert session.scalars(select(WorkDraft.saved_at)).one() == MONDAY_NINE + MINUTE


def test_each_form_about_each_child_has_its_own(session, carol):
    keep(session, {"rationale": "A"}, by=carol)
    keep(session, {"words": "B"}, by=carol, form="consent")
    keep(session, {"rationale": "C"}, by=carol, subject="another child")
    assert drafts_of(session, CHILD, by=carol, at=MONDAY_NINE) == {
        "decision": {"rationale": "A"},
        "consent": {"words": "B"},
    }


def test_nobody_else_sees_changes_or_drops_it(session, carol, dan):
    keep(session, {"rationale": "Carol's"}, by=carol)
    assert read(session, by=dan) == {}
    keep(session, {"rationale": "Dan's"}, by=dan)
    drop_draft(session, "decision", CHILD, by=dan)
    assert read(session, by=carol) == {"rationale": "Carol's"}


def test_a_job_is_nobody_and_keeps_nothing(session):
    with pytest.raises(NotFound):
        keep(session, {"rationale": "x"}, by=Actor.job("the tests"))


def test_what_was_recorded_is_dropped_alone(session, carol):
    keep(session, {"rationale": "A"}, by=carol)
    keep(session, {"words": "B"}, by=carol, form="consent")
    drop_draft(session, "decision", CHILD, by=carol)
    assert drafts_of(session, CHILD, by=carol, at=MONDAY_NINE) == {"consent": {"words": "B"}}


def test_after_fourteen_days_it_is_not_shown_and_not_added_to(session, carol):
    keep(session, {"rationale": "Old", "level": 3}, by=carol)
    just_before, then = MONDAY_NINE + WORK_DRAFTS_KEPT - MINUTE, MONDAY_NINE + WORK_DRAFTS_KEPT
    assert read(session, by=carol, at=just_before) == {"rationale": "Old", "level": 3}
    assert read(session, by=carol, at=then) == {}
    keep(session, {"rationale": "New"}, by=carol, at=then)
    assert read(session, by=carol, at=then) == {"rationale": "New"}


def test_what_cannot_be_stored_is_taken_out(session, carol):
    keep(session, {"rationale": "hungry\x00\ud800"}, by=carol)
    session.flush()
    session.expire_all()
    assert read(session, by=carol) == {"rationale": f"hungry{NOTE}"}


def test_it_is_no_deed_and_leaves_nothing_on_the_trail(session, carol):
    before = session.scalar(select(func.count()).select_from(AuditEvent))
    keep(session, {"rationale": "A"}, by=carol)
    drop_draft(session, "decision", CHILD, by=carol)
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_windows_that_keep_at_once_keep_each_others_answers(database, carol):
    def window(number):
        with database.work() as session:
            keep(session, {f"answer_{number}": number}, by=carol)

    with ThreadPoolExecutor(4) as windows:
        list(windows.map(window, range(24)))

    with database.look() as session:
        assert read(session, by=carol) == {f"answer_{n}": n for n in range(24)}
