"""The form as it stands in one run: the draft, what was just answered, and what is wrong with it.

A field is written to the draft only when its widget differs from what this sitting last knew of
it. So two windows on one draft do not undo each other, and words that come back from a browser
after the server was restarted are kept. A window that was cut off for long says what it had been
told (`told_to_browser`), so that its old words do not undo what was written elsewhere meanwhile.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NoReturn

import streamlit as st

from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.answers import Answers, as_sent, value_at, with_value
from mash_triage.contacts.drafts import DraftPicture, save_answers
from mash_triage.contacts.submission import problems_of
from mash_triage.thresholds.shapes import Edition
from mash_triage.web.page import Visit

KNOWN = "_form_known"
PROBLEMS = "_form_problems"
TURN = "_form_turn"
GENERATION = "_form_generation"
REMOVED = "_form_removed"
STALE = "_form_stale"
FIELD = "_form_field"

ROWS = ("children", "household", "told_and_agreed", "chronology", "kept_from")

Deed = Callable[[], None]


@dataclass
class Form:
    """One run of one step. `child` is the row of the child whose page this is."""

    visit: Visit
    draft: DraftPicture
    step: str
    child: int
    answers: Answers
    edition: Edition
    silent: bool = False
    stale: bool = False
    problems: dict[str, str] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    settled: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    deed: Deed | None = None
    saved_at: datetime | None = None

    @property
    def concerns(self) -> dict[str, str]:
        """The worries of the edition in force, in its own order and words."""
        return {one.code: one.words for one in self.edition.concern}

    @property
    def today(self) -> date:
        """The day on which the form is being filled in, in London."""
        return london_day(self.visit.at)

    @property
    def known(self) -> dict[str, tuple[Any, ...]]:
        """What this sitting last read from, or wrote to, each field."""
        known: dict[str, tuple[Any, ...]] = st.session_state.setdefault(KNOWN, {})
        return known

    def get(self, path: str) -> Any:
        """The answer at this path, as last given."""
        return value_at(self.answers, path)

    def rows(self, section: str) -> list[Any]:
        """The rows of a section; of the large ones there is always one to write in."""
        rows = self.get(section)
        there = rows if isinstance(rows, list) else []
        return there or ([] if "." in section else [{}])

    def put(self, path: str, answer: Any) -> None:
        """An answer just given; `save` writes it to the draft."""
        self.answers = with_value(self.answers, path, answer)
        self.changes[path] = answer

    def key(self, path: str) -> str:
        """The widget's key. After rows have moved, all widgets are made anew from the draft."""
        return f"{self.draft.id.hex[:8]}-{generation()}-{path}"

    def save(self, *, step: str | None = None) -> None:
        """Write what was just answered to the draft, and nothing else."""
        if self.changes or (step and step != self.draft.step):
            self.keep(self.visit, self.changes, step=step)
        self.known.update(self.settled)
        self.changes = {}

    def keep(self, visit: Visit, changes: dict[str, Any], *, step: str | None = None) -> None:
        """Write these answers to the draft."""
        with visit.work() as session:
            self.saved_at = save_answers(
                session, self.draft.id, changes, step=step, by=visit.by, at=visit.at
            )

    # ------------------------------------------------------------ a window that was cut off

    def told_to_browser(self) -> str:
        """What this page now knows of its fields, for the browser to keep while the line is cut."""
        told = {name: values for name, values in self.known.items() if name in self.settled}
        return json.dumps({**self._stands(), "generation": generation(), "known": told})

    def hear(self, told: object) -> None:
        """In a sitting that knows nothing yet, what the browser was told in the one before: `stale`
        when the draft has been written to elsewhere since then.
        """
        heard = _read(told)
        begun = STALE in st.session_state  # the run that began to hear it was interrupted
        if not heard or (KNOWN in st.session_state and not begun):
            return
        st.session_state[GENERATION] = heard["generation"]
        stands = self._stands()
        if heard.get("saved") == stands["saved"] and not begun:
            return
        self.stale = self.silent = st.session_state[STALE] = True
        if heard.get("rows") == stands["rows"]:  # else a field may be another child's now
            self.known.update({name: _values(each) for name, each in heard["known"].items()})

    def _stands(self) -> dict[str, Any]:
        saved = self.saved_at or self.draft.saved_at
        rows = [len(self.rows(section)) for section in ROWS]
        return {"draft": str(self.draft.id), "saved": saved.isoformat(), "rows": rows}

    # ------------------------------------------------------------ what is wrong

    def problems_now(self) -> dict[str, str]:
        """Everything that still stands between this draft and a complete contact."""
        return problems_of(as_sent(self.answers), on=self.today, at=self.visit.at)

    def remember_problems(self, problems: dict[str, str]) -> None:
        """Show these at the fields of this step until Continue is pressed again, so that nothing
        moves under the pointer while she mends them.
        """
        st.session_state[PROBLEMS] = {"where": self.where, "problems": problems}

    @property
    def where(self) -> str:
        """This step of this draft."""
        return f"{self.draft.id} {self.step} {self.child if self.step == 'children' else 0}"

    # ------------------------------------------------------------ going on

    def go(self, step: str, *, child: int = 0, field: str = "") -> NoReturn:
        """Open another step of this draft at its top, or at one of its fields."""
        where = {"draft": str(self.draft.id), "step": step}
        if child:
            where["child"] = str(child + 1)
        st.query_params.from_dict(where)
        turn()
        st.session_state[FIELD] = field
        st.rerun()

    def again(self) -> NoReturn:
        """Draw this step anew, from its top."""
        turn()
        st.rerun()


def turn() -> None:
    """The next drawing begins at its top: at the summary of problems, or at the heading."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state.pop(FIELD, None)


def generation() -> int:
    """How often all widgets were made anew."""
    return int(st.session_state.get(GENERATION, 0))


def new_generation() -> None:
    """Make all widgets anew, because rows have moved, or newer words must stand in them."""
    st.session_state[GENERATION] = generation() + 1


def heard_out() -> None:
    """All that a stale window still held is kept; from now on it is a window like any other."""
    st.session_state.pop(STALE, None)
    new_generation()


def _read(told: object) -> dict[str, Any]:
    """What a browser says that it was told; empty when it is nothing of the kind."""
    try:
        heard = json.loads(told) if isinstance(told, str) else None
    except ValueError:
        return {}
    if not isinstance(heard, dict):
        return {}
    shaped = isinstance(heard.get("generation"), int) and isinstance(heard.get("known"), dict)
    return heard if shaped else {}


def _values(told: Any) -> Any:
    return tuple(_values(each) for each in told) if isinstance(told, list) else told
