"""The receipt: the reference, both clocks in London time, everything sent, and nobody else's."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from mash_triage.contacts.reference import new_reference, show_reference
from tests import stories

SUMMER_FRIDAY = datetime(2026, 7, 10, 16, 30, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def reference(service_database, amara):
    """A contact that Amara sent, with these changes."""

    def send(*children, **changes):
        with service_database.work() as session:
            return stories.a_receipt(session, *children, sent_by=amara, **changes).reference

    return send


def test_it_says_by_when_by_both_clocks_in_london_time(open_page_as, reference, drawn, amara):
    sent = reference(at=SUMMER_FRIDAY)
    html = drawn(open_page_as(amara, "receipt", at=SUMMER_FRIDAY, contact=sent))
    assert show_reference(sent) in html
    assert "tomorrow 16:30</strong> (within 24 hours)" in html
    assert "Mon 13 Jul 16:30</strong> (within one working day)" in html


def test_it_reminds_of_999_only_when_somebody_is_in_danger(open_page_as, reference, drawn, amara):
    calm = open_page_as(amara, "receipt", contact=reference())
    assert "Call 999 now" not in drawn(calm)
    danger = open_page_as(amara, "receipt", contact=reference(danger={"in_danger_now": "yes"}))
    assert "Call 999 now" in drawn(danger)


def test_everything_that_was_sent_is_on_it_as_typed(open_page_as, reference, drawn, amara):
    words = "<b>He</b> said *no* & left\non Tuesday"
    html = drawn(open_page_as(amara, "receipt", contact=reference(concern={"worry": words})))
    assert "&lt;b&gt;He&lt;/b&gt; said *no* &amp; left\non Tuesday" in html
    assert "12 Mill Lane, ZA1 4QT" in html
    assert "9 March 2017" in html


def test_of_somebody_else_it_is_as_unknown_as_none(open_page_as, reference, drawn, dev):
    asked = (reference(), new_reference(), "rubbish", "")
    pages = [drawn(open_page_as(dev, "receipt", contact=each)) for each in asked]
    refusals = {html.split('role="alert">')[1].split("<")[0] for html in pages}
    assert refusals == {"We could not find that, or it is not yours to see."}
    assert not [html for html in pages if "Mia" in html]
