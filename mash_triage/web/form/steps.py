"""The steps in their order, what each draws, and which answers belong to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mash_triage.contacts.answers import value_at
from mash_triage.web.form import (
    children,
    concern,
    danger,
    household,
    referrer,
    strengths,
    told,
    visit,
    voice,
)
from mash_triage.web.form.state import Form

_ROW = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Step:
    """One step: its code in the address, its title, the answers it asks for, and its drawing."""

    code: str
    title: str
    sections: tuple[str, ...]
    draw: Callable[[Form], None]


STEPS: tuple[Step, ...] = (
    Step("danger", "Danger now", ("danger",), danger.draw),
    Step("referrer", "About you", ("referrer", "channel", "received_at"), referrer.draw),
    Step("children", "The children", ("children", "handed_over"), children.draw),
    Step("household", "Household", ("household",), household.draw),
    Step("told", "Who was told and agreed", ("told_and_agreed",), told.draw),
    Step("concern", "The worry", ("concern", "chronology"), concern.draw),
    Step("strengths", "What works well", strengths.PATHS, strengths.draw),
    Step("voice", "The child's voice", voice.PATHS, voice.draw),
    Step("visit", "Before anybody visits", ("risk_to_staff", "kept_from"), visit.draw),
)
CHECK = "check"
CODES = (*(step.code for step in STEPS), CHECK)


def step_of(code: str) -> Step:
    """The step with this code; the first one for a code that is none."""
    return {step.code: step for step in STEPS}.get(code, STEPS[0])


def title_of(form: Form, code: str) -> str:
    """A step's title as shown."""
    if code == CHECK:
        return "Check your answers"
    if code == "referrer" and referrer.is_for_others(form):
        return "Who made contact"
    return step_of(code).title


def step_for(path: str) -> Step:
    """The step that asks for the answer at this path."""
    of_step = {section: step for step in STEPS for section in step.sections}
    parts = re.split(r"[.\[]", path)
    named = (".".join(parts[:2]), parts[0])
    return next((of_step[part] for part in named if part in of_step), STEPS[0])


def child_in(path: str) -> int:
    """The row of the child that a path is about; 0 for any other path."""
    row = _ROW.search(path) if path.startswith("children") else None
    return int(row[1]) if row else 0


def problems_of_page(form: Form, problems: dict[str, str]) -> dict[str, str]:
    """Those of the problems that can be mended on the page that is open."""
    return {
        path: words
        for path, words in problems.items()
        if step_for(path).code == form.step
        and (form.step != "children" or child_in(path) == form.child)
    }


def is_done(form: Form, step: Step, problems: dict[str, str]) -> bool:
    """Is the step answered as far as it must be?"""
    answered = any(value_at(form.answers, section) is not None for section in step.sections)
    return answered and not any(step_for(path) is step for path in problems)


def after(form: Form) -> tuple[str, int]:
    """Where Continue leads: the next child, or the next step."""
    if form.step == "children" and form.child + 1 < len(form.rows("children")):
        return "children", form.child + 1
    return CODES[CODES.index(form.step) + 1], 0


def before(form: Form) -> tuple[str, int] | None:
    """Where Back leads; nowhere from the first step."""
    if form.step == "children" and form.child:
        return "children", form.child - 1
    position = CODES.index(form.step)
    if position == 0:
        return None
    code = CODES[position - 1]
    return code, len(form.rows("children")) - 1 if code == "children" else 0
