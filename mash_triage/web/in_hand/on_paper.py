"""The handover sheet on paper, in letters of its own, so that every name keeps its own."""

from dataclasses import dataclass
from datetime import datetime

from mash_triage.contacts.reference import show_reference
from mash_triage.handover.queries import HandoverPicture
from mash_triage.thresholds.paper import GREY, Lines, Style
from mash_triage.web import wording
from mash_triage.web.paper_to_print import PrintedPaper
from mash_triage.worklists.board import is_urgent
from mash_triage.worklists.in_hand import InHand
from mash_triage.worklists.rows import BoardRow
from mash_triage.worklists.through_the_night import Night

TITLE = Style("/H1", 18, "B", 2)
HEADING = Style("/H2", 13, "B", 5)
CHILD = Style("/P", 10.5, "B", 2.4)
LINE = Style("/P", 9.5, above=0.4, indent=4)
NOTE = Style("/P", 9.5, colour=GREY, above=1)


@dataclass(frozen=True)
class SheetFacts:
    """What is printed: everything undecided, what nobody has read, what falls due before the next
    shift begins, who prints and when.
    """

    work: InHand
    unread: tuple[HandoverPicture, ...]
    night: Night
    printed_by: str
    at: datetime


def sheet(facts: SheetFacts) -> bytes:
    """The sheet: red and urgent first, then what the night handed over and what tonight asks for,
    then who is unallocated, then the rest by time left. It is set twice: the first time shows how
    many pages there are.
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
    _part(paper, facts.work, "Red and urgent", urgent)
    _handed_over(paper, facts.unread)
    _through_the_night(paper, facts.night, facts.at)
    _part(paper, facts.work, "Unallocated", alone)
    _part(paper, facts.work, "With a worker or manager, least time left first", rest)
    return paper


def _part(paper: PrintedPaper, work: InHand, title: str, rows: list[BoardRow]) -> None:
    paper.heading(f"{title}: {len(rows)}", HEADING)
    for row in rows:
        _child(paper, work, row)


def _handed_over(paper: PrintedPaper, unread: tuple[HandoverPicture, ...]) -> None:
    """What nobody of the day has read, in its writer's words."""
    if unread:
        paper.heading(f"Handed over and not read: {len(unread)}", HEADING)
    for each in unread:
        _lines(
            paper,
            f"{each.name}, {show_reference(each.reference)}",
            f"Done: {each.done}",
            f"Still to do: {each.outstanding}",
            f"Who knows: {each.who_knows}",
        )


def _lines(paper: PrintedPaper, child: str, *lines: str) -> None:
    """A child's name, never alone at the foot of a page, and what is said of it."""
    paper.keep(paper.height_of(child, CHILD) + paper.height_of(lines[0], LINE))
    paper.say(child, CHILD)
    for each in lines:
        paper.say(each, LINE)


def _through_the_night(paper: PrintedPaper, night: Night, at: datetime) -> None:
    """Who is missing, and what was promised of a decided child: that it is seen tonight."""
    paper.heading(f"Missing now: {len(night.missing)}", HEADING)
    for episode in night.missing:
        _lines(
            paper,
            f"{episode.child_name}, {show_reference(episode.reference)}",
            f"Missing since {wording.near_words(episode.missing_since, at=at)}.",
        )
    until = wording.near_words(night.until, at=at)
    paper.heading(f"Promised by the next shift, {until}: {len(night.due)}", HEADING)
    for each in night.due:
        due = wording.near_words(each.due_at, at=at)
        _lines(
            paper,
            f"{each.name}, {show_reference(each.reference)}",
            f"{each.words}: {'was due' if each.is_past else 'due'} {due}.",
        )
    if night.past_for_longer:
        paper.say(f"Past for longer, on the page Promises: {night.past_for_longer}.", NOTE)


def _child(paper: PrintedPaper, work: InHand, row: BoardRow) -> None:
    at = work.at
    due = row.next_due_at or at
    rating, age = wording.rating_words(row.rag), wording.age_words(row.age)
    was = "was due" if at > due else "due"
    _lines(
        paper,
        f"{rating}: {row.name}, {age}, {show_reference(row.reference)}",
        f"{wording.time_left_words(due, at=at)}, {was} {wording.near_words(due, at=at)}. "
        f"{wording.stage_words(row.status)} since {wording.near_words(row.status_since, at=at)}; "
        f"waits for {work.waits_for(row)}. From {row.agency_name}.",
    )
