"""Two records of one child: linked by a named person, unlinked with a reason, never destroyed."""

from datetime import date

import pytest
from sqlalchemy import select

from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.contacts.history import earlier_contacts, how_many_earlier, repeat_counts
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.matching.actions.links import link_records, unlink_records
from mash_triage.people.actions import restrict_person
from mash_triage.people.links import links_among, records_of_child
from mash_triage.people.models import Person, PersonLink
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 6 * HOUR
WHY = {"reason": "The school knows her by both names."}


@pytest.fixture
def children(session, amara, beth):
    """Three contacts about Mia of which three records were made, each in another house."""
    return [
        stories.a_child_taken_up(
            session,
            {"family_name": name, "home": {"address_line": f"{n} Long Row", "postcode": "ZA1 1AA"}},
            sent_by=amara,
            screened_by=beth,
            at=MONDAY_NINE + n * HOUR,
        )
        for n, name in enumerate(("Thornbury", "Thornberry", "Bury"))
    ]


def link(session, one, other, *, by):
    return link_records(session, one.person_id, other.person_id, **WHY, by=by, at=AT)


def records_with(session, child, *, by):
    return sorted(session.scalars(records_of_child(child.person_id, by)))


def seen_before(session, child, *, by):
    return {
        each.contact_child_id: each.is_same_child
        for each in earlier_contacts(session, child, by=by)
    }


def test_both_records_show_each_others_contacts(session, children, beth):
    first, second, third = children
    assert seen_before(session, third, by=beth) == {}
    link(session, first, second, by=beth)
    link(session, third, second, by=beth)

    assert seen_before(session, third, by=beth) == {first.id: True, second.id: True}
    assert how_many_earlier(session, third, by=beth) == 2
    assert repeat_counts(session, third, by=beth) == (2, 2)
    assert records_with(session, first, by=beth) == sorted(c.person_id for c in children)


def test_a_link_changes_and_removes_no_record(session, children, beth):
    before = [(p.id, p.given_names, p.family_name, p.version) for p in session.scalars(select(Person).order_by(Person.id))]  # fmt: skip  # noqa: E501
    link(session, children[0], children[1], by=beth)
    session.flush()
    session.expire_all()
    after = [(p.id, p.given_names, p.family_name, p.version) for p in session.scalars(select(Person).order_by(Person.id))]  # fmt: skip  # noqa: E501
    assert after == before


def test_unlinked_they_are_apart_again_and_the_link_stays_on_record(session, children, beth, carol):
    first, second, _third = children
    link(session, second, first, by=beth)
    told = {"because": "They are cousins.", "by": carol, "at": AT + HOUR}
    unlink_records(session, second.person_id, first.person_id, **told)

    assert records_with(session, second, by=beth) == [second.person_id]
    assert links_among(session, [c.person_id for c in children], by=beth) == []
    kept = session.scalars(select(PersonLink)).one()
    assert (kept.reason, kept.undone_because) == (WHY["reason"], "They are cousins.")
    assert (kept.linked_by, kept.undone_by) == (beth.user_id, carol.user_id)
    kinds = (AuditKind.RECORDS_LINKED, AuditKind.RECORDS_UNLINKED)
    lines = session.scalars(
        select(AuditEvent).where(AuditEvent.kind.in_(kinds)).order_by(AuditEvent.seq)
    ).all()
    assert [line.by_name for line in lines] == [beth.name, carol.name]
    with pytest.raises(NotFound):
        unlink_records(session, first.person_id, second.person_id, **told)
    link(session, first, second, by=carol)
    assert len(records_with(session, first, by=beth)) == 2


def test_a_link_needs_a_reason_two_records_and_none_there_already(session, children, beth, amara):
    first, second, _third = children
    ids = first.person_id, second.person_id
    with pytest.raises(NotReady):
        link_records(session, *ids, reason=" ", by=beth, at=AT)
    with pytest.raises(NotReady):
        link_records(session, ids[0], ids[0], **WHY, by=beth, at=AT)
    with pytest.raises(NotAllowed):
        link_records(session, *ids, **WHY, by=amara, at=AT)
    link(session, first, second, by=beth)
    with pytest.raises(Changed):
        link(session, second, first, by=beth)
    with pytest.raises(NotReady):
        unlink_records(session, *ids, because="", by=beth, at=AT)


def test_a_restricted_record_is_for_others_as_if_it_were_not_linked(
    session, children, beth, carol, dan
):
    first, second, third = children
    link(session, first, second, by=beth)
    link(session, second, third, by=beth)
    restrict_person(
        session, second.person_id, reason="x", review_on=date(2026, 6, 1),
        readers=[carol.user_id, dan.user_id], by=carol, at=AT,
    )  # fmt: skip
    assert records_with(session, first, by=beth) == [first.person_id]
    assert seen_before(session, third, by=beth) == {}
    assert links_among(session, [c.person_id for c in children], by=beth) == []
    assert len(records_with(session, first, by=carol)) == 3
    with pytest.raises(NotFound):
        unlink_records(session, first.person_id, second.person_id, because="x", by=beth, at=AT)
