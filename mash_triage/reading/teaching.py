"""The contacts from which the weighed words are learned, and the wordings' own examples."""

from collections.abc import Iterator
from pathlib import Path

from mash_triage.reading.learning import Taught
from mash_triage.reading.predictions import about_of
from mash_triage.reading.read import DANGER
from mash_triage.reading.worked_contacts import contacts_in, expected_in
from mash_triage.reading.worries import Worries

FOLDER = "taught"
OF_THE_WORDINGS = "of_the_wordings"  # contacts with which the wordings were written


def teaching_in(worries_folder: Path, worries: Worries) -> tuple[Taught, ...]:
    """All that the weights are learned from; Refused names the file, contact and key at fault."""
    folder = worries_folder / FOLDER
    fresh = [each for path in sorted(folder.glob("*.yaml")) for each in _contacts(path, fresh=True)]
    seen = [
        each
        for path in sorted((folder / OF_THE_WORDINGS).glob("*.yaml"))
        for each in _contacts(path, fresh=False)
    ]
    return (*fresh, *seen, *_examples(worries))


def _contacts(path: Path, *, fresh: bool) -> Iterator[Taught]:
    expected = expected_in(path)
    for contact in contacts_in(path):
        said = expected[contact.id]
        danger = {DANGER} if said["immediate_danger"] else set()
        codes = frozenset(said["indicators"]) | danger
        yield Taught(contact.narrative, about_of(contact), codes, path.stem, fresh)


def _examples(worries: Worries) -> Iterator[Taught]:
    """The sentences beside the wordings: one that must be found, and those that must not."""
    for each in worries.read:
        worry = each.worry
        for text in worry.matches:
            yield Taught(text, worry.about, frozenset({worry.code}), each.file, fresh=False)
        for text in worry.no_match:
            yield Taught(text, worry.about, frozenset(), each.file, fresh=False)
