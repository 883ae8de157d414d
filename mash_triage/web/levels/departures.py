"""What people set instead of what was suggested: the picture, the rules, and one rule in full.

A rule that people keep departing from may need other words; the figures say nothing of any one
person. Somebody without access to records sees no count of one to five, and no written words.
"""

from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.access.actor import Actor
from mash_triage.departures.queries import (
    Departure,
    EditionUse,
    RuleUse,
    departures_from,
    uses_of_editions,
    uses_of_rules,
)
from mash_triage.departures.rules import DEPARTED, Direction, shown_parts
from mash_triage.small_counts import is_small
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.queries import edition_of
from mash_triage.web import components, wording
from mash_triage.web.child.tables import table
from mash_triage.web.levels import departure_chart, one_rule
from mash_triage.web.measures_view import HIDDEN, sees_records
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

ABOUT = (
    "How often people set another level or route than the rules suggested, rule by rule. A rule "
    "that people keep departing from may need other words. Nothing here is about any one person, "
    "and departing is no fault: the suggestion informs, and people decide."
)
NONE_YET = "No child has been decided yet, so there is nothing to learn from."
NO_DEPARTURES = "In every decision under this edition people set what was suggested."
DECISIVE = (
    "A rule is decisive where the suggested level and route came from it. A rule that fired "
    "beside a graver one, or that only asks people to look, is counted as fired."
)


def departures(visit: Visit) -> None:
    """The whole page."""
    with visit.look() as session:
        used = uses_of_editions(session, by=visit.by)
        titles = {use.edition_id: edition_of(session, use.edition_id).title for use in used}
    st.html(f"<p>{ABOUT}</p>")
    if not used:
        st.html(f'<p class="mash-empty">{NONE_YET}</p>')
        return
    chosen = _which(used, titles)
    with visit.look() as session:
        edition = edition_of(session, chosen.edition_id)
        uses = uses_of_rules(session, chosen.edition_id, by=visit.by, at=visit.at)
    st.html(f'<p class="mash-note">{escape(edition.notice)}</p>')
    _in_all(chosen, visit.by)
    if not chosen.departed:
        st.html(f'<p class="mash-empty">{NO_DEPARTURES}</p>')
        return
    st.header("Rule by rule", anchor=False)
    departure_chart.draw(edition, [(use, parts(use, visit.by)) for use in uses])
    st.html(_decisive_table(edition, chosen.edition_id, uses, visit.by))
    st.html(f'<p class="mash-note">{DECISIVE}</p>')
    _one_rule(visit, edition, chosen.edition_id, uses)


def parts(use: RuleUse, by: Actor) -> dict[Direction, int | None]:
    """What was decided where a rule was decisive, as far as this person may see it."""
    whole = {each: use.decided[each] for each in Direction}
    return {**whole} if sees_records(by) else shown_parts(whole)


def count_words(count: int | None, by: Actor) -> str:
    """A count, unless it is hidden from this person."""
    if count is None or (is_small(count) and not sees_records(by)):
        return HIDDEN
    return f"{count:,}"


# ---------------------------------------------------------------- all rules


def _which(used: list[EditionUse], titles: dict[UUID, str]) -> EditionUse:
    """The edition to look at: the one most used, unless another is chosen."""
    known = {str(use.edition_id): use for use in used}
    if len(used) == 1:
        return used[0]
    key = st.selectbox(
        "Edition",
        list(known),
        format_func=lambda key: titles[known[key].edition_id] if key in known else "",
        key="departures_edition",
    )
    return known.get(key or "", used[0])


def _in_all(use: EditionUse, by: Actor) -> None:
    whole = {each: use.decided.get(each, 0) for each in Direction}
    seen = whole if sees_records(by) else shown_parts(whole)
    higher, lower = seen[Direction.HIGHER], seen[Direction.LOWER]
    share = wording.percent_words(use.departed, use.counted)
    if not sees_records(by) and is_small(use.departed):
        share = HIDDEN
    st.html(
        f'<p class="mash-share">Something else was set for <strong>{share}</strong>'
        f'<span class="mash-note">Higher: {count_words(higher, by)}. '
        f"Lower: {count_words(lower, by)}.</span></p>"
    )


def _decisive_table(edition: Edition, edition_id: UUID, uses: list[RuleUse], by: Actor) -> Html:
    heads = ("Rule", "Fired", "Decisive", "Set higher", "Set lower", "Set something else")
    rows = (
        (
            rule_link_html(edition, edition_id, use.rule),
            count_words(use.fired, by),
            count_words(use.rested, by),
            *_directions(use, by),
        )
        for use in uses
        if use.rested
    )
    caption = "Rules that were decisive"
    return Html(f'<div class="mash-rules">{table(caption, heads, rows)}</div>')


def _directions(use: RuleUse, by: Actor) -> tuple[str, str, str]:
    seen = parts(use, by)
    departed = [seen[each] for each in DEPARTED]
    all_told = None if None in departed else use.departed
    words = HIDDEN if all_told is None else wording.percent_words(all_told, use.rested)
    return (
        count_words(seen[Direction.HIGHER], by),
        count_words(seen[Direction.LOWER], by),
        words,
    )


def rule_link_html(edition: Edition, edition_id: UUID, code: str) -> Html:
    """The words of a rule, as a link to where everybody may read it."""
    return Html(
        f'<a class="mash-rule" href="/levels-of-need?edition={edition_id}#rule-{escape(code)}" '
        f'target="_blank" rel="noopener">{escape(one_rule.rule_words(edition, code))}</a>'
    )


# ---------------------------------------------------------------- one rule


def _one_rule(visit: Visit, edition: Edition, edition_id: UUID, uses: list[RuleUse]) -> None:
    """Reasons, outcomes, what came after, and the words, for the rule that is chosen."""
    known = {use.rule: use for use in uses if use.departed}
    st.header("One rule", anchor=False)
    code = st.selectbox(
        "Which rule?",
        list(known),
        index=None,
        format_func=lambda code: one_rule.rule_words(edition, code),
        placeholder="Choose a rule to see why, and what became of the children",
        key="departures_rule",
    )
    if code not in known:
        return
    one_rule.draw(edition, known[code], sees_all=sees_records(visit.by))
    if sees_records(visit.by):
        with visit.look() as session:
            found = departures_from(session, edition_id, code, by=visit.by)
        _words(edition, found)
    else:
        st.html(f'<p class="mash-note">{one_rule.NO_WORDS}</p>')


def _words(edition: Edition, found: list[Departure]) -> None:
    st.subheader(f"In people's words, the latest {len(found)}", anchor=False)
    st.html("".join(_departure_html(edition, each) for each in found))


def _departure_html(edition: Edition, each: Departure) -> str:
    was = one_rule.place_words(edition, each.suggested_level, each.suggested_route)
    now = one_rule.place_words(edition, each.level, each.route)
    reason = one_rule.reason_words(edition, each.reason)
    link = components.child_link_html("child", each.contact_child_id, "Open the child")
    return (
        f'<div class="mash-departure"><p><strong>{escape(now.capitalize())}</strong> instead of '
        f"{escape(was)}"
        f'<br><span class="mash-note">{escape(reason)} · {wording.moment_words(each.decided_at)} · '
        f"{link}</span></p>{components.words_html(each.words)}</div>"
    )
