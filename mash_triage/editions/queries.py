"""Which editions and drafts there are, and what each says."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Permission
from mash_triage.editions.draft_text import tables_in
from mash_triage.editions.models import DraftAgreement, DraftState, DraftVersion, EditionDraft
from mash_triage.editions.pictures import (
    AgreementPicture,
    DraftLine,
    DraftPicture,
    EditionPicture,
    Standing,
    VersionPicture,
)
from mash_triage.errors import NotFound, NotReady
from mash_triage.thresholds.models import PUBLISHED, EditionRecord
from mash_triage.thresholds.queries import edition_in_force

MAY_READ = (Permission.SEE_FRONT_DOOR, Permission.KEEP_LEVELS_OF_NEED)


def editions(session: Session, code: str, *, on: date, by: Actor) -> list[EditionPicture]:
    """Every edition there is, those of this code first, the newest first; `on` is today."""
    by.require(*MAY_READ)
    try:
        in_force = edition_in_force(session, code, on).id
    except NotReady:
        in_force = None
    rows = session.scalars(
        select(EditionRecord)
        .options(undefer(EditionRecord.toml))
        .order_by(
            EditionRecord.code != code,
            EditionRecord.effective_from.desc(),
            EditionRecord.loaded_at.desc(),
        )
    )
    return [_edition_picture(row, code, in_force, on) for row in rows]


def _edition_picture(
    row: EditionRecord, code: str, in_force: UUID | None, on: date
) -> EditionPicture:
    if row.code != code:
        standing = Standing.EXAMPLE
    elif row.id == in_force:
        standing = Standing.IN_FORCE
    else:
        standing = Standing.TO_COME if row.effective_from > on else Standing.PAST
    return EditionPicture(
        id=row.id,
        code=row.code,
        title=str(tables_in(row.toml).get("title", row.code)),
        sha256=row.sha256,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        standing=standing,
        shipped=row.status != PUBLISHED,
        by_name=row.loaded_by,
        at=row.loaded_at,
    )


def fetch_edition(session: Session, edition_id: UUID, *, by: Actor) -> EditionRecord:
    """A stored edition; NotFound when there is none."""
    by.require(*MAY_READ)
    record = session.get(EditionRecord, edition_id)
    if record is None:
        raise NotFound
    return record


# ---------------------------------------------------------------- drafts


def fetch_draft(
    session: Session, draft_id: UUID, *, to_change: bool = False, by: Actor
) -> EditionDraft:
    """A draft's live row, held against other writers when it is `to_change`."""
    by.require(Permission.KEEP_LEVELS_OF_NEED)
    draft = session.get(EditionDraft, draft_id, with_for_update=to_change, populate_existing=True)
    if draft is None:
        raise NotFound
    return draft


def drafts(session: Session, *, by: Actor) -> list[DraftLine]:
    """The drafts that are being written, those that wait for a second person first and then by the
    newest edit; and those withdrawn.
    """
    by.require(Permission.KEEP_LEVELS_OF_NEED)
    rows = session.execute(
        select(EditionDraft, DraftVersion, UserAccount.name)
        .join(DraftVersion, DraftVersion.draft_id == EditionDraft.id)
        .join(UserAccount, UserAccount.id == DraftVersion.edited_by)
        .where(
            DraftVersion.number == EditionDraft.number,
            EditionDraft.state != DraftState.PUBLISHED,
        )
        .order_by(EditionDraft.state, DraftVersion.edited_at.desc())
    )
    lines = [
        DraftLine(
            id=draft.id,
            purpose=draft.purpose,
            state=DraftState(draft.state),
            edits=draft.number - 1,
            edited_by_name=name,
            edited_at=version.edited_at,
            asked=bool(agreements(session, draft)),
        )
        for draft, version, name in rows
    ]
    return sorted(lines, key=lambda line: not line.asked)


def picture_of_draft(session: Session, draft_id: UUID, *, by: Actor) -> DraftPicture:
    """One draft: its text now, every edit, and who agreed to what."""
    draft = fetch_draft(session, draft_id, by=by)
    versions = _versions(session, draft)
    asked = next(iter(agreements(session, draft)), None)
    return DraftPicture(
        id=draft.id,
        code=draft.code,
        purpose=draft.purpose,
        state=DraftState(draft.state),
        number=draft.number,
        toml=version_of(session, draft, draft.number).toml,
        sha256=versions[0].sha256,
        based_on_id=draft.based_on_id,
        edition_id=draft.edition_id,
        versions=versions,
        asked=_agreement_picture(session, asked) if asked else None,
        ended=tuple(
            _agreement_picture(session, each) for each in _ended_agreements(session, draft)
        ),
        withdrawn_because=draft.withdrawn_because,
    )


def version_of(session: Session, draft: EditionDraft, number: int) -> DraftVersion:
    """One version of a draft with its text."""
    found = session.scalars(
        select(DraftVersion)
        .where(DraftVersion.draft_id == draft.id, DraftVersion.number == number)
        .options(undefer(DraftVersion.toml))
    ).first()
    if found is None:
        raise NotFound
    return found


def agreements(session: Session, draft: EditionDraft) -> list[DraftAgreement]:
    """The agreements to the newest version that count: not taken back, and by people who still
    may keep the levels of need.
    """
    rows = session.scalars(
        select(DraftAgreement)
        .where(
            DraftAgreement.draft_id == draft.id,
            DraftAgreement.number == draft.number,
            DraftAgreement.ended_at.is_(None),
        )
        .order_by(DraftAgreement.agreed_at)
    )
    return [each for each in rows if _still_may(session, each.agreed_by)]


def _still_may(session: Session, user_id: UUID) -> bool:
    user = session.get_one(UserAccount, user_id)
    return user.deactivated_at is None and actor_for(user).can(Permission.KEEP_LEVELS_OF_NEED)


def _versions(session: Session, draft: EditionDraft) -> tuple[VersionPicture, ...]:
    rows = session.execute(
        select(DraftVersion, UserAccount.name)
        .join(UserAccount, UserAccount.id == DraftVersion.edited_by)
        .where(DraftVersion.draft_id == draft.id)
        .order_by(DraftVersion.number.desc())
    )
    return tuple(
        VersionPicture(each.number, each.sha256, each.what, name, each.edited_by, each.edited_at)
        for each, name in rows
    )


def _ended_agreements(session: Session, draft: EditionDraft) -> Sequence[DraftAgreement]:
    return session.scalars(
        select(DraftAgreement)
        .where(DraftAgreement.draft_id == draft.id, DraftAgreement.ended_at.is_not(None))
        .order_by(DraftAgreement.ended_at.desc())
    ).all()


def _agreement_picture(session: Session, row: DraftAgreement) -> AgreementPicture:
    ender = session.get(UserAccount, row.ended_by) if row.ended_by else None
    return AgreementPicture(
        number=row.number,
        sha256=row.sha256,
        by_id=row.agreed_by,
        by_name=session.get_one(UserAccount, row.agreed_by).name,
        at=row.agreed_at,
        ended_by_name=ender.name if ender else "",
        ended_at=row.ended_at,
        ended_because=row.ended_because,
    )
