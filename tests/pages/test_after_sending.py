"""After sending, on the pages: the referrer adds and asks back; the worker reads, answers, records;
and the printable copy is whole, and nobody else's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import anyio
import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from mash_triage.access import actions, queries
from mash_triage.after_sending.actions import add_words, amend_answer, ask_to_withdraw
from mash_triage.after_sending.queries import additions_of, after_sending
from mash_triage.after_sending.rules import AMENDABLE
from mash_triage.audit.events import AuditEvent
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.reference import new_reference, show_reference
from mash_triage.contacts.sent import picture_of_sent
from mash_triage.web import place, printed_copy
from mash_triage.web.form.adding import paths_of
from mash_triage.web.form.additions import QUESTIONS, asked_words
from mash_triage.web.form.right_to_left import as_laid
from mash_triage.web.form.summary import parts_shown
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

LATER = MONDAY_NINE + 5 * HOUR


@pytest.fixture
def contact(service_database, amara, beth):
    """Mia's contact, with Beth; its reference and the child's id."""
    with service_database.work() as session:
        child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
        return child.contact.reference, child.id


def said(database, reference, by):
    with database.look() as session:
        return additions_of(session, reference, by=by)


def add(database, reference, words, by, at=LATER):
    with database.work() as session:
        add_words(session, reference, words, token=uuid4(), by=by, at=at)


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    return app.run()


def test_every_answer_that_can_be_changed_has_its_words_and_no_other():
    assert set(QUESTIONS) == AMENDABLE
    paths = paths_of(stories.answers({}, {}))
    assert "children[1].age" in paths
    assert "household[0].name" in paths
    assert asked_words("children[1].age") == "Child 2, birth date"


def test_the_referrer_adds_words_and_finds_them_on_the_receipt(
    service_database, open_page_as, drawn, amara, contact
):
    reference, _child = contact
    app = open_page_as(amara, "add_to_contact", at=LATER, contact=reference)
    app.text_area[0].input("<b>He</b> is *back*")
    press(app, "Add it")
    assert [each.words for each in said(service_database, reference, amara)] == [
        "<b>He</b> is *back*"
    ]
    html = drawn(open_page_as(amara, "receipt", at=LATER, contact=reference))
    assert "&lt;b&gt;He&lt;/b&gt; is *back*" in html
    assert f"/copy.pdf?contact={reference}" in html


def test_new_words_that_sound_like_danger_are_added_and_answered_with_999(
    service_database, open_page_as, drawn, amara, contact
):
    reference, _child = contact
    app = open_page_as(amara, "add_to_contact", at=LATER, contact=reference)
    app.text_area[0].input("His father is outside with a knife and says he will kill her")
    press(app, "Add it")
    assert len(said(service_database, reference, amara)) == 1
    assert "call 999 now" in drawn(app)


def test_the_referrer_changes_an_answer(service_database, open_page_as, amara, contact):
    reference, _child = contact
    app = open_page_as(amara, "add_to_contact", at=LATER, contact=reference)
    app.selectbox[0].select("children[0].sex").run()
    assert app.radio[0].value is None, "nothing is chosen for anybody"
    app.radio[0].set_value("M")
    next(each for each in app.text_input if each.label == "Why?").input("A slip")
    press(app, "Change it")
    (seen,) = said(service_database, reference, amara)
    assert (seen.path, seen.was, seen.now, seen.words) == ("children[0].sex", "F", "M", "A slip")


def test_a_refusal_keeps_what_was_typed(open_page_as, drawn, amara, contact):
    app = open_page_as(amara, "add_to_contact", at=LATER, contact=contact[0])
    next(each for each in app.text_area if each.label == "In your words").input("My reasons")
    press(app, "Ask to withdraw")
    assert "Choose why you want to withdraw." in drawn(app)
    assert next(e for e in app.text_area if e.label == "In your words").value == "My reasons"


def test_another_persons_contact_is_as_unknown_as_none(open_page_as, drawn, dev, contact):
    pages = [
        drawn(open_page_as(dev, "add_to_contact", at=LATER, contact=asked))
        for asked in (contact[0], new_reference(), "rubbish", "")
    ]
    refusals = {html.split('role="alert">')[1].split("<")[0] for html in pages}
    assert refusals == {"We could not find that, or it is not yours to see."}


def test_the_status_says_what_is_next_by_when_and_whom_to_call(open_page_as, drawn, amara, contact):
    html = drawn(open_page_as(amara, "my_contacts", at=LATER))
    assert "A social worker is looking into it. A decision is due by tomorrow 09:00." in html
    assert "call the duty number" in html
    late = drawn(open_page_as(amara, "my_contacts", at=MONDAY_NINE + 30 * HOUR))
    assert "It is late: call the duty number." in late


def test_the_worker_sees_what_is_new_and_says_that_she_has_read_it(
    service_database, open_page_as, drawn, amara, beth, contact
):
    reference, child = contact
    add(service_database, reference, "<i>She</i> has a bruise on her ear.", amara)
    board = drawn(open_page_as(beth, "board", at=LATER))
    assert "New from the referrer: 1" in board
    app = open_page_as(beth, "child", at=LATER, child=str(child))
    assert "New since you looked: 1" in drawn(app)
    assert "&lt;i&gt;She&lt;/i&gt; has a bruise" in drawn(app)
    press(app, "I have read this")
    assert "New since you looked" not in drawn(app)
    assert "New from the referrer" not in drawn(open_page_as(beth, "board", at=LATER))


def test_new_information_after_the_decision_is_on_the_board_whatever_the_filter(
    service_database, open_page_as, drawn, amara, beth, carol
):
    with service_database.work() as session:
        child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
        reference, child_id = child.contact.reference, child.id
    late = LATER + timedelta(days=40)
    add(service_database, reference, "He hit her again.", amara, late)
    assert "New information after the decision: 1" in drawn(open_page_as(beth, "board", at=late))
    app = open_page_as(beth, "child", at=late, child=str(child_id))
    press(app, "I have read this")
    assert "Say what was done about it" in drawn(app)
    assert "New information after the decision" in drawn(
        open_page_as(amara, "receipt", at=late, contact=reference)
    )


def test_the_worker_answers_a_wish_to_withdraw(
    service_database, open_page_as, drawn, amara, beth, contact
):
    reference, child = contact
    with service_database.work() as session:
        told = {"token": uuid4(), "by": amara, "at": LATER}
        ask_to_withdraw(session, reference, "family_asked", "She is upset", **told)
    assert "Asked to withdraw" in drawn(open_page_as(beth, "board", at=LATER))
    app = open_page_as(beth, "child", at=LATER, child=str(child))
    assert "The referrer asked to withdraw." in drawn(app)
    stands = next(each for each in app.radio if each.label == "Does the worry stand?")
    assert stands.value is None
    stands.set_value("yes")
    next(each for each in app.text_area if each.label == "Why?").input("She is still hungry")
    press(app, "Record the answer")
    with service_database.look() as session:
        assert session.get_one(ContactChild, child).status == "screening"
    assert "the worry stands; work goes on" in drawn(open_page_as(amara, "my_contacts", at=LATER))


def test_a_call_is_shown_as_not_confirmed_until_the_letter_is_recorded(
    service_database, open_page_as, drawn, beth
):
    with service_database.work() as session:
        call = {"channel": "telephone", "received_at": MONDAY_NINE.isoformat()}
        child = stories.a_child(session, sent_by=beth, **call).id
    late = MONDAY_NINE + 25 * HOUR
    assert "Written confirmation overdue" in drawn(open_page_as(beth, "board", at=late))
    app = open_page_as(beth, "child", at=late, child=str(child))
    assert "overdue since today 09:00" in drawn(app)
    next(each for each in app.radio if each.label == "How did it come?").set_value("letter")
    press(app, "Record it")
    assert "came today 10:00 (letter or form, late)" in drawn(app)
    with service_database.look() as session:
        assert after_sending(session, child, by=beth).confirmation.came_as == "letter"


# ---------------------------------------------------------------- the printable copy


@pytest.fixture
def copy_for(service_database, monkeypatch):
    """Ask for a copy as somebody, past the gate."""
    from mash_triage.web.server import app

    monkeypatch.setattr(printed_copy, "now", lambda: LATER)
    monkeypatch.setattr("mash_triage.web.gate.now", lambda: LATER)

    def ask(actor, reference):
        cookies = {}
        if actor:
            with service_database.work() as session:
                user = queries.fetch_user(session, actor.user_id)
                cookies[place.session_cookie()] = actions.start_session(session, user, at=LATER)

        async def asked() -> httpx.Response:
            told = {"base_url": "https://testserver", "cookies": cookies}
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), **told) as client:
                return await client.get("/copy.pdf", params={"contact": reference})

        with ThreadPoolExecutor(1) as apart:  # this thread may be a browser's
            return apart.submit(anyio.run, asked).result()

    return ask


@pytest.mark.parametrize(
    ("confidential", "referrer", "path", "is_kept_back"),
    [
        (True, {}, "children[0].home.address_line", True),
        (False, {}, "children[0].home.address_line", False),
        (False, {"wishes_anonymity": "yes", "why_anonymous": "Fear."}, "referrer.telephone", True),
        (False, {}, "referrer.telephone", False),
    ],
    ids=["an address to be kept", "an address", "whoever wishes not to be named", "a telephone"],
)  # fmt: skip
def test_a_changed_answer_is_on_a_copy_only_where_the_answer_itself_would_be(
    service_database,
    open_page_as,
    drawn,
    copy_for,
    amara,
    beth,
    confidential,
    referrer,
    path,
    is_kept_back,
):
    home = {"address_line": "3 Secret Row", "confidential": confidential}
    with service_database.work() as session:
        child = stories.a_child(session, {"home": home}, sent_by=amara, referrer=referrer)
        reference, child_id = child.contact.reference, str(child.id)
        amend_answer(
            session, reference, path, "01632 960 777", "Typed wrongly.",
            seen=0, token=uuid4(), by=amara, at=LATER,
        )  # fmt: skip
    pdf = PdfReader(BytesIO(copy_for(amara, reference).content))
    on_paper = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    receipt = drawn(open_page_as(amara, "receipt", at=LATER, contact=reference))
    for copy in (on_paper, receipt):
        assert ("01632 960 777" in copy) is not is_kept_back
        assert ("An answer was changed" in copy) is is_kept_back
    assert "01632 960 777" in drawn(open_page_as(beth, "child", at=LATER, child=child_id))


def test_the_copy_has_every_answer_and_all_that_was_added(
    service_database, copy_for, amara, contact
):
    reference, _child = contact
    add(service_database, reference, "Zofia Święcicka rang.", amara)
    answer = copy_for(amara, reference)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    pdf = PdfReader(BytesIO(answer.content))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    with service_database.look() as session:
        sent = picture_of_sent(session, reference, by=amara)
    for part in parts_shown(sent, {"neglect": "Neglect"}):
        for question, said_in_form in part.pairs:
            assert question in text
            assert " ".join(said_in_form.split())[:60] in text
    assert "Zofia Święcicka rang." in text
    assert all(f"Contact {show_reference(reference)}" in p.extract_text() for p in pdf.pages)
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    fonts = pdf.pages[0]["/Resources"]["/Font"].values()
    assert {font.get_object()["/Subtype"] for font in fonts} == {"/Type0"}, "letters of its own"
    with service_database.look() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
        assert (last.kind, last.by_user, last.detail) == ("copy:printed", amara.user_id, {})


def test_a_copy_of_somebody_elses_is_as_unknown_as_none(copy_for, dev, ada, contact):
    asked = (contact[0], new_reference(), "rubbish", "")
    answers = [copy_for(dev, reference) for reference in asked]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert copy_for(ada, contact[0]).status_code == 403
    stranger = copy_for(None, contact[0])
    assert (stranger.status_code, stranger.headers["location"][:8]) == (303, "/signin?")


def test_right_to_left_names_are_laid_as_they_are_read():
    assert as_laid("Zofia") == "Zofia"
    assert as_laid("אב") == "בא"
    assert as_laid("محمد") == "\ufeaa\ufee4\ufea4\ufee3"
