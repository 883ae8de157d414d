"""The administrator's page, run as Streamlit runs it, and who may not open it."""

from pathlib import Path

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from mash_triage.access import actions, queries
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Role
from mash_triage.clocks.now import now
from mash_triage.outbox.models import OutboxMessage
from mash_triage.outbox.rules import Fault, State
from mash_triage.settings import settings
from mash_triage.web import arrival, navigation
from tests.cast import ADA, AMARA, BETH, CAROL

FRAME = Path(navigation.__file__).parent / "app.py"


@pytest.fixture
def open_as(database, monkeypatch):
    """The accounts page as somebody sees it; the browser's cookie is the only thing invented."""
    url = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("MASH_DATABASE_URL", url)
    if database.key:
        monkeypatch.setenv("MASH_DATABASE_KEY", database.key)
    settings.cache_clear()

    def opened(actor) -> AppTest:
        with database.work() as session:
            user = queries.fetch_user(session, actor.user_id)
            token = actions.start_session(session, user, at=now())
        monkeypatch.setattr(arrival, "cookie_token", lambda: token)
        page = AppTest.from_file(str(FRAME), default_timeout=30)
        page.switch_page(navigation.FOLDER / "accounts.py")
        return page.run()

    yield opened
    arrival.database().close()
    settings.cache_clear()


def html_of(page) -> str:
    return " ".join(each.proto.body for each in page.get("html"))


def press(page, label):
    return next(each for each in page.button if each.label == label).click().run()


def test_a_person_is_added_and_gets_a_link(open_as, database):
    page = open_as(ADA)
    assert not page.exception
    page.text_input(key="new name").input("Gita Nair")
    page.text_input(key="new email").input("gita@mill.example")
    page.selectbox(key="role new").select(Role.SOCIAL_WORKER)
    page = press(page, "Add this person")
    assert "The person is added" in html_of(page)
    with database.look() as session:
        gita = session.scalars(select(UserAccount).where(UserAccount.name == "Gita Nair")).one()
    assert gita.role == Role.SOCIAL_WORKER

    chooser = next(each for each in page.selectbox if each.label == "Open a person's account")
    page = press(chooser.select(str(gita.id)).run(), "Issue a one-time link")
    token = page.code[0].value.rpartition("/set-password/")[2]
    with database.look() as session:
        assert queries.link_to_use(session, token, at=now()).user_id == gita.id
    assert not page.run().code, "the link is shown once"


def test_a_long_list_is_folded_after_its_first_lines_and_leaves_nobody_out(open_as, database):
    with database.work() as session:
        for number in range(20):
            actions.add_user(
                session,
                f"person{number}@mill.example",
                f"Person <b>{number}</b>",
                role=Role.REFERRER,
                agency_id=AMARA.agency_id,
                qualified=False,
                by=ADA,
                at=now(),
            )
    page = html_of(open_as(ADA))
    assert page.count("Person &lt;b&gt;") == 20
    shown, _, folded = page.partition("<summary>16 more</summary>")
    assert shown.count('data-name="Account"') == 10
    assert folded.count('data-name="Account"') == 16, "six of the cast and twenty more"


def test_a_refusal_is_shown_in_words_and_the_form_keeps_what_was_typed(open_as):
    page = open_as(ADA)
    page.text_input(key="new name").input("Gita Nair")
    page.text_input(key="new email").input("not an address")
    page = press(page, "Add this person")
    assert "Enter an e-mail address" in html_of(page)
    assert page.text_input(key="new name").value == "Gita Nair"
    assert "Add an agency" in [each.label for each in page.expander], "the rest stays"


@pytest.mark.parametrize("stranger", [AMARA, BETH, CAROL], ids=lambda who: who.role)
def test_others_are_refused_before_anything_is_read(open_as, stranger):
    page = open_as(stranger)
    assert "Your role does not include this." in html_of(page)
    assert "<table" not in html_of(page)


def test_without_a_sign_in_nothing_is_drawn(open_as, monkeypatch):
    open_as(ADA)
    monkeypatch.setattr(arrival, "cookie_token", lambda: None)
    page = AppTest.from_file(str(FRAME), default_timeout=30)
    page.switch_page(navigation.FOLDER / "accounts.py")
    page.run()
    assert "You are signed out" in html_of(page)
    assert "Ada Brandt" not in html_of(page)
    assert "<table" not in html_of(page)


def test_a_link_is_mailed_and_what_is_stuck_is_shown_and_tried_again(
    messages_out, open_as, database
):
    page = open_as(ADA)
    chooser = next(each for each in page.selectbox if each.label == "Open a person's account")
    page = press(chooser.select(str(AMARA.user_id)).run(), "Mail a one-time link")
    assert "is on its way to amara@rivermead.example" in html_of(page)
    assert not page.error

    with database.work() as session:
        session.execute(update(OutboxMessage).values(state=State.STUCK, last_fault=Fault.REFUSED))
    page = page.run()
    assert "Messages are not arriving" in page.error[0].value
    assert '<td data-name="Why">The other side refused it.</td>' in html_of(page)
    page = press(page, "Try all of these again")
    assert "These messages are tried again." in html_of(page)
    assert not page.error
    with database.look() as session:
        assert session.scalars(select(OutboxMessage.state)).all() == [State.WAITING]


def test_without_mail_the_page_says_so_and_offers_no_mail(open_as):
    page = open_as(ADA)
    chooser = next(each for each in page.selectbox if each.label == "Open a person's account")
    page = chooser.select(str(AMARA.user_id)).run()
    assert "Mail is not set up" in " ".join(each.value for each in page.text)
    assert "Mail a one-time link" not in [each.label for each in page.button]
