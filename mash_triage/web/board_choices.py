"""The filters above the board, and those that a person saved under names of her own.

Inputs stand outside what refreshes, so that nobody's typing is ever disturbed. What there is to
choose from is read once a sitting.
"""

from typing import Any

import streamlit as st

from mash_triage.thresholds.routes import Rag
from mash_triage.web import wording
from mash_triage.web.board_filter import AgeGroup, BoardFilter, Stage, Whose
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit
from mash_triage.web.wording import SourceGroup
from mash_triage.worklists.actions import remove_filter, save_filter
from mash_triage.worklists.saved_filters import Choices, choices_of_board

KNOWN = "_board_choices"
SEVERAL = ("stages", "ratings", "groups", "teams", "workers", "ages")


def filters(visit: Visit) -> BoardFilter:
    """The filters, and what is chosen in them. They outlive a look at a child's page."""
    choices = _choices(visit)
    with st.container(key="board_filters", horizontal=True, vertical_alignment="bottom"):
        whose = st.segmented_control(
            "Whose children",
            list(Whose),
            default=Whose.ALL,
            required=True,
            key="board_whose",
            persist_state="session",
        )
        words = st.text_input(
            "Find by name or reference", key="board_words", persist_state="session", width=300
        )
        with st.popover("More filters"):
            stages = _several("Stage", "stages", list(Stage))
            ratings = _several("Rating", "ratings", [*Rag, "none"], wording_of=_rating)
            groups = _several("From", "groups", list(SourceGroup))
            teams = _several("Team", "teams", list(choices.teams), choices.teams.get)
            ages = _several("Age", "ages", list(AgeGroup))
            workers = _several("Worker", "workers", list(choices.workers), choices.workers.get)
        with st.popover("My filters"):
            _mine(visit, choices)
    return BoardFilter(
        whose=Whose(whose or Whose.ALL),
        words=words or "",
        stages=tuple(stages),
        ratings=tuple(ratings),
        groups=tuple(groups),
        teams=tuple(teams),
        workers=tuple(workers),
        ages=tuple(ages),
    )


def _several(name: str, key: str, options: list[Any], wording_of: Any = str) -> list[Any]:
    chosen = st.session_state.get(f"board_{key}")
    if chosen and set(chosen) - set(options):  # a colleague or team that is no longer there
        st.session_state[f"board_{key}"] = [each for each in chosen if each in options]
    return st.multiselect(
        name,
        options,
        format_func=wording_of,
        placeholder="Any",
        key=f"board_{key}",
        persist_state="session",
    )


def _rating(code: str) -> str:
    return wording.rating_words(None if code == "none" else code)


# ---------------------------------------------------------------- saved by name


def _choices(visit: Visit) -> Choices:
    if KNOWN not in st.session_state:
        with visit.look() as session:
            found = choices_of_board(session, by=visit.by)
        st.session_state[KNOWN] = [dict(found.teams), dict(found.workers), dict(found.saved)]
    teams, workers, saved = st.session_state[KNOWN]
    return Choices(teams, workers, saved)


def _mine(visit: Visit, choices: Choices) -> None:
    """A button for each saved filter, one to save what is chosen now, one to forget one."""
    for name, kept in choices.saved.items():
        st.button(as_typed(name), key=f"use {name}", on_click=_use, args=(kept,))
    if not choices.saved:
        st.caption("Choose filters, give them a name, and find them here again.")
    name = st.text_input("Save what is chosen now as", key="filter_name", max_chars=60)
    if st.button("Save", key="filter_save"):
        plain: dict[str, Any] = {
            key: [str(each) for each in st.session_state.get(f"board_{key}") or []]
            for key in SEVERAL
        }
        plain["whose"] = str(st.session_state.get("board_whose") or Whose.ALL)
        with visit.work() as session:
            save_filter(session, name, plain, by=visit.by, at=visit.at)
        st.session_state.pop(KNOWN, None)
        visit.leave(f"Your filters are saved as {name.strip()}.", to="board")
    if choices.saved:
        gone = st.selectbox(
            "Forget one", list(choices.saved), index=None, key="filter_gone", placeholder="None"
        )
        if gone and st.button("Forget it", key="filter_forget"):
            with visit.work() as session:
                remove_filter(session, gone, by=visit.by, at=visit.at)
            st.session_state.pop(KNOWN, None)
            visit.leave("The filter is forgotten.", to="board")


def _use(kept: dict[str, Any]) -> None:
    """Choose what was saved; what no longer exists is left out."""
    known = {
        "stages": list(Stage),
        "ratings": [*Rag, "none"],
        "groups": list(SourceGroup),
        "ages": list(AgeGroup),
        "teams": list(st.session_state[KNOWN][0]),
        "workers": list(st.session_state[KNOWN][1]),
    }
    for key, options in known.items():
        wanted = set(kept.get(key) or ())
        st.session_state[f"board_{key}"] = [each for each in options if str(each) in wanted]
    whose = kept.get("whose")
    st.session_state["board_whose"] = Whose(whose) if whose in set(Whose) else Whose.ALL
