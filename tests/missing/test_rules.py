"""What cannot be so is refused in one sentence; who interviews and what is offered, by rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mash_triage.errors import Changed, NotReady
from mash_triage.missing import rules
from mash_triage.missing.codes import RELATION
from mash_triage.missing.local import Sign, missing_rules
from mash_triage.missing.rules import HeldFacts, NoticeFacts, ReturnFacts, RiskFacts
from tests.facts import EDITIONS, edition_named
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 5 * HOUR
NOTICE = NoticeFacts(MONDAY_NINE - HOUR, "Bus stop, by a friend", "Her mother", looked_after="no")
BACK = ReturnFacts(AT - HOUR, "by_police")
RISK = RiskFacts("high", "yes", "no", "not_known", "She was with older people.")
HELD = HeldFacts(AT - HOUR, "Robin Ames", "youth_service", push=("bullying",))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"missing_since": None}, "since when"),
        ({"missing_since": AT + HOUR}, "still to come"),
        ({"missing_since": AT - timedelta(days=800)}, "more than a year ago"),
        ({"last_seen": "  "}, "last seen"),
        ({"last_seen": "x" * 2_001}, "shorten"),
        ({"reporter": ""}, "who reported"),
        ({"reporter": "x" * 301}, "shorten"),
        ({"reference": "x" * 301}, "Shorten"),
        ({"looked_after": ""}, "looked after"),
        ({"noticed_at": AT + HOUR}, "still to come"),
        ({"noticed_at": MONDAY_NINE - HOUR / 2}, "before the contact"),
        ({"missing_since": AT - HOUR, "noticed_at": AT - 2 * HOUR}, "before the child went"),
    ],
)
def test_a_notice_that_cannot_be_so_is_refused(change, words):
    with pytest.raises(NotReady, match=words):
        rules.check_notice(replace(NOTICE, **change), received_at=MONDAY_NINE, at=AT)


def test_a_notice_with_all_it_needs_is_taken():
    rules.check_notice(NOTICE, received_at=MONDAY_NINE, at=AT)
    told = replace(NOTICE, noticed_at=AT)
    rules.check_notice(told, received_at=MONDAY_NINE, at=AT)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"returned_at": None}, "when the child was found"),
        ({"returned_at": AT + HOUR}, "still to come"),
        ({"returned_at": MONDAY_NINE - HOUR}, "before going missing"),
        ({"returned_at": MONDAY_NINE - 2 * HOUR}, "before going missing"),
        ({"how": ""}, "how the child"),
    ],
)
def test_a_return_that_cannot_be_so_is_refused(change, words):
    with pytest.raises(NotReady, match=words):
        rules.check_return(replace(BACK, **change), missing_since=MONDAY_NINE - HOUR, at=AT)


def test_of_one_child_one_episode_is_open_and_none_covers_another():
    day = timedelta(days=1)
    over = [(MONDAY_NINE - 9 * day, MONDAY_NINE - 8 * day)]
    rules.check_apart(MONDAY_NINE, None, over)
    rules.check_apart(MONDAY_NINE - 12 * day, MONDAY_NINE - 11 * day, over)
    with pytest.raises(Changed, match="missing already"):
        rules.check_apart(AT, None, [(MONDAY_NINE, None)])
    with pytest.raises(NotReady, match="at that time"):
        rules.check_apart(MONDAY_NINE - 8.5 * day, None, over)
    with pytest.raises(NotReady, match="at that time"):
        rules.check_apart(MONDAY_NINE - 12 * day, MONDAY_NINE - 8.5 * day, over)


@pytest.mark.parametrize(
    "change",
    [{"level": ""}, {"exploitation": ""}, {"health": "maybe"}, {"medication": ""}, {"words": " "}],
)
def test_a_risk_leaves_nothing_open(change):
    rules.check_risk(RISK)
    with pytest.raises(NotReady):
        rules.check_risk(replace(RISK, **change))


# ---------------------------------------------------------------- the interview


@pytest.mark.parametrize(
    ("offered_at", "who", "returned_at", "words"),
    [
        (AT, "Robin", None, "Record first that the child"),
        (None, "Robin", MONDAY_NINE, "when the interview was offered"),
        (AT + HOUR, "Robin", MONDAY_NINE, "still to come"),
        (MONDAY_NINE - HOUR, "Robin", MONDAY_NINE, "before the child was back"),
        (AT, "", MONDAY_NINE, "who offered"),
    ],
)
def test_an_offer_that_cannot_be_so_is_refused(offered_at, who, returned_at, words):
    with pytest.raises(NotReady, match=words):
        rules.check_offer(offered_at, who, returned_at, at=AT)


def test_a_no_has_its_reason():
    rules.check_answer("accepted", "")
    for answer, words in (("declined", ""), ("not_able", " "), ("", "x")):
        with pytest.raises(NotReady):
            rules.check_answer(answer, words)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"held_at": None}, "when the interview was held"),
        ({"held_at": AT + HOUR}, "still to come"),
        ({"held_at": MONDAY_NINE - HOUR}, "before the child was back"),
        ({"held_at": MONDAY_NINE}, "before it was offered"),
        ({"interviewer": ""}, "who held"),
        ({"relation": ""}, "to the child's case"),
        ({"relation": "police"}, "safe and well check is not"),
        ({"push": ("moonlight",)}, "of the list"),
        ({"push": ()}, "what the child went away from"),
    ],
)
def test_an_interview_that_cannot_be_so_is_refused(change, words):
    told = {
        "returned_at": MONDAY_NINE,
        "offered_at": MONDAY_NINE + HOUR,
        "answer": "accepted",
        "at": AT,
    }
    rules.check_held(HELD, **told)
    with pytest.raises(NotReady, match=words):
        rules.check_held(replace(HELD, **change), **told)


def test_nobody_is_interviewed_who_did_not_accept():
    told = {"returned_at": MONDAY_NINE, "offered_at": MONDAY_NINE, "at": AT}
    for answer in (None, "declined", "not_able"):
        with pytest.raises(NotReady, match="accepted"):
            rules.check_held(HELD, answer=answer, **told)


def test_whoever_has_the_case_or_the_home_is_not_independent():
    found = {code for code in RELATION if rules.is_independent(code)}
    assert found == {"youth_service", "voluntary", "advocate"}


def test_seventy_two_hours_to_the_second():
    limit = MONDAY_NINE + timedelta(hours=72)
    assert rules.is_in_time(MONDAY_NINE, limit)
    assert not rules.is_in_time(MONDAY_NINE, limit + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("interviews", "over"),
    [
        ([], False),
        ([(None, None)], False),
        ([("accepted", None)], False),
        ([("accepted", AT)], True),
        ([("declined", None)], True),
        ([("not_able", None)], True),
        ([("declined", None), (None, None)], False),
    ],
)
def test_an_interview_is_over_once_it_was_held_or_the_last_answer_was_a_no(interviews, over):
    assert rules.is_over(interviews) is over


def test_an_action_has_somebody_and_a_day_to_come():
    today = date(2026, 1, 12)
    rules.check_action("Ring the school", "Beth", today, at=AT)
    for told in (("", "Beth", today), ("x", "", today), ("x", "Beth", None),
                 ("x", "Beth", date(2026, 1, 11))):  # fmt: skip
        with pytest.raises(NotReady):
            rules.check_action(*told, at=AT)


# ---------------------------------------------------------------- by rule, and offered


@pytest.mark.parametrize(
    ("looked_after", "provider"),
    [("yes", "independent"), ("no", "youth_service"), ("not_known", "youth_service")],
)
def test_who_interviews_by_rule(looked_after, provider):
    assert rules.provider_for(looked_after, missing_rules()) == provider


def test_somebody_else_interviews_for_a_reason():
    rules.check_provider("independent", "Her cousin works for them.", missing_rules())
    for code, why in (("independent", " "), ("nobody", "x")):
        with pytest.raises(NotReady):
            rules.check_provider(code, why, missing_rules())


@pytest.mark.parametrize(
    ("since", "until", "nights"),
    [
        ("2026-01-12T15:00", "2026-01-12T23:50", 0),
        ("2026-01-12T15:00", "2026-01-13T06:00", 1),
        ("2026-01-12T01:00", "2026-01-12T04:00", 0),
        ("2026-01-12T23:00", "2026-01-15T08:00", 3),
        ("2026-07-12T22:00", "2026-07-13T04:30", 1),
    ],
)
def test_a_night_away_is_over_at_five_in_the_morning(since, until, nights):
    """In summer half past four in UTC is half past five in London."""
    moments = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (since, until))
    assert rules.nights_away(*moments) == nights


def signs(*, hours=2, returned=True, lately=1, risk=None):
    since = MONDAY_NINE
    return rules.signs_of(
        missing_since=since,
        returned_at=since + hours * HOUR if returned else None,
        episodes_lately=lately,
        risk=risk,
        rules=missing_rules(),
        at=since + hours * HOUR,
    )


@pytest.mark.parametrize(
    ("found", "default", "split_levels"),
    [
        (signs(), ["missing_episodes"], ["mis_01"]),
        (signs(lately=2), ["missing_episodes"], ["mis_02"]),
        (signs(hours=24), ["missing_episodes"], ["mis_02"]),
        (signs(returned=False), ["currently_missing"], []),
        (signs(returned=False, risk=RISK), ["currently_missing"], ["mis_03"]),
        (
            signs(lately=3, risk=RISK),
            ["missing_episodes"],
            ["mis_02", "mis_03"],
        ),
        (signs(risk=RISK), ["missing_episodes"], []),
    ],
)
def test_what_is_offered_in_the_codes_of_each_edition(found, default, split_levels):
    for edition, codes in (("default", default), ("split_levels", split_levels)):
        known = edition_named(edition).indicators_by_code
        assert list(rules.offered(found, known, missing_rules())) == codes


def test_every_code_that_may_be_offered_is_in_some_edition_under_missing():
    known = {}
    for name in EDITIONS:
        known |= edition_named(name).indicators_by_code
    assert {known[each.indicator].theme for each in missing_rules().offer} == {"missing"}
    assert Sign.SINGLE in signs()
