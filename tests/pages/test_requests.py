"""Beth asks the police on the child's page, they answer on theirs, and the ledger says so."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from types import SimpleNamespace

import anyio
import pytest
from pypdf import PdfReader
from sqlalchemy import select
from starlette.datastructures import Headers

from mash_triage.access.actions import start_session
from mash_triage.access.drafts import drafts_of
from mash_triage.access.queries import fetch_user
from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.enquiries.actions import ask_agency, close_request, reply
from mash_triage.enquiries.models import InformationRequest, PartAnswer
from mash_triage.enquiries.queries import request_to_my_agency
from mash_triage.enquiries.rules import Answer
from mash_triage.enquiries.stages import Finding, State
from mash_triage.screening.actions import set_level, set_rag
from mash_triage.thresholds.routes import DepartureReason, Rag, Route
from mash_triage.web import place, printed_copy
from tests.enquiries.conftest import BASIS, an_agency, request_facts
from tests.stories import HOUR, MONDAY_NINE, a_child_taken_up, screen

LATER = MONDAY_NINE + 2 * HOUR
HOSTILE = "<img src=x onerror=alert(1)> **bold** $x^2$"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt; **bold** $x^2$"


@pytest.fixture
def mia(service_database, amara, beth):
    """Mia is screened; the police have somebody who answers. Gives both."""
    with service_database.work() as session:
        police = an_agency(session, "Police district", "police")
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth)
        screen(session, child, by=beth, at=MONDAY_NINE + HOUR)
        return child.id, police


def labelled(elements, label):
    return next(each for each in elements if each.label.startswith(label))


def heads(app):
    return [each.value for each in app.header]


def press(app, label):
    next(each for each in app.button if each.label == label).click()
    app.run()
    assert not app.exception
    return app


def the_request(service_database):
    with service_database.look() as session:
        return session.scalars(select(InformationRequest)).one()


def test_agencies_are_asked_one_by_one_and_nothing_is_chosen_beforehand(
    service_database, open_page_as, mia, drawn, beth, carol
):
    child_id, police = mia
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert "No agency has been asked." in drawn(app)
    assert labelled(app.multiselect, "Which agencies?").value == []
    press(app, "Ask")
    assert "Choose at least one agency." in drawn(app)
    labelled(app.multiselect, "Which agencies?").set_value([str(police.agency_id)]).run()
    assert not any(each.value for each in app.checkbox if "incidents" in each.label)
    labelled(app.checkbox, "Which incidents are known").check()
    labelled(app.text_area, "What you ask for").set_value(HOSTILE)
    for label, code in (
        ("Lawful basis (UK GDPR)", BASIS.article_6),
        ("Special category condition", BASIS.article_9),
        ("Statutory gateway", BASIS.gateway),
        ("Confidentiality", BASIS.confidentiality),
    ):
        [each for each in app.selectbox if each.label == label][-1].set_value(code)
    labelled(app.text_area, "Why it is necessary").set_value("Only the home.")
    app.run()
    press(app, "Ask")
    page = drawn(app)
    assert "1 request waits for a manager" in page
    assert "Nothing is sent before a manager gives her word." in page
    assert "Mia Thornbury: nobody has agreed" in page
    assert ESCAPED in page
    assert "Waiting for a manager's word: 1" in heads(open_page_as(carol, "requests", at=LATER))

    app = open_page_as(carol, "child", at=LATER, child=str(child_id))
    labelled(app.text_input, "Your reasons").set_value("Two earlier contacts.")
    press(app, "Let it go")
    assert "The request is sent." in drawn(app)
    assert the_request(service_database).state == State.OPEN


@pytest.fixture
def asked(service_database, mia, beth):
    """Mia's mother agreed, and the police were asked two things."""
    child_id, police = mia
    with service_database.work() as session:
        told = ConsentFacts("Rosa Thornbury", "mash_checks", "given")
        record_consent(session, child_id, told, by=beth, at=LATER)
        facts = request_facts(police, questions=("incidents",))
        row = ask_agency(session, child_id, facts, by=beth, at=LATER)
        return child_id, police, row.id


def test_the_agency_answers_part_by_part_and_what_it_began_is_kept(
    service_database, open_page_as, asked, drawn, beth, amara
):
    child_id, police, request_id = asked
    listed = open_page_as(police, "requests", at=LATER, all="1")
    assert "Waiting for your agency: 1" in heads(listed)
    app = open_page_as(police, "requests", at=LATER, open=str(request_id))
    page = drawn(app)
    assert "Mia Thornbury (child)" in page
    assert "hungry" not in page
    assert "Only what is known" not in page
    labelled(app.text_area, "What is known for question 1").set_value(HOSTILE).run()
    with service_database.look() as session:
        kept = drafts_of(session, str(request_id), by=police, at=LATER)["answer request"]
    assert kept["1 words"] == HOSTILE
    press(app, "Send the answer")
    assert "Question 2 has no answer yet" in drawn(app)

    app = open_page_as(police, "requests", at=LATER, open=str(request_id))
    assert labelled(app.text_area, "What is known for question 1").value == HOSTILE
    labelled(app.radio, "Answer to question 2").set_value(Finding.PARTLY_WITHHELD).run()
    labelled(app.selectbox, "Why part of question 2").set_value("police_enquiry").run()
    press(app, "Send the answer")
    assert "Your answer has reached the front door." in drawn(app)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert ESCAPED in drawn(app)
    assert "Withheld: It would harm a police enquiry or evidence" in drawn(app)
    labelled(app.radio, "How relevant is answer 1?").set_value("relevant").run()
    assert "Answer 1 is marked: relevant." in drawn(app)
    with service_database.look() as session:
        found = session.scalars(select(PartAnswer.finding).order_by(PartAnswer.finding)).all()
    assert found == [Finding.INFORMATION, Finding.PARTLY_WITHHELD], "words are information"
    ledger = drawn(open_page_as(beth, "sharing", at=LATER, child=str(child_id)))
    assert "Asked, and told with it: That the front door asks about Mia Thornbury" in ledger
    assert "Received: Answers to 2 questions: information 1, partly withheld 1." in ledger
    assert "section 16LA, the duty to share" in ledger


def test_the_only_request_that_waits_is_open_at_once_and_stays_so_when_another_comes(
    service_database, open_page_as, asked, drawn, amara, beth
):
    _, police, request_id = asked
    app = open_page_as(police, "requests", at=LATER)
    assert "This is the only request that waits for your agency." in drawn(app)
    assert 'href="/requests?all=1"' in drawn(app)
    labelled(app.radio, "Answer to question 1").set_value(Finding.INFORMATION).run()
    with service_database.work() as session:
        other = a_child_taken_up(session, sent_by=amara, screened_by=beth)
        screen(session, other, by=beth, at=LATER, rag=Rag.RED)
        facts = request_facts(police, questions=())
        ask_agency(session, other.id, facts, by=beth, at=LATER)
    labelled(app.text_area, "What is known for question 1").set_value("A call in May.").run()
    with service_database.look() as session:
        kept = drafts_of(session, str(request_id), by=police, at=LATER)["answer request"]
    assert kept["1 words"] == "A call in May.", "the other one took nothing away"
    assert app.query_params["open"] == str(request_id)
    listed = open_page_as(police, "requests", at=LATER)
    assert "Waiting for your agency: 2" in heads(listed)
    assert not listed.radio


def test_nobody_asks_all_agencies_with_one_press(open_page_as, mia, beth):
    child_id, _ = mia
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert not labelled(app.multiselect, "Which agencies?").proto.select_all


LAYERS = {
    "Lawful basis (UK GDPR)": "public_task",
    "Special category condition": "substantial_public_interest",
    "Statutory gateway": "ca1989_s47",
    "Confidentiality": "public_interest",
}
FOR_RED = "Proposed for a child rated red: change it where it is not so."


def layers(app):
    """What the form that asks agencies says of each layer; it stands last on the page."""
    return {
        label: [each.value for each in app.selectbox if each.label == label][-1] for label in LAYERS
    }


def test_for_a_child_rated_red_a_lawful_basis_is_proposed_and_hers_to_change(
    service_database, open_page_as, mia, drawn, beth
):
    child_id, police = mia
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert set(layers(app).values()) == {None}, "nothing is proposed for a child rated green"
    assert FOR_RED not in drawn(app)
    with service_database.work() as session:
        set_rag(session, child_id, Rag.RED, "Afraid to go home.", by=beth, at=LATER)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert layers(app) == LAYERS
    assert FOR_RED in drawn(app)
    assert not labelled(app.text_area, "Why it is necessary").value
    gateway = [each for each in app.selectbox if each.label == "Statutory gateway"][-1]
    gateway.set_value("ca2004_s16la").run()
    labelled(app.multiselect, "Which agencies?").set_value([str(police.agency_id)]).run()
    labelled(app.text_input, "One more question to").set_value("What is known of the home?")
    labelled(app.text_area, "What you ask for").set_value("To keep Mia safe.")
    labelled(app.text_area, "Why it is necessary").set_value("Only the home.")
    app.run()
    press(app, "Ask")
    assert "1 agency was asked." in drawn(app)
    row = the_request(service_database)
    assert (row.basis, row.special_category) == ("public_task", "substantial_public_interest")
    assert (row.gateway, row.confidentiality) == ("ca2004_s16la", "public_interest")


def test_on_the_way_to_section_47_a_lawful_basis_is_proposed_without_red(
    service_database, open_page_as, mia, drawn, beth
):
    child_id, _ = mia
    words = "Proposed for a child on the way to section 47: change it where it is not so."
    with service_database.work() as session:
        why = {"departure": DepartureReason.PROFESSIONAL_JUDGEMENT, "departure_words": "Afraid."}
        set_level(session, child_id, 4, Route.S47, **why, by=beth, at=LATER)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert layers(app) == LAYERS
    assert words in drawn(app)
    assert FOR_RED not in drawn(app)
    with service_database.work() as session:
        set_level(session, child_id, 3, Route.EARLY_HELP, **why, by=beth, at=LATER)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert set(layers(app).values()) == {None}, "a route that is taken back takes it along"
    assert words not in drawn(app)


def test_a_proposal_that_nobody_sent_goes_with_the_rating(
    service_database, open_page_as, mia, drawn, beth
):
    child_id, _ = mia
    with service_database.work() as session:
        set_rag(session, child_id, Rag.RED, "Afraid to go home.", by=beth, at=LATER)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    labelled(app.text_area, "What you ask for").set_value("To keep Mia safe.").run()
    with service_database.work() as session:
        set_rag(session, child_id, Rag.AMBER, "She is with her aunt.", by=beth, at=LATER)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert labelled(app.text_area, "What you ask for").value == "To keep Mia safe."
    assert set(layers(app).values()) == {None}
    assert FOR_RED not in drawn(app)


def test_somebody_elses_request_is_as_if_there_were_none_and_a_closed_one_says_so(
    service_database, open_page_as, asked, drawn, beth
):
    _, police, request_id = asked
    with service_database.work() as session:
        other = an_agency(session, "Health trust", "hospital")
        close_request(session, request_id, "They telephoned.", by=beth, at=LATER)
    app = open_page_as(other, "requests", at=LATER, open=str(request_id))
    assert "We could not find that, or it is not yours to see." in drawn(app)
    page = drawn(open_page_as(police, "requests", at=LATER, open=str(request_id)))
    assert "The front door closed this request." in page
    assert "They telephoned" not in page


def test_consent_withdrawn_on_the_page_says_what_stopped(
    open_page_as, asked, drawn, service_database, beth
):
    child_id, _, _ = asked
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    labelled(app.text_input, "Whose agreement").set_value("Rosa Thornbury")
    labelled(app.selectbox, "About").set_value("mash_checks")
    labelled(app.selectbox, "Where it stands").set_value("withdrawn")
    labelled(app.selectbox, "In what capacity").set_value("parental_responsibility")
    labelled(app.text_area, "In their words").set_value("No more checks.")
    press(app, "Record this")
    assert "1 request that rested on this agreement stopped; all others go on." in drawn(app)
    assert the_request(service_database).state == State.STOPPED


def test_what_was_not_shared_is_a_record_too(open_page_as, mia, drawn, beth):
    child_id, _ = mia
    app = open_page_as(beth, "sharing", at=LATER, child=str(child_id))
    labelled(app.text_input, "With whom not").set_value("The father's employer")
    labelled(app.text_input, "What was not shared").set_value("Where Mia lives")
    press(app, "Record that it was not shared")
    assert "Say why it was not shared" in drawn(app)
    labelled(app.text_area, "Because").set_value("It would harm Mia more.")
    press(app, "Record that it was not shared")
    assert "Because: It would harm Mia more." in drawn(app)


# ---------------------------------------------------------------- on paper


def test_the_ledger_is_printed_for_who_may_see_the_child_and_without_unreleased_answers(
    service_database, asked, monkeypatch, beth, dev
):
    child_id, police, request_id = asked
    monkeypatch.setattr(printed_copy, "now", lambda: LATER)
    with service_database.work() as session:
        parts = request_to_my_agency(session, request_id, by=police, at=LATER).parts
        told = [Answer(part.id, Finding.INFORMATION, "Kept inside.") for part in parts]
        reply(session, request_id, told, by=police, at=LATER)
        tokens = {
            who.name: start_session(session, fetch_user(session, who.user_id), at=LATER)
            for who in (beth, dev)
        }

    def printed(who, child):
        request = SimpleNamespace(
            headers=Headers({"cookie": f"{place.session_cookie()}={tokens[who.name]}"}),
            query_params={"child": str(child)},
        )
        with ThreadPoolExecutor(1) as apart:  # this thread may be a browser's
            return apart.submit(anyio.run, printed_copy.show_sharing, request).result()

    answer = printed(beth, child_id)
    pages = PdfReader(BytesIO(answer.body)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "What was shared about Mia Thornbury" in text
    assert "Answers to 2 questions: information 2." in text
    assert "Kept inside" not in text
    assert printed(dev, child_id).status_code == 403
    assert printed(beth, request_id).status_code == printed(beth, "x").status_code == 404
