"""What speaks for, against, and is not known of one candidate, in words; and several side by side.

Words stand before numbers: how strong each answer is, is said; the figures are in a view of their
own, for whoever wants to work the result out again.
"""

from collections.abc import Iterable, Sequence
from html import escape

from mash_triage.matching.compare import FieldLevel
from mash_triage.matching.levels import FIELD_NAMES, Field, Level
from mash_triage.matching.queries import PersonPicture
from mash_triage.matching.score import ScoredCandidate
from mash_triage.web.child.tables import table
from mash_triage.web.plain import Html

Candidate = ScoredCandidate[int]
NOT_KNOWN = "Not known"
NUMBERS = frozenset({Field.NHS_NUMBER, Field.UPN})
CHANCES = (
    (0.99, "almost certain"),
    (0.9, "very likely"),
    (0.6, "likely"),
    (0.4, "about as likely as not"),
    (0.1, "unlikely, yet well possible"),
    (0.01, "unlikely"),
    (0.0, "very unlikely"),
)
"""How probable something is, in words, from this probability on."""


def chance_words(probability: float) -> str:
    """A probability in words."""
    return next(words for least, words in CHANCES if probability >= least)


# ---------------------------------------------------------------- one candidate


def evidence_html(each: Candidate, *, sought: str) -> Html:
    """One candidate field by field: for, against, then what says little, each heaviest first.

    `sought` names the side that the record is compared with.
    """
    heads = ("Field", sought, "On record", "What it says")
    little = [line for line in each.not_known if line.level is not Level.UNKNOWN]
    groups = (
        ("For", each.speaks_for),
        ("Against", each.speaks_against),
        ("Says little", little),
    )
    top = "".join(f'<th scope="col">{head}</th>' for head in heads)
    body = "".join(_group(name, lines, heads) for name, lines in groups if lines)
    return Html(
        '<table class="mash-small mash-evidence"><caption>What speaks for and against</caption>'
        f"<thead><tr>{top}</tr></thead>{body}</table>{_not_known(each)}"
    )


def _group(name: str, lines: Sequence[FieldLevel], heads: Sequence[str]) -> str:
    rows = "".join(_row(name, line, heads) for line in lines)
    return f'<tbody><tr><th colspan="4" scope="rowgroup">{name}</th></tr>{rows}</tbody>'


def _row(group: str, line: FieldLevel, heads: Sequence[str]) -> str:
    weighed = f"{line.strength} {group.lower()}: " if group != "Says little" else ""
    common = f'<br><span class="mash-note">{escape(line.common)}</span>' if line.common else ""
    cells = (
        escape(FIELD_NAMES[line.field]),
        escape(line.reported or NOT_KNOWN),
        escape(line.known or NOT_KNOWN),
        f"{escape((weighed + line.words).capitalize())}{common}",
    )
    return (
        "<tr>"
        + "".join(
            f'<td data-name="{escape(head)}">{cell}</td>'
            for head, cell in zip(heads, cells, strict=True)
        )
        + "</tr>"
    )


def _not_known(each: Candidate) -> str:
    """What one side or both do not say; what only the record holds is worth asking for."""
    lacking = [line for line in each.not_known if line.level is Level.UNKNOWN]
    held = [line for line in lacking if line.known and not line.reported]
    others = [line for line in lacking if line not in held]
    parts = (f"{_names(held)} (only on record)" if held else "", _names(others))
    words = "; ".join(part for part in parts if part)
    return f"<p><strong>Not known:</strong> {words}.</p>" if words else ""


def _names(lines: Iterable[FieldLevel]) -> str:
    names = [FIELD_NAMES[line.field] for line in lines]
    return ", ".join(name if name[:2].isupper() else name.lower() for name in names)


# ---------------------------------------------------------------- several


def side_by_side_html(
    candidates: Sequence[Candidate], people: dict[int, PersonPicture], *, sought: str
) -> Html:
    """Several candidates beside what was reported: only the fields in which they differ."""
    rows = []
    for line in candidates[0].levels:
        values = [_known(each, line.field) for each in candidates]
        if len(set(values)) > 1:
            rows.append((FIELD_NAMES[line.field], line.reported or NOT_KNOWN, *values))
    names = [f"{number}. {people[each.id].name}" for number, each in enumerate(candidates, 1)]
    return Html(
        f'<div class="mash-beside">{table("Where they differ", ("Field", sought, *names), rows)}'
        "</div>"
    )


def _known(each: Candidate, field: Field) -> str:
    """What the record says; of a number that nobody reported, only whether it is there: the number
    of another child would tell nothing apart.
    """
    line = next((line for line in each.levels if line.field is field), None)
    if line is None or not line.known:
        return NOT_KNOWN
    return line.known if line.reported or field not in NUMBERS else "On record"


# ---------------------------------------------------------------- figures


def figures_html(each: Candidate, *, weights_sha256: str) -> Html:
    """The bits of each answer and the probability that they come to."""
    rows = [
        (FIELD_NAMES[line.field], line.words, f"{line.bits:+.1f}", f"{line.sibling_bits:+.1f}")
        for line in sorted(each.levels, key=lambda line: -abs(line.bits))
        if line.level is not Level.UNKNOWN
    ]
    before = ("Before any answer", "", f"{each.prior:+.1f}", f"{each.sibling_prior:+.1f}")
    total = (
        "All together",
        "",
        f"{each.prior + sum(line.bits for line in each.levels):+.1f}",
        f"{each.sibling_prior + sum(line.sibling_bits for line in each.levels):+.1f}",
    )
    heads = ("Field", "Answer", "Against a stranger", "Against a brother or sister")
    return Html(
        f"<p>Probability, beside all other records and none of them: "
        f"{100 * each.probability:.1f} in 100.</p>"
        + table(
            "Weight of each answer, in bits (each bit doubles the odds)",
            heads,
            [before, *rows, total],
        )
        + f'<p class="mash-note">One bit more is twice the odds. Weights: {weights_sha256[:12]}</p>'
    )
