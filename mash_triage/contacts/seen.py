"""A contact as far as a person may read it.

Where a child on it is restricted and closed to her, so are all words that could name that child:
the narrative, the household, and who was told. What is coded stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import children_visible_to

PART_IS_RESTRICTED = "Part of this contact is restricted. Ask the duty manager before you go on."

_NAMES_NO_CHILD = {
    "danger": {"in_danger_now", "safe_adult_named", "legal_protection"},
    "referrer": {"name", "job_title", "organisation", "team", "telephone", "email", "kind"}
    | {"source_code", "last_seen", "wishes_anonymity"},
    "concern": {"main", "others", "first_hand"},
    "risk_to_staff": {"kinds"},
    "declaration": {"lead_informed", "true_as_far_as_known"},
}
"""The answers of each part that stay when a child is closed: codes, and how to reach whoever made
contact. An answer that is new to the form, or a whole part, is withheld until it is named here."""

_OF_THE_CONTACT = ("shape_version", "channel", "received_at")

_OF_OTHERS_TOO = {"relations", "with_now", "sees_source_next", "voice"}


@dataclass(frozen=True)
class SeenContact:
    """The children on a contact whom a person may see, and what she may read of the whole.

    `withheld` is the sentence that stands for what she may not read; none when nothing is cut.
    """

    children: tuple[ContactChild, ...]
    submission: dict[str, Any]
    withheld: str | None


def contact_seen(session: Session, contact: Contact, *, by: Actor) -> SeenContact:
    """This contact as far as this person may read it: the one way to its words."""
    children = session.scalars(
        children_visible_to(by)
        .where(ContactChild.contact_id == contact.id)
        .order_by(ContactChild.position)
    ).all()
    whole = contact.submission
    if len(children) == len(whole["children"]):
        return SeenContact(tuple(children), whole, None)
    kept = [_of_one(whole["children"][child.position]) for child in children]
    return SeenContact(tuple(children), _cut(whole, kept), PART_IS_RESTRICTED)


def _cut(whole: Mapping[str, Any], children: list[Any]) -> dict[str, Any]:
    parts = {
        part: _coded_only(whole[part], stays)
        for part, stays in _NAMES_NO_CHILD.items()
        if part in whole
    }
    empty: dict[str, Any] = {
        part: [] if isinstance(answer, list) else None for part, answer in whole.items()
    }
    kept = {name: whole[name] for name in _OF_THE_CONTACT if name in whole}
    return {**empty, **kept, **parts, "children": children}


def _of_one(child: Mapping[str, Any]) -> dict[str, Any]:
    """A child's own answers without those in which a brother or sister may be named."""
    return {name: answer for name, answer in child.items() if name not in _OF_OTHERS_TOO}


def _coded_only(part: Mapping[str, Any], stays: set[str]) -> dict[str, Any]:
    return {name: answer if name in stays else PART_IS_RESTRICTED for name, answer in part.items()}
