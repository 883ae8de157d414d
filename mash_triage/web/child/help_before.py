"""Help that the child has, or had before: as the referrer says, as the worker finds.

What the worker records counts; until then what the referrer named does.
"""

from collections.abc import Collection, Mapping
from html import escape
from typing import Any

import streamlit as st

from mash_triage.editions.in_words import listed
from mash_triage.screening.actions import record_help_before
from mash_triage.thresholds.facts import HelpBefore
from mash_triage.thresholds.in_words import HELP
from mash_triage.web import wording
from mash_triage.web.child.parts import done_in
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit

NONE = "none"
CHOICES: dict[str, str] = {
    **{each.value: f"{words[:1].upper()}{words[1:]}" for each, words in HELP.items()},
    NONE: "None: I have looked, and there was none",
}
SAID = {"yes": "Yes", "no": "None that the referrer knows of", "not_known": "Not known"}


def named(had: Collection[HelpBefore]) -> str:
    """Kinds of help in a sentence; that there was none."""
    return listed(HELP[each] for each in HelpBefore if each in had) if had else "none"


def reported(said: Mapping[str, Any]) -> str:
    """What the referrer answered about this child."""
    had = "; ".join(CHOICES[each] for each in said.get("help_before", ()))
    return had or SAID.get(said.get("had_help", ""), "Not asked")


def stands(visit: Visit, whole: WholeChild) -> None:
    """What is known of it, and from whom."""
    found = whole.screening.help_found
    if found:
        words = f"{named(found.had)}."
        whence = f"Recorded by {found.by_name}, {wording.near_words(found.at, at=visit.at)}."
    elif whole.screening.facts.help_before:
        words = f"{named(whole.screening.facts.help_before)}."
        whence = "The referrer says so. Nobody has looked yet."
    else:
        words, whence = "not known.", "Nobody has looked yet."
    st.html(
        f"<p><strong>Help before:</strong> {escape(words)} "
        f'<span class="mash-note">{escape(whence)}</span></p>'
    )


def show(visit: Visit, whole: WholeChild) -> None:
    """What is known, and the form in which the worker records or corrects it."""
    stands(visit, whole)
    with st.expander("Record the help that there is or was before", key="help_before"):
        _form(visit, whole)


def _form(visit: Visit, whole: WholeChild) -> None:
    found = whole.screening.help_found
    there = [] if found is None else [each.value for each in found.had] or [NONE]
    fresh = f"{whole.id} {found.at if found else ''}"  # recorded anew, the ticks begin anew
    with st.form("help_before_form", border=False):
        ticked = [
            code
            for code, words in CHOICES.items()
            if st.checkbox(words, value=code in there, key=f"help {code} {fresh}")
        ]
        saved = st.form_submit_button("Save this help")
    if saved and (not ticked or (NONE in ticked and len(ticked) > 1)):
        st.html('<p role="alert"><strong>Tick which help, or that there was none.</strong></p>')
    elif saved:
        _record(visit, whole, [HelpBefore(code) for code in ticked if code != NONE])
    if found and st.button("Take this answer back", key="help_back", type="tertiary"):
        _record(visit, whole, None)


def _record(visit: Visit, whole: WholeChild, had: list[HelpBefore] | None) -> None:
    with visit.work() as session:
        record_help_before(session, whole.id, had, by=visit.by, at=visit.at)
    done_in("indicators", "Help before recorded." if had is not None else "Answer taken back.")
