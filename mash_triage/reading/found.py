"""What the reading of a narrative gives back: proposals for a person to accept or reject."""

from dataclasses import dataclass

from mash_triage.reading.shapes import Why


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: its sentence with the place of it, and the places of the words, in the text."""

    sentence: str
    start: int
    end: int
    words: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Proposal(Found):
    """An indicator that the words may speak of. Nothing counts until a person accepts it."""

    code: str


@dataclass(frozen=True, slots=True)
class SetAside(Found):
    """Words of an indicator that do not count, and why."""

    code: str
    why: Why


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read, in the order of the text."""

    proposals: tuple[Proposal, ...]
    set_aside: tuple[SetAside, ...]
    immediate_danger: bool
    danger: tuple[Found, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The proposed codes, each once."""
        return tuple(dict.fromkeys(proposal.code for proposal in self.proposals))
