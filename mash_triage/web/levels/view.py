"""The page of the levels of need: a draft when the address names one, else an edition to read."""

from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.editions.pictures import Standing
from mash_triage.editions.queries import drafts, editions, fetch_edition
from mash_triage.errors import NotReady
from mash_triage.settings import settings
from mash_triage.thresholds.levels import EditionFault
from mash_triage.thresholds.queries import edition_of
from mash_triage.web.levels import as_text, draft, editing, reading, shelf
from mash_triage.web.levels.ways import go, named, styles
from mash_triage.web.page import Visit


def show(visit: Visit) -> None:
    """A draft, or the edition in force, or another; for policy leads with the drafts above."""
    styles()
    draft_id, edition_id = named(visit, "draft"), named(visit, "edition")
    if draft_id:
        draft.show(visit, draft_id)
        return
    _read(visit, edition_id)


def _read(visit: Visit, edition_id: UUID | None) -> None:
    keeps = visit.by.can(Permission.KEEP_LEVELS_OF_NEED)
    with visit.look() as session:
        known = editions(session, settings().edition, on=london_day(visit.at), by=visit.by)
        waiting = drafts(session, by=visit.by) if keeps else []
        read = next((e.id for e in known if e.standing == Standing.IN_FORCE), None)
        read = edition_id or read or (known[0].id if known else None)
        if read is None:
            raise NotReady("No edition of the levels of need is stored yet.")
        toml = fetch_edition(session, read, by=visit.by).toml
        try:
            edition = edition_of(session, read)
        except EditionFault as fault:
            raise NotReady(f"This edition cannot be read any more: {fault.words}.") from fault
    picture = next(each for each in known if each.id == read)
    if edition_id and st.button("Back to all editions", type="tertiary", key="levels_back_to_all"):
        go()
    if keeps and not edition_id:
        shelf.drafts(visit, waiting, known)
    reading.show(edition, picture, toml)
    if not edition_id:
        shelf.editions(known, picture)


def keep_when_signed_out(visit: Visit) -> None:
    """What has just arrived from an open form whose sign-in is over."""
    editing.keep_when_signed_out(visit)
    as_text.keep_when_signed_out(visit)
