"""What people are to each child, asked only where there are several children."""

import streamlit as st

from mash_triage.web.form.fields import exchange
from mash_triage.web.form.openings import opening
from mash_triage.web.form.rows import who_is_who
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import SIBLING

KINDS = {words: words for words in SIBLING}


def to_other_children(form: Form, at: str) -> None:
    """What this child is to the first one; nothing is chosen beforehand."""
    if at == "children[0]" or len(form.rows("children")) < 2:
        return
    if form.silent:
        return
    relation(form, f"{at}.relations", 0, "What is this child to child 1? (optional)")


def to_each_child(form: Form, at: str) -> None:
    """Where somebody is not the same to each of the children: to one a mother, to one a stepmother.
    Left empty, what was said for all of them holds.
    """
    children = form.rows("children")
    if len(children) < 2 or form.silent:
        return
    path = f"{at}.relations"
    with opening(form, f"relations {at}", "More: not the same to each of the children", path):
        who_is_who(form)
        for n in range(len(children)):
            relation(form, path, n, f"To child {n + 1}", free=True)


def relation(form: Form, path: str, child: int, label: str, *, free: bool = False) -> None:
    """One row of a list of relations, found by the child it is about."""
    rows = form.get(path) or []
    stored = next((row["relationship"] for row in rows if row["child"] == child), None)
    key = form.key(f"{path}-{child}")

    def draw(raws: tuple[str | None, ...]) -> tuple[str | None, ...]:
        if free:
            return (st.text_input(label, value=raws[0] or "", key=key, max_chars=300) or None,)
        kinds = list(KINDS)
        index = kinds.index(raws[0]) if raws[0] in KINDS else None
        place = "Choose, or leave empty"
        return (st.selectbox(label, kinds, index=index, key=key, placeholder=place),)

    (said,), is_new = exchange(form, f"{path}-{child}", [key], (stored,), draw)
    if is_new:
        others = [row for row in rows if row["child"] != child]
        own = [{"child": child, "relationship": said}] if said and said.strip() else []
        form.put(path, sorted([*others, *own], key=lambda row: row["child"]))
