"""The manager chooses what the referrer is told. Nothing is chosen beforehand."""

from dataclasses import replace

import streamlit as st

from mash_triage.decisions.told import (
    FOR_THE_PUBLIC,
    TOLD_WORDS,
    WITHHELD_WORDS,
    Telling,
    ToldFacts,
    ToldReason,
    WithheldReason,
    is_other_level,
)
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.shapes import Rule
from mash_triage.web.kept import Kept

PUBLIC = (
    "A member of the public made contact: neither outcome nor level is told, only the reasons "
    "chosen here."
)


def choose(edition: Edition, telling: Telling, level: int, kept: Kept) -> ToldFacts:
    """Reasons with own words and the rule that explains; or that nothing is told, and why."""
    st.html('<h3 id="told">What the referrer is told</h3>')
    st.html(f"<p>{_who(telling)}</p>")
    told = _told(edition, telling, level, kept)
    withholds = st.checkbox(
        "Tell the referrer nothing: it is not right in this case",
        value=bool(kept.value("withholds")),
        key=kept.key("withholds"),
        persist_state="session",
    )
    return _withheld(kept, told) if withholds else told


def _who(telling: Telling) -> str:
    if not telling.is_professional:
        return PUBLIC
    if telling.level_thought is None:
        return "A professional made contact, and named no level of need."
    return f"A professional made contact, and thought level {telling.level_thought}."


def _told(edition: Edition, telling: Telling, level: int, kept: Kept) -> ToldFacts:
    st.html("<p><strong>Reasons, as the referrer reads them</strong></p>")
    reasons = tuple(
        reason
        for reason in (ToldReason if telling.is_professional else sorted(FOR_THE_PUBLIC))
        if st.checkbox(
            TOLD_WORDS[reason],
            value=bool(kept.value(f"told_{reason}")),
            key=kept.key(f"told_{reason}"),
            persist_state="session",
        )
    )
    if not telling.is_professional:
        return ToldFacts(reasons)
    words = st.text_area(
        "Your own words to the referrer (optional)",
        value=kept.text("told_words"),
        key=kept.key("told_words"),
        help="She reads them as you write them. Nothing of a child whom she may not be told about.",
        height=90,
        persist_state="session",
    )
    differs = is_other_level(telling.level_thought, level)
    return ToldFacts(
        reasons,
        words,
        explaining_rule=_explaining_rule(edition, telling, level, kept) if differs else None,
    )


def _explaining_rule(edition: Edition, telling: Telling, level: int, kept: Kept) -> str | None:
    rules = {rule.code: rule for rule in rules_between(edition, telling.level_thought, level)}
    return st.selectbox(
        f"The referrer thought level {telling.level_thought}, you decide level {level}. "
        "Which rule explains it?",
        list(rules),
        index=kept.index("explaining_rule", list(rules)),
        format_func=lambda code: _rule_words(rules[code]),
        placeholder="Choose a rule of the levels of need",
        key=kept.key("explaining_rule"),
        persist_state="session",
    )


def rules_between(edition: Edition, thought: int | None, decided: int) -> tuple[Rule, ...]:
    """The published rules that lead to the decided level or to the one thought; all that lead to a
    level where there is none of these.
    """
    leading = [rule for rule in edition.rule if rule.level is not None]
    near = [rule for rule in leading if rule.level in (thought, decided)]
    return tuple(near or leading or edition.rule)


def _rule_words(rule: Rule) -> str:
    return f"Level {rule.level}: {rule.words}" if rule.level else rule.words


def _withheld(kept: Kept, told: ToldFacts) -> ToldFacts:
    """Why nothing is told. Reasons that are ticked all the same stand, and the deed says so."""
    reasons = list(WithheldReason)
    reason = st.radio(
        "Why is nothing told?",
        reasons,
        index=kept.index("withheld", reasons),
        format_func=WITHHELD_WORDS.__getitem__,
        key=kept.key("withheld"),
        persist_state="session",
    )
    words = st.text_area(
        "In your own words, for the record only",
        value=kept.text("withheld_words"),
        key=kept.key("withheld_words"),
        height=80,
        persist_state="session",
    )
    return replace(told, withheld=reason, withheld_words=words) if reason else ToldFacts()
