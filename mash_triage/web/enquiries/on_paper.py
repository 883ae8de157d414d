"""The sharing ledger of a child on paper: every entry, and the answers that were released."""

from dataclasses import dataclass
from datetime import datetime

from mash_triage.contacts.pictures import ChildPicture
from mash_triage.contacts.reference import show_reference
from mash_triage.enquiries.pictures import RequestPicture
from mash_triage.enquiries.stages import FINDING_WORDS
from mash_triage.sharing.queries import SharingPicture
from mash_triage.sharing.rules import KIND_WORDS
from mash_triage.thresholds.paper import Lines
from mash_triage.web.enquiries.ledger import agreement_words, lawful_words, who_words
from mash_triage.web.paper_to_print import ANSWER, NOTE, TITLE, PrintedPaper
from mash_triage.web.wording import moment_words


@dataclass(frozen=True)
class LedgerFacts:
    """What is printed."""

    child: ChildPicture
    entries: tuple[SharingPicture, ...]
    requests: tuple[RequestPicture, ...]
    printed_at: datetime
    printed_by: str


def printed_ledger(facts: LedgerFacts) -> bytes:
    """The ledger as a PDF. It is set twice: the first time shows how many pages there are."""
    lines: Lines = {}
    pages = _set(facts, lines, last=0).pages_count
    return bytes(_set(facts, lines, last=pages).output())


def _set(facts: LedgerFacts, lines: Lines, *, last: int) -> PrintedPaper:
    reference = show_reference(facts.child.reference)
    title = f"Sharing ledger, contact {reference}"
    foot = f"{title}. Confidential"
    paper = PrintedPaper(lines, last, title=title, foot=foot, printed_at=facts.printed_at)
    paper.say(f"What was shared about {facts.child.name}", TITLE)
    paper.say(f"Contact {reference}", ANSWER)
    paper.say(
        f"Printed {moment_words(facts.printed_at)} by {facts.printed_by}. Confidential: keep it as "
        "safe as the record itself.",
        NOTE,
    )
    if not facts.entries:
        paper.say("Nothing was shared about this child.", ANSWER)
    for each in facts.entries:
        paper.heading(f"{KIND_WORDS[each.kind]}: {each.with_whom}")
        paper.answered("What", each.what)
        paper.answered("What for, and why lawful", lawful_words(each))
        paper.answered("Agreement", agreement_words(each))
        paper.answered("When and who", who_words(each))
    for request in facts.requests:
        if request.released_at is not None:
            _released(paper, request)
    return paper


def _released(paper: PrintedPaper, request: RequestPicture) -> None:
    """An answer that a manager released beyond the enquiry; no other one is printed."""
    paper.heading(f"Released answer: {request.agency}")
    for part in request.parts:
        if part.finding is not None:
            words = f"{FINDING_WORDS[part.finding]}\n{part.words}".strip()
            paper.answered(part.question, words)
