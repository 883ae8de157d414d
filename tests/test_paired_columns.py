"""Who and when travel together, in every table there is and every table there will be."""

from datetime import timedelta

import pytest
from sqlalchemy import CheckConstraint, update
from sqlalchemy.exc import IntegrityError

from mash_triage.access.models import Agency
from mash_triage.all_models import METADATA
from tests.cast import MONDAY_NINE

SPOKEN_NOT_DONE = {"consent_record.given_by"}
"""A person in the family who agreed: who recorded it, and when, are columns of their own."""

WHO_COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in METADATA.sorted_tables
    for column in table.columns
    if column.name.endswith("_by") and f"{table.name}.{column.name}" not in SPOKEN_NOT_DONE
]


@pytest.mark.parametrize(("table", "who"), WHO_COLUMNS)
def test_who_has_its_when(table, who):
    when = table.columns.get(who.name.removesuffix("_by") + "_at")
    assert when is not None, f"{table.name} says {who.name}, but not when"


@pytest.mark.parametrize(("table", "who"), WHO_COLUMNS)
def test_where_who_may_be_empty_the_table_keeps_the_pair_whole(table, who):
    when = who.name.removesuffix("_by") + "_at"
    by_name = table.columns.get(f"{who.name}_name")
    a_job_may_do_it = by_name is not None and not by_name.nullable and not table.c[when].nullable
    if not who.nullable or a_job_may_do_it:
        return
    rules = [str(c.sqltext) for c in table.constraints if isinstance(c, CheckConstraint)]
    assert any(who.name in rule and when in rule for rule in rules), f"{table.name}: {rules}"


def test_half_a_fact_is_refused_by_the_database(session):
    with pytest.raises(IntegrityError):
        session.execute(update(Agency).values(closed_by="Ada Brandt"))


def test_a_whole_fact_is_kept(session):
    closed_at = MONDAY_NINE + timedelta(hours=1)
    session.execute(update(Agency).values(closed_by="Ada Brandt", closed_at=closed_at))
