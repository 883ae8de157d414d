"""The worries as data: which wordings speak of which indicator, and what takes them away.

One file a theme under `levels_of_need/worries/`, read and edited by practitioners; its README
explains the notation. `words/` beside them holds what all themes share.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from mash_triage.loaded import for_good
from mash_triage.reading.forms import plain_forms
from mash_triage.reading.notation import Node, Notation, NotationFault, Phrase, one_of
from mash_triage.reading.search import Search, SmallWords
from mash_triage.reading.shapes import Cue, OtherCodes, SharedWords, ThemeFile, Worry
from mash_triage.reading.vocabulary import Vocabulary, by_first_and_length

PHRASES = ("phrases", "hints", "unless", "unless_anywhere")
SIGNS = str.maketrans("|()[]&=.", "        ")  # of the notation; a word with * is no whole word

Shape = TypeVar("Shape", bound=BaseModel)


class WorriesFault(Exception):
    """Pattern data that cannot be read: which file, where in it, and why."""


@dataclass(frozen=True)
class Read:
    """A worry with its phrases read, and the file it came from."""

    worry: Worry
    phrases: tuple[Phrase, ...]
    hints: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    unless_anywhere: tuple[Phrase, ...]
    file: str

    def all(self) -> Iterator[Phrase]:
        """Every phrase that must be looked for."""
        yield from (*self.phrases, *self.hints, *self.unless, *self.unless_anywhere)


@dataclass(frozen=True)
class Worries:
    """All pattern data, ready to look for."""

    shared: SharedWords
    vocabulary: Vocabulary
    read: tuple[Read, ...]
    cues: tuple[tuple[Cue, tuple[Phrase, ...]], ...]
    ends_reach: tuple[Phrase, ...]
    calm: tuple[Phrase, ...]
    not_calm: tuple[Phrase, ...]
    search: Search


@cache
@for_good
def worries_in(folder: Path) -> Worries:
    """The pattern data of a folder; WorriesFault names the file and entry that is wrong."""
    shared = _shared(folder / "words")
    themes = [(path, ThemeFile(**_checked(path, ThemeFile))) for path in _files(folder)]
    vocabulary = _vocabulary(shared, tuple(theme for _path, theme in themes))
    own = {name: words for _path, theme in themes for name, words in theme.family.items()}
    notation = Notation(vocabulary, {})
    _read_families({**own, **shared.family}, notation)
    read = tuple(
        _read(worry, path.name, notation) for path, theme in themes for worry in theme.worry
    )
    cues = tuple((cue, _phrases(cue.cues, f"words: {cue.why}", notation)) for cue in shared.cue)
    stops, calm, not_calm = (
        _phrases(getattr(shared, name), f"words: {name}", notation)
        for name in ("ends_reach", "calm", "not_calm")
    )
    looked_for = [
        *(phrase for each in read for phrase in each.all()),
        *(phrase for _cue, each in cues for phrase in each),
        *stops,
        *calm,
        *not_calm,
    ]
    return Worries(
        shared, vocabulary, read, cues, stops, calm, not_calm, Search(looked_for, _small(shared))
    )


def _small(shared: SharedWords) -> SmallWords:
    people = (*shared.people.grown_up, *shared.people.child, *shared.people.pronouns)
    common = frozenset((*shared.fillers, *shared.barriers, *people, *shared.forms, "school"))
    return SmallWords(frozenset(shared.fillers), frozenset(shared.barriers), common)


@cache
def other_codes_in(folder: Path) -> dict[str, tuple[str, ...]]:
    """The worries that each code of an edition with codes of its own is proposed for."""
    maps = [
        OtherCodes(**_checked(path, OtherCodes)).worries for path in _files(folder / "other_codes")
    ]
    return {code: worries for each in maps for code, worries in each.items()}


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _checked(path: Path, shape: type[BaseModel]) -> dict[str, Any]:
    """A file's tables, sound by its shape."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        shape.model_validate(data)
    except tomllib.TOMLDecodeError as fault:
        raise WorriesFault(f"{path.name}: {fault}") from None
    except ValidationError as faults:
        first = faults.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise WorriesFault(f"{path.name}: {key}: {first['msg']}") from None
    return data


def _shared(folder: Path) -> SharedWords:
    """The shared words, from all files of their folder together."""
    together: dict[str, Any] = {}
    for path in _files(folder):
        for key, value in _checked(path, SharedWords).items():
            if isinstance(value, dict):
                together.setdefault(key, {}).update(value)
            else:
                together.setdefault(key, []).extend(value)
    return SharedWords(**together)


def _vocabulary(shared: SharedWords, themes: tuple[ThemeFile, ...]) -> Vocabulary:
    bases: dict[str, tuple[str, ...]] = {}
    for base, forms in shared.forms.items():
        for form in forms:
            bases[form] = (*bases.get(form, ()), base)
    written = frozenset(_words_written(shared, themes)) - shared.slips.keys()
    plain = frozenset(form for word in written for form in plain_forms(word))
    return Vocabulary(
        bases,
        shared.numbers,
        shared.slips,
        frozenset(shared.ordinary),
        written | plain | bases.keys() | shared.forms.keys(),
        by_first_and_length(written),
    )


def _words_written(shared: SharedWords, themes: tuple[ThemeFile, ...]) -> Iterator[str]:
    """Every whole word that a phrase, a family or a cue is written with."""
    worries = (worry for theme in themes for worry in theme.worry)
    phrases = (
        *shared.family.values(),
        *(words for theme in themes for words in theme.family.values()),
        *(getattr(worry, name) for worry in worries for name in PHRASES),
        *(cue.cues for cue in shared.cue),
        *(getattr(shared, name) for name in ("ends_reach", "calm", "not_calm")),
    )
    written = " ".join(phrase for each in phrases for phrase in each)
    for word in written.translate(SIGNS).split():
        if word.isalpha():
            yield word


def _read_families(families: dict[str, tuple[str, ...]], notation: Notation) -> None:
    """Families may name families that stand before or after them, but not each other in turn."""
    waiting = dict(families)
    while waiting:
        ready = [
            name
            for name, wordings in waiting.items()
            if not any(f"{{{other}}}" in wording for other in waiting for wording in wordings)
        ]
        if not ready:
            raise WorriesFault(f"families name each other in a ring: {sorted(waiting)}")
        for name in ready:
            notation.families[name] = _family(name, waiting.pop(name), notation)


def _family(name: str, wordings: tuple[str, ...], notation: Notation) -> Node:
    try:
        return one_of([notation.node(wording) for wording in wordings])
    except NotationFault as fault:
        raise WorriesFault(f"family {name}: {fault}") from None


def _read(worry: Worry, file: str, notation: Notation) -> Read:
    where = f"{file}: {worry.code}"
    lists = (getattr(worry, name) for name in PHRASES)
    phrases, hints, unless, anywhere = (_phrases(each, where, notation) for each in lists)
    return Read(worry, phrases, hints, unless, anywhere, file)


def _phrases(written: tuple[str, ...], where: str, notation: Notation) -> tuple[Phrase, ...]:
    try:
        return tuple(notation.phrase(each) for each in written)
    except NotationFault as fault:
        raise WorriesFault(f"{where}: {fault}") from None
