"""Our comparison levels in the SQL that Splink asks for, over the columns of `features`.

Each level carries the name of ours that it stands for, so that what Splink measures can be taken
over. They are near enough for measuring and for finding pairs; no child is ever judged by them.
"""

from typing import Any

from mash_triage.matching.levels import Field, Level
from mash_triage.matching.names import CLOSE, SIMILAR, WEAK

Ladder = tuple[tuple[Level, str], ...]


def _alike(column: str, least: float) -> str:
    return f"JARO_WINKLER({column}_l, {column}_r) >= {least}"


def _same(*columns: str) -> str:
    return " and ".join(f"{column}_l = {column}_r" for column in columns)


_PARTS_AGREE = " + ".join(
    f"(case when {_same(part)} then 1 else 0 end)" for part in ("dob_year", "dob_month", "dob_day")
)
_PART_OF = "(family_l like '% ' || family_r or family_l like family_r || ' %')"
_PART_OF_OTHER = "(family_r like '% ' || family_l or family_r like family_l || ' %')"

LADDERS: dict[Field, tuple[str, Ladder]] = {
    Field.GIVEN: (
        "given_first",
        (
            (Level.EXACT, _same("given")),
            (Level.SHARES_FIRST, f"{_same('given_first')} and (given_rest_l is null or given_rest_r is null)"),  # noqa: E501
            (Level.FIRST_ONLY, _same("given_first")),
            (Level.SOUNDS_ALIKE, f"{_same('given_sound')} and {_alike('given_first', 0.7)}"),
            (Level.CLOSE, _alike("given_first", CLOSE)),
            (Level.SIMILAR, _alike("given_first", SIMILAR)),
            (Level.WEAK, _alike("given_first", WEAK)),
        ),
    ),
    Field.FAMILY: (
        "family",
        (
            (Level.EXACT, _same("family")),
            (Level.PART, f"{_PART_OF} or {_PART_OF_OTHER}"),
            (Level.SOUNDS_ALIKE, f"{_same('family_sound')} and {_alike('family', 0.7)}"),
            (Level.CLOSE, _alike("family", CLOSE)),
            (Level.SIMILAR, _alike("family", SIMILAR)),
            (Level.WEAK, _alike("family", WEAK)),
        ),
    ),
    Field.DOB: (
        "dob",
        (
            (Level.EXACT, _same("dob")),
            (Level.DAY_MONTH_SWAPPED, f"{_same('dob_year')} and dob_month_l = dob_day_r and dob_day_l = dob_month_r"),  # noqa: E501
            (Level.ONE_PART, f"{_PARTS_AGREE} = 2"),
            (Level.YEAR_ONLY, _same("dob_year")),
        ),
    ),
    Field.SEX: ("sex", ((Level.EXACT, _same("sex")),)),
    Field.NHS_NUMBER: ("nhs_number", ((Level.EXACT, _same("nhs_number")),)),
    Field.ADDRESS: (
        "postcode",
        (
            (Level.SAME_HOUSE, _same("postcode", "house")),
            (Level.SAME_POSTCODE, _same("postcode")),
            (Level.SAME_HOUSE_OTHER_POSTCODE, f"{_same('house', 'street')} and {_alike('postcode', 0.9)}"),  # noqa: E501
            (Level.SAME_AREA, _same("area")),
        ),
    ),
    Field.MOTHER: (
        "mother_first",
        (
            (Level.SAME_AND_BORN, _same("mother_first", "mother_dob")),
            (Level.EXACT, _same("mother_first", "mother_last")),
            (Level.PART, f"{_same('mother_first')} or {_same('mother_last')}"),
        ),
    ),
}  # fmt: skip
"""For each field the column without which nothing is known, and the levels from nearest down."""

JARO_WINKLER = {"duckdb": "jaro_winkler_similarity", "spark": "jaro_winkler"}

M_TO_BEGIN: dict[Field, tuple[float, ...]] = {
    Field.GIVEN: (0.62, 0.10, 0.01, 0.11, 0.08, 0.04, 0.015, 0.025),
    Field.FAMILY: (0.76, 0.08, 0.05, 0.04, 0.02, 0.01, 0.04),
    Field.DOB: (0.90, 0.02, 0.05, 0.01, 0.02),
    Field.SEX: (0.98, 0.02),
    Field.NHS_NUMBER: (0.97, 0.03),
    Field.ADDRESS: (0.60, 0.12, 0.03, 0.08, 0.17),
    Field.MOTHER: (0.55, 0.30, 0.09, 0.06),
}
"""Where expectation maximisation begins, the last for "different": shares as hand-set."""


TRAINED = frozenset({Field.GIVEN, Field.FAMILY, Field.DOB, Field.ADDRESS, Field.MOTHER})
"""What is learnt; numbers and sex stay as set by hand."""


def comparison(field: Field, backend: str = "duckdb") -> dict[str, Any]:
    """One comparison as Splink's settings have it."""
    column, ladder = LADDERS[field]
    null = f"{column}_l is null or {column}_r is null"
    levels: list[dict[str, Any]] = [
        {"sql_condition": null, "label_for_charts": "unknown", "is_null_level": True}
    ]
    levels += [
        {
            "sql_condition": condition.replace("JARO_WINKLER", JARO_WINKLER[backend]),
            "label_for_charts": level.value,
        }
        for level, condition in ladder
    ]
    levels.append({"sql_condition": "ELSE", "label_for_charts": Level.DIFFERENT.value})
    for each, m in zip(levels[1:], M_TO_BEGIN[field], strict=True):
        each |= {"m_probability": m, "fix_m_probability": field not in TRAINED}
    return {"output_column_name": field.value, "comparison_levels": levels}


BLOCKS: tuple[tuple[str, ...], ...] = (
    ("nhs_number",),
    ("upn",),
    ("dob", "given_sound"),
    ("dob", "family_sound"),
    ("given_sound", "family_sound", "dob_year"),
    ("family_sound", "given_sound", "postcode"),
    ("dob", "postcode"),
)
"""What two records must share to be looked at as perhaps one child's."""


def settings(link_type: str, backend: str = "duckdb") -> dict[str, Any]:
    """The whole model for Splink, for `duckdb` or `spark`; link_type as Splink names it."""
    return {
        "link_type": link_type,
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": 1e-6,
        "comparisons": [comparison(field, backend) for field in LADDERS],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": " and ".join(f"l.{c} = r.{c}" for c in block), "sql_dialect": backend}
            for block in BLOCKS
        ],
        "em_convergence": 0.001,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }
