"""How busy a team is, is no reason to depart from a suggestion; whatever is said of a child is."""

import pytest

from mash_triage.errors import NotReady
from mash_triage.screening.capacity import names_only_capacity
from mash_triage.screening.rules import check_departure
from mash_triage.thresholds.routes import DepartureReason


@pytest.mark.parametrize(
    "words",
    [
        "no capacity",
        "Team full.",
        "Waiting list",
        "NO ALLOCATION SLOTS!!",
        "There's no capacity in the early help team until January.",
        "We don’t have enough social workers, caseloads are too high",
        "Family Help has a 12-week waiting list at the moment",
        "Resources.",
    ],
)
def test_words_that_name_only_capacity_are_refused(words):
    assert names_only_capacity(words)
    with pytest.raises(NotReady, match="Say what about the child"):
        check_departure(DepartureReason.OTHER, words)


@pytest.mark.parametrize(
    "words",
    [
        "Mother lacks mental capacity to agree to this.",
        "No capacity, and her aunt has taken her in.",
        "He was full of energy and had eaten.",
        "Staff at the nursery saw the bruise.",
        "The family are waiting for housing.",
        "The school is already helping.",
        "Seen.",
    ],
)
def test_words_about_the_child_pass(words):
    check_departure(DepartureReason.OTHER, words)


def test_no_words_and_no_reason_are_refused_as_before():
    with pytest.raises(NotReady, match="Choose the reason"):
        check_departure(None, "She is safe with her aunt.")
    with pytest.raises(NotReady, match="in a sentence"):
        check_departure(DepartureReason.OTHER, "  ")
