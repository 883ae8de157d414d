"""When something handed on counts as sent, accepted, returned or ended; what keeps a child open.

Each refusal says what to do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mash_triage.contacts.status import ENDED, OVER, Status
from mash_triage.errors import Changed, NotReady
from mash_triage.hand_on.kinds import ENDINGS, PASSINGS, Answer, Ending, Passing
from mash_triage.text import storable

LONGEST_NAME = 200  # characters; the record has room for no more


@dataclass(frozen=True)
class AnswerFacts:
    """Who answered there, in which role, how it was confirmed, and when it really was."""

    name: str
    role: str = ""
    how: str = ""
    took_place_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """As much of a step-down or transfer as says where it stands."""

    kind: Passing
    to_whom: str
    sent_at: datetime | None
    answer: Answer | None
    is_open: bool


def check_decided(status: Status) -> None:
    """Only what was decided is handed on."""
    if status not in ENDED:
        raise NotReady("This child is not decided yet. Decide first, then hand on.")
    if status in OVER:
        raise NotReady("This child is closed. A new worry comes as a new contact.")


def check_name(name: str, missing: str) -> None:
    """Somebody or some body is named, and the record has room for it."""
    if not name.strip():
        raise NotReady(missing)
    if len(storable(name)) > LONGEST_NAME:
        raise NotReady(f"Shorten the name to {LONGEST_NAME} characters or fewer.")


def check_can_be_sent(standing: Standing, to_whom: str) -> None:
    """It goes once, to somebody named."""
    if standing.sent_at is not None or not standing.is_open:
        raise Changed("This was sent already. Open the page again.")
    if PASSINGS[standing.kind].is_told:
        raise NotReady("Nobody there accepts this. Say who told the family of it.")
    check_name(to_whom, PASSINGS[standing.kind].receiver)


def check_told(
    standing: Standing, to_whom: str, teller: str, took_place_at: datetime, *,
    since: datetime, at: datetime,
) -> None:  # fmt: skip
    """A family is told once, by somebody named, of a service that is named."""
    if not standing.is_open:
        raise Changed("This is on record already. Open the page again.")
    if not PASSINGS[standing.kind].is_told:
        raise NotReady("Say to whom it goes, and send it: somebody there must accept it.")
    check_name(to_whom, PASSINGS[standing.kind].receiver)
    check_name(teller, "Say who told them.")
    check_between(took_place_at, since=since, at=at)


def check_can_be_answered(standing: Standing) -> None:
    """Only what was sent can be answered, and once."""
    if standing.sent_at is None:
        raise NotReady("It was not sent yet. Say to whom it goes, and send it.")
    if standing.answer is not None:
        raise Changed("The answer is on record already. Open the page again.")


def check_accepted(
    standing: Standing, facts: AnswerFacts, *, sent_at: datetime | None, at: datetime
) -> None:
    """Acceptance has a name and a time; proof of receipt also a role and how it was confirmed."""
    check_can_be_answered(standing)
    check_name(facts.name, "Say who accepted it there.")
    if standing.kind is Passing.TRANSFER and not (facts.role.strip() and facts.how.strip()):
        raise NotReady(
            "A transfer is complete only with proof: the person's role, and how it was confirmed."
        )
    for words in (facts.role, facts.how):
        if len(storable(words)) > LONGEST_NAME:
            raise NotReady(f"Shorten it to {LONGEST_NAME} characters or fewer.")
    check_between(facts.took_place_at or at, since=sent_at, at=at)


def check_between(took_place_at: datetime, *, since: datetime | None, at: datetime) -> None:
    """What is recorded lies in the past, and not before what it follows."""
    if took_place_at > at:
        raise NotReady("That is in the future. Say when it really was.")
    if since is not None and took_place_at < since:
        raise NotReady("That is before it began. Say when it really was.")


def check_returned(standing: Standing, name: str, reason: str) -> None:
    """A return has a name and a reason: a manager needs both."""
    check_can_be_answered(standing)
    check_name(name, "Say who returned it.")
    if not reason.strip():
        raise NotReady("Say why it was returned.")


def check_settled(standing: Standing, words: str) -> None:
    """What came back needs a manager's new word."""
    if standing.answer is not Answer.RETURNED:
        raise NotReady("Only what came back needs a new word.")
    if not standing.is_open:
        raise Changed("A manager has said what happens already. Open the page again.")
    if not words.strip():
        raise NotReady("Say what happens for this child now.")


def check_ending(owner: str, known_at: datetime, due_at: datetime | None, *, at: datetime) -> None:
    """A special ending has an owner, a start that is past, and a time by when."""
    check_name(owner, "Name who owns this.")
    check_between(known_at, since=None, at=at)
    if due_at is None:
        raise NotReady("Say by when.")
    if due_at <= known_at:
        raise NotReady("By when must be after it was known.")


def check_until(until: datetime | None, latest: datetime | None) -> None:
    """An order says until when, and no longer than the law lets it."""
    if until is None:
        raise NotReady("Say until when the order says: the day and the time.")
    if latest is not None and until > latest:
        raise NotReady("The law allows no order for so long. Check both days on the order.")


def check_extended(
    until: datetime | None, granted_at: datetime | None, *, known_at: datetime, ends_at: datetime,
    latest: datetime | None, at: datetime,
) -> None:  # fmt: skip
    """An extension was granted while the order ran, and is for later."""
    if granted_at is None:
        raise NotReady("Say when the court extended it: the day and the time.")
    check_between(granted_at, since=known_at, at=at)
    if granted_at > ends_at:
        raise NotReady("The order had ended by then. Check when the court extended it.")
    check_until(until, latest)
    if until is not None and until <= ends_at:
        raise NotReady("An extension ends later than the order did.")


def check_can_be_extended(kind: Ending, *, was_extended: bool, has_ended: bool) -> None:
    """Only an order that runs, and only once."""
    if ENDINGS[kind].extends is None:
        raise NotReady("This cannot be extended.")
    if has_ended:
        raise Changed("This was ended already. Open the page again.")
    if was_extended:
        raise Changed("It was extended already, and the law allows that once.")


def check_ended(
    ended_at: datetime | None, owner: str, done: str, took_place_at: datetime, *,
    known_at: datetime, at: datetime,
) -> None:  # fmt: skip
    """It ends once, with an owner and with what was done."""
    if ended_at is not None:
        raise Changed("This was ended already. Open the page again.")
    check_name(owner, "Name who owns this, then say what was done.")
    if not done.strip():
        raise NotReady("Say what was done, and what came of it.")
    check_between(took_place_at, since=known_at, at=at)


def standing_words(standing: Standing) -> str:
    """Where it stands, for whoever asks why this child is not closed."""
    kind = PASSINGS[standing.kind]
    if standing.answer is Answer.ACCEPTED:
        return f"{kind.accepted} {standing.to_whom}"
    if standing.answer is Answer.RETURNED:
        where = f"Came back from {standing.to_whom}"
        return f"{where}: a manager says what happens" if standing.is_open else where
    if kind.is_told:
        return f"Not closed: {kind.words.lower()}, nobody is told yet of which service"
    if standing.sent_at is None:
        return f"Not closed: {kind.words.lower()} is not sent yet"
    return f"Not closed: {kind.waiting} {standing.to_whom}"


def what_keeps_open(
    passings: Iterable[Standing], endings: Iterable[Ending], directions: int
) -> list[str]:
    """Everything that must happen before a child may be closed, each in words."""
    open_ones = [standing_words(each) for each in passings if each.is_open]
    open_ones += [f"Not closed: {ENDINGS[each].words} has not ended" for each in endings]
    if directions:
        count = "1 direction is" if directions == 1 else f"{directions} directions are"
        open_ones.append(f"Not closed: {count} not ended")
    return open_ones


def check_may_close(open_ones: list[str]) -> None:
    """Refuse to close while anything is open, with all of it."""
    if open_ones:
        raise NotReady(". ".join(open_ones) + ".")
