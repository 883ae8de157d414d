"""Writing a draft: begun from an edition or a file, edited part by part or as text, taken back.

Every edit keeps the whole text before it. Two people may edit at once: an edit of a part is laid
over what others saved meanwhile, and refused only where both changed the same part.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.editions.draft_text import (
    Part,
    Tables,
    Values,
    name_of,
    part_words,
    tables_in,
    values_of,
    with_part,
)
from mash_triage.editions.in_words import quoted
from mash_triage.editions.models import DraftState, DraftVersion, EditionDraft
from mash_triage.editions.queries import fetch_draft, fetch_edition, version_of
from mash_triage.editions.rules import MADE_BY_PEOPLE, check_open, check_why, text_to_store
from mash_triage.errors import Changed, NotReady
from mash_triage.thresholds.levels import sha256_of
from mash_triage.thresholds.toml_text import NotToml

LONGEST_WHAT = 300  # characters of what an edit did
NOT_TOML = "The text of this draft cannot be read part by part. Mend it as text first."
SAY_WHAT_FOR = "Say what the new edition is for."


def start_draft(
    session: Session,
    edition_id: UUID,
    purpose: str,
    effective_from: date,
    *,
    code: str,
    by: Actor,
    at: datetime,
) -> EditionDraft:
    """Begin a draft from an edition, to apply from a day that may still be changed. `code` is the
    name under which the service finds the edition for new contacts: a draft from another edition,
    such as an example, takes it on.
    """
    person = _writer(by)
    edition = fetch_edition(session, edition_id, by=by)
    purpose = check_why(purpose, SAY_WHAT_FOR)
    top = {**(values_of(tables_in(edition.toml), Part("")) or {}), "id": code}
    top["effective_from"] = effective_from
    top.pop("effective_to", None)

    toml = with_part(edition.toml, Part(""), top)
    what = f"Begun from {quoted(tables_in(edition.toml)['title'])}"
    draft = EditionDraft(
        code=code,
        purpose=purpose,
        based_on_id=edition.id,
        number=0,
        started_by=person,
        started_at=at,
    )
    return _begin(session, draft, toml, what, by=by, at=at)


def import_draft(
    session: Session, toml: str, purpose: str, *, code: str, by: Actor, at: datetime
) -> EditionDraft:
    """Begin a draft from a TOML file, which takes on the name `code`. It may have faults; it must
    be TOML and say its id.
    """
    person = _writer(by)
    purpose = check_why(purpose, SAY_WHAT_FOR)
    text = text_to_store(toml)
    top = {**_top_of_file(text), "id": code}

    draft = EditionDraft(code=code, purpose=purpose, number=0, started_by=person, started_at=at)
    return _begin(session, draft, with_part(text, Part(""), top), "Read from a file", by=by, at=at)


def save_part(
    session: Session,
    draft_id: UUID,
    part: Part,
    values: Values | None,
    *,
    seen: int,
    by: Actor,
    at: datetime,
) -> EditionDraft:
    """Change, add or (None) take out one part. `seen` is the version it was drawn from."""
    draft = _to_edit(session, draft_id, by=by)
    now = version_of(session, draft, draft.number)
    tables = _tables(now.toml)
    if draft.number != seen:
        drawn_from = _tables(version_of(session, draft, seen).toml)
        if values_of(drawn_from, part) != values_of(tables, part):
            raise Changed(_also_saved(session, now, f"this {part_words(part.kind).lower()}"))
    if values == values_of(tables, part):
        return draft

    what = _what(part, values_of(tables, part), values)
    return _keep(session, draft, with_part(now.toml, part, values), what, by=by, at=at)


def save_text(
    session: Session,
    draft_id: UUID,
    toml: str,
    *,
    seen: int,
    what: str = "Edited as text",
    by: Actor,
    at: datetime,
) -> EditionDraft:
    """Put another text in the draft's place. It is kept with its faults; only a sound one can be
    published. `seen` is the version that was on the screen, `what` says what the edit did.
    """
    draft = _to_edit(session, draft_id, by=by)
    now = version_of(session, draft, draft.number)
    if draft.number != seen:
        raise Changed(_also_saved(session, now, "the draft"))
    return _keep(session, draft, toml, what, by=by, at=at)


def return_to_version(
    session: Session, draft_id: UUID, number: int, *, seen: int, by: Actor, at: datetime
) -> EditionDraft:
    """Undo: the text of an earlier version becomes the newest. What came between stays kept."""
    draft = _to_edit(session, draft_id, by=by)
    if draft.number != seen:
        now = version_of(session, draft, draft.number)
        raise Changed(_also_saved(session, now, "the draft"))
    earlier = version_of(session, draft, number)
    what = f"Back to how it was after edit {number - 1}" if number > 1 else "Back to the beginning"
    return _keep(session, draft, earlier.toml, what, by=by, at=at)


def withdraw_draft(
    session: Session, draft_id: UUID, because: str, *, by: Actor, at: datetime
) -> None:
    """Give a draft up. It stays to be read, and is never edited again."""
    draft = _to_edit(session, draft_id, by=by)
    why = check_why(because, "Say why the draft is withdrawn.")

    draft.state = DraftState.WITHDRAWN
    draft.withdrawn_by, draft.withdrawn_at, draft.withdrawn_because = by.user_id, at, why
    trail.record(session, AuditKind.EDITION_WITHDRAWN, about=draft.id, by=by, at=at)


# ---------------------------------------------------------------- parts of the deeds


def _writer(by: Actor) -> UUID:
    by.require(Permission.KEEP_LEVELS_OF_NEED)
    if by.user_id is None:
        raise NotReady(MADE_BY_PEOPLE)
    return by.user_id


def _to_edit(session: Session, draft_id: UUID, *, by: Actor) -> EditionDraft:
    _writer(by)
    draft = fetch_draft(session, draft_id, to_change=True, by=by)
    check_open(draft.state)
    return draft


def _begin(
    session: Session, draft: EditionDraft, toml: str, what: str, *, by: Actor, at: datetime
) -> EditionDraft:
    session.add(draft)
    session.flush()  # the first version names the draft by its id
    trail.record(
        session, AuditKind.EDITION_DRAFTED, about=draft.id, by=by, at=at,
        code=draft.code, based_on=draft.based_on_id,
    )  # fmt: skip
    return _keep(session, draft, toml, what, by=by, at=at)


def _keep(
    session: Session, draft: EditionDraft, toml: str, what: str, *, by: Actor, at: datetime
) -> EditionDraft:
    """The next version of a draft; the same text again is none."""
    toml = text_to_store(toml)
    sha256 = sha256_of(toml)
    if draft.number and version_of(session, draft, draft.number).sha256 == sha256:
        return draft
    draft.number += 1
    session.add(
        DraftVersion(
            draft_id=draft.id,
            number=draft.number,
            toml=toml,
            sha256=sha256,
            what=what[:LONGEST_WHAT],
            edited_by=by.user_id,
            edited_at=at,
        )
    )
    session.flush()  # a second edit in this transaction reads it
    trail.record(
        session, AuditKind.EDITION_EDITED, about=draft.id, by=by, at=at,
        number=draft.number, sha256=sha256,
    )  # fmt: skip
    return draft


def _tables(toml: str) -> Tables:
    try:
        return tables_in(toml)
    except NotToml as fault:
        raise NotReady(NOT_TOML) from fault


def _top_of_file(toml: str) -> Values:
    """What stands at the top of a file that is read; refused when it is no edition at all."""
    try:
        top = values_of(tables_in(toml), Part("")) or {}
    except NotToml as refused:
        fault = refused.fault
        line = f"line {fault.line}: " if fault.line else ""
        raise NotReady(f"The file was not read: {line}{fault.words}.") from refused
    if not isinstance(top.get("id"), str):
        raise NotReady('The file was not read: it must say its id, such as id = "default".')
    return top


def _what(part: Part, before: Values | None, after: Values | None) -> str:
    """What an edit did, in a few words: Indicator “Regularly hungry”: level, words."""
    kind, name = part_words(part.kind), name_of(part, after or before or {})
    told = f"{kind} {quoted(name)}" if part.is_entry else kind
    if after is None:
        return f"{told} taken out"
    if before is None:
        return f"{told} added"
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return f"{told}: {', '.join(key.replace('_', ' ') for key in changed)}"


def _also_saved(session: Session, version: DraftVersion, what: str) -> str:
    name = session.get_one(UserAccount, version.edited_by).name
    return (
        f"{name} changed {what} since you opened it. Nothing was overwritten: look at what it says "
        "now, and make your change again."
    )
