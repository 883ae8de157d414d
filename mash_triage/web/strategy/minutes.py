"""The minutes as headed questions and answers: the same on the page and on paper."""

from dataclasses import dataclass

from mash_triage.strategy.codes import (
    CONDUCT_WORDS,
    FORM_WORDS,
    LIMB_WORDS,
    MEDICAL_WORDS,
    PARENTS_WORDS,
    PART_WORDS,
    SECTOR_WORDS,
    YES_NO_WORDS,
    Part,
)
from mash_triage.strategy.pictures import (
    DiscussionPicture,
    Outcome,
    PersonPicture,
    StrategyChildPicture,
    TaskPicture,
)
from mash_triage.strategy.quorum import quorum_words
from mash_triage.web import wording
from mash_triage.web.strategy.holding import held_words

NOT_HELD = "Not held yet."


@dataclass(frozen=True)
class Heading:
    """A part of the minutes with its questions and answers."""

    title: str
    pairs: tuple[tuple[str, str], ...]


def minutes_of(seen: DiscussionPicture) -> tuple[Heading, ...]:
    """Everything that was recorded, in the order in which it is read out."""
    parts = [Heading("The discussion", _head(seen)), Heading("Who was there", _people(seen))]
    if seen.outcome is not None:
        parts += [
            Heading("What was shared", _shared(seen)),
            Heading("Outcome", _outcome(seen, seen.outcome)),
        ]
    if seen.tasks:
        parts.append(Heading("Agreed tasks", tuple(map(_task, seen.tasks))))
    dissent = tuple(_dissent(each) for each in seen.people if each.dissent)
    if dissent:
        parts.append(Heading("Dissent", dissent))
    return tuple(part for part in parts if part.pairs)


def _head(seen: DiscussionPicture) -> tuple[tuple[str, str], ...]:
    quorum = NOT_HELD if seen.started_at is None else quorum_words(seen.missing)
    return (
        ("About", seen.names),
        ("Held", held_words(seen)),
        ("Form", FORM_WORDS[seen.form]),
        ("Chair", seen.chair),
        ("Convened", f"{seen.convened_by}, {wording.moment_words(seen.convened_at)}"),
        ("Quorum", quorum),
    )


def _people(seen: DiscussionPicture) -> tuple[tuple[str, str], ...]:
    return tuple(
        (SECTOR_WORDS[each.sector], f"{each.who}: {part_words(each)}") for each in seen.people
    )


def part_words(person: PersonPicture) -> str:
    """Which part somebody had, and of an absent person why."""
    words = PART_WORDS[person.part].lower()
    return f"{words}. {person.why_absent}" if person.part is Part.ABSENT else words


def _shared(seen: DiscussionPicture) -> tuple[tuple[str, str], ...]:
    return tuple((each.agency, each.information) for each in seen.people if each.information)


def _outcome(seen: DiscussionPicture, outcome: Outcome) -> tuple[tuple[str, str], ...]:
    pairs = [("Analysis", outcome.analysis)]
    for child in seen.children:
        pairs += _child(child)
    if outcome.conduct is not None:
        pairs += _enquiries(outcome)
    pairs += [
        ("Parents", f"{PARENTS_WORDS[outcome.parents]}. {outcome.parents_words}"),
        ("Other children", outcome.other_children),
    ]
    if seen.conference_due_on is not None:
        due = wording.date_words(seen.conference_due_on)
        pairs.append(("Child protection conference", f"Due by {due}"))
    if outcome.without_quorum:
        pairs.append(("Why the outcome could not wait", outcome.without_quorum))
    if outcome.next_on is not None:
        pairs.append(("Next discussion", wording.date_words(outcome.next_on)))
    pairs.append(("Closed", f"{outcome.closed_by}, {wording.moment_words(outcome.closed_at)}"))
    return tuple(pairs)


def _child(child: StrategyChildPicture) -> list[tuple[str, str]]:
    if child.s47 and child.limb is not None:
        return [
            (f"Section 47 for {child.name}", f"Yes. {LIMB_WORDS[child.limb]}. {child.reason}"),
        ]
    return [
        (f"Section 47 for {child.name}", f"No. {child.reason}"),
        (f"Instead for {child.name}", child.instead),
    ]


def _enquiries(outcome: Outcome) -> list[tuple[str, str]]:
    pairs = []
    if outcome.conduct is not None:
        pairs.append(("Enquiries", CONDUCT_WORDS[outcome.conduct]))
    if outcome.medical is not None:
        pairs.append(("Medical", f"{MEDICAL_WORDS[outcome.medical]}. {outcome.medical_why}"))
    if outcome.seeing_on is not None and outcome.seeing_alone is not None:
        alone = YES_NO_WORDS[outcome.seeing_alone].lower()
        words = f"{outcome.seeing_who}, {wording.date_words(outcome.seeing_on)}; alone: {alone}"
        how = f". {outcome.seeing_how}" if outcome.seeing_how else ""
        pairs.append(("Seeing the child", words + how))
    return pairs


def _task(task: TaskPicture) -> tuple[str, str]:
    due = wording.date_words(task.due_on)
    done = f"done {wording.moment_words(task.done_at)}" if task.done_at else "not done yet"
    words = f" {task.done_words}" if task.done_words else ""
    return task.what, f"{task.who}, by {due}; {done}.{words}"


def _dissent(person: PersonPicture) -> tuple[str, str]:
    return person.agency, f"{person.dissent} Wanted: {person.dissent_wanted}"
