"""Children are allocated by a person: what is refused, what needs its reason, what is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.access.actions import add_user
from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.allocation.actions import (
    add_second,
    add_team,
    allocate,
    answer_prompt,
    ask_why_quiet,
    change_team,
    end_absence,
    end_second,
    lift_conflict,
    record_absence,
    record_conflict,
    set_worker_profile,
)
from mash_triage.allocation.queries import (
    absences,
    offer_for,
    prompts_about,
    teams,
    workers,
    workers_of_child,
)
from mash_triage.allocation.rules import Block
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.decisions.actions import record_decision
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.screening.actions import hand_over, take_up
from mash_triage.web.board_filter import BoardFilter, Whose
from mash_triage.worklists.board import board
from mash_triage.worklists.in_hand import in_hand, quiet_children
from tests import stories
from tests.cast import AGENCIES, MONDAY_NINE, id_of
from tests.stories import HOUR

IN_DANGER = {"danger": {"in_danger_now": "yes"}}


def a_colleague(session, name, *, qualified=True, role=Role.SOCIAL_WORKER):
    user = add_user(
        session,
        f"{name.split()[0].lower()}@rivermead.example",
        name,
        role=role,
        agency_id=id_of(list(AGENCIES)[-1]),
        qualified=qualified,
        by=Actor.job("the tests"),
        at=MONDAY_NINE,
    )
    return actor_for(user)


def give(session, child, worker, by, *, at=MONDAY_NINE + HOUR, **more):
    return allocate(session, child.id, worker_id=worker.user_id, by=by, at=at, **more)


def trail_of(session, child, kind):
    rows = session.scalars(
        select(AuditEvent).where(AuditEvent.about == str(child.id), AuditEvent.kind == kind)
    )
    return [row.detail for row in rows]


# ---------------------------------------------------------------- allocated


def test_a_child_is_suggested_the_team_of_its_postcode_and_given_by_a_person(
    session, amara, beth, carol
):
    hill = add_team(session, "Hill team", ["ZA1"], by=carol, at=MONDAY_NINE)
    set_worker_profile(
        session, beth.user_id, team_id=hill, newly_qualified=False, by=carol, at=MONDAY_NINE
    )
    child = stories.a_child(session, sent_by=amara)
    offer = offer_for(session, [child.id], by=carol, at=MONDAY_NINE)
    said = offer.suggested(child.id)
    assert (said.team_id, said.worker_id) == (hill, beth.user_id)
    assert workers_of_child(session, child.id, by=carol).now is None, "suggested, not done"

    assert give(session, child, beth, carol) == ()
    now = workers_of_child(session, child.id, by=carol).now
    assert (now.worker, now.team, now.by_name) == (beth.name, "Hill team", carol.name)
    row = board(session, by=beth, at=MONDAY_NINE + HOUR).open[0]
    assert (row.worker_id, row.team) == (beth.user_id, "Hill team")


def test_a_change_of_worker_has_its_reason_and_the_history_counts_it(session, amara, beth, carol):
    noor = a_colleague(session, "Noor Haddad")
    child = stories.a_child(session, sent_by=amara)
    give(session, child, beth, carol)
    with pytest.raises(NotReady, match="Say why this child changes worker"):
        give(session, child, noor, carol)
    give(session, child, noor, carol, reason="Beth is at court.", at=MONDAY_NINE + 2 * HOUR)
    known = workers_of_child(session, child.id, by=carol)
    assert known.changes == 1
    assert [each.worker for each in known.allocations] == [noor.name, beth.name]
    assert known.now.reason == "Beth is at court."
    assert known.allocations[1].ended_at == MONDAY_NINE + 2 * HOUR
    load = {each.id: each.load for each in workers(session, by=carol, at=MONDAY_NINE + 2 * HOUR)}
    assert (load[beth.user_id], load[noor.user_id]) == (0, 1)


def test_whoever_takes_a_child_up_works_on_it(session, amara, beth, carol):
    child = stories.a_child(session, sent_by=amara)
    take_up(session, child.id, by=beth, at=MONDAY_NINE)
    assert workers_of_child(session, child.id, by=carol).now.worker_id == beth.user_id
    hand_over(session, child.id, "Beth has gone home", by=carol, at=MONDAY_NINE + HOUR)
    known = workers_of_child(session, child.id, by=carol)
    assert (known.changes, known.now.how, known.now.reason) == (
        1, "taken_over", "Beth has gone home",
    )  # fmt: skip


def test_a_child_allocated_to_a_colleague_is_taken_up_with_a_reason(session, amara, beth, carol):
    noor = a_colleague(session, "Noor Haddad")
    child = stories.a_child(session, sent_by=amara)
    give(session, child, noor, carol)
    with pytest.raises(NotReady, match="Say why this child changes worker"):
        take_up(session, child.id, by=beth, at=MONDAY_NINE + 2 * HOUR)
    assert child.taken_up_by is None
    take_up(session, child.id, "Noor is at court", by=beth, at=MONDAY_NINE + 2 * HOUR)
    known = workers_of_child(session, child.id, by=carol)
    assert (known.changes, known.now.how, known.now.reason) == (
        1, "taken_over", "Noor is at court",
    )  # fmt: skip
    given = stories.a_child(session, sent_by=amara)
    give(session, given, beth, carol)
    take_up(session, given.id, by=beth, at=MONDAY_NINE + 2 * HOUR)  # her own


def test_reallocated_under_screening_the_new_worker_goes_on(session, amara, beth, carol):
    noor = a_colleague(session, "Noor Haddad")
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    give(session, child, noor, carol, reason="Beth is ill", at=MONDAY_NINE + 2 * HOUR)
    stories.screen(session, child, by=noor, at=MONDAY_NINE + 3 * HOUR)
    assert child.taken_up_by == noor.user_id


def test_a_team_alone_chooses_its_worker_later(session, amara, beth, carol):
    hill = add_team(session, "Hill team", [], by=carol, at=MONDAY_NINE)
    child = stories.a_child(session, sent_by=amara)
    allocate(session, child.id, worker_id=None, team_id=hill, by=carol, at=MONDAY_NINE)
    assert [row.id for row in in_hand(session, by=carol, at=MONDAY_NINE).unallocated] == [child.id]
    take_up(session, child.id, by=beth, at=MONDAY_NINE)
    assert workers_of_child(session, child.id, by=carol).changes == 0
    with pytest.raises(NotReady, match="choose the worker"):
        allocate(session, child.id, worker_id=None, team_id=hill, by=carol, at=MONDAY_NINE)


# ---------------------------------------------------------------- what speaks against


def test_a_red_child_is_not_for_somebody_unqualified_and_the_trail_has_the_block(
    session, amara, carol
):
    vic = a_colleague(session, "Vic Unwin", qualified=False, role=Role.SCREENING_WORKER)
    child = stories.a_child(session, sent_by=amara, **IN_DANGER)
    assert give(session, child, vic, carol) == (Block.RED_NEEDS_QUALIFIED,)
    assert workers_of_child(session, child.id, by=carol).now is None
    assert trail_of(session, child, AuditKind.ALLOCATION_BLOCKED) == [
        {"worker": str(vic.user_id), "blocks": ["red_needs_qualified"]}
    ]
    despite = [Block.RED_NEEDS_QUALIFIED]
    with pytest.raises(NotReady, match="all the same"):
        give(session, child, vic, carol, despite=despite)
    assert give(session, child, vic, carol, despite=despite, reason="With Dan beside her") == ()
    assert workers_of_child(session, child.id, by=carol).now.despite == (Block.RED_NEEDS_QUALIFIED,)


def test_the_limit_of_a_newly_qualified_worker_counts_only_undecided_children(
    session, amara, beth, carol
):
    set_worker_profile(
        session, beth.user_id, team_id=None, newly_qualified=True, most=1, by=carol, at=MONDAY_NINE
    )
    stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    one, other = stories.children_of(
        session, stories.a_receipt(session, {}, {"given_names": "Leo"}, sent_by=amara)
    )
    assert give(session, one, beth, carol) == ()
    assert give(session, other, beth, carol) == (Block.OVER_LIMIT,)
    load = {each.id: (each.load, each.most) for each in workers(session, by=carol, at=MONDAY_NINE)}
    assert load[beth.user_id] == (1, 1)


def test_a_relative_is_never_offered_and_refused_whatever_the_reason(
    session, amara, beth, carol, dan
):
    one, brother = stories.children_of(
        session, stories.a_receipt(session, {}, {"given_names": "Leo"}, sent_by=amara)
    )
    record_conflict(session, one.id, beth.user_id, by=beth, at=MONDAY_NINE)
    offer = offer_for(session, [brother.id], by=carol, at=MONDAY_NINE)
    assert offer.suggested(brother.id).worker_id != beth.user_id
    told = {"despite": list(Block), "reason": "There is nobody else"}
    assert give(session, brother, beth, carol, **told) == (Block.KNOWS_FAMILY,)
    with pytest.raises(NotAllowed, match="related to this family"):
        take_up(session, brother.id, by=beth, at=MONDAY_NINE)

    said = workers_of_child(session, one.id, by=carol).conflicts[0]
    lift_conflict(session, said.id, "Another family of that name", by=dan, at=MONDAY_NINE + HOUR)
    assert give(session, brother, beth, carol) == ()


def test_whoever_knows_the_family_neither_screens_on_nor_decides(session, amara, beth, carol):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    other = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    record_conflict(session, child.id, beth.user_id, by=beth, at=MONDAY_NINE + HOUR)
    with pytest.raises(NotAllowed, match="A colleague takes this child"):
        stories.screen(session, child, by=beth, at=MONDAY_NINE + HOUR)
    record_conflict(session, other.id, carol.user_id, by=carol, at=MONDAY_NINE + HOUR)
    with pytest.raises(NotAllowed, match="A colleague takes this child"):
        record_decision(
            session, other.id, stories.a_decision(), by=carol, at=MONDAY_NINE + 3 * HOUR
        )


def test_a_reason_is_kept_whole_or_refused(session, amara, beth, carol):
    child = stories.a_child(session, sent_by=amara)
    with pytest.raises(NotReady, match="Shorten the reason"):
        give(session, child, beth, carol, reason="x" * 2_001)


def test_her_own_limit_is_shown_to_whoever_changes_her_team(session, beth, carol):
    set_worker_profile(
        session, beth.user_id, team_id=None, newly_qualified=True, most=5, by=carol, at=MONDAY_NINE
    )
    shown = {each.id: each.own_most for each in workers(session, by=carol, at=MONDAY_NINE)}
    assert shown[beth.user_id] == 5
    assert shown[carol.user_id] is None


def test_of_a_colleague_only_whoever_allocates_says_that_she_knows_the_family(
    session, amara, beth, carol
):
    noor = a_colleague(session, "Noor Haddad")
    child = stories.a_child(session, sent_by=amara)
    with pytest.raises(NotAllowed):
        record_conflict(session, child.id, noor.user_id, by=beth, at=MONDAY_NINE)
    record_conflict(session, child.id, noor.user_id, by=carol, at=MONDAY_NINE)
    assert [each.worker for each in workers_of_child(session, child.id, by=carol).conflicts] == [
        noor.name
    ]


def test_a_restricted_child_is_not_offered_to_those_who_may_not_open_it(
    session, amara, beth, carol, dan
):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=carol)
    stories.restrict(session, child, readers=[carol, dan], by=carol, at=MONDAY_NINE + HOUR)
    offer = offer_for(session, [child.id], by=carol, at=MONDAY_NINE + HOUR)
    assert offer.suggested(child.id).worker_id is None
    told = {"despite": list(Block), "reason": "x", "at": MONDAY_NINE + 2 * HOUR}
    assert give(session, child, beth, carol, **told) == (Block.CLOSED_RECORD,)
    assert offer_for(session, [child.id], by=beth, at=MONDAY_NINE + HOUR).facts == {}


def test_who_worked_with_the_child_before_is_offered(session, amara, beth, carol):
    a_colleague(session, "Abel Early")
    earlier = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    later = stories.a_child(session, sent_by=amara, at=MONDAY_NINE + 5 * HOUR)
    later.person_id = earlier.person_id
    session.flush()
    said = offer_for(session, [later.id], by=carol, at=MONDAY_NINE + 5 * HOUR).suggested(later.id)
    assert said.worker_id == beth.user_id
    assert "worked with this child before (January 2026)" in said.reasons


# ---------------------------------------------------------------- teams, absences, prompts


def test_an_area_belongs_to_one_team_and_a_closed_team_covers_nothing(session, carol, ada):
    hill = add_team(session, "Hill team", ["za1", "ZA2 3"], by=ada, at=MONDAY_NINE)
    with pytest.raises(NotReady, match="ZA1 belongs to Hill team"), session.begin_nested():
        add_team(session, "Quay team", ["ZA1"], by=carol, at=MONDAY_NINE)
    with pytest.raises(Changed):
        change_team(session, hill, seen=9, name="Hill", areas=[], by=ada, at=MONDAY_NINE)
    told = {"seen": 1, "name": "Hill", "areas": ["ZA1"], "is_open": False}
    change_team(session, hill, **told, by=ada, at=MONDAY_NINE)
    add_team(session, "Quay team", ["ZA1"], by=carol, at=MONDAY_NINE)
    kept = {each.name: (each.areas, each.is_open) for each in teams(session, by=carol)}
    assert kept == {"Hill": ((), False), "Quay team": (("ZA1",), True)}


def test_somebody_away_is_not_suggested_and_her_cover_is_named(session, amara, beth, carol):
    day = MONDAY_NINE.date()
    told = {"cover_id": carol.user_id, "by": beth, "at": MONDAY_NINE}
    record_absence(session, beth.user_id, day, day + timedelta(days=4), **told)
    child = stories.a_child(session, sent_by=amara)
    offer = offer_for(session, [child.id], by=carol, at=MONDAY_NINE)
    assert offer.suggested(child.id).worker_id is None
    assert give(session, child, beth, carol) == (Block.AWAY,)
    away = absences(session, by=carol, at=MONDAY_NINE)
    assert [(each.name, each.cover) for each in away] == [(beth.name, carol.name)]
    end_absence(session, away[0].id, by=beth, at=MONDAY_NINE)
    assert give(session, child, beth, carol) == ()
    with pytest.raises(NotAllowed):
        record_absence(session, carol.user_id, day, day, by=beth, at=MONDAY_NINE)


def test_a_second_worker_stands_beside_the_first_and_finds_the_child(session, amara, beth, carol):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    priya = a_colleague(session, "Priya Nair")
    told = {"by": carol, "at": MONDAY_NINE + HOUR}
    for refused, words in (
        ({"worker_id": None, "what_for": "x"}, "Choose a second worker"),
        ({"worker_id": beth.user_id, "what_for": "x"}, "has the child already"),
        ({"worker_id": priya.user_id, "what_for": " "}, "what the second one is for"),
    ):
        with pytest.raises(NotReady, match=words):
            add_second(session, child.id, **refused, **told)
    row = add_second(
        session, child.id, worker_id=priya.user_id, what_for="She signs Makaton.", **told
    )
    with pytest.raises(Changed, match="already"):
        add_second(session, child.id, worker_id=carol.user_id, what_for="x", **told)

    known = workers_of_child(session, child.id, by=beth)
    assert (known.now.worker, known.second.who) == (beth.name, "Priya Nair")
    assert known.second.what_for == "She signs Makaton."
    [line] = board(session, by=beth, at=MONDAY_NINE + HOUR).open
    assert (line.worker, line.second) == (beth.name, "Priya Nair")
    mine = BoardFilter(whose=Whose.MINE)
    assert mine.fits(line, priya.user_id)
    assert mine.fits(line, beth.user_id)
    assert not mine.fits(line, carol.user_id)

    with pytest.raises(NotReady, match="no longer needed"):
        end_second(session, row.id, " ", **told)
    end_second(session, row.id, "The visits are done.", **told)
    known = workers_of_child(session, child.id, by=beth)
    assert known.second is None
    assert known.seconds[0].ended_because == "The visits are done."
    assert not mine.fits(board(session, by=beth, at=MONDAY_NINE + HOUR).open[0], priya.user_id)


def test_a_team_stands_second_and_whoever_knows_the_family_does_not(session, amara, beth, carol):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    priya = a_colleague(session, "Priya Nair")
    told = {"what_for": "Child protection for a disabled child.", "by": carol, "at": MONDAY_NINE}
    record_conflict(session, child.id, priya.user_id, by=carol, at=MONDAY_NINE)
    with pytest.raises(NotReady, match="knows it"):
        add_second(session, child.id, worker_id=priya.user_id, **told)
    team = add_team(session, "Disabled children", [], by=carol, at=MONDAY_NINE)
    add_second(session, child.id, worker_id=None, team_id=team, **told)
    assert board(session, by=beth, at=MONDAY_NINE + HOUR).open[0].second == "Disabled children"


def test_a_second_worker_who_becomes_the_first_is_no_longer_the_second(session, amara, beth, carol):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    told = {"by": carol, "at": MONDAY_NINE + HOUR}
    add_second(session, child.id, worker_id=carol.user_id, what_for="She knows her.", **told)
    give(session, child, carol, carol, reason="Beth is away.", despite=list(Block))
    known = workers_of_child(session, child.id, by=beth)
    assert (known.now.worker, known.second) == (carol.name, None)


def test_of_a_quiet_child_somebody_asks_why_and_the_worker_answers(session, amara, beth, carol):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    later = MONDAY_NINE + timedelta(days=3)
    before = in_hand(session, by=carol, at=MONDAY_NINE + timedelta(days=1))
    assert quiet_children(session, before, by=carol) == []
    quiet = quiet_children(session, in_hand(session, by=carol, at=later), by=carol)
    assert [each.row.id for each in quiet] == [child.id]

    ask_why_quiet(session, child.id, by=carol, at=later)
    with pytest.raises(Changed):
        ask_why_quiet(session, child.id, by=carol, at=later)
    quiet = quiet_children(session, in_hand(session, by=carol, at=later), by=carol)
    assert quiet[0].prompt.reply is None, "being asked is no activity"
    noor = a_colleague(session, "Noor Haddad")
    for words, who, refused in ((" ", beth, NotReady), ("Waiting.", noor, NotAllowed)):
        with pytest.raises(refused):
            answer_prompt(session, quiet[0].prompt.id, words, by=who, at=later)
    answer_prompt(session, quiet[0].prompt.id, "Waiting for the GP.", by=beth, at=later)
    assert prompts_about(session, [child.id], by=carol)[child.id].reply == "Waiting for the GP."
    assert quiet_children(session, in_hand(session, by=carol, at=later), by=carol) == []


def test_nobody_is_asked_of_a_child_that_nobody_has(session, amara, carol):
    child = stories.a_child(session, sent_by=amara)
    with pytest.raises(NotReady, match="allocate it"):
        ask_why_quiet(session, child.id, by=carol, at=MONDAY_NINE)


def test_a_colleague_who_has_left_is_nobody_to_choose(session, amara, carol, dev):
    child = stories.a_child(session, sent_by=amara)
    with pytest.raises(NotFound):
        give(session, child, dev, carol)
