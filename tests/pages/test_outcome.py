"""The referrer reads the outcome on her receipt, disagrees, and says how it went; staff answer."""

import pytest
from sqlalchemy import select

from mash_triage.contacts.drafts import save_draft, start_draft
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.told import ToldFacts, ToldReason
from mash_triage.disagreements.models import Disagreement, Experience
from tests.stories import (
    HOUR,
    MONDAY_NINE,
    a_child_taken_up,
    a_decision,
    an_agency_lead,
    screen,
    send,
)

LATER = MONDAY_NINE + 4 * HOUR
HOSTILE = "<img src=x onerror=alert(1)> **bold** $x^2$"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt; **bold** $x^2$"


@pytest.fixture
def decided(service_database, amara, beth, carol):
    """Mia: Amara thought level 4, decided level 3."""
    with service_database.work() as session:
        thought = {"concern": {"level_thought": 4}}
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth, **thought)
        screen(session, child, by=beth, at=MONDAY_NINE + HOUR)
        send(session, child, by=beth, at=MONDAY_NINE + HOUR)
        told = ToldFacts((ToldReason.MORE_IS_KNOWN,), HOSTILE, "usual_level_3")
        facts = a_decision(told=told)
        record_decision(session, child.id, facts, by=carol, at=MONDAY_NINE + 3 * HOUR)
        return child.id, child.contact.reference


def field(app, label):
    return next(e for e in [*app.text_area, *app.text_input] if e.label.startswith(label))


def press(app, label):
    next(each for each in app.button if each.label == label).click()
    app.run()
    assert not app.exception
    return app


def test_she_reads_her_level_beside_the_decided_one_and_nothing_of_a_suggestion(
    open_page_as, decided, drawn, amara
):
    html = drawn(open_page_as(amara, "receipt", at=LATER, contact=decided[1]))
    assert "You thought <strong>level 4" in html
    assert "decided <strong>level 3, several needs</strong>" in html
    assert "This usually sits at level 3" in html
    assert ESCAPED in html
    assert "uggest" not in html


def test_she_disagrees_and_a_worker_answers(
    service_database, open_page_as, decided, drawn, amara, beth
):
    app = open_page_as(amara, "receipt", at=LATER, contact=decided[1])
    field(app, "Why do you disagree").set_value(HOSTILE)
    field(app, "Which outcome").set_value("An assessment")
    press(app, "Send the disagreement")
    assert "Your disagreement has reached the front door." in drawn(app)
    with service_database.look() as session:
        row = session.scalars(select(Disagreement)).one()
        assert (row.why, row.stage) == (HOSTILE, 1)
    late = open_page_as(beth, "board", at=LATER + 24 * HOUR)
    assert "Past its time" in drawn(late)
    app = open_page_as(beth, "disagreements", at=LATER, open=str(row.id))
    assert ESCAPED in drawn(app)
    field(app, "Your answer").set_value("We read it again.")
    press(app, "Send the answer")
    assert "We read it again." in drawn(app)
    assert "accepts it or takes it further" in drawn(app)


def test_how_it_went_is_counted_for_managers(
    service_database, open_page_as, decided, drawn, amara, carol
):
    app = open_page_as(amara, "receipt", at=LATER, contact=decided[1])
    press(app, "Send your answer")
    assert "Choose from 1 to 5." in drawn(app)
    app.radio(key="experience_score").set_value(4)
    press(app, "Send your answer")
    assert "You said: <strong>4, good</strong>" in drawn(app)
    with service_database.look() as session:
        assert session.scalars(select(Experience.score)).all() == [4]
    assert "How it was to tell us" in drawn(open_page_as(carol, "measures", at=LATER))


def test_the_agency_lead_sees_that_a_draft_lies_and_not_a_word_of_it(
    service_database, open_page_as, decided, drawn, amara
):
    with service_database.work() as session:
        helen = an_agency_lead(session, "Helen Quill")
        draft = start_draft(session, by=amara, at=MONDAY_NINE)
        session.flush()
        words = {"concern": {"worry": "Hush-hush"}}
        save_draft(session, draft.id, words, by=amara, at=MONDAY_NINE)
    html = drawn(open_page_as(helen, "agency", at=LATER))
    assert "4 h 00 min" in html
    assert "Mia Thornbury" in html
    assert "Hush" not in html
    assert "Thank" not in html
