"""One draft: what it is, and everything that can be done with it."""

from collections.abc import Callable
from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.clocks.working_days import london_day
from mash_triage.editions.models import DraftState
from mash_triage.editions.pictures import DraftPicture, EditionPicture
from mash_triage.editions.queries import editions, picture_of_draft
from mash_triage.editions.rules import examined
from mash_triage.settings import settings
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.queries import edition_in_force, edition_of
from mash_triage.web import wording
from mash_triage.web.labels import as_typed
from mash_triage.web.levels import as_text, compared, editing, edits, publishing, trying
from mash_triage.web.levels.ways import WORK, go
from mash_triage.web.page import Visit


def show(visit: Visit, draft_id: UUID) -> None:
    """The draft, and the work that the address names."""
    today = london_day(visit.at)
    with visit.look() as session:
        draft = picture_of_draft(session, draft_id, by=visit.by)
        known = editions(session, settings().edition, on=today, by=visit.by)
        in_force = edition_in_force(session, draft.code, today)
        present = edition_of(session, in_force.id)
    if st.button("Back to all editions and drafts", type="tertiary", key="levels_back_to_all"):
        go()
    st.header(as_typed(draft.purpose), anchor=False)
    st.html(_standing(visit, draft))
    if draft.state != DraftState.OPEN:
        _closed(visit, draft, present)
        return
    work = _work()
    same = [each for each in known if each.code == draft.code]
    _works(visit, draft, present, same)[work]()


def _standing(visit: Visit, draft: DraftPicture) -> str:
    last = draft.versions[0]
    edits = wording.count_words(draft.number - 1, "edit", "edits")
    made = f"{edits}, the last by" if draft.number > 1 else "begun by"
    told = [f"Draft, {made} {escape(last.by_name)}, {wording.near_words(last.at, at=visit.at)}."]
    if draft.state == DraftState.OPEN:
        faults = len(examined(draft.toml).faults)
        told.append(
            f"<strong>{wording.count_words(faults, 'fault', 'faults')} to mend.</strong>"
            if faults
            else "No fault is found."
        )
        if draft.asked:
            told.append(f"<strong>{escape(draft.asked.by_name)} asks for publishing.</strong>")
    return f"<p>{' '.join(told)}</p>"


def _work() -> str:
    """What is being done: kept in the address, so that it can be loaded again."""
    named = st.query_params.get("work", "")
    work: str = st.segmented_control(
        "What to do",
        list(WORK),
        default=named if named in WORK else next(iter(WORK)),
        required=True,
        format_func=WORK.__getitem__,
        key=f"levels_work {named}",
        label_visibility="collapsed",
        wrap=True,
    ) or next(iter(WORK))
    if work != named:
        st.query_params["work"] = work
    return work


def _works(
    visit: Visit, draft: DraftPicture, present: Edition, known: list[EditionPicture]
) -> dict[str, Callable[[], None]]:
    return {
        "parts": lambda: editing.show(visit, draft),
        "text": lambda: as_text.show(visit, draft),
        "differences": lambda: compared.show(present, draft.toml),
        "contacts": lambda: trying.show(present, draft.toml),
        "publish": lambda: publishing.show(visit, draft, known),
        "edits": lambda: edits.show(visit, draft),
    }


def _closed(visit: Visit, draft: DraftPicture, present: Edition) -> None:
    """A draft that is published or withdrawn: to be read, never edited."""
    if draft.edition_id:
        st.html("<p><strong>This draft is published.</strong></p>")
        if st.button("Read the edition"):
            go(edition=draft.edition_id)
    else:
        st.html(
            f"<p><strong>This draft was withdrawn:</strong> {escape(draft.withdrawn_because)}</p>"
        )
        with st.expander("What it would have changed"):
            compared.show(present, draft.toml)
    edits.show(visit, draft)
