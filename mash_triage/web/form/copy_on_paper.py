"""The printable copy of a contact: every answer, what was said since, and the reference on each
page. Tagged, so that it can be read out, in letters of its own, so that every name keeps its own.
"""

from dataclasses import dataclass
from datetime import datetime

from mash_triage.after_sending.queries import AdditionPicture
from mash_triage.contacts.reference import show_reference
from mash_triage.contacts.sent import SentPicture
from mash_triage.thresholds.paper import Lines
from mash_triage.web.form.additions import on_a_copy, what_it_says
from mash_triage.web.form.summary import parts_shown
from mash_triage.web.paper_to_print import ANSWER, BOLD, NOTE, TITLE, PrintedPaper
from mash_triage.web.wording import moment_words


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


def _set(facts: CopyFacts, lines: Lines, *, last: int) -> PrintedPaper:
    sent = facts.sent
    title = f"Contact {show_reference(sent.reference)}"
    copy = PrintedPaper(
        lines, last, title=title, foot=f"{title}. Confidential", printed_at=facts.printed_at
    )
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
        copy.say(sent.withheld, BOLD)
    for part in parts_shown(sent, facts.concerns):
        copy.heading(f"{part.title}: {part.about}" if part.about else part.title)
        for question, answer in part.pairs:
            copy.answered(question, answer)
    if facts.additions:
        copy.heading("Changed or added after sending")
        for each in on_a_copy(facts.additions, sent.submission):
            title, words = what_it_says(each)
            copy.answered(f"{title}. {each.by_name}, {moment_words(each.at)}", words)
    return copy
