"""What Splink does for us, on DuckDB in memory: m among true pairs, and pairs that may be one.

Splink is an extra (`splink`): without it these functions refuse, in one plain sentence. Nothing is
written to disk: DuckDB works in memory and may not spill.
"""

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from statistics import fmean
from typing import Any

import pyarrow as pa

from mash_triage.errors import NotReady
from mash_triage.matching.levels import Field, Level
from mash_triage.matching.training.levels_in_sql import TRAINED, settings

NOT_INSTALLED = (
    "This needs Splink, which is not installed here. "
    "Install it with: pip install 'mash-triage[splink]'"
)
SEED = 7
PAIRS_FOR_U = 2e6
PAIRS_FOR_EM = 2e6
EM_BLOCKS = (("dob",), ("given_sound", "family_sound"))
"""One run for each: what a run blocks on it cannot learn about. Never the address alone, which
would take brothers and sisters for one child."""

Shares = dict[Field, dict[Level, float]]


def check_installed() -> None:
    """Refuse in one sentence when Splink or DuckDB is not there."""
    if not (find_spec("splink") and find_spec("duckdb")):
        raise NotReady(NOT_INSTALLED)


@contextmanager
def _linker(tables: dict[str, pa.Table], link_type: str) -> Iterator[Any]:
    check_installed()
    import duckdb
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect(":memory:", config={"temp_directory": "", "threads": "2"})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            api = DuckDBAPI(connection)
            frames = [
                api.register(table, dataset_display_name=name) for name, table in tables.items()
            ]
            yield Linker(frames, settings(link_type), log_level=None)
    finally:
        connection.close()


def m_from_decisions(
    reported: pa.Table, known: pa.Table, pairs: Iterable[tuple[int, int]]
) -> Shares:
    """The share of each level among pairs that people found to be one child."""
    accepted = list(pairs)
    labels = pa.table(
        {
            "source_dataset_l": ["reported"] * len(accepted),
            "unique_id_l": [one for one, _ in accepted],
            "source_dataset_r": ["known"] * len(accepted),
            "unique_id_r": [other for _, other in accepted],
        }
    )
    with _linker({"reported": reported, "known": known}, "link_only") as linker:
        frame = linker._db_api.register(labels, table_name="accepted_pairs")
        linker.training.estimate_m_from_pairwise_labels(frame)
        return _m_of(linker)


def m_by_em(reported: pa.Table, known: pa.Table) -> Shares:
    """The share of each level among true pairs, by expectation maximisation: nobody has to label.

    What is reported on contacts is linked to the register; with u by random pairs first.
    """
    with _linker({"reported": reported, "known": known}, "link_only") as linker:
        from splink import block_on

        linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS_FOR_U, seed=SEED)
        learnt = 0
        for block in EM_BLOCKS:
            with suppress(ValueError):  # nothing but strangers in this block
                linker.training.estimate_parameters_using_expectation_maximisation(
                    block_on(*block), estimate_without_term_frequencies=True, max_pairs=PAIRS_FOR_EM
                )
                learnt += 1
        if not learnt:
            raise NotReady("There are too few true pairs to learn from: no m could be measured.")
        return _m_of(linker)


def _m_of(linker: Any) -> Shares:
    """What was learnt for each level; nothing for a field that no run could learn about."""
    found: Shares = {}
    for comparison in linker._settings_obj.comparisons:
        field = Field(comparison.output_column_name)
        said = {
            Level(level.label_for_charts): [
                each["probability"]
                for each in level._trained_m_probabilities
                if isinstance(each["probability"], float)
            ]
            for level in comparison._comparison_levels_excluding_null
        }
        if field in TRAINED and any(said.values()):
            found[field] = {level: fmean(each) if each else 0.0 for level, each in said.items()}
    return found


def likely_pairs(known: pa.Table, least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of one register that share a block and come to this probability in Splink's reckoning.

    It knows nothing of brothers, sisters and twins: what it finds is weighed again by our own.
    """
    with _linker({"known": known}, "dedupe_only") as linker:
        linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS_FOR_U, seed=SEED)
        found = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
        table = found.as_pyarrow_table().select(["unique_id_l", "unique_id_r", "match_probability"])
    for batch in table.to_batches():
        for row in batch.to_pylist():
            smaller, larger = sorted((row["unique_id_l"], row["unique_id_r"]))
            yield smaller, larger, row["match_probability"]
