"""The frame around every page, in real Chromium: what is kept, what is cleared, what is refused."""

import re
from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import select, update

from mash_triage.access.models import SignInSession
from mash_triage.access.sessions import ABSOLUTE, IDLE
from mash_triage.audit.events import AuditEvent
from mash_triage.clocks.now import now
from mash_triage.contacts.drafts import drafts_of
from tests.cast import AMARA, BETH

WORDS = "Mira came in without a coat again, and said <b>nobody</b> was at home since Friday."


def move_sign_ins(service, **columns):
    with service.database.work() as session:
        session.execute(update(SignInSession).values(**columns))


def last_deeds(service):
    with service.database.look() as session:
        return session.scalars(select(SignInSession.last_deed_at)).all()


def draft_text(service) -> str:
    with service.database.look() as session:
        own = drafts_of(session, by=AMARA)
        return own[0].answers["worry"] if own else ""


def trail_kinds(service) -> list[str]:
    with service.database.look() as session:
        return list(session.scalars(select(AuditEvent.kind)))


def fill_the_disk(service):
    """No draft can be stored from now on, and the database says why as it would on a full disk."""
    statements = {
        "sqlite": [
            "CREATE TRIGGER full_disk BEFORE INSERT ON contact_draft "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        ],
        "postgresql": [
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$",
            "CREATE TRIGGER full_disk BEFORE INSERT ON contact_draft "
            "FOR EACH ROW EXECUTE FUNCTION full_disk()",
        ],
    }
    with service.database.work() as session:
        for statement in statements[session.get_bind().dialect.name]:
            session.connection().exec_driver_sql(statement)


def test_what_is_typed_is_there_after_the_server_is_killed(service, opened):
    page = opened(AMARA, "/note")
    field = page.get_by_label("What are you worried about?")
    field.press_sequentially(WORDS, delay=5)
    expect(page.get_by_text(re.compile(r"Saved \d\d:\d\d:\d\d"))).to_be_visible()
    assert draft_text(service) == WORDS

    service.kill()
    service.start()
    page.reload()
    expect(field).to_have_value(WORDS)
    expect(page.get_by_text(f"{len(WORDS)} characters")).to_be_visible()
    assert page.violations == []


def test_typing_goes_on_while_it_is_saved_and_nothing_is_overwritten(service, opened):
    page = opened(AMARA, "/note")
    field = page.get_by_label("What are you worried about?")
    field.press_sequentially(WORDS * 2, delay=40)  # about seven seconds, without a pause
    assert draft_text(service), "nothing was saved while typing"
    expect(field).to_have_value(WORDS * 2)
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text(f"You wrote: {WORDS * 2}", exact=True)).to_be_visible()
    assert draft_text(service) == WORDS * 2


def test_last_words_are_kept_then_sign_in_leads_back_to_the_same_step(service, opened):
    service.kill()
    service.more = ("600",)  # seconds between two looks at the sign-in
    service.start()
    page = opened(AMARA, "/note?draft=7")
    field = page.get_by_label("What are you worried about?")
    expect(field).to_be_visible()
    field.fill(WORDS)
    move_sign_ins(service, last_deed_at=now() - IDLE)
    page.get_by_role("button", name="Show it").click()

    expect(page.get_by_text("You are signed out")).to_be_visible()
    expect(page.get_by_text("What you typed is kept in your draft.")).to_be_visible()
    expect(field).to_have_count(0)
    assert draft_text(service) == WORDS
    page.get_by_role("link", name="Sign in").click()
    page.wait_for_url("**/signin?next=%2Fnote%3Fdraft%3D7")


def test_signing_out_clears_every_tab(service, opened):
    page = opened(AMARA, "/note")
    other = page.context.new_page()
    other.goto(f"{service.address}/note")
    field = other.get_by_label("What are you worried about?")
    expect(field).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/signin?left=1")
    expect(other.get_by_text("You are signed out")).to_be_visible()
    expect(field).to_have_count(0)
    expect(other.get_by_text("Amara Osei")).to_have_count(0)


def test_two_minutes_before_the_end_she_is_warned_and_can_stay(service, opened):
    page = opened(AMARA, "/note")
    expect(page.get_by_label("What are you worried about?")).to_be_visible()
    move_sign_ins(service, last_deed_at=now() - IDLE + timedelta(seconds=100))
    before = last_deeds(service)
    stay = page.get_by_role("button", name="Stay signed in")
    expect(stay).to_be_visible()
    assert last_deeds(service) == before, "looking at the sign-in must not be a deed"
    stay.click()
    expect(stay).to_have_count(0)
    assert last_deeds(service) > before


def test_the_end_of_eight_hours_is_announced_and_cannot_be_put_off(service, opened):
    page = opened(AMARA, "/note")
    expect(page.get_by_label("What are you worried about?")).to_be_visible()
    move_sign_ins(service, started_at=now() - ABSOLUTE + timedelta(seconds=100))
    expect(page.get_by_text("nearly 8 hours")).to_be_visible()
    expect(page.get_by_role("button", name="Stay signed in")).to_have_count(0)


def test_a_page_is_refused_to_whoever_may_not_before_anything_of_it_is_shown(service, opened):
    page = opened(AMARA, "/deep")
    expect(page.get_by_text("Your role does not include this.")).to_be_visible()
    expect(page.get_by_text("what is behind")).to_have_count(0)
    expect(page.get_by_role("link", name="Deep")).to_have_count(0)
    assert "refusal:not_allowed" in trail_kinds(service)


def test_the_bare_address_leads_each_person_to_her_work(service, opened):
    page = opened(AMARA, "/")
    page.wait_for_url("**/note")
    page = opened(BETH, "/")
    page.wait_for_url("**/deep")
    expect(page.get_by_text("what is behind")).to_be_visible()


def test_leaving_says_what_was_done_and_viewing_is_noted_once(service, opened):
    page = opened(AMARA, "/note")
    page.get_by_role("button", name="Go away").click()
    expect(page.get_by_text("It is done.")).to_be_visible()
    expect(page.get_by_text("For Amara Osei, 7")).to_be_visible()
    for _ in range(2):
        page.reload()
        expect(page.get_by_text("For Amara Osei, 7")).to_be_visible()
    expect(page.get_by_text("It is done.")).to_have_count(0)
    assert trail_kinds(service).count("record:viewed") == 1


def test_a_fault_shows_a_reference_and_logs_no_words(service, opened):
    page = opened(AMARA, "/note")
    page.get_by_role("button", name="Fail").click()
    shown = page.get_by_text(re.compile("Something went wrong, reference [0-9a-f]{6}"))
    expect(shown).to_be_visible()
    reference = re.search("reference ([0-9a-f]{6})", shown.inner_text())[1]
    log = service.log.read_text()
    assert reference in log
    assert "RuntimeError" in log
    assert "Amara" not in log


def test_a_database_that_stores_nothing_is_no_receipt_and_takes_no_words(service, opened):
    page = opened(AMARA, "/note")
    field = page.get_by_label("What are you worried about?")
    expect(field).to_be_visible()
    fill_the_disk(service)
    field.fill(WORDS)
    field.blur()
    expect(page.get_by_text("Not received")).to_be_visible()
    expect(page.get_by_text("There is no space left")).to_be_visible()
    expect(page.get_by_text("01632 960 100").first).to_be_visible()
    expect(field).to_have_value(WORDS)
    expect(page.get_by_text("Not saved yet")).to_be_visible()
