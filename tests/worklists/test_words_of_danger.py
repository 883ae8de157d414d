"""Words of danger in the queue: seen before anybody takes the child up, and by those alone who may
read them."""

from mash_triage.screening.actions import take_up
from mash_triage.worklists.board import board
from mash_triage.worklists.danger import READ_AT_ONCE
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

NOW = MONDAY_NINE + HOUR
DANGER = {"concern": {"worry": "She has been missing since last night and nobody knows where."}}


def flagged(session, by):
    return {
        row.name.split()[0] for row in board(session, by=by, at=NOW).open if row.words_of_danger
    }


def test_they_stand_out_until_somebody_takes_the_child_up(session, amara, beth):
    ada = stories.a_child(session, {"given_names": "Ada"}, sent_by=amara, **DANGER)
    stories.a_child(session, {"given_names": "Ben"}, sent_by=amara)
    assert flagged(session, beth) == {"Ada"}
    take_up(session, ada.id, by=beth, at=NOW)
    assert flagged(session, beth) == set()


def test_many_at_once_are_read_look_by_look(session, amara, beth):
    names = {f"A{chr(97 + n)}" for n in range(READ_AT_ONCE + 2)}
    for name in names:
        stories.a_child(session, {"given_names": name}, sent_by=amara, **DANGER)
    assert len(flagged(session, beth)) == READ_AT_ONCE
    assert flagged(session, beth) == names


def test_words_about_a_restricted_child_are_not_told_by_a_mark(session, amara, beth, carol, dan):
    receipt = stories.a_receipt(
        session, {"given_names": "Zoe"}, {"given_names": "Mia"}, sent_by=amara, **DANGER
    )
    zoe, _ = stories.children_of(session, receipt)
    stories.know(session, zoe, by=carol, at=NOW)
    stories.restrict(session, zoe, readers=(carol, dan), by=carol, at=NOW)
    assert flagged(session, beth) == set()
    assert "Mia" in flagged(session, carol)
