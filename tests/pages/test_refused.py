"""A refusal is said on top of a page that stays whole, with everything that was typed."""

import pytest

from mash_triage.allocation import queries


def press(page, label):
    return next(each for each in page.button if each.label == label).click().run()


@pytest.fixture
def teams_page(open_page_as, carol):
    """The page of teams, and a new team refused for an area that is none."""
    page = open_page_as(carol, "teams")
    page.text_input(key="new team").set_value("Harbour team")
    page.text_input(key="new areas").set_value("by the water")
    return press(page, "Add this team")


def test_what_stands_below_a_refusal_stays_and_so_does_what_was_typed(teams_page, drawn):
    assert not teams_page.exception
    assert drawn(teams_page).count('class="mash-refused"') == 1
    assert [each.value for each in teams_page.header] == ["Teams", "Workers", "Away"]
    assert teams_page.text_input(key="new team").value == "Harbour team"
    assert teams_page.text_input(key="new areas").value == "by the water"


def test_a_refusal_is_said_once_and_the_next_touch_may_succeed(
    teams_page, drawn, service_database, carol
):
    teams_page.text_input(key="new areas").set_value("ZA1").run()
    assert 'class="mash-refused"' not in drawn(teams_page)
    page = press(teams_page, "Add this team")
    assert "The team is added." in drawn(page)
    with service_database.look() as session:
        assert [each.name for each in queries.teams(session, by=carol)] == ["Harbour team"]


def test_a_second_refusal_straight_after_is_said_too(teams_page, drawn):
    page = press(teams_page, "Add this team")
    assert not page.exception
    assert drawn(page).count('class="mash-refused"') == 1
    assert [each.value for each in page.header] == ["Teams", "Workers", "Away"]
