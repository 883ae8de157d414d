"""The worked contacts: invented children whose route managers agreed on, to try a draft on."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mash_triage.reading.predictions import facts_of
from mash_triage.reading.worked_contacts import WorkedContact, contacts_in, expected_in
from mash_triage.thresholds.facts import FactsForSuggestion
from mash_triage.thresholds.routes import Route
from mash_triage.thresholds.shapes import Edition
from mash_triage.thresholds.suggest import Suggestion, suggest

FILE = "worked_contacts.yaml"


@dataclass(frozen=True)
class Worked:
    """One worked contact: the facts with the indicators that managers accepted, and the routes that
    they accept for it.
    """

    contact: WorkedContact
    facts: FactsForSuggestion
    accepted: tuple[Route, ...]


@lru_cache(maxsize=1)
def worked_contacts(folder: Path) -> tuple[Worked, ...]:
    """The worked contacts in the folder of the levels of need; none when there is no file."""
    file = folder / FILE
    if not file.exists():
        return ()
    expected = expected_in(file)
    return tuple(_worked(each, expected[each.id]) for each in contacts_in(file))


def _worked(contact: WorkedContact, expected: dict[str, list[str]]) -> Worked:
    accepted = tuple(Route(each) for each in expected["acceptable_routes"])
    return Worked(contact, facts_of(contact, tuple(expected["indicators"])), accepted)


@dataclass(frozen=True)
class Tried:
    """One worked contact under two editions."""

    worked: Worked
    present: Suggestion
    draft: Suggestion

    @property
    def moves(self) -> bool:
        """Does the draft suggest another route or level than the present edition?"""
        return (self.present.route, self.present.level) != (self.draft.route, self.draft.level)

    @property
    def is_accepted(self) -> bool:
        """Is the draft's route one that managers accept?"""
        return self.draft.route in self.worked.accepted

    @property
    def was_accepted(self) -> bool:
        """Is the present edition's?"""
        return self.present.route in self.worked.accepted

    @property
    def not_known(self) -> tuple[str, ...]:
        """Indicators of the contact that the draft does not have."""
        return self.draft.not_in_edition


def tried_on(contacts: tuple[Worked, ...], present: Edition, draft: Edition) -> list[Tried]:
    """The worked contacts under both editions: those that move first, then those where the draft
    leaves what managers accept, then the rest.
    """
    tried = [
        Tried(each, suggest(present, each.facts), suggest(draft, each.facts)) for each in contacts
    ]
    return sorted(tried, key=lambda each: (not each.moves, each.is_accepted))
