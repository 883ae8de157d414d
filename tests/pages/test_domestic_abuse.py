"""Domestic abuse on the pages: the co-ordinator's queue, and how often it is the main worry."""

from tests import stories
from tests.worklists.test_domestic_abuse import BESIDE, MAIN, NOON, named


def test_the_queue_is_a_part_of_work_in_hand(service_database, open_page_as, drawn, amara, beth):
    with service_database.work() as session:
        stories.a_child(session, named("<b>Ada"), sent_by=amara, **MAIN)
        stories.a_child(session, named("Ben"), sent_by=amara, **BESIDE)
        stories.a_child(session, named("Dee"), sent_by=amara)
    page = open_page_as(beth, "in_hand", at=NOON)
    page = page.segmented_control(key="in_hand_part").set_value("Domestic abuse").run()
    html = drawn(page)
    assert [each.value for each in page.header] == ["Domestic abuse: 2"]
    assert "&lt;b&gt;Ada" in html
    assert "Main worry" in html
    assert "Named beside another worry" in html
    assert "Dee" not in html


def test_the_measures_page_shows_it_to_those_who_see_records(
    service_database, open_page_as, drawn, amara, beth
):
    with service_database.work() as session:
        stories.a_receipt(session, named("Ada"), sent_by=amara, **MAIN)
        stories.a_receipt(session, named("Dee"), sent_by=amara)
    html = drawn(open_page_as(beth, "measures", at=NOON))
    assert "Children by month of receipt and area" in html
    assert "50% (1 of 2)" in html
    assert "January 2026" in html
    assert "December 2025" not in html
