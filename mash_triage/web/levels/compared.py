"""A draft beside the edition in force: what it says otherwise, in words."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

import streamlit as st

from mash_triage.editions.differences import Difference, differences
from mash_triage.editions.draft_text import part_words, tables_in
from mash_triage.editions.rules import shaped
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.toml_text import NotToml
from mash_triage.web.plain import Html
from mash_triage.web.wording import count_words


def show(present: Edition, toml: str) -> None:
    """Every difference, kind by kind."""
    edition = edition_in(toml)
    if edition is None:
        cannot_be_read("compared")
        return
    found = differences(present, edition)
    if not found:
        st.html("<p>The draft says the same as the edition in force.</p>")
        return
    st.html(
        f"<p>{count_words(len(found), 'difference', 'differences')} from the edition in force, "
        f"<strong>{escape(present.title)}</strong>.</p>"
    )
    for kind, group in groupby(found, key=lambda each: each.kind):
        told = list(group)
        st.html(f"<h3>{escape(part_words(kind))} ({len(told)})</h3>{differences_html(told)}")


def edition_in(toml: str) -> Edition | None:
    """The draft as an edition, as long as each of its values is of the right kind."""
    try:
        return shaped(tables_in(toml))[0]
    except NotToml:
        return None


def cannot_be_read(done: str) -> None:
    """Why a draft cannot be compared or tried yet."""
    st.html(
        f"<p>The draft cannot be {escape(done)} while a value in it is missing or of the wrong "
        "kind. See <strong>Check and publish</strong>.</p>"
    )


def differences_html(found: Iterable[Difference]) -> Html:
    """Differences as a list, with long words before and now below each."""
    return Html(f'<ul class="mash-differences">{"".join(map(_one, found))}</ul>')


def _one(each: Difference) -> str:
    both = ""
    if each.before or each.now:
        both = (
            f"<dl><div><dt>Before</dt><dd>{escape(each.before) or 'Nothing'}</dd></div>"
            f"<div><dt>Now</dt><dd>{escape(each.now) or 'Nothing'}</dd></div></dl>"
        )
    return f"<li>{escape(each.words)}{both}</li>"
