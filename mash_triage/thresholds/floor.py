"""What no edition can take away: when section 47 is a duty, or is never argued about.

These rules stand beside those of every edition, first, and are not configurable. An edition says
only which of its indicators they mean, by the groups named here.
"""

from mash_triage.thresholds.routes import Rag, Route
from mash_triage.thresholds.rule_shapes import Rule, Seen, When

INJURY = "injury"
SEXUAL = "sexual"
SEXUAL_DISCLOSURE = "sexual_disclosure"
INJURY_NOT_MOBILE = "injury_not_mobile"
LEGAL_PROTECTION = "legal_protection"

FLOOR_CODE = "floor_"  # begins the codes of the rules below, and of no other

NEEDED_GROUPS = {
    INJURY: "an injury or mark on a child",
    SEXUAL: "a sexual matter about a child",
    SEXUAL_DISCLOSURE: "a child's account of sexual abuse",
}
"""Groups without which the floor could not be seen, and what their indicators mean."""

_FLOOR: tuple[tuple[str, str, str, When], ...] = (
    (
        "floor_legal_protection",
        "The child is under police protection or an emergency protection order: section 47 "
        "enquiries are a duty.",
        "Children Act 1989, section 47(1)(a)",
        When(answered_yes="police_protection"),
    ),
    (
        "floor_legal_protection_seen",
        "Police protection or an emergency protection order is ticked: section 47 enquiries are a "
        "duty.",
        "Children Act 1989, section 47(1)(a)",
        When(seen=Seen(group=LEGAL_PROTECTION)),
    ),
    (
        "floor_injury_not_mobile",
        "Any injury to a child who cannot move independently: a strategy discussion and a "
        "paediatric opinion the same day, whatever the explanation.",
        "Children Act 1989, section 47(1)(b); bruising protocols of safeguarding partnerships",
        When(seen=Seen(group=INJURY), answered_yes="non_mobile"),
    ),
    (
        "floor_injury_not_mobile_seen",
        "An injury to a child who cannot move independently is ticked: a strategy discussion and a "
        "paediatric opinion the same day, whatever the explanation.",
        "Children Act 1989, section 47(1)(b); bruising protocols of safeguarding partnerships",
        When(seen=Seen(group=INJURY_NOT_MOBILE)),
    ),
    (
        "floor_sexual_under_13",
        "A child under 13 cannot in law agree to sexual activity: a strategy discussion.",
        "Sexual Offences Act 2003, sections 5 to 8; Children Act 1989, section 47(1)(b)",
        When(seen=Seen(group=SEXUAL), age_under_years=13),
    ),
    (
        "floor_sexual_disclosure",
        "A child has told of sexual abuse: a strategy discussion.",
        "Children Act 1989, section 47(1)(b)",
        When(seen=Seen(group=SEXUAL_DISCLOSURE)),
    ),
)


def floor_rules(level: int, own: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The floor as rules that give section 47 at this level, for an edition with these rules.

    Where a trigger of the edition asks exactly the same, that one speaks, in the edition's words.
    """
    gives = {"level": level, "route": Route.S47, "rag": Rag.RED, "trigger": True}
    said = [r.when for r in own if all(getattr(r, name) == gives[name] for name in gives)]
    return tuple(
        Rule.model_validate({"code": code, "words": words, "source": source, "when": when} | gives)
        for code, words, source, when in _FLOOR
        if when not in said
    )
