"""A conversation is kept with its draft: its owner's alone, each turn once, gone on with later."""

import pytest

from mash_triage.chat.kept import begin_talk, change_fact, say, talk_of
from mash_triage.contacts.answers import value_at
from mash_triage.contacts.drafts import picture_of_draft
from mash_triage.errors import Changed, NotFound
from tests.cast import AMARA, DEV
from tests.stories import HOUR, MONDAY_NINE

HERS = {"by": AMARA, "at": MONDAY_NINE + HOUR}


def test_only_its_owner_sees_what_was_said(session, draft):
    say(session, draft, "no, nobody is", turn=1, **HERS)
    for deed in (
        lambda: talk_of(session, draft, by=DEV),
        lambda: say(session, draft, "x", turn=2, by=DEV, at=MONDAY_NINE),
        lambda: begin_talk(session, draft, by=DEV, at=MONDAY_NINE),
    ):
        with pytest.raises(NotFound):
            deed()


def test_a_turn_sent_twice_is_one_turn_and_is_gone_on_with_later(session, draft):
    for _ in range(2):
        say(session, draft, "no, nobody is", turn=1, **HERS)
    session.flush()
    session.expire_all()
    again = begin_talk(session, draft, by=AMARA, at=MONDAY_NINE + 9 * HOUR)
    assert again.turns == ("no, nobody is",)
    say(session, draft, "about Kayden Marsh, he is 6", turn=2, **HERS)
    answers = picture_of_draft(session, draft, by=AMARA).answers
    assert value_at(answers, "children[0].given_names") == "Kayden"


def test_words_from_two_windows_are_all_kept(session, draft):
    say(session, draft, "no, nobody is", turn=1, **HERS)
    say(session, draft, "about Kayden Marsh", turn=1, **HERS)
    assert talk_of(session, draft, by=AMARA).talk.turns == ("no, nobody is", "about Kayden Marsh")


def test_a_fact_changed_in_one_window_is_not_changed_unseen_in_another(session, draft):
    talk = say(session, draft, "about Kayden Marsh", turn=1, **HERS)
    name = next(fact for fact in talk.facts if fact.what == "given_names")
    change_fact(session, draft, name, "Kaiden", **HERS)
    answers = picture_of_draft(session, draft, by=AMARA).answers
    assert value_at(answers, "children[0].given_names") == "Kaiden"
    with pytest.raises(Changed):
        change_fact(session, draft, name, "Caden", **HERS)
