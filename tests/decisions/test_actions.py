"""The manager's part: with reasons, by a second pair of eyes, once, and with what follows."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from mash_triage.clocks.models import Clock
from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.contacts.pictures import picture_of_child
from mash_triage.contacts.status import Status
from mash_triage.decisions.actions import (
    record_daily_review,
    record_decision,
    record_help_agreed,
    return_to_worker,
    start_help,
)
from mash_triage.decisions.before import NOT_HELD, StrategyFacts
from mash_triage.decisions.models import Decision, HelpOffer, Referral
from mash_triage.decisions.queries import decision_of, outcomes_of, reviews_of
from mash_triage.decisions.rules import DirectionFacts
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.matching.actions import confirm_match, undo_match
from mash_triage.screening.actions import (
    hand_over,
    record_analysis,
    record_indicators,
    send_for_decision,
    set_level,
    take_up,
)
from mash_triage.screening.models import FactsFrozen
from mash_triage.text import NOTE
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 3 * HOUR
RACES = 100 if os.environ.get("MASH_SOAK") else 10
JUDGEMENT = {"departure": DepartureReason.PROFESSIONAL_JUDGEMENT, "departure_words": "Seen."}
S17 = {"outcome": Outcome.S17_ASSESSMENT, "route": Route.S17, "level": 4, **JUDGEMENT}


@pytest.fixture
def child(session, amara, beth):
    return stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)


def decide(session, child, *, by, at=AT, seen=None, strategy=NOT_HELD, **changes):
    facts = stories.a_decision(**changes)
    return record_decision(session, child.id, facts, seen=seen, strategy=strategy, by=by, at=at)


def how_many(session, table):
    session.flush()
    return session.scalar(select(func.count()).select_from(table))


# ---------------------------------------------------------------- what a decision is


def test_a_decision_is_whole_and_stops_every_clock(session, carol, child):
    due = date(2026, 1, 14)
    directions = (DirectionFacts("Call the school\x00", " Beth ", due),)
    decide(session, child, by=carol, directions=directions, rationale=" Because.\x00 ")

    found = decision_of(session, child.id, by=carol)
    assert (found.outcome, found.route, found.level) == ("early_help", "early_help", 3)
    assert (found.rationale, found.by_name, found.at) == (f"Because.{NOTE}", carol.name, AT)
    (direction,) = found.directions
    assert (direction.what, direction.who, direction.due_on) == (
        f"Call the school{NOTE}",
        "Beth",
        due,
    )
    picture = picture_of_child(session, child.id, by=carol)
    assert {clock.stopped_at for clock in picture.clocks} == {AT}
    assert (picture.next_due_at, picture.decided_at) == (None, AT)
    assert outcomes_of(session, [child.id], by=carol) == {child.id: Outcome.EARLY_HELP}


def test_what_happens_if_it_does_not_work_is_kept_with_the_decision(session, carol, child):
    decide(session, child, by=carol, contingency=" The school rings us in four weeks.\x00 ")
    found = decision_of(session, child.id, by=carol)
    assert found.contingency == f"The school rings us in four weeks.{NOTE}"


def test_advice_asks_for_no_contingency(session, carol, child):
    advice = {"outcome": Outcome.ADVICE, "route": Route.UNIVERSAL, "level": 1, **JUDGEMENT}
    assert decide(session, child, by=carol, contingency="", **advice).contingency == ""


def test_the_facts_of_the_decision_are_frozen_with_it(session, carol, child):
    decision = decide(session, child, by=carol)
    facts = session.get_one(FactsFrozen, decision.facts_id)
    assert (facts.moment, facts.frozen_by) == ("decided", carol.user_id)
    assert facts.facts["facts"]["indicators"] == ["persistent_hunger"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"level": 9}, "Choose a level"),
        ({"route": Route.S47}, "route does not belong"),
        ({"outcome": Outcome.S17_ASSESSMENT}, "outcome does not belong"),
        ({"outcome": Outcome.EARLY_HELP, "route": None}, "outcome does not belong"),
        ({"rationale": "  "}, "Give your reasons"),
        ({**S17, "departure": None}, "Choose the reason"),
        ({**S17, "departure_words": " "}, "in a sentence"),
        ({"contingency": " "}, "what happens if it does not work"),
        ({**S17, "contingency": ""}, "what happens if it does not work"),
        ({"owner": " "}, "Name who asks"),
        ({"owner": "O" * 201}, "Shorten"),
        ({"agreement_due_on": None}, "by when"),
        ({"directions": (DirectionFacts(" ", "Beth", date(2026, 1, 14)),)}, "Each direction"),
        ({"directions": (DirectionFacts("x", "B" * 201, date(2026, 1, 14)),)}, "Shorten"),
    ],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_what_a_decision_lacks_is_said_in_words_and_nothing_is_stored(
    session, carol, child, changes, words
):
    with pytest.raises(NotReady, match=words):
        decide(session, child, by=carol, **changes)
    assert how_many(session, Decision) == how_many(session, Referral) == 0
    assert child.status == Status.MANAGER_REVIEW


def test_every_ending_names_an_outcome_and_there_is_no_plain_no_further_action():
    assert not any("further" in outcome or "nfa" in outcome for outcome in Outcome)


def test_a_departing_decision_keeps_its_reason_and_a_following_one_none(session, carol, child):
    decision = decide(session, child, by=carol, **JUDGEMENT)
    assert (decision.departure, decision.departure_words) == (None, "")


def test_an_ending_without_route_departs_only_for_a_triggered_child(session, amara, beth, carol):
    plain = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    decide(session, plain, by=carol, outcome=Outcome.OPEN_CASE, route=None)

    triggered = stories.a_child_awaiting_decision(
        session,
        {"given_names": "Noah"},
        sent_by=amara,
        screened_by=beth,
        indicators=("non_fatal_strangulation",),
        level=4,
        route=Route.S47,
        rag=Rag.RED,
    )
    ending = {"outcome": Outcome.OPEN_CASE, "route": None, "level": 4, "repeat_comment": "First."}
    with pytest.raises(NotReady, match="A danger trigger stands"):
        record_decision(
            session, triggered.id, stories.a_decision(**ending, **JUDGEMENT), by=carol, at=AT
        )
    ending["strategy"] = StrategyFacts(begun=True, held=True)
    with pytest.raises(NotReady, match="differs from the suggestion"):
        decide(session, triggered, by=carol, **ending)
    decide(session, triggered, by=carol, **ending, **JUDGEMENT)


# ---------------------------------------------------------------- a second pair of eyes


def test_whoever_sent_or_took_up_the_child_does_not_decide(session, amara, carol, dan):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=carol)
    with pytest.raises(NotAllowed, match="Somebody else decides"):
        decide(session, child, by=carol)
    decide(session, child, by=dan)


def screened_together(session, child, *, by, then):
    """`by` takes up and screens; `then` takes over and does the rest."""
    take_up(session, child.id, by=by, at=MONDAY_NINE + HOUR)
    stories.know(session, child, by=by, at=MONDAY_NINE + HOUR)
    stories.screen(session, child, by=by, at=MONDAY_NINE + HOUR)
    hand_over(session, child.id, "x", by=then, at=MONDAY_NINE + 2 * HOUR)


def test_a_manager_who_set_the_level_before_handing_over_does_not_decide(
    session, amara, beth, carol, dan
):
    child = stories.a_child(session, sent_by=amara)
    screened_together(session, child, by=carol, then=beth)
    send_for_decision(session, child.id, by=beth, at=MONDAY_NINE + 2 * HOUR)
    with pytest.raises(NotAllowed):
        decide(session, child, by=carol)
    decide(session, child, by=dan)


def test_whoever_only_sent_it_on_does_not_decide_either(session, amara, beth, carol):
    child = stories.a_child(session, sent_by=amara)
    screened_together(session, child, by=beth, then=beth)
    send_for_decision(session, child.id, by=carol, at=MONDAY_NINE + 2 * HOUR)
    with pytest.raises(NotAllowed):
        decide(session, child, by=carol)


def test_only_the_qualification_decides(session, carol, child):
    unqualified = type(carol)(
        name=carol.name, user_id=carol.user_id, role=carol.role, agency_id=carol.agency_id
    )
    for deed in (
        lambda: decide(session, child, by=unqualified),
        lambda: return_to_worker(session, child.id, "x", by=unqualified, at=AT),
        lambda: record_daily_review(session, child.id, "x", by=unqualified, at=AT),
    ):
        with pytest.raises(NotAllowed, match="social-work qualification"):
            deed()


def test_a_decision_is_about_somebody(session, beth, carol, child):
    person = child.person_id
    undo_match(session, child.id, because="Wrong Mia", by=beth, at=AT)
    with pytest.raises(NotReady, match="who this child is"):
        decide(session, child, by=carol)
    confirm_match(session, child.id, person, by=beth, at=AT)
    decide(session, child, by=carol)


# ---------------------------------------------------------------- two at once


def test_the_second_of_two_is_told_who_decided_what(session, carol, dan, child):
    decide(session, child, by=carol)
    for deed in (
        lambda: decide(session, child, by=dan),
        lambda: return_to_worker(session, child.id, "x", by=dan, at=AT),
    ):
        with pytest.raises(Changed, match="Carol Adeyemi has just decided: Early help, level 3"):
            deed()


def test_a_form_drawn_from_an_older_picture_is_refused(session, beth, carol, dan, child):
    seen = picture_of_child(session, child.id, by=dan).version
    return_to_worker(session, child.id, "Ask the school", seen=seen, by=carol, at=AT)
    with pytest.raises(Changed, match="no longer waiting"):
        decide(session, child, by=dan, seen=seen)
    send_for_decision(session, child.id, by=beth, at=AT + HOUR)
    session.flush()
    with pytest.raises(Changed, match="Read what is new"):
        decide(session, child, by=dan, seen=seen, at=AT + 2 * HOUR)
    decide(session, child, by=dan, seen=child.version, at=AT + 2 * HOUR)


def test_of_two_managers_at_the_same_moment_one_decides_and_the_other_is_told(
    database, amara, beth, carol, dan
):
    with database.work() as session:
        raced = [
            (child.id, child.version)
            for n in range(RACES)
            if (
                child := stories.a_child_awaiting_decision(
                    session, {"given_names": f"Mia{n}"}, sent_by=amara, screened_by=beth
                )
            )
            and not session.flush()
        ]
    together = Barrier(2)

    def race(by):
        told = []
        for child_id, seen in raced:
            facts = stories.a_decision(rationale=f"Reasons of {by.name}", repeat_comment="Known.")
            together.wait()
            try:
                with database.work() as session:
                    record_decision(session, child_id, facts, seen=seen, by=by, at=AT)
                told.append(None)
            except Changed as refusal:
                told.append(refusal.words)
        return told

    with ThreadPoolExecutor(2) as managers:
        carols, dans = managers.map(race, (carol, dan))

    with database.look() as session:
        for (child_id, _), of_carol, of_dan in zip(raced, carols, dans, strict=True):
            decision = session.scalars(
                select(Decision).where(Decision.contact_child_id == child_id)
            ).one()
            winner, loser_was_told = (carol, of_dan) if of_carol is None else (dan, of_carol)
            assert (of_carol is None) != (of_dan is None)
            assert loser_was_told.startswith(f"{winner.name} has just decided: Early help")
            assert decision.rationale == f"Reasons of {winner.name}"


# ---------------------------------------------------------------- repeat contacts


def test_a_repeat_contact_asks_the_manager_for_a_comment(session, amara, beth, carol):
    first = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    later = MONDAY_NINE + timedelta(days=30)
    again = stories.a_child(session, sent_by=amara, at=later)
    take_up(session, again.id, by=beth, at=later)
    confirm_match(session, again.id, first.person_id, by=beth, at=later)
    stories.screen(session, again, by=beth, at=later)
    send_for_decision(session, again.id, by=beth, at=later)

    with pytest.raises(NotReady, match="repeat contact"):
        decide(session, again, by=carol, at=later + HOUR)
    due = {"agreement_due_on": later.date()}
    decide(session, again, by=carol, at=later + HOUR, repeat_comment="Hunger goes on.", **due)
    assert decision_of(session, again.id, by=carol).repeat_comment == "Hunger goes on."


# ---------------------------------------------------------------- referrals

TEN = [
    {"outcome": Outcome.S17_ASSESSMENT, "route": Route.S17, "level": 4},
    {"outcome": Outcome.S17_ASSESSMENT, "route": Route.S17, "level": 4},
    {"outcome": Outcome.STRATEGY_DISCUSSION, "route": Route.S47, "level": 4},
    {"outcome": Outcome.OPEN_CASE, "route": Route.S17, "level": 4},
    {"outcome": Outcome.OPEN_CASE, "route": None, "level": 3},
    {"outcome": Outcome.ADVICE, "route": Route.UNIVERSAL, "level": 1},
    {"outcome": Outcome.UNIVERSAL_SIGNPOST, "route": Route.UNIVERSAL, "level": 1},
    {"outcome": Outcome.EARLY_HELP, "route": Route.EARLY_HELP, "level": 3},
    {"outcome": Outcome.LADO, "route": None, "level": 3},
    {"outcome": Outcome.OTHER_AUTHORITY, "route": None, "level": 3},
]


def a_family_of_its_own(n):
    home = {"address_line": f"{n} Long Row", "postcode": "ZA1 1AA"}
    return {"given_names": f"Mia{n}", "family_name": f"Quill{n}", "home": home}


def test_ten_contacts_of_which_three_are_accepted_are_three_referrals(session, amara, beth, carol):
    for n, outcome in enumerate(TEN):
        child = stories.a_child_awaiting_decision(
            session, a_family_of_its_own(n), sent_by=amara, screened_by=beth
        )
        decide(session, child, by=carol, **outcome, **JUDGEMENT)

    assert how_many(session, Decision) == 10
    referrals = session.scalars(select(Referral)).all()
    assert len(referrals) == 3
    for referral in referrals:
        assert (referral.accepted_by, referral.accepted_at) == (carol.user_id, AT)
        assert (referral.referred_on, referral.source_code) == (MONDAY_NINE.date(), "2A")
        assert not referral.is_rereferral


@pytest.mark.parametrize(
    ("days", "is_rereferral"), [(100, True), (364, True), (366, False)], ids=str
)
def test_a_referral_within_twelve_months_of_another_is_a_rereferral(
    session, amara, beth, carol, days, is_rereferral
):
    first = stories.a_decided_child(
        session, sent_by=amara, screened_by=beth, decided_by=carol, **S17
    )
    later = MONDAY_NINE + timedelta(days=days)
    again = stories.a_child(session, sent_by=amara, at=later)
    take_up(session, again.id, by=beth, at=later)
    confirm_match(session, again.id, first.person_id, by=beth, at=later)
    stories.screen(session, again, by=beth, at=later)
    send_for_decision(session, again.id, by=beth, at=later)
    decide(session, again, by=carol, at=later + 3 * HOUR, **S17, repeat_comment="Again.")

    found = decision_of(session, again.id, by=carol)
    assert (found.is_referral, found.is_rereferral) == (True, is_rereferral)


# ---------------------------------------------------------------- returned


def test_a_returned_child_goes_back_with_its_reason_and_no_clock_waits(session, beth, carol, child):
    before = session.execute(select(Clock.kind, Clock.due_at, Clock.stopped_at)).all()
    with pytest.raises(NotReady, match="still need"):
        return_to_worker(session, child.id, "  ", by=carol, at=AT)
    return_to_worker(session, child.id, "Ask the school\x00", by=carol, at=AT)

    assert child.status == Status.RETURNED_TO_WORKER
    last = picture_of_child(session, child.id, by=beth).moves[-1]
    assert (last.by_name, last.why) == (carol.name, f"Ask the school{NOTE}")
    assert session.execute(select(Clock.kind, Clock.due_at, Clock.stopped_at)).all() == before
    record_indicators(session, child.id, ["persistent_hunger"], by=beth, at=AT)
    record_analysis(session, child.id, {"so_what": "Still hungry."}, by=beth, at=AT)
    set_level(session, child.id, 3, Route.EARLY_HELP, by=beth, at=AT)
    send_for_decision(session, child.id, by=beth, at=AT + HOUR)
    decide(session, child, by=carol, at=AT + 2 * HOUR)


def test_a_child_that_was_not_sent_is_not_decided(session, amara, beth, carol):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    with pytest.raises(Changed, match="no longer waiting for a manager"):
        decide(session, child, by=carol)


# ---------------------------------------------------------------- early help


@pytest.fixture
def offered(session, carol, child):
    decide(session, child, by=carol)
    return child


def agreement(session, child, status="given", *, by, at=AT, **more):
    facts = ConsentFacts("Rosa Thornbury", "early_help", status, words="As she said.", **more)
    return record_consent(session, child.id, facts, by=by, at=at)


def help_of(session, child, by):
    session.flush()
    return decision_of(session, child.id, by=by).help


def test_help_is_offered_with_an_owner_and_a_date_and_awaits_agreement(session, carol, offered):
    help_ = help_of(session, offered, carol)
    assert (help_.owner, help_.agreement_due_on) == ("Early help co-ordinator", date(2026, 1, 16))
    assert (help_.is_agreed, help_.started_at) == (False, None)


def test_help_starts_only_with_agreement(session, beth, carol, offered):
    for deed in (record_help_agreed, start_help):
        with pytest.raises(NotReady, match="agreement"):
            deed(session, offered.id, by=carol, at=AT)
    agreement(session, offered, by=beth)
    record_help_agreed(session, offered.id, by=beth, at=AT)
    assert help_of(session, offered, carol).is_agreed
    start_help(session, offered.id, by=carol, at=AT + HOUR)
    offer = session.scalars(select(HelpOffer)).one()
    assert (offer.started_by, offer.started_at) == (carol.user_id, AT + HOUR)
    with pytest.raises(Changed, match="started already"):
        start_help(session, offered.id, by=carol, at=AT + 2 * HOUR)


def test_agreement_that_was_there_before_the_decision_counts(session, beth, carol, child):
    agreement(session, child, by=beth, at=MONDAY_NINE + HOUR)
    decide(session, child, by=carol)
    assert help_of(session, child, carol).is_agreed


def test_agreement_withdrawn_stops_the_start_and_is_shown(session, beth, carol, offered):
    agreement(session, offered, by=beth)
    record_help_agreed(session, offered.id, by=beth, at=AT)
    agreement(session, offered, "withdrawn", by=beth, at=AT + HOUR)
    assert not help_of(session, offered, carol).is_agreed
    with pytest.raises(NotReady):
        start_help(session, offered.id, by=carol, at=AT + 2 * HOUR)


def test_agreement_that_has_run_out_starts_nothing(session, beth, carol, offered):
    agreement(session, offered, by=beth, expires_on=AT.date())
    with pytest.raises(NotReady):
        start_help(session, offered.id, by=carol, at=AT + timedelta(days=1))
    start_help(session, offered.id, by=carol, at=AT)


def test_no_help_starts_that_was_not_offered(session, carol, child):
    decide(session, child, by=carol, outcome=Outcome.OPEN_CASE, route=None)
    with pytest.raises(NotFound, match="No early help"):
        start_help(session, child.id, by=carol, at=AT)
    assert help_of(session, child, carol) is None


# ---------------------------------------------------------------- daily reviews

LATE = MONDAY_NINE + timedelta(hours=25)


def test_a_late_child_is_reviewed_once_each_day(session, carol, dan, child):
    record_daily_review(session, child.id, "Waiting for police\x00", by=carol, at=LATE)
    with pytest.raises(Changed, match="today already"):
        record_daily_review(session, child.id, "x", by=dan, at=LATE + HOUR)
    record_daily_review(session, child.id, "Still", by=dan, at=LATE + timedelta(days=1))

    found = [
        (each.on_day, each.words, each.by_name) for each in reviews_of(session, child.id, by=dan)
    ]
    assert found == [
        (date(2026, 1, 14), "Still", dan.name),
        (date(2026, 1, 13), f"Waiting for police{NOTE}", carol.name),
    ]


@pytest.mark.parametrize(
    ("hours", "words", "refusal"),
    [(24, "x", "past 24 hours"), (25, "  ", "keeps the child safe")],
    ids=["not late yet", "no words"],
)
def test_what_a_review_lacks_is_said_in_words(session, carol, child, hours, words, refusal):
    with pytest.raises(NotReady, match=refusal):
        record_daily_review(session, child.id, words, by=carol, at=MONDAY_NINE + hours * HOUR)


def test_a_decided_child_needs_no_review(session, carol, child):
    decide(session, child, by=carol, at=LATE)
    with pytest.raises(NotReady, match="decided"):
        record_daily_review(session, child.id, "x", by=carol, at=LATE + HOUR)
    assert decision_of(session, child.id, by=carol).at == LATE


def test_an_undecided_child_has_no_decision_to_show(session, carol, child):
    assert decision_of(session, child.id, by=carol) is None
