"""The list behind a figure, and one row of it opened: what both editions say, and what would
change it.
"""

from html import escape
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import streamlit as st

from mash_triage.backtest.behind import RowBehind, rows_behind
from mash_triage.backtest.compare import Comparison, Side
from mash_triage.backtest.figures import LISTED, Key, node
from mash_triage.backtest.findings import Findings
from mash_triage.contacts.reference import show_reference
from mash_triage.thresholds.changes import Change, what_would_change
from mash_triage.thresholds.facts import FactsForSuggestion
from mash_triage.thresholds.shapes import Edition
from mash_triage.thresholds.suggest import FiredRule, suggest
from mash_triage.web import components
from mash_triage.web.levels import backtest_words as words
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

PATH = "backtest"
MOST_CHANGES = 5  # the most useful come first
BEHIND = "_behind"  # the figure whose list is open, and the row that is open in it

Opened = tuple[Key, int | None]


def link_html(key: Key, text: str, row: int | None = None) -> Html:
    """A figure as the link to its list, or a row as the link to its explanation."""
    address = f"/{PATH}?behind={quote('~'.join(key))}"
    at_row = f"&row={row}" if row is not None else ""
    return Html(
        f'<a class="mash-open" href="{escape(address + at_row)}" target="_self">{escape(text)}</a>'
    )


def opened() -> Opened | None:
    """What is open now: clicked on this page before, or in its address."""
    address = st.session_state.get(BEHIND)
    if address is None:  # come by the link itself, in another tab or after loading again
        address = f"?{urlencode(st.query_params.to_dict())}"
    return read_link(address) if address else None


def read_link(address: str) -> Opened | None:
    """The figure, and perhaps the row, that a link of this page asks for."""
    asked = parse_qs(urlsplit(address).query)
    if "behind" not in asked:
        return None
    row = asked.get("row", [""])[0]
    return tuple(asked["behind"][0].split("~")), int(row) if row.isdigit() else None


def open_or_close(address: str | None) -> None:
    """Remember what is open; none closes it."""
    st.session_state[BEHIND] = address or ""
    for name in ("behind", "row"):
        st.query_params.pop(name, None)


def show(visit: Visit, found: Findings, comparison: Comparison, what: Opened) -> None:
    """The newest children behind one figure."""
    key, row = what
    ids = found.listed(*key)
    if not ids:
        return
    with visit.look() as session:
        rows = rows_behind(session, ids, by=visit.by)
    count = found.count(*key) or 0
    with st.container(border=True, key="behind"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("Behind this figure", anchor=False, width="content")
            st.button("Close", key="close_behind", on_click=open_or_close, args=(None,))
        st.html(f"<p>{escape(_told(count, len(rows)))}</p>")
        if row is not None and row < len(rows):
            _explained(comparison, rows[row], row)
        st.html(_list_html(found, comparison, key, rows))


def _told(count: int, shown: int) -> str:
    if count == shown:
        return f"{count:,} children."
    newest = f"the newest {LISTED} at most, without restricted records"
    return f"{shown} of {count:,} children: {newest}."


def _list_html(found: Findings, comparison: Comparison, key: Key, rows: list[RowBehind]) -> Html:
    lines = "".join(_line_html(found, comparison, key, row, at) for at, row in enumerate(rows))
    heads = "".join(
        f'<th scope="col">{head}</th>'
        for head in ("Child", "Indicators accepted", "Old", "New", "")
    )
    return Html(
        '<div class="mash-behind" role="region" tabindex="0" aria-label="Children behind it">'
        '<table class="mash-trial"><caption>Children behind this figure</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _line_html(found: Findings, comparison: Comparison, key: Key, row: RowBehind, at: int) -> str:
    who = escape(words.group_words("age", row.age_band))
    if row.child:
        child = components.child_link_html("child", row.child.id, row.child.name)
        who = f"{child}<br>{show_reference(row.child.reference)} · {who}"
    known = found.old.edition.indicators_by_code | found.new.edition.indicators_by_code
    seen = "; ".join(known[code].words if code in known else code for code in row.facts.indicators)
    cells = (
        ("Indicators accepted", escape(seen or "none")),
        ("Old", escape(_put(comparison.old, row))),
        ("New", escape(_put(comparison.new, row))),
        ("", link_html(key, "Why", at)),
    )
    inside = "".join(f'<td data-name="{name}">{cell}</td>' for name, cell in cells)
    return f'<tr><th scope="row">{who}</th>{inside}</tr>'


def _put(side: Side, row: RowBehind) -> str:
    if side.unknown(row.facts):
        return "cannot be placed"
    return words.node_words(side.edition, node(side.result(row.facts)))


def _explained(comparison: Comparison, row: RowBehind, at: int) -> None:
    """One child: what each edition says and why. Worked out only now."""
    st.subheader(f"Row {at + 1}", anchor=False)
    left, right = st.columns(2, gap="large")
    for where, head, side in ((left, "Old", comparison.old), (right, "New", comparison.new)):
        facts = side.in_its_own_codes(row.facts) if not side.unknown(row.facts) else row.facts
        suggestion = suggest(side.edition, facts)
        rules = "".join(_rule_html(side.edition, rule) for rule in suggestion.rules)
        where.html(
            f'<div class="mash-suggestion"><h3>{head}: {escape(_put(side, row))}</h3>'
            f"<ul>{rules or '<li>No rule fired.</li>'}</ul>{_changes_html(side, facts)}"
            f'<p class="mash-note">{escape(side.edition.notice)}</p></div>'
        )


def _changes_html(side: Side, facts: FactsForSuggestion) -> Html:
    """The first few answers that would have changed it, as the questions to ask."""
    if side.unknown(facts):
        return Html("")
    changes = what_would_change(side.edition, facts)[:MOST_CHANGES]
    lines = "".join(f"<li>{_change_html(change)}</li>" for change in changes)
    return Html(f"<p><strong>What would change it</strong></p><ul>{lines}</ul>" if lines else "")


def _change_html(change: Change) -> str:
    asked = " ".join(each.question for each in change.facts)
    return f'{escape(asked)}<br><span class="mash-note">{escape(change.words)}</span>'


def _rule_html(edition: Edition, rule: FiredRule) -> str:
    known = edition.indicators_by_code
    fed = "; ".join(known[code].words for code in dict.fromkeys(rule.indicators))
    because = f'<br><span class="mash-note">Because: {escape(fed)}</span>' if fed else ""
    return f"<li>{escape(rule.words)}{because}</li>"
