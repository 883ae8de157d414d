"""A register filed by an earlier version of the normaliser is filed anew, and nobody is lost."""

from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from mash_triage.access.actor import Actor
from mash_triage.errors import NotAllowed, NotReady
from mash_triage.matching.actions import import_register
from mash_triage.matching.identity import identity
from mash_triage.matching.index import identities
from mash_triage.matching.models import MatchFeature, MatchKey, MatchTerm
from mash_triage.matching.queries import search
from mash_triage.matching.register_facts import CHANGES, CHILDREN
from mash_triage.matching.reindex import refile, reindex, reindex_beside, still_to_file
from mash_triage.matching.training.features import register_children
from mash_triage.people.models import Person
from tests.servers import BLANK
from tests.stories import MONDAY_NINE

REGISTER = Path(__file__).parents[1] / "data" / "register_sample.csv"


@pytest.fixture
def register(database):
    """The sample register, filed as today."""
    with database.work() as session:
        import_register(session, REGISTER, by=Actor.job("people import"), at=MONDAY_NINE)
    return database


def filed(database):
    """All that the index holds, without the counter of its changes."""
    with database.look() as session:
        terms = session.execute(select(MatchTerm.kind, MatchTerm.token, MatchTerm.n)).all()
        return (
            sorted(map(tuple, session.execute(select(MatchKey.k, MatchKey.child_id)))),
            sorted(map(tuple, session.execute(select(MatchFeature.child_id, MatchFeature.line)))),
            sorted(tuple(each) for each in terms if tuple(each[:2]) != CHANGES),
        )


def as_the_first_version_left_it(database):
    """Features as JSON, the children counted and nothing else, and no key that is asked for."""
    with database.work() as session:
        ids = session.scalars(select(MatchFeature.child_id)).all()
        for child_id, child in identities(session, ids):
            first = {"version": 1, "f": child.to_json(), "line": ""}
            one = MatchFeature.child_id == child_id
            session.execute(update(MatchFeature).where(one).values(**first))
        session.execute(delete(MatchKey))
        counted = MatchTerm.kind == CHILDREN[0]
        session.execute(delete(MatchTerm).where(~counted))


def candidates(database, by):
    with database.look() as session:
        known = session.scalars(
            select(Person)
            .where(Person.kind == "child", Person.dob.is_not(None))
            .order_by(Person.id)
        ).first()
        reported = identity(
            given_names=known.given_names, family_name=known.family_name, dob=known.dob
        )
        return known.id, [each.id for each in search(session, reported, by=by).candidates]


def test_who_was_filed_by_the_first_version_is_filed_as_if_she_had_come_today(register, beth):
    today = filed(register)
    as_the_first_version_left_it(register)
    assert candidates(register, beth)[1] == []

    told = []
    assert reindex(register, progress=lambda done, of: told.append((done, of))) == len(today[1])

    assert filed(register) == today
    assert told[-1] == (len(today[1]), len(today[1]))
    known, found = candidates(register, beth)
    assert found[0] == known
    assert reindex(register) == 0


def test_a_service_that_starts_files_them_beside_its_work(register):
    today = filed(register)
    as_the_first_version_left_it(register)
    reindex_beside(lambda: register, pytest.fail).join(timeout=60)
    assert filed(register) == today


def test_a_database_that_cannot_be_read_is_told_and_nothing_falls_over(new_database):
    faults = []
    reindex_beside(lambda: new_database(BLANK), faults.append).join(timeout=60)
    assert len(faults) == 1


def test_measuring_waits_until_all_are_filed_anew(register):
    as_the_first_version_left_it(register)
    with register.look() as session:
        assert still_to_file(session) > 0
        with pytest.raises(NotReady, match="being filed anew"):
            list(register_children(session))


def test_a_changed_secret_key_finds_nobody_until_all_are_filed_anew(register, beth, monkeypatch):
    today = filed(register)
    monkeypatch.setattr("mash_triage.matching.filing.secret", lambda: b"another")
    monkeypatch.setattr("mash_triage.matching.index.secret", lambda: b"another")
    assert candidates(register, beth)[1] == []

    told, by = [], Actor.job("people refile")
    with register.work() as session:
        count = refile(session, progress=lambda *each: told.append(each), by=by, at=MONDAY_NINE)

    assert told[-1] == (count, count) == (len(today[1]), len(today[1]))
    known, found = candidates(register, beth)
    assert found[0] == known
    now = filed(register)
    assert now[1:] == today[1:], "features and counts are as they were"
    assert {child for _, child in now[0]} == {child for _, child in today[0]}
    assert not set(now[0]) & set(today[0])


def test_only_whoever_may_load_the_register_files_it_anew(register, beth):
    with register.work() as session, pytest.raises(NotAllowed):
        refile(session, by=beth, at=MONDAY_NINE)
