"""The suggestion as it is read: the rules that fired, what fed them, what is not known, banners.

It is never filled into a field; level and route are a person's own choice.
"""

from html import escape

import streamlit as st

from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.suggest import FactsForSuggestion, FiredRule, Suggestion
from mash_triage.web.child.reading import WholeChild

FACT_WORDS = {
    "age_days": "the child's age",
    "unborn": "the child is not born yet",
    "non_mobile": "the child cannot move independently",
    "in_danger_now": "the referrer says that somebody is in danger now",
    "police_protection": "police protection or an emergency protection order",
    "safe_adult_named": "no safe adult is named",
    "triggered": "a danger trigger is ticked",
}
"""Facts on which a rule that fired rests."""

QUESTIONS = {
    "age_days": "How old is the child?",
    "non_mobile": "Can the child move independently?",
    "in_danger_now": "Is somebody in danger now?",
    "police_protection": "Is the child under police protection or an emergency order?",
}
"""Facts that are not known, as the questions to ask."""


def banners(whole: WholeChild) -> None:
    """What must be seen before anything else: check 999, and do not contact the family."""
    suggestion = whole.screening.suggestion
    words = [rule.words for rule in suggestion.rules if whole.edition.rule_of(rule.rule).check_999]
    if suggestion.check_999 and whole.decision is None:
        _banner("Check 999 now.", " ".join(words))
    if suggestion.do_not_contact_family:
        spoken = [
            rule.words
            for rule in suggestion.rules
            if whole.edition.rule_of(rule.rule).do_not_contact_family
        ]
        _banner("Do not contact the family.", " ".join(spoken))


def _banner(title: str, words: str) -> None:
    st.html(
        f'<div class="mash-banner"><p><strong>{escape(title)}</strong> {escape(words)}</p></div>'
    )


def box(whole: WholeChild) -> None:
    """The suggested level and route, why, what is not known, and the edition's own notice."""
    edition, suggestion = whole.edition, whole.screening.suggestion
    facts = whole.screening.facts
    rules = "".join(_rule(edition, facts, rule) for rule in suggestion.rules)
    st.html(
        f'<div class="mash-suggestion"><h3>{_title(edition, suggestion)}</h3>'
        f"<ul>{rules}</ul>{_not_known(suggestion)}{_left_out(suggestion)}"
        f'<p class="mash-note">{escape(edition.notice)}</p></div>'
    )


def _title(edition: Edition, suggestion: Suggestion) -> str:
    if not suggestion.enough_known:
        return "Nothing is suggested yet"
    level = edition.level_of(suggestion.level)
    route = edition.route_of(suggestion.route)
    return (
        f"Suggested: level {level.number}, {escape(level.name.lower())}; "
        f"{escape(route.words.lower())}"
    )


def _rule(edition: Edition, facts: FactsForSuggestion, rule: FiredRule) -> str:
    known = edition.indicators_by_code
    fed = [known[code].words for code in dict.fromkeys(rule.indicators)]
    fed += [_fact(facts, name) for name in rule.facts if name != "indicators"]
    page = f" (page {rule.page})" if rule.page else ""
    because = f'<br><span class="mash-note">Because: {escape("; ".join(fed))}</span>' if fed else ""
    return f"<li>{escape(rule.words)}{page}{because}</li>"


def _fact(facts: FactsForSuggestion, name: str) -> str:
    if name == "repeat_3_months":
        return f"{facts.repeat_3_months} earlier in 3 months"
    if name == "repeat_12_months":
        return f"{facts.repeat_12_months} earlier in 12 months"
    return FACT_WORDS.get(name, name.replace("_", " "))


def _not_known(suggestion: Suggestion) -> str:
    """Rules that would fire if a fact were known to be so."""
    lines = "".join(
        f"<li>{escape(' '.join(QUESTIONS.get(name, name) for name in each.not_known))}<br>"
        f'<span class="mash-note">It matters: {escape(each.words)}</span></li>'
        for each in suggestion.open_questions
    )
    return (
        f"<p><strong>Not known, and it would matter</strong></p><ul>{lines}</ul>" if lines else ""
    )


def _left_out(suggestion: Suggestion) -> str:
    codes = ", ".join(suggestion.not_in_edition)
    return f"<p>Not in this edition, so not counted: {escape(codes)}.</p>" if codes else ""
