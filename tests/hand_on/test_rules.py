"""When something handed on counts, and what keeps a child open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mash_triage.contacts.status import Status
from mash_triage.decisions.before import (
    BeforeFacts,
    StrategyFacts,
    check_not_talked_down,
    missing_before_deciding,
    was_heard,
)
from mash_triage.errors import Changed, NotReady
from mash_triage.hand_on import for_family, rules
from mash_triage.hand_on.for_family import FamilyFacts, is_heading
from mash_triage.hand_on.kinds import Answer, Ending, Passing
from mash_triage.hand_on.rules import AnswerFacts, Standing
from mash_triage.thresholds.routes import Route
from tests.cast import MONDAY_NINE

HOUR = timedelta(hours=1)
SENT = Standing(Passing.STEP_DOWN, "Family hub", MONDAY_NINE, None, is_open=True)
TRANSFER = Standing(Passing.TRANSFER, "Ashdale Council", MONDAY_NINE, None, is_open=True)
NOT_SENT = Standing(Passing.STEP_DOWN, "", None, None, is_open=True)
BACK = Standing(Passing.STEP_DOWN, "Family hub", MONDAY_NINE, Answer.RETURNED, is_open=True)
ALL_THERE = BeforeFacts(agreement_recorded=True, child_was_heard=True)


def accept(standing, *names, at=MONDAY_NINE + HOUR, took=None):
    rules.check_accepted(
        standing, AnswerFacts(*names, took_place_at=took), sent_at=MONDAY_NINE, at=at
    )


def test_what_was_not_sent_cannot_be_accepted():
    with pytest.raises(NotReady, match="not sent yet"):
        accept(NOT_SENT, "Jo Hart")


def test_a_step_down_is_accepted_by_somebody_named():
    with pytest.raises(NotReady, match="who accepted"):
        accept(SENT, "  ")
    accept(SENT, "Jo Hart")


def test_a_transfer_needs_the_role_and_how_it_was_confirmed():
    with pytest.raises(NotReady, match="proof"):
        accept(TRANSFER, "Jo Hart", "Duty manager")
    accept(TRANSFER, "Jo Hart", "Duty manager", "Mail of 12 January")


@pytest.mark.parametrize("hours", [-1, 3])
def test_it_was_not_accepted_before_it_was_sent_nor_in_time_to_come(hours):
    with pytest.raises(NotReady, match="when it really was"):
        accept(SENT, "Jo Hart", took=MONDAY_NINE + hours * HOUR)


def test_a_return_has_a_reason_and_a_new_word():
    with pytest.raises(NotReady, match="why it was returned"):
        rules.check_returned(SENT, "Jo Hart", " ")
    with pytest.raises(NotReady, match="what happens"):
        rules.check_settled(BACK, "")
    with pytest.raises(NotReady, match="Only what came back"):
        rules.check_settled(SENT, "To the school nurse")


def test_it_is_answered_once():
    with pytest.raises(Changed):
        accept(BACK, "Jo Hart")


def test_until_it_is_accepted_the_child_is_not_closed():
    assert rules.what_keeps_open([SENT], [], 0) == [
        "Not closed: waiting to be accepted by Family hub"
    ]
    with pytest.raises(NotReady, match="waiting to be accepted by Family hub"):
        rules.check_may_close(rules.what_keeps_open([SENT], [], 0))


@given(
    st.lists(st.sampled_from([SENT, TRANSFER, NOT_SENT, BACK])),
    st.lists(st.sampled_from(Ending), unique=True),
    st.integers(0, 3),
)
def test_a_child_closes_only_with_nothing_open(passings, endings, directions):
    open_ones = rules.what_keeps_open(passings, endings, directions)
    if passings or endings or directions:
        with pytest.raises(NotReady):
            rules.check_may_close(open_ones)
    else:
        rules.check_may_close(open_ones)


def test_only_what_is_decided_is_handed_on():
    with pytest.raises(NotReady, match="Decide first"):
        rules.check_decided(Status.MANAGER_REVIEW)
    with pytest.raises(NotReady, match="new contact"):
        rules.check_decided(Status.CLOSED)
    with pytest.raises(NotReady, match="new contact"):
        rules.check_decided(Status.VOID)


# ---------------------------------------------------------------- before deciding


def test_nothing_is_missing_when_all_is_there():
    assert missing_before_deciding(ALL_THERE) == []


def test_missing_agreement_and_voice_warn_and_never_stop():
    gaps = missing_before_deciding(
        BeforeFacts(False, False, why_not_heard="I have not seen the child", waiting=("Leo",))
    )
    assert [gap.part for gap in gaps] == ["consent", "reported", "together"]
    assert not any(gap.stops for gap in gaps)
    assert "The referrer says: I have not seen the child." in gaps[1].words


def test_what_stops_a_decision_stands_first():
    gaps = missing_before_deciding(BeforeFacts(False, True, comment_needed=True))
    assert [(gap.part, gap.stops) for gap in gaps] == [("decide", True), ("consent", False)]


@pytest.mark.parametrize("route", [None, Route.UNIVERSAL, Route.EARLY_HELP, Route.S17])
def test_a_danger_trigger_is_not_talked_down_before_police_and_health_were_heard(route):
    unheard = StrategyFacts(begun=True, held=False)
    with pytest.raises(NotReady, match="strategy discussion"):
        check_not_talked_down(True, route, unheard)
    check_not_talked_down(True, Route.S47, unheard)
    check_not_talked_down(True, route, StrategyFacts(begun=True, held=True))
    check_not_talked_down(False, route, unheard)


def test_a_code_for_no_voice_is_no_voice():
    assert was_heard("There is nothing in the cupboard", ("not_seen",))
    assert not was_heard("not_seen", ("not_seen",))
    assert not was_heard(None, ("not_seen",))


# ---------------------------------------------------------------- for the family


FAMILY = FamilyFacts(
    "Mia",
    date(2026, 1, 12),
    "We offer you help.",
    asked_for_agreement=True,
    telephone="01632 960 100",
)


def test_the_first_words_name_nobody_but_the_child():
    words = for_family.first_words(FAMILY)
    assert words.startswith("About Mia")
    assert "We offer you help." in words
    assert "only when you agree" in words
    assert "call 999" in words
    assert "telephone 01632 960 100" in words, "a letter says where to answer"


def test_a_short_line_that_is_no_sentence_names_a_part_of_the_letter():
    names = [line for line in for_family.first_words(FAMILY).splitlines() if is_heading(line)]
    assert names == [
        "About Mia", "What we decided", "What happens next", "If things change", "Your say",
    ]  # fmt: skip
    assert not is_heading("")
    assert is_heading("A" * for_family.LONGEST_HEADING)
    assert not is_heading("A" * (for_family.LONGEST_HEADING + 1))
    assert not is_heading("We will telephone you on Monday and agree with you who comes when")


def test_who_made_contact_is_never_said():
    named = for_family.parts_never_named(
        "Amara Thornbury", "Hill School", is_own_agency=False, child_names=("Mia", "Thornbury")
    )
    assert named == {"Amara", "Hill School"}
    for_family.check_words("Mia Thornbury gets help with breakfast.", named)
    for words in ("Ms AMARA told us.", "The Hill School told us."):
        with pytest.raises(NotReady, match="who made contact"):
            for_family.check_words(words, named)


def test_a_name_that_is_an_everyday_word_names_only_with_its_capital():
    named = for_family.parts_never_named(
        "Will Ash (nights)", "Council", is_own_agency=True, child_names=()
    )
    for_family.check_words("Somebody will be in touch.", named)
    for words in ("Will told us.", "Ask the (nights) team."):
        with pytest.raises(NotReady, match="who made contact"):
            for_family.check_words(words, named)


def test_a_name_of_two_letters_is_a_name_with_its_capital_and_an_initial_is_none():
    named = for_family.parts_never_named(
        "Jo B Li", "Council", is_own_agency=True, child_names=("Mia",)
    )
    assert named == {"Jo", "Li"}
    for_family.check_words("Section B: do you agree?", named)
    with pytest.raises(NotReady, match="who made contact"):
        for_family.check_words("Jo told us.", named)


@pytest.mark.parametrize("words", ["", " ", "\n\t"])
def test_an_empty_letter_is_no_letter(words):
    with pytest.raises(NotReady, match="Write the words"):
        for_family.check_words(words, ())


def test_no_words_are_made_where_the_family_is_not_contacted():
    with pytest.raises(NotReady, match="do not contact the family"):
        for_family.check_may_be_told(True)
