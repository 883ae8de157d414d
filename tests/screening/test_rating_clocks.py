"""Each rating has a clock of its own, as the edition says; none moves the decision's."""

from sqlalchemy import select

from mash_triage.clocks.models import PromiseRecord
from mash_triage.screening.actions import set_rag
from mash_triage.thresholds.routes import Rag
from tests import stories
from tests.cast import MONDAY_NINE
from tests.stories import HOUR


def promises(session, child):
    session.flush()
    rows = session.scalars(
        select(PromiseRecord)
        .where(
            PromiseRecord.contact_child_id == child.id,
            PromiseRecord.code.in_(("amber_decided", "green_decided")),
        )
        .order_by(PromiseRecord.started_at)
    )
    return [(row.code, row.due_at, row.ended) for row in rows]


def test_amber_has_its_own_time_which_ends_with_another_rating(session, amara, beth):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    before = child.next_due_at
    ten, noon = MONDAY_NINE + HOUR, MONDAY_NINE + 3 * HOUR
    set_rag(session, child.id, Rag.AMBER, by=beth, at=ten)
    assert promises(session, child) == [("amber_decided", ten + 24 * HOUR, None)]
    set_rag(session, child.id, Rag.GREEN, "Seen at school", by=beth, at=noon)
    assert promises(session, child) == [
        ("amber_decided", ten + 24 * HOUR, "lapsed"),
        ("green_decided", noon + 24 * HOUR, None),
    ]
    set_rag(session, child.id, Rag.RED, "Her father came", by=beth, at=noon + HOUR)
    assert [ended for _code, _due, ended in promises(session, child)] == ["lapsed", "lapsed"]
    set_rag(session, child.id, Rag.GREEN, "He has left", by=beth, at=noon + 2 * HOUR)
    assert child.next_due_at == before, "no rating moves the clocks of the decision"


def test_a_decision_in_time_keeps_it(session, amara, beth, carol):
    child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    assert [(code, ended) for code, _due, ended in promises(session, child)] == [
        ("green_decided", "kept")
    ]
