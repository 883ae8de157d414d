"""Every page for every role, at desktop and phone width, to docs/pictures/ROLE-PAGE-WIDTH.png.

It works on a copy of the demonstration database. The three pictures of the README, `README-...`,
are taken at twice the points for sharp screens, and kept small; git keeps no others. They are left
as they are where the machine has no letters as wide as Arial's, with which the pages are drawn.
"""

import shutil
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.browserless import served  # noqa: E402
from benchmarks.chromium import CHROMIUM, QUIET  # noqa: E402
from mash_triage.db.engine import open_database  # noqa: E402
from mash_triage.demo.run import prepare  # noqa: E402
from mash_triage.settings import DEFAULT_DATABASE  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
PORT = 8597
ADDRESS = f"http://localhost:{PORT}"
WIDTHS = {"desktop": (1280, 960), "phone": (390, 844)}
SMALL_YEAR = 0.06

WALKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "referrer": ("Amara Osei", ("my_contacts", "submit_contact", "receipt")),
    "agency-lead": ("Helen Quill", ("agency", "my_contacts", "receipt", "disagreements")),
    "social-worker": (
        "Beth Hollis",
        (
            "board",
            "in_hand",
            "child",
            "strategy",
            "sharing",
            "chronology",
            "requests",
            "promises",
            "after_decision",
            "handed_on",
            "missing",
            "submit_contact",
            "measures",
        ),
    ),
    "manager": (
        "Carol Nkemelu",
        (
            "board",
            "decisions",
            "decide",
            "child",
            "promises",
            "after_decision",
            "handed_on",
            "missing",
            "messages",
            "disagreements",
            "teams",
            "hours",
            "measures",
        ),
    ),
    "administrator": ("Peter Lund", ("accounts",)),
    "policy-lead": ("Thea Marlowe", ("levels", "measures")),
    "analyst": ("Sunil Varma", ("measures",)),
}
FOUND_ON = {
    "child": ("board", "/child?child="),
    "decide": ("decisions", "/decide?child="),
    "receipt": ("my_contacts", "/receipt?"),
    "strategy": ("board", "/child?child=", "/strategy?"),
    "sharing": ("board", "/child?child=", "/sharing?"),
    "chronology": ("board", "/child?child=", "/chronology?"),
}
"""Pages that are opened from another page, by the first links that lead there."""

FOR_README = {
    "README-board": ("social-worker", "board"),
    "README-decide": ("manager", "decide"),
    "README-form": ("referrer", "submit_contact"),
}
ACROSS, DOWN, COLOURS = 1280, 900, 128
M_OF_ARIAL = 833  # thousandths of its size; Liberation Sans has the same
WIDTH_OF_M = """() => {
  const paper = document.createElement("canvas").getContext("2d")
  paper.font = "1000px Arial, 'Liberation Sans', Helvetica"
  return Math.round(paper.measureText("m").width)
}"""
NO_LETTERS = """\
This machine has neither Arial nor Liberation Sans: pages look otherwise than on most screens. The
three pictures of the README stay as they are. On Debian: apt install fonts-liberation
"""


def main() -> None:
    """Serve a copy of the demonstration, walk it as everybody, and leave the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="mash-pictures-") as folder:
        file, key = _demonstration(Path(folder))
        with served(f"sqlite:///{file}", key, PORT), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            for width, (across, down) in WIDTHS.items():
                for role, (name, pages) in WALKS.items():
                    _walk(browser, width, across, down, role, name, pages)
            if _has_letters(browser):
                for picture, (role, each) in FOR_README.items():
                    _for_readme(browser, picture, WALKS[role][0], each)
            else:
                sys.stderr.write(NO_LETTERS)
            browser.close()


def _has_letters(browser: Browser) -> bool:
    """Are there letters as wide as those that the pages ask for?"""
    page = browser.new_page()
    width: int = page.evaluate(WIDTH_OF_M)
    page.close()
    return width == M_OF_ARIAL


def _demonstration(folder: Path) -> tuple[Path, str]:
    copy = folder / "mash.sqlite"
    if DEFAULT_DATABASE.exists():
        shutil.copy(DEFAULT_DATABASE, copy)
        shutil.copy(f"{DEFAULT_DATABASE}.key", f"{copy}.key")
    database = open_database(f"sqlite:///{copy}")
    prepare(database, share=SMALL_YEAR)
    database.close()
    return copy, Path(f"{copy}.key").read_text("ascii").strip()


def _walk(
    browser: Browser,
    width: str,
    across: int,
    down: int,
    role: str,
    name: str,
    pages: tuple[str, ...],
) -> None:
    page = _signed_in(browser, name, across, down)
    for each in pages:
        if not _open(page, each):
            sys.stderr.write(f"{role}: nothing leads to {each} today\n")
            continue
        page.screenshot(path=PICTURES / f"{role}-{each}-{width}.png")
    page.context.close()


def _for_readme(browser: Browser, picture: str, name: str, each: str) -> None:
    """One picture at twice the points, with no more colours than the pages have."""
    page = _signed_in(browser, name, ACROSS, DOWN, sharpness=2)
    if not _open(page, each):
        raise RuntimeError(f"nothing leads to {each}, which the README shows")
    whole = Image.open(BytesIO(page.screenshot())).convert("RGB")
    few = whole.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{picture}.png", optimize=True)
    page.context.close()


def _signed_in(browser: Browser, name: str, across: int, down: int, sharpness: int = 1) -> Page:
    page = browser.new_context(
        viewport={"width": across, "height": down}, device_scale_factor=sharpness
    ).new_page()
    page.goto(f"{ADDRESS}/signin")
    page.get_by_role("button", name=name).first.click()
    return page


def _open(page: Page, name: str) -> bool:
    start, *links = FOUND_ON.get(name, (name,))
    page.goto(f"{ADDRESS}/{start}")
    _settle(page)
    if name == "submit_contact":
        page.get_by_role("button", name="Start a new contact").first.click()
        page.wait_for_url("**draft=**")
        _settle(page)
    for each in links:
        found = page.locator(f'a[href*="{each}"]').first
        if not found.count():
            return False
        page.goto(f"{ADDRESS}{found.get_attribute('href')}")
        _settle(page)
    return True


def _settle(page: Page) -> None:
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_selector("h1")
    page.wait_for_timeout(1200)


if __name__ == "__main__":
    main()
