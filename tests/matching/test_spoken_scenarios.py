"""What must come out for each story that a front door has met: one sentence a story.

Every story goes through `score`; those of `THROUGH_SEARCH` also through the register, the index
and the search, on both databases. An expectation reads "who: band", with "first" for whoever must
stand at the top, and "not likely" for whoever must never be called so.
"""

import csv
from datetime import date

import pytest

from mash_triage.access.actor import Actor
from mash_triage.matching.actions import import_register
from mash_triage.matching.identity import identity, identity_of_row
from mash_triage.matching.minimum import enough_to_search
from mash_triage.matching.queries import search, search_together
from mash_triage.matching.register_facts import NO_REGISTER, RegisterFacts
from mash_triage.matching.score import Band, score
from mash_triage.people.models import Person
from mash_triage.people.register import RegisterRow, read_register
from mash_triage.people.register_file import COLUMNS
from tests.stories import MONDAY_NINE

HEARD = date(2026, 11, 20)
OPERATOR = Actor.job("people import")


def child(given, family="Quillby", dob="2015-04-13", home="12 Mill Lane|ZA1 1AA", **more):
    """A child in the columns of the register's file; "line|postcode" is an address."""
    line, _, postcode = home.partition("|")
    return {"given_names": given, "family_name": family, "dob": dob, "address_line": line,
            "postcode": postcode} | more  # fmt: skip


ELM, FAR = "4 Elm Road|ZA5 5BB", "1 Far Close|ZA9 9ZZ"
ONE, TWO, THREE = "9990000018", "9990000026", "9990000034"
UPN, OTHER_UPN = "L201060514834", "G201055720355"
MOTHER = {"mother_name": "Mona Quillby", "mother_dob": "1990-02-03"}
LEILA = child("Leila", sex="F")
OSCAR = child("Oscar", sex="M")  # her twin
YOUNGER = child("Oscar", dob="2018-09-30", sex="M")  # her brother
aged = {"dob": ""}

# sentence: (reported, {who: known child}, expectation)
TWINS = {
    "the child herself, everything agrees": (LEILA, {"she": LEILA}, "she: first likely"),
    "her twin of another name is not her": (
        LEILA,
        {"she": LEILA, "twin": OSCAR},
        "she: first likely, twin: unlikely",
    ),
    "only her twin is on the register": (LEILA, {"twin": OSCAR}, "twin: not likely"),
    "only her twin sister is on the register, with the mother's name and birth date the same": (
        LEILA | MOTHER,
        {"twin": child("Lara", sex="F") | MOTHER},
        "twin: not likely",
    ),
    "twins alike in name, Shanna and Shannan, and Shanna is named": (
        child("Shanna"),
        {"she": child("Shanna"), "twin": child("Shannan")},
        "she: first, twin: not likely",
    ),
    "twins alike in name, Oliver and Olive, and Olive is named": (
        child("Olive", sex="F"),
        {"she": child("Olive", sex="F"), "twin": child("Oliver", sex="M")},
        "she: first likely, twin: not likely",
    ),
    "twin alike in name and only the twin is on the register, of the other sex": (
        child("Ali", sex="M"),
        {"twin": child("Aliya", sex="F")},
        "twin: not likely",
    ),
    "twins who share a first name, Geoffrey Liam and Geoffrey Charlie, both names said": (
        child("Geoffrey Liam"),
        {"he": child("Geoffrey Liam"), "twin": child("Geoffrey Charlie")},
        "he: first likely, twin: not likely",
    ),
    "twins who share a first name and only that was said": (
        child("Geoffrey"),
        {"he": child("Geoffrey Liam"), "twin": child("Geoffrey Charlie")},
        "he: not likely, twin: not likely",
    ),
    "only the twin who shares the first name is on the register, and both names were said": (
        child("Geoffrey Liam"),
        {"twin": child("Geoffrey Charlie")},
        "twin: not likely",
    ),
    "a twin's record holds the mother and the child's own does not": (
        LEILA | MOTHER,
        {"she": LEILA, "twin": OSCAR | MOTHER},
        "she: first likely, twin: unlikely",
    ),
    "a twin's record holds the birth date and the child's own does not": (
        LEILA,
        {"she": LEILA | aged, "twin": OSCAR},
        "she: first, twin: not likely",
    ),
    "the child's birth date is only estimated on her record, her twin's is exact": (
        LEILA,
        {"she": child("Leila", dob="2015-01-01", dob_quality="estimated"), "twin": OSCAR},
        "she: first, twin: not likely",
    ),
    "the NHS number of her twin was typed for her": (
        LEILA | {"nhs_number": TWO},
        {"she": LEILA | {"nhs_number": ONE}, "twin": OSCAR | {"nhs_number": TWO}},
        "she: first not likely, twin: not likely",
    ),
    "the NHS number of her twin was typed for her, and she is not on the register": (
        LEILA | {"nhs_number": TWO},
        {"twin": OSCAR | {"nhs_number": TWO}},
        "twin: not likely",
    ),
    "unborn twins, both on the register": (
        child("Unborn", dob="", expected_date="2027-01-04") | MOTHER,
        {
            "one": child("Unborn", dob="", expected_date="2027-01-04") | MOTHER,
            "other": child("Baby", dob="", expected_date="2027-01-04") | MOTHER,
        },
        "one: not likely, other: not likely",
    ),
    "placeholder birth dates on both twins' records": (
        LEILA,
        {"she": child("Leila", dob="1970-01-01"), "twin": child("Oscar", dob="1970-01-01")},
        "she: first, twin: not likely",
    ),
}
FAMILIES = {
    "a brother of another age at the same address": (
        LEILA,
        {"brother": YOUNGER},
        "brother: unlikely",
    ),
    "a brother at the same address with the same mother": (
        LEILA | MOTHER,
        {"brother": YOUNGER | MOTHER},
        "brother: not likely",
    ),
    "the NHS number of her brother was typed for her": (
        LEILA | {"nhs_number": TWO},
        {"she": LEILA | {"nhs_number": ONE}, "brother": YOUNGER | {"nhs_number": TWO}},
        "she: first not likely, brother: not likely",
    ),
    "the NHS number of her brother was typed for her, and she is not on the register": (
        LEILA | {"nhs_number": TWO},
        {"brother": YOUNGER | {"nhs_number": TWO}},
        "brother: not likely",
    ),
    "a half-sister with the same mother and another surname": (
        LEILA | MOTHER,
        {"half-sister": child("Ruby", "Hale", "2012-01-15", sex="F") | MOTHER},
        "half-sister: not likely",
    ),
    "half-siblings of one first name, born in other years": (
        child("Amina") | MOTHER,
        {"half-sister": child("Amina", "Hale", "2010-06-01") | MOTHER},
        "half-sister: not likely",
    ),
    "father and son of one name at one address": (
        child("Aaron"),
        {"son": child("Aaron"), "father": child("Aaron", dob="1988-01-07")},
        "son: first likely, father: unlikely",
    ),
    "father and son of one name, only the father has a record": (
        child("Aaron"),
        {"father": child("Aaron", dob="1988-01-07")},
        "father: not likely",
    ),
    "a child of a step-family under the stepfather's surname": (
        child("Leila", "Stone"),
        {"she": LEILA | MOTHER, "step-brother": child("Max", "Stone", "2013-03-03")},
        "she: first, step-brother: unlikely",
    ),
    "a step-sister born the same week in one house": (
        LEILA,
        {"step-sister": child("Lena", "Stone", "2015-04-15")},
        "step-sister: not likely",
    ),
    "foster siblings of four families at one address": (
        child("Kai", "Marsh"),
        {
            "he": child("Kai", "Marsh"),
            "a": child("Kian", "Dole", "2014-05-05"),
            "b": child("Cai", "Wren", "2016-02-02"),
            "c": child("Kay", "Frost", "2015-04-13"),
        },
        "he: first likely, a: unlikely, b: unlikely, c: not likely",
    ),
    "a foster child who is not on the register, others of the home are": (
        child("Kai", "Marsh"),
        {"a": child("Kian", "Dole", "2014-05-05"), "c": child("Kay", "Frost", "2015-06-13")},
        "a: not likely, c: not likely",
    ),
    "cousins of one name in one house": (
        child("Yusuf", "Ahmed"),
        {"he": child("Yusuf", "Ahmed"), "cousin": child("Yusuf", "Ahmed", "2011-08-22")},
        "he: first likely, cousin: not likely",
    ),
    "brothers Muhammad Ali and Muhammad Bilal, and Bilal is named": (
        child("Muhammad Bilal", "Khan", "2016-07-01"),
        {
            "he": child("Muhammad Bilal", "Khan", "2016-07-01"),
            "brother": child("Muhammad Ali", "Khan", "2014-02-11"),
        },
        "he: first likely, brother: unlikely",
    ),
}
NAMES = {
    "Kaur and Singh: a brother and sister share no surname": (
        child("Jasleen", "Kaur"),
        {"she": child("Jasleen", "Kaur"), "brother": child("Jasdeep", "Singh", "2013-02-03")},
        "she: first likely, brother: unlikely",
    ),
    "Singh was written with the family's surname on the register": (
        child("Jasdeep", "Singh"),
        {"he": child("Jasdeep Singh", "Gill")},
        "he: first",
    ),
    "two girls Begum born the same day in other streets": (
        child("Rima", "Begum"),
        {"she": child("Rima", "Begum"), "other": child("Salma", "Begum", home=FAR)},
        "she: first likely, other: unlikely",
    ),
    "Begum and Khatun are written for one another": (
        child("Rima", "Khatun"),
        {"she": child("Rima", "Begum")},
        "she: first",
    ),
    "given and family name changed places": (
        child("Quillby", "Leila"),
        {"she": LEILA},
        "she: first likely",
    ),
    "Begum as a given name, names changed places": (
        child("Begum", "Rima"),
        {"she": child("Rima", "Begum")},
        "she: first",
    ),
    "Somali names: the surname is the father's first name, brothers differ in theirs": (
        child("Abdi", "Farah"),
        {"he": child("Abdi", "Farah"), "half-brother": child("Ayaan", "Hassan", "2013-05-06")},
        "he: first likely, half-brother: unlikely",
    ),
    "one-word names, twins": (
        child("Abdi", ""),
        {"he": child("Abdi", ""), "twin": child("Ayaan", "")},
        "he: first likely, twin: not likely",
    ),
    "the one word stands in the family name's field": (
        child("", "Abdi"),
        {"he": child("Abdi", "")},
        "he: first",
    ),
    "Kowalski and Kowalska are brother and sister": (
        child("Maja", "Kowalska"),
        {"she": child("Maja", "Kowalski"), "brother": child("Jan", "Kowalski", "2012-12-12")},
        "she: first likely, brother: unlikely",
    ),
    "Mohammed for Muhammad": (
        child("Mohammed", "Khan"),
        {"he": child("Muhammad", "Khan")},
        "he: first likely",
    ),
    "Kuba for Jakub": (child("Kuba", "Nowak"), {"he": child("Jakub", "Nowak")}, "he: first likely"),
    "Tobi for Oluwatobiloba": (
        child("Tobi", "Adeyemi"),
        {"he": child("Oluwatobiloba", "Adeyemi")},
        "he: first likely",
    ),
    "Bella for Isabella, with a twin Ella": (
        child("Bella"),
        {"she": child("Isabella"), "twin": child("Ella")},
        "she: first, twin: not likely",
    ),
    "Łukasz without his letters": (
        child("Lukasz", "Wisniewski"),
        {"he": child("Łukasz", "Wiśniewski")},
        "he: first likely",
    ),
    "the second given name is the one used": (
        child("May"),
        {"she": child("Rose May")},
        "she: first not likely",
    ),
    "half of a double-barrelled surname": (
        child("Leila", "Stone"),
        {"she": child("Leila", "Haddad-Stone")},
        "she: first likely",
    ),
    "an initial, with a brother of the same initial": (
        child("L"),
        {"she": child("Leila"), "brother": child("Luke", dob="2018-09-30")},
        "she: first, brother: not likely",
    ),
    "a known-as name on the record": (
        child("Lily"),
        {"she": LEILA | {"aliases": "Lily|Quillby"}},
        "she: first likely",
    ),
    "a child renamed by adoption, asked for by the new name": (
        child("Grace", "Fenn", home=ELM),
        {
            "she": child("Grace", "Fenn", home=ELM),
            "other": child("Grace", "Fenn", "2009-01-09", home=FAR),
        },
        "she: first likely, other: unlikely",
    ),
    "a child renamed by adoption, the old name is on no record and finds nobody": (
        child("Mia", "Thorn", home=""),
        {"she": child("Grace", "Fenn", home=ELM)},
        "she: not likely",
    ),
    "system debris in the name": (
        LEILA,
        {"she": child("DUPLICATE DO NOT USE Leila")},
        "she: first likely",
    ),
    "a name of one letter and digits": (
        child("L4ila", "Q"),
        {"other": child("Oscar", "Zwick", "2009-09-09", FAR)},
        "other: unlikely",
    ),
}
BIRTHS = {
    "day and month changed places": (
        child("Leila", dob="2015-04-03"),
        {"she": child("Leila", dob="2015-03-04")},
        "she: first likely",
    ),
    "one digit of the birth date is wrong": (
        child("Leila", dob="2015-04-14"),
        {"she": LEILA},
        "she: first likely",
    ),
    "an age that fits": (
        child("Leila", dob="", age_years="11"),
        {"she": LEILA, "brother": YOUNGER},
        "she: first likely, brother: unlikely",
    ),
    "an age that fits the brother better than the child named": (
        child("Leila", dob="", age_years="8"),
        {"she": LEILA, "brother": YOUNGER},
        "she: first, brother: not likely",
    ),
    "a placeholder date says nothing": (
        child("Leila", dob="1900-01-01"),
        {"she": LEILA, "namesake": child("Leila", dob="2009-02-02", home=FAR)},
        "she: first, namesake: not likely",
    ),
    "an estimated birth date": (
        child("Leila", dob="2015-01-01", dob_quality="estimated"),
        {"she": LEILA},
        "she: first",
    ),
    "an unborn child reported twice": (
        child("Unborn", dob="", expected_date="2027-01-04") | MOTHER,
        {"it": child("", dob="", expected_date="2026-12-28") | MOTHER},
        "it: first likely",
    ),
    "an unborn child now born, with a brother on the register": (
        child("Nora") | MOTHER,
        {
            "she": child("Unborn", dob="", expected_date="2015-04-20") | MOTHER,
            "brother": YOUNGER | MOTHER,
        },
        "she: first likely, brother: unlikely",
    ),
    "an unborn child is not the mother's child of last year": (
        child("Unborn", dob="", expected_date="2027-01-04") | MOTHER,
        {"brother": child("Oscar", dob="2025-11-02") | MOTHER},
        "brother: not likely",
    ),
}
NUMBERS = {
    "two valid NHS numbers that differ, everything else agrees": (
        LEILA | {"nhs_number": ONE} | MOTHER,
        {"she": LEILA | {"nhs_number": TWO} | MOTHER},
        "she: first not likely",
    ),
    "the NHS number agrees and little else was said": (
        child("Leila", "", "", "", nhs_number=ONE),
        {"she": LEILA | {"nhs_number": ONE}},
        "she: first likely",
    ),
    "the NHS number agrees and the names are another's": (
        child("Zara", "Hale", "2010-01-05", ELM, nhs_number=ONE),
        {"other": LEILA | {"nhs_number": ONE}},
        "other: not likely",
    ),
    "one digit of the NHS number is wrong": (
        LEILA | {"nhs_number": "9990000019"},
        {"she": LEILA | {"nhs_number": ONE}},
        "she: first likely",
    ),
    "a pupil number that was used again for another child": (
        child("Zara", "Hale", "2010-01-05", ELM, upn=UPN),
        {"other": LEILA | {"upn": UPN}},
        "other: not likely",
    ),
    "two pupil numbers and another birth date": (
        LEILA | {"upn": UPN},
        {"other": child("Leila", dob="2015-11-30") | {"upn": OTHER_UPN}},
        "other: not likely",
    ),
    "two pupil numbers after a change of school, everything else agrees": (
        LEILA | {"upn": UPN} | MOTHER,
        {"she": LEILA | {"upn": OTHER_UPN} | MOTHER},
        "she: first",
    ),
    "one child with two records": (
        LEILA,
        {"one": LEILA | MOTHER, "again": LEILA | {"nhs_number": ONE}},
        "one: likely, again: likely",
    ),
    "two records with two NHS numbers are two children": (
        LEILA,
        {"one": LEILA | {"nhs_number": ONE}, "other": LEILA | {"nhs_number": TWO}},
        "one: not likely, other: not likely",
    ),
}
PLACES = {
    "moved since": (child("Leila", home=ELM), {"she": LEILA}, "she: first likely"),
    "an earlier address": (
        child("Leila", home=ELM),
        {"she": LEILA | {"previous_addresses": "4 Elm Road|ZA5 5BB"}},
        "she: first likely",
    ),
    "a namesake born the same day in another town": (
        LEILA,
        {"she": LEILA, "namesake": child("Leila", home=FAR)},
        "she: first, namesake: not likely",
    ),
    "a namesake of another age in another town": (
        LEILA,
        {"namesake": child("Leila", dob="2011-12-01", home=FAR)},
        "namesake: not likely",
    ),
    "neighbours in one block of flats": (
        child("Leila", home="Flat 2, 9 High Street|ZA1 1AA"),
        {
            "she": child("Leila", home="Flat 2, 9 High Street|ZA1 1AA"),
            "neighbour": child("Lena", "Stone", home="Flat 3, 9 High Street|ZA1 1AA"),
        },
        "she: first likely, neighbour: unlikely",
    ),
    "no surname, an age, a street": (
        child("Leila", "", "", "12 Mill Lane|", age_years="11"),
        {"she": LEILA, "brother": YOUNGER},
        "she: first, brother: not likely",
    ),
    "the next family in the house, after the child moved out": (
        LEILA,
        {
            "she": child("Leila", home=ELM, previous_addresses="12 Mill Lane|ZA1 1AA"),
            "next": child("Noor", "Aziz", "2015-08-01"),
        },
        "she: first likely, next: unlikely",
    ),
    "no fixed abode on both": (
        child("Leila", "Stone", "", "No fixed abode|NF1 1NF"),
        {"other": child("Oscar", "Quill", "2015-04-13", "No fixed abode|NF1 1NF")},
        "other: unlikely",
    ),
}
STORIES = TWINS | FAMILIES | NAMES | BIRTHS | NUMBERS | PLACES
# Every other story: through the register, the index and the search, on both databases.
THROUGH_SEARCH = list(STORIES)[::2]


# ---------------------------------------------------------------- how a story is told and judged


def reported(words):
    """What was said, in the columns of a reported child."""
    day = {key: date.fromisoformat(words[key]) if words.get(key) else None
           for key in ("dob", "expected_date", "mother_dob")}  # fmt: skip
    return identity(
        given_names=words["given_names"],
        family_name=words["family_name"],
        stated_quality=words.get("dob_quality"),
        age_years=int(words["age_years"]) if words.get("age_years") else None,
        age_as_of=HEARD,
        sex=words.get("sex"),
        nhs_number=words.get("nhs_number"),
        upn=words.get("upn"),
        addresses=((words["address_line"], words["postcode"]),),
        mother_name=words.get("mother_name"),
        **day,
    )


def register(folder, known):
    """The register's file with these children."""
    file = folder / "register.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS)
        rows.writeheader()
        for who, words in known.items():
            rows.writerow({"child_id": who, "dob_quality": quality(words), "sex": "U"} | words)
    return file


def quality(words):
    if words.get("expected_date"):
        return "expected"
    return "exact" if words["dob"] else "unknown"


def identities(folder, known):
    rows = list(read_register(register(folder, known), today=HEARD))
    assert all(isinstance(row, RegisterRow) for row in rows), rows
    return [(row.child_id, identity_of_row(row)) for row in rows]


def judge(candidates, expectation):
    """Refuse with the whole answer when it is not as the story says."""
    found = {each.id: each for each in candidates}
    told = "; ".join(f"{e.id} {e.band} {e.probability:.4f}" for e in candidates)
    for part in expectation.split(", "):
        who, _, wish = part.partition(": ")
        if wish.startswith("first"):
            assert candidates, told
            assert candidates[0].id == who, told
            wish = wish.removeprefix("first").strip()
        band = found[who].band if who in found else Band.UNLIKELY
        if wish == "not likely":
            assert band is not Band.LIKELY, told
        elif wish:
            assert band == wish, told


@pytest.mark.parametrize("story", STORIES)
def test_the_story_ends_as_it_should(story, tmp_path):
    said, known, expectation = STORIES[story]
    answer = score(reported(said), identities(tmp_path, known))
    judge(answer.candidates, expectation)


@pytest.mark.parametrize("story", THROUGH_SEARCH)
def test_the_story_ends_so_through_the_search_too(story, session, beth, tmp_path):
    said, known, expectation = STORIES[story]
    import_register(session, register(tmp_path, known), by=OPERATOR, at=MONDAY_NINE)
    names = {person.id: person.register_id for person in session.query(Person)}
    found = search(session, reported(said), by=beth)
    judge([Named(each, names[each.id]) for each in found.candidates], expectation)


class Named:
    """A candidate by the name it has in the story."""

    def __init__(self, candidate, who):
        self.id, self.band, self.probability = who, candidate.band, candidate.probability


def test_there_are_stories_enough():
    assert len(STORIES) >= 60


# ---------------------------------------------------------------- homes of very many children


REFUGE = RegisterFacts(NO_REGISTER.size, crowded=frozenset({("ZA11AA", "12")}))


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (child("Leila"), child("Lena", "Stone")),
        (child("Leila", dob=""), child("Leila", "Stone", "2013-01-20")),
        (child("Leila", ""), child("Leyla", "Hassan", "2015-09-01")),
    ],
    ids=["born the same day", "no birth date said", "no surname said"],
)
def test_two_children_of_one_refuge_are_no_nearer_for_living_there(said, known, tmp_path):
    one = score(reported(said), identities(tmp_path, {"other": known}), facts=REFUGE)
    elsewhere = score(
        reported(said | {"address_line": "", "postcode": ""}),
        identities(tmp_path, {"other": known}),
        facts=REFUGE,
    )
    assert one.candidates[0].bits == elsewhere.candidates[0].bits
    assert one.candidates[0].band is not Band.LIKELY


def test_in_a_refuge_the_child_is_known_by_what_is_her_own(tmp_path):
    known = {"she": LEILA | MOTHER, "other": child("Lena", "Stone")}
    answer = score(reported(LEILA | MOTHER), identities(tmp_path, known), facts=REFUGE)
    judge(answer.candidates, "she: first likely, other: unlikely")


# ---------------------------------------------------------------- several children on one contact


def test_a_brother_and_sister_named_together_are_two_records(session, beth, tmp_path):
    known = {"she": LEILA, "he": child("Oskar", sex="M")}
    import_register(session, register(tmp_path, known), by=OPERATOR, at=MONDAY_NINE)
    names = {person.id: person.register_id for person in session.query(Person)}
    nicknamed = child("Ozzy", sex="M")
    alone = search(session, reported(nicknamed), by=beth)
    both = search_together(session, [reported(LEILA), reported(nicknamed)], by=beth)
    hers, his = ([Named(each, names[each.id]) for each in found.candidates] for found in both)
    judge(hers, "she: first likely, he: not likely")
    judge(his, "he: first, she: unlikely")
    chance = {names[each.id]: each.probability for each in alone.candidates}
    assert his[0].probability >= chance["he"]


def test_one_record_is_given_to_one_of_two_children_named_alike(session, beth, tmp_path):
    import_register(session, register(tmp_path, {"she": LEILA}), by=OPERATOR, at=MONDAY_NINE)
    both = search_together(session, [reported(LEILA), reported(child("Layla"))], by=beth)
    chances = [found.candidates[0].probability for found in both]
    assert sum(chances) <= 1.0 + 1e-9
    assert chances[0] > chances[1]


# ---------------------------------------------------------------- too little to search


THIN = {
    "a given name alone": child("Leila", "", "", ""),
    "a surname alone": child("", "Khan", "", ""),
    "an age alone": child("", "", "", "", age_years="7"),
    "an address alone": child("", "", ""),
    "an unborn child with no mother": child("Unborn", "Khan", "", ""),
    "a placeholder date and a placeholder name": child("Baby", "", "1970-01-01", ""),
    "an NHS number that fails its check, and a surname": child(
        "", "Khan", "", "", nhs_number="9990000019"
    ),
    "not known in every field": child("not known", "N/A", "", ""),
}


@pytest.mark.parametrize("story", THIN)
def test_with_so_little_nothing_is_searched_and_it_says_what_to_ask(story, session, beth):
    said = reported(THIN[story])
    assert "ask for an NHS number, or" in enough_to_search(said)
    found = search(session, said, by=beth)
    assert (found.candidates, found.too_thin) == ((), enough_to_search(said))
