"""On what sharing rests: who has agreed for whom, and when a manager must give her word."""

from datetime import date
from uuid import uuid4

import pytest

from mash_triage.consent.models import ConsentRecord
from mash_triage.sharing.grounds import (
    Ground,
    Said,
    ground,
    is_child_protection,
    of_adult,
    of_child,
)
from mash_triage.thresholds.routes import Route

TODAY = date(2026, 1, 12)


def answer(status="given", capacity="parental_responsibility", covers="mash_checks", **more):
    told = {"subject": "Mia Thornbury", "given_by": "Rosa Thornbury", "expires_on": None}
    return ConsentRecord(
        id=uuid4(), status=status, capacity=capacity, covers=covers, **{**told, **more}
    )


def mia(*records, age=8):
    return of_child("Mia", records, age=age, on=TODAY)


def test_a_mother_with_parental_responsibility_agrees_for_a_child_of_eight():
    yes = answer()
    assert (mia(yes).said, mia(yes).consent_id) == (Said.YES, yes.id)


def test_agreement_from_somebody_without_parental_responsibility_does_not_count():
    standing = mia(answer(capacity="none"))
    assert standing.said is Said.NOTHING
    assert standing.words == "whoever agreed holds no parental responsibility"
    refused = answer("refused", capacity="none")
    assert mia(refused).said is Said.NOTHING, "nor does her no stand in a parent's way"
    assert mia(refused, answer()).said is Said.YES


def test_an_adult_who_speaks_for_herself_agrees_for_no_child():
    gran = {"subject": "Ada Thornbury", "given_by": "Ada Thornbury", "capacity": "self"}
    standing = mia(answer(**gran))
    assert (standing.said, standing.words) == (
        Said.NOTHING,
        "whoever agreed holds no parental responsibility",
    )
    assert mia(answer(**gran), age=16).said is Said.NOTHING
    assert mia(answer(**{**gran, "capacity": "attorney"})).said is Said.NOTHING
    refuses = mia(answer("refused", **gran))
    assert (refuses.said, refuses.words) == (Said.NO, "Ada Thornbury does not agree")
    assert mia(answer(**{**gran, "subject": "Mia's aunt"})).said is Said.NOTHING
    for other in ("Mia Thornbury's aunt", "Thornbury"):
        says = answer(**{**gran, "subject": other})
        assert of_child("Mia Thornbury", [says], age=16, on=TODAY).said is Said.NOTHING
    competent = answer(subject="The young person", capacity="gillick")
    assert mia(competent, age=15).said is Said.YES
    hers = {"given_by": "Thornbury, Mia", "subject": "Thornbury, Mia", "capacity": "self"}
    assert mia(answer(**hers), age=16).said is Said.YES


def test_a_competent_fifteen_year_old_who_objects_is_not_covered_by_a_parents_yes():
    objects = answer("refused", capacity="gillick", subject="Mia Thornbury")
    standing = mia(answer(), objects, age=15)
    assert (standing.said, standing.words) == (Said.NO, "The young person does not agree")
    assert ground([standing], None, protects=False) is Ground.MANAGER
    assert ground([standing], "child_objects", protects=False) is Ground.MANAGER
    assert ground([standing], None, protects=True) is Ground.PROTECTION


def test_from_sixteen_on_only_the_young_persons_own_yes_counts():
    assert mia(answer(), age=15).said is Said.YES
    assert mia(answer(), age=16).said is Said.NOTHING
    assert mia(answer(capacity="self"), age=16).said is Said.YES


@pytest.mark.parametrize(
    "other",
    [
        answer(covers="early_help"),
        answer(expires_on=date(2026, 1, 11)),
        answer("not_asked"),
    ],
    ids=["of something else", "over since yesterday", "not asked"],
)
def test_other_answers_are_no_agreement_to_sharing(other):
    assert mia(other).said is Said.NOTHING


def test_agreement_stands_on_its_last_day_and_ends_when_withdrawn():
    yes = answer(expires_on=TODAY)
    assert mia(yes).said is Said.YES
    assert mia(yes, answer("withdrawn", replaces_id=yes.id)).said is Said.NO


def test_a_mothers_yes_does_not_cover_the_father():
    yes = answer(subject="Rosa Thornbury", capacity="self")
    assert of_adult("rosa thornbury ", [yes], on=TODAY).said is Said.YES
    assert of_adult("Lee Thornbury", [yes], on=TODAY).said is Said.NOTHING


def test_nobody_agrees_for_a_father_but_he_himself_or_his_attorney():
    lee = {"subject": "Lee Thornbury"}

    def stands(*records):
        return of_adult("Lee Thornbury", records, on=TODAY).said

    assert stands(answer(**lee)) is Said.NOTHING, "what Rosa says for him"
    assert stands(answer(capacity="none", **lee)) is Said.NOTHING
    assert stands(answer(given_by="Lee Thornbury")) is Said.NOTHING, "what he says for Mia"
    assert stands(answer(given_by="lee thornbury", **lee)) is Said.YES
    assert stands(answer(capacity="attorney", **lee)) is Said.YES
    assert stands(answer("refused", **lee)) is Said.NO, "a no for him goes to a manager"


def test_below_child_protection_no_agreement_and_no_reason_need_a_manager():
    nobody, yes = mia(), mia(answer())
    assert ground([yes], None, protects=False) is Ground.AGREEMENT
    assert ground([yes, nobody], None, protects=False) is Ground.MANAGER
    assert ground([yes, nobody], "cannot_contact", protects=False) is Ground.REASON
    assert ground([nobody], "not_yet", protects=False) is Ground.MANAGER


def test_red_or_section_47_is_child_protection_and_amber_is_not():
    assert is_child_protection("red", None)
    assert is_child_protection("amber", Route.S47)
    assert not is_child_protection("amber", Route.S17)
    assert not is_child_protection(None, None)
