"""What a referrer wrote, as the worker sees it proposed: found, set aside, and urgent."""

import pytest

from mash_triage.reading.about import About
from mash_triage.reading.in_edition import read_worry
from mash_triage.reading.read import read_text
from mash_triage.reading.worries import worries_in
from mash_triage.settings import settings
from mash_triage.thresholds.levels import read_edition

DEFAULT = read_edition(settings().levels_of_need / "default")
SPLIT = read_edition(settings().levels_of_need / "split_levels")
FOLDER = settings().levels_of_need / "worries"


def read(text, edition=DEFAULT, **about):
    return read_worry(text, About(**about), edition)


def by_wordings(text, **about):
    """What the wordings alone find and set aside."""
    return read_text(text, About(**about), worries_in(FOLDER))


def why(reading, code):
    return {each.code: each.why for each in reading.set_aside}.get(code)


def test_a_proposal_shows_the_very_sentence_it_came_from():
    text = "Lovely girl.\nShe asks for seconds, then thirds. Her hair is matted."
    for proposal in read(text, age_years=7).proposals:
        assert text[proposal.start : proposal.end] == proposal.sentence
        assert all(proposal.start <= start < end <= proposal.end for start, end in proposal.words)
    assert read(text, age_years=7).codes == ("persistent_hunger", "poor_hygiene_presentation")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("No self-harm, asked directly.", "denied"),
        ("She denies self-harm.", "denied"),
        ("Self harm stopped in Y9.", "past"),
        ("Mum self-harms when she is low.", "somebody else"),
        ("In the play she is seen to be cutting herself.", "other sense"),
    ],
)
def test_what_is_denied_past_or_about_others_is_set_aside_and_says_why(text, reason):
    reading = by_wordings(text, age_years=14)
    assert "self_harm" not in reading.codes
    assert why(reading, "self_harm") == reason


def test_a_denial_reaches_through_its_list_and_no_further():
    reading = by_wordings(
        "No drugs, drink or self-harm, but he steals food from other children's bags."
    )
    assert reading.codes == ("persistent_hunger",)


def test_what_is_sent_because_a_rule_says_so_is_set_aside():
    text = "The system flags certain words. He asked for seconds, then thirds."
    reading = by_wordings(text, age_years=7)
    assert reading.codes == ()
    assert why(reading, "persistent_hunger") == "sent without a worry"


def test_a_grave_sign_is_put_forward_though_the_sender_asks_for_nothing():
    told = "For information only. He said his dad punched him in the face last night."
    assert "physical_abuse_disclosure" in read(told, age_years=9).codes


def test_a_grave_sign_and_a_word_for_soon_are_danger_until_somebody_is_safe():
    told = "He said dad punched him in the face. Dad is due to collect him at 3."
    assert by_wordings(told, age_years=9).immediate_danger
    assert not by_wordings(told + " Police have removed him.", age_years=9).immediate_danger


def test_an_injury_of_a_baby_who_cannot_move_is_always_put_forward():
    told = "Small graze on his cheek, he rolled onto a toy, mum told me at the door."
    assert "bruising_non_mobile" in read(told, age_months=2, non_mobile=True).codes
    assert "bruising_non_mobile" not in read(told, age_years=4, non_mobile=False).codes


def test_danger_that_is_over_is_not_danger_now():
    now = "She has been missing since 6pm yesterday and her phone is off."
    assert by_wordings(now, age_years=14).immediate_danger
    assert by_wordings(now, age_years=14).danger[0].sentence == now
    assert not by_wordings(now + " Update: found safe at her nan's.", age_years=14).immediate_danger


def test_an_edition_with_codes_of_its_own_is_read_by_its_map():
    text = "He is self-harming again. Attendance is 71%."
    assert read(text, DEFAULT, age_years=14).codes == ("self_harm", "poor_school_attendance")
    assert read(text, SPLIT, age_years=14).codes == ("sh_02", "edu_01")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("His attendence is 71%.", "poor_school_attendance"),
        ("He has bruseing on his cheek and cannot say how.", "unexplained_or_inconsistent_injury"),
        ("Mum says he stangled her on Friday.", "non_fatal_strangulation"),
        ("She says she feels suicidle.", "suicidal_thoughts"),
    ],
)
def test_a_slip_of_the_keyboard_hides_no_worry(text, code):
    assert code in read(text, age_years=14).codes


def test_ordinary_words_and_names_are_not_put_right():
    words = "mourning starting striving straying befriend colluded Holloway Gardner meditation"
    known = worries_in(FOLDER).vocabulary
    assert [known.put_right(word) for word in words.lower().split()] == words.lower().split()
    assert known.put_right("negelct") == "neglect"
    assert "suicidal_thoughts" not in read("He knows a Mr Suicidel.", age_years=14).codes


HOSTILE = {
    "nothing": "",
    "spaces": " \n\t \r\n " * 500,
    "one endless line": "x" * 100_000,
    "no spaces": "mum.hit,him;" * 1_000,
    "brackets": "(" * 50_000,
    "a worry without end": "she cuts herself no not never " * 300,
    "control characters": "".join(map(chr, range(1, 160))) * 30,
    "right to left": "\u202eshe self-harms\u202c \u200f" * 2_000,
    "emoji": "😢👨‍👩‍👧🔪 " * 5_000,
    "lone surrogates": "\ud800 he is hungry \udfff" * 500,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_is_read_and_read_alike_each_time(text):
    first = read(text, age_years=9)
    assert first == read(text, age_years=9)
    for each in (*first.proposals, *first.set_aside, *first.danger):
        assert text[each.start : each.end] == each.sentence


def test_marks_that_hide_or_turn_text_hide_no_worry():
    assert read("She self-\u200bharms\u202e most nights.", age_years=14).codes == ("self_harm",)
