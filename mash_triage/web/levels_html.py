"""An edition of the levels of need as plain HTML: no script, headings in order, good in print."""

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from uuid import UUID

from mash_triage.thresholds.chapters import Chapter, Entry
from mash_triage.thresholds.document import chapters_of, day_words, in_force_words
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.told_anywhere import DANGER
from mash_triage.web.plain import Html, fill

LISTED_DEPTH = 2  # how deep the contents go


def levels_html(edition: Edition, query: str, others: Iterable[tuple[UUID, date]]) -> Html:
    """The whole edition. `query` leads its PDF to the same edition; `others` are or were in force.

    Everything an edition says is escaped.
    """
    chapters = chapters_of(edition)
    return fill(
        "levels",
        title=edition.title,
        dates=f"{in_force_words(edition)}.",
        notice=edition.notice,
        danger=DANGER,
        query=query,
        contents=Html("".join(_contents(chapters))),
        chapters=Html("".join(map(_chapter, chapters))),
        others=_others(others),
    )


def _contents(chapters: Iterable[Chapter]) -> Iterator[str]:
    """The chapters as links, those of the second depth in a list inside their own."""
    depth = 1
    for number, chapter in enumerate(each for each in chapters if each.depth <= LISTED_DEPTH):
        link = f'<a href="#{escape(chapter.key)}">{escape(chapter.title)}</a>'
        if chapter.depth > depth:
            yield "<ul>"
        elif chapter.depth < depth:
            yield "</li></ul></li>"
        elif number:
            yield "</li>"
        yield f"<li>{link}"
        depth = chapter.depth
    yield "</li>" if depth == 1 else "</li></ul></li>"


def _chapter(chapter: Chapter) -> str:
    heading = f"h{chapter.depth + 1}"
    return (
        f'<{heading} id="{escape(chapter.key)}">{escape(chapter.title)}</{heading}>'
        f"{_paragraphs(chapter.words)}"
        f"{''.join(_entry(entry, chapter.depth + 2) for entry in chapter.entries)}"
    )


def _entry(entry: Entry, depth: int) -> str:
    key = f' id="{escape(entry.key)}"' if entry.key else ""
    marks = " · ".join(map(escape, entry.marks))
    points = "".join(f"<li>{escape(point)}</li>" for point in entry.points)
    return (
        f'<div class="entry"{key}><h{depth}>{escape(entry.title)}</h{depth}>'
        f"{f'<p class=marks>{marks}</p>' if marks else ''}"
        f"{_paragraphs(entry.words)}{f'<ul>{points}</ul>' if points else ''}</div>"
    )


def _paragraphs(words: Iterable[str]) -> str:
    return "".join(f"<p>{escape(each)}</p>" for each in words)


def _others(others: Iterable[tuple[UUID, date]]) -> Html:
    """Links to the other editions, by the day from which each is or was in force."""
    links = "".join(
        f'<li><a href="/levels-of-need?edition={id}">The edition from {day_words(since)}</a></li>'
        for id, since in others
    )
    return Html(f'<h2 id="others">Other editions</h2><ul>{links}</ul>' if links else "")
