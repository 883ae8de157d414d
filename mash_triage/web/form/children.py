"""Step: the children. One page a child, with a list of all of them once there are two."""

from functools import partial
from html import escape

import streamlit as st

from mash_triage.web.form import child, rows
from mash_triage.web.form.state import Form, new_generation


def draw(form: Form) -> None:
    """The child whose page this is, below the list of all children on the contact."""
    children = form.rows("children")
    rows.undo_button(form, "children", "The child was removed.")
    if len(children) > 1:
        _list(form)
        st.html(f"<h3>Child {form.child + 1} of {len(children)}</h3>")
    if form.child:
        _same_as_first(form)
    child.draw(form, f"children[{form.child}]")
    rows.add_button(form, "children", "Add another child", rows.NEW_CHILD)


def _list(form: Form) -> None:
    with st.container(key="children_list", gap=None):
        for n, each in enumerate(form.rows("children")):
            with st.container(
                key=f"children_row_{n}", horizontal=True, vertical_alignment="center"
            ):
                name = "" if form.silent else rows.name_in(each) or "no name yet"
                here = ' aria-current="true"' if n == form.child else ""
                st.html(f"<p{here}><span>Child {n + 1}</span> {escape(name)}</p>")
                if n != form.child and st.button(
                    f"Open child {n + 1}", key=f"open-child-{n}", type="tertiary"
                ):
                    form.deed = partial(form.go, "children", child=n)
                rows.remove_button(form, "children", n, f"Remove child {n + 1}")


def _same_as_first(form: Form) -> None:
    """What brothers and sisters most often share is copied on request, and can be changed."""
    shared = {
        "Same address as child 1": ("home",),
        "Same family name as child 1": ("family_name",),
        "All that they share": (
            *("home", "family_name", "school", "gp", "health_visitor"),
            *("language", "religion", "where_now", "with_now"),
        ),
    }
    with st.container(horizontal=True, key="same_as_first"):
        for label, parts in shared.items():
            if st.button(label, key=label.lower().replace(" ", "-")):
                form.deed = partial(_copy, form, parts)


def _copy(form: Form, parts: tuple[str, ...]) -> None:
    for part in parts:
        shared = form.get(f"children[0].{part}")
        if shared is not None:
            form.put(f"children[{form.child}].{part}", shared)
    form.save()
    new_generation()
    st.rerun()
