"""Trying an edition on past contacts, as drawn: choosing, running, and what was found."""

from html import escape
from pathlib import Path

import streamlit as st

from mash_triage.backtest.codes import compared
from mash_triage.backtest.findings import Findings
from mash_triage.backtest.past import Past
from mash_triage.backtest.trial import Trial
from mash_triage.settings import settings
from mash_triage.web import notices
from mash_triage.web.levels import backtest_behind as behind
from mash_triage.web.levels import backtest_run as run
from mash_triage.web.levels import backtest_words as words
from mash_triage.web.levels.backtest_choice import PERIODS, choices, chosen_edition, since
from mash_triage.web.levels.backtest_picture import flow_figure, legend_words
from mash_triage.web.levels.backtest_report import period_words, report_html, summary_words
from mash_triage.web.levels.backtest_tables import Cell, Table, chapters_of
from mash_triage.web.page import Visit
from mash_triage.web.place import database
from mash_triage.web.plain import Html

STYLES = Path(__file__).parents[1] / "assets" / "backtest.css"
LOOK_EVERY = 0.7  # seconds between two looks at a trial that is at work


def show(visit: Visit, clicked: str | None) -> None:
    """The whole page; `clicked` is the link on it that was clicked just now."""
    st.html(STYLES)
    if clicked and behind.read_link(clicked):
        behind.open_or_close(clicked)
    _choose(visit)
    running = run.newest(by=visit.by)
    if running is None:
        _empty()
    elif not running.over:
        _at_work(visit)
    elif running.fault:
        notices.refused(running.fault)
    else:
        _found(visit, running)


# ---------------------------------------------------------------- choosing


def _choose(visit: Visit) -> None:
    st.html(
        "<p>See what another edition would have suggested for contacts that were decided already, "
        "by the facts as they were known then. Nothing is stored, and no decision changes.</p>"
    )
    with visit.look() as session:
        offered = {each.key: each for each in choices(session, by=visit.by, at=visit.at)}
    with st.form("trial", enter_to_submit=False):
        left, right, third = st.columns([2, 2, 1])
        old = left.selectbox("Old edition", list(offered), format_func=lambda k: offered[k].words)
        new = right.selectbox(
            "New edition",
            list(offered),
            index=None,
            placeholder="Choose an edition or a draft",
            format_func=lambda key: offered[key].words,
        )
        period = third.selectbox("Decided in", list(PERIODS), index=2)
        pressed = st.form_submit_button("Try it")
    if pressed and not new:
        notices.refused("Choose the new edition that you want to try.")
    elif pressed and old and new:
        _start(visit, old, new, period)


def _start(visit: Visit, old: str, new: str, period: str) -> None:
    with visit.look() as session:
        before, after = (chosen_edition(session, key, by=visit.by) for key in (old, new))
    comparison = compared(before, after, settings().levels_of_need)
    trial = Trial(comparison, Past(since(period, at=visit.at), visit.at, visit.by))
    behind.open_or_close(None)
    run.start(trial, database().look, by=visit.by)


def _empty() -> None:
    st.html("<p>Nothing was tried yet. Choose the edition to try, and press <b>Try it</b>.</p>")


# ---------------------------------------------------------------- at work


@st.fragment(run_every=LOOK_EVERY)
def _at_work(visit: Visit) -> None:
    """How far it is, and a way to stop it; other people go on working meanwhile."""
    again = visit.again()
    running = run.newest(by=again.by)
    if running is None or running.over:
        st.rerun()
    done, of = running.trial.done, running.trial.of
    st.progress(running.share_done, f"{done:,} of {of:,} children on contacts")
    st.button("Stop, and show what there is", key="stop_trial", on_click=running.stop)


# ---------------------------------------------------------------- what was found


def _found(visit: Visit, running: run.Running) -> None:
    found = running.findings()
    if not found.done:
        st.html("<p>No contact was decided in this time. Choose a longer time.</p>")
        return
    _head(found)
    st.download_button(
        "Download the report",
        lambda: report_html(running.findings(to_leave=True)),
        file_name=f"{found.old.edition.id}-to-{found.new.edition.id}.html",
        mime="text/html",
        on_click="ignore",
        help="One file to read, send or print. It holds no personal data and no small numbers.",
    )
    opened = behind.opened()
    chapters = chapters_of(found)
    for tab, tables in zip(st.tabs(list(chapters)), chapters.values(), strict=True):
        with tab:
            for table in tables:
                _section(visit, found, running, table, opened)
    for notice in dict.fromkeys(side.edition.notice for side in (found.old, found.new)):
        st.html(f'<p class="mash-note">{escape(notice)}</p>')


def _head(found: Findings) -> None:
    old, new = escape(found.old.edition.title), escape(found.new.edition.title)
    st.header("What would change", anchor=False)
    hidden = f'<p class="mash-note">{escape(words.HIDDEN_NOTE)}</p>' if found.hidden else ""
    st.html(
        f"<p><b>{old}</b> (old) beside <b>{new}</b> (new). {escape(summary_words(found))} "
        f"{escape(period_words(found))}</p>{hidden}"
    )


def _section(
    visit: Visit,
    found: Findings,
    running: run.Running,
    table: Table,
    opened: behind.Opened | None,
) -> None:
    st.subheader(table.title, anchor=False)
    if table.note:
        st.html(f"<p>{escape(table.note)}</p>")
    if table.code == "flow" and (figure := flow_figure(found)):
        st.html(f"<p>{escape(legend_words())}</p>")
        st.plotly_chart(figure, theme=None, config={"displayModeBar": False}, key="flow")
    st.html(table_html(table))
    keys = {cell.key for _, cells in table.rows for cell in cells}
    if opened and opened[0] in keys:
        behind.show(visit, found, running.trial.comparison, opened)


def table_html(table: Table) -> Html:
    """A table whose figures are links to the lists behind them."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    body = ""
    for head, cells in table.rows:
        inside = "".join(
            f'<td data-name="{escape(name)}">{_cell_html(cell)}</td>'
            for name, cell in zip(table.heads[1:], cells, strict=True)
        )
        body += f'<tr><th scope="row">{escape(head)}</th>{inside}</tr>'
    return Html(
        f'<table class="mash-trial"><caption>{escape(table.title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell_html(cell: Cell) -> str:
    if cell.key is None:
        return escape(cell.words)
    return f"{behind.link_html(cell.key, cell.text)} {escape(cell.more)}".rstrip()
