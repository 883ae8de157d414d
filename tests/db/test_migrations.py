"""Migrations: from nothing to the newest, equal to the tables in code, and back."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, update

from mash_triage.all_models import METADATA
from mash_triage.audit.trail import verify
from mash_triage.db.schema import State, state_of, step_back_to, upgrade
from mash_triage.decisions.models import Decision
from mash_triage.matching.actions import confirm_match
from mash_triage.missing.actions import record_missing, settle_report
from mash_triage.missing.models import ReportSettled
from mash_triage.missing.rules import NoticeFacts
from tests import stories
from tests.servers import BARE, BLANK

OF_A_CONTACT = ("contact", "contact_child", "status_move", "clock", "screening", "decision",
                "person", "restriction")  # fmt: skip


def differences(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, METADATA)


def everything_of_a_contact(database):
    with database.look() as session:
        return {
            name: sorted(map(str, session.execute(select(METADATA.tables[name]))))
            for name in OF_A_CONTACT
        }


def test_an_empty_database_comes_up_to_date(new_database):
    database = new_database(BLANK)
    assert state_of(database) is State.EMPTY

    steps = []
    upgrade(database, steps.append)

    assert state_of(database) is State.CURRENT
    assert steps[0] == "All tables, as the service began."


def test_the_migrations_make_the_tables_of_the_code(new_database):
    database = new_database(BLANK)
    upgrade(database)
    assert differences(database) == []


def test_migrations_can_be_taken_back_and_made_again(new_database):
    database = new_database(BARE)
    step_back_to(database, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}

    upgrade(database)
    assert state_of(database) is State.CURRENT
    assert differences(database) == []


def test_upgrading_twice_changes_nothing(database):
    steps = []
    upgrade(database, steps.append)
    assert steps == []


def test_what_is_stored_lives_through_steps_back_and_up_again(database, amara, beth, carol):
    with database.work() as session:
        stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
        session.flush()
        session.execute(update(Decision).values(contingency=""))  # its column is younger
    before = everything_of_a_contact(database)

    step_back_to(database, "0002")
    upgrade(database)

    assert everything_of_a_contact(database) == before
    with database.look() as session:
        assert verify(session).first_bad is None


def test_of_which_episode_a_settled_report_tells_is_read_from_the_trail(
    database, amara, beth, carol
):
    """What was settled before there was a table for it comes back as what was said then."""
    at = stories.MONDAY_NINE + stories.HOUR
    with database.work() as session:
        told = {"sent_by": amara, "screened_by": beth, "concern": {"main": "missing"}}
        mia = stories.a_child_taken_up(session, **told)
        facts = NoticeFacts(stories.MONDAY_NINE, "Bus stop", "Rosa", looked_after="no")
        episode = record_missing(session, mia.id, facts, by=beth, at=at).id
        again = stories.a_child(session, sent_by=amara, at=at, concern={"main": "missing"}).id
        stories.take_up(session, again, by=beth, at=at)
        confirm_match(session, again, mia.person_id, by=beth, at=at)
        settle_report(session, again, "The same night.", same_as=episode, by=carol, at=at)
        other = stories.a_child(
            session, {"given_names": "Kit"}, sent_by=amara, concern={"main": "missing"}
        ).id
        settle_report(session, other, "Her sister was.", by=carol, at=at)
    columns = ("contact_child_id", "note_id", "same_as", "settled_by", "settled_at")

    def settled():
        with database.look() as session:
            rows = session.scalars(select(ReportSettled).order_by(ReportSettled.contact_child_id))
            return [[getattr(row, name) for name in columns] for row in rows]

    before = settled()
    assert {row[2] for row in before} == {episode, None}

    step_back_to(database, "0024")
    upgrade(database)

    assert settled() == before
