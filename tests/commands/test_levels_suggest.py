"""`levels suggest` and `levels score` on files of contacts: sound ones, and hostile ones."""

import json
import os
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mash_triage.cli import cli, in_words
from mash_triage.errors import Refused

WORKED = Path(__file__).parents[1] / "data" / "narratives" / "worked_contacts.yaml"

CONTACT = {
    "id": "A-1",
    "source": {"agency_type": "school", "role": "Head of year"},
    "child": {"age_years": 14, "sex": "female", "disability": False},
    "other_children": [9],
    "prior_contacts_12m": 0,
    "previous_status": "none",
    "consent": {"sought": True, "given": False, "reason_not_sought": None},
    "narrative": "She has bruises in the shape of a hand and says that her father hit her.",
}


def run(*arguments: str | Path):
    return CliRunner().invoke(cli, ["levels", *map(str, arguments)])


def written(folder: Path, *contacts: dict) -> Path:
    file = folder / "contacts.yaml"
    file.write_text(yaml.safe_dump({"version": 1, "vignettes": list(contacts)}), "utf-8")
    return file


def suggested(folder: Path, *contacts: dict, edition: str = "default") -> list[dict]:
    out = folder / "predictions.jsonl"
    done = run("suggest", "--edition", edition, written(folder, *contacts), "--out", out)
    assert done.exit_code == 0, in_words(done.exception) if done.exception else done.output
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def refusal(*arguments: str | Path) -> str:
    done = run(*arguments)
    assert isinstance(done.exception, Refused), done.output
    return in_words(done.exception)


# ---- suggest ----------------------------------------------------------------------------------


def test_accepted_indicators_are_all_that_counts_and_what_is_expected_is_never_read(tmp_path):
    accepted = CONTACT | {"indicators": ["bullying"], "expected": {"route": "s47"}}
    assert suggested(tmp_path, accepted) == [
        {
            "id": "A-1",
            "route": "early_help",
            "level": 2,
            "immediate_danger": False,
            "indicators": ["bullying"],
            "reasons": [
                "This usually sits at level 2: extra help from one agency. Because: Bullying."
            ],
        }
    ]
    assert suggested(tmp_path, accepted | {"expected": None}) == suggested(tmp_path, accepted)


def test_structured_facts_count_and_the_child_with_the_greatest_need_is_meant(tmp_path):
    abuse = CONTACT | {"indicators": ["domestic_abuse_exposure"]}
    stories = [
        abuse,
        abuse | {"id": "again", "prior_contacts_12m": 2},
        abuse | {"id": "baby at home", "other_children": [0]},
        CONTACT
        | {"id": "own injury", "indicators": ["minor_accidental_injury"]}
        | {"other_children": [0]},
        CONTACT | {"id": "plan", "indicators": ["self_harm"], "previous_status": "cp"},
        CONTACT
        | {"id": "not mobile", "indicators": ["minor_accidental_injury"]}
        | {"child": {"age_years": 14, "non_mobile": True}},
    ]
    routes = {each["id"]: each["route"] for each in suggested(tmp_path, *stories)}
    assert routes == {
        "A-1": "early_help",
        "again": "s17",
        "baby at home": "s17",
        "own injury": "universal",
        "plan": "s17",
        "not mobile": "s47",
    }


def test_a_narrative_is_read_when_nothing_was_accepted(tmp_path):
    hungry = CONTACT | {"narrative": "At lunch he begged for seconds.", "child": {"age_years": 7}}
    told = suggested(tmp_path, hungry, hungry | {"id": "A-2", "narrative": ""})
    assert told[0]["indicators"] == ["persistent_hunger"]
    assert (told[1]["indicators"], told[1]["route"]) == ([], "universal")


def test_another_edition_has_its_own_levels(tmp_path):
    abuse = CONTACT | {"indicators": ["fgm_risk"]}
    assert suggested(tmp_path, abuse, edition="three_levels")[0]["level"] == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"child": {"age_years": "ten"}}, "contact A-1: child.age_years: input should be"),
        ({"previous_status": "famous"}, "contact A-1: previous_status: input should be"),
        ({"indicators": [["bullying"]]}, "contact A-1: indicators.0: input should be"),
        ({"narrative": 5}, "contact A-1: narrative: input should be"),
        ({"child": None}, "contact A-1: child: input should be"),
        ({"id": None}, "contact number 1: id: field required"),
        ({"id": "A\n1" * 90, "narrative": 5}, "contact 'A\\n1A"),
    ],
)
def test_a_fault_is_one_sentence_with_the_contact_and_the_key(tmp_path, change, words):
    file = written(tmp_path, CONTACT | change)
    sentence = refusal("suggest", file, "--out", tmp_path / "out.jsonl")
    assert sentence.startswith(f"contacts.yaml: {words}")
    assert "\n" not in sentence
    assert "father" not in sentence
    assert not (tmp_path / "out.jsonl").exists()


def test_an_id_that_stands_twice_is_refused(tmp_path):
    file = written(tmp_path, CONTACT, CONTACT)
    assert "contact A-1: id: stands twice" in refusal("suggest", file, "--out", tmp_path / "o")


HOSTILE = {
    "no yaml": "vignettes: [",
    "no list": "vignettes: 7",
    "a list at the top": "- 1",
    "empty": "",
    "a thing of python": "vignettes: !!python/object/apply:os.system ['true']",
    "deep": "vignettes: " + "[" * 400 + "]" * 400,
    "merges": "a: &a {b: 1}\nvignettes:\n  - {<<: [*a, *a]}",
    "half a date": "vignettes:\n  - {id: x, child: 2024-13-45}",
    "a long number": "vignettes:\n  - {id: x, child: " + "9" * 5000 + "}",
    "a key that is a list": "? [1]\n: 2\nvignettes: []\n? {a: 1}\n: 3",
    "itself": "vignettes: &a [*a]",
    "control characters": "vignettes:\n  - {id: \x01}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_sentence(tmp_path, name):
    file = tmp_path / "contacts.yaml"
    file.write_text(HOSTILE[name], "utf-8")
    sentence = refusal("suggest", file, "--out", tmp_path / "out.jsonl")
    assert sentence.startswith("contacts.yaml")
    assert "\n" not in sentence
    assert len(sentence) < 300


def test_references_that_would_grow_without_end_do_no_harm(tmp_path):
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
    )
    file = tmp_path / "contacts.yaml"
    file.write_text(bomb + "vignettes: [{id: x, child: {age_years: 3}, indicators: *i}]", "utf-8")
    assert "contact x: indicators.0" in refusal("suggest", file, "--out", tmp_path / "out.jsonl")


def test_what_is_not_text_or_too_large_is_refused(tmp_path):
    file = tmp_path / "contacts.yaml"
    file.write_bytes(b"\xff\xfe")
    assert "is not text in UTF-8" in refusal("suggest", file, "--out", tmp_path / "o")
    with file.open("wb") as large:
        os.truncate(large.fileno(), 9 * 1024 * 1024)
    assert "is larger than 8 MB" in refusal("suggest", file, "--out", tmp_path / "o")


# ---- score ------------------------------------------------------------------------------------


def expected(own: str, route: str, *also: str, **more: object) -> dict:
    said = {"route": route, "acceptable_routes": [route, *also], "immediate_danger": False}
    said |= {"indicators": ["bullying"], "not_indicators": ["self_harm"]} | more
    return CONTACT | {"id": own, "expected": said}


def predicted(own: str, route: str, *codes: str, danger: bool = False) -> str:
    line = {"id": own, "route": route, "level": 1, "immediate_danger": danger, "reasons": []}
    return json.dumps(line | {"indicators": codes})


def test_the_figures_are_those_counted_by_hand(tmp_path):
    contacts = written(
        tmp_path,
        expected("right", "early_help"),
        expected("also right", "s47", "s17", immediate_danger=True),
        expected("missed", "s47"),
        expected("too much", "universal"),
    )
    predictions = tmp_path / "predictions.jsonl"
    lines = [
        predicted("right", "early_help", "bullying"),
        predicted("also right", "s17", "bullying", "self_harm", danger=True),
        predicted("missed", "early_help"),
        predicted("too much", "s47", "fgm_risk"),
    ]
    predictions.write_text("\n".join(lines), "utf-8")
    done = run("score", contacts, predictions)
    assert json.loads(done.stdout) == {
        "contacts": 4,
        "route_accuracy": 0.5,
        "cost_weighted_error": 4.5,
        "s47_sensitivity": 0.5,
        "s47_sensitivity_strict": 0.0,
        "s47_missed": 1,
        "over_escalation": 0.5,
        "immediate_danger_recall": 1.0,
        "immediate_danger_false_alarms": 0.0,
        "indicator_precision": 0.5,
        "indicator_recall": 0.5,
        "indicator_micro_f1": 0.5,
        "false_alarms_on_not_indicators": 0.25,
    }


def test_a_contact_without_a_prediction_or_an_expectation_is_named(tmp_path):
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text(predicted("other", "s47"), "utf-8")
    contacts = written(tmp_path, expected("own", "s47"))
    assert refusal("score", contacts, predictions) == "There is no prediction for contact 'own'."
    contacts = written(tmp_path, CONTACT)
    assert "contact A-1: expected: is missing" in refusal("score", contacts, predictions)
    contacts = written(tmp_path, expected("own", "s99"))
    assert "contact 'own': expected.route" in refusal("score", contacts, predictions)
    contacts = written(tmp_path, expected("own", "s47"))
    predictions.write_text("{]", "utf-8")
    assert "predictions.jsonl, line 1:" in refusal("score", contacts, predictions)


def test_the_worked_contacts_with_their_indicators_are_all_met(tmp_path):
    told = yaml.load(WORKED.read_text("utf-8"), Loader=yaml.CSafeLoader)
    for each in told["vignettes"]:
        each["indicators"] = each["expected"]["indicators"]
    contacts, out = tmp_path / "contacts.yaml", tmp_path / "predictions.jsonl"
    contacts.write_text(yaml.safe_dump(told), "utf-8")
    assert run("suggest", contacts, "--out", out).exit_code == 0
    scored = json.loads(run("score", contacts, out).stdout)
    assert (scored["route_accuracy"], scored["s47_sensitivity"]) == (1.0, 1.0)
    assert scored["over_escalation"] == 0.0
