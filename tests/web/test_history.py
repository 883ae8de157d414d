"""A child's way on the page: the newest step first, also among steps of one moment."""

import streamlit as st

from mash_triage.contacts.pictures import MovePicture
from mash_triage.contacts.status import Status as S
from mash_triage.web import components
from tests.cast import MONDAY_NINE


def test_the_last_of_two_steps_of_one_moment_stands_first(monkeypatch):
    drawn = []
    monkeypatch.setattr(st, "html", drawn.append)
    steps = [
        MovePicture(S.MANAGER_REVIEW, S.RETURNED_TO_WORKER, MONDAY_NINE, "Carol", "Ask the school"),
        MovePicture(S.RETURNED_TO_WORKER, S.SCREENING, MONDAY_NINE, "Beth", ""),
        MovePicture(S.SCREENING, S.MASH_ENQUIRY, MONDAY_NINE, "Beth", ""),
    ]
    components.history(components.moves_as_history(steps))
    places = [drawn[0].index(words) for words in ("Agencies asked", "Being screened", "Returned")]
    assert places == sorted(places)
