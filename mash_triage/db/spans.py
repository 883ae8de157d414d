"""Two things that each database writes in its own words: days between moments, and rows of JSON."""

from typing import Any

from sqlalchemy import ColumnElement, Float, column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import TableValuedAlias

from mash_triage.db.base import Json


class days_between(FunctionElement[float]):
    """How many days a second moment lies after a first one, with a fraction."""

    type = Float()
    inherit_cache = True
    name = "days_between"


@compiles(days_between)
def _days(element: days_between, compiler: SQLCompiler, **kw: Any) -> str:
    earlier, later = (compiler.process(each, **kw) for each in element.clauses)
    return f"EXTRACT(EPOCH FROM ({later}) - ({earlier})) / 86400.0"


@compiles(days_between, "sqlite")
def _days_sqlite(element: days_between, compiler: SQLCompiler, **kw: Any) -> str:
    earlier, later = (compiler.process(each, **kw) for each in element.clauses)
    return f"(julianday({later}) - julianday({earlier}))"


class _each_of(FunctionElement[Any]):
    inherit_cache = True
    name = "each_of"


@compiles(_each_of)
def _each(element: _each_of, compiler: SQLCompiler, **kw: Any) -> str:
    return f"jsonb_array_elements({compiler.process(element.clauses, **kw)})"


@compiles(_each_of, "sqlite")
def _each_sqlite(element: _each_of, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


def each_of(items: ColumnElement[Any]) -> TableValuedAlias:
    """A list in a JSON column as rows, the thing itself in the column `value`."""
    return _each_of(items).table_valued(column("value", Json))
