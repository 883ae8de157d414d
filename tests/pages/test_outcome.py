"""The referrer reads the outcome on her receipt, disagrees, and says how it went; staff answer."""

import pytest
from sqlalchemy import select

from mash_triage.access.drafts import drafts_of
from mash_triage.access.sessions import IDLE
from mash_triage.contacts.drafts import save_draft, start_draft
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.told import ToldFacts, ToldReason
from mash_triage.disagreements.actions import raise_disagreement
from mash_triage.disagreements.models import Disagreement, Experience
from mash_triage.disagreements.stages import Subject
from mash_triage.web import arrival
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


def test_what_is_late_is_said_once_and_a_delay_is_not_called_a_decision(
    service_database, open_page_as, drawn, amara, beth
):
    with service_database.work() as session:
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth)
        told = {"subject": Subject.DELAY, "by": amara, "at": MONDAY_NINE + HOUR}
        row = str(raise_disagreement(session, child.id, "Nothing yet", "A word", **told).id)
    page = drawn(open_page_as(beth, "disagreements", at=LATER, open=row))
    assert "<dt>Disagrees with</dt><dd>A delay: that nothing is decided yet</dd>" in page
    assert "The decision" not in page
    assert " left" in page
    late = drawn(open_page_as(beth, "disagreements", at=LATER + 48 * HOUR))
    assert "Past its time" in late
    assert "past by" not in late


def test_how_it_went_is_counted_for_managers(
    service_database, open_page_as, decided, drawn, amara, carol
):
    app = open_page_as(amara, "receipt", at=LATER, contact=decided[1])
    press(app, "Send your answer")
    assert "Choose from 1 to 5." in drawn(app)
    app.radio[0].set_value(4)
    press(app, "Send your answer")
    assert "You said: <strong>4, good</strong>" in drawn(app)
    with service_database.look() as session:
        assert session.scalars(select(Experience.score)).all() == [4]
    assert "How it was to tell us" in drawn(open_page_as(carol, "measures", at=LATER))


# ---------------------------------------------------------------- not recorded yet


def drafts(service_database, subject, *, by):
    with service_database.look() as session:
        return drafts_of(session, str(subject), by=by, at=LATER)


def let_the_sign_in_end(monkeypatch):
    monkeypatch.setattr(arrival, "now", lambda: LATER + IDLE + HOUR)


def test_a_disagreement_begun_is_there_again_after_signing_in_anew(
    service_database, open_page_as, decided, drawn, monkeypatch, amara
):
    child_id, reference = decided
    app = open_page_as(amara, "receipt", at=LATER, contact=reference)
    field(app, "Why do you disagree").set_value(HOSTILE).run()
    assert drafts(service_database, child_id, by=amara)["disagreement"] == {"why": HOSTILE}
    let_the_sign_in_end(monkeypatch)
    field(app, "Which outcome").set_value("An assessment").run()
    assert "You are signed out" in drawn(app)

    again = open_page_as(amara, "receipt", at=LATER, contact=reference)
    assert field(again, "Why do you disagree").value == HOSTILE
    assert field(again, "Which outcome").value == "An assessment"
    press(again, "Send the disagreement")
    assert drafts(service_database, child_id, by=amara) == {}
    with service_database.look() as session:
        assert session.scalars(select(Disagreement.wanted)).one() == "An assessment"


def test_before_a_decision_she_disagrees_with_the_delay(
    service_database, open_page_as, drawn, amara, beth
):
    with service_database.work() as session:
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth)
        reference = child.contact.reference
    app = open_page_as(amara, "receipt", at=LATER, contact=reference)
    field(app, "Why do you disagree").set_value(HOSTILE)
    field(app, "Which outcome").set_value("A decision today")
    press(app, "Send the disagreement")
    assert "Choose with what you disagree." in drawn(app)
    [about] = [each for each in app.radio if each.label == "With what do you disagree?"]
    assert about.value is None
    about.set_value("delay")
    press(app, "Send the disagreement")
    with service_database.look() as session:
        row = session.scalars(select(Disagreement)).one()
        assert (row.subject, row.decision_id, row.why) == ("delay", None, HOSTILE)
    html = drawn(open_page_as(beth, "disagreements", at=LATER, open=str(row.id)))
    assert "A delay: that nothing is decided yet" in html
    assert ESCAPED in html


def test_an_opinion_begun_is_kept_with_its_score(
    service_database, open_page_as, decided, drawn, amara
):
    app = open_page_as(amara, "receipt", at=LATER, contact=decided[1])
    app.radio[0].set_value(2)
    field(app, "What should we keep").set_value("Call first.").run()
    again = open_page_as(amara, "receipt", at=LATER, contact=decided[1])
    assert again.radio[0].value == 2
    press(again, "Send your answer")
    assert "Call first." in drawn(again)
    with service_database.look() as session:
        assert session.scalars(select(Experience.words)).all() == ["Call first."]


def test_an_answer_of_the_front_door_is_kept_for_its_writer_alone(
    service_database, open_page_as, decided, drawn, monkeypatch, amara, beth, dan
):
    with service_database.work() as session:
        row = raise_disagreement(session, decided[0], "Why", "More", by=amara, at=LATER)
    app = open_page_as(beth, "disagreements", at=LATER, open=str(row.id))
    let_the_sign_in_end(monkeypatch)
    field(app, "Your answer").set_value("We read it again.").run()
    assert "You are signed out" in drawn(app)

    other = open_page_as(dan, "disagreements", at=LATER, open=str(row.id))
    assert field(other, "Your answer").value == ""
    again = open_page_as(beth, "disagreements", at=LATER, open=str(row.id))
    assert field(again, "Your answer").value == "We read it again."
    press(again, "Send the answer")
    assert drafts(service_database, row.id, by=beth) == {}


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
