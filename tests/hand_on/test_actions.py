"""What a decision hands on: sent, accepted, returned; special endings; directions; coming back."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.clocks.models import PromiseRecord
from mash_triage.contacts.actions import submit_contact
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.status import Status
from mash_triage.decisions.actions import (
    close_child,
    end_direction,
    record_decision,
    take_direction,
)
from mash_triage.decisions.before import StrategyFacts
from mash_triage.decisions.rules import DirectionFacts
from mash_triage.decisions.tasks import tasks, why_open
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.hand_on.actions import (
    StepUpFacts,
    end_special,
    name_owner,
    open_special,
    pass_on,
    record_accepted,
    record_returned,
    record_told,
    send_on,
    settle_return,
    step_up,
    write_family_summary,
)
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import ENDED_BY, PASSED_ON_BY, Ending, Passing
from mash_triage.hand_on.queries import (
    family_summaries,
    passed_on,
    special_endings,
    step_ups_of,
)
from mash_triage.hand_on.rules import AnswerFacts
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route
from mash_triage.worklists.board import board
from tests import stories
from tests.cast import BETH
from tests.stories import HOUR, MONDAY_NINE

NOON = MONDAY_NINE + 3 * HOUR
LATER = NOON + HOUR
DAY = timedelta(days=1)
JO = AnswerFacts("Jo Hart", "Hub lead")
COORDINATOR = Actor("Kit", BETH.user_id, Role.EARLY_HELP_COORDINATOR, BETH.agency_id)
ENDED_OTHERWISE = {
    "route": None,
    "departure": DepartureReason.PROFESSIONAL_JUDGEMENT,
    "departure_words": "As seen.",
}


@pytest.fixture
def helped(session, amara, beth, carol):
    """Mia, for whom early help was decided, with one direction."""
    direction = DirectionFacts("Call the school", "Beth", (NOON + DAY).date())
    return stories.a_decided_child(
        session, sent_by=amara, screened_by=beth, decided_by=carol, directions=(direction,)
    )


@pytest.fixture
def mine(session, helped, carol):
    """What was handed on for Mia."""

    def read(by=carol, at=LATER):
        return passed_on(session, contact_child_id=helped.id, by=by, at=at)

    return read


def ended_as(session, outcome, amara, beth, carol, **more):
    told = {"outcome": outcome, "owner": "", "agreement_due_on": None, **ENDED_OTHERWISE, **more}
    return stories.a_decided_child(
        session, sent_by=amara, screened_by=beth, decided_by=carol, **told
    )


def sent(session, mine, by=BETH):
    [row] = [each for each in mine() if each.sent_at is None]
    send_on(session, row.id, "Family hub North", "Breakfast first", by=by, at=NOON)
    return row.id


def promises(session, child):
    session.flush()
    rows = session.scalars(select(PromiseRecord).where(PromiseRecord.contact_child_id == child.id))
    return {row.code: row.ended for row in rows}


# ---------------------------------------------------------------- step-down


def test_early_help_is_not_closed_before_the_service_has_accepted(
    session, helped, mine, beth, carol
):
    assert "Not closed: step-down to early help is not sent yet" in why_open(
        session, helped.id, by=beth
    )
    passed = sent(session, mine)
    assert promises(session, helped)["step_down_answer"] is None
    [row] = mine(at=MONDAY_NINE + 8 * DAY)
    assert row.stands == "Not closed: waiting to be accepted by Family hub North"
    assert row.is_overdue
    with pytest.raises(NotReady, match="waiting to be accepted"):
        close_child(session, helped.id, by=carol, at=LATER)

    record_accepted(session, passed, JO, by=COORDINATOR, at=LATER)
    assert promises(session, helped)["step_down_answer"] == "kept"
    with pytest.raises(NotReady, match="1 direction is not ended"):
        close_child(session, helped.id, by=carol, at=LATER)
    [task] = tasks(session, contact_child_id=helped.id, by=beth, at=LATER)
    end_direction(session, task.id, "Called; breakfast club", was_done=True, by=beth, at=LATER)
    close_child(session, helped.id, by=carol, at=LATER)
    assert helped.status == Status.CLOSED
    assert why_open(session, helped.id, by=carol) == []


def test_what_comes_back_waits_for_a_managers_new_word(session, mine, helped, beth, carol):
    passed = sent(session, mine)
    record_returned(session, passed, "Jo Hart", "The family moved", by=beth, at=LATER)
    [row] = passed_on(session, by=carol, at=LATER)
    assert row.stands == "Came back from Family hub North: a manager says what happens"
    with pytest.raises(NotAllowed):
        settle_return(session, passed, "Try the south", again=True, by=beth, at=LATER)

    settle_return(session, passed, "Try the south", again=True, by=carol, at=LATER)
    assert promises(session, helped)["step_down_answer"] == "lapsed"
    old, new = sorted(mine(), key=lambda each: each.standing.is_open)
    assert (old.settled_words, old.answer_words) == ("Try the south", "The family moved")
    assert new.sent_at is None
    with pytest.raises(Changed):
        settle_return(session, passed, "Again", again=False, by=carol, at=LATER)


def test_somebody_elses_child_is_not_there(session, mine, dev):
    passed = sent(session, mine)
    with pytest.raises(NotAllowed):
        record_accepted(session, passed, JO, by=dev, at=LATER)


def test_what_of_a_restricted_child_is_handed_on_is_found_by_its_readers_alone(
    session, helped, mine, beth, carol, dan
):
    passed = sent(session, mine)
    stories.restrict(session, helped, readers=[carol, dan], by=carol, at=NOON)
    assert passed_on(session, by=beth, at=LATER) == []
    assert tasks(session, by=beth, at=LATER) == []
    with pytest.raises(NotFound):
        record_accepted(session, passed, JO, by=beth, at=LATER)
    record_accepted(session, passed, JO, by=dan, at=LATER)


# ---------------------------------------------------------------- transfer


def test_a_transfer_is_complete_only_with_proof_of_receipt(session, amara, beth, carol):
    child = ended_as(session, Outcome.OTHER_AUTHORITY, amara, beth, carol)
    [row] = passed_on(session, contact_child_id=child.id, by=beth, at=NOON)
    assert row.kind is Passing.TRANSFER
    send_on(session, row.id, "Ashdale Council", "", by=beth, at=NOON)
    with pytest.raises(NotReady, match="proof"):
        record_accepted(session, row.id, JO, by=beth, at=LATER)
    assert child.status == Status.DECIDED

    proof = AnswerFacts("Jo Hart", "Duty manager", "Called back on their own number", NOON)
    record_accepted(session, row.id, proof, by=beth, at=LATER)
    assert child.status == Status.TRANSFERRED
    assert promises(session, child)["transfer_receipt"] == "kept"
    close_child(session, child.id, by=carol, at=LATER)
    with pytest.raises(NotReady, match="new contact"):
        pass_on(session, child.id, Passing.TRANSFER, by=carol, at=LATER)


# ---------------------------------------------------------------- a named service for every child


@pytest.mark.parametrize(
    ("outcome", "route"),
    [
        (Outcome.ADVICE, Route.UNIVERSAL),
        (Outcome.UNIVERSAL_SIGNPOST, Route.UNIVERSAL),
    ],
)
def test_a_family_is_told_of_a_named_service_before_the_child_is_closed(
    session, amara, beth, carol, outcome, route
):
    child = ended_as(session, outcome, amara, beth, carol, route=route, level=1)
    [waits] = passed_on(session, by=beth, at=LATER)
    assert (waits.kind, waits.begun_at) == (outcome, NOON)
    assert "nobody is told yet of which service" in waits.stands
    with pytest.raises(NotReady, match="nobody is told"):
        close_child(session, child.id, by=carol, at=LATER)
    with pytest.raises(NotReady, match="Nobody there accepts this"):
        send_on(session, waits.id, "The library", "", by=beth, at=LATER)
    for service, teller in ((" ", "Beth"), ("The library", " ")):
        with pytest.raises(NotReady):
            record_told(session, waits.id, service, teller, by=beth, at=LATER)
    with pytest.raises(NotReady, match="before it began"):
        record_told(
            session, waits.id, "The library", "Beth", took_place_at=NOON - DAY, by=beth, at=LATER
        )

    record_told(session, waits.id, " The library ", "Beth", by=beth, at=LATER)
    [told] = passed_on(session, contact_child_id=child.id, by=beth, at=LATER)
    assert (told.stands, told.answer_name, told.took_place_at) == (
        "Told of The library",
        "Beth",
        LATER,
    )
    assert passed_on(session, by=beth, at=LATER) == []
    with pytest.raises(Changed):
        record_told(session, waits.id, "The library", "Beth", by=beth, at=LATER)
    close_child(session, child.id, by=carol, at=LATER)


@pytest.mark.parametrize(
    "outcome", [Outcome.EXPLOITATION_PANEL, Outcome.OTHER_SPECIALIST, Outcome.CHILD_DEATH]
)
def test_a_panel_or_specialist_service_must_accept(session, amara, beth, carol, outcome):
    route = None if outcome is Outcome.CHILD_DEATH else Route.EARLY_HELP
    child = ended_as(session, outcome, amara, beth, carol, route=route)
    [waits] = passed_on(session, by=beth, at=LATER)
    assert waits.stands.endswith("is not sent yet")
    with pytest.raises(NotReady, match="somebody there must accept it"):
        record_told(session, waits.id, "Panel", "Beth", by=beth, at=LATER)
    send_on(session, waits.id, "Rivermead panel", "", by=beth, at=LATER)
    with pytest.raises(NotReady, match="waiting to be accepted by Rivermead panel"):
        close_child(session, child.id, by=carol, at=LATER)
    record_accepted(session, waits.id, JO, by=beth, at=LATER)
    close_child(session, child.id, by=carol, at=LATER)


def test_every_ending_below_the_threshold_has_a_service_or_an_owner():
    statutory = {Outcome.S17_ASSESSMENT, Outcome.STRATEGY_DISCUSSION, Outcome.OPEN_CASE}
    handed_on = {*PASSED_ON_BY, *ENDED_BY}
    assert set(Outcome) - statutory - handed_on == {Outcome.DUPLICATE_OR_ERROR}


# ---------------------------------------------------------------- special endings


def test_an_allegation_is_told_within_a_working_day_and_its_detail_is_for_few(
    session, amara, beth, carol
):
    child = ended_as(session, Outcome.LADO, amara, beth, carol)
    [seen] = special_endings(session, contact_child_id=child.id, by=carol, at=LATER)
    assert seen.due_at == MONDAY_NINE + DAY
    facts = EndingFacts("Sam Ode", MONDAY_NINE - HOUR, detail="About a swimming coach")
    with pytest.raises(NotAllowed):
        name_owner(session, seen.id, facts, by=beth, at=LATER)
    name_owner(session, seen.id, facts, by=carol, at=LATER)

    [for_beth] = special_endings(session, contact_child_id=child.id, by=beth, at=LATER)
    assert for_beth.is_withheld
    assert "swimming" not in repr(for_beth)
    assert "Sam" not in repr(for_beth)
    end_special(session, seen.id, "Told by telephone", by=carol, at=LATER)
    assert promises(session, child)["lado_told"] == "kept"
    assert why_open(session, child.id, by=carol) == []


def test_the_time_runs_from_when_it_was_known_also_where_that_is_put_right(session, helped, beth):
    known = EndingFacts("Fostering officer", MONDAY_NINE)
    row = open_special(session, helped.id, Ending.PRIVATE_FOSTERING, known, by=beth, at=NOON)
    earlier = EndingFacts("Fostering officer", MONDAY_NINE - 3 * DAY)
    name_owner(session, row.id, earlier, by=beth, at=LATER)
    [promise] = session.scalars(select(PromiseRecord).where(PromiseRecord.about == row.id))
    assert promise.started_at == row.known_at == MONDAY_NINE - 3 * DAY
    assert promise.due_at == row.due_at
    told = {"took_place_at": MONDAY_NINE - 4 * DAY, "by": beth, "at": LATER}
    with pytest.raises(NotReady, match="before it began"):
        end_special(session, row.id, "Visited", **told)
    assert row.ended_at is None


def test_a_step_down_waits_from_when_it_was_sent(session, helped, mine):
    row_id = sent(session, mine)
    [row] = [each for each in mine() if each.id == row_id]
    [promise] = session.scalars(select(PromiseRecord).where(PromiseRecord.about == row_id))
    assert promise.started_at == NOON
    assert row.due_at == promise.due_at == NOON + 7 * DAY  # five working days


def test_where_no_law_says_by_when_a_person_does(session, helped, beth):
    facts = EndingFacts("Officer", MONDAY_NINE, detail="Not on any roll")
    with pytest.raises(NotReady, match="by when"):
        open_special(session, helped.id, Ending.MISSING_EDUCATION, facts, by=beth, at=NOON)
    due = EndingFacts("Officer", MONDAY_NINE, (NOON + DAY).date())
    with pytest.raises(NotReady, match="who owns"):
        open_special(
            session, helped.id, Ending.MISSING_EDUCATION, replace(due, owner=" "), by=beth, at=NOON
        )
    row = open_special(session, helped.id, Ending.MISSING_EDUCATION, due, by=beth, at=NOON)
    with pytest.raises(Changed):
        open_special(session, helped.id, Ending.MISSING_EDUCATION, due, by=beth, at=NOON)
    [seen] = special_endings(session, by=beth, at=MONDAY_NINE + 3 * DAY)
    assert seen.is_overdue
    end_special(session, row.id, "On roll since today", by=beth, at=LATER)
    with pytest.raises(Changed):
        end_special(session, row.id, "Again", by=beth, at=LATER)


def test_what_was_opened_before_the_decision_is_not_opened_a_second_time(
    session, amara, beth, carol
):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    facts = EndingFacts("The designated officer", NOON, None, "A coach.")
    open_special(session, child.id, Ending.LADO, facts, by=carol, at=NOON)
    told = {"outcome": Outcome.LADO, "owner": "", "agreement_due_on": None, **ENDED_OTHERWISE}
    record_decision(session, child.id, stories.a_decision(**told), by=carol, at=LATER)
    [seen] = special_endings(session, contact_child_id=child.id, by=carol, at=LATER)
    assert (seen.kind, seen.owner) == (Ending.LADO, "The designated officer")


def test_private_fostering_is_visited_within_seven_working_days(session, helped, beth):
    known = EndingFacts("Fostering officer", MONDAY_NINE)
    row = open_special(session, helped.id, Ending.PRIVATE_FOSTERING, known, by=beth, at=NOON)
    assert row.due_at is not None
    assert row.due_at.date() == (MONDAY_NINE + 9 * DAY).date()


# ---------------------------------------------------------------- directions


def test_a_direction_is_taken_on_and_ended_with_words(session, helped, beth, carol):
    [task] = tasks(session, by=beth, at=MONDAY_NINE + 2 * DAY)
    assert (task.owner, task.is_overdue, task.is_hers) == ("Beth", True, False)
    take_direction(session, task.id, by=beth, at=NOON)
    session.flush()
    [task] = tasks(session, by=beth, at=NOON)
    assert (task.owner, task.is_overdue, task.is_hers) == (beth.name, False, True)
    with pytest.raises(NotReady, match="why it was not"):
        end_direction(session, task.id, " ", was_done=False, by=beth, at=LATER)
    end_direction(session, task.id, "No answer in a week", was_done=False, by=beth, at=LATER)
    session.flush()
    assert tasks(session, by=carol, at=LATER) == []
    [ended] = tasks(session, contact_child_id=helped.id, by=carol, at=LATER)
    assert (ended.was_done, ended.ended_by) == (False, beth.name)


# ---------------------------------------------------------------- coming back


def test_a_child_comes_back_from_early_help_with_history_and_reason(session, helped, mine, beth):
    facts = StepUpFacts(
        "Meals are not enough", "A burn on her arm", "yes", "At home now", "not_seen"
    )
    with pytest.raises(NotReady, match="not sent to early help"):
        step_up(session, helped.id, facts, by=beth, at=LATER)
    sent(session, mine)
    for lacks, asked in (
        ("reason", "not enough"),
        ("changed", "changed"),
        ("child_voice", "child says"),
    ):
        with pytest.raises(NotReady, match=asked):
            step_up(session, helped.id, replace(facts, **{lacks: " "}), by=beth, at=LATER)
    with pytest.raises(NotReady, match="Say what is happening now"):
        step_up(session, helped.id, replace(facts, what_is_happening=" "), by=beth, at=LATER)
    receipt = step_up(session, helped.id, facts, by=beth, at=LATER)
    again = session.scalars(
        select(ContactChild).where(ContactChild.contact_id == receipt.contact_id)
    ).one()
    assert again.status == Status.ACKNOWLEDGED
    assert again.contact.in_danger_now == "yes"
    assert again.contact.submission["danger"]["what_is_happening"] == "At home now"
    assert again.contact.submission["concern"]["worry"].endswith("A burn on her arm")
    assert again.contact.submission["household"][0]["name"] == "Rosa Thornbury"
    session.flush()
    [back] = step_ups_of(session, again.id, by=beth)
    [on] = step_ups_of(session, helped.id, by=beth)
    assert back == on
    assert (back.came_from, back.reason) == (helped.id, "Meals are not enough")


def test_a_child_whose_brother_is_closed_to_the_reader_comes_back_through_a_reader(
    session, amara, beth, carol, dan
):
    """What was said of both cannot be copied by somebody who may not read it."""
    two = ({}, {"given_names": "Zoe"})
    mia, zoe = stories.children_of(session, stories.a_receipt(session, *two, sent_by=amara))
    stories.take_up_and_know(session, mia, by=beth, at=MONDAY_NINE + HOUR)
    stories.screen(session, mia, by=beth, at=MONDAY_NINE + HOUR)
    stories.send(session, mia, by=beth, at=MONDAY_NINE + HOUR)
    record_decision(session, mia.id, stories.a_decision(), by=carol, at=NOON)
    sent(session, lambda: passed_on(session, contact_child_id=mia.id, by=carol, at=LATER))
    stories.know(session, zoe, by=carol, at=NOON)
    stories.restrict(session, zoe, readers=(carol, dan), by=carol, at=NOON)
    facts = StepUpFacts("Meals are not enough", "No answer", "no", "", "not_seen")
    with pytest.raises(NotReady, match="Enter it as a new contact"):
        step_up(session, mia.id, facts, by=beth, at=LATER)
    assert step_up(session, mia.id, facts, by=carol, at=LATER).reference


def test_only_what_went_to_early_help_is_stepped_up(session, amara, beth, carol):
    child = ended_as(session, Outcome.OTHER_AUTHORITY, amara, beth, carol)
    [row] = passed_on(session, contact_child_id=child.id, by=beth, at=NOON)
    send_on(session, row.id, "Ashdale Council", "", by=beth, at=NOON)
    facts = StepUpFacts("They did not call", "No answer", "no", "", "not_seen")
    with pytest.raises(NotReady, match="not sent to early help"):
        step_up(session, child.id, facts, by=beth, at=LATER)


def test_the_service_that_took_a_child_on_sends_it_back_up_itself(session, helped, mine, beth):
    facts = StepUpFacts("She was not seen for a week", "No answer", "not_known", "", "not_seen")
    sent(session, mine)
    record_accepted(session, mine()[0].id, AnswerFacts("Kit"), by=COORDINATOR, at=LATER)
    receipt = step_up(session, helped.id, facts, by=COORDINATOR, at=LATER + HOUR)
    again = session.scalars(
        select(ContactChild).where(ContactChild.contact_id == receipt.contact_id)
    ).one()
    assert again.contact.submission["referrer"]["name"] == "Kit"
    assert again.id in {row.id for row in board(session, by=beth, at=LATER + HOUR).open}
    session.flush()
    [back] = step_ups_of(session, again.id, by=beth)
    assert (back.came_from, back.by_name) == (helped.id, beth.name)  # whose account Kit has here
    with pytest.raises(NotAllowed):
        submit_contact(
            session, stories.submission(), token=uuid4(), by=COORDINATOR, at=LATER + HOUR
        )


# ---------------------------------------------------------------- for the family


def test_words_for_the_family_are_kept_by_number(session, helped, beth, carol):
    with pytest.raises(NotReady, match="who made contact"):
        write_family_summary(session, helped.id, "Hill School told us.", by=carol, at=LATER)
    with pytest.raises(NotAllowed):
        write_family_summary(session, helped.id, "We offer help.", by=beth, at=LATER)
    write_family_summary(session, helped.id, "We offer help.", by=carol, at=LATER)
    write_family_summary(session, helped.id, "We offer you help.", by=carol, at=LATER)
    session.flush()
    assert [
        (each.number, each.words) for each in family_summaries(session, helped.id, by=beth)
    ] == [
        (2, "We offer you help."),
        (1, "We offer help."),
    ]


def test_the_childs_own_name_may_be_written_though_a_relative_made_contact(
    session, amara, beth, carol
):
    aunt = {"referrer": {"name": "Rosalind Thornbury", "job_title": "Aunt"}}
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth, **aunt)
    stories.screen(session, child, by=beth, at=MONDAY_NINE + HOUR)
    stories.send(session, child, by=beth, at=MONDAY_NINE + 2 * HOUR)
    record_decision(session, child.id, stories.a_decision(), by=carol, at=NOON)
    words = "We offer help to Mia Thornbury."
    write_family_summary(session, child.id, words, by=carol, at=LATER)
    with pytest.raises(NotReady, match="who made contact"):
        write_family_summary(session, child.id, f"{words} Rosalind", by=carol, at=LATER)


def test_nothing_is_written_to_the_family_before_the_decision(session, amara, beth, carol):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    with pytest.raises(NotReady, match="not decided"):
        write_family_summary(session, child.id, "We offer help.", by=carol, at=LATER)


def test_nothing_is_written_to_a_family_that_must_not_be_contacted(session, amara, beth, carol):
    child = stories.a_child_awaiting_decision(
        session,
        sent_by=amara,
        screened_by=beth,
        indicators=("forced_marriage_or_hba",),
        level=4,
        route=Route.S47,
        rag=Rag.RED,
    )
    section_47 = stories.a_decision(
        outcome=Outcome.STRATEGY_DISCUSSION, route=Route.S47, level=4, rationale="Reasons."
    )
    record_decision(session, child.id, section_47, by=carol, at=NOON)
    with pytest.raises(NotReady, match="do not contact the family"):
        write_family_summary(session, child.id, "We will visit you.", by=carol, at=LATER)
    assert family_summaries(session, child.id, by=carol) == []


# ---------------------------------------------------------------- before it


def test_with_a_danger_trigger_only_section_47_is_decided_before_police_and_health_were_heard(
    session, amara, beth, carol
):
    child = stories.a_child_awaiting_decision(
        session,
        sent_by=amara,
        screened_by=beth,
        indicators=("non_fatal_strangulation",),
        level=4,
        route=Route.S47,
        rag=Rag.RED,
    )
    why = {"departure": DepartureReason.PROFESSIONAL_JUDGEMENT, "departure_words": "As seen."}
    down = stories.a_decision(outcome=Outcome.S17_ASSESSMENT, route=Route.S17, level=4, **why)
    to = {"by": carol, "at": NOON}
    with pytest.raises(NotReady, match="hold the strategy discussion"):
        record_decision(session, child.id, down, strategy=StrategyFacts(True, False), **to)
    record_decision(session, child.id, down, strategy=StrategyFacts(True, True), **to)
