"""Everything handed on and not ended: what came back, what waits, special endings, directions."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from mash_triage.contacts.reference import show_reference
from mash_triage.decisions.tasks import TaskPicture, tasks
from mash_triage.hand_on.kinds import ENDINGS, PASSINGS, Answer
from mash_triage.hand_on.queries import (
    MOST_SHOWN,
    EndingPicture,
    PassedPicture,
    passed_on,
    special_endings,
)
from mash_triage.web import components, wording
from mash_triage.web.child.tables import say_where_it_stops, table
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

MINE, EVERYBODY = "Mine", "Everybody"
OVERDUE = components.flag_html("Overdue")


@dataclass(frozen=True)
class Lists:
    """All three lists, read in one transaction."""

    passings: tuple[PassedPicture, ...]
    endings: tuple[EndingPicture, ...]
    tasks: tuple[TaskPicture, ...]


def read(visit: Visit) -> Lists:
    """What is open of the children whom this person may see."""
    by, at = visit.by, visit.at
    with visit.look() as session:
        return Lists(
            tuple(passed_on(session, by=by, at=at)),
            tuple(special_endings(session, by=by, at=at)),
            tuple(tasks(session, by=by, at=at)),
        )


def show(visit: Visit) -> None:
    """The lists, what came back on top."""
    found = read(visit)
    waiting = [each for each in found.passings if each.standing.answer is None]
    _came_back(visit, found.passings)
    say_where_it_stops(max(len(found.passings), len(found.endings)), MOST_SHOWN)
    st.header(f"Not accepted yet: {len(waiting)}", anchor=False)
    if waiting:
        st.html(
            _passings(
                visit,
                "Not closed until somebody accepts or the family is told, due first on top",
                waiting,
            )
        )
    else:
        st.html('<p class="mash-empty">Nothing waits to be sent or accepted.</p>')
    st.header(f"Special endings, orders and reports: {len(found.endings)}", anchor=False)
    if found.endings:
        st.html(_endings(visit, found.endings))
    else:
        st.html('<p class="mash-empty">None is open. Open one on a child\'s own page.</p>')
    _tasks(found.tasks)


def came_back(visit: Visit) -> None:
    """In the managers' queue: what was returned and needs a new word; nothing where nothing was."""
    with visit.look() as session:
        found = passed_on(session, by=visit.by, at=visit.at)
    _came_back(visit, tuple(found))


def _came_back(visit: Visit, passings: tuple[PassedPicture, ...]) -> None:
    back = [each for each in passings if each.standing.answer is Answer.RETURNED]
    if back:
        st.header(f"Came back, needs a manager's word: {len(back)}", anchor=False)
        st.html(_passings(visit, "Returned with a reason", back))


def child_cell(each: PassedPicture | EndingPicture | TaskPicture) -> Html:
    """The child with the reference, as a link to what was handed on for it."""
    link = components.child_link_html("handed_on", each.contact_child_id, each.child_name)
    return Html(
        f'{link}<br><span class="mash-note">{escape(show_reference(each.reference))}</span>'
    )


def due_cell(visit: Visit, each: PassedPicture | EndingPicture) -> Html:
    """By when, and that it is past."""
    if each.due_at is None:
        return Html("Not set")
    words = wording.near_words(each.due_at, at=visit.at)
    return Html(f"{OVERDUE if each.is_overdue else ''} {words}".strip())


def _passings(visit: Visit, caption: str, rows: list[PassedPicture]) -> Html:
    return table(
        caption,
        ("Child", "What", "Stands", "Open for", "Due"),
        (
            (
                child_cell(each),
                PASSINGS[each.kind].words,
                each.stands,
                wording.duration_words(visit.at - each.begun_at),
                due_cell(visit, each),
            )
            for each in rows
        ),
    )


def _endings(visit: Visit, rows: tuple[EndingPicture, ...]) -> Html:
    return table(
        "Due first on top",
        ("Child", "What", "Owner", "Due"),
        (
            (
                child_cell(each),
                ENDINGS[each.kind].words,
                _owner(each),
                due_cell(visit, each),
            )
            for each in rows
        ),
    )


def _owner(each: EndingPicture) -> str:
    if each.is_withheld:
        return "Restricted"
    return each.owner or "Nobody yet"


def _tasks(rows: tuple[TaskPicture, ...]) -> None:
    late = sum(each.is_overdue for each in rows)
    st.header(f"Directions: {len(rows)}, overdue: {late}", anchor=False)
    if not rows:
        st.html('<p class="mash-empty">No direction is open.</p>')
        return
    people = sorted({each.owner for each in rows})
    whose = st.selectbox("Whose", [EVERYBODY, MINE, *people], key="whose_directions")
    shown = [each for each in rows if _is_of(each, whose)]
    if not shown:
        st.html("<p>None. Take one on at the child.</p>")
        return
    st.html(
        table(
            "Due first on top",
            ("Child", "What", "Who", "By"),
            ((child_cell(each), each.what, each.owner, due_day(each)) for each in shown),
        )
    )


def due_day(each: TaskPicture) -> Html:
    """The day of a direction, and that it is past."""
    words = wording.date_words(each.due_on)
    return Html(f"{OVERDUE} {words}" if each.is_overdue else words)


def _is_of(each: TaskPicture, whose: str) -> bool:
    if whose == MINE:
        return each.is_hers
    return whose in (EVERYBODY, each.owner)
