"""The live board: figures that open lists, both clocks, filters, and what a rerun costs."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from mash_triage.thresholds.routes import Rag
from mash_triage.web.board_filter import (
    AgeGroup,
    BoardFilter,
    Stage,
    Whose,
    age_group,
    hidden_urgent,
)
from mash_triage.web.board_view import band_of, time_left_html
from mash_triage.web.wording import SourceGroup
from mash_triage.worklists.board import Figure, board
from tests.stories import (
    HOUR,
    MONDAY_NINE,
    a_child_awaiting_decision,
    a_child_taken_up,
    a_decided_child,
    a_receipt,
)

TEA = {"given_names": "Teá <b>", "family_name": "O'Hara"}
STATEMENTS_OF_A_RERUN = 9  # one counts what nobody has read, one asks who is to be discussed


def a_morning(session, amara, beth, *, at=MONDAY_NINE):
    """Mia waits for screening, Teá is with Beth, Leo waits for a manager."""
    a_receipt(session, sent_by=amara, at=at - HOUR)
    a_child_taken_up(session, TEA, sent_by=amara, screened_by=beth, at=at - 2 * HOUR)
    a_child_awaiting_decision(
        session, {"given_names": "Leo"}, sent_by=amara, screened_by=beth, at=at - 3 * HOUR
    )


# ---------------------------------------------------------------- figures and lists


def test_every_figure_counts_exactly_the_children_in_its_list(session, amara, beth, carol):
    a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    a_morning(session, amara, beth)
    seen = board(session, by=beth, at=MONDAY_NINE + 19.5 * HOUR)
    assert {figure: len(seen.rows(figure)) for figure in Figure} == seen.figures
    assert seen.figures[Figure.SOON] == 3
    assert seen.figures[Figure.DECIDED] == 0, "it was decided yesterday, in London"


def test_least_time_left_comes_first(session, amara, beth):
    a_morning(session, amara, beth)
    seen = board(session, by=beth, at=MONDAY_NINE)
    assert [row.name.split()[0] for row in seen.open] == ["Leo", "Teá", "Mia"]


def test_a_row_has_both_clocks_and_no_level(session, amara, beth):
    a_receipt(session, sent_by=amara)
    row = board(session, by=beth, at=MONDAY_NINE).open[0]
    assert [clock.kind for clock in row.clocks] == ["within_24_hours", "one_working_day"]
    assert not hasattr(row, "level")


def test_past_24_hours_without_todays_review_is_flagged(session, amara, beth):
    a_receipt(session, sent_by=amara)
    assert not board(session, by=beth, at=MONDAY_NINE + 24 * HOUR).open[0].lacks_review
    assert board(session, by=beth, at=MONDAY_NINE + 25 * HOUR).open[0].lacks_review
    saturday = MONDAY_NINE + timedelta(days=5)
    assert not board(session, by=beth, at=saturday).open[0].needs_review_today
    assert board(session, by=beth, at=saturday).open[0].lacks_review, "all week it was missed"


# ---------------------------------------------------------------- filters


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        pytest.param(BoardFilter(), {"Mia", "Teá", "Leo"}, id="all"),
        pytest.param(BoardFilter(whose=Whose.MINE), {"Teá", "Leo"}, id="mine"),
        pytest.param(BoardFilter(whose=Whose.NOBODYS), {"Mia"}, id="unallocated"),
        pytest.param(BoardFilter(words="o'hara teÁ"), {"Teá"}, id="name, any order and case"),
        pytest.param(BoardFilter(stages=(Stage.MANAGER,)), {"Leo"}, id="stage"),
        pytest.param(BoardFilter(ratings=("none",)), {"Mia", "Teá"}, id="not rated yet"),
        pytest.param(BoardFilter(groups=(SourceGroup.POLICE,)), set(), id="agency type"),
    ],
)
def test_a_filter_lets_through(session, amara, beth, chosen, names):
    a_morning(session, amara, beth)
    rows = board(session, by=beth, at=MONDAY_NINE).open
    fitting = {row.name.split()[0] for row in rows if chosen.fits(row, beth.user_id)}
    assert fitting == names


def test_adolescents_are_found_by_their_age_and_those_of_unknown_age_are_not_lost(
    session, amara, beth
):
    for name, age in (
        ("Teen", {"kind": "born", "date_of_birth": "2011-01-13"}),
        ("About", {"kind": "age", "age_years": 12}),
        ("Ten", {"kind": "born", "date_of_birth": "2016-01-12"}),
        ("Nine", {"kind": "born", "date_of_birth": "2016-01-13"}),
        ("Tot", {"kind": "age", "age_years": 1}),
    ):
        a_receipt(session, {"given_names": name, "age": age}, sent_by=amara)
    rows = board(session, by=beth, at=MONDAY_NINE).open

    def found(*groups):
        chosen = BoardFilter(ages=groups)
        return {row.name.split()[0] for row in rows if chosen.fits(row, None)}

    assert found(AgeGroup.ADOLESCENT) == {"Teen", "About", "Ten"}
    assert found(AgeGroup.MIDDLE) == {"Nine"}
    assert found(AgeGroup.YOUNG, AgeGroup.MIDDLE) == {"Nine", "Tot"}
    assert [
        age_group(replace(row, years=years)) for row in rows[:1] for years in (None, 0, 18)
    ] == [
        AgeGroup.NOT_KNOWN,
        AgeGroup.YOUNG,
        AgeGroup.GROWN_UP,
    ]


def test_the_age_is_one_of_the_filters_on_the_page(
    service_database, open_page_as, drawn, amara, beth
):
    with service_database.work() as session:
        a_receipt(session, {"given_names": "Nine"}, sent_by=amara)
        age = {"kind": "age", "age_years": 14}
        a_receipt(session, {"given_names": "Fourteen", "age": age}, sent_by=amara)
    app = open_page_as(beth, "board")
    [ages] = [each for each in app.multiselect if each.label == "Age"]
    html = drawn(ages.set_value([AgeGroup.ADOLESCENT]).run())
    assert "Fourteen Thornbury" in html
    assert "Nine Thornbury" not in html


def test_a_reference_finds_its_child(session, amara, beth):
    receipt = a_receipt(session, sent_by=amara)
    a_morning(session, amara, beth)
    rows = board(session, by=beth, at=MONDAY_NINE).open
    chosen = BoardFilter(words=receipt.reference.lower())
    assert [row.reference for row in rows if chosen.fits(row, uuid4())] == [receipt.reference]


def test_no_filter_loses_sight_of_a_child_rated_red(session, amara, beth):
    a_child_awaiting_decision(session, sent_by=amara, screened_by=beth, rag=Rag.RED)
    rows = board(session, by=beth, at=MONDAY_NINE + 3 * HOUR).open
    assert [row.rag for row in hidden_urgent(rows, [])] == ["red"]
    assert hidden_urgent(rows, rows) == ()


def test_the_bars_hold_every_open_child_once(session, amara, beth):
    a_morning(session, amara, beth)
    rows = board(session, by=beth, at=MONDAY_NINE).open
    assert [band_of(row, MONDAY_NINE) for row in rows] == ["Over 12 h"] * 3
    assert [band_of(row, row.next_due_at + HOUR) for row in rows] == ["Past time"] * 3
    assert time_left_html(rows, at=MONDAY_NINE).count('title="Over 12 h') == 3


# ---------------------------------------------------------------- the page


def test_the_page_shows_children_with_links_and_names_as_typed(
    service_database, open_page_as, drawn, amara, beth
):
    with service_database.work() as session:
        a_morning(session, amara, beth)
    page = drawn(open_page_as(beth, "board"))
    assert page.count('class="mash-open" href="/child?child=') == 3
    assert "Teá &lt;b&gt; O&#x27;Hara" in page
    assert "<b>" not in page
    assert "24 hours" in page
    assert "One working day" in page


def test_a_figure_opens_its_list(service_database, open_page_as, amara, beth):
    with service_database.work() as session:
        a_morning(session, amara, beth)
    page = open_page_as(beth, "board")
    assert page.header[0].value == "All open children: 3"
    page.button(key="choose_manager").click().run()
    assert page.header[0].value == "Waiting for a manager: 1"
    assert page.query_params["list"] == "manager"


def test_an_empty_board_says_what_will_happen(open_page_as, drawn, beth):
    assert "New contacts appear here by themselves" in drawn(open_page_as(beth, "board"))


def test_a_referrer_is_refused(open_page_as, drawn, amara):
    page = open_page_as(amara, "board")
    assert 'class="mash-children"' not in drawn(page)
    assert not page.header


def test_one_rerun_asks_the_database_nine_times_at_most(
    service_database, open_page_as, asked_by_a_turn, amara, beth
):
    with service_database.work() as session:
        a_morning(session, amara, beth)
    page = open_page_as(beth, "board")
    asked = asked_by_a_turn(page, MONDAY_NINE + HOUR / 60)
    assert any(statement.startswith("UPDATE") for statement in asked)
    assert len(asked) <= STATEMENTS_OF_A_RERUN, asked
