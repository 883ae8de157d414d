"""How many clicks lie between a contact and a child who was seen? Everybody's way, counted.

The contact is there already, sent by form. From the board on, in a real browser: screened and rated
red, three agencies asked and heard, a strategy discussion held with its quorum, section 47 decided
by a manager, and the child seen. Signing in and opening the first page of each person's day are not
counted. A click is a press on a button, a link, an answer, a box, a line of a list or a
fold; going into a field to write is typing, and is counted apart.

    python -m benchmarks.full_walk ADDRESS [FOLDER]

ADDRESS is a running demonstration, which is written in; with FOLDER, a picture of each part is left
there. Prints a table of clicks by page, and the same as one line of JSON.
"""

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks import form_walk
from benchmarks.chromium import CHROMIUM, QUIET

TARGET = 40
CHILD = "Jay Millward"  # as the form walk writes
LONDON = ZoneInfo("Europe/London")
AGENCIES = (
    "Rivermead police district",
    "Rivermead health visiting",
    "Rivermead General Hospital: emergency department",
)
ANSWERING = ("Lesley Crewe", "Sian Maddox", "Maeve Tully")
WORDS = "Written by whoever walks this way to count the clicks."


@dataclass
class Count:
    """Clicks and typed fields by page."""

    clicks: Counter[str] = field(default_factory=Counter)
    typed: Counter[str] = field(default_factory=Counter)


@dataclass
class Walker:
    """One person at her window; `part` is the page that she works on."""

    page: Page
    count: Count
    pictures: Path | None
    part: str = ""
    within: str = "body"

    def go(self, part: str, path: str = "") -> None:
        """Begin another part; with `path`, at the page where her day begins."""
        self.part = part
        if path:
            self.page.goto(path)
            self.settle()

    def press(self, where: Locator) -> None:
        """One click."""
        where.click()
        self.count.clicks[self.part] += 1
        self.settle()

    def button(self, name: str | re.Pattern[str], nth: int = 0) -> None:
        """A button."""
        self.press(self.page.get_by_role("button", name=name, exact=True).nth(nth))

    def choose(self, question: str | re.Pattern[str], answer: str | re.Pattern[str]) -> None:
        """One of the answers to a question."""
        group = self.page.get_by_role("radiogroup", name=question)
        self.press(group.locator("label").filter(has_text=answer).first)

    def write(self, label: str | re.Pattern[str], words: str) -> None:
        """Write in a field."""
        box = self.page.locator(self.within).get_by_role("textbox", name=label).first
        box.fill(words)
        box.blur()
        self._typed()

    def day(self, label: str, day: datetime) -> None:
        """Type a day, part by part."""
        self.page.get_by_role("spinbutton", name=f"day, {label}").first.click()
        self.page.keyboard.type(f"{day:%d%m%Y}")
        self.page.keyboard.press("Tab")
        self._typed()

    def pick(self, label: str, *words: str) -> None:
        """Write in a list, and press each that is meant."""
        box = self.page.locator(self.within).get_by_role("combobox", name=label).first
        for each in words:
            box.click()
            box.fill(each)
            self.press(self.page.get_by_role("option").filter(has_text=each).first)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Tab")
        self._typed()

    def settle(self) -> None:
        """Wait until the page has answered."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_selector(form_walk.REST)

    def picture(self) -> None:
        """Leave a picture of this part, if asked."""
        if self.pictures:
            self.page.screenshot(path=self.pictures / f"{self.part}.png", full_page=True)

    def _typed(self) -> None:
        self.count.typed[self.part] += 1
        self.settle()


@dataclass
class Town:
    """The demonstration, and a window for each person."""

    browser: Browser
    address: str
    pictures: Path | None
    count: Count = field(default_factory=Count)
    windows: dict[str, Walker] = field(default_factory=dict)

    def of(self, name: str) -> Walker:
        """This person's window, signed in."""
        if name not in self.windows:
            page = self.browser.new_context(viewport={"width": 1280, "height": 960}).new_page()
            page.set_default_timeout(15_000)
            page.goto(f"{self.address}/signin")
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            page.get_by_role("button", name=name).first.click()
            self.windows[name] = Walker(page, self.count, self.pictures)
            self.windows[name].settle()
        return self.windows[name]


def contact(town: Town) -> datetime:
    """Not counted: a teacher sends the contact; gives when she has."""
    page = town.of("Amara Osei").page
    page.goto(f"{town.address}/submit_contact")
    page.get_by_role("button", name="Start a new contact").click()
    page.locator("h2.mash-step").wait_for()
    form_walk.walk(page, None)
    return datetime.now(UTC).astimezone(LONDON)


def screen(town: Town) -> str:
    """Beth takes the child up, says who it is, and rates; gives the child's id."""
    beth = town.of("Beth Hollis")
    beth.go("board", f"{town.address}/board")
    beth.press(beth.page.get_by_role("link", name=CHILD).last)  # came last, due last
    beth.page.wait_for_url("**/child?child=*")
    child = beth.page.url.partition("child=")[2]
    beth.go("child: screening")
    beth.button("Take up")
    beth.page.get_by_text("You have taken this child up.").wait_for()
    new = beth.page.get_by_role("button", name=re.compile("new child", re.IGNORECASE)).first
    beth.press(new)
    proposed = beth.page.get_by_role("button", name=re.compile("^Accept"))
    together = beth.page.get_by_role("button", name=re.compile("^Accept these"))
    while proposed.count():
        beth.press(together.first if together.count() else proposed.first)
    beth.page.get_by_placeholder("Type a word").press_sequentially("strangulation")
    beth._typed()
    beth.press(beth.page.locator("label", has_text="strangulation").first)
    beth.page.locator(".mash-tag-red").first.wait_for()  # a danger that is ticked rates red
    beth.write(re.compile("So what for this child"), WORDS)
    beth.choose(re.compile("was it considered?"), "Considered: no sign")
    beth.page.get_by_text("Answer saved.").wait_for()
    beth.choose("Level of need", re.compile("^Level 4"))
    beth.choose("Proposed route", re.compile("Section 47"))
    beth.button("Set level and route")
    beth.page.get_by_text("Level and route set.").wait_for()
    beth.picture()
    return child


def ask(town: Town) -> None:
    """Beth asks three agencies at once."""
    beth = town.of("Beth Hollis")
    beth.go("child: asking agencies")
    beth.within = ".st-key-ask_agencies"
    beth.pick("Which agencies?", *AGENCIES)
    for name in AGENCIES:
        begins = re.compile(f"^One more question to {name.partition(':')[0]}")
        beth.write(begins, "What is known of the home?")
    beth.write(re.compile("^What you ask for"), WORDS)
    # lawful basis, condition, gateway and confidentiality begin with the proposal for red
    beth.write(re.compile("^Why it is necessary"), WORDS)
    beth.picture()
    beth.button("Ask")
    beth.within = "body"
    beth.page.get_by_text("3 agencies were asked.").wait_for()


def reply(town: Town, name: str) -> None:
    """Somebody of an agency answers."""
    who = town.of(name)
    who.go("requests: answering", f"{town.address}/requests")
    if "open=" not in who.page.url:  # more than one waits for this agency
        waiting = who.page.locator("table").first.get_by_role("row").filter(has_text="RED")
        who.press(waiting.last.get_by_role("link"))  # asked last, due last
    who.page.get_by_role("button", name="Send the answer").wait_for()
    who.write("What is known for question 1", WORDS)
    who.picture()
    who.button("Send the answer")
    who.page.get_by_text("Your answer has reached").wait_for()


def discuss(town: Town, sent_at: datetime) -> None:
    """Beth convenes the strategy discussion, records who was there, and closes it."""
    beth = town.of("Beth Hollis")
    began = sent_at + timedelta(minutes=1)  # whole minutes are entered, none before receipt
    ended = today = began + timedelta(minutes=1)
    while datetime.now(UTC) < ended:
        beth.page.wait_for_timeout(1000)
    beth.page.reload()
    beth.settle()
    beth.go("child: to the discussion")
    beth.press(beth.page.get_by_role("link", name="Convene it").first)
    beth.page.get_by_role("button", name="Convene it").wait_for()
    beth.go("strategy: convening")
    beth.choose("How is it held?", "Meeting")
    beth.day("When: day", today)
    beth.write("When: time", f"{began:%H:%M}")
    beth.write(re.compile("^Who chairs it"), "Carol Nkemelu, team manager")
    for service in ("Children's social care", "Police", "Health"):  # their agencies stand there
        beth.write(f"{service}: name", f"Somebody of {service.lower()}")
        beth.write(f"{service}: post", "Lead")
    beth.picture()
    beth.button("Convene it")
    beth.page.get_by_role("button", name="Record who was there").wait_for()
    beth.go("strategy: who was there")
    beth.day("Began: day", began)
    beth.write("Began: time", f"{began:%H:%M}")
    beth.write("Ended: time", f"{ended:%H:%M}")
    beth.button("All attended")
    shared = beth.page.get_by_role("textbox", name=re.compile("^What .* shared$"))
    shared.nth(2).wait_for()
    for box in shared.all():
        box.fill(WORDS)
        box.blur()
        beth._typed()
    beth.picture()
    beth.button("Record who was there")
    beth.page.get_by_role("button", name="Close the discussion").wait_for()
    beth.go("strategy: outcome")
    beth.write(re.compile("^Analysis"), WORDS)
    beth.choose(re.compile("do section 47 enquiries start"), "Yes")
    beth.choose(re.compile("on which limb"), re.compile("."))
    beth.write(re.compile(": reason$"), WORDS)
    beth.choose("Who makes the enquiries?", re.compile("."))
    beth.choose("Child protection medical?", re.compile("."))
    beth.write(re.compile("^Medical"), WORDS)
    beth.write(re.compile("^Who sees the child"), "Beth Hollis, social worker")
    beth.day("To be seen on", today)
    beth.choose("To be seen alone?", "Yes")
    beth.choose("What are the parents told?", re.compile("."))
    beth.write(re.compile("^When, by whom|^Why not, and until"), WORDS)
    beth.write(re.compile("^Other children at home"), WORDS)
    beth.write("Task 1: what is done", "Visit the child")
    beth.write("Task 1: who does it", "Beth Hollis")
    beth.day("Task 1: by", today)
    beth.picture()
    beth.button("Close the discussion")
    beth.page.get_by_text("The strategy discussion is closed.").wait_for()


def send(town: Town) -> None:
    """Beth is back at the child, and sends."""
    beth = town.of("Beth Hollis")
    beth.go("child: sending to a manager")
    beth.page.wait_for_url("**/child?child=*")
    beth.settle()
    beth.button("Send to a manager")
    beth.page.get_by_text("is sent to a manager.").wait_for()


def decide(town: Town, child: str) -> None:
    """Carol decides for section 47."""
    carol = town.of("Carol Nkemelu")
    carol.go("decisions", f"{town.address}/decisions")
    carol.press(carol.page.locator(f'a[href*="{child}"]').first)
    carol.page.get_by_role("button", name="Record decision").wait_for()
    carol.go("decide")
    carol.choose("Level of need", re.compile("^Level 4"))
    carol.choose("Route", re.compile("Section 47"))
    carol.choose("Outcome", re.compile("."))
    carol.write("Reasons for your decision", WORDS)
    told = carol.page.get_by_role("heading", name="What the referrer is told")
    told.wait_for()
    carol.press(carol.page.locator("[data-testid=stCheckbox] label").first)
    carol.picture()
    rule = carol.page.get_by_role("combobox", name=re.compile("Which rule explains it"))
    if rule.count():
        carol.press(rule)
        carol.press(carol.page.get_by_role("option").first)
    carol.button("Record decision")
    carol.page.get_by_text("Decision recorded for").wait_for()


def seen(town: Town, child: str) -> None:
    """Beth records the visit at which the child was seen."""
    beth = town.of("Beth Hollis")
    visited = datetime.now(UTC).astimezone(LONDON)
    beth.go("after the decision", f"{town.address}/after_decision")
    beth.press(beth.page.locator(f'a[href*="{child}"]').first)
    beth.page.wait_for_url("**/after_decision?child=*")
    beth.settle()
    beth.day("Visit: day", visited)
    beth.write("Visit: time", f"{visited:%H:%M}")
    beth.write("Social worker who visited", "Beth Hollis")
    beth.write("Where", "At home")
    beth.choose("Was the child seen?", "Yes")
    beth.choose("Seen alone?", "Yes")
    beth.write("Who was spoken to?", "The child")
    beth.write("How was the child's voice heard?", WORDS)
    beth.picture()
    beth.button("Record the visit")
    beth.page.get_by_text("The visit is recorded.").wait_for()


def walk(town: Town) -> None:
    """The whole way."""
    sent_at = contact(town)
    child = screen(town)
    ask(town)
    for name in ANSWERING:
        reply(town, name)
    discuss(town, sent_at)
    send(town)
    decide(town, child)
    seen(town, child)


def report(count: Count) -> None:
    """The table, and the same as JSON."""
    for part in count.clicks | count.typed:
        sys.stdout.write(f"{part:32} {count.clicks[part]:4} clicks {count.typed[part]:4} typed\n")
    clicks, typed = count.clicks.total(), count.typed.total()
    sys.stdout.write(f"{'in all':32} {clicks:4} clicks {typed:4} typed; target {TARGET} clicks\n")
    each = {"clicks": dict(count.clicks), "typed": dict(count.typed)}
    sys.stdout.write(json.dumps({"in_all": clicks, "target": TARGET, **each}) + "\n")


def main() -> None:
    """Walk, and print."""
    pictures = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        town = Town(browser, sys.argv[1], pictures)
        try:
            walk(town)
        finally:
            report(town.count)
            browser.close()


if __name__ == "__main__":
    main()
