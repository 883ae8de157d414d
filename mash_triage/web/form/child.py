"""One child's page: name, age, where the child is and lives, and what matters at this age."""

import streamlit as st

from mash_triage.contacts.answers import asks_mobility
from mash_triage.contacts.asked import asks_school, is_grown_up
from mash_triage.web.form import child_more, home, rows
from mash_triage.web.form.dates import birth, day
from mash_triage.web.form.doubts import doubt
from mash_triage.web.form.fields import choice, line, several, tick, unknown
from mash_triage.web.form.numbers import number
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import AGE, DISABILITIES, SEX, YES_NO, problem_words


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
    home.draw(form, at)
    if not unborn:
        _at_this_age(form, at)
    child_more.draw(form, at, unborn=unborn)


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
    rows.add_button(form, f"{at}.aliases", "Add another name the child is known by", quiet=True)


def _age(form: Form, at: str) -> None:
    before = form.get(f"{at}.age.kind")
    kind = choice(form, f"{at}.age.kind", "Birth date", AGE)
    if kind != before:
        form.changes.pop(f"{at}.age.kind", None)
        form.put(f"{at}.age", {"kind": kind})
        form.deed = form.deed or st.rerun  # the questions above and below are others now
    with st.container(key="because_age"):
        if kind == "born":
            hint = "For example, 29 2 2016. Only the month known? Leave the day empty."
            birth(form, f"{at}.age", "Date of birth", hint=hint)
            if form.get(f"{at}.age.estimated"):
                tick(form, f"{at}.age.estimated", "The day is not certain: this is an estimate")
        elif kind == "age":
            line(form, f"{at}.age.age_years", "About how old, in years?", most=3, width=160)
            if str(form.get(f"{at}.age.age_years")).strip() in {"0", "1"}:
                number(form, f"{at}.age.age_months", "In months, if you can say (optional)")
        elif kind == "unborn":
            day(form, f"{at}.age.expected_date", "Expected date, if known", gap="not_known")
            number(form, f"{at}.age.gestation_weeks", "Or how many weeks now (optional)")
    if is_grown_up(form.get(at) or {}, on=form.today):
        doubt(
            "This person is 18 or older, so this is not a matter for children's services alone. "
            "For an adult at risk, call adult social care. If children are involved, go on here."
        )


def _place(form: Form, at: str, *, unborn: bool) -> None:
    who = "the mother" if unborn else "the child"
    where = line(form, f"{at}.where_now", f"Where is {who} now?", unknown=True)
    unknown(form, f"{at}.where_now", f"I do not know where {who} is", text=where)
    line(form, f"{at}.with_now", f"Who is with {who}? (optional)", gap="not_asked")


def _at_this_age(form: Form, at: str) -> None:
    child = form.get(at) or {}
    if asks_school(child, on=form.today):
        line(form, f"{at}.school", "School, nursery or college (optional)", gap="not_asked")
    disabled = choice(form, f"{at}.disabled", "Is the child disabled?", YES_NO, across=True)
    with st.container(key="because_disabled"):
        if disabled == "yes":
            several(form, f"{at}.disabilities", "In what? (optional)", DISABILITIES)
            line(form, f"{at}.disability", "Say more (optional)", gap="not_asked", most=2000)
    if asks_mobility(child, on=form.today):
        choice(
            form,
            f"{at}.moves_independently",
            "Does the child move about alone?",
            YES_NO,
            hint="Rolls, crawls, walks, or moves in another way",
            across=True,
        )
