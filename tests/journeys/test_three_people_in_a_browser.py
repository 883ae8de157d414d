"""A contact's whole way as three people walk it in real Chromium: sent, screened, decided, seen.

Amara teaches, Beth screens, Carol decides. Nothing is touched but labels, headings and buttons.
"""

import csv
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from mash_triage.access.actions import issue_link
from mash_triage.access.actor import Actor
from mash_triage.audit.trail import verify
from mash_triage.clocks.now import now
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.reference import tidy_reference
from mash_triage.decisions.models import Referral
from mash_triage.matching.actions import import_register
from mash_triage.people.register_file import COLUMNS
from tests.cast import ADA, AMARA, BETH, CAROL, MONDAY_NINE, email_of
from tests.running import chromium, running, settle, window_of

pytestmark = pytest.mark.xdist_group("three people")

PASSWORD = "lantern-otter-quarry-seven"
WORRY = (
    "Nyla took bread from another child's bag on Monday & Tuesday. She said <there is nothing> "
    "in the cupboard until her mother is paid, and she *fell asleep* after lunch."
)
VOICE = "Nyla said: my tummy hurts when it is quiet."
REASONS = "Hungry for weeks while a baby is expected; the mother asks for help. Early help fits."
NYLA = {
    "child_id": "C-77", "given_names": "Nyla", "family_name": "Thornbury", "dob": "2017-03-09",
    "dob_quality": "exact", "sex": "F", "address_line": "12 Mill Lane", "postcode": "ZA1 4QT",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_the_register(database, tmp_path):
    """Nyla is known to the authority; nobody else is."""
    file = tmp_path / "register.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS)
        rows.writeheader()
        rows.writerow(NYLA)
    with database.work() as session:
        import_register(session, file, by=Actor.job("people import"), at=MONDAY_NINE)


@pytest.fixture
def service(database, tmp_path):
    with running(database, tmp_path, from_nothing=True) as service:
        yield service


def test_a_teacher_sends_a_worker_screens_a_manager_decides_and_the_teacher_reads(
    service, database
):
    with chromium() as browser:
        amara = window_of(browser, service).new_page()
        sets_her_password_by_a_link(amara, service)
        reference = sends_a_contact_about_two_children(amara)

        beth = settle(opened(window_of(browser, service, BETH).new_page(), service, "/board"))
        screens_the_girl(beth)

        carol = settle(opened(window_of(browser, service, CAROL).new_page(), service, "/decisions"))
        decides_for_the_girl(carol)

        sees_the_outcome(amara, reference)
    what_is_stored(database, reference)


# ---------------------------------------------------------------- Amara


def sets_her_password_by_a_link(page: Page, service) -> None:
    with service.database.work() as session:
        link = issue_link(session, AMARA.user_id, by=ADA, at=now())
    opened(page, service, f"/set-password/{link}")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    press(page, "Set password")
    expect(page.get_by_text("Your password is set.")).to_be_visible()
    page.get_by_label("E-mail address").fill(email_of(AMARA))
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    page.wait_for_url("**/my_contacts")
    expect(page.get_by_text("You have not sent a contact yet.")).to_be_visible()


def sends_a_contact_about_two_children(page: Page) -> str:
    press(page, "Start a new contact")
    expect(page.get_by_role("heading", name="Danger now", exact=True)).to_be_visible()
    choose(page, "in danger now?", "Yes")
    expect(page.get_by_text("Call 999 now.")).to_be_visible()
    choose(page, "in danger now?", "No")
    expect(page.get_by_text("Call 999 now.")).to_have_count(0)
    choose(page, "keep the child safe today and tonight?", "Yes")
    page.get_by_label("Who?").fill("Her aunt, Rosa's sister")
    choose(page, "police protection or an emergency order?", "No")
    press(page, "Save and continue")

    at_step(page, "About you")
    expect(page.get_by_label("Your name")).to_have_value(AMARA.name)
    press(page, "Save and continue")

    at_step(page, "The children")
    press(page, "Save and continue")
    expect(page.get_by_role("alert").get_by_text("There is a problem")).to_be_visible()
    page.get_by_label("Given names").fill("Nyla")
    page.get_by_label("Family name").fill("Thornbury")
    page.get_by_label("Day").fill("9")
    page.get_by_label("Month").fill("3")
    page.get_by_label("Year", exact=True).fill("2017")
    choose(page, "Sex", "Female")
    page.get_by_label("Where is the child now").fill("At school until 15:15")
    page.get_by_label("Home address").fill("12 Mill Lane")
    page.get_by_label("Postcode").fill("za1 4qt")
    press(page, "Add another child")
    expect(page.get_by_role("heading", name="Child 2 of 2")).to_be_visible()
    choose(page, "Birth date", "Not born yet")
    press(page, "Same family name as child 1")
    reads(page, "Family name", "Thornbury")
    page.get_by_label("Where is the mother now").fill("At home")
    press(page, "Same address as child 1")
    reads(page, "Postcode", re.compile("ZA1 4QT", re.IGNORECASE))
    press(page, "Save and continue")

    at_step(page, "Household")
    page.get_by_label("Name", exact=True).fill("Rosa Thornbury")
    page.get_by_label("Relationship to the children").fill("mother")
    choose(page, "Lives with the children?", "Yes")
    choose(page, "Has parental responsibility?", "Yes")
    press(page, "Save and continue")

    at_step(page, "Who was told and agreed")
    press(page, "Use the adults you have named")
    reads(page, "Who?", "Rosa Thornbury")
    choose(page, "Do they know about this contact?", "Yes")
    choose(page, "Did they agree?", "Agreed")
    press(page, "Save and continue")

    at_step(page, "The worry")
    choose(page, "What worries you most?", re.compile("^Neglect"))
    page.get_by_label("What has happened, and what worries you?").fill(WORRY)
    press(page, "Save and continue")

    at_step(page, "What works well")
    page.get_by_label("What works well?").fill("Her mother comes to every meeting.")
    press(page, "Save and continue")

    at_step(page, "The child's voice")
    choose(page, "Can you say it in the child's own words", "Yes")
    page.get_by_role("textbox", name="The child's own words").fill(VOICE)
    press(page, "Save and continue")

    at_step(page, "Before anybody visits")
    press(page, "Save and continue")

    at_step(page, "Check your answers")
    expect(page.get_by_text(WORRY, exact=True)).to_be_visible()
    page.get_by_role("button", name="Send", exact=True).click(click_count=3)
    page.wait_for_url("**/receipt?contact=*")
    expect(page.get_by_text("Contact received")).to_be_visible()
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()
    expect(page.get_by_text(WORRY, exact=True)).to_be_visible()
    reference = page.url.partition("contact=")[2]
    assert tidy_reference(reference) == reference
    return reference


def sees_the_outcome(page: Page, reference: str) -> None:
    page.get_by_role("link", name="My contacts").click()
    page.wait_for_url("**/my_contacts")
    mine = page.get_by_role("article")
    expect(mine).to_have_count(1)
    expect(mine.get_by_text("Early help is offered to the family.")).to_be_visible()
    expect(mine.get_by_text("Received. A social worker will read it next.")).to_be_visible()
    expect(mine.get_by_role("link")).to_have_attribute("href", re.compile(reference))


# ---------------------------------------------------------------- Beth


def screens_the_girl(page: Page) -> None:
    expect(page.get_by_role("link", name=re.compile("Thornbury"))).to_have_count(2)
    page.get_by_role("link", name="Nyla Thornbury").click()
    expect(page.get_by_role("heading", name="Child on a contact")).to_be_visible()
    expect(page.get_by_text(WORRY, exact=True)).to_be_visible()
    press(page, "Take up")
    expect(page.get_by_text("You have taken this child up.")).to_be_visible()

    likely = re.compile("Likely the same child: Nyla Thornbury")
    expect(page.get_by_role("heading", name=likely)).to_be_visible()
    press(page, "This child: Nyla Thornbury")
    expect(page.get_by_text("Recorded: this child.")).to_be_visible()
    settle(page)

    page.get_by_placeholder("Type a word").press_sequentially("hungry")
    page.locator("label", has_text="Regularly hungry").click()
    expect(page.get_by_role("heading", name="Ticked for this child (1)")).to_be_visible()
    settle(page)

    choose(page, "How soon must this child be dealt with?", re.compile("^Green"))
    press(page, "Set rating")
    expect(page.get_by_text(re.compile("Rating set: Green"))).to_be_visible()

    page.get_by_label("So what for this child").fill("Nyla needs to eat every day.")
    page.get_by_label("So what for this child").blur()
    choose(page, "was it considered?", "Considered: no sign")
    expect(page.get_by_text("Answer saved.")).to_be_visible()

    choose(page, "Level of need", re.compile("^Level 3"))
    choose(page, "Proposed route", "Early help")
    press(page, "Set level and route")
    expect(page.get_by_text("Level and route set.")).to_be_visible()
    expect(page.get_by_text("Nothing is missing.")).to_be_visible()

    press(page, "Send to a manager")
    page.wait_for_url("**/board")
    done = page.get_by_text("Nyla Thornbury is sent to a manager.")
    expect(done).to_be_visible()
    page.locator(".st-key-foot").scroll_into_view_if_needed()
    expect(done).to_be_in_viewport()  # what was done stays in sight wherever one reads on


# ---------------------------------------------------------------- Carol


def decides_for_the_girl(page: Page) -> None:
    page.get_by_role("link", name="Nyla Thornbury").first.click()
    expect(page.get_by_role("heading", name="Record your decision")).to_be_visible()
    expect(page.get_by_text(VOICE, exact=True)).to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)

    choose(page, "Level of need", re.compile("^Level 3"))
    choose(page, "Route", "Early help")
    choose(page, "Outcome", "Early help")
    page.locator("label", has_text="Help that the family agrees to").click()
    page.get_by_label("Reasons for your decision").fill(REASONS)
    page.get_by_label("Who asks the family for their agreement?").fill("Early help co-ordinator")
    in_five_days = now() + timedelta(days=5)
    page.get_by_role("spinbutton", name="day, By when?").click()
    page.keyboard.type(f"{in_five_days:%d%m%Y}")
    page.get_by_role("textbox", name="What happens if it does not work?").fill(
        "The school rings us."
    )
    press(page, "Record decision")
    page.wait_for_url("**/decisions")
    expect(page.get_by_text("Decision recorded for Nyla Thornbury.")).to_be_visible()
    expect(page.get_by_role("link", name="Nyla Thornbury")).to_have_count(0)


# ---------------------------------------------------------------- what is stored


def what_is_stored(database, reference: str) -> None:
    with database.look() as session:
        contact = session.scalars(select(Contact)).one()  # three clicks on Send, one contact
        assert contact.reference == reference
        in_order = select(ContactChild.status).order_by(ContactChild.position)
        assert session.scalars(in_order).all() == ["decided", "acknowledged"]
        assert session.scalar(select(func.count()).select_from(Referral)) == 0
        assert verify(session).first_bad is None


# ---------------------------------------------------------------- small parts


def opened(page: Page, service, path: str) -> Page:
    page.goto(service.address + path)
    return page


def at_step(page: Page, title: str) -> None:
    """The step is open at its top, where reading begins."""
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_focused()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def reads(page: Page, label: str, value: str | re.Pattern[str]) -> None:
    """The one field with this label holds this; a page being redrawn has the old one below."""
    field = page.get_by_label(label)
    expect(field.first).to_have_value(value)
    expect(field).to_have_count(1)


def choose(page: Page, question: str, answer: str | re.Pattern[str]) -> None:
    group: Locator = page.get_by_role("radiogroup", name=re.compile(re.escape(question)))
    expect(group).to_have_count(1)  # a page being redrawn has the old one below
    group.locator("label").filter(
        has=page.get_by_text(answer, exact=isinstance(answer, str))
    ).click()
