"""What speaks for, against, and is not known of one candidate, in words; and several side by side.

Words stand before numbers: the strength of each answer is said, the figures are in a view of their
own.
"""

from collections.abc import Iterable, Sequence
from html import escape

from mash_triage.matching.compare import FieldLevel
from mash_triage.matching.levels import FIELD_NAMES, Level, Verdict
from mash_triage.matching.queries import PersonPicture
from mash_triage.matching.score import ScoredCandidate
from mash_triage.web.child.tables import table
from mash_triage.web.plain import Html

Candidate = ScoredCandidate[int]
SIDES = {Verdict.FOR: "For", Verdict.AGAINST: "Against", Verdict.NOT_KNOWN: "Says little"}
HEADS = ("Field", "On record", "What it says")
NOT_KNOWN = "Not known"


def evidence_html(each: Candidate, *, sought: str) -> Html:
    """One candidate field by field, what speaks for it first; `sought` names the other side."""
    told = [line for line in each.levels if line.level is not Level.UNKNOWN]
    return Html(
        table(
            "Field by field",
            ("Field", sought, "On record", "What it says"),
            ((FIELD_NAMES[line.field], *_both(line), _says(line)) for line in _ordered(told)),
        )
        + _not_known(each.levels)
    )


def _ordered(lines: Iterable[FieldLevel]) -> list[FieldLevel]:
    order = list(SIDES)
    return sorted(lines, key=lambda line: order.index(line.verdict))


def _both(line: FieldLevel) -> tuple[str, str]:
    return line.reported or NOT_KNOWN, line.known or NOT_KNOWN


def _says(line: FieldLevel) -> Html:
    return Html(f"<strong>{SIDES[line.verdict]}</strong>: {escape(line.words)}")


def _not_known(lines: Sequence[FieldLevel]) -> str:
    """What one side or both do not say; what the record holds is worth asking for."""
    lacking = [line for line in lines if line.level is Level.UNKNOWN]
    held = [FIELD_NAMES[line.field] for line in lacking if line.known and not line.reported]
    others = [FIELD_NAMES[line.field] for line in lacking if FIELD_NAMES[line.field] not in held]
    on_record = f"only on record: {', '.join(held)}" if held else ""
    nowhere = f"on neither side or only reported: {', '.join(others)}" if others else ""
    words = "; ".join(part for part in (on_record, nowhere) if part)
    return f"<p><strong>Not known</strong>, {words}.</p>" if words else ""


def side_by_side_html(
    candidates: Sequence[Candidate], people: dict[int, PersonPicture], *, sought: str
) -> Html:
    """Several candidates beside what was reported: only the fields in which they differ."""
    first = candidates[0]
    rows = []
    for line in first.levels:
        values = [_known(each, line.field) for each in candidates]
        if len(set(values)) > 1:
            rows.append((FIELD_NAMES[line.field], line.reported or NOT_KNOWN, *values))
    names = [f"{number}. {people[each.id].name}" for number, each in enumerate(candidates, 1)]
    return table("Where they differ", ("Field", sought, *names), rows)


def _known(each: Candidate, field: str) -> str:
    return next((line.known or NOT_KNOWN for line in each.levels if line.field == field), NOT_KNOWN)
