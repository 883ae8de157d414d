"""Publishing a draft: one policy lead asks, agreeing to the exact text, and another publishes it.

An edit makes a new version, to which nobody has agreed yet. So an edition is always what two named
people agreed to, and neither of them is the last editor alone.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.editions.models import DraftAgreement, DraftState, DraftVersion, EditionDraft
from mash_triage.editions.queries import agreements, fetch_draft, version_of
from mash_triage.editions.rules import (
    EDITED_SINCE,
    MADE_BY_PEOPLE,
    check_day_is_free,
    check_open,
    check_publishable,
    check_second_person,
    check_why,
)
from mash_triage.errors import Changed, NotReady
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.models import PUBLISHED, EditionRecord

LONGEST_NAMES = 200  # characters


def ask_for_publishing(
    session: Session,
    draft_id: UUID,
    sha256: str,
    *,
    on: date,
    in_place_of: UUID | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Agree to the exact text of this sha256, and ask another policy lead to publish it.

    `on` is today. `in_place_of` names an edition to come that begins on the same day.
    """
    draft, _version, _edition = _agreed_text(
        session, draft_id, sha256, on=on, in_place_of=in_place_of, by=by
    )
    if earlier := agreements(session, draft):
        name = session.get_one(UserAccount, earlier[0].agreed_by).name
        raise Changed(f"{name} has asked for this text already. Another policy lead publishes it.")

    _agree(session, draft, sha256, by=by, at=at)


def publish(
    session: Session,
    draft_id: UUID,
    sha256: str,
    *,
    on: date,
    in_place_of: UUID | None = None,
    by: Actor,
    at: datetime,
) -> EditionRecord:
    """Agree as the second policy lead: the draft becomes an edition, and is never edited again."""
    draft, version, edition = _agreed_text(
        session, draft_id, sha256, on=on, in_place_of=in_place_of, by=by
    )
    asked_by = [each.agreed_by for each in agreements(session, draft)]
    check_second_person(asked_by, by.user_id)

    _agree(session, draft, sha256, by=by, at=at)
    both = [next(each for each in asked_by if each != by.user_id), by.user_id]
    names = " and ".join(session.get_one(UserAccount, each).name for each in both)
    record = _record(edition, version, names[:LONGEST_NAMES], at)
    session.add(record)
    session.flush()  # the draft names its edition by its id
    draft.state, draft.edition_id = DraftState.PUBLISHED, record.id
    trail.record(
        session, AuditKind.EDITION_PUBLISHED, about=record.id, by=by, at=at,
        code=record.code, sha256=sha256, draft=draft.id, effective_from=record.effective_from,
        in_place_of=in_place_of, agreed_by=both,
    )  # fmt: skip
    return record


def send_back(session: Session, draft_id: UUID, because: str, *, by: Actor, at: datetime) -> None:
    """Not yet: end the agreement to the newest text, with a reason; whoever asked may do so too."""
    by.require(Permission.KEEP_LEVELS_OF_NEED)
    draft = fetch_draft(session, draft_id, to_change=True, by=by)
    check_open(draft.state)
    why = check_why(because, "Say why the draft is not published yet.")
    asked = agreements(session, draft)
    if not asked:
        raise Changed("Nobody asks for this draft to be published any more.")

    for each in asked:
        each.ended_by, each.ended_at, each.ended_because = by.user_id, at, why
    trail.record(session, AuditKind.EDITION_SENT_BACK, about=draft.id, by=by, at=at)


# ---------------------------------------------------------------- parts of the deeds


def _agreed_text(
    session: Session,
    draft_id: UUID,
    sha256: str,
    *,
    on: date,
    in_place_of: UUID | None,
    by: Actor,
) -> tuple[EditionDraft, DraftVersion, Edition]:
    """The draft, held against other writers, with the very text that the person agreed to."""
    by.require(Permission.KEEP_LEVELS_OF_NEED)
    if by.user_id is None:
        raise NotReady(MADE_BY_PEOPLE)
    draft = fetch_draft(session, draft_id, to_change=True, by=by)
    check_open(draft.state)
    version = version_of(session, draft, draft.number)
    if version.sha256 != sha256:
        raise Changed(EDITED_SINCE)
    edition = check_publishable(version.toml, draft.code, on=on)
    others = session.execute(
        select(EditionRecord.id, EditionRecord.effective_from, EditionRecord.sha256)
        .where(EditionRecord.code == draft.code)
        .order_by(EditionRecord.loaded_at)
        .with_for_update()  # of two drafts published at once, the second sees the first
    ).all()
    if any(each.sha256 == sha256 for each in others):
        raise Changed("This very text is published already.")
    days = [(each.id, each.effective_from) for each in others]
    check_day_is_free(edition, days, in_place_of, on=on)
    return draft, version, edition


def _agree(session: Session, draft: EditionDraft, sha256: str, *, by: Actor, at: datetime) -> None:
    if any(each.agreed_by == by.user_id for each in agreements(session, draft)):
        return
    session.add(
        DraftAgreement(
            draft_id=draft.id,
            number=draft.number,
            sha256=sha256,
            agreed_by=by.user_id,
            agreed_at=at,
        )
    )
    trail.record(
        session, AuditKind.EDITION_AGREED, about=draft.id, by=by, at=at,
        number=draft.number, sha256=sha256,
    )  # fmt: skip


def _record(edition: Edition, version: DraftVersion, names: str, at: datetime) -> EditionRecord:
    return EditionRecord(
        code=edition.id,
        sha256=version.sha256,
        toml=version.toml,
        effective_from=edition.effective_from,
        effective_to=edition.effective_to,
        status=PUBLISHED,
        loaded_by=names,
        loaded_at=at,
    )
