"""The social worker's part: nothing filled in, nothing below a trigger, everything by a name."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.contacts.actions import sha256_of_json
from mash_triage.contacts.pictures import picture_of_child
from mash_triage.contacts.status import Status
from mash_triage.decisions.actions import record_decision, return_to_worker
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.matching.actions import confirm_match, undo_match
from mash_triage.screening.actions import (
    copy_indicators_to_siblings,
    hand_over,
    record_analysis,
    record_indicators,
    send_for_decision,
    set_level,
    set_rag,
    take_up,
)
from mash_triage.screening.models import FactsFrozen, IndicatorSeen
from mash_triage.screening.queries import picture_of_screening
from mash_triage.text import NOTE
from mash_triage.thresholds.routes import DepartureReason, Rag, Route
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 2 * HOUR
TRIGGER = "non_fatal_strangulation"


@pytest.fixture
def child(session, amara, beth):
    return stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)


def screening(session, child, by):
    return picture_of_screening(session, child.id, by=by)


def clocks(session, child, by):
    return {each.kind: each for each in picture_of_child(session, child.id, by=by).clocks}


# ---------------------------------------------------------------- taking up


def test_a_child_is_taken_up_once(session, amara, beth, carol):
    child = stories.a_child(session, sent_by=amara)
    take_up(session, child.id, by=beth, at=AT)
    assert (child.status, child.taken_up_by, child.taken_up_at) == (
        Status.SCREENING,
        beth.user_id,
        AT,
    )
    with pytest.raises(Changed, match="taken this child up"):
        take_up(session, child.id, by=carol, at=AT)


def test_a_colleague_takes_over_and_the_second_look_goes_with_it(session, beth, carol, child):
    hand_over(session, child.id, "", by=beth, at=AT)  # hers already
    assert child.taken_up_at == MONDAY_NINE + HOUR
    with pytest.raises(NotReady, match="Say why this child changes worker"):
        hand_over(session, child.id, " ", by=carol, at=AT)
    assert child.taken_up_by == beth.user_id
    hand_over(session, child.id, "Beth has gone home", by=carol, at=AT)
    assert (child.taken_up_by, child.taken_up_at) == (carol.user_id, AT)


def test_nothing_is_written_before_the_child_is_taken_up(session, amara, beth):
    child = stories.a_child(session, sent_by=amara)
    for deed in (
        lambda: record_indicators(session, child.id, [], by=beth, at=AT),
        lambda: set_rag(session, child.id, Rag.GREEN, by=beth, at=AT),
        lambda: record_analysis(session, child.id, {}, by=beth, at=AT),
        lambda: set_level(session, child.id, 1, None, by=beth, at=AT),
        lambda: send_for_decision(session, child.id, by=beth, at=AT),
        lambda: hand_over(session, child.id, "x", by=beth, at=AT),
        lambda: copy_indicators_to_siblings(session, child.id, by=beth, at=AT),
    ):
        with pytest.raises(NotReady, match="Take this child up first"):
            deed()


def test_nothing_is_written_while_a_manager_has_the_child(session, amara, beth):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    with pytest.raises(Changed, match="with a manager"):
        record_indicators(session, child.id, [], by=beth, at=AT)


# ---------------------------------------------------------------- indicators


def states(session, child):
    session.flush()
    rows = session.scalars(
        select(IndicatorSeen).where(IndicatorSeen.contact_child_id == child.id)
    ).all()
    return {row.code: row.state for row in rows}


def test_ticked_is_accepted_and_no_longer_ticked_is_rejected(session, beth, carol, child):
    record_indicators(session, child.id, ["persistent_hunger"], by=beth, at=AT)
    record_indicators(session, child.id, ["poor_hygiene_presentation"], by=carol, at=AT + HOUR)

    assert states(session, child) == {
        "persistent_hunger": "rejected",
        "poor_hygiene_presentation": "accepted",
    }
    hunger = session.scalars(
        select(IndicatorSeen).where(IndicatorSeen.code == "persistent_hunger")
    ).one()
    assert (hunger.proposed_by, hunger.origin) == (beth.user_id, "person")
    assert (hunger.settled_by, hunger.settled_at) == (carol.user_id, AT + HOUR)


def test_one_answer_leaves_all_others_as_they_are(session, beth, child):
    record_indicators(session, child.id, ["persistent_hunger"], by=beth, at=AT)
    record_indicators(
        session,
        child.id,
        ["poor_hygiene_presentation"],
        answered=["poor_hygiene_presentation"],
        by=beth,
        at=AT,
    )
    assert set(states(session, child).values()) == {"accepted"}


@pytest.mark.parametrize(
    "wrong",
    [{"accepted": ["bad_mood"]}, {"accepted": [], "answered": ["bad_mood"]},
     {"accepted": [], "strengths": ["good_mood"]}],
    ids=["accepted", "answered", "strength"],
)  # fmt: skip
def test_what_the_edition_does_not_have_is_refused(session, beth, child, wrong):
    with pytest.raises(NotReady, match="not in this edition"):
        record_indicators(session, child.id, **wrong, by=beth, at=AT)
    assert states(session, child) == {}


def test_strengths_are_kept_and_change_no_suggestion(session, beth, child):
    before = screening(session, child, beth).suggestion
    record_indicators(session, child.id, [], strengths=["trusted_adult"], by=beth, at=AT)
    after = screening(session, child, beth)
    assert after.strengths == ("trusted_adult",)
    assert after.suggestion == before


def test_one_strength_is_answered_and_the_others_stay(session, beth, child):
    def answer(code, *ticked):
        record_indicators(
            session,
            child.id,
            [],
            answered=[],
            strengths=ticked,
            strengths_answered=[code],
            by=beth,
            at=AT,
        )

    answer("trusted_adult", "trusted_adult")
    answer("stable_housing", "stable_housing")
    assert screening(session, child, beth).strengths == ("stable_housing", "trusted_adult")
    answer("trusted_adult")
    assert screening(session, child, beth).strengths == ("stable_housing",)
    with pytest.raises(NotReady, match="not in this edition"):
        answer("good_mood")


@pytest.fixture
def siblings(session, amara, beth):
    """Mia taken up with an indicator, and her brother waiting."""
    receipt = stories.a_receipt(session, {}, {"given_names": "Noah"}, sent_by=amara)
    mia, noah = stories.children_of(session, receipt)
    take_up(session, mia.id, by=beth, at=AT)
    record_indicators(session, mia.id, ["persistent_hunger", TRIGGER], by=beth, at=AT)
    return mia, noah


def test_a_copy_to_brothers_and_sisters_only_proposes(session, beth, siblings):
    mia, noah = siblings
    assert copy_indicators_to_siblings(session, mia.id, by=beth, at=AT) == 2
    assert copy_indicators_to_siblings(session, mia.id, by=beth, at=AT) == 0

    assert states(session, noah) == {"persistent_hunger": "proposed", TRIGGER: "proposed"}
    seen = screening(session, noah, beth)
    assert seen.accepted == ()
    assert {each.origin for each in seen.proposed} == {"sibling"}
    assert (seen.suggestion.triggered, noah.rag) == (False, None)


def test_each_proposal_is_answered_for_each_child_before_a_manager_sees_it(session, beth, siblings):
    mia, noah = siblings
    copy_indicators_to_siblings(session, mia.id, by=beth, at=AT)
    take_up(session, noah.id, by=beth, at=AT)
    record_indicators(
        session, noah.id, ["persistent_hunger"], answered=["persistent_hunger"], by=beth, at=AT
    )
    assert "indicators" in {each.part for each in screening(session, noah, beth).missing}
    record_indicators(session, noah.id, [], answered=[TRIGGER], by=beth, at=AT)
    assert states(session, noah) == {"persistent_hunger": "accepted", TRIGGER: "rejected"}
    assert "indicators" not in {each.part for each in screening(session, noah, beth).missing}


def test_nothing_is_proposed_for_a_brother_who_is_decided(session, amara, beth, carol):
    receipt = stories.a_receipt(session, {}, {"given_names": "Noah"}, sent_by=amara)
    mia, noah = stories.children_of(session, receipt)
    stories.take_up_and_know(session, noah, by=beth, at=AT)
    stories.screen(session, noah, by=beth, at=AT)
    send_for_decision(session, noah.id, by=beth, at=AT)
    record_decision(session, noah.id, stories.a_decision(), by=carol, at=AT)
    take_up(session, mia.id, by=beth, at=AT)
    record_indicators(session, mia.id, [TRIGGER], by=beth, at=AT)
    assert copy_indicators_to_siblings(session, mia.id, by=beth, at=AT) == 0


# ---------------------------------------------------------------- rating


def test_a_trigger_makes_the_child_red_at_once_by_the_hand_that_ticked_it(session, beth, child):
    before = clocks(session, child, beth)
    record_indicators(session, child.id, [TRIGGER], by=beth, at=AT)

    assert (child.rag, child.rag_by, child.rag_at) == (Rag.RED, beth.user_id, AT)
    after = clocks(session, child, beth)
    assert after.pop("red_4_hours").due_at == AT + 4 * HOUR == child.next_due_at
    assert after == before


def test_an_unqualified_screener_ticks_but_does_not_rate(session, amara, beth, child):
    unqualified = type(beth)(
        name=beth.name, user_id=beth.user_id, role=beth.role, agency_id=beth.agency_id
    )
    with pytest.raises(NotAllowed, match="qualified"):
        set_rag(session, child.id, Rag.GREEN, by=unqualified, at=AT)
    record_indicators(session, child.id, [TRIGGER], by=unqualified, at=AT)
    assert child.rag == Rag.RED


@pytest.mark.parametrize("lower", [Rag.AMBER, Rag.GREEN])
def test_a_triggered_child_is_never_rated_below_red(session, beth, child, lower):
    record_indicators(session, child.id, [TRIGGER], by=beth, at=AT)
    with pytest.raises(NotReady, match="stays red"):
        set_rag(session, child.id, lower, "Feels better", by=beth, at=AT)
    assert child.rag == Rag.RED


def test_danger_now_said_by_the_referrer_keeps_the_child_red(session, amara, beth):
    child = stories.a_child_taken_up(
        session, sent_by=amara, screened_by=beth, danger={"in_danger_now": "yes"}
    )
    with pytest.raises(NotReady, match="stays red"):
        set_rag(session, child.id, Rag.GREEN, by=beth, at=AT)
    assert not screening(session, child, beth).suggestion.triggered


def test_a_change_of_rating_needs_its_reason_and_keeps_both(session, beth, child):
    set_rag(session, child.id, Rag.AMBER, by=beth, at=AT)
    with pytest.raises(NotReady, match="why the rating changes"):
        set_rag(session, child.id, Rag.GREEN, by=beth, at=AT + HOUR)
    set_rag(session, child.id, Rag.GREEN, "Seen\x00 today", by=beth, at=AT + HOUR)
    set_rag(session, child.id, Rag.GREEN, by=beth, at=AT + 2 * HOUR)

    ratings = [
        (each.old, each.new, each.reason) for each in screening(session, child, beth).ratings
    ]
    assert ratings == [("amber", "green", f"Seen{NOTE} today"), (None, "amber", "")]


def test_red_taken_back_stops_its_clock_and_red_again_runs_from_the_first(session, beth, child):
    other = child.next_due_at
    set_rag(session, child.id, Rag.RED, by=beth, at=AT)
    set_rag(session, child.id, Rag.AMBER, "Police are there", by=beth, at=AT + HOUR)
    assert child.next_due_at == other
    set_rag(session, child.id, Rag.RED, "They left", by=beth, at=AT + 2 * HOUR)
    assert child.next_due_at == AT + 4 * HOUR, "red again gives no fresh hours"
    red = [
        each
        for each in picture_of_child(session, child.id, by=beth).clocks
        if each.kind == "red_4_hours"
    ]
    assert {each.started_at for each in red} == {AT}
    assert {each.stopped_at for each in red} == {AT + HOUR, None}


# ---------------------------------------------------------------- analysis and level


def test_heads_are_saved_one_by_one_and_the_rest_stays(session, beth, child):
    record_analysis(session, child.id, {"so_what": " Meals.\x00 "}, by=beth, at=AT)
    record_analysis(
        session, child.id, {"danger_ahead": "Winter."}, hidden_harms="not_known", by=beth, at=AT
    )
    seen = screening(session, child, beth)
    assert seen.heads["so_what"] == f"Meals.{NOTE}"
    assert (seen.heads["danger_ahead"], seen.hidden_harms) == ("Winter.", "not_known")


def test_a_day_in_this_childs_life_has_its_own_place(session, beth, child):
    day = "Up at five to dress her brother; no breakfast; asleep in maths; alone until ten."
    record_analysis(session, child.id, {"day_in_life": day}, by=beth, at=AT)
    record_analysis(session, child.id, {"so_what": "Help in the morning."}, by=beth, at=AT)
    seen = screening(session, child, beth)
    assert (seen.heads["day_in_life"], seen.heads["so_what"]) == (day, "Help in the morning.")


def test_a_colleagues_words_are_never_written_over(session, beth, carol, child):
    record_analysis(session, child.id, {"so_what": "Carol's view"}, by=carol, at=AT)
    with pytest.raises(Changed):
        record_analysis(
            session, child.id, {"so_what": "Mine"}, seen={"so_what": ""}, by=beth, at=AT
        )
    assert screening(session, child, beth).heads["so_what"] == "Carol's view"


def test_words_saved_every_few_seconds_are_one_line_on_the_trail_for_a_sitting(
    session, beth, carol, child
):
    def write(by, minutes, **answers):
        at = AT + timedelta(minutes=minutes)
        record_analysis(session, child.id, {"so_what": f"{minutes}"}, **answers, by=by, at=at)

    def lines():
        noted = AuditEvent.about == str(child.id), AuditEvent.kind == AuditKind.ANALYSIS_RECORDED
        return len(session.scalars(select(AuditEvent).where(*noted)).all())

    for minutes, by in ((0, beth), (1, beth), (5, beth), (9, beth)):
        write(by, minutes)
    assert lines() == 1
    write(carol, 10)
    write(beth, 11)
    assert lines() == 3, "each person has her own"
    write(beth, 17)
    assert lines() == 4, "after a pause of more than five minutes"
    write(beth, 18, hidden_harms="not_known")
    assert lines() == 5, "an answer is always noted"


@pytest.mark.parametrize("wrong", [{"heads": {"mood": "x"}}, {"heads": {}, "hidden_harms": "no"}])
def test_an_analysis_has_only_its_heads_and_answers(session, beth, child, wrong):
    with pytest.raises(NotReady):
        record_analysis(session, child.id, **wrong, by=beth, at=AT)


def test_level_and_route_start_empty_whatever_is_suggested(session, beth, child):
    record_indicators(session, child.id, [TRIGGER], by=beth, at=AT)
    seen = screening(session, child, beth)
    assert (seen.suggestion.level, seen.suggestion.route) == (4, Route.S47)
    assert (seen.level, seen.route) == (None, None)


def test_following_the_suggestion_needs_no_reason_and_keeps_none(session, beth, child):
    record_indicators(session, child.id, ["persistent_hunger"], by=beth, at=AT)
    told = {"departure": DepartureReason.OTHER, "departure_words": "x"}
    set_level(session, child.id, 3, Route.EARLY_HELP, **told, by=beth, at=AT)
    seen = screening(session, child, beth)
    assert (seen.level, seen.route, seen.departure, seen.departure_words) == (
        3,
        "early_help",
        None,
        "",
    )


@pytest.mark.parametrize(
    ("level", "route", "departure", "said", "words"),
    [
        (7, None, None, "", "Choose a level"),
        (3, Route.S17, None, "", "does not belong"),
        (4, Route.S17, None, "", "Choose the reason"),
        (4, Route.S17, DepartureReason.FACT_DISPUTED, "  ", "in a sentence"),
    ],
    ids=["no such level", "route of another level", "no reason", "no words"],
)
def test_a_departure_carries_a_coded_reason_and_words(
    session, beth, child, level, route, departure, said, words
):
    record_indicators(session, child.id, ["persistent_hunger"], by=beth, at=AT)
    with pytest.raises(NotReady, match=words):
        set_level(
            session,
            child.id,
            level,
            route,
            departure=departure,
            departure_words=said,
            by=beth,
            at=AT,
        )
    assert screening(session, child, beth).level is None


# ---------------------------------------------------------------- sending


def test_everything_that_is_missing_is_named_in_one_refusal(session, amara, beth):
    child = stories.a_child(session, sent_by=amara)
    take_up(session, child.id, by=beth, at=AT)
    with pytest.raises(NotReady) as refusal:
        send_for_decision(session, child.id, by=beth, at=AT)
    missing = screening(session, child, beth).missing
    assert [each.part for each in missing] == ["match", "rag", "analysis", "analysis", "level"]
    assert refusal.value.words == " ".join(each.words for each in missing)
    assert child.status == Status.SCREENING


def frozen_facts(session, child):
    session.flush()
    return session.scalars(
        select(FactsFrozen)
        .where(FactsFrozen.contact_child_id == child.id)
        .order_by(FactsFrozen.frozen_at)
    ).all()


def test_the_facts_are_frozen_hashed_and_stay_as_they_were(session, amara, beth, carol):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    (sent,) = frozen_facts(session, child)
    before = (sent.sha256, str(sent.facts))
    return_to_worker(session, child.id, "Ask the school", by=carol, at=AT + HOUR)
    record_indicators(session, child.id, [TRIGGER], by=beth, at=AT + 2 * HOUR)
    set_level(session, child.id, 4, Route.S47, by=beth, at=AT + 2 * HOUR)
    send_for_decision(session, child.id, by=beth, at=AT + 3 * HOUR)
    session.expire_all()

    first, second = frozen_facts(session, child)
    assert (first.sha256, str(first.facts)) == before
    assert first.facts["facts"]["indicators"] == ["persistent_hunger"]
    assert second.facts["facts"]["indicators"] == [TRIGGER]
    assert second.facts["suggestion"]["route"] == "s47"
    assert first.facts["edition"]["code"] == "default"
    for each in (first, second):
        assert each.sha256 == sha256_of_json(each.facts)
        assert not any(word in str(each.facts) for word in ("Mia", "Thornbury", "hungry"))


def test_a_level_set_before_a_trigger_was_ticked_is_set_anew(session, beth, child):
    stories.screen(session, child, by=beth, at=AT)
    record_indicators(session, child.id, [TRIGGER], by=beth, at=AT)
    with pytest.raises(NotReady, match="differs from the suggestion"):
        send_for_decision(session, child.id, by=beth, at=AT)


def test_a_link_undone_stops_the_sending(session, beth, child):
    stories.screen(session, child, by=beth, at=AT)
    person = child.person_id
    undo_match(session, child.id, because="Wrong child", by=beth, at=AT)
    with pytest.raises(NotReady, match="who this child is"):
        send_for_decision(session, child.id, by=beth, at=AT)
    confirm_match(session, child.id, person, by=beth, at=AT)
    send_for_decision(session, child.id, by=beth, at=AT)
    assert child.status == Status.MANAGER_REVIEW


def test_the_referrer_reads_no_screening(session, amara, dev, child):
    with pytest.raises(NotAllowed):
        picture_of_screening(session, child.id, by=amara)
    with pytest.raises((NotAllowed, NotFound)):
        picture_of_screening(session, child.id, by=dev)


def test_a_second_contact_in_three_months_is_counted_for_the_child_and_the_household(
    session, amara, beth
):
    first = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    later = MONDAY_NINE + timedelta(days=40)
    again = stories.a_child(session, sent_by=amara, at=later)
    brother = stories.a_child(
        session, {"given_names": "Noah", "sex": "M"}, sent_by=amara, at=later + HOUR
    )
    for child in (again, brother):
        take_up(session, child.id, by=beth, at=later + HOUR)
    confirm_match(session, again.id, first.person_id, by=beth, at=later + HOUR)
    stories.know(session, brother, by=beth, at=later + HOUR)

    for child, repeats in ((again, 1), (brother, 2)):
        seen = screening(session, child, beth)
        assert seen.facts.repeat_3_months == repeats
        assert seen.suggestion.ask_manager_to_comment
