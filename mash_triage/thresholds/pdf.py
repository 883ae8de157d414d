"""An edition as a PDF to print: tagged, with bookmarks, and always the same bytes for it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from fpdf.enums import XPos, YPos

from mash_triage.thresholds.chapters import Chapter, Entry, Place
from mash_triage.thresholds.document import chapters_of, in_force_words
from mash_triage.thresholds.paper import BLUE, GREY, INK, MARGIN, Lines, Paper, Style, shown
from mash_triage.thresholds.shapes import Edition
from mash_triage.thresholds.told_anywhere import DANGER

TOGETHER = 30.0  # mm that must be left below a heading
LISTED_DEPTH = 2  # how deep the contents go

TITLE = Style("/H1", 26, "B", 14)
SUBTITLE = Style("/P", 13, colour=GREY, above=3)
HEADINGS = {
    1: Style("/H1", 19, "B", 9),
    2: Style("/H2", 15, "B", 7, BLUE),
    3: Style("/H3", 11.5, "B", 5, GREY),
}
ENTRY = Style("/H4", 11, "B", 3.6)
MARK = Style("/P", 9, "B", 0.4, BLUE)
TEXT = Style("/P", 10.5)
CONTENT = Style("/TOCI", 12)
POINT = Style("/LI", 10.5, indent=5, above=0.8)
NOTICE = Style("/P", 12, "B", 6)


@dataclass(frozen=True)
class Printed:
    """A printed edition: its bytes, and on which page each level, rule and indicator begins."""

    pdf: bytes
    pages: dict[Place, int]


def printed(edition: Edition) -> Printed:
    """This edition as a PDF. It is set twice: the first time shows on which pages things lie."""
    lines: Lines = {}
    first = _set(edition, _Where(), lines)
    second = _set(edition, replace(first.where, last=first.pages_count), lines)
    return Printed(bytes(second.output()), second.where.pages)


@dataclass(frozen=True)
class _Where:
    """On which page everything begins; chapters by their key, and how many pages there are."""

    pages: dict[Place, int] = field(default_factory=dict)
    chapters: dict[str, int] = field(default_factory=dict)
    last: int = 0


def _set(edition: Edition, known: _Where, lines: Lines) -> "_OnPaper":
    paper = _OnPaper(edition, known, lines)
    paper.front()
    for chapter in chapters_of(edition):
        paper.chapter(chapter)
    return paper


class _OnPaper(Paper):
    """An edition on paper: the first page with its contents, then chapter after chapter."""

    def __init__(self, edition: Edition, known: _Where, lines: Lines) -> None:
        super().__init__(lines)
        self.edition, self.known, self.where = edition, known, _Where()
        self.links_to = {each.key: self.add_link(page=1) for each in chapters_of(edition)}
        self.set_title(shown(edition.title))
        self.set_subject(shown(in_force_words(edition)))
        made = datetime.combine(edition.effective_from, time(), UTC)
        self.set_creation_date(made)
        self.set_display_mode("fullpage")
        self.add_page()

    # ------------------------------------------------------------ the parts

    def front(self) -> None:
        """The first page: title, dates, the notice, and the contents."""
        self._band()
        self.say(self.edition.title, TITLE)
        self.say(in_force_words(self.edition), SUBTITLE)
        self.say(self.edition.notice, NOTICE)
        self.say(DANGER, TEXT)
        self.say("Contents", HEADINGS[2])
        for chapter in chapters_of(self.edition):
            if chapter.depth <= LISTED_DEPTH:
                self._listed(chapter)
        self.add_page()

    def chapter(self, chapter: Chapter) -> None:
        """A heading with a bookmark, its words, and its entries."""
        style = HEADINGS[chapter.depth]
        self.keep(style.above + TOGETHER)
        self.where.chapters[chapter.key] = self.page
        self.set_link(self.links_to[chapter.key], y=self.y, page=self.page)
        self.start_section(shown(chapter.title), chapter.depth - 1)
        self.say(chapter.title, style)
        for words in chapter.words:
            self.say(words, TEXT)
        for entry in chapter.entries:
            self._entry(entry)

    def _entry(self, entry: Entry) -> None:
        marks = (("  |  ".join(entry.marks), MARK),) if entry.marks else ()
        begins = ((entry.title, ENTRY), *marks, *((words, TEXT) for words in entry.words[:1]))
        self.keep(sum(self.height_of(words, style) for words, style in begins))
        if entry.place:
            self.where.pages[entry.place] = self.page
        rest = ((words, TEXT) for words in entry.words[1:])
        for words, style in (*begins, *rest):
            self.say(words, style)
        for point in entry.points:
            self.say(point, POINT)

    def _listed(self, chapter: Chapter) -> None:
        """One line of the contents, with its page; touching it leads there."""
        self.keep(CONTENT.leading)
        self.take(replace(CONTENT, bold="B" if chapter.depth == 1 else ""))
        page = self.known.chapters.get(chapter.key, 0)
        link, left = self.links_to[chapter.key], 6 * (chapter.depth - 1)
        self.set_x(MARGIN + left)
        with self.tagged("/TOCI"):
            width = self.epw - left - 12
            self.cell(width, CONTENT.leading, self.cut(chapter.title, width - 2), link=link)
            self.cell(
                12,
                CONTENT.leading,
                str(page),
                align="R",
                link=link,
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
            )

    def _band(self) -> None:
        """The black band with a blue bar that the service has on its screens."""
        with self.artifact():
            self.set_fill_color(*INK)
            self.rect(0, 0, self.w, 12, style="F")
            self.set_fill_color(*BLUE)
            self.rect(0, 12, self.w, 2, style="F")

    def footer(self) -> None:
        """The title and the number of the page."""
        with self.artifact():
            self.set_y(-15)
            self.set_font("Helvetica", "", 9)
            self.set_text_color(*GREY)
            self.cell(self.epw - 30, 6, self.cut(self.edition.title, self.epw - 32))
            self.cell(30, 6, f"Page {self.page} of {self.known.last}", align="R")
