"""An edition as everybody reads it: nothing is left out, and each page number is true."""

import io
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from mash_triage.errors import NotReady
from mash_triage.thresholds.document import chapters_of
from mash_triage.thresholds.floor import FLOOR_CODE
from mash_triage.thresholds.in_words import CONDITIONS, when_words
from mash_triage.thresholds.levels import Edition, read_edition
from mash_triage.thresholds.pages import fill_in, place_of, with_pages
from mash_triage.thresholds.pdf import Printed, printed
from mash_triage.thresholds.shapes import When

FOLDER = Path(__file__).parents[2] / "levels_of_need"
NAMES = ("default", "split_levels", "three_levels", "family_help")
DEFAULT = read_edition(FOLDER / "default")


class InPrint:
    """A shipped edition with its print, read back page by page."""

    def __init__(self, name: str) -> None:
        self.edition: Edition = read_edition(FOLDER / name)
        self.printed: Printed = printed(self.edition)
        self.reader = PdfReader(io.BytesIO(self.printed.pdf))
        self.texts = [flat(page.extract_text()) for page in self.reader.pages]

    def placed(self):
        edition = self.edition
        return (*edition.level, *edition.rule, *edition.protective, *edition.indicator)


def flat(text: str) -> str:
    """Words without the places where a line ends."""
    return " ".join(text.split())


@pytest.fixture(scope="module", params=NAMES)
def shipped(request) -> InPrint:
    return InPrint(request.param)


# ---------------------------------------------------------------- the document


def test_each_level_rule_and_indicator_stands_in_the_document_once(shipped):
    stands = Counter(
        entry.place
        for chapter in chapters_of(shipped.edition)
        for entry in chapter.entries
        if entry.place
    )
    own = {place: many for place, many in stands.items() if not place[1].startswith(FLOOR_CODE)}
    assert own == Counter(place_of(part) for part in shipped.placed())
    assert set(stands.values()) == {1}


def test_what_no_edition_can_change_is_told_first_of_all_rules(shipped):
    (floor,) = [each for each in chapters_of(shipped.edition) if each.key == "floor"]
    told = {entry.place[1] for entry in floor.entries}
    held = {rule.code for rule in shipped.edition.rules if rule.code.startswith(FLOOR_CODE)}
    assert told <= held
    assert "floor_sexual_disclosure" in told or "floor_sexual_disclosure" not in held
    assert all("It rests on" in " ".join(entry.words) for entry in floor.entries)


def test_every_condition_of_a_rule_has_words():
    assert set(CONDITIONS) == set(When.model_fields)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("usual_level_4", "When an indicator that usually sits at level 4 is seen."),
        (
            "five_of_level_2",
            "When at least five different indicators that usually sit at level 2 are seen.",
        ),
        (
            "trigger_sexual_under_13",
            "When an indicator of the kind “A sexual matter” is seen, and the child is under 13 or "
            "not yet born.",
        ),
        (
            "third_in_12_months",
            "When there were at least two contacts about the child or the household in the "
            "12 months before.",
        ),
    ],
)
def test_a_rule_says_when_it_fires(rule, words):
    assert when_words(DEFAULT, DEFAULT.rule_of(rule)) == words


def test_a_trigger_stands_before_what_is_less_grave(shipped):
    edition, grave = shipped.edition, shipped.edition.trigger_codes
    for chapter in chapters_of(edition):
        codes = [e.place[1] for e in chapter.entries if e.place and e.place[0] == "indicator"]
        order = [code not in grave for code in codes]
        assert order == sorted(order), chapter.title


# ---------------------------------------------------------------- the print


def test_the_words_lie_on_the_page_that_the_edition_names(shipped):
    """The pages are filled in by `mash-triage levels print EDITION --out FILE --fill-in`."""
    for part in shipped.placed():
        title = getattr(part, "words", None) or f"Level {part.number}: {part.name}"
        where = place_of(part)
        assert part.page == shipped.printed.pages[where], f"{where}: fill in the pages anew"
        assert flat(title) in shipped.texts[part.page - 1], where


def test_the_print_is_tagged_and_has_bookmarks_and_numbered_pages(shipped):
    root = shipped.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    kinds = {each.get_object()["/S"] for each in tagged(root)}
    assert {"/H1", "/H2", "/H3", "/H4", "/P", "/LI"} <= kinds
    assert "/Figure" not in kinds
    titles = [each.title for each in shipped.reader.outline if not isinstance(each, list)]
    assert titles[0] == "The levels"
    last = len(shipped.texts)
    for number, text in enumerate(shipped.texts, start=1):
        assert f"Page {number} of {last}" in text


def tagged(root):
    return root["/StructTreeRoot"]["/K"][0].get_object()["/K"]


def test_the_contents_name_the_pages_to_which_the_bookmarks_lead(shipped):
    for each in shipped.reader.outline:
        if not isinstance(each, list):
            page = shipped.reader.get_destination_page_number(each) + 1
            assert f"{each.title} {page} " in shipped.texts[0]
            assert each.title in shipped.texts[page - 1]


def test_an_edition_is_always_printed_the_same(shipped):
    assert printed(shipped.edition).pdf == shipped.printed.pdf


def test_its_own_pages_do_not_move_anything():
    numbered = with_pages(DEFAULT)
    assert with_pages(numbered) == numbered
    assert printed(numbered).pdf == printed(DEFAULT).pdf


def test_any_letters_and_words_of_any_length_can_be_printed():
    odd = "Don’t wait – “say so”… Siân, Łódź, Ŵyn, 子, \u202e\u200b and a tab\there"
    long = DEFAULT.domain[0].model_copy(update={"words": "Wide " * 199})
    domain = (long, *DEFAULT.domain[1:])
    changed = DEFAULT.model_copy(update={"notice": odd, "title": "W" * 1000, "domain": domain})
    reader = PdfReader(io.BytesIO(printed(changed).pdf))
    text = flat(" ".join(page.extract_text() for page in reader.pages))
    assert "Don’t wait – “say so”… Siân, ?ódz, Wyn, ?, ?? and a tab here" in text
    assert text.count("W") > 1000 + 199


def test_a_day_is_written_out():
    edition = DEFAULT.model_copy(update={"effective_to": date(2027, 3, 31)})
    text = PdfReader(io.BytesIO(printed(edition).pdf)).pages[0].extract_text()
    assert "In force from 1 April 2025 until 31 March 2027" in text


# ---------------------------------------------------------------- filling in


def test_filling_in_changes_the_pages_and_nothing_else():
    toml = (FOLDER / "default" / "edition.toml").read_text("utf-8")
    filled = fill_in(toml.replace("page = 2\n", "").replace("page = 14\n", "page = 400\n"))
    assert read_edition(filled) == with_pages(DEFAULT)
    assert fill_in(filled) == filled
    assert without_pages(filled) == without_pages(toml)


def without_pages(toml: str) -> list[str]:
    return [line for line in toml.split("\n") if not line.startswith("page =")]


def test_an_edition_that_is_not_written_as_tables_is_not_filled_in():
    toml = (FOLDER / "default" / "edition.toml").read_text("utf-8")
    levels = ", ".join(
        f"{{number = {each.number}, name = 'x{each.number}', meaning = 'x', "
        f"routes = {[route.value for route in each.routes]}}}"
        for each in DEFAULT.level
    )
    start, end, at = (toml.index(sign) for sign in ("[[level]]", "# ---- Routes", "[clocks]"))
    changed = f"{toml[:at]}level = [{levels}]\n{toml[at:start]}{toml[end:]}"
    assert len(read_edition(changed).level) == 4
    with pytest.raises(NotReady, match="as a table of its own"):
        fill_in(changed)


def test_letters_of_the_shipped_editions_are_all_shown(shipped):
    """No word of a shipped edition has a letter that the print would change."""
    words = shipped.edition.model_dump_json()
    assert unicodedata.is_normalized("NFC", words)
    words.encode("cp1252")
