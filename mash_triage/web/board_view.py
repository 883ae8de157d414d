"""The live board as drawn: figures and table that refresh by themselves, and help awaited."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any

import streamlit as st

from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.reference import show_reference
from mash_triage.settings import settings
from mash_triage.web import components, wording
from mash_triage.web.bands import bands_html
from mash_triage.web.board_filter import BoardFilter, hidden_urgent
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.worklists.board import SOON, Board, Figure, board, urgent_first
from mash_triage.worklists.help_offered import AwaitedHelp, help_not_started
from mash_triage.worklists.rows import BoardRow

FIGURE_WORDS: dict[Figure, str] = {
    Figure.PAST: "Past time",
    Figure.SOON: "Due within 4 hours",
    Figure.SCREENING: "Waiting for screening",
    Figure.MANAGER: "Waiting for a manager",
    Figure.DECIDED: "Decided today",
}

NOBODY_WORDS: dict[Figure | None, str] = {
    None: "No child is waiting at the front door. New contacts appear here by themselves.",
    Figure.PAST: "No child is past time.",
    Figure.SOON: "No child is due within 4 hours.",
    Figure.SCREENING: "Every child has been taken up for screening.",
    Figure.MANAGER: "No child is waiting for a manager.",
    Figure.DECIDED: "No child has been decided today yet.",
}

CHOSEN, TOUCHED = "_board_figure", "_board_touched"


# ---------------------------------------------------------------- what refreshes


def live(visit: Visit, chosen: BoardFilter) -> None:
    """Figures and table, drawn now and then again every few seconds by themselves."""
    every = settings().board_refresh_seconds
    st.fragment(_live, run_every=every)([visit], visit, chosen, every)


def _live(first: list[Visit], visit: Visit, chosen: BoardFilter, every: int) -> None:
    touched = bool(st.session_state.pop(TOUCHED, False))
    now = first.pop() if first else visit.again(deed=touched)
    with now.look() as session:
        seen = board(session, by=now.by, at=now.at)
    figure = _chosen_figure()
    rows = seen.rows(figure)
    shown = urgent_first(row for row in rows if chosen.fits(row, now.by.user_id))
    _handed_over(seen)
    _said_since(seen)
    _new_after_decision(seen)
    _figures(seen, figure)
    if figure is not Figure.DECIDED:
        st.html(time_left_html(seen.open, at=seen.at))
    lost = hidden_urgent(seen.open, shown)
    if lost:
        _pinned(lost, seen)
    _table(shown, rows, figure, seen)
    st.html(
        f'<p class="mash-note">Updated {wording.time_words(now.at, seconds=True)}, '
        f"refreshes every {every} seconds.</p>"
    )


def _chosen_figure() -> Figure | None:
    """The figure whose list is open. It is in the address too, so that a link opens it."""
    try:
        return Figure(st.session_state.get(CHOSEN, st.query_params.get("list", "")))
    except ValueError:
        return None


def _choose(figure: Figure | None) -> None:
    """Open the list of a figure; a second click on it closes the list."""
    st.session_state[TOUCHED] = True
    if figure is None or figure is _chosen_figure():
        st.session_state[CHOSEN] = ""
        st.query_params.pop("list", None)
    else:
        st.session_state[CHOSEN] = st.query_params["list"] = figure.value


def _figures(seen: Board, chosen: Figure | None) -> None:
    with st.container(key="board_figures", horizontal=True, gap="small"):
        for figure, words in FIGURE_WORDS.items():
            state = "open" if figure is chosen else "closed"
            with st.container(key=f"figure_{state}_{figure}", width="stretch"):
                st.button(
                    f"**{seen.figures[figure]}** {words}",
                    key=f"choose_{figure}",
                    on_click=_choose,
                    args=(figure,),
                    width="stretch",
                )


def _table(
    shown: list[BoardRow], rows: tuple[BoardRow, ...], figure: Figure | None, seen: Board
) -> None:
    title = FIGURE_WORDS[figure] if figure else "All open children"
    with st.container(horizontal=True, vertical_alignment="center", key="board_list_title"):
        st.header(f"{title}: {len(shown)}", anchor=False, width="content")
        if figure is not None:
            st.button("Show all open children", key="choose_all", on_click=_choose, args=(None,))
    if shown:
        order = "latest first" if figure is Figure.DECIDED else "least time left first"
        st.html(
            components.children_table_html(
                shown, f"{title}, {order}", seen.times, page="child", at=seen.at
            )
        )
    elif rows:
        hidden = wording.count_words(len(rows), "child is", "children are")
        st.html(
            f'<p class="mash-empty">No child fits the filters; {hidden} hidden by them. '
            "Choose All and clear the search to see every child.</p>"
        )
    else:
        st.html(f'<p class="mash-empty">{NOBODY_WORDS[figure]}</p>')


def _said_since(seen: Board) -> None:
    """Open children of whom their referrer said something that nobody has read, danger first; no
    filter hides them.
    """
    new = [row for row in seen.open if row.news.unread]
    new.sort(key=lambda row: not (row.news.says_danger or row.words_of_danger))
    if not new:
        return
    links = ", ".join(
        f"<bdi>{components.danger_flag(row)} "
        f"{components.child_link_html('child', row.id, row.name)}</bdi>"
        for row in new
    )
    st.html(f"<p><strong>New from the referrer:</strong> {links}</p>")


def _new_after_decision(seen: Board) -> None:
    """Children decided already of whom something new was said: no filter hides them."""
    if seen.new_after_decision:
        words = f"New information after the decision: {len(seen.new_after_decision)}"
        st.html(
            components.children_table_html(
                seen.new_after_decision, words, seen.times, page="child", at=seen.at
            )
        )


def _pinned(lost: Sequence[BoardRow], seen: Board) -> None:
    """The urgent who do not fit what was chosen: shown all the same, above the list."""
    title = f"RED and urgent, whatever is chosen: {len(lost)}"
    st.html(f'<p class="mash-red"><strong>{title}</strong></p>')
    table = components.children_table_html(lost, title, seen.times, page="child", at=seen.at)
    st.html(table)


def _handed_over(seen: Board) -> None:
    """Children of whom the night handed something over that nobody of the day has read."""
    waiting = seen.handed_over
    if not waiting:
        return
    links = ", ".join(
        f"<bdi>{components.child_link_html('child', row.id, row.name)}</bdi>"
        f"{_due_words(row, seen.at)}"
        for row in waiting
    )
    st.html(
        f'<p class="mash-late" role="alert"><strong>Handed over, not read yet:</strong> {links}</p>'
    )


def _due_words(row: BoardRow, at: datetime) -> str:
    due = row.handover_due_at
    late = due is not None and at > due
    return f" (to be read by {wording.near_words(due, at=at)})" if due and not late else " (late)"


# ---------------------------------------------------------------- time left at a glance

BANDS: tuple[tuple[str, timedelta | None], ...] = (
    ("Past time", timedelta(0)),
    ("Under 4 h", SOON),
    ("4 to 12 h", timedelta(hours=12)),
    ("Over 12 h", None),
)


def band_of(row: BoardRow, at: datetime) -> str:
    """Into which band of time left a child falls, by the clock that runs out first."""
    left = (row.next_due_at or at) - at
    return next(
        name for name, until in BANDS if until is None or left < until or (left == until and until)
    )


def time_left_html(rows: Iterable[BoardRow], *, at: datetime) -> Html:
    """Open children by time left and stage, as bars with their numbers in them."""
    return bands_html(
        "Open children by time left",
        (name for name, _until in BANDS),
        ((band_of(row, at), row) for row in rows),
    )


# ---------------------------------------------------------------- early help


def help_awaited(visit: Visit) -> None:
    """Early help that was offered and has not started, in a small list of its own."""
    with visit.look() as session:
        waiting = help_not_started(session, by=visit.by)
    if not waiting:
        return
    count = wording.count_words(len(waiting), "child", "children")
    with st.expander(f"Early help offered, not started: {count}"):
        st.html(_help_html(waiting, at=visit.at))


def _help_html(waiting: list[AwaitedHelp], *, at: datetime) -> Html:
    today = london_day(at)
    lines = "".join(
        f"<li>{components.child_link_html('child', each.id, each.name)} "
        f'<span class="mash-note">{show_reference(each.reference)}</span>: '
        f"{_agreement_words(each, today)}; with {escape(each.owner)}</li>"
        for each in waiting
    )
    return Html(f'<ul class="mash-list">{lines}</ul>')


def _agreement_words(each: AwaitedHelp, today: Any) -> str:
    if each.is_agreed:
        return "agreed, not started yet"
    due = wording.short_date(each.agreement_due_on)
    late = ", <strong>that day has passed</strong>" if each.agreement_due_on < today else ""
    return f"agreement awaited by {due}{late}"
