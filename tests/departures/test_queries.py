"""What was set instead, rule by rule, and what became of the children: counted, not guessed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.decisions.actions import record_decision
from mash_triage.departures.queries import (
    Share,
    departures_from,
    uses_of_editions,
    uses_of_rules,
)
from mash_triage.departures.rules import Direction
from mash_triage.errors import NotAllowed
from mash_triage.matching.actions import confirm_match
from mash_triage.matching.actions.links import link_records
from mash_triage.people.actions import restrict_person
from mash_triage.screening.actions import send_for_decision, take_up
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

DAY = timedelta(days=1)
LATER = MONDAY_NINE + 400 * DAY
OWNER = Actor(name="Thea Marlowe", user_id=uuid4(), role=Role.POLICY_LEAD)
HIGHER = {
    "outcome": Outcome.S17_ASSESSMENT,
    "route": Route.S17,
    "level": 4,
    "departure": DepartureReason.FACT_MISSING,
    "departure_words": "Her brother was hurt in the same way.",
}
LOWER = {
    "outcome": Outcome.ADVICE,
    "route": Route.UNIVERSAL,
    "level": 1,
    "departure": DepartureReason.RULE_UNCLEAR,
    "departure_words": "She says the word hungry of the dog.",
}
S47 = {
    "outcome": Outcome.STRATEGY_DISCUSSION,
    "route": Route.S47,
    "level": 4,
    "departure": DepartureReason.PROFESSIONAL_JUDGEMENT,
    "departure_words": "The harm is significant.",
}
"""Three decisions for a child who is regularly hungry, for whom level 3 and early help is
suggested by the rule `usual_level_3`."""


@pytest.fixture
def decide(session, amara, beth, carol):
    """A child decided, or the same child decided again."""

    def decided(*, at=MONDAY_NINE, again=None, **changes):
        told = {"family_name": f"Quill{uuid4().hex[:6]}"}
        child = stories.a_child(session, told, sent_by=amara, at=at)
        take_up(session, child.id, by=beth, at=at)
        if again:
            confirm_match(session, child.id, again.person_id, by=beth, at=at)
        else:
            stories.know(session, child, by=beth, at=at)
        stories.screen(session, child, by=beth, at=at)
        send_for_decision(session, child.id, by=beth, at=at)
        due = {"agreement_due_on": at.date() + 2 * DAY, "repeat_comment": "Again."}
        facts = stories.a_decision(**due, **changes)
        record_decision(session, child.id, facts, by=carol, at=at + HOUR)
        session.flush()
        return child

    return decided


def use_of(session, child, rule="usual_level_3", *, by=OWNER, at=LATER):
    found = uses_of_rules(session, child.contact.edition_id, by=by, at=at)
    return next(use for use in found if use.rule == rule)


# ---------------------------------------------------------------- what was set


def test_a_rule_counts_how_often_it_was_decisive_and_what_was_set_instead(session, decide):
    child = decide()
    decide(**HIGHER)
    decide(**LOWER)
    use = use_of(session, child)
    assert (use.fired, use.rested, use.departed) == (3, 3, 2)
    assert use.decided == {
        Direction.AS_SUGGESTED: 1,
        Direction.HIGHER: 1,
        Direction.LOWER: 1,
    }
    assert use.reasons == {DepartureReason.FACT_MISSING: 1, DepartureReason.RULE_UNCLEAR: 1}
    assert use.outcomes == {Outcome.S17_ASSESSMENT: 1, Outcome.ADVICE: 1}
    (edition,) = uses_of_editions(session, by=OWNER)
    assert (edition.counted, edition.departed) == (3, 2)
    assert edition.edition_id == child.contact.edition_id


def test_a_rule_that_fired_beside_a_graver_one_was_not_decisive(session, amara, beth, carol):
    child = stories.a_child_awaiting_decision(
        session,
        sent_by=amara,
        screened_by=beth,
        indicators=("persistent_hunger", "emotional_abuse"),
        level=4,
        route=Route.S17,
    )
    facts = stories.a_decision(outcome=Outcome.S17_ASSESSMENT, route=Route.S17, level=4)
    record_decision(session, child.id, facts, by=carol, at=MONDAY_NINE + 3 * HOUR)
    session.flush()
    lesser, graver = (use_of(session, child, f"usual_level_{level}") for level in (3, 4))
    assert (lesser.fired, lesser.rested) == (1, 0)
    assert (graver.fired, graver.rested) == (1, 1)


def test_an_ending_without_a_route_is_not_called_lower(session, decide):
    child = decide(
        outcome=Outcome.OTHER_AUTHORITY,
        route=None,
        level=3,
        departure=DepartureReason.OTHER,
        departure_words="She lives in Eastmere.",
    )
    use = use_of(session, child)
    assert use.departed == 0, "an ending that needs no route departs from nothing"


def test_both_values_and_the_words_are_for_those_who_may_open_the_record(session, decide, beth):
    child = decide(**HIGHER)
    decide()
    (found,) = departures_from(session, child.contact.edition_id, "usual_level_3", by=beth)
    assert found.contact_child_id == child.id
    assert (found.suggested_level, found.suggested_route) == (3, "early_help")
    assert (found.level, found.route, found.outcome) == (4, "s17", "s17_assessment")
    assert (found.reason, found.words) == ("fact_missing", HIGHER["departure_words"])
    with pytest.raises(NotAllowed):
        departures_from(session, child.contact.edition_id, "usual_level_3", by=OWNER)


def test_a_restricted_child_is_not_counted_for_those_who_may_not_open_it(
    session, decide, beth, carol, dan
):
    child = decide(**HIGHER)
    restrict_person(
        session, child.person_id, reason="x", review_on=(MONDAY_NINE + 90 * DAY).date(),
        readers=[carol.user_id, dan.user_id], by=carol, at=MONDAY_NINE + 2 * HOUR,
    )  # fmt: skip
    assert uses_of_rules(session, child.contact.edition_id, by=beth, at=LATER) == []
    assert departures_from(session, child.contact.edition_id, "usual_level_3", by=beth) == []
    assert use_of(session, child, by=carol).departed == 1
    assert use_of(session, child, by=OWNER).departed == 1, "a count tells nobody who it is"


def test_a_referrer_has_no_such_page(session, decide, amara):
    child = decide()
    with pytest.raises(NotAllowed):
        uses_of_rules(session, child.contact.edition_id, by=amara, at=LATER)
    with pytest.raises(NotAllowed):
        uses_of_editions(session, by=amara)


# ---------------------------------------------------------------- what came after


def test_who_came_back_is_counted_once_the_days_have_passed(session, decide):
    first = decide(**LOWER)
    decide(again=first, at=MONDAY_NINE + 100 * DAY)

    def back(after):
        after = use_of(session, first, at=MONDAY_NINE + after * DAY).after[Direction.LOWER]
        return [after.came_back[days] for days in (90, 180, 365)]

    assert back(89) == [Share(), Share(), Share()]
    assert back(101) == [Share(1, 0), Share(), Share()]
    assert back(366) == [Share(1, 0), Share(1, 1), Share(1, 1)]


def test_a_later_section_47_is_counted_within_a_year(session, decide):
    first = decide(**LOWER)
    decide(again=first, at=MONDAY_NINE + 200 * DAY, **S47)
    lower = use_of(session, first).after[Direction.LOWER]
    assert lower.s47_later == Share(1, 1)
    assert use_of(session, first).after[Direction.HIGHER].s47_later == Share(), "too soon to say"


def test_the_child_of_a_linked_record_came_back_too(session, decide, beth):
    first = decide(**LOWER)
    second = decide(at=MONDAY_NINE + 30 * DAY)
    assert use_of(session, first).after[Direction.LOWER].came_back[90] == Share(1, 0)
    link_records(session, first.person_id, second.person_id, reason="One child.", by=beth, at=LATER)
    session.flush()
    assert use_of(session, first).after[Direction.LOWER].came_back[90] == Share(1, 1)


def test_an_earlier_contact_is_no_coming_back(session, decide):
    first = decide()
    decide(again=first, at=MONDAY_NINE + 30 * DAY, **LOWER)
    assert use_of(session, first).after[Direction.LOWER].came_back[90] == Share(1, 0)
    assert use_of(session, first).after[Direction.AS_SUGGESTED].came_back[90] == Share(1, 1)
