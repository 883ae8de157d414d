"""What a turn of each page asks of the database: no more than it did, of which three are who is
signed in. The pages of one child ask each part for itself (docs/decisions/0042).
"""

import pytest

from tests.cast import AMARA, BETH, CAROL, DAN
from tests.stories import HOUR, MONDAY_NINE, a_child_awaiting_decision, a_decided_child, a_receipt

LATER = MONDAY_NINE + 3 * HOUR


@pytest.fixture
def children(service_database):
    """One who waits for a manager, one decided, and others whose words nobody has read."""
    with service_database.work() as session:
        decided = a_decided_child(session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL)
        waiting = a_child_awaiting_decision(session, sent_by=AMARA, screened_by=BETH)
        for _each in range(3):
            a_receipt(session, sent_by=AMARA)
        return {"waiting": str(waiting.id), "decided": str(decided.id)}


@pytest.mark.parametrize(
    ("page", "reader", "child", "most"),
    [
        ("in_hand", BETH, None, 10),
        ("promises", BETH, None, 7),
        ("board", BETH, None, 9),
        ("decisions", CAROL, None, 13),
        ("child", BETH, "waiting", 67),
        ("child", BETH, "decided", 72),
        ("decide", DAN, "waiting", 60),
    ],
)
def test_a_turn_of_the_page_asks_no_more_than_it_did(
    page, reader, child, most, children, open_page_as, asked_by_a_turn
):
    query = {"child": children[child]} if child else {}
    app = open_page_as(reader, page, at=LATER, **query)
    assert not app.exception
    asked = asked_by_a_turn(app, LATER + HOUR / 60)
    assert not app.exception
    assert any(statement.startswith("UPDATE") for statement in asked)
    assert len(asked) <= most, [statement[:200] for statement in asked]
