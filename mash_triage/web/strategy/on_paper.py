"""The minutes of a strategy discussion on paper, tagged, with title and page on each sheet."""

from datetime import datetime

from mash_triage.contacts.reference import show_reference
from mash_triage.strategy.pictures import DiscussionPicture
from mash_triage.thresholds.paper import Lines
from mash_triage.web.paper_to_print import ANSWER, NOTE, TITLE, PrintedPaper
from mash_triage.web.strategy.minutes import minutes_of
from mash_triage.web.wording import moment_words


def printed_minutes(seen: DiscussionPicture, *, printed_at: datetime, printed_by: str) -> bytes:
    """The minutes as a PDF. They are set twice: the first time shows how many pages there are."""
    lines: Lines = {}
    pages = _set(seen, printed_at, printed_by, lines, last=0).pages_count
    return bytes(_set(seen, printed_at, printed_by, lines, last=pages).output())


def _set(
    seen: DiscussionPicture, printed_at: datetime, printed_by: str, lines: Lines, *, last: int
) -> PrintedPaper:
    title = f"Strategy discussion {show_reference(seen.reference)}"
    paper = PrintedPaper(
        lines, last, title=title, foot=f"{title}. Confidential", printed_at=printed_at
    )
    paper.say(title, TITLE)
    if seen.outcome is None:
        paper.say("Not closed yet: these minutes can still change.", ANSWER)
    paper.say(
        f"Printed {moment_words(printed_at)} by {printed_by}. Confidential: keep it as safe as the "
        "record itself, and give it only to those who attended.",
        NOTE,
    )
    for part in minutes_of(seen):
        paper.heading(part.title)
        for question, answer in part.pairs:
            paper.answered(question, answer)
    return paper
