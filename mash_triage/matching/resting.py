"""Who saw a record through a link, and what becomes of what matching keeps of a person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from mash_triage.access.models import SignInSession, Sitting, UserAccount
from mash_triage.contacts.models import ContactChild
from mash_triage.people.resting import Link, Part, Rested


def _views(session: Session, link: Link) -> Sequence[Rested]:
    """Who opened this contact while the link stood, and so saw what is on record of another child;
    and who opened another contact of that record or household, and so saw this one beside it.
    """
    shown = {
        str(child_id): child_id
        for child_id in session.scalars(select(ContactChild.id).where(_shown_by(link)))
    }
    rows = session.execute(
        select(
            Sitting.subject,
            UserAccount.id,
            UserAccount.name,
            func.min(Sitting.opened_at).label("first"),
            func.count().label("times"),
        )
        .join(SignInSession, SignInSession.id == Sitting.session_id)
        .join(UserAccount, UserAccount.id == SignInSession.user_id)
        .where(Sitting.subject.in_(shown), Sitting.opened_at.between(link.since, link.until))
        .group_by(Sitting.subject, UserAccount.id, UserAccount.name)
        .order_by(func.min(Sitting.opened_at), UserAccount.name, Sitting.subject)
    )
    return [
        Rested(
            subject=shown[row.subject],
            contact_child_id=shown[row.subject],
            words=_words(row.name, row.times, own=shown[row.subject] == link.contact_child_id),
            at=row.first,
            viewer_id=row.id,
        )
        for row in rows
    ]


def _shown_by(link: Link) -> ColumnElement[bool]:
    shown = or_(ContactChild.id == link.contact_child_id, ContactChild.person_id == link.person_id)
    if link.household_id is not None:
        shown = or_(shown, ContactChild.household_id == link.household_id)
    return shown


def _words(name: str, times: int, *, own: bool) -> str:
    often = "once" if times == 1 else f"{times} times"
    return (
        f"{name} opened this contact {often}, with what is on record of the other child."
        if own
        else f"{name} opened this contact {often}, with the wrongly linked one beside it."
    )


PART = Part("views", "Who saw what", _views)

_DERIVED = "the index of the record itself; no contact writes it"
_OWN_ANSWER = "an answer by itself, undone by itself"
_PAIR = "a pair of records, whoever is linked to them"
COLUMNS = {
    "contact_child.person_id": "the link itself: emptied when it is undone",
    "contact_adult.person_id": "the link of an adult: emptied when that answer is undone",
    "match_key.child_id": _DERIVED,
    "match_feature.child_id": _DERIVED,
    "match_decision.person_id": "the answer itself: kept, marked as undone",
    "adult_decision.person_id": _OWN_ANSWER,
    "link_review.person_id": "the review itself: which record the child had been linked to",
    "duplicate_pair.person_id": _PAIR,
    "duplicate_pair.other_id": _PAIR,
}
