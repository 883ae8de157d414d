"""Every page and every step, checked by axe-core in real Chromium, on a desk and on a phone.

No violation at all is allowed: neither of WCAG 2.2 AA nor of what axe-core calls best practice; and
nothing may stand beyond the edge of a phone. A page looks the same on either database, so one of
them serves here.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from mash_triage.access.actions import issue_link
from mash_triage.after_sending.actions import ask_to_withdraw
from mash_triage.allocation.actions import add_team, record_absence
from mash_triage.attachments.actions import attach_to_contact, attach_to_draft
from mash_triage.attachments.kinds import Kind
from mash_triage.attachments.models import ScanState
from mash_triage.attachments.receiving import Kept
from mash_triage.chat.kept import say
from mash_triage.clocks.now import now
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.drafts import save_draft, start_draft
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.decisions.actions import record_decision
from mash_triage.disagreements.actions import raise_disagreement
from mash_triage.enquiries.actions import ask_agency
from mash_triage.handover.actions import hand_over_to_day
from mash_triage.missing.actions import record_missing
from mash_triage.missing.rules import NoticeFacts, ReturnFacts
from mash_triage.screening.actions import set_rag
from mash_triage.strategy.actions import close_discussion
from mash_triage.talk.actions import (
    ask_and_wait,
    open_consultation,
    record_advice,
    send_message,
    write_note,
)
from mash_triage.thresholds.routes import Rag
from mash_triage.web.form.steps import CODES
from tests.cast import ADA, AMARA, BETH, CAROL, DAN, DEV
from tests.enquiries.conftest import an_agency, request_facts
from tests.running import AT_REST, DESKTOP, PHONE, chromium, running, settle, window_of
from tests.stories import (
    HOUR,
    a_child_awaiting_decision,
    a_child_taken_up,
    a_decision,
    a_policy_lead,
    a_receipt,
    an_agency_lead,
    an_edition_draft,
    answers,
    children_of,
)
from tests.strategy.talks import held, outcome

pytestmark = pytest.mark.xdist_group("accessibility")

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
ALL_BUT = {"exclude": [["section[data-testid=stFileUploaderDropzone]"]]}
"""Streamlit's own frame around its button for files has a role and a name at once; nobody comes to
it by the keyboard, and the button in it is named.
"""
COVERED = """() => {
  const boxes = where => [...document.querySelectorAll(where)]
    .map(each => [each.innerText, each.getBoundingClientRect()])
    .filter(([words, box]) => words && box.width && box.height);
  const over = (a, b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const header = document.querySelector('.stAppHeader').getBoundingClientRect().bottom;
  return boxes('.st-key-who_is_here :is(p, button)').flatMap(([mine, box]) => [
    ...boxes('.stAppHeader a, .stAppHeader button, h1')
      .filter(([words, other]) => over(box, other)).map(([words]) => `${mine} over ${words}`),
    ...(box.top < 0 || (box.top < header && box.bottom > header) ? [`${mine} is cut`] : []),
  ]);
}"""
"""What stands where the line about who is signed in stands, or cuts it."""
HUB = (("Police district", "police"), ("Health trust", "hospital"))
TWO = ({}, {"given_names": "Orla", "age": {"kind": "unborn"}})


@dataclass(frozen=True)
class World:
    """What there is to look at: ids and references, as they stand in addresses."""

    taken_up: str
    added_to: str
    waiting: str
    reference: str
    whole: str
    begun: str
    talked_of: str
    by_telephone: str
    link: str
    decided: str
    handed_on: str
    disagreement: str
    consultation: str
    asked: str


# ---------------------------------------------------------------- one service, one browser


@pytest.fixture(scope="module")
def service(test_run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("accessibility")
    database = test_run.new("sqlite", folder)
    with running(database, folder, from_nothing=True, told={"MASH_GUIDED_CHAT": "true"}) as service:
        yield service
    test_run.remove(database)


@pytest.fixture(scope="module")
def world(service) -> World:
    """Children at every stage, a receipt, drafts whole and hardly begun, and a one-time link."""
    with service.database.work() as session:
        before = now() - 5 * HOUR
        told = {"sent_by": AMARA, "screened_by": BETH, "at": before}
        receipt = a_receipt(session, *TWO, sent_by=AMARA, at=before)
        add = {"token": uuid4(), "by": AMARA, "at": now()}
        ask_to_withdraw(session, receipt.reference, "family_asked", "She is upset", **add)
        decided = a_child_awaiting_decision(session, {"given_names": "Ines"}, **told)
        due = (now() + timedelta(days=9)).date()
        record_decision(
            session, decided.id, a_decision(agreement_due_on=due), by=CAROL, at=now() - HOUR
        )
        disagreed = raise_disagreement(
            session, decided.id, "She is worse off.", "An assessment", by=AMARA, at=now() - HOUR
        )
        talked_of = a_child_taken_up(session, *TWO, **told)
        consultation = a_talk(session, talked_of)
        whole = a_draft(session, answers(*TWO), by=AMARA)
        letter = ("Letter home.pdf", Kind.PDF, 1, "0" * 64, ScanState.CLEAN, now())
        attach_to_draft(session, UUID(whole), Kept(uuid4(), *letter), by=AMARA, at=now())
        for file in (Kept(uuid4(), *letter), Kept(uuid4(), *letter)):
            attach_to_contact(session, receipt.contact_id, file, by=AMARA, at=now())
        return World(
            added_to=str(children_of(session, receipt)[0].id),
            decided=decided.contact.reference,
            handed_on=str(decided.id),
            disagreement=str(disagreed.id),
            taken_up=str(talked_of.id),
            waiting=str(a_child_awaiting_decision(session, {"given_names": "Una"}, **told).id),
            reference=session.get_one(Contact, receipt.contact_id).reference,
            whole=whole,
            begun=a_draft(session, {}, by=AMARA),
            talked_of=a_chat(session),
            by_telephone=a_draft(session, {}, by=BETH),
            link=issue_link(session, DEV.user_id, by=ADA, at=now()),
            consultation=consultation,
            asked=session.get_one(Contact, talked_of.contact_id).reference,
        )


def a_talk(session, child) -> str:
    """A thread with an answer and an open question, a note, and a consultation that was advised."""
    told = {"token": uuid4(), "at": now() - HOUR}
    words = "He is outside her door now with a knife and she is screaming."
    send_message(session, child.contact_id, words, by=AMARA, **told)
    ask_and_wait(session, child.id, "Who is with her?", by=BETH, **told)
    write_note(session, child.id, "Ring the health visitor.", by=BETH, **told)
    consultation = open_consultation(session, words, by=AMARA, **{**told, "token": uuid4()})
    record_advice(session, consultation, "Call 999.", by=BETH, **{**told, "token": uuid4()})
    return str(consultation)


def a_chat(session) -> str:
    """A draft told of in the guided chat, with somebody in danger."""
    draft = a_draft(session, {}, by=AMARA)
    words = "Kayden Marsh, 6, of 12 Mill Lane. He is outside her door with a knife."
    say(session, UUID(draft), words, turn=1, by=AMARA, at=now())
    return draft


def a_draft(session, given, *, by) -> str:
    draft = start_draft(session, by=by, at=now())
    session.flush()
    save_draft(session, draft.id, given, by=by, at=now())
    return str(draft.id)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def visit(service, browser):
    """Open an address as somebody, in a window that she keeps."""
    pages = {}

    def open_as(actor, path: str) -> Page:
        if actor not in pages:
            pages[actor] = window_of(browser, service, actor, bypass_csp=True).new_page()
        page = pages[actor]
        page.set_viewport_size({"width": DESKTOP, "height": 900})
        page.goto(service.address + path)
        return settle(page) if actor else page

    return open_as


def check(page: Page) -> None:
    """Look at a page on a desk and on a phone."""
    found = {}
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = violations(page)
    assert found == {DESKTOP: [], PHONE: []}


def violations(page: Page) -> list[str]:
    """What is wrong with the page at rest: what is only passing is gone at another look."""
    for _look in range(3):
        page.wait_for_function(AT_REST)
        if not (found := seen_wrong(page)):
            break
    return found


def seen_wrong(page: Page) -> list[str]:
    """What axe-core finds, rule and element; and whether something stands beyond the edge."""
    found = [
        f"{each['id']}: {node['html'][:160]}"
        for each in Axe().run(page, context=ALL_BUT, options=RULES).response["violations"]
        for node in each["nodes"]
    ]
    wide = page.evaluate(
        "() => { const m = document.querySelector('[data-testid=stMain]') || document.body;"
        " return m.scrollWidth > m.clientWidth }"
    )
    return found + (["wider than the screen"] if wide else [])


def unfold(page: Page) -> None:
    """Open every folded part."""
    folded = page.locator("[data-testid=stExpander] details:not([open]) > summary")
    for each in reversed(folded.all()):  # each is found by its place among those still folded
        each.click()
    settle(page)


# ---------------------------------------------------------------- before anybody is signed in


def test_signing_in(visit):
    page = visit(None, "/signin?next=%2Fboard")
    check(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)


def test_setting_a_password(visit, world):
    page = visit(None, f"/set-password/{world.link}")
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Set password").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    check(visit(None, "/set-password/used-before"))


def test_the_levels_of_need_for_everybody(visit):
    check(visit(None, "/levels-of-need"))


# ---------------------------------------------------------------- the referrer


@pytest.mark.parametrize("step", CODES)
def test_a_step_with_all_its_answers(step, visit, world):
    page = visit(AMARA, f"/submit_contact?draft={world.whole}&step={step}")
    unfold(page)
    check(page)


@pytest.mark.parametrize("step", CODES)
def test_a_step_with_something_missing(step, visit, world):
    page = visit(AMARA, f"/submit_contact?draft={world.begun}&step={step}")
    button = "Send" if step == CODES[-1] else "Save and continue"
    page.get_by_role("button", name=button, exact=True).click()
    settle(page)
    check(page)


def test_the_second_child_not_born_yet(visit, world):
    check(visit(AMARA, f"/submit_contact?draft={world.whole}&step=children&child=2"))


def test_a_contact_that_came_by_telephone(visit, world):
    check(visit(BETH, f"/submit_contact?draft={world.by_telephone}&step=referrer"))


@pytest.mark.parametrize("path", ["my_contacts", "submit_contact", "chat", "talk_it_through"])
def test_her_drafts_and_contacts(path, visit, world):
    check(visit(AMARA, f"/{path}"))


def test_a_chat_that_has_begun(visit, world):
    page = visit(AMARA, f"/chat?draft={world.talked_of}")
    page.get_by_role("button", name="Edit").first.click()
    check(settle(page))


def test_the_receipt(visit, world):
    check(visit(AMARA, f"/receipt?contact={world.reference}"))


def test_changing_and_adding_after_sending(visit, world):
    page = visit(AMARA, f"/add_to_contact?contact={world.reference}")
    unfold(page)
    page.locator("label", has_text="Somebody is in danger now").click()
    expect(page.get_by_text("Call 999 now.")).to_be_visible()
    check(page)


def test_the_outcome_with_how_it_went_and_a_disagreement(visit, world):
    check(visit(AMARA, f"/receipt?contact={world.decided}"))
    for who in (AMARA, DAN):
        page = visit(who, f"/disagreements?open={world.disagreement}")
        unfold(page)
        check(page)
    check(visit(DAN, "/disagreements"))


def test_the_agency_leads_page(visit, service, world):
    with service.database.work() as session:
        helen = an_agency_lead(session, "Helen Quill")
    page = visit(helen, "/agency")
    press = page.get_by_role("button", name="Make a file of these contacts")
    press.click()
    expect(page.get_by_role("button", name="Download the file")).to_be_visible()
    check(settle(page))


def test_a_request_its_answer_and_the_sharing_ledger(visit, service, world):
    with service.database.work() as session:
        child = UUID(world.taken_up)
        asked = {"at": now() - HOUR, "by": BETH}
        set_rag(session, child, Rag.GREEN, "as seen", **asked)
        police, trust = (an_agency(session, *each) for each in HUB)
        for who, why in ((police, "undue_delay"), (trust, None)):
            facts = request_facts(who, why_not_asked=why, questions=())
            row = ask_agency(session, child, facts, **asked)
            session.flush()
            if why:
                open_request = str(row.id)
    check(visit(police, "/requests"))
    page = visit(police, f"/requests?open={open_request}")
    for choice in page.get_by_text("Partly withheld", exact=True).all():
        choice.click()
    check(settle(page))
    check(visit(DAN, "/requests"))
    check(visit(BETH, f"/requests?open={open_request}"))
    page = visit(BETH, f"/sharing?child={child}")
    unfold(page)
    check(page)


def test_a_thread_and_a_consultation(visit, world):
    check(visit(AMARA, f"/receipt?contact={world.asked}"))
    check(visit(AMARA, f"/talk_it_through?consultation={world.consultation}"))


# ---------------------------------------------------------------- the front door


def test_messages_at_the_front_door(visit, world):
    check(visit(BETH, "/messages"))
    check(visit(BETH, f"/messages?consultation={world.consultation}"))


@pytest.mark.parametrize("who", [BETH, CAROL], ids=lambda who: who.role)
@pytest.mark.parametrize("path", ["board", "board?list=screening", "measures", "departures"])
def test_the_board_and_the_measures(path, who, visit, world):
    check(visit(who, f"/{path}"))


def test_a_strategy_discussion_and_what_follows(visit, service, world):
    with service.database.work() as session:
        child = session.get_one(ContactChild, UUID(world.taken_up))
        held_at = now() - 2 * HOUR
        row = held(session, child, at=now(), held_at=held_at)
        waiting = str(row.id)
    check(visit(BETH, f"/strategy?open={waiting}"))
    with service.database.work() as session:
        child = session.get_one(ContactChild, UUID(world.taken_up))
        close_discussion(session, row.id, outcome(child, held_at=held_at), by=BETH, at=now())
    for path in (f"strategy?open={waiting}", f"strategy?child={world.waiting}", "strategy"):
        check(visit(BETH, f"/{path}"))
    for path in ("after_decision", f"after_decision?child={world.taken_up}"):
        check(visit(BETH, f"/{path}"))


def test_the_levels_of_need_and_the_work_on_a_draft(visit, service):
    with service.database.work() as session:
        thea = a_policy_lead(session, "Thea Marlowe")
        vera = a_policy_lead(session, "Vera Lindholm")
        begins = (now() + timedelta(days=9)).date()
        draft = f"/levels?draft={an_edition_draft(session, by=thea, begins=begins, asked=True).id}"
    page = visit(thea, "/levels")
    unfold(page)
    check(page)
    for work in ("contacts", "edits", "differences"):
        check(visit(thea, f"{draft}&work={work}"))
    check(visit(vera, f"{draft}&work=publish"))
    page = visit(thea, draft)
    which = page.get_by_label("Which indicator?")
    which.fill("hungry")
    which.press("ArrowDown")
    which.press("Enter")
    page.get_by_label("Definition").fill("")
    page.get_by_label("Words", exact=True).focus()
    expect(page.get_by_text("This is needed.")).to_be_visible()
    check(page)
    page = visit(thea, f"{draft}&work=text")
    text = page.get_by_label("Text of the draft")
    text.fill("[[[")
    text.press("Control+Enter")
    expect(page.get_by_text("One fault")).to_be_visible()
    check(page)


def test_what_follows_a_decision_and_who_is_missing(visit, service, world):
    for path in ("promises", "handed_on", f"handed_on?child={world.handed_on}"):
        check(visit(BETH, f"/{path}"))
    facts = NoticeFacts(now() - 20 * HOUR, "Bus stop", "Her mother", looked_after="no")
    back = ReturnFacts(now() - 9 * HOUR, "by_police", "Asleep at a friend's")
    with service.database.work() as session:
        told = {"by": BETH, "at": now()}
        record_missing(session, UUID(world.waiting), facts, **told)
        episode = record_missing(
            session, UUID(world.taken_up), replace(facts, returned=back), **told
        )
        interview = f"missing?episode={episode.id}"
    for path in ("missing", interview, f"missing?child={world.taken_up}"):
        page = visit(BETH, f"/{path}")
        unfold(page)
        check(page)
    page = visit(BETH, f"/chronology?child={world.taken_up}")
    unfold(page)
    check(page)


def test_work_in_hand_teams_and_hours(visit, service, world):
    with service.database.work() as session:
        add_team(session, "Hill team", ["ZA1"], by=CAROL, at=now())
        today = london_day(now())
        record_absence(session, DAN.user_id, today, today, by=CAROL, at=now())
        words = {"done": "Seen.", "outstanding": "Ring the school.", "who_knows": "Police."}
        hand_over_to_day(session, UUID(world.taken_up), **words, by=BETH, at=now())
    page = visit(CAROL, "/in_hand")
    check(page)
    for part in ("Unallocated", "Handover"):
        page.set_viewport_size({"width": DESKTOP, "height": 900})
        page.locator(".st-key-in_hand_part").get_by_text(part, exact=True).click()
        check(settle(page))
    for path in ("teams", "hours"):
        page = visit(CAROL, f"/{path}")
        unfold(page)
        check(page)


def test_who_is_signed_in_lies_over_nothing(visit, world):
    """A manager has the most links; widths of common screens, and where the line changes place."""
    page = visit(CAROL, "/board")
    for width in (DESKTOP, 1600, 1680, 1759, 1760, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(AT_REST)
        assert (width, page.evaluate(COVERED)) == (width, [])
        if width in (1600, 1920):
            assert (width, violations(page)) == (width, [])


def test_the_children_on_one_contact(visit, world):
    page = visit(BETH, f"/together?child={world.taken_up}")
    expect(page.get_by_role("heading", name="Send to a manager")).to_be_visible()
    check(page)


def test_the_child_with_all_parts_open(visit, world):
    page = visit(BETH, f"/child?child={world.taken_up}")
    page.locator("label", has_text="Level 4, statutory").click()
    expect(page.get_by_role("radiogroup", name="Proposed route")).to_be_visible()
    unfold(page)
    check(page)


def test_the_child_with_something_new(visit, world):
    check(visit(BETH, f"/child?child={world.added_to}"))


def test_the_child_for_a_manager(visit, world):
    page = visit(CAROL, f"/child?child={world.waiting}")
    unfold(page)
    check(page)


def test_the_decision_with_its_choices_open(visit, world):
    check(visit(CAROL, "/decisions"))
    page = visit(CAROL, f"/decide?child={world.waiting}")
    page.locator("label", has_text="Level 4, statutory").click()
    page.locator("label", has_text="Section 17 assessment").first.click()
    expect(page.get_by_role("radiogroup", name="Outcome")).to_be_visible()
    unfold(page)
    check(page)


# ---------------------------------------------------------------- the administrator, and a no


def test_the_accounts_with_one_of_them_open(visit, world):
    page = visit(ADA, "/accounts")
    page.get_by_label("Open a person's account").click()
    page.get_by_role("option", name="Dev Raman").click()
    expect(page.get_by_role("button", name="Issue a one-time link")).to_be_visible()
    unfold(page)
    check(page)


def test_a_refusal_and_what_is_not_there(visit, world):
    check(visit(DEV, "/decisions"))
    check(visit(BETH, f"/child?child={uuid4()}"))
