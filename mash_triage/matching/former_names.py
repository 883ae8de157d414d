"""Names that a record no longer bears and that are restricted: after an adoption, say.

Such a name stands in no index and beside no record. Those named may still find the child by it:
their searches look through these few names by themselves. For everybody else the record has never
had it, but for the sentence about the duty manager.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Select, delete, literal, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import ContactChild
from mash_triage.matching.filing import index_children
from mash_triage.matching.identity import Identity, Name, name
from mash_triage.matching.index import Found, identities
from mash_triage.matching.normalise import skeleton
from mash_triage.people.models import PersonAlias, Restriction, RestrictionReader
from mash_triage.people.queries import fetch_person, may_open_name, name_on_record


@dataclass(frozen=True)
class FormerName:
    """A restricted name in force, whose it was, and whether the asker was named to know it."""

    restriction_id: UUID
    person_id: int
    name: Name
    may_know: bool


@dataclass(frozen=True)
class Restricted:
    """What is restricted, as one person meets it: records closed to her, and former names."""

    closed: frozenset[int]
    names: tuple[FormerName, ...]


def restricted_for(session: Session, *, by: Actor) -> Restricted:
    """All restrictions in force, in one statement."""
    rows = session.execute(_in_force_for(by)).all()
    closed = frozenset(r.person_id for r in rows if not r.of_name and not r.is_named)
    return Restricted(
        closed,
        tuple(
            FormerName(
                row.id,
                row.person_id,
                name(row.given_names or "", row.family_name or ""),
                may_know=bool(row.is_named) and row.person_id not in closed,
            )
            for row in rows
            if row.of_name
        ),
    )


@lru_cache(maxsize=4_096)
def _in_force_for(by: Actor) -> Select[UUID, int, bool, str | None, str | None, bool]:
    """The restrictions in force, and whether this person is named in each; every search asks it."""
    named = select(RestrictionReader.restriction_id).where(RestrictionReader.user_id == by.user_id)
    is_named = literal(True) if by.may_everything else Restriction.id.in_(named)
    return (
        select(
            Restriction.id,
            Restriction.person_id,
            Restriction.of_name,
            Restriction.given_names,
            Restriction.family_name,
            is_named.label("is_named"),
        )
        .where(Restriction.lifted_at.is_(None))
        .order_by(Restriction.restricted_at, Restriction.id)
    )


def with_former_names(
    session: Session, reported: Identity, found: Found, names: Sequence[FormerName]
) -> Found:
    """The same candidates, and those whose restricted name sounds like the reported one: open to
    those who may know it, and else among the closed, under a number that is no record's.
    """
    alike = [each for each in names if _sounds_like(each.name, reported)]
    if not alike:
        return found
    known = dict(identities(session, [each.person_id for each in alike]))
    candidates, closed = dict(found.candidates), dict(found.closed)
    for each in alike:
        if each.person_id not in known:
            continue
        if each.may_know:
            before = candidates.get(each.person_id, known[each.person_id])
            candidates[each.person_id] = _also(before, each.name)
        else:
            before = closed.get(-each.person_id, known[each.person_id])
            closed[-each.person_id] = _also(before, each.name)
    return replace(found, candidates=list(candidates.items()), closed=tuple(closed.items()))


def _also(known: Identity, former: Name) -> Identity:
    return replace(known, aliases=(*known.aliases, former))


def _sounds_like(former: Name, reported: Identity) -> bool:
    said = [reported.name, *reported.aliases]
    heard = {skeleton(token) for each in said for token in _tokens(each)}
    return any(skeleton(token) in heard for token in _tokens(former))


def _tokens(written: Name) -> set[str]:
    return {*written.given, *written.family}


def holds(written: Name, former: Name) -> bool:
    """Does this name hold the former one, with or without a second name beside it?"""
    return bool(_tokens(former)) and _tokens(former) <= _tokens(written)


def gives_away(written: Name, former: Name) -> bool:
    """Does another name on the record tell the former one, whole or in part?"""
    return holds(written, former) or (bool(_tokens(written)) and _tokens(written) < _tokens(former))


def former_name_on(session: Session, child: ContactChild, person_id: int) -> UUID | None:
    """The restriction of the former name under which a child was reported, if it is one."""
    said = child.contact.submission["children"][child.position].get("aliases", ())
    written = [
        name(child.reported_given_names or "", child.reported_family_name or ""),
        *(name(_text(each.get("given_names")), _text(each.get("family_name"))) for each in said),
    ]
    rows = session.scalars(
        select(Restriction).where(
            Restriction.person_id == person_id, Restriction.of_name, Restriction.lifted_at.is_(None)
        )
    )
    for row in rows:
        former = written_as(row)
        if any(holds(each, former) for each in written):
            return row.id
    return None


def _text(answer: object) -> str:
    return answer if isinstance(answer, str) else ""


def take_out_names(session: Session, restrictions: Collection[Restriction]) -> None:
    """Take these restricted names from the records and from the index, wherever they stand there;
    an import brings them again with each refreshed row.
    """
    for restriction in restrictions:
        former = written_as(restriction)
        aliases = session.scalars(
            select(PersonAlias).where(PersonAlias.person_id == restriction.person_id)
        )
        telling = [alias.id for alias in aliases if gives_away(written_as(alias), former)]
        if telling:
            session.execute(delete(PersonAlias).where(PersonAlias.id.in_(telling)))
        for person_id, known in identities(session, [restriction.person_id]):
            left = tuple(alias for alias in known.aliases if not gives_away(alias, former))
            if left != known.aliases:
                index_children(session, [(person_id, replace(known, aliases=left))])


def restricted_names(session: Session) -> list[Restriction]:
    """Every name that is restricted now, for an import."""
    return list(
        session.scalars(
            select(Restriction).where(Restriction.of_name, Restriction.lifted_at.is_(None))
        )
    )


def written_as(row: Restriction | PersonAlias) -> Name:
    """A stored name in comparable form."""
    return name(row.given_names or "", row.family_name or "")


@dataclass(frozen=True)
class FormerNamePicture:
    """A restricted name as shown to those who may know it."""

    restriction_id: UUID
    name: str
    reason: str
    review_on: date


def former_names_of(session: Session, person_id: int, *, by: Actor) -> list[FormerNamePicture]:
    """The restricted names of a record, as far as this person was named to know them."""
    by.require(Permission.SEE_FRONT_DOOR)
    person = fetch_person(session, person_id, by=by)
    rows = session.scalars(
        select(Restriction)
        .where(
            Restriction.person_id == person.id,
            Restriction.of_name,
            Restriction.lifted_at.is_(None),
            may_open_name(Restriction.id, by),
        )
        .order_by(Restriction.restricted_at)
    )
    return [
        FormerNamePicture(
            row.id, name_on_record(row.given_names, row.family_name), row.reason, row.review_on
        )
        for row in rows
    ]
