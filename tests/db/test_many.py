"""Very many rows at once: stored whole, and known to the database's own planner afterwards."""

from sqlalchemy import func, select, text

from mash_triage.db.many import insert_many, look_over
from mash_triage.matching.models import MatchTerm

ROWS = [("given", f"name{number}", number) for number in range(1_200)]


def test_they_are_stored_whole_and_the_planner_knows_how_many(database):
    with database.work() as session:
        insert_many(session, MatchTerm.__table__, ("kind", "token", "n"), ROWS)

    look_over(database, "match_term")

    with database.look() as session:
        assert session.scalar(select(func.sum(MatchTerm.n))) == sum(n for _, _, n in ROWS)
        if not database.is_sqlite:
            known = text("SELECT reltuples FROM pg_class WHERE relname = 'match_term'")
            assert session.scalar(known) == len(ROWS)
            limit = session.scalar(text("SHOW statement_timeout"))
            assert limit != "0", "the limit on statements is as it was"


def test_no_rows_are_no_statement(database):
    with database.work() as session:
        insert_many(session, MatchTerm.__table__, ("kind", "token", "n"), [])
        assert session.scalar(select(func.count()).select_from(MatchTerm)) == 0
