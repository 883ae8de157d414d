"""Talking something through: no child named, advice by a named person, a contact in one click."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from mash_triage.access.roles import Role
from mash_triage.contacts.actions import submit_contact
from mash_triage.contacts.drafts import discard_draft, fetch_draft
from mash_triage.contacts.models import Contact, ContactDraft
from mash_triage.contacts.shapes import MOST_WORDS
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.talk.actions import (
    make_contact,
    mark_read,
    open_consultation,
    record_advice,
    write_in_consultation,
)
from mash_triage.talk.consultations import (
    consultation_behind,
    consultations_waiting,
    how_much_waits,
    my_consultations,
    picture_of_consultation,
)
from mash_triage.talk.models import Consultation
from mash_triage.talk.rules import Kind
from tests import cast, stories
from tests.stories import HOUR, MONDAY_NINE

TEN = MONDAY_NINE + HOUR
MINUTE = timedelta(minutes=1)
WORRY = "A boy in my class has stopped eating at lunch and will not say why."
DANGER = "He is outside her door now with a knife and she is screaming."


@pytest.fixture
def opened(session, amara):
    """What Amara wants to talk through."""
    return begin(session, amara)


def begin(session, by, words=WORRY, at=TEN):
    return open_consultation(session, words, token=uuid4(), by=by, at=at)


def write(session, opened, words, *, by, at=TEN):
    return write_in_consultation(session, opened, words, token=uuid4(), by=by, at=at)


def advise(session, opened, words="Ask him gently, and tell us on Friday.", *, by, at=TEN):
    return record_advice(session, opened, words, token=uuid4(), by=by, at=at)


def test_one_click_or_three_it_is_one_consultation(session, amara):
    token = uuid4()
    told = {"token": token, "by": amara, "at": TEN}
    assert len({open_consultation(session, WORRY, **told) for _ in range(3)}) == 1
    with pytest.raises(Changed):
        open_consultation(session, "Something else.", **told)
    assert session.scalar(select(func.count(Consultation.id))) == 1


def test_it_waits_with_its_age_until_a_named_worker_advises(session, opened, amara, beth):
    later = begin(session, amara, "Another.", TEN + HOUR)
    danger = begin(session, amara, DANGER, TEN + 2 * HOUR)
    much = how_much_waits(session, by=beth)
    assert (much.messages, much.consultations, much.since, much.danger) == (0, 3, TEN, True)
    waiting = consultations_waiting(session, by=beth)
    assert [each.id for each in waiting] == [danger, opened, later]
    assert (waiting[1].opened_at, waiting[1].opened_by) == (TEN, amara.name)
    message = picture_of_consultation(session, opened, by=beth).thread.messages[0]
    mark_read(session, [message.id], by=beth, at=TEN)
    assert opened in [each.id for each in consultations_waiting(session, by=beth)]
    advise(session, opened, by=beth, at=TEN + MINUTE)
    assert opened not in [each.id for each in consultations_waiting(session, by=beth)]
    seen = picture_of_consultation(session, opened, by=amara)
    last = seen.thread.messages[-1]
    assert (seen.advised, last.kind, last.by_name) == (True, Kind.ADVICE, beth.name)
    assert my_consultations(session, by=amara)[-1].unread == 1


def test_empty_words_are_no_advice(session, opened, beth):
    with pytest.raises(NotReady):
        advise(session, opened, " \u200b", by=beth)
    assert not picture_of_consultation(session, opened, by=beth).advised


def test_only_a_qualified_worker_answers(session, opened, beth):
    unqualified = replace(beth, qualified=False)
    for deed in (write, advise):
        with pytest.raises(NotAllowed):
            deed(session, opened, "x", by=unqualified)
    assert picture_of_consultation(session, opened, by=unqualified).thread.why_not


def test_a_word_after_the_advice_comes_back_to_the_list(session, opened, amara, beth):
    seen = picture_of_consultation(session, opened, by=beth).thread.messages
    mark_read(session, [each.id for each in seen], by=beth, at=TEN)
    advise(session, opened, by=beth)
    write(session, opened, "He told me more.", by=amara, at=TEN + MINUTE)
    assert [each.id for each in consultations_waiting(session, by=beth)] == [opened]


def test_it_is_hers_alone_and_the_front_doors(session, opened, dev):
    lead = replace(cast.AMARA, role=Role.AGENCY_LEAD, user_id=dev.user_id)
    for stranger in (dev, lead):
        told = set()
        for named in (opened, uuid4()):
            for deed in (
                lambda x, by=stranger: picture_of_consultation(session, x, by=by),
                lambda x, by=stranger: write(session, x, "x", by=by),
                lambda x, by=stranger: make_contact(session, x, by=by, at=TEN),
            ):
                with pytest.raises(NotFound) as refusal:
                    deed(named)
                told.add(refusal.value.words)
        assert told == {NotFound().words}
        assert my_consultations(session, by=stranger) == []


def test_one_click_makes_a_draft_with_her_own_words(session, opened, amara, beth):
    write(session, opened, "Who is with him at home?", by=beth)
    write(session, opened, "Only his uncle.", by=amara, at=TEN + MINUTE)
    draft = make_contact(session, opened, by=amara, at=TEN + HOUR)
    assert make_contact(session, opened, by=amara, at=TEN + HOUR) == draft
    worry = fetch_draft(session, draft, by=amara).answers["concern"]["worry"]
    assert worry.startswith(f"{WORRY}\n\nOnly his uncle.")
    assert "Who is with him" not in worry
    assert session.scalar(select(func.count(ContactDraft.id))) == 1


def test_both_know_each_other_once_it_is_sent(session, opened, amara, beth):
    draft = fetch_draft(session, make_contact(session, opened, by=amara, at=TEN), by=amara)
    sent = {"token": draft.token, "by": amara, "at": TEN + HOUR}
    receipt = submit_contact(session, stories.submission(), **sent)
    for reader in (amara, beth):
        seen = picture_of_consultation(session, opened, by=reader)
        assert seen.contact_reference == receipt.reference
        assert consultation_behind(session, receipt.contact_id, by=reader) == opened
    with pytest.raises(Changed, match=receipt.reference[:4]):
        make_contact(session, opened, by=amara, at=TEN + 2 * HOUR)


def test_a_draft_that_was_put_away_is_begun_anew(session, opened, amara):
    first = make_contact(session, opened, by=amara, at=TEN)
    session.flush()
    discard_draft(session, first, by=amara, at=TEN)
    session.flush()
    assert make_contact(session, opened, by=amara, at=TEN) != first


def test_very_long_words_fit_the_form(session, amara):
    opened = begin(session, amara, "a" * MOST_WORDS)
    write(session, opened, "b" * MOST_WORDS, by=amara)
    draft = fetch_draft(session, make_contact(session, opened, by=amara, at=TEN), by=amara)
    worry = draft.answers["concern"]["worry"]
    assert len(worry) <= MOST_WORDS
    assert "cut here" in worry


def test_what_became_a_closed_childs_contact_is_closed_too(
    session, opened, amara, beth, carol, dan
):
    draft = fetch_draft(session, make_contact(session, opened, by=amara, at=TEN), by=amara)
    sent = {"token": draft.token, "by": amara, "at": TEN + HOUR}
    receipt = submit_contact(session, stories.submission(), **sent)
    child = stories.children_of(session, receipt)[0]
    stories.take_up_and_know(session, child, by=beth, at=TEN + HOUR)
    stories.restrict(session, child, readers=[carol, dan], by=carol, at=TEN + HOUR)
    with pytest.raises(NotFound):
        picture_of_consultation(session, opened, by=beth)
    assert consultations_waiting(session, by=beth) == []
    assert picture_of_consultation(session, opened, by=carol).id == opened
    assert session.get_one(Contact, receipt.contact_id).token == draft.token
