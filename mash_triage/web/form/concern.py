"""Step: the worry, how it is known, and what happened when."""

import streamlit as st

from mash_triage.web.attachments import on_draft
from mash_triage.web.form import events
from mash_triage.web.form.fields import choice, line, long, pick, several
from mash_triage.web.form.openings import opening
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import FIRST_HAND

LEVELS = (
    '<p class="mash-note"><a href="/levels-of-need" target="_blank" rel="noopener">What the levels '
    "of need say</a> (opens in a new tab). You need not know the level to tell us.</p>"
)
SINCE, AHEAD, SOURCES = "concern.since", "concern.danger_ahead", "concern.sources"
TOLD_BY_SOMEBODY = {"told_by_other", "mixed"}


def draw(form: Form) -> None:
    """Main worry, others, the facts, and how they are known."""
    st.html(LEVELS)
    main = choice(form, "concern.main", "What worries you most?", form.concerns)
    others = {code: words for code, words in form.concerns.items() if code != main}
    also = several(form, "concern.others", "What else worries you? (optional)", others)
    long(
        form,
        "concern.worry",
        "What has happened, and what worries you?",
        hint="When, what was seen or said, and how it affects the child.",
        rows=8,
    )
    known = choice(form, "concern.first_hand", "How do you know? (optional)", FIRST_HAND)
    with st.container(key="because_told"):
        if known in TOLD_BY_SOMEBODY:
            line(form, "concern.told_by", "Who told you? (optional)", gap="not_asked")
    worries = [code for code in (main, *also) if code]
    if len(worries) > 1 and not form.silent:
        _each_worry(form, worries)
    with opening(form, "ahead", "More: since when, and what may come", SINCE, AHEAD):
        line(form, SINCE, "Since when? (optional)", hint="As you can say it", gap="not_asked")
        long(
            form,
            AHEAD,
            "What may happen if nothing changes? (optional)",
            gap="not_asked",
            rows=3,
        )
    with opening(form, "events", "More: what happened when, line by line", events.SECTION):
        events.draw(form)
    if not form.silent:
        form.deed = on_draft.field(form.visit, form.draft.id) or form.deed


def _each_worry(form: Form, worries: list[str]) -> None:
    """A row for each worry, with how that one is known."""
    rows = form.get(SOURCES) or []
    there = {row["worry"] for row in rows}
    if new := [{"worry": code} for code in worries if code not in there]:
        rows = [*rows, *new]
        form.put(SOURCES, rows)
    places = {row["worry"]: f"{SOURCES}[{n}]" for n, row in enumerate(rows)}
    answered = (f"{places[code]}.known" for code in worries)
    with opening(form, "sources", "More: how you know each worry", *answered):
        for code in worries:
            at = places[code]
            known = pick(form, f"{at}.known", form.concerns[code], FIRST_HAND)
            if known in TOLD_BY_SOMEBODY:
                line(form, f"{at}.told_by", "Who told you? (optional)", gap="not_asked")
