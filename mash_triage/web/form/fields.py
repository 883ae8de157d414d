"""The fields of the form: a label, a hint, the error in words, and the widget, tied to one path.

What people typed is only ever a widget's value here; labels and hints are our own words.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any, Literal

import streamlit as st

from mash_triage.web import autosave
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import SAID_GAPS, problem_words
from mash_triage.web.page import Visit

Raws = tuple[Any, ...]


def anchor(path: str) -> str:
    """The name of a field on the page, to which the summary of problems leads."""
    return "at-" + path.replace("[", "-").replace("]", "").replace(".", "-")


@contextmanager
def box(form: Form, path: str) -> Iterator[None]:
    """A field's place, with its error in words. The line is always there, so nothing jumps."""
    with st.container(key=anchor(path), gap=None):
        error_line(path, form.problems.get(path, ""))
        yield


def error_line(path: str, error: str) -> None:
    """What is wrong with the answer below."""
    words = escape(problem_words(path, error))
    st.html(f'<p class="mash-error">{words}</p>' if error else "<span></span>")


def exchange(
    form: Form, path: str, keys: Sequence[str], stored: Raws, draw: Callable[[Raws], Raws]
) -> tuple[Raws, bool]:
    """Draw widgets over what the draft holds; gives what is in them, and whether it is new.

    When another window has changed the draft and nothing was typed here, the newer words show. In
    a stale window only what was typed since it was cut off is new.
    """
    name = form.key(path)
    blank = tuple(False if value is False or value is True else None for value in stored)
    here = all(key in st.session_state for key in keys)
    known = form.known.get(name) if here or form.stale else None
    # what stands in the widgets is told to the browser each time, for it may have forgotten: a run
    # that was cut short takes away the widgets that it had not come to
    shown = tuple(st.session_state[key] for key in keys) if here else stored
    changed_elsewhere = here and not form.stale and known is not None and known != stored
    if changed_elsewhere and shown == known:
        for key, value in zip(keys, stored, strict=True):
            st.session_state[key] = value
        known, shown = stored, blank
    raws = draw(blank if form.silent else shown)
    nothing_came = form.silent and not any(raws)
    is_new = raws != (stored if known is None else known) and not nothing_came
    if form.stale:
        is_new = is_new and known is not None
        raws = raws if is_new else stored
    form.settled[name] = raws
    return raws, is_new


def text_of(answer: Any) -> str:
    """An answer as text in a field; a gap is an empty field."""
    return "" if answer is None or isinstance(answer, dict | list) else str(answer)


def gap_of(gap: str | None) -> Any:
    """What an empty field says: why there is no answer, or, where one is needed, nothing yet."""
    return {"missing": gap} if gap else None


def said_gap(typed: str) -> Any:
    """Why there is no answer, where that is what was typed: "not known", "idk", "n/a"."""
    plain = " ".join(typed.casefold().replace("’", "'").strip(" .!?-").split())
    return gap_of(SAID_GAPS.get(plain))


def label_of(label: str, hint: str = "") -> str:
    """A label with its hint below it, read out together."""
    return f"{label}  \n:small[{hint}]" if hint else label


def short_text(
    form: Form,
    path: str,
    label: str,
    *,
    hint: str = "",
    most: int = 300,
    width: int | Literal["stretch"] = "stretch",
) -> tuple[str, bool]:
    """A field of one line: what is typed in it, and whether that is new."""
    key = form.key(path)

    def draw(raws: Raws) -> Raws:
        typed = st.text_input(
            label_of(label, hint),
            value=raws[0] or "",
            key=key,
            max_chars=most,
            width=width,
            autocomplete="off",
        )
        return (typed or "",)

    with box(form, path):
        (typed,), is_new = exchange(form, path, [key], (text_of(form.get(path)),), draw)
    return str(typed), is_new


def line(
    form: Form,
    path: str,
    label: str,
    *,
    hint: str = "",
    gap: str | None = None,
    unknown: bool = False,
    most: int = 300,
    width: int | Literal["stretch"] = "stretch",
) -> str:
    """A short text. `gap` is what it means when left empty; without it an answer is needed, which
    with `unknown` may be that it is not known.
    """
    typed, is_new = short_text(form, path, label, hint=hint, most=most, width=width)
    if is_new:
        answer = typed if typed.strip() else gap_of(gap)
        form.put(path, (said_gap(typed) if gap or unknown else None) or answer)
    return typed


def choice(
    form: Form,
    path: str,
    label: str,
    options: Mapping[Any, str],
    *,
    hint: str = "",
    across: bool = False,
) -> str | None:
    """One of several answers; none is chosen beforehand."""
    key, codes = form.key(path), list(options)
    stored = form.get(path) if form.get(path) in options else None

    def draw(raws: Raws) -> Raws:
        return (
            st.radio(
                label_of(label, hint),
                codes,
                index=codes.index(raws[0]) if raws[0] in options else None,
                format_func=options.__getitem__,
                key=key,
                horizontal=across,
            ),
        )

    with box(form, path):
        (chosen,), is_new = exchange(form, path, [key], (stored,), draw)
    if is_new and chosen is not None:
        form.put(path, chosen)
    return chosen if chosen is not None else stored


def pick(
    form: Form, path: str, label: str, options: Mapping[Any, str], *, hint: str = ""
) -> str | None:
    """One of a long list, or nothing."""
    key, codes = form.key(path), list(options)
    stored = form.get(path) if form.get(path) in options else None

    def draw(raws: Raws) -> Raws:
        return (
            st.selectbox(
                label_of(label, hint),
                codes,
                index=codes.index(raws[0]) if raws[0] in options else None,
                format_func=options.__getitem__,
                key=key,
                placeholder="Choose, or leave empty",
            ),
        )

    with box(form, path):
        (chosen,), is_new = exchange(form, path, [key], (stored,), draw)
    if is_new:
        form.put(path, chosen)
    return str(chosen) if chosen else None


def several(
    form: Form, path: str, label: str, options: Mapping[str, str], *, hint: str = ""
) -> list[str]:
    """Any number of a list, in its order."""
    key = form.key(path)
    answer = form.get(path)
    stored = tuple(code for code in options if isinstance(answer, list) and code in answer)

    def draw(raws: Raws) -> Raws:
        return (
            tuple(
                st.multiselect(
                    label_of(label, hint),
                    list(options),
                    default=list(raws[0] or ()),
                    format_func=options.__getitem__,
                    key=key,
                    placeholder="Choose, or leave empty",
                )
            ),
        )

    with box(form, path):
        (chosen,), is_new = exchange(form, path, [key], (stored,), draw)
    if is_new:
        form.put(path, list(chosen))
    return list(chosen)


def tick(form: Form, path: str, label: str) -> bool:
    """Yes when ticked."""
    key = form.key(path)
    with box(form, path):
        (ticked,), is_new = exchange(
            form,
            path,
            [key],
            (form.get(path) is True,),
            lambda raws: (st.checkbox(label, value=bool(raws[0]), key=key),),
        )
    if is_new:
        form.put(path, ticked)
    return bool(ticked)


def unknown(form: Form, path: str, label: str, *, text: str) -> None:
    """The tick that says the answer above is not known; what was typed there counts for more."""
    key = form.key(path) + "-unknown"
    stored = isinstance(form.get(path), dict)
    (ticked,), is_new = exchange(
        form,
        path + "-unknown",
        [key],
        (stored,),
        lambda raws: (st.checkbox(label, value=bool(raws[0]), key=key),),
    )
    if not text.strip() and (is_new or ticked != stored) and (ticked or not form.silent):
        form.put(path, gap_of("not_known") if ticked else None)


def long(
    form: Form,
    path: str,
    label: str,
    *,
    hint: str = "",
    gap: str | None = None,
    rows: int = 6,
) -> str:
    """A long text, saved while it is typed."""
    key, stored = form.key(path), text_of(form.get(path))

    def answer(text: str) -> Any:
        return text if text.strip() else gap_of(gap)

    def keep(visit: Visit, text: str) -> None:
        if not form.silent:
            form.keep(visit, {path: answer(text)})

    error = form.problems.get(path)
    with st.container(key=anchor(path), gap=None):
        text = autosave.long_answer(
            form.visit,
            key,
            label,
            "" if form.silent else stored,
            on_save=keep,
            help=hint,
            error=problem_words(path, error) if error else "",
            rows=rows,
        )
    came = autosave.typed(key)  # after a restart it is known only once the field is drawn
    text = text if came is None else came
    if form.stale:
        text = autosave.joined(autosave.based_on(key), text, stored) if came else stored
    if text != stored and not (form.silent and not text):
        form.put(path, answer(text))
    return text
