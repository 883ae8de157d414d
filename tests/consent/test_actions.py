"""Told, agreed, and lawful to share: added to and never edited, and never in a decision's way."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from mash_triage.consent import rules
from mash_triage.consent.actions import ConsentFacts, record_consent, record_lawful_basis
from mash_triage.consent.models import ConsentRecord
from mash_triage.consent.queries import consent_of, consent_rows, lawful_bases_of
from mash_triage.contacts.pictures import picture_of_child
from mash_triage.contacts.status import Status
from mash_triage.decisions.actions import record_decision
from mash_triage.errors import Changed, NotAllowed, NotReady
from mash_triage.screening.queries import picture_of_screening
from mash_triage.text import NOTE
from tests import stories
from tests.stories import HOUR, MONDAY_NINE


def facts(**changes):
    return ConsentFacts(
        **{"subject": "Rosa Thornbury", "covers": "early_help", "status": "given", **changes}
    )


@pytest.fixture
def child(session, amara, beth):
    return stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)


def record(session, child, by, *, after=0, **changes):
    return record_consent(
        session, child.id, facts(**changes), by=by, at=MONDAY_NINE + (2 + after) * HOUR
    )


def test_a_change_of_mind_is_a_new_record_and_the_old_one_stays(session, beth, child):
    first = record(session, child, beth)
    second = record(session, child, beth, after=1, status="refused", words="No, thank you.")

    assert second.replaces_id == first.id
    newest, oldest = consent_of(session, child.id, by=beth)
    assert (newest.status, newest.is_replaced, newest.by_name) == ("refused", False, beth.name)
    assert (oldest.status, oldest.is_replaced) == ("given", True)


def test_another_person_or_another_purpose_replaces_nothing(session, beth, child):
    record(session, child, beth)
    assert record(session, child, beth, subject="Tom Thornbury").replaces_id is None
    assert record(session, child, beth, covers="sharing").replaces_id is None
    for_mia = {"subject": "Mia Thornbury", "given_by": "Rosa Thornbury"}
    assert record(session, child, beth, **for_mia).replaces_id is None
    assert len(rules.in_force(consent_rows(session, child.id))) == 4


def test_the_same_name_in_small_letters_is_the_same_person(session, beth, child):
    first = record(session, child, beth)
    assert record(session, child, beth, after=1, subject="rosa thornbury ").replaces_id == first.id


def test_a_record_that_was_replaced_already_is_not_replaced_again(session, beth, child):
    first = record(session, child, beth)
    record(session, child, beth, after=1, status="refused", replaces_id=first.id)
    with pytest.raises(Changed):
        record(session, child, beth, after=2, replaces_id=first.id)


def test_another_childs_record_is_not_replaced(session, amara, beth, child):
    other = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    theirs = record(session, other, beth)
    with pytest.raises(Changed):
        record(session, child, beth, replaces_id=theirs.id)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"subject": "  "}, "whose agreement"),
        ({"subject": "R" * 301}, "Shorten"),
        ({"covers": "everything"}, "about"),
        ({"status": "maybe"}, "where agreement stands"),
        ({"status": "not_asked"}, "why agreement was not asked"),
        ({"status": "not_able", "why_not": "tired"}, "why agreement was not asked"),
        ({"status": "refused", "why_not": "tired"}, "one of the reasons"),
        ({"status": "withdrawn"}, "what stops"),
        ({"capacity": "landlord"}, "capacity"),
        ({"how": "by dream"}, "how"),
        ({"told": "perhaps"}, "told"),
    ],
    ids=str,
)
def test_what_a_record_lacks_is_said_in_words(session, beth, child, changes, words):
    with pytest.raises(NotReady, match=words):
        record(session, child, beth, **changes)
    assert session.scalar(select(func.count()).select_from(ConsentRecord)) == 0


@pytest.mark.parametrize("why", rules.WHY_NOT)
def test_every_coded_reason_for_not_asking_is_taken(session, beth, child, why):
    made = record(session, child, beth, status="not_asked", why_not=why)
    assert (made.asked, made.why_not) == ("no", why)


def test_only_a_deciding_manager_authorises_sharing_without_agreement(session, beth, carol, child):
    override = {"status": "refused", "override_basis": "public_task", "override_note": "Safe\x00."}
    assert record(session, child, beth, **override).authorised_by is None
    by_carol = record(session, child, carol, after=1, **override)
    assert (by_carol.authorised_by, by_carol.authorised_at) == (
        carol.user_id,
        MONDAY_NINE + 3 * HOUR,
    )
    assert by_carol.override_note == f"Safe{NOTE}."


@pytest.mark.parametrize(
    "answer",
    [None, {"status": "refused"}, {"status": "not_asked", "why_not": "not_yet"}],
    ids=["never recorded", "refused", "not asked"],
)
def test_missing_or_refused_agreement_changes_no_level_and_stops_no_decision_and_no_clock(
    session, amara, beth, carol, answer
):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    stories.screen(session, child, by=beth, at=MONDAY_NINE + 2 * HOUR)
    before = picture_of_screening(session, child.id, by=beth)
    clocks = picture_of_child(session, child.id, by=beth).clocks
    if answer:
        record(session, child, beth, **answer)

    after = picture_of_screening(session, child.id, by=beth)
    assert (after.level, after.suggestion, after.missing) == (
        before.level,
        before.suggestion,
        before.missing,
    )
    assert picture_of_child(session, child.id, by=beth).clocks == clocks
    stories.send(session, child, by=beth, at=MONDAY_NINE + 3 * HOUR)
    record_decision(session, child.id, stories.a_decision(), by=carol, at=MONDAY_NINE + 4 * HOUR)
    assert child.status == Status.DECIDED


def test_an_agreement_that_has_run_out_is_no_agreement(session, beth, child):
    on = date(2026, 2, 1)
    made = record(session, child, beth, expires_on=on)
    rows = consent_rows(session, child.id)
    assert rules.agreement_to_early_help(rows, on=on) is made
    assert rules.agreement_to_early_help(rows, on=on + timedelta(days=1)) is None


def test_a_nurse_elsewhere_reads_no_consent(session, dev, child):
    with pytest.raises(NotAllowed):
        consent_of(session, child.id, by=dev)


# ---------------------------------------------------------------- lawful basis

BASIS = {
    "article_6": "public_task",
    "article_9": "substantial_public_interest",
    "gateway": "ca2004_s10",
    "confidentiality": "public_interest",
    "necessity": "The health visitor is told so that she can see the baby today.",
}


def test_the_lawful_basis_is_its_own_record_with_who_and_when(session, beth, child):
    record_lawful_basis(session, child.id, **BASIS, by=beth, at=MONDAY_NINE)
    record_lawful_basis(
        session, child.id, **{**BASIS, "gateway": "ca1989_s47"}, by=beth, at=MONDAY_NINE + HOUR
    )
    assert [
        (each.gateway, each.by_name) for each in lawful_bases_of(session, child.id, by=beth)
    ] == [
        ("ca1989_s47", beth.name),
        ("ca2004_s10", beth.name),
    ]


@pytest.mark.parametrize("part", BASIS)
def test_every_part_of_the_lawful_basis_is_wanted(session, beth, child, part):
    with pytest.raises(NotReady):
        record_lawful_basis(session, child.id, **{**BASIS, part: " "}, by=beth, at=MONDAY_NINE)
