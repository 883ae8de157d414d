"""More about one child, for those who know it: health, language, help before, numbers."""

from mash_triage.contacts.asked import (
    asks_health_visitor,
    asks_interpreter,
    asks_midwife,
    asks_school,
)
from mash_triage.people.identifiers import Identifier, Soundness, read_nhs_number, read_upn
from mash_triage.web.form.doubts import CHECK, doubt
from mash_triage.web.form.fields import choice, line, pick, several
from mash_triage.web.form.numbers import number
from mash_triage.web.form.openings import matters, opening
from mash_triage.web.form.relations import to_other_children
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import EDUCATION, HAD_HELP, HELP_BEFORE, NOT_ASKED_TOO
from mash_triage.web.wording import ETHNICITY_WORDS


def draw(form: Form, at: str, *, unborn: bool) -> None:
    """Three closed parts, of which an unborn child has fewer questions."""
    to_other_children(form, at)
    _health(form, at, unborn=unborn)
    if not unborn:
        _background(form, at)
    _before(form, at, unborn=unborn)


def _health(form: Form, at: str, *, unborn: bool) -> None:
    child = form.get(at) or {}
    names = ("education", "year_group", "attendance", "special_needs")
    people = ("gp", "health_visitor", "midwife")
    paths = tuple(f"{at}.{name}" for name in (*names, *people))
    label = "More: midwife and GP" if unborn else "More: school, GP and health"
    with opening(form, f"health {at}", label, *paths):
        if asks_school(child, on=form.today):
            pick(form, paths[0], "How is the child taught? (optional)", EDUCATION)
            line(form, paths[1], "Year (optional)", gap="not_asked", width=200)
            number(form, paths[2], "Attendance this year, in % (optional)")
            line(form, paths[3], "Special needs, plan (optional)", gap="not_asked")
        line(form, paths[4], "GP or surgery (optional)", gap="not_asked")
        if asks_health_visitor(child, on=form.today):
            line(form, paths[5], "Health visitor (optional)", gap="not_asked")
        if asks_midwife(child, on=form.today):
            line(form, paths[6], "Midwife (optional)", gap="not_asked")


def _background(form: Form, at: str) -> None:
    names = ("language", "interpreter_needed", "communication", "ethnicity", "religion")
    paths = tuple(f"{at}.{name}" for name in (*names, "nationality", "immigration"))
    own = f"{at}.gender_identity"
    with opening(form, f"background {at}", "More: language and background", *paths, own):
        line(form, paths[0], "Language at home (optional)", gap="not_asked")
        if asks_interpreter(form.get(at) or {}):
            label = "Is an interpreter or signer needed? (optional)"
            choice(form, paths[1], label, NOT_ASKED_TOO, across=True)
            label = "How does the child make itself understood? (optional)"
            line(form, paths[2], label, hint="Signs, pictures, a device", gap="not_asked")
        pick(form, paths[3], "Ethnicity (optional)", ETHNICITY_WORDS)
        line(form, paths[4], "Religion (optional)", gap="not_asked")
        line(form, paths[5], "Nationality (optional)", gap="not_asked")
        line(form, own, "Gender, if it is not the sex above (optional)", gap="not_asked")
        if matters(form, paths[6], "The right to stay in this country matters here"):
            line(form, paths[6], "What is known of it? (optional)", gap="not_known")


def _before(form: Form, at: str, *, unborn: bool) -> None:
    names = ("had_help", "help_before", "legal_status", "allocated_worker", "nhs_number", "upn")
    paths = tuple(f"{at}.{name}" for name in names)
    with opening(form, f"before {at}", "More: help before, and numbers", *paths):
        label = "Has the child had help from children's services before? (optional)"
        had = choice(form, paths[0], label, HAD_HELP, across=True)
        if had == "yes":
            several(form, paths[1], "Which? (optional)", HELP_BEFORE)
            line(form, paths[2], "Court order or legal status (optional)", gap="not_asked")
            line(form, paths[3], "Social worker, if there is one (optional)", gap="not_asked")
        if not unborn:
            _numbers(form, *paths[4:])


def _numbers(form: Form, nhs_path: str, upn_path: str) -> None:
    nhs = line(form, nhs_path, "NHS number (optional)", gap="not_asked", most=20, width=400)
    _number_doubt(nhs, read_nhs_number(nhs), "NHS number")
    upn = line(
        form, upn_path, "Unique pupil number (optional)", gap="not_asked", most=20, width=400
    )
    _number_doubt(upn, read_upn(upn), "pupil number")


def _number_doubt(typed: str, read: Identifier, name: str) -> None:
    if typed.strip() and read.soundness is not Soundness.OK:
        slip = "A digit or letter" if read.soundness is Soundness.WRONG_CHECK_DIGIT else "Something"
        doubt(f"{slip} in this {name} is not right. {CHECK}")
