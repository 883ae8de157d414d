"""An episode recorded in error: kept as written, counted nowhere, and its report waits again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.audit.events import AuditEvent
from mash_triage.chronology.queries import chronology_of
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import ContactChild
from mash_triage.decisions.tasks import why_open
from mash_triage.errors import Changed, NotAllowed, NotReady
from mash_triage.matching.actions import confirm_match
from mash_triage.missing import actions
from mash_triage.missing.follow_up import open_actions
from mash_triage.missing.models import MissingEpisode
from mash_triage.missing.pictures import picture_of_episode
from mash_triage.missing.queries import episodes_elsewhere, episodes_on, open_episodes
from mash_triage.missing.rates import Rates, months_of_interviews
from mash_triage.missing.reported import reported_missing, settled_report
from mash_triage.missing.rules import HeldFacts, NoticeFacts, ReturnFacts, RiskFacts
from mash_triage.worklists.through_the_night import through_the_night
from tests import stories
from tests.cast import AMARA, BETH, CAROL
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 2 * HOUR
LATER = AT + HOUR
NOTICE = NoticeFacts(MONDAY_NINE - 20 * HOUR, "Bus stop", "Rosa Thornbury", looked_after="no")
BACK = ReturnFacts(MONDAY_NINE + HOUR, "by_police", "Asleep at a friend's")
WHY = "Entered for the wrong child: it was her cousin."


@pytest.fixture
def mia(session):
    """Taken up by Beth; the contact is about her going missing."""
    return stories.a_child_taken_up(
        session, sent_by=AMARA, screened_by=BETH, concern={"main": "missing"}
    )


def record(session, child, at=AT, **changes):
    return actions.record_missing(session, child.id, replace(NOTICE, **changes), by=BETH, at=at)


def take_back(session, row, by=CAROL, at=LATER, because=WHY):
    actions.take_back_missing(session, row.id, because, by=by, at=at)


def reported_ids(session):
    return [each.contact_child_id for each in reported_missing(session, by=BETH).shown]


def a_second_contact(session, of):
    child = stories.a_child(session, sent_by=AMARA, at=AT, concern={"main": "missing"})
    stories.take_up(session, child.id, by=BETH, at=AT)
    confirm_match(session, child.id, of.person_id, by=BETH, at=AT)
    return session.get_one(ContactChild, child.id)


def test_an_episode_of_the_wrong_child_stays_as_written_with_who_took_it_back_and_why(session, mia):
    row = record(session, mia)
    actions.review_missing(session, row.id, "Police told.", by=CAROL, at=AT)
    take_back(session, row)
    seen = picture_of_episode(session, row.id, by=BETH, at=LATER)
    assert (seen.taken_back.words, seen.taken_back.by_name) == (WHY, CAROL.name)
    assert seen.taken_back.at == LATER
    assert (seen.last_seen, [each.words for each in seen.reviews]) == ("Bus stop", ["Police told."])
    assert seen.offered == {}
    [listed] = episodes_on(session, mia.id, by=BETH)
    assert listed.taken_back_at == LATER
    [line] = session.scalars(select(AuditEvent).where(AuditEvent.kind == "missing:taken_back"))
    assert (line.about, line.by_user) == (str(mia.id), CAROL.user_id)
    assert WHY not in str(line.detail)


def test_it_is_on_no_list_and_its_times_lapse_rather_than_being_kept(session, mia):
    row = record(session, mia, returned=BACK)
    assert [each.id for each in open_episodes(session, by=BETH)] == [row.id]
    take_back(session, row)
    session.flush()
    of_it = session.scalars(select(PromiseRecord).where(PromiseRecord.about == row.id)).all()
    assert {each.code for each in of_it} == {
        "missing_review", "return_interview_offered", "return_interview"
    }  # fmt: skip
    assert {(each.ended, each.ended_at, each.next_point_at) for each in of_it} == {
        ("lapsed", LATER, None)
    }
    assert open_episodes(session, by=BETH) == []
    assert [each for each in chronology_of(session, mia.id, by=BETH).lines
            if each.key.startswith(("missing:", "returned:"))] == []  # fmt: skip


def test_a_child_who_was_never_missing_is_not_missing_through_the_night(session, mia):
    row = record(session, mia)
    assert [each.id for each in through_the_night(session, by=BETH, at=LATER).missing] == [row.id]
    take_back(session, row)
    assert through_the_night(session, by=BETH, at=LATER).missing == ()


def test_it_counts_in_no_figure(session, mia):
    row = record(session, mia, returned=BACK)
    actions.review_missing(session, row.id, "Police told.", by=CAROL, at=AT)
    [month] = months_of_interviews(session, by=BETH, at=LATER)[-1:]
    assert (month.whole.ended, month.whole.notices) == (1, 1)
    take_back(session, row)
    [month] = months_of_interviews(session, by=BETH, at=LATER)[-1:]
    assert month.whole == Rates()


def test_it_no_longer_keeps_the_child_from_being_closed(session, mia):
    stories.screen(session, mia, by=BETH, at=AT)
    row = record(session, mia)
    assert "Not closed: the child is missing" in why_open(session, mia.id, by=CAROL)
    take_back(session, row)
    assert not [each for each in why_open(session, mia.id, by=CAROL) if "missing" in each]
    other = record(session, mia, at=LATER, missing_since=MONDAY_NINE)
    assert "Not closed: the child is missing" in why_open(session, mia.id, by=CAROL)
    take_back(session, other)


def test_the_contacts_own_report_waits_again_to_be_recorded_or_settled(session, mia):
    row = record(session, mia)
    assert reported_ids(session) == []
    take_back(session, row)
    assert reported_ids(session) == [mia.id]
    again = record(session, mia, at=LATER, missing_since=MONDAY_NINE - HOUR)
    assert reported_ids(session) == []
    assert [each.id for each in open_episodes(session, by=BETH)] == [again.id]
    take_back(session, again)
    actions.settle_report(session, mia.id, "It was her cousin.", by=CAROL, at=LATER)
    assert reported_ids(session) == []


def test_a_report_settled_as_the_same_episode_comes_back_with_it(session, mia):
    """Nobody loses a report because the episode of which it was said to tell was an error."""
    row = record(session, mia)
    second = a_second_contact(session, mia)
    told = {"by": CAROL, "at": LATER}
    actions.settle_report(session, second.id, "The same night.", same_as=row.id, **told)
    assert reported_ids(session) == []
    take_back(session, row)
    assert set(reported_ids(session)) == {mia.id, second.id}
    assert settled_report(session, second.id, by=BETH) is None
    assert episodes_elsewhere(session, second.id, by=BETH) == []
    with pytest.raises(NotReady, match="same child"):
        actions.settle_report(session, second.id, "The same.", same_as=row.id, **told)
    actions.settle_report(session, second.id, "Not she, but her cousin.", **told)
    assert reported_ids(session) == [mia.id]
    assert "cousin" in settled_report(session, second.id, by=BETH).words


def test_a_report_settled_as_no_notice_stays_settled(session, mia):
    actions.settle_report(session, mia.id, "Her sister was.", by=CAROL, at=AT)
    take_back(session, record(session, mia))
    assert reported_ids(session) == []


def test_what_was_entered_twice_leaves_room_for_the_one_that_is_right(session, mia):
    wrong = record(session, mia)
    with pytest.raises(Changed, match="missing already"):
        record(session, mia, missing_since=MONDAY_NINE - HOUR)
    take_back(session, wrong, because="Entered with the wrong day.")
    right = record(session, mia, at=LATER, missing_since=MONDAY_NINE - HOUR)
    session.flush()
    seen = picture_of_episode(session, right.id, by=BETH, at=LATER)
    assert seen.episodes_lately == 1
    second = a_second_contact(session, mia)
    with pytest.raises(Changed, match="missing already"):
        record(session, second, at=LATER, missing_since=MONDAY_NINE)


def test_what_was_to_be_done_after_it_ends_as_not_done(session, mia):
    row = record(session, mia)
    due = london_day(AT)
    done = actions.add_action(session, row.id, "Ring the school", "Beth", due, by=BETH, at=AT)
    actions.finish_action(session, done.id, by=BETH, at=AT)
    actions.add_action(session, row.id, "Visit", "Dan", due, by=BETH, at=LATER)
    take_back(session, row)
    assert open_actions(session, by=BETH, at=LATER) == []
    first, second = picture_of_episode(session, row.id, by=BETH, at=LATER).actions
    assert (first.done_at, first.not_done_at) == (AT, None)
    assert second.not_done_because == "The episode was recorded in error."
    assert (second.not_done_at, second.ended_by) == (LATER, CAROL.name)


def test_only_a_manager_takes_it_back_once_and_with_a_reason(session, mia):
    row = record(session, mia)
    with pytest.raises(NotAllowed):
        take_back(session, row, by=BETH)
    with pytest.raises(NotReady, match="Say why"):
        take_back(session, row, because=" \n")
    with pytest.raises(NotReady, match="too long"):
        take_back(session, row, because="x" * 2_001)
    take_back(session, row)
    with pytest.raises(Changed, match="recorded in error"):
        take_back(session, row, because="Again.")
    assert row.taken_back_because == WHY


def test_an_episode_after_which_the_child_was_heard_is_no_error(session, mia):
    row = record(session, mia, returned=BACK)
    offer = actions.offer_return_interview(
        session, row.id, AT, "Youth service", to_child=True, by=BETH, at=AT
    )
    actions.answer_return_interview(session, offer.id, "accepted", by=BETH, at=AT)
    held = HeldFacts(AT, "Robin Ames", "youth_service", push=("bullying",))
    actions.record_return_interview(session, offer.id, held, by=BETH, at=AT)
    with pytest.raises(NotReady, match="interview was held"):
        take_back(session, row)
    assert row.taken_back_at is None


def test_nothing_more_is_recorded_of_it(session, mia):
    row = record(session, mia)
    due = london_day(LATER)
    action = actions.add_action(session, row.id, "Ring", "Beth", due, by=BETH, at=AT)
    back = record(session, stories.a_child(session, {"given_names": "Kit"}, sent_by=AMARA),
                  returned=BACK)  # fmt: skip
    offered = {"to_child": True, "by": BETH, "at": LATER}
    offer = actions.offer_return_interview(session, back.id, AT, "Robin", **offered)
    for each in (row, back):
        take_back(session, each)
    worker, manager = {"by": BETH, "at": LATER}, {"by": CAROL, "at": LATER}
    risk = RiskFacts("low", "no", "no", "no", "At a friend's.")
    held = HeldFacts(LATER, "Robin", "youth_service", factor_words="x")
    for deed in (
        lambda: actions.record_return(session, row.id, BACK, **worker),
        lambda: actions.review_missing(session, row.id, "Read.", **manager),
        lambda: actions.assess_risk(session, row.id, risk, **worker),
        lambda: actions.add_action(session, row.id, "Visit", "Dan", due, **worker),
        lambda: actions.finish_action(session, action.id, **worker),
        lambda: actions.leave_action_undone(session, action.id, "No.", **worker),
        lambda: actions.choose_provider(session, back.id, "youth_service", "Knows her", **worker),
        lambda: actions.offer_return_interview(session, back.id, LATER, "Robin", **offered),
        lambda: actions.answer_return_interview(session, offer.id, "accepted", **worker),
        lambda: actions.record_return_interview(session, offer.id, held, **worker),
    ):
        with pytest.raises(Changed, match="recorded in error"):
            deed()
    with pytest.raises(NotReady, match="offers nothing"):
        actions.propose_from_missing(session, row.id, **worker)


def test_two_managers_take_it_back_once(database):
    with database.work() as session:
        told = {"sent_by": AMARA, "screened_by": BETH, "concern": {"main": "missing"}}
        child = stories.a_child_taken_up(session, **told)
        episode_id = record(session, child).id
    with database.work() as session:
        actions.take_back_missing(session, episode_id, WHY, by=CAROL, at=LATER)
    with pytest.raises(Changed), database.work() as session:
        actions.take_back_missing(session, episode_id, "Twice.", by=CAROL, at=LATER + HOUR)
    with database.look() as session:
        assert session.get_one(MissingEpisode, episode_id).taken_back_because == WHY


# ---------------------------------------------------------------- what is left undone


def test_what_was_agreed_and_is_not_done_ends_with_the_reason(session, mia):
    row = record(session, mia)
    tomorrow = AT + timedelta(days=1)
    told = {"by": BETH, "at": AT}
    action = actions.add_action(session, row.id, "Visit her aunt", "Dan", london_day(AT), **told)
    with pytest.raises(NotReady, match="Say why it is not done"):
        actions.leave_action_undone(session, action.id, "  ", **told)
    [overdue] = open_actions(session, by=BETH, at=tomorrow)
    assert overdue.is_overdue
    actions.leave_action_undone(session, action.id, "Her aunt moved.", by=BETH, at=tomorrow)
    assert open_actions(session, by=BETH, at=tomorrow) == []
    [seen] = picture_of_episode(session, row.id, by=BETH, at=tomorrow).actions
    assert (seen.done_at, seen.not_done_at, seen.ended_by) == (None, tomorrow, BETH.name)
    assert seen.not_done_because == "Her aunt moved."
    with pytest.raises(Changed, match="not done already"):
        actions.finish_action(session, action.id, by=BETH, at=tomorrow)


def test_what_is_done_is_not_called_undone_later(session, mia):
    row = record(session, mia)
    told = {"by": BETH, "at": AT}
    action = actions.add_action(session, row.id, "Ring", "Beth", london_day(AT), **told)
    actions.finish_action(session, action.id, **told)
    with pytest.raises(Changed, match="done already"):
        actions.leave_action_undone(session, action.id, "A slip.", **told)
