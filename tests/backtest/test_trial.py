"""Two editions over past contacts: who moves, why, who came back; as known when decided."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.backtest.behind import rows_behind
from mash_triage.backtest.codes import compared
from mash_triage.backtest.compare import Comparison
from mash_triage.backtest.findings import Share, findings_of
from mash_triage.backtest.past import Past, PastContact
from mash_triage.backtest.trial import Trial
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.models import ContactChild
from mash_triage.errors import NotAllowed
from mash_triage.people.actions import restrict_person
from mash_triage.people.models import PersonLink
from mash_triage.screening.actions import record_indicators
from mash_triage.settings import settings
from tests import stories
from tests.backtest.conftest import (
    DAY,
    HUNGER,
    NEGLECT_UNCHANGED,
    YEAR_ON,
    comes_back,
    counted,
    decided,
)
from tests.cast import ADA, AMARA, BETH, CAROL, DAN, MONDAY_NINE

JOB = Actor.job("the tests")


def tried(database, old, new, *, by=JOB, at=YEAR_ON, since=MONDAY_NINE - DAY, page=2):
    """A trial run to its end, in pages so small that there are several."""
    trial = Trial(Comparison(old, new), Past(since, at, by))
    steps = list(trial.run(database.look, page))
    assert steps == sorted(steps)
    return trial


def found(trial, *, by=JOB, to_leave=False):
    return findings_of(trial, seconds=1.0, holidays=BankHolidays(), to_leave=to_leave, by=by)


@pytest.fixture
def world(database):
    """Mo would move up, Ann and Bea would stay. Mo came back after a month, Ann after four."""
    with database.work() as session:
        moved = decided(
            session, NEGLECT_UNCHANGED, at=MONDAY_NINE, given_names="Mo", sex="M", ethnicity="BCRB"
        )
        ann, bea = (
            decided(session, HUNGER, at=MONDAY_NINE + n * DAY, given_names=name, sex="F", **said)
            for n, (name, said) in enumerate((("Ann", {"ethnicity": "NOBT"}), ("Bea", {})), start=1)
        )
        comes_back(session, moved, at=MONDAY_NINE + 30 * DAY)
        comes_back(session, ann, at=MONDAY_NINE + 120 * DAY)
        return SimpleNamespace(moved=moved.id, ann=ann.id, bea=bea.person_id, mo=moved.person_id)


def test_who_moves_which_rule_moved_them_and_who_came_back(database, world, edition):
    default, family_help = edition("default"), edition("family_help")
    said = found(tried(database, default, family_help))
    assert said.count("all") == 3
    assert said.count("move", "up") == said.count("flow", "4 s17", "4 s47", "up") == 1
    assert said.count("move", "stay") == 2
    assert said.count("rule", "up", "neglect_without_change") == 1
    assert said.listed("move", "up") == [world.moved]
    assert (said.count("sex", "M", "up"), said.count("sex", "F", "up")) == (1, 0)
    assert said.count("ethnicity", "BCRB", "up") == 1
    assert said.count("ethnicity", "not_known", "stay") == 2, "not known, and not answered"
    assert said.count("area", "ZA1") == 3

    assert said.came_back(90, "all") == Share(1, 3)
    assert said.came_back(180, "all") == Share(2, 3)
    assert said.came_back(90, "up") == said.came_back(90, "old s17") == Share(1, 1)
    assert said.came_back(90, "new s47") == Share(1, 1)
    assert said.came_back(90, "new s17") is None

    other_way = found(tried(database, family_help, default))
    assert other_way.count("move", "down") == 1
    assert other_way.count("rule", "down", "neglect_without_change") == 1
    assert found(tried(database, default, default)).count("move", "stay") == 3

    late = found(tried(database, default, family_help, since=MONDAY_NINE + DAY))
    assert (late.count("all"), late.count("move", "up")) == (2, 0)
    soon = found(tried(database, default, family_help, at=MONDAY_NINE + 100 * DAY))
    assert soon.came_back(90, "all") == Share(1, 3)
    assert soon.came_back(180, "all") is None, "nobody can have stayed away so long yet"

    apart = found(tried(database, default, edition("split_levels")))
    assert apart.count("left", "unknown_codes") == 3
    assert apart.count("code", "persistent_hunger") == 2
    assert apart.count("all") == 0


def test_facts_count_as_known_when_decided_and_a_linked_record_is_the_same_child(
    database, world, edition
):
    """What is ticked on the contact that came later does not change the earlier decision."""
    with database.work() as session:
        ann = session.get_one(ContactChild, world.ann)
        later = comes_back(session, ann, at=MONDAY_NINE + 200 * DAY)
        record_indicators(session, later.id, NEGLECT_UNCHANGED, by=BETH, at=MONDAY_NINE + 201 * DAY)
        beatrice = decided(session, HUNGER, at=MONDAY_NINE + 20 * DAY, given_names="Beatrice")
        one, other = sorted((world.bea, beatrice.person_id))
        told = {"reason": "x", "linked_by": CAROL.user_id, "linked_at": YEAR_ON}
        session.add(PersonLink(person_id=one, other_id=other, **told))
    said = found(tried(database, edition("default"), edition("family_help")))
    assert said.count("move", "up") == 1
    assert said.came_back(90, "all") == Share(2, 4)


def test_restricted_children_and_names_stay_with_those_who_may_know(database, world, edition, pat):
    both, ids = (edition("default"), edition("family_help")), [world.moved, world.ann]
    with database.look() as session:
        for_manager = rows_behind(session, ids, by=CAROL)
        for_policy_lead = rows_behind(session, ids, by=pat)
    assert {row.child.name.split()[0] for row in for_manager} == {"Mo", "Ann"}
    assert [row.child for row in for_policy_lead] == [None, None]
    assert {row.facts.indicators for row in for_policy_lead} == {NEGLECT_UNCHANGED, HUNGER}

    with database.work() as session:
        readers = [CAROL.user_id, stories.a_manager(session, "Erin Vale").user_id]
        told = {"reason": "x", "review_on": (YEAR_ON + 9 * DAY).date(), "readers": readers}
        restrict_person(session, world.mo, **told, by=CAROL, at=YEAR_ON)
    assert found(tried(database, *both, by=CAROL), by=CAROL).count("move", "up") == 1
    assert found(tried(database, *both, by=DAN), by=DAN).count("all") == 2
    with database.look() as session:
        assert [row.facts.indicators for row in rows_behind(session, ids, by=pat)] == [HUNGER]


def test_a_trial_that_is_stopped_keeps_the_newest(database, world, edition):
    trial = Trial(
        Comparison(edition("default"), edition("family_help")),
        Past(MONDAY_NINE - DAY, YEAR_ON, JOB),
    )
    for done in trial.run(database.look, 1):
        if done == 2:
            break
    said = found(trial)
    assert (said.is_whole, said.done, said.of) == (False, 2, 3)
    assert said.count("move", "up") == 0, "the one who moves was decided first"


# ---------------------------------------------------------------- without a database


def test_a_figure_of_three_children_is_hidden_and_cannot_be_worked_out(edition):
    said = found(counted("MMM" + 40 * "F"), to_leave=True)
    assert said.count("all") == 43
    assert said.count("move", "up") is None
    assert said.count("move", "stay") is None, "43 less 40 is three"
    assert said.listed("move", "up") == []
    assert None in (said.count("sex", "F"), said.count("sex", "M"))
    assert None in (said.a_day("route", "old", "s47"), said.a_day("route", "new", "s47"))
    assert found(counted(6 * "M" + 40 * "F"), to_leave=True).count("move", "up") == 6


def test_everybody_without_records_is_shown_no_small_figure_and_a_manager_is(edition):
    pat = Actor("Pat Lowe", uuid4(), Role.POLICY_LEAD)
    trial = counted("MMM" + 40 * "F")
    assert found(trial, by=pat).count("move", "up") is None
    assert found(trial, by=CAROL).count("move", "up") == 3
    assert found(trial, by=CAROL, to_leave=True).count("move", "up") is None


def test_every_total_is_the_sum_of_its_parts_in_every_way(edition):
    totals = found(counted(7 * "M" + 40 * "F")).totals
    assert len(totals.sums) > 30
    for each in totals.sums:
        assert totals.counts[each.whole] == sum(totals.counts[part] for part in each.parts), each


def test_facts_that_cannot_be_read_are_counted_apart(edition):
    trial = counted("F")
    trial._count(PastContact(uuid4(), MONDAY_NINE, "{}x", "F", "6", None, None, None, None))
    assert found(trial).count("left", "unreadable") == 1
    assert found(trial).count("all") == 1


def test_a_code_that_means_one_thing_in_both_editions_is_read_by_the_map(edition):
    folder = settings().levels_of_need
    both = compared(edition("default"), edition("split_levels"), folder)
    assert both.new.also_read["persistent_hunger"] == ("neg_04",)
    assert "poor_hygiene_presentation" not in both.new.also_read, "two codes fit: nobody can say"
    assert both.old.also_read["neg_05"] == ("inadequate_supervision",)


@pytest.mark.parametrize("by", [AMARA, BETH, ADA])
def test_whoever_has_no_part_in_it_cannot_try_anything(edition, by):
    trial = Trial(Comparison(edition("default"), edition("default")), Past(YEAR_ON, YEAR_ON, by))
    with pytest.raises(NotAllowed):
        list(trial.past.pages(lambda: pytest.fail("nothing is read")))
