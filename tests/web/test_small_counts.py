"""What monitoring is told: no count of one to five, of whatever it is."""

import re

import pytest
from prometheus_client import generate_latest

from mash_triage.web import health

COUNTED = [
    ("mash_faults_total", health.FAULTS),
    ('mash_sign_ins_total{ended="refused"}', health.SIGN_INS.labels("refused")),
]


@pytest.fixture
def shown(monkeypatch):
    """Figures that monitoring reads, with nobody signed in and no message waiting."""
    monkeypatch.setattr(health.SignedIn, "collect", health.SignedIn.describe)
    monkeypatch.setattr(health.Unsent, "collect", health.Unsent.describe)
    return lambda: generate_latest(health.SHOWN).decode()


@pytest.mark.parametrize(("name", "counter"), COUNTED, ids=["faults", "sign-ins"])
def test_a_count_is_shown_from_six_on(shown, name, counter):
    counter.reset()
    for so_far in range(1, 8):
        counter.inc()
        line = f"{name} {float(so_far)}"
        assert (line in shown()) is (so_far >= 6)
        assert (f"\n{name} " in shown()) is (so_far >= 6)


def test_none_at_all_is_a_figure_too(shown):
    health.FAULTS.reset()
    assert "mash_faults_total 0.0" in shown()


def test_the_moment_of_a_first_refusal_is_not_told(shown):
    health.SIGN_INS.labels("refused").inc()
    assert not re.search(r"_created\b", shown())
