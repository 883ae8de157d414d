"""A press on Send or Record decision is kept until its deed begins, and serves for one deed."""

import pytest
from sqlalchemy import select

from mash_triage.contacts.drafts import picture_of_draft
from mash_triage.decisions.models import Decision
from mash_triage.web import pressed
from tests import stories
from tests.cast import AMARA, BETH, CAROL
from tests.pages.test_decide import LATER, choose_early_help, press


def test_a_page_that_takes_longer_to_draw_than_a_press_is_kept_still_sends(
    monkeypatch, service_database, at_step, new_draft
):
    draft = new_draft(AMARA, **stories.answers())
    monkeypatch.setattr(pressed, "GOOD_FOR", 0)
    press(at_step(AMARA, draft, "check"), "Send")
    with service_database.look() as session:
        assert picture_of_draft(session, draft, by=AMARA).sent_as


@pytest.fixture
def decisions(service_database):
    """All decisions that were recorded."""

    def read():
        with service_database.look() as session:
            return session.scalars(select(Decision)).all()

    return read


def test_a_press_that_was_refused_records_nothing_later_by_itself(
    service_database, open_page_as, drawn, decisions
):
    with service_database.work() as session:
        child = stories.a_child_awaiting_decision(session, sent_by=AMARA, screened_by=BETH).id
    app = press(open_page_as(CAROL, "decide", at=LATER, child=str(child)), "Record decision")
    assert "Choose the level" in drawn(app)
    choose_early_help(app, child)
    assert decisions() == []
    press(app, "Record decision")
    assert len(decisions()) == 1
