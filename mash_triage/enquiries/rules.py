"""What an information request and its reply need, in words that say what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mash_triage.access.models import Agency
from mash_triage.clocks.rules import is_overdue
from mash_triage.contacts.status import UNDECIDED, WAITING_FOR_SCREENING, Status
from mash_triage.enquiries.models import InformationRequest
from mash_triage.enquiries.stages import RELEVANCE, WITHHELD, Finding, State
from mash_triage.errors import Changed, NotReady
from mash_triage.sharing.rules import Basis, check_basis, check_why_not_asked
from mash_triage.thresholds.routes import Rag

LONGEST_ANSWER = 20_000  # characters, as of every long answer
A_MOMENT = timedelta(minutes=5)  # two reminders closer than this are one that was pressed twice
STILL_TIME = "The agency still has time to answer. Remind it when the time has run out."


@dataclass(frozen=True)
class RequestFacts:
    """What a worker asks of one agency: about whom, what, what for, and why it is lawful.

    `children` are children on the contact beside the one it is asked for, `household` places among
    the household as sent, `questions` codes of the agency's group, `own_question` one more in the
    worker's words. `why_not_asked` is the coded reason where agreement was not sought.
    """

    agency_id: UUID
    questions: tuple[str, ...]
    purpose: str
    basis: Basis
    own_question: str = ""
    children: tuple[UUID, ...] = ()
    household: tuple[int, ...] = ()
    why_not_asked: str | None = None
    why_not_words: str = ""


@dataclass(frozen=True)
class Answer:
    """The answer to one question of a request."""

    part_id: UUID
    finding: Finding | None
    words: str = ""
    withheld: str | None = None
    withheld_words: str = ""


def finding_of(said: Finding | None, words: str) -> Finding | None:
    """What somebody answers who may not have chosen: words alone are information."""
    return Finding.INFORMATION if said is None and words.strip() else said


# ---------------------------------------------------------------- asking


def check_may_ask(status: Status) -> None:
    """Agencies are asked about a child whom somebody screens and nobody has decided."""
    if status in WAITING_FOR_SCREENING:
        raise NotReady("Take this child up first.")
    if status not in UNDECIDED:
        raise Changed("This child is decided. To ask agencies again, enter a new contact.")


def check_agency(agency: Agency, by_agency: UUID | None, *, answering: int) -> None:
    """An agency is asked that is still there, is not one's own, and has somebody who answers."""
    if agency.closed_at is not None:
        raise NotReady(f"{agency.name} has left. Choose the agency that took over its work.")
    if agency.id == by_agency:
        raise NotReady("This is your own agency. What it knows you look up yourself.")
    if not answering:
        raise NotReady(
            f"Nobody at {agency.name} has an account that answers requests. Ask by telephone and "
            "record it in the sharing ledger; an administrator can add an account."
        )


def check_facts(facts: RequestFacts, known: Mapping[str, str]) -> None:
    """Refuse a request without questions, purpose or basis, or with questions of other agencies."""
    if not facts.questions and not facts.own_question.strip():
        raise NotReady("Choose what you ask: at least one question.")
    if not set(facts.questions) <= known.keys():
        raise NotReady("One of these questions is not for this agency. Choose again.")
    if not facts.purpose.strip():
        raise NotReady("Say what you ask for: the agency reads this.")
    check_basis(facts.basis)
    check_why_not_asked(facts.why_not_asked)


# ---------------------------------------------------------------- on its way


def check_can_chase(
    row: InformationRequest, agency: Agency, last: datetime | None, *, at: datetime
) -> None:
    """Somebody who was asked and has not answered is reminded; not twice in a moment."""
    _check_open(row)
    check_not_left(agency)
    if last is not None and at - last < A_MOMENT:
        raise Changed("The agency was reminded a moment ago.")


def check_can_escalate(
    row: InformationRequest, agency: Agency, *, leads: int, at: datetime
) -> None:
    """A request that is late goes to the agency's lead, where there is one."""
    _check_open(row)
    check_not_left(agency)
    if row.due_at is None or not is_overdue(row.due_at, at=at):
        raise NotReady(STILL_TIME)
    if not leads:
        raise NotReady(
            f"{agency.name} has no lead with an account. Telephone the agency, and remind it here."
        )


def check_not_left(agency: Agency) -> None:
    """Nobody answers any more for an agency that has left."""
    if agency.closed_at is not None:
        raise NotReady(
            f"{agency.name} has left and cannot answer. Close this request and ask the agency that "
            "took over its work."
        )


def check_words(words: str, asked: str) -> None:
    """Refuse an empty answer, saying what is asked."""
    if not words.strip():
        raise NotReady(asked)


def _check_open(row: InformationRequest) -> None:
    if row.state != State.OPEN:
        raise Changed("This request no longer waits for an answer. Open the page again.")


# ---------------------------------------------------------------- the reply


def check_can_reply(row: InformationRequest, *, answered_by: str | None) -> None:
    """One reply, also after closing; none where agreement was withdrawn."""
    if row.state == State.STOPPED:
        raise NotReady(
            "Agreement was withdrawn, so this request has stopped and nothing may be sent. If you "
            "are worried about a child, tell us about the child."
        )
    if answered_by is not None:
        raise Changed(
            f"Your agency answered this request already, by {answered_by}. Nothing was changed; "
            "what is new can be sent as a contact or by telephone."
        )


def check_answers(parts: Sequence[UUID], answers: Sequence[Answer]) -> None:
    """Each question has its answer: nothing known, information in words, or what is kept back with
    the reason.
    """
    given = {each.part_id: each for each in answers}
    if len(given) != len(answers):
        raise NotReady("One question is answered twice. Open the page again.")
    if given.keys() - set(parts):
        raise NotReady("One of these answers is to another request. Open the page again.")
    for number, part_id in enumerate(parts, start=1):
        _check_answer(number, given.get(part_id))


def _check_answer(number: int, answer: Answer | None) -> None:
    if answer is None or answer.finding is None:
        raise NotReady(f"Question {number} has no answer yet. 'Nothing known' is an answer too.")
    if max(len(answer.words), len(answer.withheld_words)) > LONGEST_ANSWER:
        raise NotReady(f"Shorten the answer to question {number} to {LONGEST_ANSWER} characters.")
    if answer.finding == Finding.INFORMATION and not answer.words.strip():
        raise NotReady(f"Write what is known for question {number}.")
    if answer.finding == Finding.PARTLY_WITHHELD:
        if answer.withheld not in WITHHELD:
            raise NotReady(f"Say why part of question {number} is withheld.")
        if answer.withheld == "other" and not answer.withheld_words.strip():
            raise NotReady(f"Write the reason why part of question {number} is withheld.")


def check_relevance(relevance: str) -> None:
    """Refuse a mark that is not one of the three."""
    if relevance not in RELEVANCE:
        raise NotReady("Choose how relevant the answer is.")


def is_late(due_at: datetime | None, answered_at: datetime | None, *, at: datetime) -> bool:
    """Whether an answer came after its time, or is still awaited after it."""
    return due_at is not None and is_overdue(due_at, at=answered_at or at)


def red_since(row: InformationRequest, rag_now: str | None) -> bool:
    """Whether an answer is awaited by the time of a lower rating, and the child is red by now."""
    return row.state == State.OPEN and row.rag != Rag.RED and rag_now == Rag.RED


def came_after_closing(ended_at: datetime | None, answered_at: datetime | None) -> bool:
    """Whether the answer came when the request had been closed."""
    return ended_at is not None and answered_at is not None and answered_at > ended_at
