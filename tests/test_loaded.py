"""What a process loads for good does not keep people waiting later."""

import gc

from mash_triage.loaded import for_good


@for_good
def a_long_list(of: int) -> list[list[int]]:
    return [[each] for each in range(of)]


def test_what_is_loaded_for_good_is_not_looked_through_again():
    try:
        loaded = a_long_list(of=50_000)
        assert len(loaded) == 50_000
        looked_at = {id(each) for each in gc.get_objects()}
        assert not {id(each) for each in loaded} & looked_at
        assert gc.get_freeze_count() > 50_000
    finally:
        gc.unfreeze()
