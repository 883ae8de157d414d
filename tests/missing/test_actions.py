"""A child goes missing: recorded, read by a manager in time, back, and interviewed in 72 hours."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.reference import show_reference
from mash_triage.decisions.actions import record_decision
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.matching.actions import confirm_match
from mash_triage.missing import actions, reported
from mash_triage.missing.follow_up import open_actions
from mash_triage.missing.local import Sign
from mash_triage.missing.pictures import picture_of_episode
from mash_triage.missing.queries import episodes_on, open_episodes
from mash_triage.missing.rates import Rates, may_show, may_show_all, months_of_interviews
from mash_triage.missing.reported import reported_missing, settled_report
from mash_triage.missing.rules import HeldFacts, NoticeFacts, ReturnFacts, RiskFacts
from mash_triage.screening.models import IndicatorSeen
from mash_triage.screening.queries import picture_of_screening
from mash_triage.small_counts import is_small
from mash_triage.talk.notes import notes_on
from tests import stories
from tests.cast import AMARA, BETH, CAROL, DAN, DEV
from tests.stories import HOUR, MONDAY_NINE

ANALYST = Actor(name="Noor Pask", user_id=uuid4(), role=Role.ANALYST)
AT = MONDAY_NINE + 2 * HOUR
NOTICE = NoticeFacts(
    MONDAY_NINE - 20 * HOUR, "Bus stop, by a friend", "Rosa Thornbury", looked_after="no"
)
BACK = ReturnFacts(MONDAY_NINE + HOUR, "by_police", "Asleep at a friend's")
RISK = RiskFacts("high", "yes", "no", "not_known", "She was with older people whom nobody knows.")
HELD = HeldFacts(
    MONDAY_NINE + 30 * HOUR,
    "Robin Ames",
    "youth_service",
    push=("bullying",),
    pull=("older_people",),
    disclosed="He says he will kill me tonight if I tell.",
)


@pytest.fixture
def mia(session):
    """Taken up by Beth; the contact is about her going missing."""
    return stories.a_child_taken_up(
        session, sent_by=AMARA, screened_by=BETH, concern={"main": "missing"}
    )


def record(session, child, at=AT, **changes):
    return actions.record_missing(session, child.id, replace(NOTICE, **changes), by=BETH, at=at)


def due_of(session, row):
    """What is still promised about an episode: code and due time."""
    session.flush()
    rows = session.scalars(
        select(PromiseRecord).where(PromiseRecord.about == row.id, PromiseRecord.ended_at.is_(None))
    )
    return {each.code: each.due_at for each in rows}


def accepted(session, row, at=MONDAY_NINE + 28 * HOUR):
    offer = actions.offer_return_interview(
        session, row.id, MONDAY_NINE + 3 * HOUR, "Youth service", to_child=True, by=BETH, at=at
    )
    actions.answer_return_interview(session, offer.id, "accepted", by=BETH, at=at)
    return offer


def test_from_the_notice_to_the_interview_with_every_time_kept(session, mia):
    row = record(session, mia)
    assert row.noticed_at == MONDAY_NINE
    assert due_of(session, row) == {"missing_review": MONDAY_NINE + timedelta(days=1)}
    actions.assess_risk(session, row.id, RISK, by=BETH, at=AT)
    actions.review_missing(session, row.id, "Police and school told.", by=CAROL, at=AT)
    assert due_of(session, row) == {}
    actions.record_return(session, row.id, BACK, by=BETH, at=AT)
    by = MONDAY_NINE + 73 * HOUR
    assert due_of(session, row) == {"return_interview_offered": by, "return_interview": by}
    offer = accepted(session, row)
    assert due_of(session, row) == {"return_interview": by}
    later = MONDAY_NINE + 31 * HOUR
    actions.record_return_interview(session, offer.id, HELD, by=BETH, at=later)
    assert due_of(session, row) == {}
    actions.add_action(session, row.id, "Ring", "Beth", later.date(), by=BETH, at=later)
    assert row.settled_at == later
    seen = picture_of_episode(session, row.id, by=BETH, at=later)
    assert [each.by_name for each in seen.reviews] == [CAROL.name]
    assert seen.risks[0].level == "high"
    (interview,) = seen.interviews
    assert (interview.in_time, interview.is_independent) == (True, True)
    assert interview.sounds_of_danger
    (action,) = seen.actions
    actions.finish_action(session, action.id, by=BETH, at=later)
    with pytest.raises(Changed):
        actions.finish_action(session, action.id, by=BETH, at=later)
    assert open_episodes(session, by=BETH) == []
    assert [each.id for each in episodes_on(session, mia.id, by=BETH)] == [row.id]


def test_a_decision_takes_nobody_off_the_list_of_those_reported_missing(session, mia):
    sent_at, decided_at = MONDAY_NINE + 2 * HOUR, MONDAY_NINE + 3 * HOUR
    stories.screen(session, mia, by=BETH, at=sent_at)
    stories.send(session, mia, by=BETH, at=sent_at)
    record_decision(session, mia.id, stories.a_decision(), by=CAROL, at=decided_at)
    (seen,) = reported_missing(session, by=BETH).shown
    assert (seen.contact_child_id, seen.decided_at) == (mia.id, decided_at)
    record(session, mia, at=decided_at + HOUR)
    assert reported_missing(session, by=BETH).total == 0


def test_a_long_list_of_those_reported_says_how_many_there_are(session, mia, monkeypatch):
    monkeypatch.setattr(reported, "MOST_SHOWN", 1)
    concern = {"main": "missing"}
    stories.a_child(session, {"given_names": "Leo"}, sent_by=AMARA, at=AT, concern=concern)
    found = reported_missing(session, by=BETH)
    assert ([each.contact_child_id for each in found.shown], found.total) == ([mia.id], 2)


def test_what_was_reported_waits_on_the_list_until_it_is_recorded(session, mia):
    waiting = reported_missing(session, by=BETH).shown
    assert [each.contact_child_id for each in waiting] == [mia.id]
    row = record(session, mia)
    assert reported_missing(session, by=BETH).shown == ()
    (listed,) = open_episodes(session, by=BETH)
    assert (listed.id, listed.next_due_at) == (row.id, MONDAY_NINE + timedelta(days=1))


def reported_ids(session):
    return [each.contact_child_id for each in reported_missing(session, by=BETH).shown]


def test_a_manager_says_with_a_reason_that_a_report_is_no_missing_notice(session, mia):
    told = {"by": CAROL, "at": AT}
    with pytest.raises(NotReady, match="Say why"):
        actions.settle_report(session, mia.id, " ", **told)
    with pytest.raises(NotAllowed):
        actions.settle_report(session, mia.id, "Her sister was.", by=BETH, at=AT)
    assert reported_ids(session) == [mia.id]
    actions.settle_report(session, mia.id, "Her sister was.", **told)
    assert reported_ids(session) == []
    said = settled_report(session, mia.id, by=BETH)
    assert (said.words, said.by_name) == ("Not a missing notice. Her sister was.", CAROL.name)
    assert said.words in [each.words for each in notes_on(session, mia.id, by=BETH)]
    with pytest.raises(Changed):
        actions.settle_report(session, mia.id, "Again.", **told)
    row = record(session, mia)
    assert [each.id for each in open_episodes(session, by=BETH)] == [row.id], "she may be, later"


def test_a_second_report_of_one_episode_leaves_the_list_and_names_the_first(session, mia):
    row = record(session, mia)
    second = stories.a_child(session, sent_by=AMARA, at=AT, concern={"main": "missing"})
    told = {"by": CAROL, "at": AT + HOUR}
    with pytest.raises(NotReady, match="same child"):  # nobody has said yet who the child is
        actions.settle_report(session, second.id, "The same night.", same_as=row.id, **told)
    stories.take_up(session, second.id, by=BETH, at=AT)
    confirm_match(session, second.id, mia.person_id, by=BETH, at=AT)
    with pytest.raises(Changed, match="recorded as missing already"):
        record(session, second, at=AT + HOUR)
    assert reported_ids(session) == [second.id]
    actions.settle_report(session, second.id, "The same night.", same_as=row.id, **told)
    assert reported_ids(session) == []
    said = settled_report(session, second.id, by=BETH).words
    assert show_reference(mia.contact.reference) in said


def test_what_is_no_report_or_has_its_episode_is_not_settled(session, mia):
    other = stories.a_child(session, {"given_names": "Kit"}, sent_by=AMARA)
    with pytest.raises(NotReady, match="does not report"):
        actions.settle_report(session, other.id, "A slip.", by=CAROL, at=AT)
    record(session, mia)
    with pytest.raises(Changed):
        actions.settle_report(session, mia.id, "A slip.", by=CAROL, at=AT)


def test_an_episode_stays_on_the_list_until_the_risk_was_assessed(session, mia):
    row = record(session, mia, returned=BACK)
    actions.review_missing(session, row.id, "Police told.", by=CAROL, at=AT)
    offer = actions.offer_return_interview(
        session, row.id, AT, "Youth service", to_child=True, by=BETH, at=AT
    )
    told = {"by": BETH, "at": AT + HOUR}
    actions.answer_return_interview(session, offer.id, "declined", "Nothing to say.", **told)
    (listed,) = open_episodes(session, by=BETH)
    assert (listed.id, listed.risk, row.settled_at) == (row.id, None, None)
    actions.assess_risk(session, row.id, RISK, **told)
    assert open_episodes(session, by=BETH) == []
    assert row.settled_at == told["at"]


def test_the_first_reading_counts_and_the_last_judgement_of_the_risk(session, mia):
    row = record(session, mia)
    for hours in (1, 2):
        actions.review_missing(session, row.id, "Seen to.", by=CAROL, at=AT + hours * HOUR)
    assert row.reviewed_at == AT + HOUR
    actions.assess_risk(session, row.id, RISK, by=BETH, at=AT)
    milder = replace(RISK, level="low", exploitation="no")
    actions.assess_risk(session, row.id, milder, by=BETH, at=AT + HOUR)
    seen = picture_of_episode(session, row.id, by=BETH, at=AT + HOUR)
    assert not seen.signs & {Sign.HIGH_RISK, Sign.EXPLOITATION}
    (listed,) = open_episodes(session, by=BETH)
    assert listed.risk == "low"


def test_a_manager_has_a_working_day_from_when_we_were_told(session, mia):
    told_at = MONDAY_NINE + HOUR
    row = record(session, mia, noticed_at=told_at)
    assert due_of(session, row) == {"missing_review": told_at + timedelta(days=1)}


def test_an_interview_that_could_not_be_held_is_waited_for_no_longer(session, mia):
    row = record(session, mia, returned=BACK)
    told = {"to_child": False, "by": BETH, "at": AT}
    offer = actions.offer_return_interview(session, row.id, AT, "Robin", **told)
    assert "return_interview" in due_of(session, row)
    words = "In hospital, too ill."
    actions.answer_return_interview(session, offer.id, "not_able", words, by=BETH, at=AT)
    assert "return_interview" not in due_of(session, row)


def test_what_follows_an_episode_is_listed_until_it_is_done(session, mia):
    row = record(session, mia)
    due = london_day(AT)
    first = actions.add_action(session, row.id, "Ring", "Beth", due, by=BETH, at=AT)
    actions.add_action(
        session, row.id, "Visit", "Dan", due + timedelta(days=1), by=BETH, at=AT + HOUR
    )
    tomorrow = AT + timedelta(days=1)
    found = open_actions(session, by=BETH, at=tomorrow)
    assert [(each.what, each.is_overdue) for each in found] == [("Ring", True), ("Visit", False)]
    actions.finish_action(session, first.id, by=BETH, at=tomorrow)
    assert [each.what for each in open_actions(session, by=BETH, at=tomorrow)] == ["Visit"]


def test_the_one_with_least_time_left_stands_first(session, mia):
    second = stories.a_child(session, {"given_names": "Kit"}, sent_by=AMARA)
    later = record(session, second, returned=BACK)
    actions.review_missing(session, later.id, "Seen to.", by=CAROL, at=AT)
    first = record(session, mia, returned=BACK)
    assert [each.id for each in open_episodes(session, by=BETH)] == [first.id, later.id]


def test_who_is_missing_now_stands_on_top_also_with_nothing_due(session, mia):
    second = stories.a_child(session, {"given_names": "Kit"}, sent_by=AMARA)
    back = record(session, second, returned=BACK)
    gone = record(session, mia)
    actions.review_missing(session, gone.id, "Police told.", by=CAROL, at=AT)
    assert due_of(session, gone) == {}
    assert [each.id for each in open_episodes(session, by=BETH)] == [gone.id, back.id]


def test_two_open_episodes_of_one_child_are_refused_on_another_contact_too(session, mia):
    record(session, mia)
    with pytest.raises(Changed, match="missing already"):
        record(session, mia, missing_since=AT - HOUR)
    again = stories.a_child(session, sent_by=AMARA, at=AT)
    stories.take_up(session, again.id, by=BETH, at=AT)
    confirm_match(session, again.id, mia.person_id, by=BETH, at=AT)
    with pytest.raises(Changed, match="missing already"):
        record(session, session.get_one(ContactChild, again.id), at=AT + HOUR)


def test_a_second_episode_counts_the_first_and_offers_its_codes(session, mia):
    first = record(session, mia, returned=ReturnFacts(MONDAY_NINE - 18 * HOUR, "by_themselves"))
    second = record(session, mia, missing_since=MONDAY_NINE - 3 * HOUR)
    seen = picture_of_episode(session, second.id, by=BETH, at=AT)
    assert seen.episodes_lately == 2
    assert list(seen.offered) == ["currently_missing", "missing_episodes"]
    assert picture_of_episode(session, first.id, by=BETH, at=AT).episodes_lately == 1


def test_what_is_offered_is_proposed_by_a_person_and_set_by_nobody(session, mia):
    row = record(session, mia)
    of_mia = select(IndicatorSeen).where(IndicatorSeen.contact_child_id == mia.id)
    before = {each.code for each in session.scalars(of_mia)}
    assert "currently_missing" not in before
    assert actions.propose_from_missing(session, row.id, by=BETH, at=AT) == 1
    assert actions.propose_from_missing(session, row.id, by=BETH, at=AT) == 0
    (proposed,) = [each for each in session.scalars(of_mia) if each.code not in before]
    assert (proposed.state, proposed.origin) == ("proposed", "missing")
    assert "currently_missing" not in picture_of_screening(session, mia.id, by=BETH).accepted


def test_a_no_ends_the_wait_and_an_offer_made_again_opens_it(session, mia):
    row = record(session, mia, returned=BACK)
    actions.review_missing(session, row.id, "Seen to.", by=CAROL, at=AT)
    actions.assess_risk(session, row.id, RISK, by=BETH, at=AT)
    told = {"to_child": True, "by": BETH, "at": AT}
    offer = actions.offer_return_interview(session, row.id, AT, "Robin", **told)
    with pytest.raises(Changed, match="offered already"):
        actions.offer_return_interview(session, row.id, AT, "Robin", **told)
    with pytest.raises(NotReady, match="declined"):
        actions.answer_return_interview(session, offer.id, "declined", by=BETH, at=AT)
    actions.answer_return_interview(session, offer.id, "declined", "Not now", by=BETH, at=AT)
    assert row.settled_at == AT
    assert due_of(session, row) == {}
    with pytest.raises(NotReady, match="accepted"):
        actions.record_return_interview(session, offer.id, HELD, by=BETH, at=AT)
    actions.offer_return_interview(session, row.id, AT, "Robin", **told)
    assert row.settled_at is None


def test_looked_after_children_are_interviewed_by_somebody_independent_unless_for_a_reason(
    session, mia
):
    kit = stories.a_child(session, {"given_names": "Kit"}, sent_by=AMARA)
    assert record(session, kit, looked_after="no").provider == "youth_service"
    row = record(session, mia, looked_after="yes")
    assert row.provider == "independent"
    with pytest.raises(NotReady):
        actions.choose_provider(session, row.id, "youth_service", "", by=BETH, at=AT)
    actions.choose_provider(session, row.id, "youth_service", "Knows her.", by=BETH, at=AT)
    assert (row.provider, row.provider_because) == ("youth_service", "Knows her.")


def test_a_return_is_recorded_once_and_oversight_is_a_qualified_managers(session, mia):
    row = record(session, mia, returned=BACK)
    with pytest.raises(Changed):
        actions.record_return(session, row.id, BACK, by=BETH, at=AT)
    with pytest.raises(NotAllowed):
        actions.review_missing(session, row.id, "Seen to.", by=BETH, at=AT)
    with pytest.raises(NotReady):
        actions.review_missing(session, row.id, "  ", by=CAROL, at=AT)


def test_a_restricted_childs_episode_is_as_if_there_were_none(session, mia):
    row = record(session, mia)
    stories.restrict(session, mia, readers=[CAROL, DAN], by=CAROL, at=AT)
    session.flush()
    for stranger in (BETH, DEV, AMARA):
        with pytest.raises((NotFound, NotAllowed)):
            picture_of_episode(session, row.id, by=stranger, at=AT)
    assert open_episodes(session, by=BETH) == []
    assert [each.id for each in open_episodes(session, by=CAROL)] == [row.id]
    with pytest.raises(NotFound):
        actions.record_return(session, row.id, BACK, by=BETH, at=AT)


# ---------------------------------------------------------------- the rates


def test_rates_by_month_for_children_looked_after_and_not(session, mia):
    row = record(session, mia, returned=BACK)
    actions.review_missing(session, row.id, "Seen to.", by=CAROL, at=MONDAY_NINE + 40 * HOUR)
    offer = accepted(session, row)
    late = replace(HELD, held_at=MONDAY_NINE + 80 * HOUR, relation="own_worker")
    later = MONDAY_NINE + 81 * HOUR
    actions.record_return_interview(session, offer.id, late, by=BETH, at=later)
    kit = stories.a_child(session, {"given_names": "Kit"}, sent_by=AMARA)
    record(session, kit, looked_after="yes", returned=BACK)
    months = months_of_interviews(session, by=BETH, at=later)
    assert len(months) == 13
    assert months[-1].by_care == {
        "no": Rates(
            ended=1, offered=1, accepted=1, held=1, in_72_hours=0, independent=0,
            notices=1, read_in_time=0,
        ),
        "yes": Rates(ended=1, notices=1),
        "not_known": Rates(),
    }  # fmt: skip
    assert months[-1].whole.ended == 2
    assert sum((each.whole for each in months), Rates()).notices == 2


def test_a_notice_whose_time_still_runs_is_not_counted_yet(session, mia):
    record(session, mia)
    (month,) = months_of_interviews(session, by=BETH, at=AT)[-1:]
    assert month.whole == Rates()


def test_no_count_and_no_difference_of_two_tells_of_one_to_five():
    assert may_show(Rates(ended=4, notices=20, read_in_time=18)) == {"notices"}
    assert "offered" not in may_show(Rates(ended=20, offered=18, accepted=10))
    assert may_show(Rates(ended=20, offered=18, accepted=10)) >= {"ended", "accepted"}
    # 20, 14 and 12 by themselves are large; 14 less 12 are two children
    assert "held" not in may_show(Rates(ended=20, offered=14, accepted=14, held=12))
    assert may_show(Rates()) >= {"ended", "notices"}


@given(st.lists(st.lists(st.integers(0, 30), min_size=8, max_size=8), min_size=1, max_size=4))
def test_whatever_is_shown_of_months_and_groups_gives_no_small_count_away(drawn):
    """A reader adds and subtracts: of the months alone, and of the groups where those are shown."""
    cells = [Rates(*sorted(row[:6], reverse=True), *sorted(row[6:], reverse=True)) for row in drawn]
    months, groups = cells, [sum(cells[::2], Rates()), sum(cells[1::2], Rates())]
    by_month, by_group = may_show_all(months, groups)
    for rates, shown in (*zip(months, by_month), *zip(groups, by_group)):  # noqa: B905
        for chain in (("ended", "offered", "accepted", "held", "in_72_hours", "independent"),
                      ("notices", "read_in_time")):  # fmt: skip
            known = [getattr(rates, name) for name in chain if name in shown]
            assert not any(map(is_small, known))
            assert not any(is_small(abs(a - b)) for a in known for b in known)
    for name in by_group[0]:
        assert all(name in shown for shown in by_month)
