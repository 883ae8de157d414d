"""The children of one police notice: taken up and sent together, each with a record of its own."""

import pytest
from sqlalchemy import select

from mash_triage.audit.events import AuditEvent
from mash_triage.contacts.models import ContactChild
from mash_triage.screening.actions import set_rag
from mash_triage.screening.models import FactsFrozen, RagRating
from mash_triage.thresholds.routes import Rag
from tests import stories
from tests.cast import AMARA, BETH, CAROL, MONDAY_NINE

NOTICE = {
    "incident": "41/7719/26",
    "grade": "High",
    "text": "Officers attended at 02:10. <b>Three children</b> seen asleep upstairs.",
}
NAMES = ("Mia", "Leo", "Ava")
AT = MONDAY_NINE + stories.HOUR


@pytest.fixture
def children(service_database):
    """The children of one notice, waiting."""
    with service_database.work() as session:
        receipt = stories.a_receipt(
            session,
            *({"given_names": name} for name in NAMES),
            sent_by=AMARA,
            channel="police_notice",
            notice=NOTICE,
        )
        return [child.id for child in stories.children_of(session, receipt)]


def status_of(database):
    with database.look() as session:
        rows = session.scalars(select(ContactChild).order_by(ContactChild.position))
        return [str(row.status) for row in rows]


def test_all_are_taken_up_with_one_touch(open_page_as, service_database, drawn, children):
    page = open_page_as(BETH, "together", at=AT, child=str(children[0]))
    html = drawn(page)
    assert all(name in html for name in NAMES)
    assert "Graded by the force" in html
    assert "&lt;b&gt;Three children&lt;/b&gt;" in html
    assert 'class="mash-tag mash-tag-red"' not in html
    page.button(key="take_up_all").click().run()
    assert status_of(service_database) == ["screening"] * 3
    with service_database.look() as session:
        kept = select(AuditEvent.about).where(AuditEvent.kind == "screening:taken_up")
        assert set(session.scalars(kept)) == {str(child) for child in children}


def radio_of(page, name):
    [radio] = [each for each in page.radio if each.label.startswith(name)]
    return radio


def rated(database):
    with database.look() as session:
        children = select(ContactChild).order_by(ContactChild.position)
        return [child.rag for child in session.scalars(children)]


def test_several_are_rated_at_once_each_with_a_line_of_its_own(
    open_page_as, service_database, drawn, children
):
    with service_database.work() as session:
        for row in session.scalars(select(ContactChild)).all():
            stories.take_up_and_know(session, row, by=BETH, at=AT)
    page = open_page_as(BETH, "together", at=AT, child=str(children[0]))
    assert [each.value for each in page.radio] == [None, None, None]
    page.button(key="rate_chosen").click().run()
    assert "Choose red, amber or green for a child" in drawn(page)
    assert rated(service_database) == [None, None, None]

    radio_of(page, "Mia").set_value("amber")
    radio_of(page, "Ava").set_value("green")
    page.button(key="rate_chosen").click().run()
    assert "2 children are rated" in drawn(page)
    assert rated(service_database) == ["amber", None, "green"]
    with service_database.look() as session:
        lines = session.scalars(select(RagRating.contact_child_id)).all()
    assert set(lines) == {children[0], children[2]}


def test_who_cannot_be_rated_so_is_named_and_the_others_are_rated(
    open_page_as, service_database, drawn, children
):
    with service_database.work() as session:
        for row in session.scalars(select(ContactChild)).all():
            stories.take_up_and_know(session, row, by=BETH, at=AT)
        set_rag(session, children[1], Rag.GREEN, "As it seems", by=BETH, at=AT)
    page = open_page_as(BETH, "together", at=AT, child=str(children[0]))
    radio_of(page, "Mia").set_value("amber")
    radio_of(page, "Leo").set_value("amber")
    page.button(key="rate_chosen").click().run()
    html = drawn(page)
    assert "Say why the rating changes" in html
    assert "Not rated: Leo Thornbury." in html
    assert rated(service_database) == ["amber", "green", None]
    page.text_input[0].set_value("His brother was hurt.")
    page.button(key="rate_chosen").click().run()
    assert rated(service_database) == ["amber", "amber", None]


def test_a_colleagues_children_are_not_hers_to_rate_here(open_page_as, service_database, children):
    with service_database.work() as session:
        for row in session.scalars(select(ContactChild)).all():
            stories.take_up_and_know(session, row, by=BETH, at=AT)
    assert not open_page_as(CAROL, "together", at=AT, child=str(children[0])).radio


def test_those_who_are_ready_are_sent_together(open_page_as, service_database, drawn, children):
    with service_database.work() as session:
        rows = session.scalars(select(ContactChild).order_by(ContactChild.position)).all()
        for row in rows:
            stories.take_up_and_know(session, row, by=BETH, at=AT)
        for row in rows[:2]:
            stories.screen(session, row, by=BETH, at=AT)
    page = open_page_as(BETH, "together", at=AT, child=str(children[2]))
    assert "Set the level of need" in drawn(page)
    assert [box.value for box in page.checkbox] == [False, False]
    page.button(key="send_ticked").click().run()
    assert "manager_review" not in status_of(service_database)
    for box in page.checkbox:
        box.check()
    page.button(key="send_ticked").click().run()
    assert status_of(service_database) == ["manager_review", "manager_review", "screening"]
    with service_database.look() as session:
        frozen = session.scalars(select(FactsFrozen.contact_child_id)).all()
    assert set(frozen) == set(children[:2])
    manager = drawn(open_page_as(CAROL, "together", at=AT, child=str(children[2])))
    assert [f"/decide?child={child}" in manager for child in children] == [True, True, False]
