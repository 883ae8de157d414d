"""On a child's page and the board: that a discussion is needed, and those that there were."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.status import OVER
from mash_triage.settings import settings
from mash_triage.strategy.lists import discussions_on, not_needed_for
from mash_triage.strategy.needed import hold_by, strategy_needed
from mash_triage.strategy.pictures import DiscussionLine, NotNeededPicture
from mash_triage.web import components, wording
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit
from mash_triage.web.strategy.following import needed_words
from mash_triage.web.strategy.page import lines_table
from mash_triage.web.talk.at_the_door import LESS_OFTEN

ON_BOARD = 12


@dataclass(frozen=True)
class OfChild:
    """What there is to say of strategy discussions about one child."""

    due_at: datetime | None
    rows: tuple[DiscussionLine, ...]
    not_needed: NotNeededPicture | None


def _read(visit: Visit, contact_child_id: UUID) -> OfChild:
    with visit.look() as session:
        return OfChild(
            hold_by(session, contact_child_id, by=visit.by),
            tuple(discussions_on(session, contact_child_id, by=visit.by, at=visit.at)),
            not_needed_for(session, contact_child_id, by=visit.by),
        )


def show(visit: Visit, whole: WholeChild) -> None:
    """On the child's page: needed by when, the discussions, and the way to convene one."""
    seen = _read(visit, whole.id)
    if seen.due_at is not None:
        st.html(
            f'<div class="mash-banner" role="note"><p><strong>{needed_words(visit, seen.due_at)}'
            f'</strong> <a href="/strategy?child={whole.id}" target="_self">Convene it</a></p>'
            "</div>"
        )
    if seen.rows:
        st.html(lines_table(visit, "Strategy discussions", list(seen.rows)))
    if seen.not_needed is not None and seen.due_at is None and not seen.rows:
        near = wording.near_words(seen.not_needed.at, at=visit.at)
        st.text(f"No strategy discussion: {seen.not_needed.because}")
        st.text(f"{seen.not_needed.by_name}, {near}")
    may = visit.by.can(Permission.HOLD_STRATEGY) and whole.child.status not in OVER
    if seen.due_at is None and may:
        st.html(
            f'<p><a href="/strategy?child={whole.id}" target="_self">'
            "Convene a strategy discussion</a></p>"
        )


def on_board(visit: Visit) -> None:
    """On top of the board: every child for whom one is needed, the one due first in front; drawn
    anew by itself.
    """
    every = LESS_OFTEN * settings().board_refresh_seconds
    st.fragment(_on_board, run_every=every)([visit], visit)


def _on_board(first: list[Visit], visit: Visit) -> None:
    now = first.pop() if first else visit.again()
    with now.look() as session:
        needed = strategy_needed(session, by=now.by)
    if not needed:
        return
    lines = ", ".join(
        f"<bdi>{components.child_link_html('child', each.id, each.name)} "
        f"hold by {wording.near_words(each.due_at, at=now.at)}</bdi>"
        for each in needed[:ON_BOARD]
    )
    more = f", and {len(needed) - ON_BOARD} more" if len(needed) > ON_BOARD else ""
    st.html(
        f'<p class="mash-review"><strong>Strategy discussion needed:</strong> {lines}{more}. '
        '<a href="/strategy" target="_self">All of them</a></p>'
    )
