"""Whom the service suggests, whom it never offers, and what a postcode belongs to."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mash_triage.allocation.rules import (
    NEVER,
    Block,
    ChildFacts,
    Standing,
    WorkerFacts,
    block_words,
    blocks,
    check_most,
    check_reason,
    covers,
    limit_of,
    standing_of,
    still_against,
    suggest,
    team_for,
    tidy_prefix,
)
from mash_triage.errors import NotReady

HILL, QUAY = uuid4(), uuid4()
TEAMS = {HILL: "Hill team", QUAY: "Quay team"}
CALM, IN_DANGER = ChildFacts(False, HILL), ChildFacts(True, HILL)


def a_worker(name, load=3, most=10, team=HILL, standing=Standing.QUALIFIED, **more):
    return WorkerFacts(uuid4(), name, standing, load, most, team, **more)


# ---------------------------------------------------------------- where a child lives


@pytest.mark.parametrize(
    ("prefix", "postcode", "does"),
    [
        ("ZA", "ZA1 4QT", True),
        ("ZA1", "za14qt", True),
        ("ZA1 4", "ZA1 4QT", True),
        ("ZA1", "ZA12 3AB", False),
        ("ZA1 4", "ZA14 3AB", False),
        ("W1A", "W1A 1AA", True),
        ("W", "W1A 1AA", True),
        ("ZA", "not known", False),
        ("ZA", None, False),
    ],
)
def test_an_area_holds_its_postcodes_and_no_others(prefix, postcode, does):
    assert covers(prefix, postcode) is does


def test_the_narrowest_area_says_which_team():
    areas = {"ZA": HILL, "ZA1 4": QUAY}
    assert team_for("ZA1 4QT", areas) == QUAY
    assert team_for("ZA1 5QT", areas) == HILL
    assert team_for("ZB1 5QT", areas) is None


@pytest.mark.parametrize("typed", ["", "Z A", "ZA1 4QT", "1", "ZA123", "Mill Lane"])
def test_what_is_no_area_is_refused(typed):
    with pytest.raises(NotReady, match="ZA1 4"):
        tidy_prefix(typed)


def test_an_area_is_kept_in_one_form():
    assert tidy_prefix(" za1   4 ") == "ZA1 4"


# ---------------------------------------------------------------- may she


def test_newly_qualified_is_said_only_of_the_qualified():
    assert standing_of(qualified=False, newly=True) is Standing.NOT_QUALIFIED
    assert standing_of(qualified=True, newly=True) is Standing.NEWLY_QUALIFIED


def test_a_limit_of_her_own_goes_before_the_authoritys():
    limits = {"qualified": 18, "newly_qualified": 10, "not_qualified": 8}
    assert limit_of(None, Standing.NEWLY_QUALIFIED, limits) == 10
    assert limit_of(0, Standing.NEWLY_QUALIFIED, limits) == 0


@pytest.mark.parametrize(
    ("worker", "child", "against"),
    [
        (a_worker("Beth"), IN_DANGER, ()),
        (a_worker("Beth", load=10), CALM, (Block.OVER_LIMIT,)),
        (a_worker("Beth", team=QUAY), CALM, (Block.ANOTHER_TEAM,)),
        (a_worker("Beth", team=QUAY), ChildFacts(False), ()),
        (a_worker("Beth", away=True), CALM, (Block.AWAY,)),
        (a_worker("N", standing=Standing.NEWLY_QUALIFIED), CALM, ()),
        (a_worker("N", standing=Standing.NEWLY_QUALIFIED), IN_DANGER, (Block.RED_TOO_EARLY,)),
        (a_worker("U", standing=Standing.NOT_QUALIFIED), IN_DANGER, (Block.RED_NEEDS_QUALIFIED,)),
    ],
)
def test_what_speaks_against_a_worker(worker, child, against):
    assert blocks(child, worker) == against


@given(st.sets(st.sampled_from(list(Block))), st.sets(st.sampled_from(list(Block))))
def test_no_reason_passes_over_a_relative_or_a_closed_record(against, despite):
    still = set(still_against(against, despite))
    assert still == (against - despite) | (against & NEVER)


def test_it_is_said_in_a_sentence():
    assert block_words("Beth", [Block.AWAY, Block.OVER_LIMIT]) == (
        "Beth is away; and has as many children as the limit allows."
    )


def test_a_change_and_a_limit_passed_over_need_their_reason():
    assert check_reason("", changes=False, despite=()) == ""
    for changes, despite in ((True, ()), (False, (Block.AWAY,))):
        with pytest.raises(NotReady):
            check_reason("  ", changes=changes, despite=despite)
        assert check_reason(" she is back ", changes=changes, despite=despite) == "she is back"


def test_a_limit_is_a_number_of_children():
    check_most(None)
    check_most(0)
    with pytest.raises(NotReady):
        check_most(-1)


# ---------------------------------------------------------------- who is suggested


def test_the_worker_with_least_to_do_in_the_team_is_suggested_with_the_reason():
    beth, noor = a_worker("Beth", load=4), a_worker("Noor", load=2)
    said = suggest(CALM, [beth, noor, a_worker("Quentin", load=0, team=QUAY)], TEAMS)
    assert (said.team_id, said.worker_id) == (HILL, noor.id)
    assert said.reasons == (
        "Hill team covers where the child lives",
        "2 of 10 children, social-work qualified",
    )


def test_who_knows_the_child_goes_before_who_has_less_to_do():
    beth, noor = a_worker("Beth", load=4), a_worker("Noor", load=2)
    known = ChildFacts(False, HILL, known_to={beth.id: "worked with this child before"})
    said = suggest(known, [beth, noor], TEAMS)
    assert said.worker_id == beth.id
    assert "worked with this child before" in said.reasons


def test_a_relative_is_never_suggested_though_she_knows_the_child():
    beth = a_worker("Beth")
    never = ChildFacts(
        False, HILL, never={beth.id: Block.KNOWS_FAMILY}, known_to={beth.id: "before"}
    )
    assert suggest(never, [beth], TEAMS).worker_id is None


def test_where_nobody_has_room_the_team_alone_is_suggested():
    said = suggest(CALM, [a_worker("Beth", load=10), a_worker("Dan", screens=False)], TEAMS)
    assert (said.team_id, said.worker_id) == (HILL, None)
    assert "nobody with room" in said.reasons[1]


@given(
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from(list(Standing)), st.booleans())),
    st.booleans(),
)
def test_a_suggestion_is_never_blocked(people, in_danger):
    workers = [
        a_worker(f"W{n}", load=load, standing=standing, team=HILL if here else QUAY)
        for n, (load, standing, here) in enumerate(people)
    ]
    child = ChildFacts(in_danger, HILL)
    said = suggest(child, workers, TEAMS)
    free = [each for each in workers if not blocks(child, each)]
    assert (said.worker_id is None) == (not free)
    if free:
        chosen = next(each for each in workers if each.id == said.worker_id)
        assert chosen in free
        assert chosen.load == min(each.load for each in free)
