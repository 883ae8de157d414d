"""The promises that run, as a list with filters, least time left first."""

from datetime import datetime
from typing import Any

import streamlit as st

from mash_triage.contacts.reference import show_reference
from mash_triage.promises.queries import (
    MOST_SHOWN,
    PromisePicture,
    RunningPromises,
    Wanted,
    running_promises,
)
from mash_triage.thresholds.promises import Holder
from mash_triage.web import components, wording
from mash_triage.web.child.tables import table
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

OWNER_WORDS: dict[Holder, str] = {
    Holder.WORKER: "Worker",
    Holder.DECIDER: "Manager who decided",
    Holder.MANAGERS: "Managers",
    Holder.EARLY_HELP: "Early help",
}
ANYBODY, MINE = "Anybody's", "Mine"
SHOWN_FIRST = 25
HEADS = ("Child", "What", "Due", "Time left", "Who")


def show(visit: Visit) -> None:
    """The filters and the list."""
    wanted = _wanted()
    with visit.look() as session:
        found = running_promises(session, wanted, by=visit.by, at=visit.at)
    kind = _kind(found)
    if kind is not None:
        with visit.look() as session:
            narrower = Wanted(wanted.mine, wanted.owner, kind, wanted.past)
            found = running_promises(session, narrower, by=visit.by, at=visit.at)
    if found.followed:
        count = wording.count_words(found.followed, "promise", "promises")
        st.html(
            f'<p><a href="/after_decision" target="_self">After the decision</a>: {count} of '
            f"children decided for section 17 or 47, {found.followed_late} past their time. They "
            "stand there, child by child.</p>"
        )
    if not found.shown:
        anything = "past its time" if wanted.past else "promised now"
        st.html(f"<p><strong>Nothing here is {anything}.</strong> Change what is shown above.</p>")
        return
    past = sum(each.is_past for each in found.shown)
    count = wording.count_words(len(found.shown), "promise", "promises")
    rows = [_row(each, at=visit.at) for each in found.shown]
    st.html(table(f"{count}, {past} past their time", HEADS, rows[:SHOWN_FIRST]))
    if later := rows[SHOWN_FIRST:]:
        more = table("Due after these", HEADS, later)
        st.html(f"<details><summary>{len(later)} more, due later</summary>{more}</details>")
    if found.more:
        st.html(f"<p>These are the first {MOST_SHOWN}. Choose less above to see the others.</p>")


def _wanted() -> Wanted:
    whose: list[Any] = [ANYBODY, MINE, *Holder]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        owner = st.selectbox("Whose", whose, format_func=_whose_words, key="promises_whose")
        past = st.checkbox("Only past their time", key="promises_past")
    holder = owner if isinstance(owner, Holder) else None
    return Wanted(mine=owner == MINE, owner=holder, past=past)


def _whose_words(whose: Any) -> str:
    return OWNER_WORDS[whose] if isinstance(whose, Holder) else str(whose)


def _kind(found: RunningPromises) -> str | None:
    chosen: str | None = st.selectbox(
        "What",
        list(found.kinds),
        index=None,
        format_func=lambda code: found.kinds.get(code, code),
        placeholder="Everything",
        key="promises_kind",
    )
    return chosen


def _row(each: PromisePicture, *, at: datetime) -> tuple[str | Html, ...]:
    return (
        Html(
            f"{components.child_link_html('child', each.contact_child_id, each.name)} "
            f'<span class="mash-note">{show_reference(each.reference)}</span>'
        ),
        each.words,
        wording.near_words(each.due_at, at=at),
        _left(each, at=at),
        who_words(each),
    )


def _left(each: PromisePicture, *, at: datetime) -> Html:
    words = wording.time_left_words(each.due_at, at=at)
    return Html(f"<strong>{words}</strong>" if each.is_past or each.is_warned else words)


def who_words(each: PromisePicture) -> str:
    """Who keeps it."""
    if each.owner is Holder.WORKER:
        return each.owner_name or "Nobody yet"
    return OWNER_WORDS[each.owner]
