"""The suggestion as it is read: the rules that fired, what fed them, what is not known, banners.

It is never filled into a field; level and route are a person's own choice.
"""

from collections.abc import Sequence
from html import escape

import streamlit as st

from mash_triage.thresholds.changes import Change, what_would_change
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import Rag
from mash_triage.thresholds.rule_shapes import Rule
from mash_triage.thresholds.suggest import FactsForSuggestion, FiredRule, Suggestion
from mash_triage.web.child.help_before import named
from mash_triage.web.child.reading import WholeChild

ASKED_FIRST, ASKED_IN_ALL = 4, 24  # questions shown at once, and with those that are folded away

FACT_WORDS = {
    "age_days": "the child's age",
    "unborn": "the child is not born yet",
    "non_mobile": "the child cannot move independently",
    "in_danger_now": "the referrer says that somebody is in danger now",
    "police_protection": "police protection or an emergency protection order",
    "safe_adult_named": "no safe adult is named",
    "triggered": "a danger trigger is ticked",
    "disabled": "the child is disabled",
    "cannot_tell": "the child has no way of telling",
}
"""Facts on which a rule that fired rests."""

QUESTIONS = {
    "age_days": "How old is the child?",
    "non_mobile": "Can the child move independently?",
    "in_danger_now": "Is somebody in danger now?",
    "police_protection": "Is the child under police protection or an emergency order?",
    "disabled": "Is the child disabled?",
    "cannot_tell": "Has the child a way of telling what happens to them?",
    "help_before": "Is there, or was there, early help, a plan, or care by the authority?",
}
"""Facts that are not known, as the questions to ask."""


def banners(whole: WholeChild) -> None:
    """What must be seen before anything else: check 999, and do not contact the family."""
    suggestion = whole.screening.suggestion
    words = [rule.words for rule in suggestion.rules if whole.edition.rule_of(rule.rule).check_999]
    if suggestion.check_999 and whole.decision is None:
        _banner("Check 999 now.", " ".join(words))
    elif whole.words and whole.words.danger and whole.decision is None:
        said = " ".join(each.sentence for each in whole.words.danger)
        _banner("Do these words speak of danger now? Check 999.", said)
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


def box(whole: WholeChild, *, brief: bool = False) -> None:
    """The suggested level and route, why, what is not known, and the edition's own notice. `brief`,
    once a level is set: what is of danger and what is not known stay, the rest is folded.
    """
    edition, suggestion = whole.edition, whole.screening.suggestion
    st.html(
        f'<div class="mash-suggestion"><h3>{_title(edition, suggestion)}</h3>'
        f"{_how_sure(suggestion)}"
        f"{_why(whole, brief=brief)}{_ask_next(edition, whole, brief=brief)}"
        f"{_not_known(suggestion)}"
        f"{_close(edition, suggestion)}"
        f"{_agreement(suggestion)}{_left_out(suggestion)}"
        f'<p class="mash-note">{escape(edition.notice)}</p></div>'
    )


def _title(edition: Edition, suggestion: Suggestion) -> str:
    if not suggestion.enough_known:
        return "Nothing is suggested yet"
    return f"Suggested: {where(edition, suggestion)}"


def where(edition: Edition, suggestion: Suggestion) -> str:
    """The level and route of a suggestion in words."""
    level = edition.level_of(suggestion.level)
    route = edition.route_of(suggestion.route)
    return f"level {level.number}, {escape(level.name.lower())}; {escape(route.words.lower())}"


def _how_sure(suggestion: Suggestion) -> str:
    if not suggestion.enough_known:
        return ""
    return f"<p>How sure: {escape(suggestion.confidence)}.</p>"


def _why(whole: WholeChild, *, brief: bool) -> str:
    """The rules that fired; `brief`, those of danger and the first, and the others folded."""
    edition, rules = whole.edition, whole.screening.suggestion.rules
    document = f"/levels-of-need.pdf?edition={whole.screening.edition_id}"
    seen = [
        each
        for place, each in enumerate(rules)
        if not brief or not place or _is_of_danger(edition.rule_of(each.rule))
    ]

    def lines(shown: Sequence[FiredRule]) -> str:
        facts = whole.screening.facts
        return "".join(_rule(edition, facts, each, document) for each in shown)

    more = [each for each in rules if each not in seen]
    if not more:
        return f"<ul>{lines(seen)}</ul>"
    title = f"More rules that fired ({len(more)})"
    return (
        f"<ul>{lines(seen)}</ul><details><summary>{title}</summary><ul>{lines(more)}</ul></details>"
    )


def _is_of_danger(rule: Rule) -> bool:
    return rule.trigger or rule.check_999 or rule.do_not_contact_family or rule.rag is Rag.RED


def _rule(edition: Edition, facts: FactsForSuggestion, rule: FiredRule, document: str) -> str:
    known = edition.indicators_by_code
    fed = [known[code].words for code in dict.fromkeys(rule.indicators)]
    fed += [_fact(facts, name) for name in rule.facts if name != "indicators"]
    page = _page(rule.page, document) if rule.page else ""
    because = f'<br><span class="mash-note">Because: {escape("; ".join(fed))}</span>' if fed else ""
    law = f'<br><span class="mash-note">By law: {escape(rule.source)}</span>' if rule.source else ""
    return f"<li>{escape(rule.words)}{page}{because}{law}{_lowered(edition, rule)}</li>"


def _page(number: int, document: str) -> str:
    """The page of the edition under which the contact came, opened beside this one."""
    return f' (<a href="{document}#page={number}" target="_blank" rel="noopener">page {number}</a>)'


def _lowered(edition: Edition, rule: FiredRule) -> str:
    """Why a rule counts one step lower, and the strengths that do it."""
    if rule.lowered_by is None:
        return ""
    strengths = "; ".join(edition.words_of("strength", code) for code in rule.strengths)
    return (
        f'<br><span class="mash-note">One step lower: {escape(rule.lowered_by)} '
        f"Because: {escape(strengths)}</span>"
    )


def _fact(facts: FactsForSuggestion, name: str) -> str:
    if name == "repeat_3_months":
        return f"{facts.repeat_3_months} earlier in 3 months"
    if name == "repeat_12_months":
        return f"{facts.repeat_12_months} earlier in 12 months"
    if name == "help_before" and facts.help_before:
        return f"there is or was {named(facts.help_before)}"
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


def _ask_next(edition: Edition, whole: WholeChild, *, brief: bool) -> str:
    """The questions whose answers would change the route, most useful first; `brief`, folded."""
    suggestion = whole.screening.suggestion
    if not suggestion.enough_known or whole.decision is not None:
        return ""
    if suggestion.triggered:  # it is never talked down, and there is nothing above it
        return ""
    changes = what_would_change(edition, whole.screening.facts)
    first, more = changes[:ASKED_FIRST], changes[ASKED_FIRST:ASKED_IN_ALL]
    if not first:
        return "<p>No single answer would change the route.</p>"
    if brief:
        title = f"What to ask next ({len(first) + len(more)})"
        return f"<details><summary>{title}</summary>{_asked([*first, *more])}</details>"
    folded = (
        f"<details><summary>More questions ({len(more)})</summary>{_asked(more)}</details>"
        if more
        else ""
    )
    return f"<p><strong>What to ask next</strong></p>{_asked(first)}{folded}"


def _asked(changes: Sequence[Change]) -> str:
    lines = "".join(
        f"<li>{escape(' And: '.join(each.question for each in change.facts))}<br>"
        f'<span class="mash-note">{_if(change)}, {escape(_going_on(change.words))}</span></li>'
        for change in changes
    )
    return f"<ul>{lines}</ul>"


def _going_on(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _if(change: Change) -> str:
    """The answer that would change the route: one without a value is about something ticked."""
    answers = [each.is_so or each.kind == "fact" for each in change.facts]
    if all(answers):
        return "If so"
    return "By the answers" if any(answers) else "If not"


def _close(edition: Edition, suggestion: Suggestion) -> str:
    """Rules that one thing more would have made fire, folded away."""
    lines = "".join(
        f"<li>{escape(each.words)}<br>"
        f'<span class="mash-note">It lacks {escape(each.missing)}; it would give level '
        f"{each.level}, {escape(edition.route_of(each.route).words.lower())}.</span></li>"
        for each in suggestion.came_close
    )
    number = len(suggestion.came_close)
    return (
        f"<details><summary>Came close ({number})</summary><ul>{lines}</ul></details>"
        if lines
        else ""
    )


def _agreement(suggestion: Suggestion) -> str:
    return f"<p>{escape(suggestion.consent)}</p>" if suggestion.consent else ""


def _left_out(suggestion: Suggestion) -> str:
    codes = ", ".join(suggestion.not_in_edition)
    return f"<p>Not in this edition, so not counted: {escape(codes)}.</p>" if codes else ""
