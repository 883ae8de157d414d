"""All that a manager reads before she decides: the child's voice first."""

from html import escape

import streamlit as st

from mash_triage.web import components, wording
from mash_triage.web.attachments import listing
from mash_triage.web.child import (
    analysis,
    consent,
    details,
    family,
    help_before,
    later,
    level,
    missing,
    reported,
    suggestion,
    unticking,
)
from mash_triage.web.child.indicators import seen_html
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit


def show(visit: Visit, whole: WholeChild) -> None:
    """Voice, worry, who the child is, indicators, suggestion, level, analysis, agreement."""
    missing.banner(whole)
    st.header("What was said", anchor="reported")
    reported.voice(whole)
    reported.danger(whole)
    reported.concern(whole)
    if whole.files.files:
        st.html("<h3>Files</h3>")
        listing.show(whole.files, at=visit.at)
    with st.expander("The child, the referrer, the household, told and agreed", key="details"):
        details.show(whole)
    st.header("Who this child is", anchor="match")
    _who(visit, whole)
    family.show(whole)
    link = components.child_link_html("chronology", whole.id, "Chronology of child and household")
    st.html(f"<p>{link}</p>")
    st.header("Indicators and suggestion", anchor="indicators")
    _indicators(whole)
    help_before.stands(visit, whole)
    unticking.rejected(visit, whole)
    suggestion.box(whole)
    st.header("The worker's view", anchor="level")
    level.set_so_far(visit, whole)
    analysis.read(whole)
    st.header("Agreement and lawful basis", anchor="consent")
    consent.on_record(visit, whole)


def _who(visit: Visit, whole: WholeChild) -> None:
    later.changed_after_match(whole)
    link = whole.link
    if link is None:
        st.html("<p>Nobody has said who this child is.</p>")
        return
    kind = "A new child on the register" if link.answer == "new" else "A child on the register"
    st.html(
        f"<p><strong>{kind}: {escape(link.person_name)}.</strong> "
        f'<span class="mash-note">Said by {escape(link.by_name)}, '
        f"{wording.near_words(link.at, at=visit.at)}</span></p>"
    )


def _indicators(whole: WholeChild) -> None:
    edition, seen = whole.edition, whole.screening
    if seen.accepted:
        st.html(seen_html(edition, seen.accepted))
    else:
        st.html("<p>No indicator was ticked.</p>")
    strengths = [edition.words_of("strength", code) for code in seen.strengths]
    if strengths:
        components.summary([("Strengths", "; ".join(strengths))])
