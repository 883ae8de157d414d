"""What a strategy discussion needs: quorum, times, and an outcome that leaves nothing open."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mash_triage.errors import NotReady
from mash_triage.strategy import quorum, rules
from mash_triage.strategy.codes import Conduct, Limb, Medical, Parents, Part, Sector, YesNo
from mash_triage.strategy.quorum import MUST_ATTEND
from mash_triage.strategy.rules import Agreed, ChildOutcome, Held, Task, Took
from tests.cast import MONDAY_NINE
from tests.stories import HOUR

CHILD = uuid4()
TODAY = date(2026, 1, 12)
ALL_THREE = frozenset(MUST_ATTEND)
WHOLE = Agreed(
    analysis="The bruises are not explained by what was said.",
    children=(ChildOutcome(CHILD, YesNo.YES, "Unexplained bruises.", Limb.REASONABLE_CAUSE),),
    conduct=Conduct.JOINT,
    medical=Medical.YES,
    medical_why="To date the bruises; today at the hospital.",
    seeing_who="Beth, social worker",
    seeing_on=TODAY,
    seeing_alone=YesNo.YES,
    parents=Parents.WILL_BE,
    parents_words="By Beth after school.",
    other_children="A brother of two at home: seen today too.",
    tasks=(Task("Speak to the school", "Beth", TODAY),),
)


def agree(facts: Agreed, *, missing=()) -> None:
    rules.check_agreed(facts, {CHILD}, missing, held_on=TODAY, on=TODAY)


@given(some.sets(some.sampled_from(list(Sector))))
def test_quorate_is_social_care_police_and_health_and_nothing_less(attending):
    assert quorum.is_quorate(attending) == (attending >= ALL_THREE)
    assert set(quorum.missing_from(attending)) == ALL_THREE - attending


def test_it_says_who_is_missing_and_what_to_do():
    without_health = quorum.missing_from(ALL_THREE - {Sector.HEALTH})
    assert quorum.quorum_words(without_health).startswith("Not quorate: Health did not attend.")
    assert "Ring them in now" in quorum.quorum_words(without_health)
    assert "Police and health did not attend" in quorum.quorum_words((Sector.POLICE, Sector.HEALTH))


def test_a_whole_outcome_is_taken():
    agree(WHOLE)


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({"analysis": " "}, "analysis"),
        ({"children": ()}, "for each child"),
        ({"children": (ChildOutcome(CHILD, None, "x"),)}, "for each child"),
        ({"children": (ChildOutcome(CHILD, YesNo.YES, " ", Limb.PROTECTION),)}, "reason"),
        ({"children": (ChildOutcome(CHILD, YesNo.YES, "x"),)}, "which limb"),
        ({"children": (ChildOutcome(CHILD, YesNo.NO, "x"),)}, "instead"),
        ({"conduct": None}, "joint or by a single"),
        ({"medical": None}, "medical"),
        ({"medical_why": ""}, "medical"),
        ({"seeing_who": ""}, "who sees the child"),
        ({"seeing_on": TODAY - timedelta(days=1)}, "or later"),
        ({"seeing_alone": None}, "seen alone"),
        ({"seeing_alone": YesNo.NO}, "why the child is not seen alone"),
        ({"parents": None}, "parents are told"),
        ({"parents": Parents.NOT_YET, "parents_words": ""}, "why not"),
        ({"other_children": ""}, "other children"),
        ({"tasks": (Task("Speak to the school", "", TODAY),)}, "Each task"),
        ({"tasks": (Task("x", "Beth", TODAY - timedelta(days=1)),)}, "A task is due"),
        ({"next_on": TODAY - timedelta(days=1)}, "not past"),
    ],
)
def test_what_is_left_open_is_asked_for_in_a_sentence(change, asked):
    with pytest.raises(NotReady, match=asked):
        agree(replace(WHOLE, **change))


def test_no_section_47_needs_no_medical_and_nobody_to_see_the_child():
    no = ChildOutcome(CHILD, YesNo.NO, "An accident seen by three adults.", instead="Section 17.")
    agree(Agreed("x", (no,), parents=Parents.TOLD, parents_words="x", other_children="None."))


def test_without_quorum_the_outcome_says_why_it_could_not_wait_and_when_they_meet():
    missing = (Sector.HEALTH,)
    with pytest.raises(NotReady, match="Health did not attend"):
        agree(WHOLE, missing=missing)
    hurried = replace(WHOLE, without_quorum="He is due home in an hour.")
    with pytest.raises(NotReady, match="name the day of the next discussion, with Health"):
        agree(hurried, missing=missing)
    agree(replace(hurried, next_on=TODAY), missing=missing)


@pytest.mark.parametrize(
    ("began", "ended", "asked"),
    [
        (-HOUR, HOUR, "before the contact was received"),
        (2 * HOUR, 3 * HOUR, "in the future"),
        (HOUR / 2, 3 * HOUR, "in the future"),
        (HOUR, HOUR, "ended after it began"),
    ],
)
def test_a_discussion_before_receipt_or_in_the_future_is_refused(began, ended, asked):
    held = Held(MONDAY_NINE + began, MONDAY_NINE + ended)
    with pytest.raises(NotReady, match=asked):
        rules.check_times(held, received_at=MONDAY_NINE, at=MONDAY_NINE + HOUR)


def test_of_everybody_invited_it_is_said_what_part_she_had():
    nurse = uuid4()

    def say(took: Took) -> None:
        rules.check_parts({nurse: took}, {nurse: "Dev"})

    for took, asked in (
        (Took(None), "attended, sent information, or absent"),
        (Took(Part.INVITED), "attended, sent information, or absent"),
        (Took(Part.ABSENT), "why Dev was absent"),
        (Took(Part.SENT_INFORMATION), "what Dev sent"),
    ):
        with pytest.raises(NotReady, match=asked):
            say(took)
    say(Took(Part.ABSENT, "On leave, no cover."))
