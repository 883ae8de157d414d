"""A chronology builds itself for child and household, and people mend it."""

from datetime import timedelta

import pytest

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
from mash_triage.contacts.actions import record_protective_action
from mash_triage.decisions.actions import record_decision
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.hand_on.actions import open_special
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import Ending
from mash_triage.matching.actions import confirm_match
from mash_triage.screening.actions import take_up
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

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
