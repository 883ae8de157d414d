"""Paper for a document: paragraphs that lie whole on a page, in letters it has, each with its tag.

The letters are the Helvetica that every reader of PDF brings along, so no font file is shipped. It
shows what Windows-1252 has: British text with curly quotes and dashes. Any other letter is shown
without its accent, or as a question mark.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

LETTERS = "cp1252"
MARGIN, FOOT = 20.0, 22.0  # mm
INK, GREY, BLUE = (11, 12, 12), (80, 90, 95), (29, 112, 184)


@dataclass(frozen=True)
class Style:
    """How one kind of paragraph looks: size in points, space above in mm, tag in the PDF."""

    tag: str
    size: float
    bold: str = ""
    above: float = 1.2
    colour: tuple[int, int, int] = INK
    indent: float = 0.0

    @property
    def leading(self) -> float:
        """From one line to the next, in mm."""
        return self.size * 0.46


Lines = dict[tuple[str, Style], list[str]]
"""How paragraphs were broken into lines: most of the work, and the same for the same words."""


class Paper(FPDF):
    """Sheets of A4, one after another."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = LETTERS
        self.lines = lines
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(False)
        self.set_lang("en-GB")

    def say(self, words: str, style: Style) -> None:
        """One paragraph, whole on this page or on the next; only one that no page can hold goes
        on over several.
        """
        lines = self.broken(words, style)
        room = int((self.h - FOOT - MARGIN - style.above) / style.leading)
        for start in range(0, len(lines), room):
            self._say(lines[start : start + room], style)

    def _say(self, lines: list[str], style: Style) -> None:
        self.keep(style.above + style.leading * len(lines))
        self.y += 0 if self.y <= MARGIN else style.above
        if style.tag == "/LI":
            with self.artifact():
                self.set_fill_color(*BLUE)
                self.circle(MARGIN + 2, self.y + style.leading / 2, 0.7, style="F")
        self.take(style)
        with self.tagged(style.tag):
            for line in lines:
                self.set_x(MARGIN + style.indent)
                self.cell(text=line, h=style.leading, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def take(self, style: Style) -> None:
        """The letters of this style from here on; a new page begins with others."""
        self.set_font("Helvetica", style.bold, style.size)
        self.set_text_color(*style.colour)

    def broken(self, words: str, style: Style) -> list[str]:
        """The words as lines."""
        self.take(style)
        if (words, style) not in self.lines:
            found = self.multi_cell(
                self.epw - style.indent,
                style.leading,
                shown(words),
                align="L",
                dry_run=True,
                output=MethodReturnValue.LINES,
            )
            assert isinstance(found, list)  # what was asked for, in the letters of the font
            self.lines[words, style] = [line.encode("latin-1").decode(LETTERS) for line in found]
        return self.lines[words, style]

    def height_of(self, words: str, style: Style) -> float:
        return style.above + style.leading * len(self.broken(words, style))

    def cut(self, words: str, width: float) -> str:
        """The words in one line of this width, cut short where they are longer."""
        line = whole = shown(words)
        while self.get_string_width(line) > width:
            whole = whole[:-1]
            line = f"{whole}…"
        return line

    def keep(self, height: float) -> None:
        """Turn the page when less than this is left of it."""
        if self.y + height > self.h - FOOT:
            self.add_page()

    # ------------------------------------------------------------ tags

    @contextmanager
    def tagged(self, kind: str) -> Iterator[None]:
        """What is drawn here is one element of this kind, so that a screen reader can tell."""
        mcid = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=kind, mcid=mcid)
        self._out(f"{kind} <</MCID {mcid}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn here is not read out: a band, a dot, the foot of a page."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")


def shown(words: str) -> str:
    """The words in letters that the font has, on one line."""
    return "".join(_letter(sign) for sign in " ".join(words.split()))


def _letter(sign: str) -> str:
    if _has(sign):
        return sign
    bare = "".join(each for each in unicodedata.normalize("NFKD", sign) if _has(each))
    return bare or "?"


def _has(sign: str) -> bool:
    try:
        return sign.isprintable() and bool(sign.encode(LETTERS))
    except UnicodeEncodeError:
        return False
