"""Reading an edition, as everybody may: chapter by chapter, or what a search finds."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape

import streamlit as st

from mash_triage.editions.pictures import EditionPicture, Standing
from mash_triage.thresholds.chapters import Chapter, Entry
from mash_triage.thresholds.document import chapters_of
from mash_triage.thresholds.levels import Edition
from mash_triage.web import components, wording
from mash_triage.web.labels import as_typed
from mash_triage.web.plain import Html


def show(edition: Edition, picture: EditionPicture, toml: str) -> None:
    """What it is, its notice, the export, a search, and its chapters."""
    st.header(as_typed(edition.title), anchor=False)
    components.summary(_facts(picture, edition))
    st.html(f'<p class="mash-caution">{escape(edition.notice)}</p>')
    with st.container(horizontal=True):
        st.download_button(
            "Export as a file",
            toml.encode(),
            file_name=f"{picture.code}-{picture.effective_from:%Y-%m-%d}.toml",
            mime="application/toml",
            on_click="ignore",
        )
        st.html(
            f'<p class="mash-links"><a href="/levels-of-need?edition={picture.id}" '
            'target="_blank">The open page</a> · '
            f'<a href="/levels-of-need.pdf?edition={picture.id}" target="_blank">To print (PDF)</a>'
            "</p>"
            if picture.standing != Standing.TO_COME
            else ""
        )
    _chapters(chapters_of(edition))


def _facts(picture: EditionPicture, edition: Edition) -> list[tuple[str, str | Html]]:
    begins = wording.date_words(picture.effective_from)
    made = "Shipped with the service, loaded by" if picture.shipped else "Published by"
    facts: list[tuple[str, str | Html]] = [
        ("Standing", picture.standing.value.capitalize()),
        ("In force from", begins),
        (made, f"{picture.by_name}, {wording.moment_words(picture.at)}"),
        ("Source", edition.source),
        ("Digest of the text", picture.sha256[:16]),
    ]
    if picture.effective_to:
        facts.insert(2, ("Last day", wording.date_words(picture.effective_to)))
    return facts


# ---------------------------------------------------------------- chapters


def _chapters(chapters: tuple[Chapter, ...]) -> None:
    words = st.text_input(
        "Search this edition",
        key="levels_search",
        placeholder="Type a word: hunger, injury, 999",
        live=True,
        autocomplete="off",
    ).split()
    if words:
        found = [*_found(chapters, words)]
        count = sum(len(each.entries) for each in found)
        st.html(f"<p>{wording.count_words(count, 'entry', 'entries')} found.</p>")
        st.html(_html(found))
        return
    parts = {each.key: each.title for each in chapters if each.depth == 1}
    chosen = st.segmented_control(
        "Chapter",
        list(parts),
        default=next(iter(parts)),
        required=True,
        format_func=lambda key: as_typed(parts.get(key, "")),
        key="levels_chapter",
    )
    st.html(_html(_of_part(chapters, str(chosen))))


def _found(chapters: Iterable[Chapter], words: list[str]) -> Iterator[Chapter]:
    """The chapters with only those entries that hold every word."""
    wanted = [word.casefold() for word in words]
    for chapter in chapters:
        entries = tuple(
            each for each in chapter.entries if all(word in _all_words(each) for word in wanted)
        )
        if entries:
            yield replace(chapter, entries=entries, words=(), depth=1)


def _all_words(entry: Entry) -> str:
    return " ".join((entry.title, *entry.words, *entry.marks, *entry.points)).casefold()


def _of_part(chapters: Iterable[Chapter], key: str) -> Iterator[Chapter]:
    """One chapter of the first depth, with what is part of it."""
    inside = False
    for chapter in chapters:
        if chapter.depth == 1:
            inside = chapter.key == key
        if inside:
            yield chapter


def _html(chapters: Iterable[Chapter]) -> Html:
    return Html(f'<div class="mash-edition">{"".join(map(_chapter, chapters))}</div>')


def _chapter(chapter: Chapter) -> str:
    heading = f"h{chapter.depth + 2}"
    return f"<{heading}>{escape(chapter.title)}</{heading}>{_paragraphs(chapter.words)}" + "".join(
        _entry(each) for each in chapter.entries
    )


def _entry(entry: Entry) -> str:
    marks = f'<p class="mash-note">{escape(" · ".join(entry.marks))}</p>' if entry.marks else ""
    points = "".join(f"<li>{escape(each)}</li>" for each in entry.points)
    listed = f'<ul class="mash-list">{points}</ul>' if points else ""
    return (
        f'<div class="mash-entry"><p><strong>{escape(entry.title)}</strong></p>{marks}'
        f"{_paragraphs(entry.words)}{listed}</div>"
    )


def _paragraphs(words: Iterable[str]) -> str:
    return "".join(f"<p>{escape(each)}</p>" for each in words)
