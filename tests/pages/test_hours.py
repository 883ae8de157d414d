"""Where the time went, drawn: on the child's page and in sum."""

from tests.cast import AMARA, BETH, CAROL
from tests.stories import HOUR, MONDAY_NINE, a_decided_child


def test_a_decided_child_shows_where_the_hours_went_and_so_does_the_sum(
    service_database, open_page_as, drawn
):
    with service_database.work() as session:
        child = a_decided_child(session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL)
        wanted = str(child.id)
    later = MONDAY_NINE + 9 * HOUR
    page = drawn(open_page_as(BETH, "child", at=later, child=wanted))
    assert "From receipt to the decision" in page
    app = open_page_as(BETH, "hours", at=later)
    page = drawn(app)
    assert "from receipt to decision, 1 child" in page
    assert "With a manager" in page
    assert "3 h 00 min" in page
    app.selectbox[1].select_index(0).run()
    assert "No child was decided in this time" in drawn(app)
