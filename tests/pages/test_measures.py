"""Measures: both clocks, week by week, and nothing that points to a few children."""

from datetime import timedelta
from html import escape
from uuid import uuid4

import pytest

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.after_decision.counted import measures_after_decision
from mash_triage.after_decision.measures import Measure
from mash_triage.errors import NotAllowed
from mash_triage.web.after.figures import COUNTED, figures_html
from mash_triage.web.measures_view import HIDDEN, share_words, weeks_html
from mash_triage.web.wording import percent_words
from mash_triage.worklists.measures import WEEKS, Share, weeks_in_time
from tests import stories
from tests.stories import HOUR, MONDAY_NINE, a_decided_child, a_receipt
from tests.strategy import talks

ANALYST = Actor(name="Noor Pask", user_id=uuid4(), role=Role.ANALYST)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        pytest.param(Share(0, 0), "none counted", id="nobody"),
        pytest.param(Share(5, 5), HIDDEN, id="five in all"),
        pytest.param(Share(50, 47), HIDDEN, id="three late"),
        pytest.param(Share(50, 3), HIDDEN, id="three in time"),
        pytest.param(Share(50, 44), "88% (44 of 50)", id="six late"),
        pytest.param(Share(50, 50), "100% (50 of 50)", id="all in time"),
        pytest.param(Share(6, 0), "0% (0 of 6)", id="none in time"),
    ],
)
def test_an_analyst_is_shown(share, words):
    assert share_words(share, by=ANALYST) == words


def test_who_sees_records_sees_every_number(beth):
    assert share_words(Share(3, 2), by=beth) == "66% (2 of 3)"


def test_weeks_begin_on_monday_and_none_is_left_out(session, amara, beth, carol):
    a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    a_receipt(session, sent_by=amara, at=MONDAY_NINE - 10 * HOUR)  # Sunday 23:00
    weeks = weeks_in_time(session, by=beth, at=MONDAY_NINE + timedelta(days=3))
    assert len(weeks) == WEEKS + 1
    assert weeks[-1].since == MONDAY_NINE.date()
    assert [(week.within_24_hours.in_time, week.within_24_hours.late) for week in weeks[-2:]] == [
        (0, 1),
        (1, 0),
    ]


def test_an_analyst_sees_weeks_without_a_name_or_a_small_number(session, amara, beth):
    a_receipt(session, sent_by=amara)
    at = MONDAY_NINE + 30 * HOUR
    table = weeks_html(weeks_in_time(session, by=ANALYST, at=at), by=ANALYST)
    assert HIDDEN in table
    assert "of 1" not in table
    assert "Thornbury" not in table
    assert "0% (0 of 1)" in weeks_html(weeks_in_time(session, by=beth, at=at), by=beth)


def test_a_referrer_has_no_measures(session, amara):
    with pytest.raises(NotAllowed):
        weeks_in_time(session, by=amara, at=MONDAY_NINE)


def test_the_page_shows_both_clocks_and_the_table(
    service_database, open_page_as, drawn, amara, beth
):
    with service_database.work() as session:
        a_receipt(session, sent_by=amara, at=MONDAY_NINE - timedelta(days=6))
    page = drawn(open_page_as(beth, "measures"))
    assert "Decided within 24 hours" in page
    assert "Decided within one working day" in page
    assert page.count('<th scope="row">') == WEEKS + 1


def test_a_person_without_measures_is_refused(open_page_as, drawn, ada):
    assert 'class="mash-weeks"' not in drawn(open_page_as(ada, "measures"))


def test_quorum_and_assessments_stand_there_as_after_the_decision(
    service_database, open_page_as, drawn, amara, beth, carol
):
    at = MONDAY_NINE + timedelta(hours=5)
    with service_database.work() as session:
        child = stories.a_child_awaiting_decision(
            session, sent_by=amara, screened_by=beth, **talks.IN_DANGER
        )
        talks.decide_section_47(session, child, by=carol, at=MONDAY_NINE + timedelta(hours=3))
        talks.closed(session, child, at=MONDAY_NINE + timedelta(hours=4))
        found = measures_after_decision(session, days=90, by=beth, at=at)
    quorum, assessed = (each for each in found if each.code in ("K19", "K23"))
    assert (quorum.met, quorum.counted, assessed.counted) == (1, 1, 0)
    page = drawn(open_page_as(beth, "measures", at=at))
    for each in (quorum, assessed):
        assert f"{each.words} ({each.code})" in page
        assert escape(COUNTED[each.code]) in page
    assert percent_words(1, 1) in page


def test_one_discussion_is_not_shown_to_those_without_records(beth):
    few = (Measure("K19", "Attended", 1, 5), Measure("K23", "Authorised", 20, 30))
    counts_alone = figures_html(few, by=ANALYST)
    assert HIDDEN in counts_alone
    assert percent_words(1, 5) not in counts_alone
    assert percent_words(20, 30) in counts_alone
    assert percent_words(1, 5) in figures_html(few, by=beth)
