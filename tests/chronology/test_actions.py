"""A chronology builds itself for child and household, and people mend it."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.after_decision.actions import record_visit
from mash_triage.after_decision.rules import Visited
from mash_triage.after_sending.actions import add_words
from mash_triage.chronology.actions import (
    LineFacts,
    add_line,
    correct_line,
    hide_line,
    show_line,
)
from mash_triage.chronology.lens import Whose, lens_of
from mash_triage.chronology.queries import chronology_of
from mash_triage.chronology.rules import Weight
from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.contacts.actions import record_protective_action
from mash_triage.contacts.models import ContactChild
from mash_triage.decisions.actions import record_decision, start_help
from mash_triage.enquiries.actions import ask_agency, reply
from mash_triage.enquiries.models import RequestPart
from mash_triage.enquiries.rules import Answer
from mash_triage.enquiries.stages import Finding
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.hand_on.actions import (
    StepUpFacts,
    open_special,
    record_accepted,
    send_on,
    step_up,
)
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import Ending
from mash_triage.hand_on.queries import passed_on
from mash_triage.hand_on.rules import AnswerFacts
from mash_triage.matching.actions import confirm_match, reject_match
from mash_triage.missing.actions import record_missing, record_return
from mash_triage.missing.rules import NoticeFacts, ReturnFacts
from mash_triage.screening.actions import take_up
from mash_triage.talk.actions import ask_and_wait, send_message
from mash_triage.web.chronology.on_paper import chronology_on_paper
from tests import stories
from tests.cast import BETH
from tests.enquiries.conftest import a_request_about_both, an_agency, request_facts
from tests.stories import HOUR, MONDAY_NINE
from tests.strategy.talks import closed

DAY = timedelta(days=1)
NOON = MONDAY_NINE + 3 * HOUR
FELL = LineFacts(MONDAY_NINE.date() - 30 * DAY, "She fell from a wall", "Her aunt", Weight.CONCERN)


@pytest.fixture
def mia(session, amara, beth, carol):
    """Mia, decided; a referrer's event and a protective action are on record."""
    told = {"when": "about Easter", "what": "Her father left", "source": "Grandmother"}
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth, chronology=[told])
    record_protective_action(session, child.id, "called_999", "", by=beth, at=MONDAY_NINE + HOUR)
    stories.screen(session, child, by=beth, at=MONDAY_NINE + 2 * HOUR)
    stories.send(session, child, by=beth, at=MONDAY_NINE + 2 * HOUR)
    record_decision(session, child.id, stories.a_decision(), by=carol, at=NOON)
    session.flush()
    return child


def words_of(session, child, by):
    session.flush()
    return [each.words for each in chronology_of(session, child.id, by=by).lines]


def line_of(session, child, start, by):
    session.flush()
    lines = chronology_of(session, child.id, by=by).lines
    return next(each for each in lines if each.words.startswith(start))


def again(session, mia, amara, beth, *, at):
    """A later contact about Mia, said to be her."""
    child = stories.a_child(session, sent_by=amara, at=at)
    take_up(session, child.id, by=beth, at=at)
    confirm_match(session, child.id, mia.person_id, by=beth, at=at)
    session.flush()
    return child


def test_it_builds_itself_from_what_is_on_record(session, mia, beth, carol):
    known = EndingFacts("Sam Ode", MONDAY_NINE, detail="About a coach")
    open_special(session, mia.id, Ending.LADO, known, by=carol, at=NOON)
    found = chronology_of(session, mia.id, by=beth)
    lines = {each.key.split(":")[0]: each for each in found.lines}
    assert set(lines) == {"contact", "told", "decision", "protected", "ending"}
    assert lines["decision"].words == "Decided: Early help, level 3"
    assert lines["contact"].source == "Hill School"
    assert (lines["told"].told_when, lines["told"].source) == ("about Easter", "Grandmother")
    assert "coach" not in repr(found)
    assert "Sam" not in repr(found)


def test_what_agencies_discussions_notices_and_visits_brought_stands_in_it_too(
    session, amara, beth, carol
):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    stories.screen(session, child, by=beth, at=MONDAY_NINE + HOUR, rag="red")
    police = an_agency(session, "Police district", "police")
    row = ask_agency(session, child.id, request_facts(police), by=beth, at=MONDAY_NINE + HOUR)
    part = session.scalars(select(RequestPart.id).where(RequestPart.request_id == row.id)).one()
    told = [Answer(part, Finding.INFORMATION, "Knives were found at the home.")]
    reply(session, row.id, told, by=police, at=MONDAY_NINE + 2 * HOUR)
    closed(session, child, at=NOON)
    notice = NoticeFacts(MONDAY_NINE - DAY, "Bus stop", "A neighbour", looked_after="no")
    gone = record_missing(session, child.id, notice, by=beth, at=NOON)
    back = ReturnFacts(NOON, "by_police", "At a friend's")
    record_return(session, gone.id, back, by=beth, at=NOON + HOUR)
    lines = chronology_of(session, child.id, by=beth).lines
    said = {each.key.split(":")[0]: (each.words, each.source) for each in lines}
    assert said["requested"] == ("Asked for what it knows", "Police district")
    assert said["replied"] == ("Answered what it was asked", "Police district")
    assert said["strategy"][0] == "Strategy discussion: section 47 enquiries started"
    assert (said["missing"][0], said["returned"][0]) == ("Missing", "Found by the police")
    whole = repr(chronology_of(session, child.id, by=beth))
    for words in ("Knives", "Bus stop", "neighbour"):
        assert words not in whole, "of an answer, and of who reported, no words are printed"
    hide_line(
        session, child.id, line_of(session, child, "Answered", beth).key, "x", by=beth, at=NOON
    )
    assert not line_of(session, child, "Answered", beth).is_printed


def test_what_the_referrer_said_later_and_the_help_that_was_not_enough_stand_in_it_too(
    session, amara, beth, carol
):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    ten = MONDAY_NINE + HOUR
    asked = ask_and_wait(session, child.id, "Who fetches her?", token=uuid4(), by=beth, at=ten)
    send_message(
        session, child.contact_id, "Aunt Ida", token=uuid4(), answers=asked, by=amara, at=ten
    )
    stories.screen(session, child, by=beth, at=ten)
    stories.send(session, child, by=beth, at=ten)
    record_decision(session, child.id, stories.a_decision(), by=carol, at=NOON)
    agreed = ConsentFacts("Rosa Thornbury", "early_help", "given", words="Yes.")
    record_consent(session, child.id, agreed, by=beth, at=NOON)
    start_help(session, child.id, by=carol, at=NOON)
    session.flush()
    [sent] = passed_on(session, contact_child_id=child.id, by=carol, at=NOON)
    send_on(session, sent.id, "Hub North", "Breakfast first", by=beth, at=NOON)
    record_accepted(session, sent.id, AnswerFacts("Jo Hart", "Lead"), by=beth, at=NOON + HOUR)
    told = {"token": uuid4(), "by": amara, "at": NOON + HOUR}
    add_words(session, child.contact.reference, "Her arm is burnt", danger_now=True, **told)
    not_enough = StepUpFacts("Meals are not enough", "A burn", "yes", "At home now", "not_seen")
    back = step_up(session, child.id, not_enough, by=beth, at=NOON + 2 * HOUR).contact_id
    again = session.scalars(select(ContactChild).where(ContactChild.contact_id == back)).one()
    confirm_match(session, again.id, child.person_id, by=beth, at=NOON + 2 * HOUR)
    session.flush()
    whole = chronology_of(session, again.id, by=beth)
    said = {each.words: (each.source, each.weight) for each in whole.lines}
    assert said["The referrer was asked a question"] == ("Hill School", Weight.STEP)
    assert said["The referrer answered"] == ("Hill School", Weight.STEP)
    assert said["The referrer said more, and that somebody is in danger"][1] is Weight.SERIOUS
    assert said["Early help started"] == ("Early help co-ordinator", Weight.STRENGTH)
    assert said["Step-down to early help: accepted by Hub North"] == ("Jo Hart", Weight.STEP)
    assert said["Came back from early help: Meals are not enough"][1] is Weight.CONCERN
    for words in ("Aunt Ida", "arm is burnt"):
        assert words not in repr(whole), "the words stay with the contact"


def test_a_visit_in_vain_is_a_worry_and_where_a_child_was_seen_stays_on_the_record(
    session, mia, beth
):
    vain = Visited(NOON, "Sam Ode", "12 Mill Lane", False, "Nobody opened")
    record_visit(session, mia.id, vain, by=beth, at=NOON + HOUR)
    seen = Visited(
        NOON + HOUR, "Sam Ode", "A refuge", True, was_alone=True, spoken_to="Mia", voice="Well"
    )
    record_visit(session, mia.id, seen, by=beth, at=NOON + 2 * HOUR)
    found = [line_of(session, mia, start, beth) for start in ("Visited", "Seen")]
    assert [(each.words, each.weight) for each in found] == [
        ("Visited and not seen: Nobody opened", Weight.CONCERN),
        ("Seen, alone", Weight.STEP),
    ]
    assert "refuge" not in repr(chronology_of(session, mia.id, by=beth))


def test_of_a_request_that_covers_a_closed_brother_nothing_stands_in_it(
    session, amara, beth, carol, dan
):
    mia, leo = a_request_about_both(session, sent_by=amara, asked_by=beth)
    assert line_of(session, mia, "Asked for", beth)
    stories.restrict(session, leo, readers=[carol, dan], by=dan, at=NOON)
    assert "Asked for what it knows" not in words_of(session, mia, beth)
    assert "Asked for what it knows" in words_of(session, mia, carol)


def test_an_event_without_a_source_is_said_by_whoever_made_contact(session, amara, beth):
    told = {"when": "last year", "what": "He moved school", "source": {"missing": "not_asked"}}
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth, chronology=[told])
    assert line_of(session, child, "He moved school", beth).source == "Hill School"


def test_lines_are_added_and_corrected_and_the_old_words_stay(session, mia, beth, dev):
    with pytest.raises(NotAllowed):
        add_line(session, mia.id, FELL, by=dev, at=NOON)
    add_line(session, mia.id, FELL, by=beth, at=NOON)
    line = line_of(session, mia, "She fell", beth)
    pushed = LineFacts(FELL.day, "She was pushed", "Mia herself", Weight.SERIOUS)
    with pytest.raises(NotReady, match="why the line is put right"):
        correct_line(session, mia.id, line.key, pushed, " ", by=beth, at=NOON)
    correct_line(session, mia.id, line.key, pushed, "Mia said so", by=beth, at=NOON)
    line = line_of(session, mia, "She was pushed", beth)
    assert (line.before, line.because, line.written_by) == (
        ("She fell from a wall",),
        "Mia said so",
        beth.name,
    )
    with pytest.raises(NotFound):
        hide_line(session, mia.id, "contact:nothing", "x", by=beth, at=NOON)


def test_a_line_is_left_out_of_print_with_a_reason_and_printed_again(session, mia, beth):
    add_line(session, mia.id, FELL, by=beth, at=NOON)
    key = line_of(session, mia, "She fell", beth).key
    hide_line(session, mia.id, key, "It names her aunt", by=beth, at=NOON)
    assert line_of(session, mia, "She fell", beth).hidden_because == "It names her aunt"
    with pytest.raises(Changed):
        hide_line(session, mia.id, key, "Again", by=beth, at=NOON)
    with pytest.raises(NotReady, match="why the line is left out of print"):
        hide_line(session, mia.id, f"contact:{mia.id}", " ", by=beth, at=NOON)
    show_line(session, mia.id, key, by=beth, at=NOON)
    assert line_of(session, mia, "She fell", beth).is_printed
    hide_line(session, mia.id, key, "It names her aunt", by=beth, at=NOON)


def test_lines_of_one_contact_are_read_on_the_next(session, mia, amara, beth):
    add_line(session, mia.id, FELL, by=beth, at=NOON)
    later = again(session, mia, amara, beth, at=MONDAY_NINE + 10 * DAY)
    assert words_of(session, later, beth) == words_of(session, mia, beth)
    assert "She fell from a wall" in words_of(session, later, beth)


def test_nothing_of_a_restricted_child_is_in_anybody_elses(session, mia, amara, beth, carol, dan):
    later = stories.a_child(session, sent_by=amara, at=MONDAY_NINE + 10 * DAY)
    stories.restrict(session, mia, readers=[carol, dan], by=carol, at=NOON)
    lens = lens_of(session, later.id, by=beth)
    assert [each.contact_child_id for each in lens.points] == [later.id]
    with pytest.raises(NotFound):
        chronology_of(session, mia.id, by=beth)
    seen = lens_of(session, later.id, by=carol)
    assert mia.id in {each.contact_child_id for each in seen.points}


def test_a_look_alike_is_not_confirmed_until_somebody_says_who_it_is(session, mia, amara, beth):
    at = MONDAY_NINE + 10 * DAY
    later = stories.a_child(session, sent_by=amara, at=at)
    lens = lens_of(session, later.id, by=beth)
    assert [each.whose for each in lens.points] == [Whose.NOT_CONFIRMED, Whose.CHILD]
    assert lens.met == ()
    assert any("repeat_3_months" in each.facts for each in lens.would_be_met)

    take_up(session, later.id, by=beth, at=at)
    confirm_match(session, later.id, mia.person_id, by=beth, at=at)
    session.flush()
    lens = lens_of(session, later.id, by=beth)
    assert [each.whose for each in lens.points] == [Whose.CHILD, Whose.CHILD]
    assert any("repeat_3_months" in each.facts for each in lens.met)
    assert lens.would_be_met == ()


def test_a_look_alike_that_somebody_ruled_out_is_in_no_lens_again(session, mia, amara, beth):
    at = MONDAY_NINE + 10 * DAY
    later = stories.a_child(session, sent_by=amara, at=at)
    take_up(session, later.id, by=beth, at=at)
    reject_match(session, later.id, mia.person_id, reason="A cousin", by=beth, at=at)
    session.flush()
    lens = lens_of(session, later.id, by=beth)
    assert [each.whose for each in lens.points] == [Whose.CHILD]
    assert (lens.not_confirmed, lens.would_be_met) == (0, ())


def test_look_alikes_are_offered_only_to_those_who_may_say_who_a_child_is(session, mia, amara):
    later = stories.a_child(session, sent_by=amara, at=MONDAY_NINE + 10 * DAY)
    kit = Actor("Kit", BETH.user_id, Role.EARLY_HELP_COORDINATOR, BETH.agency_id)
    assert [each.whose for each in lens_of(session, later.id, by=kit).points] == [Whose.CHILD]


def test_on_paper_stands_what_is_in_print_with_its_source_and_nothing_else(session, mia, beth):
    add_line(session, mia.id, FELL, by=beth, at=NOON)
    key = line_of(session, mia, "Her father left", beth).key
    hide_line(session, mia.id, key, "It names her father", by=beth, at=NOON)
    session.flush()
    found = chronology_of(session, mia.id, by=beth)
    paper = chronology_on_paper(found, printed_by=beth.name, printed_at=NOON)
    pages = PdfReader(BytesIO(paper)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in ("She fell from a wall", "Her aunt", "Decided: Early help", beth.name):
        assert words in text
    assert "Her father left" not in text
    assert "It names" not in text
