"""What the log says of a fault: its kind and its place, so that somebody can find it."""

import pytest

from mash_triage.contacts.answers import with_value
from mash_triage.settings import ROOT
from mash_triage.web.logs import where


def test_the_place_of_a_fault_is_the_last_of_our_own_lines_that_it_went_through():
    page = compile("deed()", str(ROOT / "pages" / "a_page.py"), "exec")
    with pytest.raises(Exception) as raised:
        exec(page, {"deed": lambda: with_value({}, "children[2]", "x")})
    assert where(raised.value).startswith("mash_triage/contacts/answers.py:")
