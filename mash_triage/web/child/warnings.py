"""First on every page of a child: what a visitor, or whoever speaks to the family, must know."""

from html import escape

import streamlit as st

from mash_triage.contacts.answers import rows_of
from mash_triage.contacts.asked import is_kept_from_others, referrer_is_feared
from mash_triage.web import components
from mash_triage.web import more_said as more
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.plain import Html


def show(whole: WholeChild) -> None:
    """Danger for staff, a referrer who may not be named, and what must not reach somebody."""
    said = whole.child.submission
    risk = more.staff_risk(said)
    if risk:
        st.html(
            '<div class="mash-banner" role="note"><p><strong>Risk to staff, as the referrer says: '
            f"{escape(risk)}.</strong> Before any visit, talk to a manager.</p></div>"
        )
    parts = [*_who(whole), *_kept(whole)]
    if parts:
        st.html(f'<div class="mash-kept">{"".join(parts)}</div>')


def _who(whole: WholeChild) -> list[str]:
    said = whole.child.submission
    lines = []
    if is_kept_from_others(said):
        lines.append("Do not tell the family, or another agency, who made contact.")
    if not whole.child.withheld and referrer_is_feared(said):
        lines.append("Whoever made contact is also named as somebody the worry is about.")
    return [f"<p><strong>{line}</strong></p>" for line in lines]


def _kept(whole: WholeChild) -> list[str]:
    """Each part with from whom and why; it is on no copy and goes to nobody else."""
    return [
        f"<div><p><strong>Must not reach: {escape(row['keep_from'])}</strong></p>"
        f"{components.words_html(row['words'])}{_why(row.get('why'))}</div>"
        for row in rows_of(whole.child.submission, "kept_from")
    ]


def _why(why: object) -> Html:
    return Html(f'<p class="mash-note">{escape(why)}</p>') if isinstance(why, str) else Html("")
