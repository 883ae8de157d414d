"""An identity as one short line of text, as the index keeps it: small on disk, quick to read.

Names and addresses stand as they were written, so that another version of the normaliser can read
them anew, with what this version made of them beside. Words that are the written name in lower
case, as most are, are not repeated.
"""

import json
import re
from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from mash_triage.db.many import ByNumbers
from mash_triage.matching.identity import Identity, Name, name
from mash_triage.matching.normalise import DobQuality, Place, name_tokens, place

_FIELD, _PART = "\x1f", "\x1e"
_SEPARATORS = re.compile("[\x1e\x1f]")
_NO_WORDS = "-"  # a name was written, and no word of it counts
_SEX = {"": None, "M": "M", "F": "F"}
_LETTERS = {
    DobQuality.EXACT: "e", DobQuality.ESTIMATED: "a", DobQuality.PLACEHOLDER: "p",
    DobQuality.UNKNOWN: "u", DobQuality.EXPECTED: "d",
}  # fmt: skip
_QUALITIES = {letter: quality for quality, letter in _LETTERS.items()}
_FIELDS = 17
_LINES = ByNumbers(
    "SELECT child_id, version, CASE version WHEN 1 THEN CAST(f AS TEXT) ELSE line END AS line "
    "FROM match_feature WHERE child_id {among}"
)


def to_text(child: Identity) -> str:
    """One identity as text; what is not known takes no room at the end."""
    fields = (
        _name(child.name),
        _day(child.dob),
        _LETTERS[child.dob_quality],
        child.sex or "",
        child.nhs_number or (f"?{child.nhs_unsure}" if child.nhs_unsure else ""),
        child.upn or "",
        _PART.join(_place(each) for each in child.places),
        _words(child.mother, _clean(child.mother_shown)),
        _clean(child.mother_shown),
        _day(child.mother_dob),
        _PART.join(_name(alias).replace(_FIELD, _PART) for alias in child.aliases),
        _day(child.expected_date),
        "" if child.age_years is None else str(child.age_years),
        _day(child.age_as_of),
    )
    return _FIELD.join(fields).rstrip(_FIELD)


def from_text(text: str) -> Identity:
    """The identity that `to_text` wrote."""
    if text.startswith("{"):  # as it was kept at first
        return Identity.from_json(json.loads(text))
    fields = text.split(_FIELD)
    fields += [""] * (_FIELDS - len(fields))
    (given, family, given_words, family_words, dob, quality, sex, nhs, upn, places, mother_words,
     mother, mother_dob, aliases, expected, age, age_as_of) = fields  # fmt: skip
    is_unsure = nhs.startswith("?")
    return Identity(
        name=Name(_read(given_words, given), _read(family_words, family), given, family),
        aliases=_aliases(aliases) if aliases else (),
        dob=_read_day(dob),
        dob_quality=_QUALITIES[quality],
        age_years=int(age) if age else None,
        age_as_of=_read_day(age_as_of),
        expected_date=_read_day(expected),
        sex=_SEX[sex],
        nhs_number=None if is_unsure else nhs or None,
        nhs_unsure=nhs[1:] if is_unsure else None,
        upn=upn or None,
        places=_places(places) if places else (),
        mother=_read(mother_words, mother),
        mother_shown=mother,
        mother_dob=_read_day(mother_dob),
    )


def lines_of(session: Session, ids: Collection[int]) -> list[tuple[int, int, str]]:
    """Number, version of the normaliser, and stored text of these children, as far as filed."""
    return [(row.child_id, row.version, row.line) for row in _LINES.rows(session, ids)]


def read_anew(child: Identity) -> Identity:
    """The same child, her names and addresses read by the normaliser as it is now."""
    return Identity(
        **{field: getattr(child, field) for field in Identity.__dataclass_fields__}
        | {
            "name": name(*child.name[2:]),
            "aliases": tuple(name(*alias[2:]) for alias in child.aliases),
            "places": tuple(place(p.line, p.postcode, current=p.current) for p in child.places),
            "mother": name_tokens(child.mother_shown),
        }
    )


# ---------------------------------------------------------------- parts


def _clean(written: str) -> str:
    return _SEPARATORS.sub(" ", written)


def _name(written: Name) -> str:
    given, family = _clean(written.shown_given), _clean(written.shown_family)
    words = _words(written.given, given), _words(written.family, family)
    return _FIELD.join((given, family, *words))


def _words(words: tuple[str, ...], written: str) -> str:
    if words == tuple(written.lower().split()):
        return ""
    return " ".join(words) or _NO_WORDS


def _read(words: str, written: str) -> tuple[str, ...]:
    if words == _NO_WORDS:
        return ()
    return tuple((words or written.lower()).split())


def _day(day: date | None) -> str:
    return f"{day.toordinal():x}" if day else ""


def _read_day(text: str) -> date | None:
    return date.fromordinal(int(text, 16)) if text else None


def _place(at: Place) -> str:
    """Line, postcode, house, flat, street, and a mark when it is an earlier one."""
    earlier = "" if at.current else "x"
    return _PART.join((_clean(at.line), at.postcode, at.house, at.flat, at.street, earlier))


def _places(text: str) -> tuple[Place, ...]:
    parts = text.split(_PART)
    return tuple(
        Place(line, postcode, house, flat, street, not earlier)
        for line, postcode, house, flat, street, earlier in zip(*[iter(parts)] * 6, strict=True)
    )


def _aliases(text: str) -> tuple[Name, ...]:
    parts = text.split(_PART)
    return tuple(
        Name(_read(given_words, given), _read(family_words, family), given, family)
        for given, family, given_words, family_words in zip(*[iter(parts)] * 4, strict=True)
    )
