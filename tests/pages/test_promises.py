"""The page of promises, and what a child's page and the board say of them."""

import pytest

from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from tests.cast import AMARA, BETH, CAROL, MONDAY_NINE
from tests.stories import HOUR, a_child


@pytest.fixture
def child(service_database):
    """A child of whom a strategy discussion is needed within 24 hours."""
    with service_database.work() as session:
        made = a_child(session, sent_by=AMARA)
        told = {"took_place_at": MONDAY_NINE, "by": BETH, "at": MONDAY_NINE}
        happened(session, made.id, Moment.STRATEGY_NEEDED, **told)
        return str(made.id)


def test_what_is_past_is_said_on_the_page_the_board_and_the_child_s_page(
    child, open_page_as, drawn
):
    at = MONDAY_NINE + 26 * HOUR
    page = drawn(open_page_as(CAROL, "promises", at=at))
    assert "Strategy discussion held" in page
    assert "past by 2 h 00 min" in page
    assert f"/child?child={child}" in page
    assert "Strategy discussion held: past by" in drawn(open_page_as(CAROL, "board", at=at))
    assert "Strategy discussion held" in drawn(open_page_as(CAROL, "child", at=at, child=child))


def test_an_empty_list_says_what_to_do(open_page_as, drawn):
    assert "Nothing here is promised now" in drawn(open_page_as(CAROL, "promises"))
