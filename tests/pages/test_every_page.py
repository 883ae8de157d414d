"""Every page for everybody: who may open it, who is refused before anything is read, who is asked
to sign in, and that what is not hers is as if it were not there.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import event
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from mash_triage.access import actions, queries
from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.all_models import Base
from mash_triage.contacts.drafts import save_draft, start_draft
from mash_triage.contacts.models import Contact
from mash_triage.contacts.reference import new_reference
from mash_triage.errors import NotAllowed, NotFound
from mash_triage.people.actions import restrict_person
from mash_triage.settings import ROOT
from mash_triage.web import arrival, place
from mash_triage.web.navigation import FOLDER, PAGES, PageEntry, first_page
from tests import stories
from tests.cast import ADA, AMARA, BETH, CAROL, DAN, DEV, MONDAY_NINE
from tests.stories import HOUR, a_child_awaiting_decision

ENTRY = ROOT / "mash_triage" / "web" / "app.py"
LATER = MONDAY_NINE + 3 * HOUR
ACCOUNTS = {"agency", "user_account", "one_time_link", "sign_in_session", "installation"}
TRAIL = {"audit_event", "audit_head"}
BARRED = (NotAllowed().words, NotFound().words)

EVERY_PAGE = pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.path)


@pytest.fixture
def world(service_database):
    """A child who waits for a manager, the contact, somebody's draft, and a person of each role."""
    with service_database.work() as session:
        child = a_child_awaiting_decision(session, sent_by=AMARA, screened_by=BETH)
        draft = start_draft(session, by=AMARA, at=MONDAY_NINE)
        session.flush()
        answers = {"concern": {"worry": "Only Amara reads this."}}
        save_draft(session, draft.id, answers, by=AMARA, at=MONDAY_NINE)
        people = {role: a_person(session, role) for role in Role}
        reference = session.get_one(Contact, child.contact_id).reference
        return {
            "people": people,
            "child": str(child.id),
            "person": child.person_id,
            "draft": str(draft.id),
            "reference": reference,
        }


def a_person(session, role: Role) -> Actor:
    """Somebody with this role at the authority, without the social-work qualification."""
    made = actions.add_user(
        session, f"{role}@rivermead.example", f"Robin of {role}", role=role,
        agency_id=ADA.agency_id, by=ADA, at=MONDAY_NINE,
    )  # fmt: skip
    return Actor(made.name, made.id, role, made.agency_id)


@pytest.fixture
def arrive(service_database, monkeypatch):
    """Come straight to a page by its address, signed in as somebody or as nobody."""

    def arrive_as(actor: Actor | None, page: str, **query: str) -> AppTest:
        cookies = {}
        if actor:
            with service_database.work() as session:
                user = queries.fetch_user(session, actor.user_id)
                token = actions.start_session(session, user, at=LATER)
            cookies = {place.session_cookie(): token}
        monkeypatch.setattr(arrival, "now", lambda: LATER)
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _context: cookies))
        app = AppTest.from_file(str(ENTRY), default_timeout=30)
        app.switch_page(str(FOLDER / f"{page}.py"))
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return arrive_as


@contextmanager
def statements(database) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine, "before_cursor_execute", note)


def tables_in(asked: list[str]) -> set[str]:
    """The tables that these statements name."""
    words = {word for each in asked for word in re.findall(r"\w+", each.lower())}
    return words & set(Base.metadata.tables)


def shown(app: AppTest) -> str:
    """All words that a page has drawn as HTML."""
    return "\n".join(each.proto.body for each in app.get("html"))


def read_aloud(app: AppTest) -> str:
    """The same without the addresses of links: there a reference stands without its spaces."""
    return re.sub(r'href="[^"]*"', "", shown(app))


def wanted_by(entry: PageEntry, world) -> dict[str, str]:
    """What the page's address names."""
    return {
        "child": {"child": world["child"]},
        "chronology": {"child": world["child"]},
        "decide": {"child": world["child"]},
        "receipt": {"contact": world["reference"]},
        "sharing": {"child": world["child"]},
    }.get(entry.path, {})


# ---------------------------------------------------------------- the list of pages


def test_every_file_is_in_the_list_of_pages_and_every_page_has_its_file():
    assert sorted(each.path for each in PAGES) == sorted(each.stem for each in FOLDER.glob("*.py"))


def test_every_page_says_who_may_open_it_and_opens_with_the_same_needs():
    for entry in PAGES:
        script = (FOLDER / f"{entry.path}.py").read_text("utf-8")
        opening = script[script.index("open_page(") :].partition(
            "\n)" if "open_page(\n" in script else "\n"
        )[0]
        named = set(re.findall(r"Permission\.(\w+)", opening))
        assert named == {each.name for each in entry.needs}, entry.path


def test_every_role_that_works_here_begins_on_a_page_of_its_own():
    without = {role for role in Role if first_page(Actor("R", uuid4(), role, uuid4())) is None}
    assert without == {Role.AUDITOR}


# ---------------------------------------------------------------- who may, who may not


@EVERY_PAGE
def test_whoever_may_sees_the_page_and_whoever_may_not_is_refused_before_anything_is_read(
    entry, world, arrive, service_database
):
    for role, person in world["people"].items():
        with statements(service_database) as asked:
            app = arrive(person, entry.path, **wanted_by(entry, world))
        assert not app.exception, (role, app.exception)
        assert app.title[0].value == entry.title, role
        assert world["reference"] not in read_aloud(app), role
        if entry.is_for(person):
            assert NotAllowed().words not in shown(app), role
        else:
            assert NotAllowed().words in shown(app), role
            assert tables_in(asked) <= ACCOUNTS | TRAIL, role


@EVERY_PAGE
def test_nobody_who_is_not_signed_in_sees_anything_of_a_page(
    entry, world, arrive, service_database
):
    with statements(service_database) as asked:
        app = arrive(None, entry.path, **wanted_by(entry, world))
    assert not app.exception
    assert "You are signed out" in shown(app)
    assert not app.title
    assert asked == []


# ---------------------------------------------------------------- not there, or not hers


def nowhere() -> str:
    return str(uuid4())


@pytest.mark.parametrize("page", ["child", "chronology", "decide", "sharing"])
def test_a_restricted_child_is_for_everybody_else_as_if_it_were_not_there(
    page, world, arrive, service_database
):
    with service_database.work() as session:
        eve = stories.a_manager(session, "Eve Marlow")
        restrict_person(
            session, world["person"], reason="A colleague's child", review_on=date(2026, 6, 1),
            readers=[CAROL.user_id, eve.user_id], by=CAROL, at=LATER,
        )  # fmt: skip
    assert "Mia Thornbury" in shown(arrive(CAROL, page, child=world["child"]))
    told = {
        words_of_refusal(arrive(DAN, page, child=named), entry=page)
        for named in (world["child"], nowhere(), "not-a-number", "")
    }
    assert told == {NotFound().words}


def test_somebody_elses_receipt_is_as_if_there_were_none(world, arrive):
    reference = world["reference"]
    assert "12 Mill Lane" in shown(arrive(AMARA, "receipt", contact=reference))
    told = {
        words_of_refusal(arrive(DEV, "receipt", contact=named), entry="receipt")
        for named in (reference, new_reference(), reference[:-1] + "2" * 2, "")
    }
    assert told == {NotFound().words}


def test_somebody_elses_draft_is_as_if_there_were_none(world, arrive):
    assert not arrive(AMARA, "submit_contact", draft=world["draft"]).exception
    for stranger in (DEV, BETH):
        told = {
            words_of_refusal(
                arrive(stranger, "submit_contact", draft=named), entry="submit_contact"
            )
            for named in (world["draft"], nowhere(), "1", "")
        }
        assert told == {NotFound().words}


def words_of_refusal(app: AppTest, *, entry: str) -> str:
    """The one thing that the page says, which is a refusal; nothing of anybody's is drawn."""
    assert not app.exception
    page = shown(app)
    for private in ("Mia", "Thornbury", "Mill Lane", "Only Amara"):
        assert private not in page, entry
    found = [words for words in BARRED if words in page]
    assert len(found) == 1, page
    return found[0]
