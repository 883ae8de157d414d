"""The handover sheet on paper, in letters of its own, so that every name keeps its own."""

from dataclasses import dataclass
from datetime import datetime

from mash_triage.contacts.reference import show_reference
from mash_triage.handover.queries import HandoverPicture
from mash_triage.thresholds.paper import GREY, Lines, Style
from mash_triage.web import wording
from mash_triage.web.paper_to_print import PrintedPaper
from mash_triage.worklists.board import is_urgent
from mash_triage.worklists.in_hand import InHand, waits_for
from mash_triage.worklists.rows import BoardRow

TITLE = Style("/H1", 18, "B", 2)
HEADING = Style("/H2", 13, "B", 5)
CHILD = Style("/P", 10.5, "B", 2.4)
LINE = Style("/P", 9.5, above=0.4, indent=4)
NOTE = Style("/P", 9.5, colour=GREY, above=1)


@dataclass(frozen=True)
class SheetFacts:
    """What is printed: everything undecided, what nobody has read, who prints and when."""

    work: InHand
    unread: tuple[HandoverPicture, ...]
    printed_by: str
    at: datetime


def sheet(facts: SheetFacts) -> bytes:
    """The sheet: red and urgent first, then who is unallocated, then the rest by time left. It is
    set twice: the first time shows how many pages there are.
    """
    lines: Lines = {}
    pages = _set(facts, lines, last=0).pages_count
    return bytes(_set(facts, lines, last=pages).output())


def _set(facts: SheetFacts, lines: Lines, *, last: int) -> PrintedPaper:
    foot = f"Front door, {wording.moment_words(facts.at)}. Confidential"
    paper = PrintedPaper(
        lines, last, title="Handover of the front door", foot=foot, printed_at=facts.at
    )
    rows = facts.work.rows
    urgent = [row for row in rows if is_urgent(row)]
    alone = [row for row in rows if row.worker_id is None and not is_urgent(row)]
    rest = [row for row in rows if row.worker_id is not None and not is_urgent(row)]
    paper.say("Handover of the front door", TITLE)
    paper.say(
        f"{wording.moment_words(facts.at)}, printed by {facts.printed_by}. Open: {len(rows)}; "
        f"red or urgent: {len(urgent)}; unallocated: {len(facts.work.unallocated)}. "
        "Confidential: destroy it when the shift is over.",
        NOTE,
    )
    for title, part in (
        ("Red and urgent", urgent),
        ("Unallocated", alone),
        ("With a worker or manager, least time left first", rest),
    ):
        paper.say(f"{title}: {len(part)}", HEADING)
        for row in part:
            _child(paper, row, facts.at)
    if facts.unread:
        paper.say(f"Handed over and not read: {len(facts.unread)}", HEADING)
    for each in facts.unread:
        paper.say(f"{each.name}, {show_reference(each.reference)}", CHILD)
        for name, words in (
            ("Done", each.done), ("Still to do", each.outstanding), ("Who knows", each.who_knows)
        ):  # fmt: skip
            paper.say(f"{name}: {words}", LINE)
    return paper


def _child(paper: PrintedPaper, row: BoardRow, at: datetime) -> None:
    due = row.next_due_at or at
    rating, age = wording.rating_words(row.rag), wording.age_words(row.age)
    paper.say(f"{rating}: {row.name}, {age}, {show_reference(row.reference)}", CHILD)
    paper.say(
        f"{wording.time_left_words(due, at=at)}, due {wording.near_words(due, at=at)}. "
        f"{wording.stage_words(row.status)} since {wording.near_words(row.status_since, at=at)}; "
        f"waits for {waits_for(row)}. From {row.agency_name}.",
        LINE,
    )
