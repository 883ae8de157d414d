"""Drawn on several pages: child header, clocks, rating, summary, words as written, history, table.

What ends in `_html` gives safe HTML to put together; the others draw it. Whatever people wrote is
escaped here, once. Clock colours run from pale blue to black and always come with words; red,
amber and green name the rating only, and never without its word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.clocks.rules import ClockKind, ClockStage, share_used, stage_of_clock
from mash_triage.contacts.pictures import ChildPicture, ClockPicture, MovePicture
from mash_triage.contacts.reference import show_reference
from mash_triage.thresholds.levels import ClockTimes
from mash_triage.thresholds.routes import Rag
from mash_triage.web import wording
from mash_triage.web.plain import Html
from mash_triage.worklists.ages import age_in_words
from mash_triage.worklists.rows import BoardRow

# ---------------------------------------------------------------- ratings and flags


def rating_html(rag: str | None) -> Html:
    """The rating as a tag with its word."""
    kind = Rag(rag).value if rag else "none"
    return Html(f'<span class="mash-tag mash-tag-{kind}">{wording.rating_words(rag)}</span>')


def flag_html(words: str) -> Html:
    """A black tag for what must not be overlooked, such as `999?`."""
    return Html(f'<span class="mash-tag mash-tag-flag">{escape(words)}</span>')


DANGER_FLAG = Html(
    '<span class="mash-tag mash-tag-flag" title="The referrer said: in danger now">999?</span>'
)
"""Beside a child for whom the referrer answered that somebody is in danger now."""

WORDS_FLAG = Html(
    '<span class="mash-tag mash-tag-flag" title="The referrer\'s words may speak of danger in the '
    'next hours. Read them now.">Read now</span>'
)
"""Beside a child of whom the referrer's words, which nobody has read, speak of danger."""

REVIEW_FLAG = flag_html("Lacks a daily review")
"""Beside a child past 24 hours without a manager's entry today."""


# ---------------------------------------------------------------- clocks


def clock_html(clock: ClockPicture, times: ClockTimes, *, at: datetime) -> Html:
    """One clock: its name, time left in words, and a bar with steps at 50 and 80 percent."""
    kind = ClockKind(clock.kind)
    if clock.stopped_at:
        words, stage = _stopped_words(clock), ClockStage.IN_TIME
        if clock.stopped_at > clock.due_at:
            stage = ClockStage.PAST
    else:
        words = wording.time_left_words(clock.due_at, at=at)
        stage = stage_of_clock(clock.started_at, clock.due_at, times, at=at)
    until = clock.stopped_at or at
    used = round(100 * share_used(clock.started_at, clock.due_at, until))
    due = wording.near_words(clock.due_at, at=at)
    return Html(
        f'<div class="mash-clock mash-clock-{stage}">'
        f'<span class="mash-clock-name">{wording.CLOCK_WORDS[kind]}</span> '
        f'<strong class="mash-clock-left">{words}</strong>'
        f'<span class="mash-bar" title="Due {due}: {wording.CLOCK_STAGE_WORDS[stage]}">'
        f'<span style="width:{used}%"></span></span></div>'
    )


def _stopped_words(clock: ClockPicture) -> str:
    late = clock.stopped_at is not None and clock.stopped_at > clock.due_at
    taken = wording.duration_words((clock.stopped_at or clock.due_at) - clock.started_at)
    return f"late, after {taken}" if late else f"in time, after {taken}"


def clocks_html(clocks: Iterable[ClockPicture], times: ClockTimes, *, at: datetime) -> Html:
    """All clocks of one child, one under the other."""
    return Html("".join(clock_html(clock, times, at=at) for clock in clocks))


def clocks(clocks: Iterable[ClockPicture], times: ClockTimes, *, at: datetime) -> None:
    """All clocks of one child, side by side where there is room, each with its due time."""
    boxes = "".join(
        f"<div>{clock_html(clock, times, at=at)}"
        f'<p class="mash-note">Due {wording.near_words(clock.due_at, at=at)}</p></div>'
        for clock in clocks
    )
    st.html(f'<div class="mash-clocks">{boxes}</div>')


# ---------------------------------------------------------------- a child


def child_header(child: ChildPicture, times: ClockTimes, *, at: datetime) -> None:
    """Who this is about: name, age, reference, from whom, stage, rating, and the clocks."""
    flags = DANGER_FLAG if child.in_danger_now == "yes" else ""
    st.html(
        f'<h2 class="mash-child">{escape(child.name)}, {wording.age_words(_age(child))} '
        f"{rating_html(child.rag)} {flags}</h2>"
        f'<p class="mash-about">Contact {show_reference(child.reference)} from '
        f"{escape(child.agency_name)} ({escape(wording.source_words(child.source_code))}), "
        f"received {wording.near_words(child.received_at, at=at)}. "
        f"<strong>{wording.stage_words(child.status)}</strong>{_worker(child)}.</p>"
    )
    clocks(child.clocks, times, at=at)


def _age(child: ChildPicture) -> str:
    return age_in_words(child.dob, child.age_years, unborn=child.unborn, on=child.received_at)


def _worker(child: ChildPicture) -> str:
    name = child.taken_up_by_name
    return f", taken up by {escape(name)}" if name else ", not taken up yet"


# ---------------------------------------------------------------- summaries and words


def summary_html(pairs: Iterable[tuple[str, str | Html]]) -> Html:
    """A list of facts: the name of each and its value. Values are escaped unless they are Html."""
    rows = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{_safe(value)}</dd></div>" for name, value in pairs
    )
    return Html(f'<dl class="mash-summary">{rows}</dl>')


def summary(pairs: Iterable[tuple[str, str | Html]]) -> None:
    """Draw a list of facts."""
    st.html(summary_html(pairs))


def words_html(words: str) -> Html:
    """What a person wrote, exactly as typed, with its line breaks; nothing in it takes effect."""
    return Html(f'<blockquote class="mash-words">{escape(words)}</blockquote>')


def marked_words_html(words: str, sentences: Iterable[str]) -> Html:
    """The same, with these sentences marked where they stand."""
    marked, end = "", 0
    places = sorted(
        (place, place + len(each))
        for each in set(sentences)
        if each and (place := words.find(each)) >= 0
    )
    for start, stop in places:
        if stop > end:
            start = max(start, end)
            marked += f"{escape(words[end:start])}<mark>{escape(words[start:stop])}</mark>"
            end = stop
    return Html(f'<blockquote class="mash-words">{marked}{escape(words[end:])}</blockquote>')


def words(words: str) -> None:
    """Draw what a person wrote, exactly as typed."""
    st.html(words_html(words))


def _safe(value: str | Html) -> str:
    return value if isinstance(value, Html) else escape(value)


# ---------------------------------------------------------------- history


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened: what, who, when, and in whose words why."""

    what: str
    by_name: str
    at: datetime
    why: str = ""


def moves_as_history(moves: Sequence[MovePicture]) -> list[HistoryLine]:
    """A child's way through the stages, the last step first, also among those of one moment."""
    return [
        HistoryLine(wording.stage_words(move.moved_to), move.by_name, move.moved_at, move.why)
        for move in reversed(moves)
    ]


def history(lines: Sequence[HistoryLine], *, first: int | None = None) -> None:
    """What happened, newest first: what, who and when, and why in the words of the person. With
    `first`, what is older than so many lines is folded, unless it is one line.
    """
    newest_first = sorted(lines, key=lambda line: line.at, reverse=True)
    first = first if first and len(lines) > first + 1 else len(lines)
    html, older = _history_list(newest_first[:first]), newest_first[first:]
    if older:
        html += f"<details><summary>{len(older)} earlier</summary>{_history_list(older)}</details>"
    st.html(html)


def _history_list(lines: Iterable[HistoryLine]) -> str:
    return f'<ol class="mash-history">{"".join(map(_history_line, lines))}</ol>'


def _history_line(line: HistoryLine) -> str:
    why = words_html(line.why) if line.why else ""
    return (
        f"<li><strong>{escape(line.what)}</strong><br>"
        f'<span class="mash-note">{escape(line.by_name)}, {wording.moment_words(line.at)}</span>'
        f"{why}</li>"
    )


# ---------------------------------------------------------------- the table of children


def child_link_html(page: str, contact_child_id: UUID, words: str) -> Html:
    """A real link to one child's page in this tab; it holds an id and nothing else."""
    return Html(
        f'<a class="mash-open" href="/{page}?child={contact_child_id}" target="_self">'
        f"{escape(words)}</a>"
    )


COLUMNS = ("Child", "Rating", "Time left", "Stage", "From", "Worker")


def children_table_html(
    rows: Iterable[BoardRow], caption: str, times: ClockTimes, *, page: str, at: datetime
) -> Html:
    """Children as a table, a row a child, each with a link that opens `page` for that child.

    On a narrow screen each row becomes a card; the roles keep it a table for a screen reader.
    """
    heads = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in COLUMNS)
    body = "".join(_row_html(row, times, page, at) for row in rows)
    return Html(
        f'<table class="mash-children" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def danger_flag(row: BoardRow) -> str:
    """What the referrer says of danger now; else whether the words speak of it."""
    if row.news.says_danger or (row.in_danger_now == "yes" and row.decided_at is None):
        return DANGER_FLAG
    return WORDS_FLAG if row.words_of_danger else ""


def _news(row: BoardRow, at: datetime) -> str:
    """What came after sending and waits for somebody; a call not confirmed in time; what else was
    promised and is past or nearly due.
    """
    flags = []
    if row.news.unread:
        flags.append(flag_html(f"New from the referrer: {row.news.unread}"))
    if row.news.wants_to_withdraw:
        flags.append(flag_html("Asked to withdraw"))
    due, undecided = row.confirmation_due_at, row.decided_at is None
    if due is not None and at > due and undecided:
        flags.append(Html('<span class="mash-note">Written confirmation overdue</span>'))
    if row.promise is not None:
        left = wording.time_left_words(row.promise.due_at, at=at)
        words = f"{escape(row.promise.words)}: {left}"
        flags.append(Html(f'<span class="mash-note mash-promise">{words}</span>'))
    return "".join(f"<div>{flag}</div>" for flag in flags)


def _row_html(row: BoardRow, times: ClockTimes, page: str, at: datetime) -> str:
    flags = danger_flag(row)
    review = f"<div>{REVIEW_FLAG}</div>" if row.lacks_review else ""
    news = f"<div>{flag_html('New message')}</div>" if row.new_messages else ""
    news += f"<div>{flag_html('New answer of an agency')}</div>" if row.new_replies else ""
    since = wording.near_words(row.status_since, at=at)
    cells = (
        rating_html(row.rag),
        clocks_html(row.clocks, times, at=at),
        f'{wording.stage_words(row.status)}<br><span class="mash-note">since {since}</span>',
        f"{escape(row.agency_name)}<br>"
        f'<span class="mash-note">{escape(wording.source_words(row.source_code))}</span>',
        escape(row.worker or "Nobody yet")
        + (f'<br><span class="mash-note">with {escape(row.second)}</span>' if row.second else ""),
    )
    cards = "".join(
        f'<td role="cell" data-name="{name}"><div>{cell}</div></td>'
        for name, cell in zip(COLUMNS[1:], cells, strict=True)
    )
    return (
        f'<tr role="row"><th role="rowheader" scope="row">'
        f"{child_link_html(page, row.id, row.name)} {flags}<br>"
        f'<span class="mash-note">{wording.age_words(row.age)} · '
        f"{show_reference(row.reference)}</span>"
        f"{news}{_news(row, at)}{review}</th>{cards}</tr>"
    )
