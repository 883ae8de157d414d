"""Domestic abuse can be counted: the co-ordinator's queue, and how often it is the main worry."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.allocation.actions import add_team
from mash_triage.decisions.actions import close_child, record_decision
from mash_triage.hand_on.actions import end_special, open_special
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import Ending
from mash_triage.screening.actions import record_indicators, set_rag
from mash_triage.thresholds.routes import Rag
from mash_triage.web import worry_view
from mash_triage.web.measures_view import HIDDEN
from mash_triage.worklists.domestic_abuse import domestic_abuse_queue
from mash_triage.worklists.worry_by_area import NO_AREA, MonthOfWorry, months_of_worry
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

NOON = MONDAY_NINE + 3 * HOUR
MAIN = {"concern": {"main": "domestic_abuse"}}
BESIDE = {"concern": {"others": ["domestic_abuse"]}}
ANALYST = Actor(name="Noor Pask", user_id=uuid4(), role=Role.ANALYST)


def named(name, postcode="ZA1 4QT", **home):
    """A child of this name who lives there."""
    home = {"address_line": f"1 {name} Lane", "postcode": postcode, **home}
    return {"given_names": name, "family_name": f"{name}son", "home": home}


# ---------------------------------------------------------------- the queue


def test_the_queue_has_main_worry_other_worry_and_what_screening_saw(session, amara, beth):
    late = MONDAY_NINE - 30 * HOUR
    stories.a_child(session, named("Ada"), sent_by=amara, at=late, **MAIN)
    stories.a_child(session, named("Ben"), sent_by=amara, at=MONDAY_NINE + HOUR, **BESIDE)
    seen = stories.a_child_taken_up(session, named("Cal"), sent_by=amara, screened_by=beth)
    stories.a_child(session, named("Dee"), sent_by=amara)
    codes = ["domestic_abuse_exposure", "persistent_hunger"]
    record_indicators(session, seen.id, codes, by=beth, at=NOON)
    set_rag(session, seen.id, Rag.RED, "as seen", by=beth, at=NOON)

    queue = domestic_abuse_queue(session, by=beth, at=NOON)
    assert [each.row.name.split()[0] for each in queue] == ["Cal", "Ada", "Ben"], (
        "red before those with less time left"
    )
    cal, ada, ben = queue
    assert (ada.is_main, ada.is_named, ada.indicators) == (True, True, ())
    assert (ben.is_main, ben.is_named) == (False, True)
    assert (cal.is_named, len(cal.indicators)) == (False, 1)


def test_a_decided_child_stays_in_it_while_the_case_before_the_marac_is_open(
    session, amara, beth, carol
):
    child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    assert domestic_abuse_queue(session, by=beth, at=NOON) == []
    due = EndingFacts("MARAC co-ordinator", NOON, (NOON + timedelta(days=9)).date())
    row = open_special(session, child.id, Ending.MARAC, due, by=beth, at=NOON)
    [each] = domestic_abuse_queue(session, by=beth, at=NOON)
    assert (each.row.id, each.has_marac, each.is_named) == (child.id, True, False)
    assert each.marac_due_at is not None
    end_special(session, row.id, "On the agenda", by=beth, at=NOON + HOUR)
    assert domestic_abuse_queue(session, by=beth, at=NOON + HOUR) == []


def test_a_restricted_child_is_in_the_queue_of_its_readers_alone(session, amara, beth, carol, dan):
    child = stories.a_child_taken_up(session, named("Ada"), sent_by=amara, screened_by=beth, **MAIN)
    stories.restrict(session, child, readers=[carol, dan], by=carol, at=NOON)
    assert domestic_abuse_queue(session, by=beth, at=NOON) == []
    assert len(domestic_abuse_queue(session, by=carol, at=NOON)) == 1


# ---------------------------------------------------------------- how often, and where


def test_each_child_counts_once_by_its_main_worry_in_its_month_and_area(
    session, amara, beth, carol
):
    add_team(session, "Hill team", ["ZA1"], by=carol, at=MONDAY_NINE)
    add_team(session, "Vale team", ["ZA2"], by=carol, at=MONDAY_NINE)
    before = MONDAY_NINE - timedelta(days=30)
    for at, child, worry in (
        (before, named("Old"), MAIN),
        (MONDAY_NINE, named("Ada"), MAIN),
        (MONDAY_NINE, named("Bo", "ZA2 1AA"), MAIN),
        (MONDAY_NINE, named("Cy", "ZA2 1AB", confidential=True), MAIN),
        (MONDAY_NINE, named("Di"), BESIDE),
    ):
        stories.a_receipt(session, child, sent_by=amara, at=at, **worry)
    *_before, last, this = months_of_worry(session, by=beth, at=NOON)
    assert (last.month, last.by_area["Hill team"], last.main, last.received) == (
        date(2025, 12, 1), 1, 1, 1,
    )  # fmt: skip
    assert this.by_area == {"Hill team": 1, "Vale team": 1, NO_AREA: 1}
    assert (this.main, this.received) == (3, 4)


def test_what_was_sent_twice_is_counted_once(session, amara, beth, carol):
    stories.a_child(session, named("Ada"), sent_by=amara, **MAIN)
    twice = stories.a_child_taken_up(session, named("Ada"), sent_by=amara, screened_by=beth, **MAIN)
    stories.screen(session, twice, by=beth, at=NOON)
    stories.send(session, twice, by=beth, at=NOON)
    record_decision(session, twice.id, stories.a_decision(**stories.SENT_TWICE), by=carol, at=NOON)
    counted = [months_of_worry(session, by=beth, at=NOON)[-1].main]
    close_child(session, twice.id, by=carol, at=NOON)
    session.flush()
    counted.append(months_of_worry(session, by=beth, at=NOON)[-1].main)
    assert counted == [2, 1]


@pytest.mark.parametrize(
    ("counts", "received", "hidden"),
    [((8, 0), 20, False), ((8, 3), 40, True), ((8, 9), 19, True), ((0, 0), 40, False)],
)
def test_an_analyst_is_shown_a_month_only_where_no_number_is_small(counts, received, hidden):
    month = MonthOfWorry(date(2026, 1, 1), dict(zip("ab", counts, strict=True)), received)
    shown = worry_view.row_of(month, ["a", "b"], hides=True)
    assert (HIDDEN in shown) == hidden
    assert set(shown[1:]) == {HIDDEN} or not hidden, "not one can be told from the others"
    assert HIDDEN not in worry_view.row_of(month, ["a", "b"], hides=False)
