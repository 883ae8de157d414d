"""A year at the front door, planned: its shares, its words, its open children."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from mash_triage.clocks.rules import one_working_day
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.submission import ContactSubmission
from mash_triage.demo.calendar import age_on, is_school_day, school_year
from mash_triage.demo.deeds import token_of
from mash_triage.demo.families import newcomers, register
from mash_triage.demo.grammar import sentences_of
from mash_triage.demo.moments import YEAR_OF_CHILDREN
from mash_triage.demo.names import agencies, people
from mash_triage.demo.plan import plan_days, plan_year
from mash_triage.demo.planned import Stage
from mash_triage.settings import ROOT
from mash_triage.thresholds.levels import read_edition

pytestmark = pytest.mark.xdist_group("a year is planned once")

EDITION = read_edition(Path(ROOT) / "levels_of_need" / "default")
LAST = datetime(2026, 11, 19, 11, 0, tzinfo=UTC)
FIRST = date(2025, 11, 20)
HOURS_24 = timedelta(hours=24)
CLOSE = 60  # contacts within which no sentence comes twice
FREE_TEXTS = ("worry", "working_well", "child_voice")


@pytest.fixture(scope="module")
def families():
    return register(7, LAST.date())


@pytest.fixture(scope="module")
def strangers():
    return newcomers(7, LAST.date(), 4_000)


@pytest.fixture(scope="module")
def year(families, strangers):
    return list(plan_year(7, FIRST, LAST, families, strangers, edition=EDITION))


@pytest.fixture(scope="module")
def children(year):
    return [child for contact in year for child in contact.children]


def test_every_contact_has_a_token_of_its_own_also_two_of_one_person_in_one_second(year):
    assert len({token_of(contact) for contact in year}) == len(year)
    one, other = next(two for two in pairwise(year) if two[0].children[0] != two[1].children[0])
    at_once = replace(other, received_at=one.received_at, sender=one.sender)
    assert token_of(at_once) != token_of(one)
    assert token_of(one) == token_of(replace(one))


def percent(part, whole):
    return 100 * sum(part) / len(whole)


def within_one_point(value, wanted):
    return abs(value - wanted) <= 1


def test_the_year_has_its_children_on_contacts(children):
    assert abs(len(children) - YEAR_OF_CHILDREN) <= YEAR_OF_CHILDREN / 100


@pytest.mark.parametrize(
    ("outcomes", "wanted"),
    [
        (("strategy_discussion",), 6.5),
        (("s17_assessment",), 21.5),
        (("early_help",), 26),
        (("advice", "universal_signpost"), 40),
        (("open_case",), 6),
    ],
)
def test_outcomes_keep_their_shares(children, outcomes, wanted):
    assert within_one_point(percent((c.outcome in outcomes for c in children), children), wanted)


@pytest.mark.parametrize(("rag", "wanted"), [("red", 6), ("amber", 24), ("green", 70)])
def test_ratings_keep_their_shares(children, rag, wanted):
    assert within_one_point(percent((c.rag == rag for c in children), children), wanted)


def test_referrals_and_their_repeats(children):
    referrals = [child for child in children if child.is_referral]
    assert abs(len(referrals) - 2_630) <= 94
    assert within_one_point(percent((c.is_rereferral for c in referrals), referrals), 17)


def test_a_repeated_referral_follows_another_of_the_same_child(year):
    referred: set[str] = set()
    for contact in year:
        for child in contact.children:
            if child.is_referral:
                assert child.is_rereferral == (child.key in referred)
                referred.add(child.key)


SOURCES = {
    "individuals": (("1A", "1B", "1C", "1D"), 6.8),
    "schools": (("2A",), 15.4),
    "education": (("2B",), 1.8),
    "health": (("3A", "3B", "3C", "3D", "3E", "3F"), 12.7),
    "housing": (("4",), 1.1),
    "local authority": (("5A", "5B", "5C", "5D"), 11.9),
    "police": (("6",), 40),
    "other legal": (("7",), 3.3),
    "other": (("8",), 4.1),
    "anonymous": (("9",), 1.8),
    "unknown": (("10",), 1.2),
}


@pytest.mark.parametrize(("codes", "wanted"), SOURCES.values(), ids=SOURCES)
def test_sources_keep_their_shares(year, codes, wanted):
    sent = [contact.answers["referrer"]["source_code"] for contact in year]
    assert within_one_point(percent((code in codes for code in sent), sent), wanted)


def test_most_decisions_are_in_time(year, children):
    holidays = BankHolidays()
    both = [(contact, child) for contact in year for child in contact.children]
    in_24 = percent((child.decided_after <= HOURS_24 for child in children), children)
    in_a_day = percent(
        (
            contact.received_at + child.decided_after
            <= one_working_day(contact.received_at, EDITION.clocks, holidays)
            for contact, child in both
        ),
        both,
    )
    assert within_one_point(in_24, 88)
    assert within_one_point(in_a_day, 92)


def test_several_children_agreement_and_departures_keep_their_shares(year, children):
    assert within_one_point(percent((len(c.children) > 1 for c in year), year), 15)
    missing = percent((c.consent.is_missing_or_contested for c in children), children)
    assert within_one_point(missing, 3.2)
    assert within_one_point(percent((c.departure is not None for c in children), children), 7)


def test_a_route_other_than_the_suggested_is_always_a_departure_with_words(children):
    for child in children:
        if child.route is not None:
            assert (child.route != child.suggested_route) == (child.departure is not None)
        if child.departure:
            assert len(child.departure.words) > 30


def test_mondays_are_busier_and_august_and_christmas_quieter(year):
    days = Counter(contact.received_at.weekday() for contact in year)
    ordinary = sum(days[day] for day in (1, 2, 3, 4)) / 4
    assert 1.15 <= days[0] / ordinary <= 1.35
    months = Counter(contact.received_at.month for contact in year)
    assert months[8] < 0.9 * len(year) / 12
    christmas = [c for c in year if (c.received_at.month, c.received_at.day) >= (12, 22)]
    assert len(christmas) < 0.8 * len(year) * 10 / 365


def test_schools_write_on_school_days_and_police_at_weekends(year):
    at_school = [c for c in year if c.voice == "school"]
    assert all(is_school_day(contact.received_at.date()) for contact in at_school)
    weekend = Counter(c.voice for c in year if c.received_at.weekday() > 4)
    assert weekend["police"] > 0.6 * weekend.total()


def test_contacts_come_oldest_first_and_within_the_period(year):
    moments = [contact.received_at for contact in year]
    assert moments == sorted(moments)
    assert moments[0].date() >= FIRST
    assert moments[-1] <= LAST


def test_every_planned_contact_is_a_valid_submission(year):
    for contact in year:
        submission = ContactSubmission.model_validate(contact.answers)
        assert len(submission.children) == len(contact.children)


def test_senders_belong_to_the_agency_and_deciders_differ_from_screeners(year):
    agency_of = {person.email: person.agency for person in people()}
    role_of = {person.email: person for person in people()}
    names = {agency.name for agency in agencies()}
    for contact in year:
        assert agency_of[contact.sender] == contact.agency
        assert contact.agency in names
        assert contact.worker != contact.manager
        assert role_of[contact.manager].role == "manager"
        assert role_of[contact.manager].qualified


def test_no_narrative_comes_more_than_three_times(year):
    told = Counter(contact.answers["concern"]["worry"] for contact in year)
    assert max(told.values()) <= 3


@pytest.mark.parametrize("text", FREE_TEXTS)
def test_no_sentence_comes_twice_close_together(year, text):
    last: dict[str, int] = {}
    repeated = []
    for place, contact in enumerate(year):
        for said in set(_sentences(contact, text)):
            if place - last.get(said, -CLOSE) < CLOSE:
                repeated.append((contact.story, said))
            last[said] = place
    assert repeated == []


def _sentences(contact, text):
    told = contact.answers["concern"][text]
    return sentences_of(told) if isinstance(told, str) and " " in told else ()


def test_no_sentence_comes_twice_among_the_open_contacts(year):
    is_open = [c for c in year if any(child.stage for child in c.children)]
    said = Counter(line for c in is_open for text in FREE_TEXTS for line in _sentences(c, text))
    assert [line for line, times in said.items() if times > 1] == []


def _subject(contact):
    return contact.answers["children"][0]


def _born(contact):
    age = _subject(contact)["age"]
    return date.fromisoformat(age["date_of_birth"]) if age["kind"] == "born" else None


PRONOUNS = {"F": ("she", "her"), "M": ("he", "his")}


def test_pronouns_agree_with_the_child(year):
    checked = 0
    for contact in year:
        child = _subject(contact)
        if child["sex"] == "U" or len(contact.children) > 1:
            continue
        name = re.escape(child["given_names"].split()[0])
        he, his = PRONOUNS[child["sex"]]
        for text in FREE_TEXTS:
            told = contact.answers["concern"][text]
            if not isinstance(told, str):
                continue
            spoke = rf"\b{name} (?:said|says|told \w+)(?: that)? (he|she)\b"
            theirs = rf"\b{name} [^.\"]{{0,30}}\b(his|her) (?:mother|grandmother)\b(?!')"
            for found in re.finditer(spoke, told):
                assert found[1] == he, told
                checked += 1
            for found in re.finditer(theirs, told):
                assert found[1] == his, told
                checked += 1
    assert checked > 200


def test_ages_agree_with_the_birth_date(year):
    checked = 0
    for contact in year:
        born, child = _born(contact), _subject(contact)
        if child["age"]["kind"] == "unborn":
            continue
        on = contact.received_at.date()
        age = age_on(born, on) if born else child["age"]["age_years"]
        name = re.escape(child["given_names"].split()[0])
        told = contact.answers["concern"]["worry"]
        for found in re.finditer(rf"\b{name},? (?:\(|aged )(\d+)\b(?! (?:week|month))", told):
            assert int(found[1]) == age, told
            checked += 1
    assert checked > 1_000


def test_school_years_agree_with_the_birth_date(year):
    checked = 0
    for contact in year:
        born, child = _born(contact), _subject(contact)
        if born is None:
            continue
        name = re.escape(child["given_names"].split()[0])
        told = contact.answers["concern"]["worry"]
        for found in re.finditer(rf"\b{name}(?:,| in| \() ?(Reception|Year \d+)", told):
            year_then = school_year(born, contact.received_at.date())
            assert found[1] == ("Reception" if year_then == 0 else f"Year {year_then}"), told
            checked += 1
    assert checked > 300


def test_brothers_and_sisters_named_are_those_of_the_household(year):
    checked = 0
    for contact in year:
        household = contact.answers["household"]
        told = contact.answers["concern"]["worry"]
        for found in re.finditer(r"\b(brother|sister) ([A-Z]\w+) \((\d+)\)", told):
            kin, name, age = found.groups()
            member = next(m for m in household if m["name"].split()[0] == name)
            born = date.fromisoformat(member["date_of_birth"])
            assert member["relationship"].lower() == kin
            assert age_on(born, contact.received_at.date()) == int(age)
            checked += 1
    assert checked > 300


def test_about_forty_children_are_open_at_every_stage_and_a_few_are_late(year):
    stages = Counter(child.stage for c in year for child in c.children if child.stage)
    assert set(stages) == set(Stage)
    assert 34 <= stages.total() <= 46
    late = [
        child
        for contact in year
        for child in contact.children
        if child.stage not in (None, Stage.AGREEMENT_AWAITED)
        and LAST - contact.received_at > HOURS_24
    ]
    assert 2 <= len(late) <= 8


def test_who_is_not_open_was_decided_by_the_end(year):
    for contact in year:
        for child in contact.children:
            is_decided = contact.received_at + child.decided_after <= LAST
            assert is_decided == (child.stage in (None, Stage.AGREEMENT_AWAITED))


def test_families_come_back_with_the_same_kind_of_worry(year):
    again = [c for c in year if any(child.repeat_comment for child in c.children)]
    times = Counter(contact.children[0].family for contact in year)
    assert len(again) > 1_500
    assert sum(count >= 3 for count in times.values()) > 100


def _small(families, strangers, seed=3, last=LAST, first=FIRST):
    return list(
        plan_days(seed, first, last, families, strangers, edition=EDITION, share=0.03, open_now=12)
    )


def test_the_same_seed_gives_the_same_plan(families, strangers):
    one = _small(families, strangers)
    assert one == _small(families, strangers)
    assert one != _small(families, strangers, seed=4)


@pytest.mark.parametrize("hour", [0, 9, 23])
def test_a_monday_has_open_children_at_any_hour(families, strangers, hour):
    monday = datetime(2026, 11, 16, hour, 5, tzinfo=UTC)
    plan = _small(families, strangers, last=monday, first=date(2025, 11, 17))
    assert sum(child.stage is not None for c in plan for child in c.children) >= 8


def test_the_days_on_which_nobody_looked_are_planned_the_same_way(families, strangers):
    first = date(2026, 11, 14)
    missing = list(plan_days(8, first, LAST, families, strangers, edition=EDITION))
    count = sum(len(contact.children) for contact in missing)
    assert 80 <= count <= 200
    assert all(contact.received_at.date() >= first for contact in missing)


def test_a_morning_after_one_night_has_its_open_children(families, strangers):
    first = date(2026, 11, 19)
    morning = list(plan_days(8, first, LAST, families, strangers, edition=EDITION))
    assert sum(child.stage is not None for c in morning for child in c.children) >= 12
    assert all(contact.received_at.date() == first for contact in morning)
