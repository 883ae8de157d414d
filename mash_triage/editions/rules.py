"""When a draft may be edited, asked about and published, as plain functions of facts."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from uuid import UUID

from pydantic import ValidationError

from mash_triage.editions.draft_text import Tables
from mash_triage.editions.models import DraftState
from mash_triage.errors import Changed, NotReady
from mash_triage.text import storable
from mash_triage.thresholds.checks import Fault, faults_of
from mash_triage.thresholds.examine import Examined, examine
from mash_triage.thresholds.findings import key_of
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.plain_faults import of_shapes
from mash_triage.thresholds.toml_text import LARGEST_FILE, plain_text

CLOSED_WORDS = {
    DraftState.PUBLISHED: "This draft is published. An edition that is published is never edited: "
    "start a new draft.",
    DraftState.WITHDRAWN: "This draft was withdrawn. Start a new one.",
}
EDITED_SINCE = "The draft was edited since you opened it. Look at the differences again."
TWO_PEOPLE = (
    "Two policy leads publish an edition. You asked for this text: another policy lead must agree."
)
MADE_BY_PEOPLE = "Drafts are written and published by a person, not by a job."
LONGEST_WHY = 2_000  # characters


def check_open(state: DraftState) -> None:
    """Refuse once a draft is published or withdrawn."""
    if state != DraftState.OPEN:
        raise Changed(CLOSED_WORDS[DraftState(state)])


def check_why(why: str, words: str) -> str:
    """The reason as it is stored; refused with these words when there is none."""
    told = storable(why).strip()[:LONGEST_WHY]
    if not told:
        raise NotReady(words)
    return told


def text_to_store(toml: str) -> str:
    """The text of a draft as it is kept: one kind of line end, nothing a database cannot hold."""
    text = storable(plain_text(toml))
    if len(text.encode()) > LARGEST_FILE:
        raise NotReady(f"The text is larger than {LARGEST_FILE // 1024} kB, so it was not kept.")
    return text


@lru_cache(maxsize=32)
def examined(toml: str) -> Examined:
    """Every fault of a draft's text, with keys and lines; its edition when it is sound."""
    return examine(toml)


def shaped(tables: Tables) -> tuple[Edition | None, tuple[Fault, ...]]:
    """What a draft's tables make of an edition, and every fault with its key. There is an edition
    as long as each value is of the right kind, even where its parts do not agree yet.
    """
    try:
        edition = Edition.model_validate_json(json.dumps(tables, default=str))
    except ValidationError as fault:
        found = fault.errors(include_url=False, include_input=False)
        return None, tuple((key_of(each["loc"]), of_shapes(each)) for each in found)
    return edition, tuple(faults_of(edition))


def check_publishable(toml: str, code: str, *, on: date) -> Edition:
    """The edition that this text makes; refused while it has a fault, or begins before today."""
    found = examined(toml)
    if found.edition is None:
        first, *others = found.faults
        more = f", and {len(others)} more" if others else ""
        line = f" (line {first.line})" if first.line else ""
        raise NotReady(f"The draft has a fault: {first.key}{line}: {first.words}{more}.")
    edition = found.edition
    if edition.id != code:
        raise NotReady(
            f"The draft must keep the id '{code}', by which the service finds the edition for new "
            f"contacts; it says '{edition.id}'."
        )
    if edition.effective_from < on:
        raise NotReady(
            f"The draft begins on {_day(edition.effective_from)}, which has passed. "
            "Set a day from today on."
        )
    return edition


def check_day_is_free(
    edition: Edition, others: Sequence[tuple[UUID, date]], in_place_of: UUID | None, *, on: date
) -> None:
    """Two editions may not begin on one day, unless the other has not begun and is named as the
    one that is replaced. `others` are those of the same name, in the order of their publishing.
    """
    same = [each for each, begins in others if begins == edition.effective_from]
    if not same:
        return
    if edition.effective_from <= on:
        raise NotReady(
            "Another edition began today, and contacts may have come under it. Set a later day."
        )
    if in_place_of != same[-1]:
        raise NotReady(
            f"Another edition was published to begin on {_day(edition.effective_from)}. Say that "
            "this one takes its place, or set another day."
        )


def check_second_person(asked_by: Collection[UUID], by: UUID | None) -> None:
    """Whoever publishes is not the one who asked."""
    if not asked_by:
        raise NotReady("Nobody has asked for this text to be published. Ask first.")
    if set(asked_by) == {by}:
        raise NotReady(TWO_PEOPLE)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
