"""One child's page: name, age, where the child is and lives, and what matters at this age."""

from html import escape

import streamlit as st

from mash_triage.contacts.answers import asks_mobility
from mash_triage.people.identifiers import (
    Identifier,
    Soundness,
    read_nhs_number,
    read_upn,
    tidy_postcode,
)
from mash_triage.web.form import rows
from mash_triage.web.form.dates import day
from mash_triage.web.form.fields import choice, line, pick, several, tick, unknown
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import (
    AGE,
    HAD_HELP,
    HELP_BEFORE,
    SEX,
    YES_NO,
    problem_words,
)
from mash_triage.web.wording import ETHNICITY_WORDS

CHECK = "Check it if you can. You can go on as it is."


def draw(form: Form, at: str) -> None:
    """The fields of the child at this path; an unborn child is asked less."""
    for whole, first in {at: f"{at}.given_names", f"{at}.age": f"{at}.age.kind"}.items():
        if whole in form.problems:  # about several fields together: said at the first of them
            form.problems[first] = problem_words(whole, form.problems[whole])
    unborn = form.get(f"{at}.age.kind") == "unborn"
    _names(form, at, unborn=unborn)
    _age(form, at)
    if not unborn:
        choice(form, f"{at}.sex", "Sex", SEX, across=True)
    _place(form, at, unborn=unborn)
    if not unborn:
        line(form, f"{at}.school", "School, nursery or college (optional)", gap="not_asked")
        choice(form, f"{at}.disabled", "Is the child disabled?", YES_NO, across=True)
        if asks_mobility(form.get(at) or {}, on=form.today):
            choice(
                form,
                f"{at}.moves_independently",
                "Does the child move about alone?",
                YES_NO,
                hint="Rolls, crawls, walks, or moves in another way",
                across=True,
            )
        line(
            form,
            f"{at}.language",
            "Language, if an interpreter or signer is needed (optional)",
            gap="not_asked",
        )
        pick(form, f"{at}.ethnicity", "Ethnicity (optional)", ETHNICITY_WORDS)
    _help_before(form, at)
    if not unborn:
        _numbers(form, at)


def _names(form: Form, at: str, *, unborn: bool) -> None:
    line(
        form,
        f"{at}.given_names",
        "Given names (optional)" if unborn else "Given names",
        gap="not_known",
    )
    line(
        form,
        f"{at}.family_name",
        "Family name",
        hint="Leave empty if there is only one name, or it is not known",
        gap="not_known",
    )
    if unborn:
        return
    for n in range(len(form.rows(f"{at}.aliases"))):
        with st.container(horizontal=True, key=f"alias-{n}", vertical_alignment="bottom"):
            alias = f"{at}.aliases[{n}]"
            line(form, f"{alias}.given_names", "Other given names", gap="not_known")
            line(form, f"{alias}.family_name", "Other family name", gap="not_known")
    rows.add_button(form, f"{at}.aliases", "Add another name the child is known by")


def _age(form: Form, at: str) -> None:
    before = form.get(f"{at}.age.kind")
    kind = choice(form, f"{at}.age.kind", "Birth date", AGE)
    if kind != before:
        form.changes.pop(f"{at}.age.kind", None)
        form.put(f"{at}.age", {"kind": kind})
        form.deed = form.deed or st.rerun  # the questions above and below are others now
    with st.container(key="because_age"):
        if kind == "born":
            day(form, f"{at}.age.date_of_birth", "Date of birth", hint="For example, 29 2 2016")
        elif kind == "age":
            line(form, f"{at}.age.age_years", "About how old, in years?", most=3, width=160)
        elif kind == "unborn":
            day(
                form,
                f"{at}.age.expected_date",
                "Expected date, if known",
                gap="not_known",
            )


def _place(form: Form, at: str, *, unborn: bool) -> None:
    who = "the mother" if unborn else "the child"
    where = line(form, f"{at}.where_now", f"Where is {who} now, and who is there?")
    unknown(form, f"{at}.where_now", f"I do not know where {who} is", text=where)
    line(form, f"{at}.home.address_line", "Home address", gap="not_known")
    postcode = line(form, f"{at}.home.postcode", "Postcode", gap="not_known", most=12, width=160)
    if postcode.strip() and not tidy_postcode(postcode):
        warning(f"This does not look like a postcode. {CHECK}")
    tick(form, f"{at}.home.confidential", "This address must be kept from somebody")


def _help_before(form: Form, at: str) -> None:
    had = choice(
        form,
        f"{at}.had_help",
        "Has the child had help from children's services before? (optional)",
        HAD_HELP,
        across=True,
    )
    with st.container(key="because_help"):
        if had == "yes":
            several(form, f"{at}.help_before", "Which? (optional)", HELP_BEFORE)


def _numbers(form: Form, at: str) -> None:
    nhs = line(
        form, f"{at}.nhs_number", "NHS number (optional)", gap="not_asked", most=20, width=400
    )
    _number_warning(nhs, read_nhs_number(nhs), "NHS number")
    upn = line(
        form, f"{at}.upn", "Unique pupil number (optional)", gap="not_asked", most=20, width=400
    )
    _number_warning(upn, read_upn(upn), "pupil number")


def _number_warning(typed: str, read: Identifier, name: str) -> None:
    if typed.strip() and read.soundness is not Soundness.OK:
        slip = "A digit or letter" if read.soundness is Soundness.WRONG_CHECK_DIGIT else "Something"
        warning(f"{slip} in this {name} is not right. {CHECK}")


def warning(words: str) -> None:
    """A doubt about an answer, beside its field; it stops nobody."""
    st.html(f'<p class="mash-doubt" role="status">{escape(words)}</p>')
