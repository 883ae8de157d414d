"""What is asked only of those who have more to say: it stands closed until it is opened."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from mash_triage.contacts.answers import is_blank
from mash_triage.web.form.fields import exchange, gap_of
from mash_triage.web.form.state import Form


@contextmanager
def opening(form: Form, key: str, label: str, *paths: str) -> Iterator[None]:
    """A closed part of a step, open where one of these answers is given or has a problem. It does
    not close by itself again.
    """
    name = f"_open {form.key(key)}"
    inside = any(not is_blank(form.get(path)) for path in paths) and not form.silent
    wrong = any(problem.startswith(path) for problem in form.problems for path in paths)
    is_open = st.session_state.setdefault(name, inside or wrong) or wrong
    st.session_state[name] = is_open
    with st.expander(label, expanded=is_open, key=f"more-{key}"):
        yield


def matters(form: Form, path: str, label: str) -> bool:
    """A tick for what is asked only if it matters; ticked with nothing said is not known."""
    answer, key = form.get(path), form.key(path) + "-matters"
    stored = isinstance(answer, str) or answer == gap_of("not_known")
    (ticked,), is_new = exchange(
        form,
        path + "-matters",
        [key],
        (stored,),
        lambda raws: (st.checkbox(label, value=bool(raws[0]), key=key),),
    )
    if is_new and ticked != stored:
        form.put(path, gap_of("not_known" if ticked else "not_asked"))
    return bool(ticked)
