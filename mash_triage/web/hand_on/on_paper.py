"""The words for a family on paper: nothing on it names the record, the referrer or the writer."""

from datetime import datetime

from mash_triage.clocks.working_days import london_day
from mash_triage.hand_on.for_family import is_heading
from mash_triage.hand_on.queries import SummaryPicture
from mash_triage.thresholds.paper import Lines, Style
from mash_triage.web.paper_to_print import TITLE, PrintedPaper
from mash_triage.web.wording import date_words

WORDS = Style("/P", 13, above=3)  # large and plain, to be read at a kitchen table
NAME_OF_PART = Style("/H2", 13, "B", 5)


def family_on_paper(written: SummaryPicture, *, printed_at: datetime) -> bytes:
    """The words as a PDF."""
    lines: Lines = {}
    pages = _set(written, lines, 0, printed_at).pages_count
    return bytes(_set(written, lines, pages, printed_at).output())


def _set(written: SummaryPicture, lines: Lines, last: int, printed_at: datetime) -> PrintedPaper:
    title = "What we decided"
    foot = f"Written {date_words(london_day(written.at))}"
    paper = PrintedPaper(lines, last, title=title, foot=foot, printed_at=printed_at)
    lines_said = [each for each in written.words.splitlines() if each.strip()]
    named = is_heading(lines_said[0])  # such as "About Mia"
    paper.say(lines_said[0] if named else title, TITLE)
    for each in lines_said[1 if named else 0 :]:
        _say(paper, each)
    return paper


def _say(paper: PrintedPaper, line: str) -> None:
    """One line; what names a part is bold, and not alone at the foot of a page."""
    if is_heading(line):
        paper.heading(line, NAME_OF_PART)
    else:
        paper.say(line, WORDS)
