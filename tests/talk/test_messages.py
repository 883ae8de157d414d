"""Messages on a contact: who, when, once; read by whom; and no answer is ever lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from mash_triage.access.actions import add_user
from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.audit.events import AuditEvent
from mash_triage.clocks.models import Clock
from mash_triage.contacts.models import StatusMove
from mash_triage.contacts.seen import PART_IS_RESTRICTED
from mash_triage.contacts.status import Status
from mash_triage.decisions.actions import record_decision, return_to_worker
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.talk.actions import ask_and_wait, mark_read, send_message, stop_waiting
from mash_triage.talk.actions.messages import NOBODY_READS, THE_ANSWER
from mash_triage.talk.models import Message, MessageRead
from mash_triage.talk.rules import MOST_CHARACTERS
from mash_triage.talk.threads import NOT_HERS, thread_of_contact
from mash_triage.talk.unread import mine_on_contacts, news_from_referrers
from mash_triage.worklists.board import board
from tests import cast, stories
from tests.stories import HOUR, MONDAY_NINE

MINUTE = timedelta(minutes=1)
TEN = MONDAY_NINE + HOUR
QUESTION = "Who collects Mia from school today?"


@pytest.fixture
def child(session, amara, beth):
    """Mia, whom Amara told us of and Beth has taken up."""
    return stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)


@pytest.fixture
def ngozi(session) -> Actor:
    """The agency lead of Hill School."""
    return somebody(session, "Ngozi Bell", Role.AGENCY_LEAD, cast.AMARA.agency_id)


def somebody(session, name, role, agency_id, *, qualified=False) -> Actor:
    user = add_user(
        session, f"{name.split()[0].lower()}@hill.example", name, role=role,
        agency_id=agency_id, qualified=qualified, by=Actor.job("the tests"), at=MONDAY_NINE,
    )  # fmt: skip
    return actor_for(user)


def say(session, child, words, *, by, at=TEN, **more):
    return send_message(session, child.contact_id, words, token=uuid4(), by=by, at=at, **more)


def ask(session, child, *, by, at=TEN, words=QUESTION):
    return ask_and_wait(session, child.id, words, token=uuid4(), by=by, at=at)


def on_the_board(session, by):
    """How many messages wait to be read, child by child."""
    rows = board(session, by=by, at=MONDAY_NINE).open
    return {row.id: row.new_messages for row in rows if row.new_messages}


def words_of(thread):
    return [message.words for message in thread.messages]


# ---------------------------------------------------------------- a message


def test_each_side_sees_who_when_and_in_which_role(session, child, amara, beth):
    say(session, child, "Is her father at home?", by=beth)
    say(session, child, "No, he works away.", by=amara, at=TEN + MINUTE)
    for reader in (amara, beth):
        first, second = thread_of_contact(session, child.contact_id, by=reader).messages
        assert (first.by_name, first.role, first.at) == (beth.name, "social_worker", TEN)
        assert (second.by_name, second.role, second.agency) == (
            amara.name, "referrer", "Hill School",
        )  # fmt: skip


def test_two_clicks_are_one_message_and_other_words_are_refused(session, child, amara):
    token = uuid4()
    told = {"token": token, "by": amara, "at": TEN}
    one = send_message(session, child.contact_id, "He is back.", **told)
    again = send_message(session, child.contact_id, "He is back.", **{**told, "at": TEN + MINUTE})
    assert one == again
    with pytest.raises(Changed):
        send_message(session, child.contact_id, "Something else.", **told)
    assert words_of(thread_of_contact(session, child.contact_id, by=amara)) == ["He is back."]


@pytest.mark.parametrize("words", ["", "  \n\t ", "\u200b\u200d\ufeff", "\u202e \u2066"])
def test_what_nobody_can_see_is_no_message(session, child, amara, words):
    with pytest.raises(NotReady):
        say(session, child, words, by=amara)


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script> **bold** $x$",
        "قالت إنها جائعة",
        "Zoë 🌻👩‍👧 said: “nothing”",
        "a\u200bb \u202edesrever",
        "x" * MOST_CHARACTERS,
    ],
    ids=["hostile", "right to left", "emoji", "steering signs", "20,000 characters"],
)
def test_words_are_kept_as_written(session, child, amara, beth, words):
    say(session, child, words, by=amara)
    assert words_of(thread_of_contact(session, child.contact_id, by=beth)) == [words]


def test_one_character_more_is_refused_before_it_is_lost(session, child, amara):
    with pytest.raises(NotReady, match="two messages"):
        say(session, child, "x" * (MOST_CHARACTERS + 1), by=amara)


def test_what_no_database_can_hold_is_taken_out_and_said(session, child, amara, beth):
    say(session, child, "He\x00 came \ud800back", by=amara)
    assert "removed here" in words_of(thread_of_contact(session, child.contact_id, by=beth))[0]


def test_a_correction_is_a_new_message_that_names_the_old_one(session, child, amara, dev):
    wrong = say(session, child, "She is 7.", by=amara)
    right = say(session, child, "She is 8.", by=amara, corrects=wrong, at=TEN + MINUTE)
    first, second = thread_of_contact(session, child.contact_id, by=amara).messages
    assert (first.words, first.corrected_by) == ("She is 7.", right)
    assert second.corrects == wrong


def test_only_her_own_message_of_this_contact_can_be_corrected(session, child, amara, beth):
    of_beth = say(session, child, "Thank you.", by=beth)
    other = stories.a_child(session, {"given_names": "Zed"}, sent_by=amara)
    elsewhere = say(session, other, "About Zed.", by=amara)
    for named in (of_beth, elsewhere, uuid4()):
        with pytest.raises(NotFound):
            say(session, child, "No.", by=amara, corrects=named)


@pytest.mark.parametrize(
    "statement", [update(Message).values(words="x"), delete(Message)], ids=["edit", "remove"]
)
def test_both_databases_refuse_to_change_what_was_said(session, child, amara, statement):
    say(session, child, "As it was.", by=amara)
    with pytest.raises(DBAPIError, match="what was said stays"), session.begin_nested():
        session.execute(statement)


# ---------------------------------------------------------------- whose it is


def test_anothers_contact_is_as_if_it_were_not_there(session, child, dev):
    say(session, child, "Private.", by=cast.AMARA)
    told = set()
    for contact_id in (child.contact_id, uuid4()):
        for deed in (
            lambda named: thread_of_contact(session, named, by=dev),
            lambda named: send_message(session, named, "x", token=uuid4(), by=dev, at=TEN),
        ):
            with pytest.raises(NotFound) as refusal:
                deed(contact_id)
            told.add(refusal.value.words)
    assert told == {NotFound().words}


def test_the_agencys_lead_reads_and_answers_under_her_own_name(session, child, amara, beth, ngozi):
    question = ask(session, child, by=beth)
    say(session, child, "Her aunt does.", by=ngozi, answers=question, at=TEN + MINUTE)
    assert child.status == Status.SCREENING
    last = thread_of_contact(session, child.contact_id, by=amara).messages[-1]
    assert (last.by_name, last.role) == ("Ngozi Bell", "agency_lead")


def test_nobody_writes_where_nobody_would_read(session, beth, amara):
    child = stories.a_child_taken_up(
        session, sent_by=beth, screened_by=beth, channel="telephone", received_at=MONDAY_NINE
    )
    with pytest.raises(NotReady) as refusal:
        say(session, child, "Who are you?", by=beth)
    assert refusal.value.words == NOBODY_READS
    assert thread_of_contact(session, child.contact_id, by=beth).why_not == NOBODY_READS


def test_where_a_brother_is_closed_the_words_are_closed(session, amara, beth, carol):
    receipt = stories.a_receipt(session, {}, {"given_names": "Orla"}, sent_by=amara)
    mia, orla = stories.children_of(session, receipt)
    for each in (mia, orla):
        stories.take_up_and_know(session, each, by=beth, at=TEN)
    say(session, mia, "Orla told me something.", by=amara)
    dan = cast.DAN
    stories.restrict(session, orla, readers=[carol, dan], by=carol, at=TEN)
    thread = thread_of_contact(session, mia.contact_id, by=beth)
    assert words_of(thread) == [PART_IS_RESTRICTED]
    assert mark_read(session, [thread.messages[0].id], by=beth, at=TEN) == 0
    assert on_the_board(session, beth) == {}
    assert news_from_referrers(session, by=beth) == []
    with pytest.raises(NotReady):
        say(session, mia, "What did she say?", by=beth)
    assert words_of(thread_of_contact(session, mia.contact_id, by=carol)) == [
        "Orla told me something."
    ]
    assert len(news_from_referrers(session, by=carol)) == 1


def test_a_closed_child_on_another_contact_hides_no_message(session, child, amara, beth, carol):
    say(session, child, "He is back.", by=amara)
    orla = stories.a_child_taken_up(
        session, {"given_names": "Orla"}, sent_by=amara, screened_by=beth
    )
    stories.restrict(session, orla, readers=[carol, cast.DAN], by=carol, at=TEN)
    assert on_the_board(session, beth) == {child.id: 1}
    assert [each.contact_child_id for each in news_from_referrers(session, by=beth)] == [child.id]


# ---------------------------------------------------------------- read, and not read


def test_nothing_waits_unseen_at_the_front_door(session, child, amara, beth, carol):
    message = say(session, child, "He is back.", by=amara)
    assert on_the_board(session, carol) == {child.id: 1}
    [news] = news_from_referrers(session, by=carol)
    assert (news.names, news.messages, news.since) == ("Mia Thornbury", 1, TEN)

    assert mark_read(session, [message], by=beth, at=TEN + MINUTE) == 1
    assert mark_read(session, [message], by=beth, at=TEN + 2 * MINUTE) == 0
    assert on_the_board(session, carol) == {}
    [seen] = thread_of_contact(session, child.contact_id, by=amara).messages
    assert [(read.by_name, read.at) for read in seen.read] == [(beth.name, TEN + MINUTE)]


def test_the_referrer_sees_what_is_new_to_her_though_her_lead_read_it(
    session, child, amara, beth, ngozi
):
    message = say(session, child, "Please call us.", by=beth)
    assert mine_on_contacts(session, by=amara)[child.contact_id].unread == 1
    assert mine_on_contacts(session, by=ngozi)[child.contact_id].unread == 1
    mark_read(session, [message], by=ngozi, at=TEN)
    assert mine_on_contacts(session, by=amara)[child.contact_id].unread == 1
    assert child.contact_id not in mine_on_contacts(session, by=ngozi)
    mark_read(session, [message], by=amara, at=TEN)
    assert mine_on_contacts(session, by=amara) == {}


def test_nobody_reads_her_own_side_for_the_other(session, child, amara, beth):
    message = say(session, child, "He is back.", by=amara)
    assert mark_read(session, [message], by=amara, at=TEN) == 0
    assert session.scalars(select(MessageRead)).all() == []


# ---------------------------------------------------------------- waiting for the answer


def test_waiting_shows_its_cause_and_stops_no_clock(session, child, beth):
    due = {c.kind: c.due_at for c in clocks(session, child)}
    question = ask(session, child, by=beth)
    assert child.status == Status.AWAITING_REFERRER
    assert {c.kind: c.due_at for c in clocks(session, child)} == due
    assert all(c.stopped_at is None for c in clocks(session, child))
    thread = thread_of_contact(session, child.contact_id, by=beth)
    assert [each.id for each in thread.open_questions()] == [question]
    assert thread.waits[0].asked_by_name == beth.name


def clocks(session, child):
    return session.scalars(select(Clock).where(Clock.contact_child_id == child.id)).all()


def test_the_answer_ends_the_wait_and_is_the_referrers_deed(session, child, amara, beth):
    question = ask(session, child, by=beth)
    answer = say(session, child, "Her aunt.", by=amara, answers=question, at=TEN + MINUTE)
    assert child.status == Status.SCREENING
    thread = thread_of_contact(session, child.contact_id, by=beth)
    assert thread.open_questions() == ()
    assert thread.waits[0].answer_id == answer
    last = last_move(session, child)
    assert (last.moved_by_name, last.why, last.moved_at) == (amara.name, THE_ANSWER, TEN + MINUTE)


def last_move(session, child) -> StatusMove:
    session.flush()
    return session.scalars(
        select(StatusMove)
        .where(StatusMove.contact_child_id == child.id)
        .order_by(StatusMove.moved_at.desc())
    ).first()


def test_words_that_are_no_answer_leave_the_wait_as_it_is(session, child, amara, beth):
    ask(session, child, by=beth)
    say(session, child, "I will find out.", by=amara)
    assert child.status == Status.AWAITING_REFERRER


def test_of_two_questions_both_want_their_answer(session, child, amara, beth):
    first, second = (ask(session, child, by=beth, words=words) for words in ("Who?", "When?"))
    say(session, child, "Her aunt.", by=amara, answers=first)
    assert child.status == Status.AWAITING_REFERRER
    say(session, child, "At three.", by=amara, answers=second)
    assert child.status == Status.SCREENING


def test_a_worker_stops_waiting_with_a_reason(session, child, beth):
    ask(session, child, by=beth)
    with pytest.raises(NotReady):
        stop_waiting(session, child.id, " ", by=beth, at=TEN)
    stop_waiting(session, child.id, "She rang.", by=beth, at=TEN + MINUTE)
    assert (child.status, last_move(session, child).why) == (Status.SCREENING, "She rang.")
    with pytest.raises(NotReady):
        stop_waiting(session, child.id, "Again.", by=beth, at=TEN)


def test_a_child_given_back_can_wait_too(session, amara, beth, carol):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    return_to_worker(session, child.id, "Ask the school.", by=carol, at=TEN + 2 * HOUR)
    ask(session, child, by=beth, at=TEN + 3 * HOUR)
    assert child.status == Status.AWAITING_REFERRER


def test_asking_twice_with_one_token_is_one_question_and_one_wait(session, child, beth):
    token = uuid4()
    ids = {
        ask_and_wait(session, child.id, QUESTION, token=token, by=beth, at=TEN) for _ in range(2)
    }
    thread = thread_of_contact(session, child.contact_id, by=beth)
    assert (len(ids), len(thread.messages), len(thread.waits)) == (1, 1, 1)


# ---------------------------------------------------------------- no answer is lost


def asked_then_sent(session, amara, beth):
    """A question is open; the child goes to a manager all the same."""
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    question = ask(session, child, by=beth)
    stories.screen(session, child, by=beth, at=TEN)
    stories.send(session, child, by=beth, at=TEN)
    return child, question


def test_an_answer_while_a_manager_has_it_refuses_the_decision_once(session, amara, beth, carol):
    child, question = asked_then_sent(session, amara, beth)
    session.flush()
    seen = child.version
    say(session, child, "He hit her again.", by=amara, answers=question, at=TEN + MINUTE)
    session.flush()
    assert child.status == Status.MANAGER_REVIEW
    told = {"by": carol, "at": TEN + HOUR}
    with pytest.raises(Changed):
        record_decision(session, child.id, stories.a_decision(), seen=seen, **told)
    last = thread_of_contact(session, child.contact_id, by=carol).messages[-1]
    assert last.came_after(child.id) is Status.MANAGER_REVIEW
    record_decision(session, child.id, stories.a_decision(), seen=child.version, **told)


def test_an_answer_after_the_decision_is_new_information_and_flagged(session, amara, beth, carol):
    child, question = asked_then_sent(session, amara, beth)
    record_decision(session, child.id, stories.a_decision(), by=carol, at=TEN + HOUR)
    late = TEN + 2 * HOUR
    answer = say(session, child, "He hit her again.", by=amara, answers=question, at=late)
    assert child.status == Status.DECIDED
    thread = thread_of_contact(session, child.contact_id, by=beth)
    assert thread.message(answer).came_after(child.id) is Status.DECIDED
    assert thread.open_questions() == ()
    [news] = news_from_referrers(session, by=beth)
    assert news.after_decision
    assert news.contact_child_id == child.id


# ---------------------------------------------------------------- danger, and the trail


def test_words_of_danger_are_read_when_they_arrive(session, child, amara, beth):
    say(session, child, "He is outside her door now with a knife and she is screaming.", by=amara)
    assert thread_of_contact(session, child.contact_id, by=beth).messages[0].danger
    assert news_from_referrers(session, by=beth)[0].danger


def test_the_trail_has_every_deed_and_no_words(session, child, amara, beth):
    question = ask(session, child, by=beth)
    answer = say(session, child, "Her aunt.", by=amara, answers=question)
    mark_read(session, [answer], by=beth, at=TEN)
    session.flush()
    lines = session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
    wanted = ["message:sent", "referrer:asked", "message:sent", "referrer:answered"]
    assert [line.kind for line in lines][-5:] == [*wanted, "messages:read"]
    assert not [
        line for line in lines if "aunt" in str(line.detail) or "collects" in str(line.detail)
    ]


def test_a_worker_without_the_right_is_refused(session, child):
    helper = somebody(session, "Eli Ford", Role.EARLY_HELP_COORDINATOR, cast.BETH.agency_id)
    with pytest.raises(NotAllowed):
        say(session, child, "Hello.", by=helper)
    assert thread_of_contact(session, child.contact_id, by=helper).why_not == NOT_HERS


def test_nobodys_own_words_are_new_to_her(session, child, amara, beth):
    say(session, child, "She is back in school", by=amara)
    say(session, child, "Thank you", by=beth)
    for who, new in ((amara, ["Thank you"]), (beth, ["She is back in school"])):
        thread = thread_of_contact(session, child.contact_id, by=who)
        assert [each.words for each in thread.unread()] == new
