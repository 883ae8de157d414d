"""Whoever signs in as the first referrer finds contacts in every state, however small the year."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mash_triage.contacts.submission import ContactSubmission
from mash_triage.demo.calendar import is_school_day
from mash_triage.demo.families import register
from mash_triage.demo.first_referrer import first_referrer, sent_by_first_referrer
from mash_triage.demo.life import SCREENED, SENT, TAKEN_UP
from mash_triage.settings import ROOT
from mash_triage.thresholds.levels import read_edition

EDITION = read_edition(Path(ROOT) / "levels_of_need" / "default")
SUNDAY_NIGHT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
MIDDAY = datetime(2026, 8, 12, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module", params=[SUNDAY_NIGHT, MIDDAY], ids=["sunday night", "holidays"])
def at(request):
    return request.param


@pytest.fixture(scope="module")
def hers(at):
    return list(sent_by_first_referrer(7, at, register(7, at.date()), edition=EDITION))


def test_amara_has_some_at_every_stage(hers, at):
    assert first_referrer().name == "Amara Osei"
    reached = sorted(
        (at - contact.received_at) / child.decided_after
        for contact in hers
        for child in contact.children
    )
    assert any(share < TAKEN_UP for share in reached)
    assert any(TAKEN_UP < share < SCREENED for share in reached)
    assert any(SENT < share < 1 for share in reached)
    assert {child.outcome for contact in hers[:3] for child in contact.children} >= {"early_help"}
    assert all(
        child.stage is None and contact.received_at + child.decided_after < at
        for contact in hers[:3]
        for child in contact.children
    )


def test_she_signs_them_and_those_decided_came_on_school_days(hers):
    assert len(hers) == 7
    for contact in hers:
        submission = ContactSubmission.model_validate(contact.answers)
        assert (contact.sender, contact.agency) == (first_referrer().email, "Hill School")
        assert submission.referrer.name == "Amara Osei"
        assert submission.children[0].school == "Hill School"
    assert all(is_school_day(contact.received_at.date()) for contact in hers[:3])


def test_they_are_about_different_families_and_none_is_late(hers, at):
    assert len({contact.children[0].family for contact in hers}) == len(hers)
    for contact in hers[3:]:
        assert at - contact.received_at < timedelta(hours=24)
        assert all(child.decided_after < timedelta(hours=24) for child in contact.children)
