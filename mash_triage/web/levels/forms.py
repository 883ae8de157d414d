"""The fields of each kind of part. What a part holds beyond them is kept, and changed as text."""

from dataclasses import replace

from mash_triage.editions.draft_text import Values
from mash_triage.web.levels.field import Asks, Field, many, number, one, text, under, yes

MOST_HOURS = 24 * 366

CODE = Field("code", "Code", help="Small letters, digits and underscores. A code is for ever.")
WORDS = Field("words", "Words")
MEANING = text("meaning", "Meaning")
PAGE = number("page", "Page in the printed document")
FAMILIES = text("plain.families", "In plain words, for families")
PARTNERS = text("plain.partners", "In plain words, for partner agencies")
OUTCOMES = many("outcomes", "Outcomes", "outcome")
CHECK_999 = yes("check_999", "Check whether 999 is needed")
NO_CONTACT = yes("do_not_contact_family", "Do not contact the family first")
HOURS = number("within_hours", "Within (hours)", MOST_HOURS)

NAMED = (CODE, WORDS, text("meaning", "Meaning (optional)"))
"""A thing with a name: a domain, a theme, a group, a worry, a strength."""


def _seen(path: str, heading: str) -> tuple[Field, ...]:
    """Which indicators a rule asks for."""
    at_least = replace(number(f"{path}.at_least", "At least so many", 100), empty=1)
    return under(
        heading,
        many(f"{path}.codes", "Any of these indicators", "indicator"),
        many(f"{path}.except_codes", "But never these", "indicator"),
        one(f"{path}.group", "Of the group", "group"),
        one(f"{path}.level", "That usually sit at level", "level"),
        many(f"{path}.themes", "Of any of these themes", "theme"),
        one(f"{path}.mark", "Marked", "mark"),
        at_least,
        yes(f"{path}.different_themes", "From different themes"),
    )


def _when(path: str, seen: str, others: str) -> tuple[Field, ...]:
    """Everything that a rule can ask, beneath these headings."""
    return (
        *_seen(f"{path}.seen", seen),
        *_seen(f"{path}.also_seen", "And with them, of a second kind"),
        *under(
            others,
            number(f"{path}.age_under_years", "The child is younger than (years), or unborn", 18),
            one(f"{path}.answered_yes", "The answer is yes", "asked"),
            many(f"{path}.help_before", "The child has or had any of this help", "help"),
            number(f"{path}.earlier_in_3_months", "Earlier contacts in 3 months, at least", 100),
            number(f"{path}.earlier_in_12_months", "Earlier contacts in 12 months, at least", 100),
            yes(f"{path}.with_trigger", "A trigger has fired"),
            yes(f"{path}.no_safe_adult_named", "No safe adult is named"),
            yes(f"{path}.nothing_seen", "No indicator is accepted"),
        ),
    )


RULE = (
    CODE,
    text("words", "The rule in plain words"),
    *_when("when", "Indicators that must be seen", "Other things that must hold"),
    *under(
        "What follows",
        one("level", "Level", "level"),
        one("route", "Route", "route"),
        one("rag", "Rating", "rag"),
        yes("trigger", "A trigger: always section 47 and red; nothing cancels it"),
        CHECK_999,
        yes("ask_manager_to_comment", "The manager says what the pattern means"),
        NO_CONTACT,
        text("source", "Law or guidance that it rests on"),
        PAGE,
    ),
)

PROTECTIVE = (
    CODE,
    text("words", "The rule in plain words"),
    many("strengths", "Strengths", "strength"),
    replace(number("at_least", "At least so many of them", 100), empty=1),
    many("lowers", "Rules that come out one step lower", "rule"),
    *_when("unless", "Unless these indicators are seen", "Or unless this holds"),
    PAGE,
)

FORMS: dict[str, tuple[Field, ...]] = {
    "": (
        Field("title", "Title"),
        Field("effective_from", "In force from", Asks.DAY),
        Field(
            "effective_to",
            "Last day (optional)",
            Asks.DAY,
            help="Usually left empty: an edition ends when the next one begins.",
        ),
        text("source", "Source"),
        text("notice", "Notice shown beside every suggestion"),
        text("owner", "Who owns the document"),
        text("how_decided", "How decisions are made"),
        Field("allow_plain_nfa", "An ending without an outcome is allowed", Asks.YES),
    ),
    "clocks": (
        number("red_within_hours", "A red contact is decided within (hours)", MOST_HOURS),
        Field("opens", "Opens", Asks.TIME),
        Field("closes", "Closes", Asks.TIME),
        many("working_week", "Working week", "week"),
        Field("time_zone", "Time zone"),
        number("half_used_at_percent", "First step of a clock (percent used)", 99),
        number("nearly_used_at_percent", "Second step of a clock (percent used)", 99),
    ),
    "rag": (
        one("code", "Code", "all rag"),
        WORDS,
        MEANING,
        HOURS,
        number("within_working_days", "Within (working days)", 20),
    ),
    "level": (
        number("number", "Number", 9),
        Field("name", "Name"),
        MEANING,
        many("routes", "Routes that a child at this level may take", "route"),
        FAMILIES,
        PARTNERS,
        PAGE,
    ),
    "route": (one("code", "Code", "all route"), WORDS, MEANING, OUTCOMES, FAMILIES, PARTNERS),
    "without_route": (OUTCOMES,),
    "outcome": (
        one("code", "Code", "all outcome"),
        WORDS,
        text("told_to_referrer", "What the referrer is told"),
    ),
    "departure_reason": (CODE, WORDS),
    "indicator": (
        CODE,
        WORDS,
        text("definition", "Definition"),
        one("domain", "Domain", "domain"),
        one("theme", "Theme", "theme"),
        one(
            "level", "Level where it usually sits alone", "level", "Empty: only rules give it one."
        ),
        many("groups", "Groups that rules name", "group"),
        CHECK_999,
        NO_CONTACT,
        PAGE,
    ),
    "rule": RULE,
    "protective": PROTECTIVE,
    "consent": (
        one("route", "Route", "all route"),
        yes("needed", "Agreement is needed"),
        text("words", "What agreement means for this route"),
        text("when_refused", "When the family says no"),
    ),
}

CLOCK = (
    Field("words", "What must happen"),
    Field("counted_from", "Counted from"),
    yes("at_once", "At once"),
    HOURS,
    number("within_working_days", "Within (working days)", 260),
    Field("source", "Who set this time"),
)


def fields_of(kind: str, values: Values) -> tuple[Field, ...]:
    """The fields of a part; a route has those of each of its clocks as well."""
    clocks = values.get("clock", []) if kind == "route" else []
    return FORMS.get(kind, NAMED) + tuple(
        replace(each, name=f"clock.{n}.{each.name}", under=f"Clock {n + 1}")
        for n in range(len(clocks))
        for each in CLOCK
    )
