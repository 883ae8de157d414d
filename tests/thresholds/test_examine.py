"""Every fault of an edition at once, each on its line, and the holes of which it is warned."""

from itertools import pairwise
from pathlib import Path

import pytest

from mash_triage.thresholds.examine import STORED, examine
from mash_triage.thresholds.levels import EditionFault, read_edition

FOLDER = Path(__file__).parents[2] / "levels_of_need"
TEXT = (FOLDER / "default" / "edition.toml").read_text("utf-8")
DEFAULT = read_edition(TEXT)
SHIPPED = sorted(FOLDER.glob("*/edition.toml"))
each_shipped = pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parent.name)


def changed(*changes: tuple[str, str]) -> str:
    """The default edition with each first text replaced by the second."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def line_of(words: str, text: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def entry(kind: str, code: str) -> str:
    """The key of an entry of the default edition: entry("theme", "neglect") is theme[4]."""
    return f"{kind}[{[one.code for one in getattr(DEFAULT, kind)].index(code)}]"


def without(*entries: tuple[str, str]) -> str:
    """The default edition without some entries of its lists."""
    text = TEXT
    for kind, code in entries:
        start = text.index(f'\n[[{kind}]]\ncode = "{code}"\n')
        text = text[:start] + text[text.find("\n[[", start + 1) :]
    return text


def cut_from(start: str, end: str) -> str:
    """The default edition without what stands from one text to another."""
    return TEXT[: TEXT.index(start)] + TEXT[TEXT.index(end) :]


# ---- faults -------------------------------------------------------------------------------------


def test_faults_of_values_and_faults_between_parts_are_told_together_in_the_order_of_the_lines():
    text = changed(
        ('id = "default"', 'id = "Default"'),
        ("red_within_hours = 4", 'red_within_hours = "4"'),
        ('"fgm_risk",', '"fgm_risks",'),
        ('code = "usual_level_2"', 'code = "usual_level_2"\ntriger = true'),
        ('code = "persistent_hunger"', 'code = "persistent_hunger"\ncolour = "red"'),
        ('theme = "mental_ill_health"\n', 'theme = "weather"\n'),
    )
    in_lines = ("id = ", "red_within", '"fgm_risks"', "triger", "colour", 'theme = "weather"')
    told = [(fault.line, fault.key, fault.words) for fault in examine(text).faults]
    assert [line for line, _key, _words in told] == [line_of(words, text) for words in in_lines]
    keys = [key for _line, key, _words in told]
    assert keys[:2] == ["id", "clocks.red_within_hours"]
    assert keys[2].startswith("rule[0].when.seen.codes[")
    assert keys[3:5] == [
        f"{entry('rule', 'usual_level_2')}.triger",
        f"{entry('indicator', 'persistent_hunger')}.colour",
    ]
    assert [words for _line, _key, words in told] == [
        "must be a code: small letters, digits and underscores",
        "must be a whole number",
        "there is no indicator 'fgm_risks'",
        "this key is not known",
        "this key is not known",
        "there is no theme 'weather'",
    ]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('title = "', "title = '", "title"),
        ('title = "Levels of need, default edition"', "title = 3", "title"),
        ("allow_plain_nfa = false", "", "allow_plain_nfa"),
        ("opens = 09:00:00", "opens = 9", "clocks.opens"),
        ('words = "Amber"', "", f"{entry('rag', 'amber')}.words"),
        ('words = "Bullying"', "words = 7", f"{entry('indicator', 'bullying')}.words"),
        ('words = "Neglect and basic care"', "", f"{entry('theme', 'neglect')}.words"),
        ('domain = "child_development"', "domain = 1", "indicator[0].domain"),
        ("level = 1\npage", "level = '1'\npage", ""),
        ('code = "three_of_level_3"', 'code = "Three"', entry("rule", "three_of_level_3")),
        (
            'code = "usual_level_1"',
            'code = "usual_level_1"\nrag = 1',
            entry("rule", "usual_level_1"),
        ),
        (
            'counted_from = "the referral"\nwithin_working_days = 45',
            'counted_from = "the referral"\nwithin_working_days = 0',
            f"{entry('route', 's17')}.clock[1]",
        ),
        (
            'counted_from = "received"\nwithin_working_days = 45',
            'counted_from = "received"\nwithin_working_days = 0',
            f"{entry('promise', 'assessment')}.within_working_days",
        ),
        ('working_week = ["monday",', 'working_week = ["moonday",', "clocks.working_week[0]"),
    ],
)
def test_one_faulty_value_hides_no_other_fault_and_brings_no_further_one(old, new, key):
    told = examine(changed((old, new), ('"fgm_risk",', '"fgm_risks",'))).faults
    if "not TOML" in told[0].words:
        assert (told[0].key, len(told)) == (key, 1)
        return
    own = [fault for fault in told if fault.words != "there is no indicator 'fgm_risks'"]
    assert len(own) == len(told) - 1 == 1
    assert own[0].key.startswith(key)


@pytest.mark.parametrize(
    ("lowered", "why"),
    [
        ("trigger_indicator", "nothing cancels a trigger"),
        ("second_in_3_months", "it sets no level"),
    ],
)
def test_a_strength_that_would_cancel_a_trigger_is_a_fault_on_its_line(lowered, why):
    text = changed(("lowers = [", f'lowers = ["{lowered}", '))
    (fault,) = examine(text).faults
    assert (fault.line, fault.key) == (line_of("lowers = [", text), "protective[0].lowers[0]")
    assert fault.words == f"strengths may not lower {lowered!r}: {why}"


def test_no_rule_of_an_edition_takes_the_name_of_one_of_the_floor():
    text = changed(('code = "nothing_ticked"', 'code = "floor_legal_protection"'))
    (fault,) = examine(text).faults
    assert fault.key == f"{entry('rule', 'nothing_ticked')}.code"
    assert "floor_" in fault.words


def test_a_stored_text_says_key_and_line_too():
    text = changed(('theme = "mental_ill_health"\n', 'theme = "weather"\n'))
    with pytest.raises(EditionFault) as caught:
        read_edition(text)
    line = line_of('theme = "weather"', text)
    assert str(caught.value).startswith(f"{STORED}:{line}: indicator[")
    assert str(caught.value).endswith("].theme: there is no theme 'weather'")


def test_what_is_no_toml_is_told_with_its_line_and_the_key_that_was_being_written():
    text = changed(('theme = "mental_ill_health"\n', 'theme = "mental_ill_health\n'))
    (fault,) = examine(text).faults
    assert fault.line == line_of('theme = "mental_ill_health\n', text)
    assert fault.key == f"{entry('indicator', 'low_mood_anxiety')}.theme"
    assert fault.words == "is not TOML: the text has no closing quote on its line"


def test_a_byte_order_mark_and_windows_line_ends_are_read_and_change_no_line():
    text = "\ufeff" + changed(('theme = "mental_ill_health"\n', 'theme = "weather"\n'))
    (fault,) = examine(text.replace("\n", "\r\n")).faults
    assert fault.line == line_of('theme = "weather"', text)


def test_a_code_with_a_letter_of_another_script_is_refused_on_its_line():
    text = changed(('code = "bullying"', 'code = "bull\u0443ing"'))
    (fault,) = examine(text).faults
    assert fault.line == line_of("bull\u0443ing", text)
    assert fault.words.endswith("not '\u0443' (U+0443)")


@pytest.mark.parametrize("unseen", ["0000", "202E", "200B", "001B", "FEFF"])
def test_words_hold_nothing_that_cannot_be_seen(unseen):
    (fault,) = examine(changed(('words = "Bullying', f'words = "Bul\\u{unseen}lying'))).faults
    assert fault.words.endswith(f"(U+{unseen})")
    assert fault.key == f"{entry('indicator', 'bullying')}.words"


# ---- holes --------------------------------------------------------------------------------------

RULE = '\n[[rule]]\ncode = "new"\nwords = "New"\nrag = "amber"\n'
INDICATOR = """
[[indicator]]
code = "new"
words = "New"
definition = "New"
domain = "child_development"
theme = "neglect"
level = 9
"""
LEVEL = '\n[[level]]\nnumber = 9\nname = "Nine"\nmeaning = "Nine"\nroutes = ["s47"]\n'
PLAIN = 'plain.families = "Nine"\nplain.partners = "Nine"\n'

LEVEL_3, AFTER_IT = next(pair for pair in pairwise(DEFAULT.indicator) if pair[0].level == 3)

HOLES = {
    "a rule that asks for more than there is": (
        TEXT + RULE + 'when.seen.group = "sexual"\nwhen.seen.at_least = 99\n',
        'when.seen.group = "sexual"\nwhen.seen.at_least = 99',
        "the rule can never fire: it asks for more than there is",
    ),
    "a rule that asks for something and for nothing": (
        TEXT
        + RULE.replace('rag = "amber"', 'level = 1\nroute = "universal"')
        + 'when.seen.group = "sexual"\nwhen.nothing_seen = true\n',
        'when.seen.group = "sexual"\nwhen.nothing_seen',
        "the rule can never fire: it asks for more than there is",
    ),
    "an indicator out of reach": (
        TEXT + LEVEL + PLAIN + INDICATOR,
        'code = "new"',
        "no rule can reach the indicator 'new'",
    ),
    "an indicator that alone comes to less than its level": (
        changed(("when.seen.level = 3\n", "when.seen.level = 3\nwhen.seen.at_least = 2\n")),
        f'level = 3\npage = {LEVEL_3.page}\n\n[[indicator]]\ncode = "{AFTER_IT.code}"',
        f"{LEVEL_3.code!r} is said to sit at level 3, but alone no rule gives it",
    ),
    "a level that nothing gives": (
        without(*(("rule", rule.code) for rule in DEFAULT.rule if rule.level == 1)),
        "number = 1",
        "no rule gives level 1",
    ),
    "a route that no rule gives": (
        changed(('routes = ["early_help"]', 'routes = ["universal", "early_help"]')),
        'routes = ["universal", "early_help"]',
        "no rule gives the route 'universal' at level 2",
    ),
    "a theme without indicators": (
        TEXT + '\n[[theme]]\ncode = "weather"\nwords = "Weather"\n',
        'code = "weather"',
        "no indicator is in the theme 'weather'",
    ),
    "a domain without indicators": (
        TEXT + '\n[[domain]]\ncode = "weather"\nwords = "Weather"\n',
        'code = "weather"',
        "no indicator is in the domain 'weather'",
    ),
    "a group without indicators": (
        TEXT + '\n[[group]]\ncode = "weather"\nwords = "Weather"\n',
        'code = "weather"',
        "no indicator is in the group 'weather'",
    ),
    "a group without a rule": (
        TEXT
        + '\n[[group]]\ncode = "weather"\nwords = "Weather"\n'
        + INDICATOR.replace("level = 9", 'level = 2\ngroups = ["weather"]'),
        'code = "weather"',
        "no rule asks for the group 'weather'",
    ),
    "two indicators with the same words": (
        TEXT + INDICATOR.replace('words = "New"', 'words = " BULLYING"').replace("9", "2"),
        'words = " BULLYING"',
        f"the words are those of {entry('indicator', 'bullying')}",
    ),
    "a rating without a time": (
        changed(("within_hours = 4\n\n[[rag]]", "\n[[rag]]")),
        '[[rag]]\ncode = "red"',
        "'red' does not say how soon",
    ),
    "a rating and a clock that disagree": (
        changed(("within_hours = 4\n\n[[rag]]", "within_hours = 3\n\n[[rag]]")),
        "within_hours = 3",
        "the clock of red runs 4 hours, not this time",
    ),
    "a level without plain words": (
        changed((f'plain.families = "{DEFAULT.level[0].plain.families}"\n', "")).replace(
            f'plain.partners = "{DEFAULT.level[0].plain.partners}"\n', ""
        ),
        "[[level]]",
        "there are no plain words for families and partners",
    ),
    "a route without a clock": (
        without(("route.clock", "told")),
        "[[route]]",
        "no clock runs for the route 'universal'",
    ),
    "a route that is silent on agreement": (
        cut_from('\n[[consent]]\nroute = "s17"', '\n[[consent]]\nroute = "s47"'),
        '[[route]]\ncode = "s17"',
        "nothing says what the family's agreement means for 's17'",
    ),
}


@each_shipped
def test_a_shipped_edition_has_neither_fault_nor_hole(file):
    examined = examine(file)
    assert (examined.faults, examined.holes) == ((), ())
    assert examined.edition is not None


@pytest.mark.parametrize(("text", "at", "words"), HOLES.values(), ids=HOLES)
def test_a_hole_is_told_with_its_line_and_leaves_the_edition_sound(text, at, words):
    examined = examine(text)
    assert examined.faults == ()
    assert (line_of(at, text), words) in [(hole.line, hole.words) for hole in examined.holes]


def test_an_edition_with_faults_is_not_looked_through_for_holes():
    assert examine(changed(('id = "default"', "id = 3"))).holes == ()
