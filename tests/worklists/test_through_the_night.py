"""The next shift is told also of decided children: who is missing, and what falls due tonight."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from mash_triage.handover.actions import hand_over_to_day
from mash_triage.handover.queries import unread_handovers
from mash_triage.missing.actions import record_missing, record_return
from mash_triage.missing.rules import NoticeFacts, ReturnFacts
from mash_triage.screening.actions import record_indicators
from mash_triage.web.in_hand.on_paper import SheetFacts, sheet
from mash_triage.worklists.in_hand import in_hand
from mash_triage.worklists.through_the_night import through_the_night
from tests import stories
from tests.stories import HOUR, MONDAY_NINE
from tests.strategy.talks import S47

EVENING = MONDAY_NINE + 8 * HOUR
GONE = NoticeFacts(MONDAY_NINE, "Bus stop, by a friend", "A neighbour", looked_after="no")


@pytest.fixture
def danger(session, amara, beth):
    """A danger was ticked: a strategy discussion is due within 24 hours."""
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth, at=MONDAY_NINE)
    record_indicators(session, child.id, [S47], by=beth, at=MONDAY_NINE)
    session.flush()
    return child


def dues(session, by, at):
    return [(each.words, each.is_past) for each in through_the_night(session, by=by, at=at).due]


def test_a_discussion_that_is_due_before_the_next_shift_is_on_it_and_stays_when_it_is_past(
    session, danger, beth
):
    said = dues(session, beth, EVENING)
    assert len(said) == 1
    assert "discussion" in said[0][0].lower()
    assert not said[0][1]
    assert dues(session, beth, EVENING + 24 * HOUR) == [(said[0][0], True)]
    later = through_the_night(session, by=beth, at=EVENING + timedelta(days=5))
    assert (later.due, later.past_for_longer) == ((), 1)


def test_what_is_due_after_the_next_opening_is_left_to_the_day(session, amara, beth, carol):
    child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    assert child.decided_at
    assert dues(session, beth, MONDAY_NINE + 4 * HOUR) == []


def test_a_child_is_missing_until_it_is_back(session, amara, beth):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    gone = record_missing(session, child.id, GONE, by=beth, at=MONDAY_NINE + HOUR)
    session.flush()
    (seen,) = through_the_night(session, by=beth, at=EVENING).missing
    assert seen.id == gone.id
    back = ReturnFacts(MONDAY_NINE + 2 * HOUR, "by_police", "At a friend's")
    record_return(session, gone.id, back, by=beth, at=MONDAY_NINE + 3 * HOUR)
    session.flush()
    assert through_the_night(session, by=beth, at=EVENING).missing == ()


def test_a_closed_record_is_on_nobodys_sheet_but_its_readers(session, danger, beth, carol, dan):
    record_missing(session, danger.id, GONE, by=beth, at=MONDAY_NINE + HOUR)
    stories.restrict(session, danger, readers=[carol, dan], by=dan, at=MONDAY_NINE)
    session.flush()
    mine, hers = (through_the_night(session, by=by, at=EVENING) for by in (beth, carol))
    assert (mine.due, mine.missing) == ((), ())
    assert {each.contact_child_id for each in hers.due} == {danger.id}
    assert [each.contact_child_id for each in hers.missing] == [danger.id]


def test_the_sheet_says_all_of_it_in_words(session, danger, amara, beth):
    waits = stories.a_child(session, {"given_names": "Leo"}, sent_by=amara)
    record_missing(session, danger.id, GONE, by=beth, at=MONDAY_NINE + HOUR)
    told = {"done": "999 called", "outstanding": "Ring the ward", "who_knows": "Her aunt"}
    hand_over_to_day(session, waits.id, **told, by=beth, at=EVENING)
    session.flush()
    facts = SheetFacts(
        in_hand(session, by=beth, at=EVENING),
        tuple(unread_handovers(session, by=beth)),
        through_the_night(session, by=beth, at=EVENING),
        beth.name,
        EVENING,
    )
    pages = PdfReader(BytesIO(sheet(facts))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (
        "Open: 2; red or urgent: 1; unallocated: 1",
        "Red and urgent: 1",
        "Unallocated: 1",
        "Leo Thornbury",
        "waits for Beth Lindqvist, who works on it",
        "waits for a worker",
        "Handed over and not read: 1",
        "Still to do: Ring the ward",
        "Missing now: 1",
        "Promised by the next shift",
        "printed by Beth Lindqvist",
    ):
        assert words in text
    order = ("Red and urgent: 1", "Handed over", "Missing now: 1", "Promised", "Unallocated: 1")
    places = [text.index(words, text.index("Confidential")) for words in order]
    assert places == sorted(places), "what tonight asks for stands before what waits"


def test_no_name_stands_alone_at_the_foot_of_a_page(session, amara, beth):
    for _contact in range(3):
        names = ({"given_names": f"Number{number}"} for number in range(12))
        stories.a_receipt(session, *names, sent_by=amara)
    facts = SheetFacts(
        in_hand(session, by=beth, at=EVENING),
        (),
        through_the_night(session, by=beth, at=EVENING),
        beth.name,
        EVENING,
    )
    pages = PdfReader(BytesIO(sheet(facts))).pages
    assert len(pages) > 1
    for page in pages:
        lines = [each for each in page.extract_text().splitlines() if each.strip()]
        said = [each for each in lines if not each.startswith(("Front door,", "Page "))]
        assert "Number" not in said[-1]
