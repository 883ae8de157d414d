"""The worked contacts that are shipped are those of the tests; a draft is tried on them."""

from mash_triage.editions.worked_contacts import FILE, tried_on, worked_contacts
from mash_triage.settings import ROOT
from mash_triage.thresholds.levels import read_edition
from mash_triage.thresholds.shapes import Edition

FOLDER = ROOT / "levels_of_need"
MEASURED_ON = ROOT / "tests" / "data" / "narratives" / FILE
DEFAULT = read_edition(FOLDER / "default")
CONTACTS = worked_contacts(FOLDER)


def test_the_shipped_contacts_are_those_of_the_tests():
    assert (FOLDER / FILE).read_text("utf-8") == MEASURED_ON.read_text("utf-8")
    assert len(CONTACTS) == 40


def test_those_that_the_draft_moves_stand_on_top():
    lower = [each.model_copy(update={"level": 1}) for each in DEFAULT.indicator]
    fields = {name: getattr(DEFAULT, name) for name in Edition.model_fields}
    draft = Edition(**{**fields, "indicator": tuple(lower)})
    tried = tried_on(CONTACTS, DEFAULT, draft)
    moved = [each for each in tried if each.moves]
    assert moved == tried[: len(moved)]
    assert len(moved) > 10
    assert any(each.was_accepted and not each.is_accepted for each in moved)


def test_a_draft_that_says_the_same_moves_none():
    assert not any(each.moves for each in tried_on(CONTACTS, DEFAULT, DEFAULT))


def test_an_edition_with_codes_of_its_own_says_what_it_lacks():
    split = read_edition(FOLDER / "split_levels")
    assert any(each.not_known for each in tried_on(CONTACTS, DEFAULT, split))


def test_without_the_file_there_are_none(tmp_path):
    assert worked_contacts(tmp_path) == ()
