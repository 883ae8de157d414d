"""The evidence about one candidate in words: for, against, not known, and what would settle it.

Words come before numbers; the numbers are for a closer look, and for working the result out again.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mash_triage.matching.as_written import as_written
from mash_triage.matching.compare import FieldLevel, in_words
from mash_triage.matching.evidence import Evidence, Odds, odds_of, probability
from mash_triage.matching.identity import Identity
from mash_triage.matching.levels import FIELD_NAMES, Field, Level, Verdict
from mash_triage.matching.siblings import SOMEBODY_SAID_NO, TWO_NHS_NUMBERS, TWO_PUPIL_NUMBERS

STRENGTHS = ((10.0, "very strong"), (5.0, "strong"), (2.0, "weak"), (0.0, "slight"))  # bits
_COMMON = ((0.010, "very common here"), (0.003, "common here"), (0.0003, "not common here"))
# Cautions beside a candidate; the twin pattern has words of its own on the page.
_CAUTIONS = (TWO_NHS_NUMBERS, TWO_PUPIL_NUMBERS, SOMEBODY_SAID_NO)


def strength(bits: float) -> str:
    """How strong evidence of so many bits is, for or against, in words."""
    return next(words for least, words in STRENGTHS if abs(bits) >= least)


def how_common(share: float | None) -> str:
    """How many children of the register carry a name; empty when that was not weighed."""
    if share is None:
        return ""
    words = next((words for least, words in _COMMON if share >= least), "rare here")
    of = next(of for of in (100, 1_000, 10_000, 100_000, 10**9) if share * of >= 1 or of == 10**9)
    if of == 10**9:
        return f"{words}: fewer than 1 in 100,000 children"
    return f"{words}: {share * of:.0f} in {of:,} children"


@dataclass(frozen=True)
class Explained:
    """What was compared with what, and each answer with its weight.

    `beside` is the best other candidate: its identity and evidence, to say what separates the two.
    """

    reported: Identity
    known: Identity
    evidence: tuple[Evidence, ...]
    vetoes: tuple[str, ...]
    beside: tuple[Identity, tuple[Evidence, ...]] | None

    @cached_property
    def levels(self) -> tuple[FieldLevel, ...]:
        """Every field in the order of the form, with words, values, weight and rarity."""
        plain = in_words(tuple(e[:2] for e in self.evidence), self.reported, self.known)
        return tuple(
            line._replace(
                bits=each.stranger,
                sibling_bits=each.sibling,
                strength=strength(each.stranger),
                common=how_common(each.share),
            )
            for line, each in zip(plain, self.evidence, strict=True)
        )

    @property
    def speaks_for(self) -> tuple[FieldLevel, ...]:
        """What speaks for one child, heaviest first."""
        return self._heaviest(Verdict.FOR)

    @property
    def speaks_against(self) -> tuple[FieldLevel, ...]:
        """What speaks against one child, heaviest first."""
        return self._heaviest(Verdict.AGAINST)

    @property
    def not_known(self) -> tuple[FieldLevel, ...]:
        """What says nothing, or is not given on one side or both."""
        return self._heaviest(Verdict.NOT_KNOWN)

    def _heaviest(self, verdict: Verdict) -> tuple[FieldLevel, ...]:
        lines = [line for line in self.levels if line.verdict is verdict]
        return tuple(sorted(lines, key=lambda line: -abs(line.bits)))

    @property
    def differs(self) -> tuple[str, ...]:
        """What is not the same, heaviest against first."""
        lines = [line for line in self.levels if line.level not in _THE_SAME]
        lines.sort(key=lambda line: min(line.bits, line.sibling_bits))
        return tuple(f"{FIELD_NAMES[line.field]}: {line.words}" for line in lines)

    @property
    def cautions(self) -> tuple[str, ...]:
        """Sentences that must be seen with the candidate."""
        return tuple(words for words in self.vetoes if words in _CAUTIONS)

    @property
    def separated_by(self) -> str:
        """The field that most separates this candidate from the best other one, in words."""
        if self.beside is None:
            return ""
        known, evidence = self.beside
        other = {each.field: each for each in evidence}
        apart = [
            (abs(each.stranger - other[each.field].stranger), each, other[each.field])
            for each in self.evidence
            if each.field in other and each.level is not other[each.field].level
        ]
        if not apart:
            return "Nothing that was reported separates the two."
        _, mine, theirs = max(apart, key=lambda found: found[0])
        there = in_words((theirs[:2],), self.reported, known)[0].words
        here = in_words((mine[:2],), self.reported, self.known)[0].words
        return f"{FIELD_NAMES[mine.field]}: {here} here, {there} there"

    @property
    def what_would_settle_it(self) -> str:
        """One question: what the record holds and the contact lacks, most telling first."""
        by_field = {line.field: line for line in self.levels}
        if by_field[Field.NHS_NUMBER].level is Level.EXACT:
            return "Confirm with whoever gave the NHS number that it is this child's own."
        for field in _SETTLING:
            line = by_field[field]
            if line.level in _NOT_FULLY_GIVEN and line.known and self._tells_apart(line):
                return f"Ask for the {_ASKED_FOR[field]}, which the record holds."
        against = [line for line in self.levels if line.verdict is Verdict.AGAINST]
        if against:
            names = {line.field: FIELD_NAMES[line.field] for line in against}
            field = next((field for field in _SETTLING if field in names), against[0].field)
            return f"Check the {_ASKED_FOR.get(field, names[field].lower())} with the referrer."
        return "Ask somebody who knows the child to confirm the address and who lives there."

    def _tells_apart(self, line: FieldLevel) -> bool:
        return self.beside is None or as_written(self.beside[0], line.field) != line.known


_THE_SAME = frozenset({
    Level.EXACT, Level.SAME_HOUSE, Level.SAME_AND_BORN, Level.AGE_FITS, Level.BORN_NEAR_EXPECTED,
    Level.EXPECTED_TOGETHER, Level.UNKNOWN,
})  # fmt: skip
_SETTLING = (Field.NHS_NUMBER, Field.DOB, Field.UPN, Field.GIVEN, Field.FAMILY, Field.MOTHER)
_NOT_FULLY_GIVEN = frozenset({
    Level.UNKNOWN, Level.INITIAL, Level.AGE_FITS, Level.AGE_NEAR, Level.AGE_FAR,
    Level.ESTIMATED_YEAR, Level.NEW_YEAR,
})  # fmt: skip
_ASKED_FOR = {
    Field.NHS_NUMBER: "NHS number",
    Field.DOB: "date of birth",
    Field.UPN: "unique pupil number",
    Field.GIVEN: "full given names",
    Field.FAMILY: "family name",
    Field.MOTHER: "mother's name and date of birth",
}


# ---------------------------------------------------------------- kept, and worked out again


def explanation(candidate: Any) -> dict[str, Any]:
    """A scored candidate's explanation as plain values for storage, without any personal value.

    Each line is field, level, bits against a stranger, bits against a sibling, share of the name.
    """
    return {
        "prior": candidate.prior,
        "sibling_prior": candidate.sibling_prior,
        "rivals": candidate.rivals,
        "together": candidate.together,
        "levels": [
            [each.field.value, each.level.value, each.stranger, each.sibling, each.share]
            for each in candidate.evidence
        ],
    }


def probability_again(kept: dict[str, Any]) -> float:
    """The probability worked out from a kept explanation alone."""
    evidence = [Evidence(Field(f), Level(lv), *rest) for f, lv, *rest in kept["levels"]]
    odds: Odds = odds_of(evidence, prior=kept["prior"], sibling_prior=kept["sibling_prior"])
    together: float = kept["together"]
    return probability(odds, kept["rivals"]) * together
