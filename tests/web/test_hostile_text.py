"""Whatever people type is shown as they typed it: nothing in it takes effect, nothing is fetched.

One contact about five children holds every hostile text in every field that takes words; a worker
and a manager add their own. Then every page that shows any of it is opened in real Chromium.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from mash_triage.access.actions import add_agency, add_user
from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.clocks.now import now
from mash_triage.contacts.actions import send_draft
from mash_triage.contacts.drafts import save_draft, start_draft
from mash_triage.contacts.models import ContactChild
from mash_triage.decisions.actions import record_decision, return_to_worker
from mash_triage.matching.actions import record_new_person
from mash_triage.screening.actions import (
    record_analysis,
    record_indicators,
    send_for_decision,
    set_level,
    set_rag,
    take_up,
)
from mash_triage.thresholds.routes import DepartureReason, Rag, Route
from tests.cast import ADA, BETH, CAROL
from tests.running import chromium, running, settle, window_of
from tests.servers import KINDS
from tests.stories import a_decision

pytestmark = pytest.mark.xdist_group("hostile text")

HOSTILE = (
    "<script>window.pwned=1;alert(1)</script>",
    '<img src="https://evil.example/a.png" onerror="window.pwned=2">',
    '"><svg onload="window.pwned=3">',
    "'; DROP TABLE contact; --",
    "<b>bold</b> <a href='javascript:window.pwned=4'>press</a>",
    "![picture](https://evil.example/b.png)",
    "[link](https://evil.example/c) <https://evil.example/d>",
    "https://evil.example/e www.evil.example",
    "[press](javascript:window.pwned=5)",
    "**bold** _under_ ~~gone~~ `code` # head",
    ":red[red] :material/delete: :smile: :blue-badge[b]",
    "$x^2$ and $$\\frac{1}{2}$$ \\(y\\)",
    "{{ 7*7 }} ${7*7} #{7*7} {name} %s %(name)s",
    "<style>body{display:none}</style><!-- no -->",
    "<iframe src='https://evil.example/f'></iframe>",
    "&lt;i&gt; &amp; &#60;script&#62; &nbsp;",
    '=HYPERLINK("https://evil.example/g","x")',
    "abc\u202edesrever\u202c def",
    "zero\u200bwidth\u200djoin\ufeffed",
    "Zoë O'Brien-Ńjá 李小龍 محمد 👩‍👧‍👦🏳️‍🌈",
)
ALL = "\n".join(HOSTILE)
BY_HAND = "Robin <b>*Wilde*</b> :red[x] $y$"
CHILDREN = 5

DANGEROUS = """() => {
  const wrong = []
  const look = root => root.querySelectorAll("*").forEach(each => {
    for (const { name, value } of each.attributes) {
      const fetches = ["href", "src", "srcset", "action", "style", "data"].includes(name)
      if (fetches && /evil\\.example|javascript:|pwned/i.test(value)) wrong.push(each.outerHTML)
      if (name.startsWith("on")) wrong.push(each.outerHTML)
    }
    if (each.matches(".katex, iframe, marquee, blink, [data-testid=stMarkdownBadge]"))
      wrong.push(each.outerHTML)
    if (each.shadowRoot) look(each.shadowRoot)
  })
  look(document)
  if (window.pwned) wrong.push(`it ran: ${window.pwned}`)
  return wrong.map(each => each.slice(0, 300))
}"""

FOLDED = "[data-testid=stExpander] details"
UNFOLD = f"""() => document.querySelectorAll("{FOLDED}:not([open]) > summary").forEach(
  each => each.click()
)"""
"""All folded parts at once: one after another, each would wait until the one before has come up."""

READ = """() => {
  const seen = []
  const look = root => {
    root.querySelectorAll("input, textarea").forEach(each => seen.push(each.value))
    root.querySelectorAll("*").forEach(each => each.shadowRoot && look(each.shadowRoot))
  }
  look(document)
  return document.querySelector("[data-testid=stMain]").textContent + "\\n" + seen.join("\\n")
}"""


# ---------------------------------------------------------------- a contact full of it


def text(number: int) -> str:
    return HOSTILE[number % len(HOSTILE)]


def a_hostile_child(n: int) -> dict:
    """A child whose every field of words is hostile; together their names hold all the texts."""
    return {
        "given_names": two(4 * n),
        "family_name": two(4 * n + 2),
        "aliases": [{"given_names": two(4 * n + 4), "family_name": two(4 * n + 6)}],
        "age": {"kind": "age", "age_years": n},
        "sex": "U",
        "nhs_number": text(4 * n),
        "upn": text(4 * n + 1),
        "school": two(4 * n + 8),
        "language": two(4 * n + 10),
        "home": {"address_line": two(4 * n + 12), "postcode": text(4 * n + 2)},
        "where_now": two(4 * n + 14),
    }


def two(number: int) -> str:
    return f"{text(number)} {text(number + 1)}"


def name(n: int) -> str:
    """The whole name of the child at this place."""
    return f"{two(4 * n)} {two(4 * n + 2)}"


ANSWERS = {
    "danger": {
        "in_danger_now": "yes",
        "what_is_happening": ALL,
        "steps_taken": ALL,
        "safe_adult_named": "yes",
        "safe_adult": text(4),
    },
    "referrer": {
        "name": text(0),
        "job_title": text(1),
        "telephone": text(5),
        "email": text(6),
        "relationship_to_child": text(11),
    },
    "children": [a_hostile_child(n) for n in range(CHILDREN)],
    "household": [{"name": each, "relationship": each} for each in HOSTILE],
    "told_and_agreed": [
        {"person": each, "told": "no", "agreement": "not_asked", "in_their_words": each}
        for each in HOSTILE
    ],
    "concern": {"main": "neglect", "worry": ALL, "working_well": ALL, "child_voice": ALL},
}


@dataclass
class World:
    """Who sent it, and what it is found by."""

    robin: Actor
    reference: str = ""
    children: list[str] = field(default_factory=list)
    draft: str = ""


def furnish(session) -> World:
    """The contact sent, one child screened, one returned, one decided; and the same as a draft."""
    at = now() - timedelta(hours=2)
    agency = add_agency(session, BY_HAND, kind="school", source_code="2A", by=ADA, at=at)
    user = add_user(
        session, "robin@rivermead.example", BY_HAND, role=Role.REFERRER, agency_id=agency.id,
        job_title=text(1), by=ADA, at=at,
    )  # fmt: skip
    robin = Actor(BY_HAND, user.id, Role.REFERRER, agency.id)
    world = World(robin, draft=str(a_draft(session, by=robin, at=at)))
    receipt = send_draft(session, a_draft(session, by=robin, at=at), by=robin, at=at)
    in_order = select(ContactChild.id).where(ContactChild.contact_id == receipt.contact_id)
    children = session.scalars(in_order.order_by(ContactChild.position)).all()
    for child in children[:3]:
        screened(session, child, at)
    send_for_decision(session, children[1], by=BETH, at=at)
    send_for_decision(session, children[2], by=BETH, at=at)
    decision = a_decision(
        rationale=ALL, owner=text(10), agreement_due_on=(at + timedelta(days=9)).date(),
        departure=DepartureReason.PROFESSIONAL_JUDGEMENT, departure_words=ALL, repeat_comment=ALL,
    )  # fmt: skip
    record_decision(session, children[2], decision, by=CAROL, at=at)
    return World(robin, receipt.reference, [str(each) for each in children], world.draft)


def a_draft(session, *, by: Actor, at):
    draft = start_draft(session, by=by, at=at)
    session.flush()
    save_draft(session, draft.id, ANSWERS, by=by, at=at)
    return draft.id


def screened(session, child, at) -> None:
    """All that a worker writes about a child, hostile too."""
    take_up(session, child, by=BETH, at=at)
    record_new_person(session, child, by=BETH, at=at)
    record_indicators(session, child, ["persistent_hunger"], by=BETH, at=at)
    set_rag(session, child, Rag.RED, ALL, by=BETH, at=at)
    heads = dict.fromkeys(("so_what", "harm_so_far", "danger_ahead", "works_well"), ALL)
    record_analysis(
        session, child, heads, hidden_harms="asked_possible", hidden_harms_words=ALL,
        by=BETH, at=at,
    )  # fmt: skip
    set_level(
        session, child, 3, Route.EARLY_HELP, departure=DepartureReason.PROFESSIONAL_JUDGEMENT,
        departure_words=ALL, by=BETH, at=at,
    )  # fmt: skip


# ---------------------------------------------------------------- one service, one browser


@pytest.fixture(scope="module", params=KINDS)
def database_kind(request):
    """Which database, for all pages one after another."""
    return request.param


@pytest.fixture(scope="module")
def service(database_kind, test_run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    database = test_run.new(database_kind, folder)
    with running(database, folder) as service:
        yield service
    test_run.remove(database)


@pytest.fixture(scope="module")
def world(service) -> World:
    with service.database.work() as session:
        return furnish(session)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def shows(service, browser):
    """Open an address as somebody: these words stand there as typed, and nothing took effect."""
    pages = {}

    def opened(actor: Actor, path: str, *wanted: str) -> None:
        if actor not in pages:
            page = window_of(browser, service, actor).new_page()
            pages[actor] = page, watched(page, service.port)
        page, wrong = pages[actor]
        page.goto(service.address + path)
        settle(page)
        page.evaluate(UNFOLD)
        expect(settle(page).locator(f"{FOLDED}:not([open])")).to_have_count(0)
        assert not_there(page, wanted) == []
        assert page.evaluate(DANGEROUS) + wrong == []

    return opened


def not_there(page: Page, wanted: tuple[str, ...]) -> list[str]:
    """Those of the texts that are not on the page exactly as typed, once it has been drawn."""
    for _ in range(100):
        words = page.evaluate(READ)
        absent = [each for each in wanted if each not in words]
        if not absent:
            break
        page.wait_for_timeout(100)
    return absent


def watched(page: Page, port: int) -> list[str]:
    """Collects what must not happen: a dialog, a foreign request, a breach of the policy."""
    wrong: list[str] = []

    def dialog(each) -> None:
        wrong.append(f"dialog: {each.message}")
        each.dismiss()

    def request(each) -> None:
        address = urlsplit(each.url)
        if address.scheme not in ("data", "blob") and address.netloc != f"localhost:{port}":
            wrong.append(f"request: {each.url}")

    def console(each) -> None:
        if "Content Security Policy" in each.text:
            wrong.append(f"policy: {each.text}")

    page.on("dialog", dialog)
    page.on("request", request)
    page.on("console", console)
    return wrong


# ---------------------------------------------------------------- the pages


def test_the_receipt(world, shows):
    shows(world.robin, f"/receipt?contact={world.reference}", *HOSTILE, ALL, BY_HAND)


def test_her_contacts_and_drafts(world, shows):
    shows(world.robin, "/my_contacts", *map(name, range(CHILDREN)))


@pytest.mark.parametrize(
    ("step", "wanted"),
    {
        "danger": (ALL, text(4)),
        "referrer": (text(0), text(1), text(5), text(6), text(11)),
        "children": (two(0), two(2), two(4), two(6), two(8), two(10), two(12), two(14)),
        "household": HOSTILE,
        "told": HOSTILE,
        "concern": (ALL,),
        "strengths": (ALL,),
        "voice": (ALL,),
        "check": (*HOSTILE, ALL),
    }.items(),
)
def test_a_step_of_the_form(step, wanted, world, shows):
    shows(world.robin, f"/submit_contact?draft={world.draft}&step={step}", *wanted)


def test_the_board(world, shows):
    shows(BETH, "/board?list=screening", *map(name, range(3, CHILDREN)), BY_HAND)


@pytest.mark.parametrize("n", range(CHILDREN))
def test_a_childs_page(n, world, shows):
    shows(BETH, f"/child?child={world.children[n]}", name(n), ALL, *HOSTILE)


def test_the_decision(world, shows):
    for n in (1, 2):
        shows(CAROL, f"/decide?child={world.children[n]}", name(n), ALL, *HOSTILE)


def test_the_queue(world, shows):
    shows(CAROL, "/decisions", name(1))


def test_what_a_manager_still_wants(world, shows, service):
    with service.database.work() as session:
        return_to_worker(session, UUID(world.children[1]), ALL, by=CAROL, at=now())
    shows(BETH, f"/child?child={world.children[1]}", ALL)


def test_the_measures_and_the_accounts(world, shows):
    shows(BETH, "/measures")
    shows(ADA, "/accounts")
