"""What may be recorded of a missing episode, what it offers, and when something is due of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mash_triage.clocks.working_days import london_day
from mash_triage.errors import Changed, NotReady
from mash_triage.missing.codes import (
    ANSWER,
    ANSWERS,
    INDEPENDENT,
    PULL,
    PUSH,
    RELATION,
    RETURNED_HOW,
    RISK,
    SAFE_AND_WELL,
)
from mash_triage.missing.local import MissingRules, Sign

INTERVIEW_WITHIN = timedelta(hours=72)
"""Of the child's return. Source: Statutory guidance on children who run away or go missing from
home or care, Department for Education, January 2014."""

TWICE = "This child is recorded as missing already. Record there that the child is back."
LONG_AGO = timedelta(days=366)  # a notice of an episode before then is a slip of the pen
LONGEST_LINE = 300
LONGEST_NAME = 200


@dataclass(frozen=True)
class NoticeFacts:
    """A notice as somebody enters it. `noticed_at` is when the front door was told."""

    missing_since: datetime | None
    last_seen: str
    reporter: str
    noticed_at: datetime | None = None
    reference: str = ""
    looked_after: str = ""
    returned: "ReturnFacts | None" = None


@dataclass(frozen=True)
class ReturnFacts:
    """That the child is back: when, how, and in words."""

    returned_at: datetime | None
    how: str
    words: str = ""


@dataclass(frozen=True)
class RiskFacts:
    """The risk as somebody judges it."""

    level: str
    exploitation: str
    health: str
    medication: str
    words: str


@dataclass(frozen=True)
class HeldFacts:
    """An interview as held."""

    held_at: datetime | None
    interviewer: str
    relation: str
    push: tuple[str, ...] = ()
    pull: tuple[str, ...] = ()
    factor_words: str = ""
    disclosed: str = ""


# ---------------------------------------------------------------- the notice


def check_notice(facts: NoticeFacts, *, received_at: datetime, at: datetime) -> None:
    """Refuse a notice that cannot be so. `received_at` is when the contact reached us."""
    since = facts.missing_since
    if since is None:
        raise NotReady("Say since when the child is or was missing.")
    if since > at:
        raise NotReady("The child cannot be missing from a time that is still to come.")
    if at - since > LONG_AGO:
        raise NotReady("That is more than a year ago. Check since when the child was missing.")
    if facts.noticed_at is not None:
        if facts.noticed_at > at:
            raise NotReady("We cannot have been told at a time that is still to come.")
        if facts.noticed_at < received_at.replace(second=0, microsecond=0):
            raise NotReady("We cannot have been told before the contact was received.")
        if facts.noticed_at < since:
            raise NotReady("We cannot have been told before the child went missing.")
    check_line(facts.last_seen, "Say where and by whom the child was last seen.", most=2_000)
    check_line(facts.reporter, "Say who reported the child missing.")
    if len(facts.reference) > LONGEST_LINE:
        raise NotReady(f"Shorten the reference to {LONGEST_LINE} characters or fewer.")
    if facts.looked_after not in ANSWERS:
        raise NotReady("Say whether the child is looked after by a council.")


def check_return(facts: ReturnFacts, *, missing_since: datetime, at: datetime) -> None:
    """Refuse a return that cannot be so."""
    if facts.returned_at is None:
        raise NotReady("Say when the child was found or came back.")
    if facts.returned_at > at:
        raise NotReady("The child cannot have come back at a time that is still to come.")
    if facts.returned_at <= missing_since:
        raise NotReady("The child cannot be back before going missing. Check both times.")
    if facts.how not in RETURNED_HOW:
        raise NotReady("Say how the child was found or came back.")


def check_review(words: str) -> None:
    """A manager's oversight is a sentence of hers."""
    check_line(words, "Write what you have seen to, and what is to happen.", most=20_000)


def check_risk(facts: RiskFacts) -> None:
    """Refuse an assessment that leaves something open."""
    if facts.level not in RISK:
        raise NotReady("Say how great the risk is: low, medium or high.")
    if {facts.exploitation, facts.health, facts.medication} - ANSWERS.keys():
        raise NotReady("Answer exploitation, health and medication; not known is an answer.")
    check_line(facts.words, "Say in a sentence why the risk is judged so.", most=20_000)


def is_settled(*, is_back: bool, reviewed: bool, assessed: bool, interview_over: bool) -> bool:
    """Is nothing more to be done of an episode?"""
    return is_back and reviewed and assessed and interview_over


def check_apart(
    missing_since: datetime,
    returned_at: datetime | None,
    earlier: Iterable[tuple[datetime, datetime | None]],
) -> None:
    """Refuse an episode that another one of the same child covers, or that is open beside one."""
    for since, until in earlier:
        if until is None and returned_at is None:
            raise Changed(TWICE)
        begins_before_its_end = until is None or missing_since < until
        if begins_before_its_end and (returned_at is None or since < returned_at):
            raise NotReady("The child is recorded as missing at that time. Check the times.")


# ---------------------------------------------------------------- the interview


def provider_for(looked_after: str, rules: MissingRules) -> str:
    """Who interviews by rule: the first that fits, else the first of all."""
    fits = (each.code for each in rules.provider if looked_after in each.looked_after)
    return next(fits, rules.provider[0].code)


def check_provider(code: str, because: str, rules: MissingRules) -> None:
    """Somebody else than by rule is chosen with a reason."""
    if code not in {each.code for each in rules.provider}:
        raise NotReady("Choose who is to hold the interview.")
    check_line(because, "Say why somebody else is to hold the interview.", most=2_000)


def check_offer(offered_at: datetime | None, offered_for: str, returned_at: datetime | None,
                *, at: datetime) -> None:  # fmt: skip
    """Refuse an offer that cannot be so."""
    if returned_at is None:
        raise NotReady("Record first that the child was found or came back.")
    if offered_at is None:
        raise NotReady("Say when the interview was offered.")
    if offered_at > at:
        raise NotReady("The interview cannot have been offered at a time that is still to come.")
    if offered_at < returned_at:
        raise NotReady("The interview cannot have been offered before the child was back.")
    check_line(offered_for, "Say who offered the interview.", most=LONGEST_NAME)


def check_answer(answer: str, words: str) -> None:
    """An interview that was not accepted says why."""
    if answer not in ANSWER:
        raise NotReady("Say whether the interview was accepted.")
    if answer == "declined":
        check_line(words, "Say why the child declined, in the child's words if you can.")
    if answer == "not_able":
        check_line(words, "Say why the interview could not be offered or held.")


def check_held(
    facts: HeldFacts, *, returned_at: datetime, offered_at: datetime, answer: str | None,
    at: datetime,
) -> None:  # fmt: skip
    """Refuse an interview that cannot be so."""
    if answer != "accepted":
        raise NotReady("Record first that the interview was accepted.")
    if facts.held_at is None:
        raise NotReady("Say when the interview was held.")
    if facts.held_at > at:
        raise NotReady("The interview cannot have been held at a time that is still to come.")
    if facts.held_at < returned_at:
        raise NotReady("The interview cannot have been held before the child was back.")
    if facts.held_at < offered_at:
        raise NotReady("The interview cannot have been held before it was offered.")
    check_line(facts.interviewer, "Say who held the interview.", most=LONGEST_NAME)
    if facts.relation not in RELATION:
        raise NotReady("Say what the interviewer is to the child's case.")
    if facts.relation == "police":
        raise NotReady(f"{SAFE_AND_WELL} Record who else spoke with the child.")
    if set(facts.push) - PUSH.keys() or set(facts.pull) - PULL.keys():
        raise NotReady("Choose the push and pull factors of the list; write others in words.")
    if not (facts.push or facts.pull or facts.factor_words.strip()):
        raise NotReady(
            "Say what the child went away from or was drawn to, or that nothing is known."
        )


def is_independent(relation: str) -> bool:
    """Was the interviewer somebody outside the child's case and placement?"""
    return relation in INDEPENDENT


def is_in_time(returned_at: datetime, held_at: datetime) -> bool:
    """Was the interview held within 72 hours of the return?"""
    return held_at - returned_at <= INTERVIEW_WITHIN


def is_over(interviews: Collection[tuple[str | None, datetime | None]]) -> bool:
    """Is nothing more due of the interview: held, or the last answer was a no? A child who
    declined may be offered one again.
    """
    if any(held_at is not None for _answer, held_at in interviews):
        return True
    last = list(interviews)[-1:]
    return any(answer in {"declined", "not_able"} for answer, _held in last)


def check_action(what: str, owner: str, due_on: date | None, *, at: datetime) -> None:
    """Somebody does something by a day."""
    check_line(what, "Say what is to be done.", most=2_000)
    check_line(owner, "Say who does it.", most=LONGEST_NAME)
    if due_on is None:
        raise NotReady("Say by which day it is to be done.")
    if due_on < london_day(at):
        raise NotReady("That day has gone by. Choose today or a later day.")


# ---------------------------------------------------------------- what is offered


def nights_away(missing_since: datetime, until: datetime) -> int:
    """How many nights the child was away over: a night is over at five in the morning (ours)."""
    shift = timedelta(hours=5)
    return (london_day(until - shift) - london_day(missing_since - shift)).days


def signs_of(
    *,
    missing_since: datetime,
    returned_at: datetime | None,
    episodes_lately: int,
    risk: RiskFacts | None,
    rules: MissingRules,
    at: datetime,
) -> frozenset[Sign]:
    """What is so of an episode. `episodes_lately` counts this one too."""
    exploited = risk is not None and risk.exploitation == "yes"
    away = nights_away(missing_since, returned_at or at) > 0
    repeated = episodes_lately >= rules.repeated_from
    found = {
        Sign.MISSING_NOW: returned_at is None,
        Sign.RETURNED: returned_at is not None,
        Sign.OVERNIGHT: away,
        Sign.REPEATED: repeated,
        Sign.SINGLE: not repeated and not away and not exploited,
        Sign.HIGH_RISK: risk is not None and risk.level == "high",
        Sign.EXPLOITATION: exploited,
    }
    return frozenset(sign for sign, is_so in found.items() if is_so)


def offered(signs: frozenset[Sign], known: Collection[str], rules: MissingRules) -> tuple[str, ...]:
    """The indicators that these signs offer, of those that the edition has. A worker decides."""
    return tuple(
        each.indicator
        for each in rules.offer
        if each.indicator in known and any(signs.issuperset(line) for line in each.any)
    )


def check_line(words: str, missing: str, *, most: int = LONGEST_LINE) -> None:
    """Refuse an answer that is empty, or longer than there is room for."""
    if not words.strip():
        raise NotReady(missing)
    if len(words) > most:
        raise NotReady(f"One answer is too long: shorten it to {most} characters or fewer.")
