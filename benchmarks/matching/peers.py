"""The peers on the same register and queries: Splink, pg_trgm, and rapidfuzz over all names.

Each is given what it is good at, and quality as well as time is measured. Splink's m comes from
the true pairs themselves, the best case. None knows aliases, earlier addresses, ages, pet names.
"""

import csv
import logging
import warnings
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.matching.judge import Answers, Candidate, Truth
from benchmarks.matching.ours import asked_of, percentiles
from mash_triage.matching.identity import Identity, identity_of_row
from mash_triage.people.register import RegisterRow, read_register

MADE_ON = date(2026, 11, 2)
LIKELY = 0.95
MOST = 10


class Ground:
    """A register and its queries in the forms the peers take them in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = list[str]()
        self.ids = list[str]()
        self.dobs = list[str]()
        self.lines = list[str]()
        for row in self.rows():
            self.ids.append(row.child_id)
            self.names.append(f"{row.given_names} {row.family_name}".lower())
            self.dobs.append(row.dob.isoformat() if row.dob else "")
            self.lines.append(f"{self.names[-1]} {self.dobs[-1]} {row.postcode.lower()}")
        self.asked = asked_of(folder)
        with (folder / "queries.csv").open(encoding="utf-8", newline="") as file:
            self.said = {row["query_id"]: row for row in csv.DictReader(file)}

    def rows(self) -> Iterator[RegisterRow]:
        """The register, row by row."""
        rows = read_register(self.folder / "register.csv", today=MADE_ON)
        return (row for row in rows if isinstance(row, RegisterRow))

    def line_of(self, query_id: str) -> str:
        """Name, birth date and postcode of a query in one line."""
        said = self.said[query_id]
        name = f"{said['given_names']} {said['family_name']}".lower()
        return f"{name} {said['dob']} {said['postcode'].lower()}"


# ---------------------------------------------------------------- Splink


def splink(ground: Ground, truths: list[Truth], one_at_a_time: int) -> dict[str, Any]:
    """Splink 5 on DuckDB: all queries in one call for quality, then one at a time for speed."""
    import duckdb
    import pyarrow as pa
    from splink import DuckDBAPI, Linker

    from mash_triage.matching.training.features import table_of

    logging.getLogger("splink").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    register = table_of(enumerate(_identities(ground)))
    asked = table_of((n, each.reported) for n, each in enumerate(ground.asked))
    connection = duckdb.connect(":memory:", config={"threads": "2"})
    api = DuckDBAPI(connection)
    known_frame = api.register(register, dataset_display_name="register")
    asked_frame = api.register(asked, dataset_display_name="asked")
    linker = Linker([known_frame, asked_frame], _splink_settings(), log_level=None)
    started = perf_counter()
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
    place = {child_id: n for n, child_id in enumerate(ground.ids)}
    number = {each.query_id: n for n, each in enumerate(ground.asked)}
    pairs = [
        (place[same], number[truth.query_id])
        for truth in truths
        for same in truth.same
        if truth.query_id in number
    ]
    labels = pa.table(
        {
            "source_dataset_l": ["register"] * len(pairs),
            "unique_id_l": [one for one, _ in pairs],
            "source_dataset_r": ["asked"] * len(pairs),
            "unique_id_r": [other for _, other in pairs],
        }
    )
    linker.training.estimate_m_from_pairwise_labels(api.register(labels, table_name="labels"))
    for column in ("given_first", "family", "postcode"):
        linker.table_management.compute_tf_table(column)
    trained = perf_counter() - started
    found = linker.inference.predict_between(
        known_frame, asked_frame, threshold_match_probability=0.001, warning_mode="never"
    )
    answers: Answers = defaultdict(list)
    for row in found.as_pyarrow_table().to_pylist():
        one, other = _sides(row)
        probability = row["match_probability"]
        band = "likely" if probability >= LIKELY else "possible"
        answers[ground.asked[other].query_id].append(Candidate(ground.ids[one], band, probability))
    for each in answers.values():
        each.sort(key=lambda candidate: (-candidate.probability, candidate.child_id))
        del each[MOST:]
    taken = []
    for n in range(one_at_a_time + 3):
        frame = api.register(asked.slice(n, 1), dataset_display_name=f"one_{n}")
        started = perf_counter()
        linker.inference.predict_between(
            known_frame, frame, threshold_match_probability=0.001, warning_mode="never"
        ).as_pyarrow_table()
        taken.append(perf_counter() - started)
    connection.close()
    return {"answers": answers, "train_seconds": round(trained, 1), **percentiles(taken[3:])}


def _identities(ground: Ground) -> Iterator[Identity]:
    return (identity_of_row(row) for row in ground.rows())


def _sides(row: dict[str, Any]) -> tuple[int, int]:
    left, right = row["unique_id_l"], row["unique_id_r"]
    return (left, right) if row["source_dataset_l"] == "register" else (right, left)


def _splink_settings() -> Any:
    import splink.comparison_level_library as levels
    import splink.comparison_library as compare
    from splink import SettingsCreator, block_on

    def named(column: str, *, tf: bool) -> Any:
        comparison = compare.JaroWinklerAtThresholds(column, [0.92, 0.84])
        return comparison.configure(term_frequency_adjustments=tf)

    dob = compare.CustomComparison(
        output_column_name="dob",
        comparison_levels=[
            levels.NullLevel("dob"),
            levels.ExactMatchLevel("dob"),
            levels.CustomLevel(
                "dob_year_l = dob_year_r and dob_month_l = dob_day_r and dob_day_l = dob_month_r",
                "swapped",
            ),
            levels.LevenshteinLevel("dob", 1),
            levels.CustomLevel("dob_year_l = dob_year_r", "year"),
            levels.ElseLevel(),
        ],
    )
    home = compare.CustomComparison(
        output_column_name="home",
        comparison_levels=[
            levels.NullLevel("postcode"),
            levels.CustomLevel("postcode_l = postcode_r and house_l = house_r", "house"),
            levels.ExactMatchLevel("postcode"),
            levels.CustomLevel("area_l = area_r", "area"),
            levels.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="unique_id",
        probability_two_random_records_match=1e-5,
        comparisons=[
            named("given_first", tf=True),
            named("family", tf=True),
            dob,
            home,
            compare.ExactMatch("sex"),
            compare.ExactMatch("nhs_number"),
            compare.ExactMatch("upn"),
            compare.JaroWinklerAtThresholds("mother_first", [0.9]),
            compare.ExactMatch("mother_dob"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("nhs_number"),
            block_on("upn"),
            block_on("dob", "given_sound"),
            block_on("dob", "family_sound"),
            block_on("given_sound", "family_sound", "dob_year"),
            block_on("postcode", "given_sound"),
            block_on("postcode", "family_sound"),
            block_on("given_first", "family", "sex"),
            block_on("mother_dob", "given_sound"),
        ],
    )


# ---------------------------------------------------------------- rapidfuzz over all names


def rapidfuzz(ground: Ground, count: int) -> dict[str, Any]:
    """Jaro-Winkler against every name on the register, and a bonus for the same birth date."""
    import numpy as np
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import cdist

    born = np.array(ground.dobs)
    answers: Answers = {}
    taken = []
    for each in ground.asked[:count]:
        said = ground.said[each.query_id]
        name = f"{said['given_names']} {said['family_name']}".lower()
        started = perf_counter()
        scores = cdist(
            [name], ground.names, scorer=JaroWinkler.similarity, workers=-1, dtype=np.float32
        )[0]
        if said["dob"]:
            scores = scores + np.float32(0.25) * (born == said["dob"])
        best = np.argpartition(-scores, MOST)[:MOST]
        best = best[np.argsort(-scores[best], kind="stable")]
        taken.append(perf_counter() - started)
        answers[each.query_id] = [Candidate(ground.ids[n], "", float(scores[n])) for n in best]
    return {"answers": answers, **percentiles(taken)}


# ---------------------------------------------------------------- pg_trgm


def pg_trgm(ground: Ground, server: str, count: int) -> dict[str, Any]:
    """The ten nearest lines of name, birth date and postcode, by a GiST index on trigrams."""
    import psycopg

    answers: Answers = {}
    taken = []
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS trgm")
        connection.execute("CREATE DATABASE trgm")
    with psycopg.connect(server.replace("/postgres?", "/trgm?"), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE UNLOGGED TABLE child (id int, line text)")
        started = perf_counter()
        with connection.cursor().copy("COPY child FROM STDIN") as copy:
            for n, line in enumerate(ground.lines):
                copy.write_row((n, line))
        connection.execute("CREATE INDEX ON child USING gist (line gist_trgm_ops(siglen=32))")
        connection.execute("VACUUM ANALYZE child")
        built = perf_counter() - started
        asking = "SELECT id, line <-> %s AS far FROM child ORDER BY line <-> %s LIMIT 10"
        for n, each in enumerate(ground.asked[: count + 5]):
            line = ground.line_of(each.query_id)
            started = perf_counter()
            rows = connection.execute(asking, (line, line)).fetchall()
            if n >= 5:
                taken.append(perf_counter() - started)
            answers[each.query_id] = [Candidate(ground.ids[i], "", 1 - far) for i, far in rows]
    return {"answers": answers, "build_seconds": round(built, 1), **percentiles(taken)}
