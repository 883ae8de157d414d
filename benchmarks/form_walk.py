"""How much work is one contact about one child? A practised user's way through the form, counted.

A real browser fills in each step as somebody would who knows the form. Counted are screens, clicks
and characters; the time is worked out by the keystroke-level model (Card, Moran and Newell 1980:
0.28 s a key for an average typist of 40 words a minute, 0.2 s a press of the button, 1.1 s to
point, 0.4 s to move the hand, 1.35 s to think before each answer). The machine's own time is apart.

    python -m benchmarks.form_walk ADDRESS [FOLDER]

ADDRESS is a running demonstration; with FOLDER, a picture of each step is left there.
"""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from benchmarks.chromium import CHROMIUM, QUIET

KEY, PRESS, POINT, HAND, THINK = 0.28, 0.2, 1.1, 0.4, 1.35  # seconds
TARGET = 240.0
REST = "[data-testid=stApp][data-test-script-state=notRunning]"
WORRY = (
    "Jay came in hungry again today, the fourth time in three weeks. He had on the same shirt as "
    "on Monday and fell asleep at 10. He has lost weight since half term."
)


@dataclass
class Count:
    """What one contact took so far."""

    screens: int = 0
    clicks: int = 0
    keys: int = 0
    answers: int = 0
    machine: float = 0.0
    lines: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """By the model: pointing and pressing, typing, moving the hand, and thinking."""
        hands = 2 * HAND * self.answers
        pointing = self.clicks * (POINT + PRESS)
        return pointing + self.keys * KEY + hands + THINK * self.answers


@dataclass
class Walker:
    """A practised user at the page of the form."""

    page: Page
    pictures: Path | None
    count: Count = field(default_factory=Count)

    def type(self, label: str, words: str) -> None:
        """Click into a field and write."""
        box = self.page.get_by_role("textbox", name=label)
        self._do(box.first, lambda each: each.fill(words))
        self.page.keyboard.press("Tab")
        self.count.keys += len(words) + 1
        self.settle()

    def choose(self, question: str, answer: str) -> None:
        """Press one of the answers to a question."""
        group = self.page.get_by_role("radiogroup", name=question)
        self._do(group.get_by_text(answer, exact=True).first, lambda each: each.click())
        self.settle()

    def go_on(self, button: str = "Save and continue") -> None:
        """Leave the step."""
        before = self.count.clicks
        heading = self.page.locator("h2").first.inner_text()
        if self.pictures:
            self.page.screenshot(path=self.pictures / f"{self.count.screens}.png", full_page=True)
        started = time.monotonic()
        self.page.get_by_role("button", name=button, exact=True).click()
        self.count.clicks += 1
        self.count.screens += 1
        self.settle()
        self.count.machine += time.monotonic() - started
        taken = f"{self.count.seconds:6.1f} s"
        self.count.lines.append(f"{heading[:36]:36} {before + 1:4} {self.count.keys:6} {taken}")

    def settle(self) -> None:
        """Wait until the page has answered."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_selector(REST)

    def _do(self, where: Locator, deed) -> None:  # type: ignore[no-untyped-def]
        deed(where)
        self.count.clicks += 1
        self.count.answers += 1


def walk(page: Page, pictures: Path | None) -> Count:
    """One child, known to the school; told the mother; worried about neglect."""
    she = Walker(page, pictures)
    she.choose("Is a child, or anybody else", "No")
    she.choose("Is there an adult who will keep", "Yes")
    she.type("Who?", "Mum")
    she.go_on()
    she.go_on()
    she.type("Given names", "Jay")
    she.type("Family name", "Millward")
    she.type("Day", "4")
    she.type("Month", "5")
    she.type("Year", "2017")
    she.choose("Sex", "Male")
    she.type("Where is the child now?", "At school until 15:15")
    she.type("Home address", "3 Quay Street")
    she.type("Postcode", "ZA1 2AB")
    she.choose("Is the child disabled?", "No")
    she.go_on()
    she.type("Name", "Dana Millward")
    she.type("Relationship to the children", "Mother")
    she.choose("Lives with the children?", "Yes")
    she.choose("Has parental responsibility?", "Yes")
    she.go_on()
    she.type("Who?", "Mother")
    she.choose("Do they know about this contact?", "Yes")
    she.choose("Did they agree?", "Agreed")
    she.go_on()
    she.choose("What worries you most?", "Neglect: food, clothes, home, health or supervision")
    she.type("What has happened, and what worries you?", WORRY)
    she.choose("How do you know?", "I saw or heard it")
    she.go_on()
    she.type("What works well?", "He comes every day. Gran helps.")
    she.choose("Which level of need do you think this is?", "I am not sure")
    she.go_on()
    she.choose("Can you say it in the child's own words", "Yes")
    she.type("The child's own words, or what", "There's no tea at ours.")
    she.go_on()
    she.go_on()
    she.go_on("Send")
    return she.count


def main() -> None:
    """Walk, and print the table."""
    address = sys.argv[1]
    pictures = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_context(viewport={"width": 1280, "height": 960}).new_page()
        page.goto(f"{address}/signin")
        page.get_by_role("button", name="Amara Osei").first.click()
        page.goto(f"{address}/submit_contact")
        page.get_by_role("button", name="Start a new contact").click()
        page.locator("h2.mash-step").wait_for()
        count = walk(page, pictures)
        browser.close()
    print(f"{'step':36} clicks   keys   time so far", *count.lines, sep="\n")
    print(
        f"{count.screens} screens, {count.clicks} clicks, {count.keys} keys: {count.seconds:.0f} s "
        f"of {TARGET:.0f}; {count.machine:.1f} s waiting for pages"
    )


if __name__ == "__main__":
    main()
