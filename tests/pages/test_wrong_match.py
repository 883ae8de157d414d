"""A wrong match on the pages: called back, reviewed thing by thing, told to whoever saw it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.contacts.models import ContactChild
from mash_triage.matching.link_reviews import open_link_reviews
from mash_triage.matching.models import LinkReview
from tests import stories
from tests.stories import MONDAY_NINE

LATER = MONDAY_NINE + timedelta(hours=5)
WHY = "Another child of <b>that</b> name"


@pytest.fixture
def child_id(service_database, open_page_as, amara, beth, carol):
    """A decided child, whose page Beth has opened since."""
    with service_database.work() as session:
        child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
        found = str(child.id)
    open_page_as(beth, "child", at=LATER, child=found)
    return found


def press(app, label):
    next(each for each in app.button if each.label == label).click().run()


def call_back(open_page_as, dan, child_id):
    app = open_page_as(dan, "child", at=LATER, child=child_id)
    next(t for t in app.text_input if t.label == "Why is it the wrong child?").set_value(WHY)
    press(app, "Call the link back")
    return app


def test_a_manager_sees_what_rests_on_a_link_before_she_calls_it_back(
    service_database, open_page_as, drawn, beth, dan, child_id
):
    app = open_page_as(dan, "child", at=LATER, child=child_id)
    assert "The decision was taken for the record that was linked." in drawn(app)
    assert f"{beth.name} opened this contact once" in drawn(app)
    press(app, "Call the link back")
    with service_database.look() as session:
        assert session.scalars(select(LinkReview)).all() == []

    app = call_back(open_page_as, dan, child_id)
    assert "This child's link was undone." in drawn(app)
    assert "Another child of &lt;b&gt;that&lt;/b&gt; name" in drawn(app)
    assert any(each.label == "New child: none of these" for each in app.button)
    with service_database.look() as session:
        assert session.scalars(select(ContactChild.person_id)).all() == [None]


def test_only_who_decides_can_call_back(open_page_as, drawn, beth, child_id):
    app = open_page_as(beth, "child", at=LATER, child=child_id)
    assert "Call the link back" not in [each.label for each in app.button]


def test_each_thing_is_reviewed_with_words_on_the_managers_page(
    service_database, open_page_as, drawn, carol, dan, child_id
):
    call_back(open_page_as, dan, child_id)
    app = open_page_as(carol, "decisions", at=LATER)
    assert "to review" in " ".join(each.value for each in app.header)
    with service_database.look() as session:
        (review,) = open_link_reviews(session, by=carol)
    first = review.still_open[0]
    app.text_input(key=f"rested_words {first.id}").set_value("It stands all the same.")
    next(b for b in app.button if b.form_id == f"rested {first.id}").click().run()
    with service_database.look() as session:
        (after,) = open_link_reviews(session, by=carol)
    assert len(after.still_open) == len(review.still_open) - 1
    app = open_page_as(carol, "child", at=LATER, child=child_id)
    assert "It stands all the same." in drawn(app)


def test_whoever_saw_it_is_told_on_the_board(open_page_as, drawn, beth, dan, carol, child_id):
    assert "You saw another child" not in str(open_page_as(beth, "board", at=LATER).header)
    call_back(open_page_as, dan, child_id)
    told = open_page_as(beth, "board", at=LATER)
    assert "You saw another child's record" in [each.value for each in told.header]
    assert "do not rely on what you read there" in drawn(told)
    assert "You saw another child's record" not in [
        each.value for each in open_page_as(carol, "board", at=LATER).header
    ]
