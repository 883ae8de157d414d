"""The report of a trial as one file: tables, the flow drawn by a script inside it, nothing fetched.

It leaves the service, so small numbers are never in it, and no name, reference or day of a child.
"""

import json
from html import escape

from mash_triage.backtest.findings import Findings
from mash_triage.clocks.working_days import london_day
from mash_triage.web import wording
from mash_triage.web.levels import backtest_words as words
from mash_triage.web.levels.backtest_picture import flow_figure, legend_words
from mash_triage.web.levels.backtest_tables import Table, tables_of
from mash_triage.web.plain import ASSETS

TITLE = "Two editions of the levels of need on past contacts"


def report_html(found: Findings) -> str:
    """The whole file. `found` must be made to leave the service."""
    figure = flow_figure(found)
    tables = {table.code: table for table in tables_of(found)}
    before = [tables.pop(code) for code in ("moves",) if code in tables]
    parts = [
        _head(found),
        *(_table_html(table) for table in before),
        _flow_html() if figure else "",
        *(_table_html(table) for table in tables.values()),
        f"<p>{escape(words.HIDDEN_NOTE)}</p>",
        _notice(found),
    ]
    style = (ASSETS / "backtest_report.css").read_text("utf-8")
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{style}</style></head><body><main>{''.join(parts)}</main>"
        f"{_script(figure) if figure else ''}</body></html>"
    )


def summary_words(found: Findings) -> str:
    """How many were read and compared, of what time, and how long it took."""
    read = f"{found.done:,} children on contacts"
    if not found.is_whole:
        read = f"{found.done:,} of {found.of:,} children on contacts (stopped early: the newest)"
    compared = words.count_words(found.count("all"))
    told = f"{read} were read and {compared} compared, in {found.seconds:.1f} seconds."
    if found.counts.get(("left", "unreadable")):
        count = words.count_words(found.count("left", "unreadable"))
        told += f" Facts that could not be read: {count}."
    return told


def period_words(found: Findings) -> str:
    """From when to when they were decided."""
    if found.first is None or found.last is None:
        return "No contact was decided in this time."
    first, last = (wording.date_words(london_day(each)) for each in (found.first, found.last))
    return f"Decided from {first} to {last}, by the facts as known at the decision."


def _head(found: Findings) -> str:
    old, new = found.old.edition, found.new.edition
    made = wording.moment_words(found.until)
    return (
        f"<h1>{TITLE}</h1><dl><dt>Old</dt><dd>{escape(old.title)} ({escape(old.id)})</dd>"
        f"<dt>New</dt><dd>{escape(new.title)} ({escape(new.id)})</dd></dl>"
        f"<p>{escape(summary_words(found))} {escape(period_words(found))}</p>"
        f"<p>Made on {escape(made)}. Triggers and rules only: it says what each edition would "
        "suggest, never what should have been decided. No child can be told from it.</p>"
    )


def _notice(found: Findings) -> str:
    notices = dict.fromkeys(side.edition.notice for side in (found.old, found.new))
    return "".join(f'<p class="notice">{escape(notice)}</p>' for notice in notices)


def _table_html(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(head)}</th>'
        + "".join(f"<td>{escape(cell.words)}</td>" for cell in cells)
        + "</tr>"
        for head, cells in table.rows
    )
    note = f"<p>{escape(table.note)}</p>" if table.note else ""
    return (
        f"<section><h2>{escape(table.title)}</h2>{note}<table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></section>"
    )


def _flow_html() -> str:
    return (
        f'<section><h2>The flow</h2><p>{escape(legend_words())}</p><div id="flow" role="img" '
        'aria-label="The flow from old to new; the table that follows has the numbers."></div>'
        "</section>"
    )


def _script(figure: dict[str, object]) -> str:
    """Plotly itself and the figure, inside the file. `</` cannot end the script early."""
    from plotly.offline import get_plotlyjs  # slow to import, and only needed here

    spec = json.dumps(figure).replace("</", "<\\/")
    draw = (
        f"const spec = {spec}; Plotly.newPlot('flow', spec.data, spec.layout, "
        "{displayModeBar: false, responsive: true});"
    )
    return f"<script>{get_plotlyjs()}</script><script>{draw}</script>"
