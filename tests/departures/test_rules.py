"""Which counts may be shown to somebody without access to records."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.departures.rules import shown_parts
from mash_triage.small_counts import SMALLEST_SHOWN, is_small


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        pytest.param([40, 20], [40, 20], id="nothing small"),
        pytest.param([40, 0], [40, 0], id="none at all is no small number"),
        pytest.param([40, 20, 3], [40, None, None], id="one alone could be worked out"),
        pytest.param([40, 1, 2], [None, None, None], id="two of three children in all"),
        pytest.param([40, 3, 4], [40, None, None], id="two of seven children in all"),
        pytest.param([3], [None], id="nothing to hide it with"),
    ],
)
def test_the_parts_of_a_whole(counts, shown):
    assert list(shown_parts(dict(enumerate(counts))).values()) == shown


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), max_size=6))
def test_what_is_hidden_cannot_be_worked_out_from_the_whole(counts):
    shown = shown_parts(dict(enumerate(counts)))
    hidden = [counts[key] for key, value in shown.items() if value is None]
    assert not any(is_small(value) for value in shown.values() if value is not None)
    assert all(counts[key] == value for key, value in shown.items() if value is not None)
    others = [value for value in shown.values() if value]
    assert not hidden or not others or (len(hidden) > 1 and sum(hidden) >= SMALLEST_SHOWN)
