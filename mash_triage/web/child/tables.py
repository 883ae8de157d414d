"""A small table of facts, which becomes a list of cards on a narrow screen; and short facts in
columns.
"""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from mash_triage.web import components
from mash_triage.web.plain import Html


def say_where_it_stops(count: int, most: int) -> None:
    """A list that is read up to a number says so once it is reached."""
    if count >= most:
        st.html(
            f"<p><strong>The first {most} are shown.</strong> The others follow as these are done; "
            "each stands on its child's own page.</p>"
        )


def facts_html(pairs: Iterable[tuple[str, str | Html]]) -> Html:
    """Short facts side by side, as many as there is room for."""
    return Html(f'<div class="mash-facts">{components.summary_html(pairs)}</div>')


FIRST = 10  # rows of a long list that stand open


def long_table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str | Html]]) -> Html:
    """A list that may be long: the first rows stand open, the others are folded below them."""
    every = list(rows)
    first = len(every) if len(every) <= FIRST + 1 else FIRST
    rest = ""
    if later := every[first:]:
        others = table(f"{caption}, the others", heads, later)
        rest = f"<details><summary>{len(later)} more</summary>{others}</details>"
    return Html(f'<div class="mash-long">{table(caption, heads, every[:first])}{rest}</div>')


def whole(words: str) -> Html:
    """Words of a cell that stay on one line, such as a figure or a day."""
    return Html(f'<span class="mash-whole">{escape(words)}</span>')


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str | Html]]) -> Html:
    """A small table; cells are escaped unless they are Html."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-name="{escape(head)}">'
            f"{cell if isinstance(cell, Html) else escape(cell)}</td>"
            for head, cell in zip(heads, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return Html(
        f'<table class="mash-small"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )
