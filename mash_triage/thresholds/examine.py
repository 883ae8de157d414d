"""Every fault of an edition at once, each with its key and line, and the holes in a sound one."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from mash_triage.thresholds.checks import faults_of
from mash_triage.thresholds.findings import Finding, key_of, place_of
from mash_triage.thresholds.holes import holes_of
from mash_triage.thresholds.plain_faults import of_shapes
from mash_triage.thresholds.positions import Place, line_of, lines_of
from mash_triage.thresholds.shapes import Edition
from mash_triage.thresholds.stand_ins import with_stand_ins
from mash_triage.thresholds.toml_text import NotToml, plain_text, tables_in, text_of

EDITION_FILE = "edition.toml"
STORED = "(stored edition)"  # names a text that has no file
MOST_MENDED = 200  # faults of single values; with more, these are enough to begin with


@dataclass(frozen=True)
class Examined:
    """An edition as it was read: sound, or its faults from the first line to the last."""

    file: str
    text: str
    edition: Edition | None = None
    faults: tuple[Finding, ...] = ()

    @cached_property
    def holes(self) -> tuple[Finding, ...]:
        """What a sound edition may have, but its owner would hardly want; by line."""
        return () if self.edition is None else _found(holes_of(self.edition), self.text)


def examine(source: Path | str, *, in_force: bool = False) -> Examined:
    """Look through an edition's file or folder (a Path), or its text (a str).

    What the parts of one that is in force say of each other was asked when it was published.
    """
    if isinstance(source, str):
        return _examined(source, STORED, in_force=in_force)
    try:
        source = source / EDITION_FILE if source.is_dir() else source
        return _examined(text_of(source), str(source))
    except NotToml as refused:
        return Examined(str(source), "", faults=(refused.fault,))
    except OSError:
        return Examined(str(source), "", faults=(Finding("(file)", None, "cannot be read"),))


def _examined(told: str, file: str, *, in_force: bool = False) -> Examined:
    text = plain_text(told)
    try:
        tables = tables_in(text)
        edition = Edition.model_validate_json(tables)
    except NotToml as refused:
        return Examined(file, text, faults=(refused.fault,))
    except ValidationError as fault:
        return Examined(file, text, faults=_faults(tables, fault, text))
    faults = () if in_force else _found(faults_of(edition), text)
    return Examined(file, text, None if faults else edition, faults)


def _faults(tables: str, fault: ValidationError, text: str) -> tuple[Finding, ...]:
    """The faults of single values, and what the parts that are sound say of each other."""
    values = fault.errors(include_url=False, include_input=False)
    found: list[tuple[Place, str]] = [(each["loc"], of_shapes(each)) for each in values]
    if len(found) > MOST_MENDED:
        return _by_line(found, text)
    rest = with_stand_ins(json.loads(tables), [place for place, _words in found])
    try:
        between = faults_of(Edition.model_validate_json(json.dumps(rest)))
    except ValidationError:
        return _by_line(found, text)
    return _by_line([*found, *((place_of(key), words) for key, words in between)], text)


def _found(findings: Iterable[tuple[str, str]], text: str) -> tuple[Finding, ...]:
    return _by_line(((place_of(key), words) for key, words in findings), text)


def _by_line(found: Iterable[tuple[Place, str]], text: str) -> tuple[Finding, ...]:
    lines = lines_of(text)
    findings = (Finding(key_of(place), line_of(place, lines), words) for place, words in found)
    return tuple(sorted(findings, key=lambda finding: finding.line or 0))
