"""Reading an edition: a sound one, or one sentence that names file and key."""

import hashlib
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.thresholds.levels import (
    Edition,
    EditionFault,
    read_edition,
    sha256_of,
    shipped_editions,
)
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route
from mash_triage.thresholds.toml_text import LARGEST_FILE
from mash_triage.thresholds.toml_tokens import DEEPEST_NESTING

FOLDER = Path(__file__).parents[2] / "levels_of_need"
FILE = FOLDER / "default" / "edition.toml"
TEXT = FILE.read_text("utf-8")
DEFAULT = read_edition(FILE)
SOAK = os.environ.get("MASH_SOAK") == "1"


def fault_in(text: str) -> EditionFault:
    with pytest.raises(EditionFault) as caught:
        read_edition(text)
    return caught.value


def with_change(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


# ---- reading and looking up ---------------------------------------------------------------------


def test_a_folder_a_file_and_the_text_give_the_same_edition():
    assert read_edition(FILE.parent) == read_edition(FILE) == read_edition(TEXT) == DEFAULT


def test_an_edition_reads_its_windows_line_ends_too():
    assert read_edition(TEXT.replace("\n", "\r\n")) == DEFAULT


def test_an_edition_never_changes():
    with pytest.raises(ValueError, match="frozen"):
        DEFAULT.title = "Another"


def test_the_hash_is_that_of_the_exact_text():
    assert sha256_of(TEXT) == hashlib.sha256(FILE.read_bytes()).hexdigest()


def test_shipped_editions_are_found_by_folder(tmp_path):
    assert shipped_editions(tmp_path / "none") == ()
    for name in ("south", "north"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "edition.toml").write_text(TEXT, "utf-8")
    (tmp_path / "README.md").write_text("not an edition", "utf-8")
    assert [file.parent.name for file in shipped_editions(tmp_path)] == ["north", "south"]


def test_every_code_has_its_words():
    assert all(DEFAULT.route_of(route).words for route in Route)
    assert all(DEFAULT.outcome_of(outcome).told_to_referrer for outcome in Outcome)
    assert all(DEFAULT.rating_of(rag).meaning for rag in Rag)
    assert all(DEFAULT.departure_words(reason) for reason in DepartureReason)
    assert all(DEFAULT.words_of("theme", i.theme) for i in DEFAULT.indicator)
    assert all(DEFAULT.words_of("domain", i.domain) for i in DEFAULT.indicator)
    assert DEFAULT.words_of("concern", "neglect").startswith("Neglect")
    assert DEFAULT.words_of("strength", "known_professional")


def test_things_are_found_by_their_code():
    assert DEFAULT.indicator_of("fgm_risk").words.startswith("Risk of")
    assert DEFAULT.level_of(4).routes == DEFAULT.routes_for(4) == (Route.S17, Route.S47)
    assert DEFAULT.rule_of("usual_level_2").level == 2
    assert Outcome.OPEN_CASE in DEFAULT.outcomes_for(None)
    with pytest.raises(KeyError):
        DEFAULT.indicator_of("witchcraft")


# ---- faults, each with its key ------------------------------------------------------------------

LAST_INDICATOR = len(DEFAULT.indicator) - 1
LAST_RULE = len(DEFAULT.rule) - 1

INDICATOR = """
[[indicator]]
code = "another"
words = "Another"
definition = "Another"
domain = "child_development"
theme = "neglect"
level = 2
"""
RULE = """
[[rule]]
code = "another"
words = "Another"
when.seen.codes = ["bullying"]
level = 2
route = "early_help"
"""
NEXT_INDICATOR = f"indicator[{LAST_INDICATOR + 1}]"
NEXT_RULE = f"rule[{LAST_RULE + 1}]"


def extra(entry: str, old: str = "", new: str = "") -> str:
    assert old in entry
    return TEXT + entry.replace(old, new, 1)


def without(entry_code: str, kind: str) -> str:
    """The default edition without one entry of a list."""
    entries = TEXT.split("\n[[")
    kept = [e for e in entries if not e.startswith(f'{kind}]]\ncode = "{entry_code}"')]
    assert len(kept) == len(entries) - 1
    return "\n[[".join(kept)


NEW_FAULTS = [
    # (text, key, words)
    (with_change("allow_plain_nfa", "allow_nothing"), "allow_plain_nfa", "this key is missing"),
    (extra("\n[surprise]\n"), "surprise", "this key is not known"),
    (
        extra(INDICATOR, "level = 2", 'level = 2\ncolour = "red"'),
        f"{NEXT_INDICATOR}.colour",
        "this key is not known",
    ),
    (
        extra(INDICATOR, "level = 2", 'level = "2"'),
        f"{NEXT_INDICATOR}.level",
        "must be a whole number",
    ),
    (
        extra(INDICATOR, "level = 2", "level = true"),
        f"{NEXT_INDICATOR}.level",
        "must be a whole number",
    ),
    (
        extra(INDICATOR, "level = 2", "level = 7"),
        f"{NEXT_INDICATOR}.level",
        "there is no level 7",
    ),
    (
        extra(INDICATOR, "level = 2", ""),
        f"{NEXT_INDICATOR}.level",
        "this key is missing, and no rule names the indicator",
    ),
    (
        extra(INDICATOR, 'words = "Another"', "words = 5"),
        f"{NEXT_INDICATOR}.words",
        "must be text",
    ),
    (
        extra(INDICATOR, 'words = "Another"', 'words = ""'),
        f"{NEXT_INDICATOR}.words",
        "must not be empty",
    ),
    (
        extra(INDICATOR, '"another"', '"An Other"'),
        f"{NEXT_INDICATOR}.code",
        "must be a code: small letters, digits and underscores",
    ),
    (
        extra(INDICATOR, '"another"', '"bullying"'),
        f"{NEXT_INDICATOR}.code",
        "two entries have the code 'bullying'",
    ),
    (
        extra(INDICATOR, '"neglect"', '"weather"'),
        f"{NEXT_INDICATOR}.theme",
        "there is no theme 'weather'",
    ),
    (
        extra(INDICATOR, '"child_development"', '"weather"'),
        f"{NEXT_INDICATOR}.domain",
        "there is no domain 'weather'",
    ),
    (
        extra(INDICATOR, "level = 2", 'level = 2\ngroups = ["weather"]'),
        f"{NEXT_INDICATOR}.groups[0]",
        "there is no group 'weather'",
    ),
    (
        extra(INDICATOR, "level = 2", 'level = 2\ngroups = "injury"'),
        f"{NEXT_INDICATOR}.groups",
        "must be a list",
    ),
    (
        extra(INDICATOR, "level = 2", 'level = 2\ncheck_999 = "yes"'),
        f"{NEXT_INDICATOR}.check_999",
        "must be true or false",
    ),
    (
        extra(RULE, '"bullying"', '"witchcraft"'),
        f"{NEXT_RULE}.when.seen.codes[0]",
        "there is no indicator 'witchcraft'",
    ),
    (
        extra(RULE, "codes = [", 'themes = ["weather"]\nwhen.seen.codes = ['),
        f"{NEXT_RULE}.when.seen.themes[0]",
        "there is no theme 'weather'",
    ),
    (
        extra(RULE, "codes = [", 'group = "weather"\nwhen.seen.codes = ['),
        f"{NEXT_RULE}.when.seen.group",
        "there is no group 'weather'",
    ),
    (
        extra(RULE, "codes = [", "level = 7\nwhen.seen.codes = ["),
        f"{NEXT_RULE}.when.seen.level",
        "there is no level 7",
    ),
    (
        extra(RULE, "level = 2", 'when.also_seen.codes = ["witchcraft"]\nlevel = 2'),
        f"{NEXT_RULE}.when.also_seen.codes[0]",
        "there is no indicator 'witchcraft'",
    ),
    (
        extra(RULE, "when.seen.codes", "when.also_seen.codes"),
        f"{NEXT_RULE}.when",
        "also_seen goes with seen",
    ),
    (
        extra(RULE, 'when.seen.codes = ["bullying"]', "when = {}"),
        f"{NEXT_RULE}.when",
        "a rule must say when it applies",
    ),
    (
        extra(RULE, 'when.seen.codes = ["bullying"]', "when = 3"),
        f"{NEXT_RULE}.when",
        "must be a table",
    ),
    (
        extra(RULE, 'when.seen.codes = ["bullying"]', 'when.answered_yes = "raining"'),
        f"{NEXT_RULE}.when.answered_yes",
        "must be one of 'non_mobile', 'disabled', 'cannot_tell', 'in_danger_now' or "
        "'police_protection'",
    ),
    (
        extra(RULE, '"early_help"', '"s48"'),
        f"{NEXT_RULE}.route",
        "must be one of 'universal', 'early_help', 's17' or 's47'",
    ),
    (
        extra(RULE, '"early_help"', '"s47"'),
        f"{NEXT_RULE}.route",
        "level 2 does not have the route s47",
    ),
    (extra(RULE, "level = 2", "level = 7"), f"{NEXT_RULE}.level", "there is no level 7"),
    (
        extra(RULE, "level = 2", ""),
        NEXT_RULE,
        "a rule gives both a level and a route, or neither",
    ),
    (
        extra(RULE, 'level = 2\nroute = "early_help"', ""),
        f"{NEXT_RULE}.words",
        "the rule has no effect",
    ),
    (
        extra(RULE, "level = 2", "level = 2\ntrigger = true"),
        f"{NEXT_RULE}.trigger",
        "a trigger must give the route 's47' and the rating 'red'",
    ),
    (
        extra(RULE, "level = 2", 'level = 2\nrag = "amber"\ncheck_999 = true'),
        f"{NEXT_RULE}.check_999",
        "a rule that asks to check 999 must give the rating 'red'",
    ),
    (
        extra(
            RULE,
            'level = 2\nroute = "early_help"',
            'when.with_trigger = true\nlevel = 4\nroute = "s47"\nrag = "red"\ntrigger = true',
        ),
        f"{NEXT_RULE}.when.with_trigger",
        "a trigger cannot rest on another trigger",
    ),
    (
        extra(RULE, 'when.seen.codes = ["bullying"]', "when.nothing_seen = true"),
        f"{NEXT_RULE}.when.nothing_seen",
        "having ticked nothing cannot raise the level",
    ),
    (
        extra(
            RULE,
            'when.seen.codes = ["bullying"]\nlevel = 2\nroute = "early_help"',
            'when.nothing_seen = true\nrag = "amber"',
        ),
        f"{NEXT_RULE}.when.nothing_seen",
        "having ticked nothing cannot raise the rating",
    ),
    (without("s17", "route"), "route", "'s17' is missing"),
    (without("lado", "outcome"), "outcome", "'lado' is missing"),
    (without("amber", "rag"), "rag", "'amber' is missing"),
    (without("other", "departure_reason"), "departure_reason", "'other' is missing"),
    (
        with_change('["s17", "s47"]', "[]"),
        "level[3].routes",
        "must not be empty",
    ),
    (
        with_change('["s17", "s47"]', '["s47"]'),
        "route[2].code",
        "no level has the route 's17'",
    ),
    (
        with_change('["s17", "s47"]', '["universal", "s17", "s47"]'),
        "level[3].routes",
        "a higher level may not have a lesser route",
    ),
    (with_change("number = 4", "number = 3"), "level[3].number", "two levels have the number '3'"),
    (
        with_change("number = 1\n", "number = 5\n"),
        "level[1].number",
        "levels must be given from the lowest to the highest",
    ),
    (with_change('"lado", ', ""), "outcome[7].code", "no route allows 'lado'"),
    (
        with_change(
            "effective_from = 2025-04-01", "effective_from = 2025-04-01\neffective_to = 2024-04-01"
        ),
        "effective_to",
        "an edition cannot end before it begins",
    ),
    (with_change('"Europe/London"', '"Europe/Atlantis"'), "clocks.time_zone", "is not a time zone"),
    (
        with_change('"Europe/London"', '"../../etc/passwd"'),
        "clocks.time_zone",
        "is not a time zone",
    ),
    (
        with_change("opens = 09:00:00", "opens = 18:00:00"),
        "clocks",
        "the opening time must be before the closing time",
    ),
    (
        with_change("half_used_at_percent = 50", "half_used_at_percent = 80"),
        "clocks",
        "the first step of a clock must be before the second",
    ),
]


@pytest.mark.parametrize(
    ("text", "key", "words"), NEW_FAULTS, ids=[f"{key}: {words}" for _, key, words in NEW_FAULTS]
)
def test_a_fault_is_named_with_its_key(text, key, words):
    fault = fault_in(text)
    assert (fault.key, fault.words) == (key, words)


def test_a_fault_names_the_file_first(tmp_path):
    file = tmp_path / "edition.toml"
    file.write_text(extra(INDICATOR, "level = 2", "level = 7"), "utf-8")
    with pytest.raises(EditionFault) as caught:
        read_edition(tmp_path)
    line = len(file.read_text("utf-8").splitlines())
    assert str(caught.value) == f"{file}:{line}: {NEXT_INDICATOR}.level: there is no level 7"
    assert (caught.value.file, caught.value.line) == (str(file), line)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("number = 4", "number = 44", "must be at most 9"),
        ("red_within_hours = 4", "red_within_hours = 0", "must be at least 1"),
        ("effective_from = 2025-04-01", "effective_from = 4", "must be a date such as 2026-04-01"),
        (
            "effective_from = 2025-04-01",
            "effective_from = 'x'",
            "must be a date such as 2026-04-01",
        ),
        ("opens = 09:00:00", "opens = 'nine'", "must be a time such as 09:00:00"),
        ('notice = "', 'notice = "' + "x" * 1000, "must not be longer than 1000 characters"),
        ("allow_plain_nfa = false", "allow_plain_nfa", "is not TOML: there is no = after the key"),
        ("allow_plain_nfa = false", "allow_plain_nfa = no", "is not TOML: the value is neither"),
        ('id = "default"', 'id = "a"\nid = "b"', "is not TOML: this key was given before"),
    ],
)
def test_faults_of_values_and_of_toml_are_told_in_plain_words(old, new, words):
    assert fault_in(with_change(old, new)).words.startswith(words)


# ---- texts that are no edition at all -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "this key is missing", id="empty"),
        pytest.param('"a\\nb" = 1\n' + TEXT, "this key is not known", id="a key of two lines"),
        pytest.param("id = ", "is not TOML", id="half a line"),
        pytest.param("id = 'a'\nid = 'b'", "is not TOML", id="a key given twice"),
        pytest.param("\x00", "is not TOML", id="a control character"),
        pytest.param("id = '\ud800'", "holds half a character", id="half a character"),
        pytest.param(f"id = {'9' * 5000}", "a number that is too long", id="a giant number"),
        pytest.param("a = " + "[" * 5000, "nested deeper", id="deep lists"),
        pytest.param("a = " + "{b = " * 30 + "1" + "}" * 30, "nested deeper", id="deep tables"),
        pytest.param(".".join("a" * 30000) + " = 1", "nested deeper", id="a long dotted key"),
        pytest.param("[" + ".".join("a" * 30000) + "]", "nested deeper", id="a long header"),
        pytest.param("#" * (LARGEST_FILE + 1), "is larger than 256 kB", id="too large"),
        pytest.param('a = """' + "[" * 50, "is not TOML", id="an unclosed long string"),
        pytest.param('a = "' + "[" * 50 + "\n[", "is not TOML", id="an unclosed short string"),
        pytest.param("a = 'x\\", "is not TOML", id="a lone backslash"),
        pytest.param('a = "\\', "is not TOML", id="an escape at the very end"),
    ],
)
def test_what_is_no_edition_is_refused_in_one_sentence(text, words):
    fault = fault_in(text)
    assert words in fault.words
    assert "\n" not in str(fault)


def test_brackets_and_dots_in_words_and_comments_are_not_nesting():
    many = "[" * 50 + "." * 50
    words = f"words = '''\n{many}'''"
    basic = f'definition = """\\"{many}"""'
    text = extra(INDICATOR, 'words = "Another"', words) + f"# {many}"
    assert many in read_edition(text.replace('definition = "Another"', basic)).indicator[-1].words


def test_nesting_up_to_the_cap_is_read_and_judged_by_the_shape():
    deep = "surprise = " + "[" * DEEPEST_NESTING + "]" * DEEPEST_NESTING
    assert fault_in(f"{deep}\n{TEXT}").words == "this key is not known"


def test_a_file_that_is_not_there_or_not_text_or_too_large_is_named(tmp_path):
    for name, raw, words in (
        ("latin.toml", "title = 'é'".encode("latin-1"), "is not text in UTF-8"),
        ("large.toml", b"\xff" * (LARGEST_FILE + 1), "is larger than 256 kB"),
    ):
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(EditionFault, match=words) as caught:
            read_edition(tmp_path / name)
        assert caught.value.file.endswith(name)
    with pytest.raises(EditionFault, match="cannot be read"):
        read_edition(tmp_path / "absent.toml")


# ---- whatever is sent: an edition, or one sentence ----------------------------------------------

LINES = TEXT.splitlines()
SPLICES = st.tuples(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(
        ["", "x = 1", "[[rule]]", "[level]", 'code = "bullying"', "level = -1", "= =", "a.b.c = []"]
    )
    | st.text(max_size=40),
)


@settings(deadline=None, max_examples=5000 if SOAK else 60)
@given(st.lists(SPLICES, min_size=1, max_size=4))
def test_a_spoilt_edition_is_still_sound_or_one_sentence_with_its_file(splices):
    lines = list(LINES)
    for place, line in splices:
        lines[place] = line
    answer = answer_to("\n".join(lines))
    assert isinstance(answer, Edition) or answer.startswith("(stored edition):")
    assert len(str(answer).splitlines()) == 1 or isinstance(answer, Edition)


def answer_to(text: str) -> Edition | str:
    """The edition, or the sentence that refuses it."""
    try:
        return read_edition(text)
    except EditionFault as fault:
        return str(fault)


@settings(deadline=None, max_examples=2000 if SOAK else 60)
@given(st.text(alphabet="[]{}=,.\"'#\\\nab1 ", max_size=200))
def test_the_look_ahead_for_nesting_never_refuses_what_toml_would_read(text):
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    deep = max(text.count("["), text.count("{"), text.count(".")) > DEEPEST_NESTING
    if not deep:
        assert "nested" not in fault_in(text).words
