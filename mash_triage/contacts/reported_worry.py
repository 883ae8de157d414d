"""The worry: danger now, what happened and how it is known, events, and what visitors must know."""

from typing import Annotated, Literal

from pydantic import Field

from mash_triage.contacts.codes import LegalProtection, StaffRisk, VoiceGap
from mash_triage.contacts.shapes import (
    NOT_ASKED,
    Asked,
    Code,
    Line,
    Missing,
    Shape,
    Words,
    Yes,
)

HowKnown = Literal["saw_or_heard", "told_by_child", "told_by_other", "mixed"]


class Danger(Shape):
    """Is anybody in danger now, and who keeps the child safe? `reference` is that of a 999 call, a
    police log or a notice.
    """

    in_danger_now: Yes
    what_is_happening: Words | Missing = NOT_ASKED
    steps_taken: Words | Missing = NOT_ASKED
    injuries: Words | Missing = NOT_ASKED
    medical_help: Words | Missing = NOT_ASKED
    reference: Line | Missing = NOT_ASKED
    safe_adult_named: Yes = "not_known"
    safe_adult: Line | Missing = NOT_ASKED
    legal_protection: LegalProtection = LegalProtection.NOT_KNOWN


class Notice(Shape):
    """The police notice that a contact was made from: one incident, perhaps about many children.

    `text` is the notice as the force's system wrote it. `grade` is the force's own grading of the
    incident; it is shown as theirs and rates nothing here.
    """

    incident: Line
    happened: Line | Missing = NOT_ASKED
    grade: Line | Missing = NOT_ASKED
    text: Words


class Source(Shape):
    """How one worry is known, where it differs from the rest."""

    worry: Code
    known: HowKnown
    told_by: Line | Missing = NOT_ASKED


class Concern(Shape):
    """The worry. `scale` is how safe the referrer thinks the children are, from 0 (not at all) to
    10; `level_thought` the level of need that the referrer thinks it is.
    """

    main: Code
    others: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    worry: Words
    since: Line | Missing = NOT_ASKED
    first_hand: HowKnown | Missing = NOT_ASKED
    told_by: Line | Missing = NOT_ASKED
    sources: Annotated[tuple[Source, ...], Field(max_length=21)] = ()
    danger_ahead: Words | Missing = NOT_ASKED
    working_well: Words | Missing
    help_so_far: Words | Missing = NOT_ASKED
    needs_to_happen: Words | Missing = NOT_ASKED
    scale: Annotated[int, Field(ge=0, le=10)] | None = None
    level_thought: Annotated[int, Field(ge=1, le=4)] | Literal["not_sure"] | None = None
    child_voice: Words | VoiceGap


class Event(Shape):
    """One line of the chronology; `when` as the referrer can say it: a date, or "about Easter"."""

    when: Line
    what: Words
    source: Line | Missing = NOT_ASKED


class RiskToStaff(Shape):
    """What somebody who visits must know before knocking."""

    kinds: Annotated[tuple[StaffRisk, ...], Field(max_length=len(StaffRisk))] = ()
    words: Words | Missing = NOT_ASKED


class KeptFrom(Shape):
    """Something said here that must not reach somebody."""

    words: Words
    keep_from: Line
    why: Words | Missing = NOT_ASKED


class HandedOver(Shape):
    """That another authority was told, whose child this may be: which, who took it, and when."""

    to: Line
    person: Line | Missing = NOT_ASKED
    when: Line | Missing = NOT_ASKED
    accepted: Asked = "not_asked"


class Declaration(Shape):
    """That the safeguarding lead of the agency knows, and that this is true as far as known."""

    lead_informed: Asked = "not_asked"
    lead_informed_when: Line | Missing = NOT_ASKED
    true_as_far_as_known: bool = False
