"""Drafts: saved as they grow, only their owner's, and sent once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mash_triage.contacts.actions import send_draft
from mash_triage.contacts.drafts import (
    discard_draft,
    drafts_of,
    merged,
    picture_of_draft,
    restore_draft,
    save_answers,
    save_draft,
    start_draft,
)
from mash_triage.contacts.models import Contact
from mash_triage.contacts.reference import show_reference
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.text import NOTE
from tests import stories
from tests.stories import MONDAY_NINE

MINUTE = timedelta(minutes=1)


@pytest.fixture
def draft(session, amara):
    started = start_draft(session, by=amara, at=MONDAY_NINE)
    session.flush()
    return started


def save(session, draft, changes, *, by, after=1, step=None):
    return save_draft(session, draft.id, changes, step=step, by=by, at=MONDAY_NINE + after * MINUTE)


def test_a_draft_is_saved_step_by_step_and_found_again(session, amara, draft):
    save(session, draft, {"danger": {"in_danger_now": "no"}}, by=amara, step="about_you")
    save(session, draft, {"danger": {"safe_adult_named": "yes"}}, by=amara, after=2)

    (found,) = drafts_of(session, by=amara)
    assert found.answers == {"danger": {"in_danger_now": "no", "safe_adult_named": "yes"}}
    assert (found.step, found.saved_at) == ("about_you", MONDAY_NINE + 2 * MINUTE)


def test_nobody_else_sees_saves_sends_or_discards_it(session, amara, dev, carol, draft):
    for other in (dev, carol):
        assert drafts_of(session, by=other) == []
        for deed in (
            lambda by: picture_of_draft(session, draft.id, by=by),
            lambda by: save(session, draft, {"x": 1}, by=by),
            lambda by: send_draft(session, draft.id, by=by, at=MONDAY_NINE),
            lambda by: discard_draft(session, draft.id, by=by, at=MONDAY_NINE),
            lambda by: restore_draft(session, draft.id, by=by),
        ):
            with pytest.raises(NotFound):
                deed(other)


def test_an_administrator_starts_no_draft(session, ada):
    with pytest.raises(NotAllowed):
        start_draft(session, by=ada, at=MONDAY_NINE)


def test_two_tabs_that_save_at_once_keep_each_others_sections(database, amara):
    with database.work() as session:
        draft = start_draft(session, by=amara, at=MONDAY_NINE)
        session.flush()
        draft_id = draft.id

    def tab(number):
        with database.work() as session:
            changes = {f"section_{number % 8}": {f"answer_{number}": number}}
            save_draft(session, draft_id, changes, by=amara, at=MONDAY_NINE)

    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(tab, range(24)))

    with database.look() as session:
        answers = picture_of_draft(session, draft_id, by=amara).answers
    assert sum(len(section) for section in answers.values()) == 24


def test_lists_and_gaps_are_replaced_whole():
    answers = {"children": [{"a": 1}], "concern": {"working_well": {"missing": "not_known"}}}
    changes = {"children": [{"b": 2}], "concern": {"working_well": "Her aunt."}}
    assert merged(answers, changes) == changes
    assert merged(changes, answers) == answers


def test_what_cannot_be_stored_is_taken_out_of_a_draft_too(session, amara, draft):
    save(session, draft, {"concern": {"worry": "hungry\x00\ud800"}}, by=amara)
    session.flush()
    session.expire_all()
    assert picture_of_draft(session, draft.id, by=amara).answers["concern"]["worry"] == (
        f"hungry{NOTE}"
    )


def test_a_draft_put_away_can_be_brought_back(session, amara, draft):
    save(session, draft, stories.answers(), by=amara)
    discard_draft(session, draft.id, by=amara, at=MONDAY_NINE)
    assert drafts_of(session, by=amara) == []
    restore_draft(session, draft.id, by=amara)
    assert drafts_of(session, by=amara)[0].answers == stories.answers()


def test_three_clicks_on_send_are_one_contact(session, amara, draft):
    save(session, draft, stories.answers(), by=amara)
    receipts = {
        send_draft(session, draft.id, by=amara, at=MONDAY_NINE + minutes * MINUTE)
        for minutes in (3, 4, 5)
    }
    assert len(receipts) == 1
    assert session.scalar(select(func.count()).select_from(Contact)) == 1
    assert (draft.sent_at, drafts_of(session, by=amara)) == (MONDAY_NINE + 3 * MINUTE, [])


def test_three_clicks_at_the_same_moment_are_one_contact(database, amara):
    with database.work() as session:
        draft = start_draft(session, by=amara, at=MONDAY_NINE)
        session.flush()
        save_draft(session, draft.id, stories.answers(), by=amara, at=MONDAY_NINE)
        draft_id = draft.id

    def click(_):
        with database.work() as session:
            return send_draft(session, draft_id, by=amara, at=MONDAY_NINE)

    with ThreadPoolExecutor(3) as clicks:
        assert len(set(clicks.map(click, range(3)))) == 1


def test_nothing_is_saved_into_a_draft_that_was_sent(session, amara, draft):
    save(session, draft, stories.answers(), by=amara)
    send_draft(session, draft.id, by=amara, at=MONDAY_NINE)
    with pytest.raises(Changed, match="My contacts"):
        save(session, draft, {"concern": {"worry": "more"}}, by=amara)


def test_an_unfinished_draft_is_not_sent_and_not_lost(session, amara, draft):
    save(session, draft, {"concern": {"worry": "hungry"}}, by=amara)
    with pytest.raises(NotReady, match="check your answers"):
        send_draft(session, draft.id, by=amara, at=MONDAY_NINE)
    assert drafts_of(session, by=amara)[0].answers == {"concern": {"worry": "hungry"}}


def test_once_it_is_sent_new_words_are_refused_with_its_reference(session, amara, draft):
    save(session, draft, stories.answers(), by=amara, step="concern")
    sent = send_draft(session, draft.id, by=amara, at=MONDAY_NINE)
    for deed in (save_draft, save_answers):
        with pytest.raises(Changed, match=f"sent already, as {show_reference(sent.reference)}"):
            deed(session, draft.id, {"x": "y"}, by=amara, at=MONDAY_NINE)


def test_another_window_that_only_opens_a_step_of_what_was_just_sent_is_not_refused(
    session, amara, draft
):
    save(session, draft, stories.answers(), by=amara, step="concern")
    sent = send_draft(session, draft.id, by=amara, at=MONDAY_NINE)
    save_answers(session, draft.id, {}, step="check", by=amara, at=MONDAY_NINE + MINUTE)
    assert (draft.step, draft.saved_at) == ("concern", MONDAY_NINE + MINUTE)
    assert send_draft(session, draft.id, by=amara, at=MONDAY_NINE + MINUTE) == sent
