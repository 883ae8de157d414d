"""The pattern data: sound, complete, and true to the examples its own authors gave."""

import pytest

from mash_triage.reading.read import Told, findings
from mash_triage.reading.worries import worries_in
from mash_triage.settings import settings

FOLDER = settings().levels_of_need / "worries"
FILES = sorted(path.name for path in FOLDER.glob("*.toml"))


def about(worry):
    """The worry's own facts, or the least that its `if` asks for."""
    asked, given = worry.only_if, worry.about
    return given.model_copy(
        update={
            "age_years": given.age_years if asked.age_from is None else asked.age_from,
            "unborn": asked.unborn or given.unborn,
            "non_mobile": asked.non_mobile if asked.non_mobile is not None else given.non_mobile,
            "disability": asked.disability if asked.disability is not None else given.disability,
        }
    )


@pytest.mark.parametrize("file", FILES)
def test_each_worry_meets_what_its_author_said_it_must_and_no_more(file):
    worries = worries_in(FOLDER)
    wrong = []
    for worry in (each.worry for each in worries.read if each.file == file):
        for text in worry.matches:
            if worry.code not in findings(Told.of(text, worries), about(worry), worries)[0]:
                wrong.append(f"{worry.code} must match: {text}")
        for text in worry.no_match:
            if worry.code in findings(Told.of(text, worries), about(worry), worries)[0]:
                wrong.append(f"{worry.code} must not match: {text}")
    assert not wrong, "\n" + "\n".join(wrong)
