"""Paper for what people print from a record: the copy's letters, headings, answers, and a foot."""

from dataclasses import replace
from datetime import datetime

from fpdf.enums import MethodReturnValue
from fpdf.fonts import TTFFont

from mash_triage.thresholds.paper import BLUE, GREY, INK, Lines, Paper, Style
from mash_triage.web.form.right_to_left import as_laid
from mash_triage.web.plain import ASSETS

LETTERS = ASSETS / "copy_font"
FAMILY = "copy"
NOT_IN_FONT = "□"  # a letter that the paper cannot show; the service shows it
TITLE = Style("/H1", 20, "B", 2)
HEADING = Style("/H2", 13, "B", 6, BLUE)
QUESTION = Style("/P", 9, "B", 2.4, GREY)
ANSWER = Style("/P", 10.5, above=0.6)
BOLD = replace(ANSWER, bold="B")
NOTE = Style("/P", 9.5, colour=GREY, above=2)
TOGETHER = 22.0  # mm that must be left below a heading


class PrintedPaper(Paper):
    """Sheets with words and the number of the page at the foot of each. They are set twice: the
    first time shows how many pages there are.
    """

    def __init__(
        self, lines: Lines, last: int, *, title: str, foot: str, printed_at: datetime
    ) -> None:
        super().__init__(lines)
        self.foot, self.last = foot, last
        self.add_font(FAMILY, "", LETTERS / "regular.ttf")
        self.add_font(FAMILY, "B", LETTERS / "bold.ttf")
        letters = self.fonts[FAMILY]
        assert isinstance(letters, TTFFont)  # as it was just added
        self.known = set(letters.cmap)
        self.set_title(title)
        self.set_creation_date(printed_at)
        self.set_display_mode("fullpage")
        self.add_page()

    def heading(self, words: str, style: Style = HEADING) -> None:
        """The heading of a part, never alone at the foot of a page."""
        self.keep(style.above + TOGETHER)
        self.say(words, style)

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
        """The words of the foot and the number of the page."""
        with self.artifact():
            self.set_y(-15)
            self.set_font(FAMILY, "", 9)
            self.set_text_color(*INK)
            self.cell(self.epw - 40, 6, self.foot)
            self.cell(40, 6, f"Page {self.page} of {self.last or self.page}", align="R")
