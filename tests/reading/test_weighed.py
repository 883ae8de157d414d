"""Worries told in words that nobody wrote down, heard by weights learned from worked contacts."""

import shutil
from dataclasses import replace
from itertools import permutations

import pytest
import yaml
from click.testing import CliRunner

from mash_triage.cli import cli
from mash_triage.errors import Refused
from mash_triage.reading.about import About
from mash_triage.reading.in_edition import read_worry
from mash_triage.reading.learning import Taught, learn
from mash_triage.reading.predictions import predict
from mash_triage.reading.read import DANGER, read_text
from mash_triage.reading.scoring import Predicted, expectations, figures
from mash_triage.reading.teaching import FOLDER, OF_THE_WORDINGS, teaching_in
from mash_triage.reading.weighed import FILE, weights_in
from mash_triage.reading.worked_contacts import contacts_in, expected_in
from mash_triage.reading.worries import worries_in
from mash_triage.settings import settings
from mash_triage.thresholds.levels import read_edition

WORRIES = settings().levels_of_need / "worries"
DEFAULT = read_edition(settings().levels_of_need / "default")

TOLD = (
    "Rang to say nan has had enough. The lad's bed is a duvet on the landing, his uniform comes "
    "out of the same bag every Monday, and there is mould you could write your name in above the "
    "cot. Gas ran out on the 9th, the meter is still empty, they all sleep in the one room."
)


def read(text, **about):
    return read_worry(text, About(**about), DEFAULT)


def test_what_no_wording_foresaw_is_proposed_with_the_sentence_that_says_it():
    heard = read(TOLD, age_years=8)
    alone = read_text(TOLD, About(age_years=8), worries_in(WORRIES))
    added = [each for each in heard.proposals if each.code not in alone.codes]
    assert "hazardous_home_conditions" in {each.code for each in added}
    for each in added:
        assert TOLD[each.start : each.end] == each.sentence
        assert each.words
        assert all(each.start <= start < end <= each.end for start, end in each.words)


def test_one_loose_phrase_that_nothing_else_bears_out_is_shown_and_not_proposed():
    told = (
        "Lovely assembly today about the war. The children had to imagine that they were left home "
        "alone in the shelter all night while mum was at the factory, and the visitor, a local "
        "historian with photographs, answered twenty questions. Thank you letters are on the way, "
        "and the display will stay up in the hall until half term for parents to see."
    )
    worries = worries_in(WORRIES)
    alone = read_text(told, About(age_years=9), worries).codes
    heard = read_text(told, About(age_years=9), worries, weights_in(WORRIES))
    assert alone
    assert set(heard.codes) < set(alone)
    assert "not borne out" in {each.why for each in heard.set_aside}


def test_danger_that_a_wording_finds_is_never_talked_down():
    calm = " The fete raised £412 and the new head of year has settled in well." * 12
    now = "She took the whole packet an hour ago and is getting sleepy."
    assert read_text(now, About(age_years=15), worries_in(WORRIES)).immediate_danger
    assert read(now + calm, age_years=15).immediate_danger


def test_what_cannot_be_of_this_child_is_not_added():
    told = "A purple mark the size of a 10p on the soft bit under the knee, seen at nappy change."
    assert "bruising_non_mobile" in read(told, age_months=3, non_mobile=True).codes
    assert "bruising_non_mobile" not in read(told, age_years=9, non_mobile=False).codes


def as_scored(prediction):
    return Predicted(
        id=prediction.id,
        route=prediction.route,
        immediate_danger=prediction.immediate_danger,
        indicators=prediction.indicators,
    )


def test_contacts_that_were_never_learned_from_are_read_as_well_as_they_must_be():
    """The least that was asked of the reading, on 224 contacts that nobody tuned on."""
    folder = settings().levels_of_need.parent / "tests" / "data" / "narratives"
    expected, predicted = {}, {}
    for name in ("untouched", "inbox_2", "inbox_4", "inbox_6"):
        expected |= expected_in(folder / f"{name}.yaml")
        for contact in contacts_in(folder / f"{name}.yaml"):
            predicted[contact.id] = as_scored(predict(DEFAULT, contact))
    told = figures(expectations(expected), predicted)
    assert told["route_accuracy"] >= 0.65
    assert told["s47_sensitivity"] >= 0.9
    assert told["immediate_danger_recall"] >= 0.9
    assert told["over_escalation"] <= 0.12
    assert told["indicator_micro_f1"] >= 0.45
    assert told["false_alarms_on_not_indicators"] <= 0.15


GERBIL = [
    "The gerbil lives in his coat and he talks to nobody else, not in class and not at lunch.",
    "She tells the gerbil everything, it sits in her coat, and to us she says nothing at all.",
    "At lunch nobody else hears him talk, only the gerbil in the pocket of that big coat.",
]
SCIENCE = [
    "A visitor brought owls for the science lesson and the whole class drew them at lunch.",
    "The rail in the corridor fell down again, the caretaker has been told and nobody was hurt.",
    "We practise the songs for the summer concert in the hall and everybody is welcome to hear.",
]
LORRY = [
    "The lorry is outside with its engine on and he has her passport and both of her phones.",
    "He took her passport, her phones are off, and the engine of the lorry is on outside.",
    "Engine on, lorry at the gate, her passport in his pocket and her bag thrown in the back.",
]


def test_a_partnership_teaches_by_example():
    worries = worries_in(WORRIES)
    taught = [
        Taught(" ".join((first, second)), About(), frozenset(codes), f"writer {number}")
        for texts, codes in ((GERBIL, {"low_mood_anxiety"}), (SCIENCE, ()), (LORRY, {DANGER}))
        for number, (first, second) in enumerate(permutations(texts, 2))
    ]
    weights = learn(taught, worries)

    def hear(text):
        return read_text(text, About(), worries, weights)

    assert hear(" ".join(GERBIL)).codes == ("low_mood_anxiety",)
    assert hear(" ".join(SCIENCE)).codes == ()
    assert hear(" ".join(LORRY)).immediate_danger
    assert not hear(" ".join(GERBIL)).immediate_danger
    again = learn(taught, worries)
    assert (again.points == weights.points).all()
    assert again.place == weights.place


def test_what_cannot_teach_is_refused_in_a_sentence():
    worries = worries_in(WORRIES)
    one = Taught(GERBIL[0], About(), frozenset({"low_mood_anxiety"}), "one")
    with pytest.raises(Refused, match="2 writers or more"):
        learn([one], worries)
    with pytest.raises(Refused, match="immediate danger"):
        learn([one, replace(one, file="two")], worries)


def test_the_command_learns_from_the_folder_and_keeps_one_file(tmp_path, monkeypatch):
    levels = tmp_path / "levels"
    shutil.copytree(
        settings().levels_of_need, levels, ignore=shutil.ignore_patterns("taught", FILE, "*.pdf")
    )
    for theme in (levels / "worries").glob("*.toml"):
        if theme.name not in ("danger.toml", "money_and_status.toml"):
            theme.unlink()
    taught = levels / "worries" / FOLDER
    (taught / OF_THE_WORDINGS).mkdir(parents=True)
    contacts = yaml.safe_load((WORRIES / FOLDER / "short.yaml").read_text("utf-8"))["vignettes"]
    for name, part in (("one", contacts[:40]), ("two", contacts[40:80])):
        whole = {"version": 1, "vignettes": part}
        (taught / f"{name}.yaml").write_text(yaml.safe_dump(whole), "utf-8")
    monkeypatch.setenv("MASH_LEVELS_OF_NEED", str(levels))
    settings.cache_clear()
    told = CliRunner().invoke(cli, ["levels", "learn"])
    settings.cache_clear()
    assert told.exit_code == 0, told.output
    assert "texts taught the weights" in told.output
    assert len(weights_in(levels / "worries").place) > 100


def test_what_teaches_is_sound_and_apart_from_what_measures():
    taught = teaching_in(WORRIES, worries_in(WORRIES))
    known = {indicator.code for indicator in DEFAULT.indicator} | {DANGER}
    assert {code for each in taught for code in each.codes} <= known
    assert len([each for each in taught if each.fresh]) == 2420
    folder = settings().levels_of_need.parent / "tests" / "data" / "narratives"
    measured = {
        " ".join(contact.narrative.split())
        for path in folder.glob("*.yaml")
        if not path.stem.startswith("second_reader")
        for contact in contacts_in(path)
    }
    assert measured.isdisjoint(" ".join(each.text.split()) for each in taught)


@pytest.mark.parametrize("folder", [WORRIES / FOLDER, WORRIES / FOLDER / OF_THE_WORDINGS])
def test_no_two_contacts_that_teach_share_an_id(folder):
    ids = [contact.id for path in sorted(folder.glob("*.yaml")) for contact in contacts_in(path)]
    assert len(ids) == len(set(ids))
    assert ids
