"""Beth asks agencies, they answer; nothing is lost, nothing is seen that should not be."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mash_triage.access.agencies import change_agency
from mash_triage.access.roles import Presence, Role
from mash_triage.allocation.actions import allocate
from mash_triage.clocks.models import PromiseRecord
from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.consent.queries import consent_rows
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.status import Status
from mash_triage.decisions.actions import record_decision
from mash_triage.enquiries.actions import (
    ask_agency,
    authorise_request,
    chase,
    close_request,
    decline_request,
    escalate_request,
    mark_relevance,
    mark_reply_read,
    release_reply,
    reply,
    stop_what_rested,
)
from mash_triage.enquiries.gauges import gauges
from mash_triage.enquiries.models import RequestPart, RequestReply
from mash_triage.enquiries.queries import (
    agencies_to_ask,
    request_to_my_agency,
    requests_about,
    requests_to_my_agency,
    requests_under_way,
)
from mash_triage.enquiries.rules import Answer
from mash_triage.enquiries.stages import Finding, State
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.outbox.models import OutboxMessage
from mash_triage.screening.actions import set_rag
from mash_triage.sharing.grounds import Ground
from mash_triage.sharing.queries import sharing_of
from mash_triage.sharing.rules import Kind
from mash_triage.thresholds.routes import Rag, Route
from mash_triage.web.enquiries.shown import head_html
from mash_triage.worklists.board import board
from mash_triage.worklists.in_hand import in_hand
from tests.enquiries.conftest import somebody
from tests.stories import (
    HOUR,
    MONDAY_NINE,
    a_child_taken_up,
    a_decision,
    know,
    restrict,
    screen,
    send,
)

TEN = MONDAY_NINE + HOUR
ELEVEN = MONDAY_NINE + 2 * HOUR


def agree(session, child, *, by, at=TEN, **more):
    told = {"subject": "Rosa Thornbury", "covers": "mash_checks", "status": "given"}
    return record_consent(session, child.id, ConsentFacts(**{**told, **more}), by=by, at=at)


def answers(session, row, finding=Finding.INFORMATION, words="The home was visited."):
    parts = session.scalars(
        select(RequestPart.id)
        .where(RequestPart.request_id == row.id)
        .order_by(RequestPart.position)
    )
    return [Answer(part, finding, words) for part in parts]


@pytest.fixture
def asked(session, make_agency, make_child, facts_for, amara, beth):
    """Mia's mother agreed, and Beth asked the police."""
    police = make_agency(session, "Police district", "police", presence=Presence.ON_SITE)
    child = make_child(session, by=beth, sent_by=amara)
    agree(session, child, by=beth)
    row = ask_agency(session, child.id, facts_for(police), by=beth, at=ELEVEN)
    return child, police, row


def test_two_agencies_are_asked_and_answer_and_the_child_is_then_analysed(
    session, asked, make_agency, facts_for, beth
):
    child, police, row = asked
    trust = make_agency(session, "Health trust", "hospital")
    facts = facts_for(trust, questions=("growth", "attendances"), why_not_asked="undue_delay")
    second = ask_agency(session, child.id, facts, by=beth, at=ELEVEN)
    assert Status(child.status) is Status.MASH_ENQUIRY
    assert (row.state, row.due_at) == (State.OPEN, ELEVEN + 3 * HOUR)
    ours = request_to_my_agency(session, second.id, by=trust, at=ELEVEN)
    assert [part.question[:8] for part in ours.parts] == ["When was", "Is there", "What is "]

    reply(session, row.id, answers(session, row), by=police, at=ELEVEN + HOUR)
    assert Status(child.status) is Status.MASH_ENQUIRY
    nothing = answers(session, second, Finding.NOTHING_KNOWN, "")
    reply(session, second.id, nothing, by=trust, at=ELEVEN + HOUR)
    assert Status(child.status) is Status.ANALYSIS
    seen = requests_about(session, child.id, by=beth, at=ELEVEN + HOUR)
    assert {each.agency: each.parts[0].words for each in seen} == {
        "Police district": "The home was visited.",
        "Health trust": "",
    }


def test_the_agency_reads_only_its_own_request_and_of_it_no_note_of_the_front_door(
    session, asked, make_agency, beth, amara
):
    _child, police, row = asked
    other = make_agency(session, "Health trust", "hospital")
    seen = request_to_my_agency(session, row.id, by=police, at=ELEVEN)
    assert [each.name for each in seen.people] == ["Mia Thornbury"]
    assert (seen.basis.necessity, seen.why_not_words, seen.steps) == ("", "", ())
    assert (seen.child_name, seen.ended_because) == ("", None)
    with pytest.raises(NotFound):
        request_to_my_agency(session, row.id, by=other, at=ELEVEN)
    with pytest.raises(NotFound):
        reply(session, row.id, answers(session, row), by=other, at=ELEVEN)
    assert requests_to_my_agency(session, by=other, at=ELEVEN) == []
    assert [each.id for each in requests_to_my_agency(session, by=police, at=ELEVEN)] == [row.id]


def test_what_the_front_door_makes_of_an_answer_stays_at_the_front_door(
    session, asked, make_agency, facts_for, beth
):
    child, police, row = asked
    reply(session, row.id, answers(session, row), by=police, at=ELEVEN)
    part = session.scalars(select(RequestPart.id).where(RequestPart.request_id == row.id)).one()
    mark_relevance(session, part, "not_relevant", by=beth, at=ELEVEN)
    assert requests_about(session, child.id, by=beth, at=ELEVEN)[0].parts[0].relevance
    answered = request_to_my_agency(session, row.id, by=police, at=ELEVEN)
    assert [each.relevance for each in answered.parts] == [None]

    trust = make_agency(session, "Health trust", "hospital")
    second = ask_agency(session, child.id, facts_for(trust), by=beth, at=ELEVEN)
    close_request(session, second.id, "They are slow, as ever.", by=beth, at=ELEVEN)
    seen = request_to_my_agency(session, second.id, by=trust, at=ELEVEN)
    assert (seen.state, seen.ended_because) == (State.CLOSED, None)


def test_the_same_reply_twice_is_one_and_another_one_is_refused(session, asked):
    _, police, row = asked
    first = answers(session, row)
    assert not reply(session, row.id, first, by=police, at=ELEVEN).before
    assert reply(session, row.id, first, by=police, at=ELEVEN).before
    with pytest.raises(Changed, match="answered this request already, by Police Answerer"):
        reply(session, row.id, answers(session, row, words="More"), by=police, at=ELEVEN)
    assert session.scalar(select(func.count()).select_from(RequestReply)) == 1


def test_what_is_withheld_is_kept_with_its_reason_and_nothing_else_has_one(session, asked, beth):
    child, police, row = asked
    [answer, *_] = answers(session, row)
    why = {"withheld": "other", "withheld_words": "A trial runs."}
    partly = replace(answer, finding=Finding.PARTLY_WITHHELD, **why)
    reply(session, row.id, [partly], by=police, at=ELEVEN + HOUR)
    session.flush()
    [part] = requests_about(session, child.id, by=beth, at=ELEVEN + HOUR)[0].parts
    assert (part.words, part.withheld) == ("The home was visited.", "other")
    assert part.withheld_words == "A trial runs."


def test_a_reason_left_over_from_another_answer_is_not_kept(session, asked, beth):
    child, police, row = asked
    [answer, *_] = answers(session, row)
    left_over = replace(answer, withheld="other", withheld_words="A trial runs.")
    reply(session, row.id, [left_over], by=police, at=ELEVEN + HOUR)
    session.flush()
    [part] = requests_about(session, child.id, by=beth, at=ELEVEN + HOUR)[0].parts
    assert (part.withheld, part.withheld_words) == (None, "")


def test_whoever_works_on_the_child_now_hears_of_the_answer(
    session, asked, messages_out, beth, carol
):
    child, police, row = asked
    allocate(session, child.id, worker_id=carol.user_id, reason="Beth is away", by=carol, at=ELEVEN)
    reply(session, row.id, answers(session, row), by=police, at=ELEVEN + HOUR)
    session.flush()
    news = session.scalars(select(OutboxMessage.to_user).where(OutboxMessage.kind == "news")).all()
    assert news == [carol.user_id]


def test_a_question_that_is_answered_twice_in_one_reply_is_refused_whole(session, asked):
    _child, police, row = asked
    with pytest.raises(NotReady, match="answered twice"):
        reply(session, row.id, answers(session, row) * 2, by=police, at=ELEVEN + HOUR)
    assert session.get(RequestReply, row.id) is None
    assert row.state == State.OPEN


def test_a_child_asked_about_again_under_analysis_is_shown_as_waiting_for_agencies(
    session, asked, make_agency, facts_for, beth
):
    child, police, row = asked
    reply(session, row.id, answers(session, row), by=police, at=ELEVEN + HOUR)
    assert Status(child.status) is Status.ANALYSIS
    work = in_hand(session, by=beth, at=ELEVEN + HOUR)
    assert [work.waits_for(each) for each in work.rows] == [f"{beth.name}, who works on it"]
    trust = make_agency(session, "Health trust", "hospital")
    ask_agency(session, child.id, facts_for(trust), by=beth, at=ELEVEN + HOUR)
    session.flush()
    work = in_hand(session, by=beth, at=ELEVEN + HOUR)
    assert [work.waits_for(each) for each in work.rows] == ["agencies"]


def test_rated_red_since_it_was_asked_is_said_until_the_agency_is_asked_anew(
    session, asked, facts_for, beth
):
    child, police, row = asked
    assert not requests_about(session, child.id, by=beth, at=ELEVEN)[0].red_since
    set_rag(session, child.id, Rag.RED, "A new injury", by=beth, at=ELEVEN)
    session.flush()
    seen = requests_about(session, child.id, by=beth, at=ELEVEN)[0]
    assert seen.red_since
    assert "Red since it was asked" in head_html(seen, at=ELEVEN)
    assert "ask again" in head_html(seen, at=ELEVEN)
    hers = request_to_my_agency(session, row.id, by=police, at=ELEVEN)
    assert not hers.red_since, "an agency is told how soon, not what was found"
    close_request(session, row.id, "Asked again as red.", by=beth, at=ELEVEN)
    again = ask_agency(session, child.id, facts_for(police), by=beth, at=ELEVEN)
    session.flush()
    assert again.due_at == ELEVEN + 2 * HOUR
    assert not any(each.red_since for each in requests_about(session, child.id, by=beth, at=ELEVEN))


def test_what_waits_for_a_managers_word_says_so(
    session, make_agency, make_child, facts_for, amara, beth
):
    police = make_agency(session, "Police district", "police")
    child = make_child(session, by=beth, sent_by=amara)
    ask_agency(session, child.id, facts_for(police), by=beth, at=ELEVEN)
    session.flush()
    work = in_hand(session, by=beth, at=ELEVEN)
    assert [work.waits_for(each) for each in work.rows] == ["a manager's word on asking an agency"]
    send(session, child, by=beth, at=ELEVEN)
    work = in_hand(session, by=beth, at=ELEVEN)
    assert [work.waits_for(each) for each in work.rows] == ["a manager"]


def test_a_reply_after_closing_is_kept_and_shown_as_late(session, asked, beth):
    child, police, row = asked
    with pytest.raises(NotReady, match="Say why you no longer wait"):
        close_request(session, row.id, " ", by=beth, at=ELEVEN)
    close_request(session, row.id, "They telephoned.", by=beth, at=ELEVEN)
    assert Status(child.status) is Status.ANALYSIS
    received = reply(session, row.id, answers(session, row), by=police, at=ELEVEN + HOUR)
    assert received.after_closing
    seen = requests_about(session, child.id, by=beth, at=ELEVEN + HOUR)[0]
    assert (seen.state, seen.after_closing) == (State.CLOSED, True)
    assert seen.parts[0].words == "The home was visited."


def test_asking_the_same_agency_twice_is_refused_while_one_request_is_under_way(
    session, asked, facts_for, beth
):
    child, police, row = asked
    with pytest.raises(Changed, match="asked about this child already"):
        ask_agency(session, child.id, facts_for(police), by=beth, at=ELEVEN)
    reply(session, row.id, answers(session, row), by=police, at=ELEVEN)
    again = ask_agency(session, child.id, facts_for(police), by=beth, at=ELEVEN)
    assert again.state == State.OPEN


def test_a_request_needs_a_rating_a_question_and_an_agency_that_is_there(
    session, make_agency, facts_for, amara, beth, ada
):
    police = make_agency(session, "Police district", "police")
    child = a_child_taken_up(session, sent_by=amara, screened_by=beth)
    with pytest.raises(NotReady, match="Rate this child first"):
        ask_agency(session, child.id, facts_for(police), by=beth, at=TEN)
    screen(session, child, by=beth, at=TEN)
    for changes, words in (
        ({"own_question": ""}, "at least one question"),
        ({"questions": ("growth",)}, "not for this agency"),
        ({"purpose": " "}, "The agency reads this|the agency reads this"),
        ({"household": (7,)}, "only people on this contact"),
        ({"agency_id": beth.agency_id}, "Nobody at Rivermead|own agency"),
    ):
        with pytest.raises(NotReady, match=words):
            ask_agency(session, child.id, facts_for(police, **changes), by=beth, at=TEN)
    told = {"presence": Presence.VIRTUAL, "by": ada, "at": TEN}
    assert police.agency_id in {each.id for each in agencies_to_ask(session, by=beth)}
    change_agency(session, police.agency_id, active=False, **told)
    with pytest.raises(NotReady, match="has left"):
        ask_agency(session, child.id, facts_for(police), by=beth, at=TEN)
    assert police.agency_id not in {each.id for each in agencies_to_ask(session, by=beth)}


# ---------------------------------------------------------------- agreement and the manager's word


def test_without_agreement_or_reason_it_waits_for_a_manager_who_lets_it_go(
    session, make_agency, make_child, facts_for, amara, beth, carol
):
    police = make_agency(session, "Police district", "police")
    child = make_child(session, by=beth, sent_by=amara)
    row = ask_agency(session, child.id, facts_for(police), by=beth, at=ELEVEN)
    assert (row.state, row.sent_at) == (State.NEEDS_WORD, None)
    assert Status(child.status) is Status.SCREENING
    assert requests_to_my_agency(session, by=police, at=ELEVEN) == []
    with pytest.raises(NotFound):
        reply(session, row.id, [], by=police, at=ELEVEN)
    assert sharing_of(session, child.id, by=beth) == []
    waiting = requests_under_way(session, by=carol, at=ELEVEN)
    assert [each.why_not_words for each in waiting] == ["Mia Thornbury: nobody has agreed"]

    with pytest.raises(NotReady, match="Say why it is right"):
        authorise_request(session, row.id, "", by=carol, at=ELEVEN)
    authorise_request(session, row.id, "Two earlier contacts.", by=carol, at=ELEVEN)
    assert (row.state, row.sent_at) == (State.OPEN, ELEVEN)
    assert Status(child.status) is Status.MASH_ENQUIRY
    entry = sharing_of(session, child.id, by=beth)[0]
    assert (entry.kind, entry.ground) == (Kind.REQUEST, Ground.MANAGER)
    assert entry.authorised_by == carol.name


def test_a_manager_says_no_and_the_ledger_says_not_shared_because(
    session, make_agency, make_child, facts_for, amara, beth, carol
):
    police = make_agency(session, "Police district", "police")
    child = make_child(session, by=beth, sent_by=amara)
    row = ask_agency(session, child.id, facts_for(police), by=beth, at=ELEVEN)
    decline_request(session, row.id, "Ask the mother first.", by=carol, at=ELEVEN)
    entry = sharing_of(session, child.id, by=beth)[0]
    assert (entry.kind, entry.because) == (Kind.NOT_SHARED, "Ask the mother first.")
    with pytest.raises(Changed):
        authorise_request(session, row.id, "x", by=carol, at=ELEVEN)


@pytest.mark.parametrize(
    ("rag", "route", "level"), [(Rag.RED, Route.EARLY_HELP, 3), (Rag.AMBER, Route.S47, 4)]
)
def test_a_childs_protection_waits_for_nobody(
    session, make_agency, make_child, facts_for, amara, beth, rag, route, level
):
    police = make_agency(session, "Police district", "police")
    child = make_child(session, by=beth, sent_by=amara)
    screen(session, child, by=beth, at=TEN, rag=rag, route=route, level=level,
           departure=None if level == 3 else "professional_judgement")  # fmt: skip
    agree(session, child, by=beth, status="refused")
    row = ask_agency(session, child.id, facts_for(police), by=beth, at=ELEVEN)
    assert (row.state, row.rests_on) == (State.OPEN, Ground.PROTECTION)


def test_a_brother_without_agreement_of_his_own_is_not_covered_nor_named_beside_her(
    session, make_agency, make_child, facts_for, amara, beth, carol, dan
):
    police = make_agency(session, "Police district", "police")
    children = ({}, {"given_names": "Leo"})
    child = make_child(session, *children, by=beth, sent_by=amara)
    agree(session, child, by=beth)
    brother = session.scalars(
        select(ContactChild).where(ContactChild.contact_id == child.contact_id)
        .where(ContactChild.id != child.id)
    ).one()  # fmt: skip
    facts = facts_for(police, children=(brother.id,))
    row = ask_agency(session, child.id, facts, by=beth, at=ELEVEN)
    assert row.state == State.NEEDS_WORD
    agree(session, brother, by=beth)
    close_request(session, row.id, "Agreed now.", by=beth, at=ELEVEN)
    row = ask_agency(session, child.id, facts, by=beth, at=ELEVEN)
    assert (row.state, len(row.consent_ids)) == (State.OPEN, 2)
    for each, name, other in ((child, "Mia", "Leo"), (brother, "Leo", "Mia")):
        [entry] = sharing_of(session, each.id, by=beth)
        assert entry.kind is Kind.REQUEST
        assert f"about {name} Thornbury and 1 more" in entry.what
        assert other not in entry.what + entry.agreement_words
    assert len(requests_about(session, child.id, by=beth, at=ELEVEN)) == 2
    reply(session, row.id, answers(session, row), by=police, at=ELEVEN)
    assert marked(session, beth) == {child.id: 1, brother.id: 1}
    know(session, brother, by=carol, at=ELEVEN)
    restrict(session, brother, readers=[carol, dan], by=carol, at=ELEVEN)
    assert requests_about(session, child.id, by=beth, at=ELEVEN) == []
    assert marked(session, beth) == {}  # an answer that she may not read is no mark for her
    assert marked(session, carol) == {child.id: 1, brother.id: 1}
    assert len(requests_about(session, child.id, by=carol, at=ELEVEN)) == 2


def test_consent_withdrawn_stops_what_rested_on_it_and_nothing_else(
    session, asked, make_agency, facts_for, beth
):
    child, police, row = asked
    trust = make_agency(session, "Health trust", "hospital")
    school = make_agency(session, "Quarry school", "primary")
    answered = ask_agency(session, child.id, facts_for(school), by=beth, at=ELEVEN)
    reply(session, answered.id, answers(session, answered), by=school, at=ELEVEN)
    yes = consent_rows(session, child.id)[0]
    screen(session, child, by=beth, at=ELEVEN, rag=Rag.RED)
    protects = ask_agency(session, child.id, facts_for(trust), by=beth, at=ELEVEN)
    assert stop_what_rested(session, child.id, by=beth, at=ELEVEN) == 0

    told = {"status": "withdrawn", "words": "All checks stop.", "replaces_id": yes.id}
    agree(session, child, by=beth, at=ELEVEN + HOUR, **told)
    assert stop_what_rested(session, child.id, by=beth, at=ELEVEN + HOUR) == 1
    assert [each.state for each in (row, answered, protects)] == [
        State.STOPPED,
        State.ANSWERED,
        State.OPEN,
    ]
    with pytest.raises(NotReady, match="Agreement was withdrawn"):
        reply(session, row.id, answers(session, row), by=police, at=ELEVEN + HOUR)


def test_consent_withdrawn_in_other_words_stops_it_too_and_what_is_closed_is_not_answered(
    session, asked, beth
):
    child, police, row = asked
    close_request(session, row.id, "Not needed any more.", by=beth, at=ELEVEN)
    told = {"status": "withdrawn", "covers": "sharing", "words": "Nothing more."}
    agree(session, child, by=beth, at=ELEVEN + HOUR, **told)
    assert stop_what_rested(session, child.id, by=beth, at=ELEVEN + HOUR) == 1
    with pytest.raises(NotReady, match="Agreement was withdrawn"):
        reply(session, row.id, answers(session, row), by=police, at=ELEVEN + HOUR)


# ---------------------------------------------------------------- reminding, the lead, gauges


def test_an_agency_is_reminded_and_late_its_lead_is_told_without_any_name(
    session, asked, messages_out, beth
):
    _child, police, row = asked
    late = row.due_at + HOUR
    chase(session, row.id, by=beth, at=ELEVEN + HOUR)
    with pytest.raises(Changed, match="a moment ago"):
        chase(session, row.id, by=beth, at=ELEVEN + HOUR + timedelta(minutes=1))
    with pytest.raises(NotReady, match="still has time"):
        escalate_request(session, row.id, by=beth, at=ELEVEN + HOUR)
    with pytest.raises(NotReady, match="no lead with an account"):
        escalate_request(session, row.id, by=beth, at=late)
    lead = somebody(session, "Petra Lead", Role.AGENCY_LEAD, police.agency_id)
    escalate_request(session, row.id, by=beth, at=late)
    session.flush()
    mails = session.scalars(select(OutboxMessage).order_by(OutboxMessage.posted_at)).all()
    to_lead = [each for each in mails if each.to_user == lead.user_id]
    assert [(each.kind, each.link) for each in to_lead] == [
        ("request_due", f"/requests?open={row.id}")
    ]
    assert not any("Mia" in repr(vars(each)) for each in mails)


def test_gauges_count_in_time_late_waiting_and_never_answered(
    session, asked, make_agency, facts_for, beth
):
    child, _police, row = asked
    trust = make_agency(session, "Health trust", "hospital")
    second = ask_agency(session, child.id, facts_for(trust), by=beth, at=ELEVEN)
    reply(session, second.id, answers(session, second), by=trust, at=second.due_at + HOUR)
    found = {each.agency: each for each in gauges(session, by=beth, at=row.due_at)}
    assert (found["Police district"].waiting, found["Police district"].due) == (1, 0)
    assert (found["Health trust"].late, found["Health trust"].in_time) == (1, 0)
    close_request(session, row.id, "No answer.", by=beth, at=row.due_at + HOUR)
    found = gauges(session, by=beth, at=row.due_at + 2 * HOUR)
    assert next((each.agency, each.overdue) for each in found) == ("Police district", 1)


def test_an_answer_on_the_minute_is_in_time_and_one_not_awaited_any_more_counts_for_nothing(
    session, asked, make_agency, facts_for, beth
):
    child, police, row = asked
    reply(session, row.id, answers(session, row), by=police, at=row.due_at)
    trust = make_agency(session, "Health trust", "hospital")
    second = ask_agency(session, child.id, facts_for(trust), by=beth, at=ELEVEN)
    close_request(session, second.id, "The GP told us.", by=beth, at=ELEVEN + HOUR)
    (only,) = gauges(session, by=beth, at=row.due_at + 24 * HOUR)
    assert (only.agency, only.in_time, only.late, only.asked) == ("Police district", 1, 0, 1)


def test_the_promise_to_answer_runs_by_the_requests_own_time_and_ends_with_the_reply(
    session, asked
):
    _child, police, row = asked
    session.flush()
    promise = session.scalars(
        select(PromiseRecord).where(
            PromiseRecord.about == row.id, PromiseRecord.code == "information_reply"
        )
    ).one()
    assert (promise.due_at, promise.ended_at) == (row.due_at, None)
    reply(session, row.id, answers(session, row), by=police, at=ELEVEN + HOUR)
    session.flush()
    assert promise.ended_at == ELEVEN + HOUR


# ---------------------------------------------------------------- inside the enquiry


def test_a_reply_is_read_inside_the_enquiry_only_until_a_manager_releases_it(
    session, asked, beth, carol
):
    child, police, row = asked
    helper = somebody(session, "Oriel Helper", Role.EARLY_HELP_COORDINATOR, beth.agency_id)
    with pytest.raises(NotReady, match="no reply to release"):
        release_reply(session, row.id, "x", by=carol, at=ELEVEN)
    reply(session, row.id, answers(session, row), by=police, at=ELEVEN)
    closed = requests_about(session, child.id, by=helper, at=ELEVEN)[0]
    assert closed.is_closed_to_reader
    assert "visited" not in repr(closed)
    release_reply(session, row.id, "To early help, to plan.", by=carol, at=ELEVEN)
    assert "visited" in repr(requests_about(session, child.id, by=helper, at=ELEVEN)[0])
    kinds = [each.kind for each in sharing_of(session, child.id, by=helper)]
    assert sorted(kinds) == [Kind.RELEASE, Kind.REPLY, Kind.REQUEST]
    with pytest.raises(Changed, match="released already"):
        release_reply(session, row.id, "Again", by=carol, at=ELEVEN)


def test_relevance_is_marked_on_an_answer_and_not_before(session, asked, beth):
    child, police, row = asked
    part = answers(session, row)[0].part_id
    with pytest.raises(NotReady, match="no answer yet"):
        mark_relevance(session, part, "relevant", by=beth, at=ELEVEN)
    reply(session, row.id, answers(session, row), by=police, at=ELEVEN)
    with pytest.raises(NotReady, match="Choose how relevant"):
        mark_relevance(session, part, "very", by=beth, at=ELEVEN)
    mark_relevance(session, part, "relevant", by=beth, at=ELEVEN)
    assert requests_about(session, child.id, by=beth, at=ELEVEN)[0].parts[0].relevance == "relevant"


# ---------------------------------------------------------------- read, or not yet


def marked(session, by, *, at=ELEVEN + 2 * HOUR):
    return {row.id: row.new_replies for row in board(session, by=by, at=at).open if row.new_replies}


def test_an_answer_that_nobody_has_read_is_marked_on_the_board_until_somebody_has(
    session, asked, beth, carol
):
    child, police, row = asked
    assert marked(session, beth) == {}
    reply(session, row.id, answers(session, row), by=police, at=ELEVEN + HOUR)
    assert marked(session, beth) == marked(session, carol) == {child.id: 1}
    for _twice in range(2):
        mark_reply_read(session, row.id, by=beth, at=ELEVEN + 2 * HOUR)
    assert marked(session, carol) == {}
    kept = session.get_one(RequestReply, row.id)
    assert (kept.read_by, kept.read_at) == (beth.user_id, ELEVEN + 2 * HOUR)


def test_an_answer_after_the_decision_is_marked_too(session, asked, beth, carol):
    child, police, row = asked
    send(session, child, by=beth, at=ELEVEN)
    decided_at = ELEVEN + HOUR
    record_decision(session, child.id, a_decision(), by=carol, at=decided_at)
    reply(session, row.id, answers(session, row), by=police, at=decided_at + HOUR)
    days_on = decided_at + timedelta(days=3)
    (late,) = board(session, by=beth, at=days_on).new_after_decision
    assert (late.id, late.new_replies) == (child.id, 1)
    mark_reply_read(session, row.id, by=beth, at=days_on)
    assert board(session, by=beth, at=days_on).new_after_decision == ()


def test_saying_how_relevant_an_answer_is_says_that_it_was_read(session, asked, beth):
    _child, police, row = asked
    reply(session, row.id, answers(session, row), by=police, at=ELEVEN + HOUR)
    part = session.scalars(select(RequestPart).where(RequestPart.request_id == row.id)).first()
    mark_relevance(session, part.id, "relevant", by=beth, at=ELEVEN + 2 * HOUR)
    assert marked(session, beth) == {}


def test_of_a_child_closed_to_her_nobody_learns_that_an_agency_answered(
    session, asked, beth, carol, dan
):
    child, police, row = asked
    reply(session, row.id, answers(session, row), by=police, at=ELEVEN + HOUR)
    restrict(session, child, readers=[carol, dan], by=carol, at=ELEVEN + HOUR)
    assert marked(session, beth) == {}
    with pytest.raises(NotFound):
        mark_reply_read(session, row.id, by=beth, at=ELEVEN + 2 * HOUR)
    assert marked(session, carol) == {child.id: 1}
