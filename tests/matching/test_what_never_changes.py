"""What must never change an answer: who else is on the register, how a thing is written, and
records that are closed to the person who asks.
"""

import csv
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from mash_triage.access.actor import Actor
from mash_triage.matching.actions import import_register
from mash_triage.matching.identity import identity
from mash_triage.matching.queries import search
from mash_triage.matching.score import Band, score
from mash_triage.people.actions import restrict_person
from mash_triage.people.models import Person
from mash_triage.people.register_file import COLUMNS
from tests import stories
from tests.stories import MONDAY_NINE

OPERATOR = Actor.job("people import")
NUMBERS = ("9990000018", "9990000026")

NAMES = st.sampled_from(["Leila", "Leila Noor", "Layla", "Oscar", "Zoë", "O'Neill", "Abdi", ""])
DATES = st.sampled_from([date(2015, 4, 13), date(2015, 4, 3), date(2012, 9, 30), None])
HOMES = st.sampled_from([(("12 Mill Lane", "ZA1 1AA"),), (("4 Elm Road", "ZA5 5BB"),), ()])
FACTS = st.fixed_dictionaries({
    "given_names": NAMES,
    "family_name": NAMES,
    "dob": DATES,
    "addresses": HOMES,
    "sex": st.sampled_from(["M", "F", None]),
    "mother_name": st.sampled_from(["Mona Quillby", "Ruth Hale", ""]),
    "nhs_number": st.sampled_from([None, *NUMBERS]),
    "upn": st.sampled_from([None, "L201060514834", "G201055720355"]),
})  # fmt: skip


@given(FACTS, st.lists(FACTS, min_size=1, max_size=5))
def test_two_valid_nhs_numbers_that_differ_are_never_likely(said, known):
    reported = identity(**said | {"nhs_number": NUMBERS[0]})
    others = [identity(**each) for each in known]
    for each in score(reported, list(enumerate(others))).candidates:
        if others[each.id].nhs_number == NUMBERS[1]:
            assert each.band is not Band.LIKELY


@given(FACTS, st.lists(FACTS, min_size=1, max_size=5))
def test_an_unrelated_child_never_changes_the_top_candidate(said, known):
    reported = identity(**said)
    others = [(at, identity(**each)) for at, each in enumerate(known)]
    stranger = identity(
        given_names="Quentin", family_name="Zwick", dob=date(2003, 7, 29),
        addresses=(("1 Far Road", "ZA9 9ZZ"),),
    )  # fmt: skip
    before = score(reported, others).candidates[0]
    after = score(reported, [*others, (99, stranger)]).candidates
    assert before.id == after[0].id or (after[0].id == 99 and before.band is Band.UNLIKELY)


@given(FACTS, st.lists(FACTS, min_size=1, max_size=4))
def test_the_probabilities_of_all_and_of_none_are_whole(said, known):
    reported = identity(**said)
    answer = score(reported, [(at, identity(**each)) for at, each in enumerate(known)])
    assert 0.0 <= answer.none_of_these <= 1.0
    assert all(0.0 <= each.probability <= 1.0 for each in answer.candidates)
    if not any(each.twice for each in answer.candidates):
        total = sum(each.probability for each in answer.candidates) + answer.none_of_these
        assert total == pytest.approx(1.0, abs=1e-9)


def test_the_order_of_fields_and_of_candidates_never_changes_the_answer():
    said = {"given_names": "Leila", "family_name": "Quillby", "dob": date(2015, 4, 13)}
    known = [
        (1, identity(given_names="Leila", family_name="Quillby", dob=date(2015, 4, 13))),
        (2, identity(given_names="Oscar", family_name="Quillby", dob=date(2015, 4, 13))),
        (3, identity(given_names="Leila", family_name="Quillby", dob=date(2012, 9, 30))),
    ]
    answers = {
        tuple(
            (each.id, each.probability)
            for each in score(identity(**dict(order)), mixed).candidates
        )
        for order in permutations(said.items())
        for mixed in permutations(known)
    }  # fmt: skip
    assert len(answers) == 1


# ---------------------------------------------------------------- through the search

CHILD = {"given_names": "Zoë", "family_name": "Thörnbury", "dob": "2017-03-09", "sex": "F",
         "dob_quality": "exact", "address_line": "12 Mill Lane", "postcode": "ZA1 4QT",
         "mother_name": "Rosa Thörnbury"}  # fmt: skip
REGISTER = [
    CHILD | {"child_id": "C1"},
    CHILD | {"child_id": "C2", "given_names": "Isla"},
    CHILD | {"child_id": "C3", "postcode": "ZA9 1AB", "address_line": "80 Quarry Road"},
    CHILD | {"child_id": "C4", "given_names": "Zola", "dob": "2014-01-02"},
]
CLOSED = {
    "the child's second record": CHILD | {"child_id": "C9"},
    "a twin": CHILD | {"child_id": "C9", "given_names": "Iris"},
    "a brother": CHILD | {"child_id": "C9", "given_names": "Otto", "dob": "2019-05-05"},
    "a namesake": CHILD
    | {
        "child_id": "C9",
        "mother_name": "Ruth Hale",
        "address_line": "9 Far Road",
        "postcode": "ZA8 8AA",
    },
}


def on_the_register(session, folder, children):
    file = folder / "register.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS)
        rows.writeheader()
        rows.writerows(children)
    import_register(session, file, by=OPERATOR, at=MONDAY_NINE)


def asked(session, by, **changes):
    """The answer as figures, by register id; and whether the duty manager is to be asked."""
    said = {
        "given_names": "Zoe", "family_name": "Thornbury", "dob": date(2017, 3, 9),
        "addresses": (("12 Mill Lane", "ZA1 4QT"),), "mother_name": "Rosa Thornbury",
    }  # fmt: skip
    found = search(session, identity(**said | changes), by=by)
    names = {each.id: each.register_id for each in session.scalars(select(Person))}
    figures = [(names[c.id], c.band, c.probability, c.bits, c.vetoes, c.separated_by)
               for c in found.candidates]  # fmt: skip
    return (figures, found.none_of_these, found.several_possible), found.ask_duty_manager


@pytest.mark.parametrize("who", CLOSED)
def test_a_closed_record_changes_nothing_but_the_sentence_about_the_duty_manager(
    who, new_database, beth, carol, tmp_path
):
    with new_database().work() as session:
        on_the_register(session, tmp_path, REGISTER)
        without, ask = asked(session, beth)
        assert not ask
    with new_database().work() as session:
        on_the_register(session, tmp_path, [*REGISTER, CLOSED[who]])
        person = session.scalars(select(Person).where(Person.register_id == "C9")).one()
        readers = [carol.user_id, stories.a_manager(session, "Eve Marlow").user_id]
        restrict_person(session, person.id, reason="A colleague's family", readers=readers,
                        review_on=date(2026, 4, 1), by=carol, at=MONDAY_NINE)  # fmt: skip
        closed, ask = asked(session, beth)
    assert closed == without
    assert ask == (who == "the child's second record")


@pytest.mark.parametrize(
    "changes",
    [
        {"given_names": "ZOË"},
        {"given_names": "  zoe "},
        {"family_name": "THÖRNBURY"},
        {"addresses": (("12  mill LN", "za14qt"),)},
        {"mother_name": "ROSA   thörnbury"},
    ],
)
def test_case_accents_and_spaces_never_change_the_answer(changes, session, beth, tmp_path):
    on_the_register(session, tmp_path, REGISTER)
    assert asked(session, beth, **changes) == asked(session, beth)
