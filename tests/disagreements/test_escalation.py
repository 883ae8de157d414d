"""A school disagrees with a decision: five stages, their clocks, and how it may end."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mash_triage.audit.events import AuditEvent
from mash_triage.clocks.rules import after_working_days
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.models import Decision
from mash_triage.disagreements.actions import (
    accept_answer,
    answer_disagreement,
    escalate_disagreement,
    raise_disagreement,
    rate_experience,
    resolve_disagreement,
)
from mash_triage.disagreements.experience import experience_counts
from mash_triage.disagreements.queries import (
    disagreement,
    disagreements,
    later_decisions,
    steps_of,
)
from mash_triage.disagreements.rules import ResolutionFacts, Risk
from mash_triage.disagreements.stages import Resolution, Subject
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.matching.actions import confirm_match
from mash_triage.outbox.models import OutboxMessage
from mash_triage.screening.actions import send_for_decision, take_up
from mash_triage.thresholds.queries import edition_of
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

NOON = MONDAY_NINE + 3 * HOUR
DAY = timedelta(days=1)
HOSTILE = "<script>alert(1)</script> **bold** \u202egnol =1+1"


@pytest.fixture
def decided(session, amara, beth, carol):
    """Mia, decided by Carol at noon on Monday."""
    return stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)


@pytest.fixture
def raised(session, decided, amara):
    """Amara disagrees an hour later."""
    told = {"by": amara, "at": NOON + HOUR}
    return raise_disagreement(session, decided.id, "She is worse off.", "An assessment", **told)


def ends(resolution=Resolution.AGREED, **changes):
    facts = {
        "words": "We spoke.",
        "resolved_for": "Dan Whitlock, team manager",
        "learning": "Write the reasons in plainer words.",
    }
    return ResolutionFacts(resolution, **{**facts, **changes})


def kinds(session, about):
    rows = select(AuditEvent.kind).where(AuditEvent.about == str(about)).order_by(AuditEvent.seq)
    return [kind for kind in session.scalars(rows) if kind.startswith("disagreement")]


def test_it_is_raised_answered_accepted_and_resolved_by_a_named_person(
    session, decided, raised, amara, beth, dan
):
    told = {"by": beth, "at": NOON + 2 * HOUR}
    answer_disagreement(session, raised.id, HOSTILE, **told)
    accept_answer(session, raised.id, "", by=amara, at=NOON + 3 * HOUR)
    resolve_disagreement(session, raised.id, ends(), by=dan, at=NOON + 4 * HOUR)

    seen = disagreement(session, raised.id, by=amara, at=NOON + 5 * HOUR)
    assert (seen.resolution, seen.resolved_for) == ("agreed", "Dan Whitlock, team manager")
    assert seen.learning == ""  # the front door's own
    steps = steps_of(session, raised.id, by=amara)
    assert [step.kind for step in steps] == ["raised", "answered", "accepted", "resolved"]
    assert steps[1].words == HOSTILE
    assert kinds(session, decided.id) == [
        "disagreement:raised",
        "disagreement:answered",
        "disagreement:accepted",
        "disagreement:resolved",
    ]


def test_the_other_side_is_mailed_a_link_and_never_a_word(
    session, decided, amara, beth, carol, messages_out
):
    told = {"by": amara, "at": NOON}
    row = raise_disagreement(session, decided.id, "Secret words", "Secret wish", **told)
    answer_disagreement(session, row.id, "Secret answer", by=beth, at=NOON + HOUR)
    mails = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.kind == "disagreement_moved")
        .order_by(OutboxMessage.posted_at)
    ).all()
    assert [mail.to_user for mail in mails] == [carol.user_id, amara.user_id]
    assert {mail.link for mail in mails} == {f"/disagreements?open={row.id}"}


def test_of_one_decision_there_is_one_open_at_a_time(session, decided, raised, amara):
    told = {"by": amara, "at": NOON + 2 * HOUR}
    with pytest.raises(Changed, match="open already"):
        raise_disagreement(session, decided.id, "Again", "x", **told)


def test_before_there_is_a_decision_nobody_can_disagree_with_it(session, amara, beth):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    with pytest.raises(NotReady, match="not decided yet"):
        raise_disagreement(session, child.id, "x", "x", by=amara, at=NOON)


def test_before_a_decision_a_delay_is_disagreed_with_and_taken_up_all_stages(
    session, amara, beth, carol, dan, messages_out
):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    about = {"subject": Subject.DELAY, "by": amara, "at": NOON}
    row = raise_disagreement(session, child.id, "Two days and no word", "A decision", **about)
    assert row.decision_id is None
    with pytest.raises(Changed, match="open already"):
        raise_disagreement(session, child.id, "Again", "x", **about)
    discussion = {**about, "subject": Subject.DISCUSSION}
    raise_disagreement(session, child.id, "No strategy discussion", "One today", **discussion)
    told = [mail.to_user for mail in session.scalars(select(OutboxMessage).where(
        OutboxMessage.kind == "disagreement_moved"))]  # fmt: skip
    assert told == [beth.user_id] * 2

    answer_disagreement(session, row.id, "It waits for health.", by=beth, at=NOON + HOUR)
    escalate_disagreement(session, row.id, "Still none", stage=2, by=amara, at=NOON + 2 * HOUR)
    with pytest.raises(NotAllowed, match="manager answers"):
        answer_disagreement(session, row.id, "x", by=beth, at=NOON + 3 * HOUR)
    answer_disagreement(session, row.id, "Today.", by=dan, at=NOON + 3 * HOUR)
    decided_at = NOON + 4 * HOUR
    record_decision(session, child.id, stories.a_decision(), by=carol, at=decided_at)
    (since,) = later_decisions(session, row.id, by=dan)
    facts = ends(Resolution.CHANGED, new_decision=since.id)
    resolve_disagreement(session, row.id, facts, by=dan, at=decided_at + HOUR)
    assert disagreement(session, row.id, by=amara, at=decided_at + HOUR).subject is Subject.DELAY


def test_once_decided_it_is_the_decision_that_is_disagreed_with(session, decided, amara):
    with pytest.raises(NotReady, match="decided by now"):
        raise_disagreement(
            session, decided.id, "x", "x", subject=Subject.DELAY, by=amara, at=NOON + HOUR
        )


def test_from_the_second_stage_on_nobody_answers_for_her_own_delay(session, amara, carol, dan):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=carol)
    risk = {"stage": 2, "risk": Risk("He is going home.")}
    row = raise_disagreement(
        session, child.id, "x", "x", subject=Subject.DELAY, **risk, by=amara, at=NOON
    )
    with pytest.raises(NotAllowed, match="You work on this child"):
        answer_disagreement(session, row.id, "x", by=carol, at=NOON)
    answer_disagreement(session, row.id, "x", by=dan, at=NOON)


def test_each_stage_has_its_time_in_working_days(session, raised, amara, dan):
    due = [raised.due_at]
    for stage in range(2, 6):
        told = {"by": amara, "at": NOON + stage * HOUR}
        answered = {"named": "Ines Falk, service manager", "by": dan, "at": told["at"]}
        answer_disagreement(session, raised.id, "As before.", **answered)
        escalate_disagreement(session, raised.id, "Not settled.", stage=stage, **told)
        due.append(raised.due_at)
    # At Monday's close; then one, two, five and ten working days on, at the same time of day. The
    # last began at closing time, so it is counted from the next opening.
    assert [f"{each:%d %H:%M}" for each in due] == [
        "12 17:00",
        "13 14:00",
        "14 15:00",
        "19 16:00",
        "27 09:00",
    ]


@pytest.mark.parametrize(
    ("moment", "days", "due"),
    [
        ("2026-01-12T13:00", 0, "2026-01-12T17:00"),  # on a Monday: at its close
        ("2026-01-16T18:00", 0, "2026-01-19T17:00"),  # after closing on Friday: Monday's close
        ("2026-04-02T10:00", 1, "2026-04-07T10:00"),  # over Easter: Tuesday
        ("2026-01-17T11:00", 2, "2026-01-21T09:00"),  # from Saturday: counted from Monday 09:00
    ],
)
def test_working_days_after_a_moment(session, decided, moment, days, due):
    times = edition_of(session, decided.contact.edition_id).clocks
    start = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    found = after_working_days(start, days, times, BankHolidays())
    assert f"{found:%Y-%m-%dT%H:%M}" == due


def test_a_stage_is_passed_over_only_when_a_child_is_at_immediate_risk(
    session, decided, amara, dan
):
    told = {"by": amara, "at": NOON + HOUR}
    with pytest.raises(NotReady, match="begins at stage 1"):
        raise_disagreement(session, decided.id, "x", "x", stage=3, **told)
    risk = Risk("He is out on bail and knows the address.")
    row = raise_disagreement(session, decided.id, "x", "x", stage=3, risk=risk, **told)
    assert steps_of(session, row.id, by=dan)[0].at_risk
    assert disagreement(session, row.id, by=dan, at=NOON + HOUR).at_risk
    with pytest.raises(NotReady, match="still has time"):
        escalate_disagreement(session, row.id, "x", stage=4, **told)
    escalate_disagreement(session, row.id, "x", stage=5, risk=risk, **told)
    assert row.stage == 5


def test_the_next_stage_may_be_asked_for_once_the_time_has_run_out(session, raised, amara):
    escalate_disagreement(session, raised.id, "Nobody answered.", stage=2, by=amara, at=NOON + DAY)
    assert (raised.stage, raised.turn) == (2, "front_door")


def test_it_never_lapses_and_says_that_it_is_late(session, raised, carol):
    a_year_on = disagreements(session, by=carol, at=NOON + 365 * DAY)
    assert [(each.id, each.is_overdue) for each in a_year_on] == [(raised.id, True)]


def test_from_stage_two_another_manager_answers_and_from_three_a_person_is_named(
    session, raised, amara, beth, carol, dan
):
    answer_disagreement(session, raised.id, "x", by=carol, at=NOON + HOUR)
    escalate_disagreement(session, raised.id, "x", stage=2, by=amara, at=NOON + HOUR)
    told = {"at": NOON + 2 * HOUR}
    with pytest.raises(NotAllowed, match="a manager answers"):
        answer_disagreement(session, raised.id, "x", by=beth, **told)
    with pytest.raises(NotAllowed, match="You took this decision"):
        answer_disagreement(session, raised.id, "x", by=carol, **told)
    answer_disagreement(session, raised.id, "x", by=dan, **told)
    escalate_disagreement(session, raised.id, "x", stage=3, by=amara, **told)
    with pytest.raises(NotReady, match="Name the person"):
        answer_disagreement(session, raised.id, "x", by=dan, **told)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (ends(), "has not accepted"),
        (ends(Resolution.STANDS), "Only the answer of stage 5"),
        (ends(Resolution.NO_REPLY), "still has time"),
        (ends(Resolution.CHANGED), "No later decision"),
        (ends(words=" "), "reasons"),
        (ends(resolved_for=""), "Name the person"),
        (ends(learning=""), "learned"),
    ],
)
def test_it_ends_only_in_a_way_that_is_open_to_it(session, raised, beth, dan, facts, why):
    answer_disagreement(session, raised.id, "x", by=beth, at=NOON + 2 * HOUR)
    with pytest.raises(NotReady, match=why):
        resolve_disagreement(session, raised.id, facts, by=dan, at=NOON + 2 * HOUR)


def test_who_does_not_reply_is_told_so_by_a_named_person(session, raised, beth, dan):
    answer_disagreement(session, raised.id, "x", by=beth, at=NOON + 2 * HOUR)
    told = {"by": dan, "at": NOON + 3 * DAY}
    resolve_disagreement(session, raised.id, ends(Resolution.NO_REPLY), **told)
    with pytest.raises(Changed, match="resolved already"):
        resolve_disagreement(session, raised.id, ends(Resolution.NO_REPLY), **told)


def test_a_manager_decides_afresh_and_the_disagreement_says_so(
    session, decided, raised, amara, beth, carol, dan
):
    again = stories.a_child(session, sent_by=amara, at=NOON + DAY)
    at = NOON + DAY + HOUR
    take_up(session, again.id, by=beth, at=at)
    confirm_match(session, again.id, decided.person_id, by=beth, at=at)
    stories.screen(session, again, by=beth, at=at)
    send_for_decision(session, again.id, by=beth, at=at)
    facts = stories.a_decision(repeat_comment="The school knows more.")
    afresh = record_decision(session, again.id, facts, by=dan, at=at)
    before = session.get_one(Decision, raised.decision_id).outcome

    both = {"sent_by": amara, "screened_by": beth, "decided_by": carol}
    other = stories.a_decided_child(session, **both, repeat_comment="x")
    of_another = session.scalars(
        select(Decision.id).where(Decision.contact_child_id == other.id)
    ).one()
    wrong = ends(Resolution.CHANGED, new_decision=of_another)
    with pytest.raises(NotReady, match="no later decision about this child"):
        resolve_disagreement(session, raised.id, wrong, by=dan, at=at + HOUR)
    right = ends(Resolution.CHANGED, new_decision=afresh.id)
    resolve_disagreement(session, raised.id, right, by=dan, at=at + HOUR)
    assert raised.new_decision_id == afresh.id
    assert session.get_one(Decision, raised.decision_id).outcome == before


def test_of_another_agency_it_is_as_unknown_as_none(session, raised, dev):
    assert disagreements(session, by=dev, at=NOON) == []
    with pytest.raises(NotFound):
        disagreement(session, raised.id, by=dev, at=NOON)


# ---------------------------------------------------------------- how it went


def test_whoever_sent_a_decided_contact_says_once_how_it_went(session, decided, amara, carol):
    reference = decided.contact.reference
    rate_experience(session, reference, 4, "Quick.", by=amara, at=NOON + HOUR)
    with pytest.raises(Changed):
        rate_experience(session, reference, 5, by=amara, at=NOON + HOUR)
    counts = experience_counts(session, by=carol, at=NOON + DAY)
    assert counts == {1: 0, 2: 0, 3: 0, 4: 1, 5: 0}


def test_before_the_outcome_there_is_nothing_to_rate(session, amara):
    child = stories.a_child(session, sent_by=amara)
    with pytest.raises(NotReady):
        rate_experience(session, child.contact.reference, 4, by=amara, at=NOON)
