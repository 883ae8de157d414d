"""A chronology on paper: the lines in print, oldest first, with their source."""

from datetime import datetime

from mash_triage.chronology.queries import Chronology
from mash_triage.chronology.rules import WEIGHT_WORDS
from mash_triage.thresholds.paper import Lines
from mash_triage.web.chronology.lines import when_words
from mash_triage.web.paper_to_print import ANSWER, NOTE, TITLE, PrintedPaper
from mash_triage.web.wording import moment_words


def chronology_on_paper(found: Chronology, *, printed_by: str, printed_at: datetime) -> bytes:
    """The lines as a PDF, without those left out of print."""
    lines: Lines = {}
    first = _set(found, lines, 0, printed_by=printed_by, printed_at=printed_at)
    pages = first.pages_count
    whole = _set(found, lines, pages, printed_by=printed_by, printed_at=printed_at)
    return bytes(whole.output())


def _set(
    found: Chronology, lines: Lines, last: int, *, printed_by: str, printed_at: datetime
) -> PrintedPaper:
    title = f"Chronology: {found.name}"
    paper = PrintedPaper(
        lines, last, title=title, foot="Chronology. Confidential", printed_at=printed_at
    )
    paper.say(title, TITLE)
    paper.say(
        f"Printed {moment_words(printed_at)} by {printed_by}. Confidential: keep it as safe as the "
        "record itself.",
        NOTE,
    )
    printed = [each for each in reversed(found.lines) if each.is_printed]
    if not printed:
        paper.say("No line is in print.", ANSWER)
    of_several = any(not each.is_same_child for each in printed)
    for each in printed:
        whose = each.about if each.is_same_child else f"{each.about}, household"
        about = f" {whose}." if of_several else ""
        paper.answered(
            f"{when_words(each)}. {WEIGHT_WORDS[each.weight]}.{about} Source: {each.source}",
            each.words,
        )
    return paper
