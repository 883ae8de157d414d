"""What the service would spot in a whole contact and suggest for it, without any database."""

from dataclasses import dataclass

from mash_triage.reading.about import About
from mash_triage.reading.in_edition import read_worry
from mash_triage.reading.worked_contacts import WorkedContact
from mash_triage.thresholds.facts import Consent, FactsForSuggestion, HelpBefore, days_at_age
from mash_triage.thresholds.routes import Answer, Route
from mash_triage.thresholds.shapes import Edition
from mash_triage.thresholds.suggest import Suggestion, suggest

HELP_BEFORE = {
    "early_help": (HelpBefore.EARLY_HELP,),
    "cin": (HelpBefore.CHILD_IN_NEED,),
    "cp": (HelpBefore.CHILD_PROTECTION,),
    "lac": (HelpBefore.LOOKED_AFTER,),
}
CONSENT = {"yes": Consent.GIVEN, "no": Consent.REFUSED}
OF_THE_HOUSEHOLD = frozenset({"parenting_capacity", "family_environment"})
OF_ONE_CHILD = frozenset({"physical_harm", "sexual_harm"})
DAYS_A_MONTH = 30  # fewer than any but one month has, so that a child is never taken as older


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the service makes of a contact: the suggestion for the child with the greatest need."""

    id: str
    route: Route
    level: int
    immediate_danger: bool
    indicators: tuple[str, ...]
    reasons: tuple[str, ...]


def predict(edition: Edition, contact: WorkedContact) -> Prediction:
    """The suggestion for one contact, from its narrative or from the indicators accepted in it."""
    codes, danger = _indicators(edition, contact)
    facts = facts_of(contact, codes, in_danger_now=bool(danger))
    cases = [facts, *_of_other_children(edition, contact, facts)]
    suggestions = [suggest(edition, each) for each in cases]
    gravest = max(suggestions, key=lambda each: (each.level, each.route.weight))
    return Prediction(
        id=contact.id,
        route=gravest.route,
        level=gravest.level,
        immediate_danger=_asks_for_999(edition, gravest) if danger is None else danger,
        indicators=codes,
        reasons=tuple(_reason(edition, rule.words, rule.indicators) for rule in gravest.rules),
    )


def _indicators(edition: Edition, contact: WorkedContact) -> tuple[tuple[str, ...], bool | None]:
    """The indicators that count, and whether the narrative speaks of danger, if it was read."""
    if contact.indicators is not None:
        return contact.indicators, None
    reading = read_worry(contact.narrative, about_of(contact), edition)
    return reading.codes, reading.immediate_danger


def about_of(contact: WorkedContact) -> About:
    """The structured facts that the reading of a contact may rest on."""
    child = contact.child
    return About(
        age_years=child.age_years,
        age_months=child.age_months,
        unborn=child.unborn,
        non_mobile=child.non_mobile,
        disability=child.disability,
        other_ages=contact.other_children,
        agency=contact.source.agency_type,
        prior_contacts_12m=contact.prior_contacts_12m,
    )


def facts_of(
    contact: WorkedContact, indicators: tuple[str, ...], *, in_danger_now: bool = False
) -> FactsForSuggestion:
    """The structured facts of the child whom a contact is about."""
    child = contact.child
    return FactsForSuggestion(
        age_days=None if child.unborn else _age_days(contact),
        unborn=child.unborn,
        non_mobile=_answer(child.non_mobile),
        disabled=_answer(child.disability),
        in_danger_now=Answer.YES if in_danger_now else Answer.NOT_KNOWN,
        indicators=indicators,
        repeat_12_months=contact.prior_contacts_12m,
        help_before=HELP_BEFORE.get(contact.previous_status, ()),
        consent=CONSENT.get(contact.consent.given, Consent.NOT_KNOWN),
    )


def _age_days(contact: WorkedContact) -> int | None:
    child = contact.child
    if child.age_months is not None:
        years, months = divmod(child.age_months, 12)
        return days_at_age(years) + DAYS_A_MONTH * months
    return None if child.age_years is None else days_at_age(child.age_years)


def _answer(said: bool | None) -> Answer:
    return Answer.NOT_KNOWN if said is None else Answer.YES if said else Answer.NO


def _of_other_children(
    edition: Edition, contact: WorkedContact, facts: FactsForSuggestion
) -> list[FactsForSuggestion]:
    """The same household for each other child, who is known by age only.

    What was seen in the child of the contact, or done to that child, is not said of the others.
    """
    known = edition.indicators_by_code
    shared = tuple(
        code
        for code in facts.indicators
        if code in known
        and known[code].domain in OF_THE_HOUSEHOLD
        and known[code].theme not in OF_ONE_CHILD
    )
    return [
        FactsForSuggestion(
            age_days=days_at_age(age), indicators=shared, repeat_12_months=facts.repeat_12_months
        )
        for age in (contact.other_children if shared else ())
    ]


def _asks_for_999(edition: Edition, suggestion: Suggestion) -> bool:
    """Whether an accepted indicator asks to check 999; a file does not name a safe adult."""
    fired = [edition.rule_of(each.rule) for each in suggestion.rules]
    return any(rule.check_999 and not rule.when.no_safe_adult_named for rule in fired)


def _reason(edition: Edition, words: str, codes: tuple[str, ...]) -> str:
    fed = "; ".join(edition.indicator_of(code).words for code in codes)
    return f"{words} Because: {fed}." if fed else words
