"""The printable copy of a contact: every answer, what was said since, and the reference on each
page. Tagged, so that it can be read out, in letters of its own, so that every name keeps its own.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from fpdf.enums import MethodReturnValue
from fpdf.fonts import TTFFont

from mash_triage.after_sending.queries import AdditionPicture
from mash_triage.contacts.reference import show_reference
from mash_triage.contacts.sent import SentPicture
from mash_triage.thresholds.paper import BLUE, GREY, INK, Lines, Paper, Style
from mash_triage.web.form.additions import what_it_says
from mash_triage.web.form.right_to_left import as_laid
from mash_triage.web.form.summary import parts_shown
from mash_triage.web.plain import ASSETS
from mash_triage.web.wording import moment_words

LETTERS = ASSETS / "copy_font"
FAMILY = "copy"
NOT_IN_FONT = "□"  # a letter that the copy cannot show; the service shows it
TITLE = Style("/H1", 20, "B", 2)
HEADING = Style("/H2", 13, "B", 6, BLUE)
QUESTION = Style("/P", 9, "B", 2.4, GREY)
ANSWER = Style("/P", 10.5, above=0.6)
NOTE = Style("/P", 9.5, colour=GREY, above=2)
TOGETHER = 22.0  # mm that must be left below a heading


@dataclass(frozen=True)
class CopyFacts:
    """What is printed: the contact, the words of its worries, and what was said since."""

    sent: SentPicture
    concerns: dict[str, str]
    additions: tuple[AdditionPicture, ...]
    printed_at: datetime
    printed_by: str


def printed_copy(facts: CopyFacts) -> bytes:
    """The copy as a PDF. It is set twice: the first time shows how many pages there are."""
    lines: Lines = {}
    pages = _set(facts, lines, last=0).pages_count
    return bytes(_set(facts, lines, last=pages).output())


def _set(facts: CopyFacts, lines: Lines, *, last: int) -> "Sheets":
    sent = facts.sent
    title = f"Contact {show_reference(sent.reference)}"
    copy = Sheets(title, facts.printed_at, lines, last)
    copy.say(title, TITLE)
    copy.say(
        f"Received {moment_words(sent.received_at)}, sent by {sent.sent_by}, {sent.agency_name}.",
        ANSWER,
    )
    copy.say(
        f"Printed {moment_words(facts.printed_at)} by {facts.printed_by}. Confidential: keep it as "
        "safe as the record itself.",
        NOTE,
    )
    if sent.withheld:
        copy.say(sent.withheld, replace(ANSWER, bold="B"))
    for part in parts_shown(sent, facts.concerns):
        copy.heading(f"{part.title}: {part.about}" if part.about else part.title)
        for question, answer in part.pairs:
            copy.answered(question, answer)
    if facts.additions:
        copy.heading("Changed or added after sending")
        for each in facts.additions:
            title, words = what_it_says(each)
            copy.answered(f"{title}. {each.by_name}, {moment_words(each.at)}", words)
    return copy


class Sheets(Paper):
    """Sheets with the title and the number of the page at the foot of each."""

    def __init__(self, title: str, printed_at: datetime, lines: Lines, last: int) -> None:
        super().__init__(lines)
        self.title_shown, self.last = title, last
        self.add_font(FAMILY, "", LETTERS / "regular.ttf")
        self.add_font(FAMILY, "B", LETTERS / "bold.ttf")
        letters = self.fonts[FAMILY]
        assert isinstance(letters, TTFFont)  # as it was just added
        self.known = set(letters.cmap)
        self.set_title(title)
        self.set_creation_date(printed_at)
        self.set_display_mode("fullpage")
        self.add_page()

    def heading(self, words: str) -> None:
        """The heading of a part, never alone at the foot of a page."""
        self.keep(HEADING.above + TOGETHER)
        self.say(words, HEADING)

    def answered(self, question: str, answer: str) -> None:
        """A question with its answer, line by line as it was written."""
        lines = [line for line in answer.splitlines() if line.strip()] or [answer]
        begins = ((question, QUESTION), (lines[0], ANSWER))
        whole = sum(self.height_of(words, style) for words, style in begins)
        if whole < self.eph / 2:
            self.keep(whole)
        self.say(question, QUESTION)
        for line in lines:
            self.say(line, ANSWER)

    def take(self, style: Style) -> None:
        """The copy's own letters."""
        self.set_font(FAMILY, style.bold, style.size)
        self.set_text_color(*style.colour)

    def broken(self, words: str, style: Style) -> list[str]:
        """The words as lines."""
        self.take(style)
        if (words, style) not in self.lines:
            found = self.multi_cell(
                self.epw - style.indent,
                style.leading,
                self._shown(words),
                align="L",
                dry_run=True,
                output=MethodReturnValue.LINES,
            )
            assert isinstance(found, list)  # what was asked for
            self.lines[words, style] = [as_laid(line) for line in found]
        return self.lines[words, style]

    def _shown(self, words: str) -> str:
        """The words on one line; a letter that the font has not is shown as an empty box."""
        line = " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
        return "".join(sign if ord(sign) in self.known else NOT_IN_FONT for sign in line)

    def footer(self) -> None:
        """The title and the number of the page."""
        with self.artifact():
            self.set_y(-15)
            self.set_font(FAMILY, "", 9)
            self.set_text_color(*INK)
            self.cell(self.epw - 40, 6, f"{self.title_shown}. Confidential")
            self.cell(40, 6, f"Page {self.page} of {self.last or self.page}", align="R")
