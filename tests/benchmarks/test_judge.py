"""The figures of matching: each counts what its name says."""

from benchmarks.matching.judge import Candidate, Truth, figures, pooled


def truth(query_id, *same, twins=(), siblings=()):
    return Truth(query_id, frozenset(same), "clean", "irish", frozenset(twins), frozenset(siblings))


def offered(*candidates):
    return [Candidate(child_id, band, 0.5) for child_id, band in candidates]


TRUTHS = [
    truth("first", "a"),
    truth("tenth", "b"),
    truth("not there", "c"),
    truth("twin above", "d", twins={"e"}, siblings={"e"}),
    truth("twin below", "e", twins={"d"}, siblings={"d"}),
    truth("off, brother on", siblings={"f"}),
    truth("off, nobody on"),
]
ANSWERS = {
    "first": offered(("a", "likely"), ("x", "likely")),
    "tenth": offered(*((f"n{n}", "possible") for n in range(9)), ("b", "possible")),
    "twin above": offered(("e", "likely"), ("d", "possible")),
    "twin below": offered(("e", "likely"), ("d", "possible")),
    "off, brother on": offered(("f", "likely")),
}


def test_recall_counts_known_children_among_the_first_one_and_ten():
    found = figures(TRUTHS, ANSWERS)
    assert found["known"] == 5
    assert found["recall_at_1"] == 2 / 5
    assert found["recall_at_10"] == 4 / 5


def test_likely_is_counted_for_and_against():
    found = figures(TRUTHS, ANSWERS)
    assert found["likely_precision"] == 2 / 5
    assert found["likely_coverage"] == 2 / 5


def test_twins_and_children_off_the_register_are_counted_apart():
    found = figures(TRUTHS, ANSWERS)
    assert (found["twin_outranks"], found["twin_likely"]) == (1 / 2, 1 / 2)
    assert (found["off_likely"], found["off_with_sibling_likely"]) == (1 / 2, 1)


def test_a_second_row_of_the_same_child_is_right_too():
    found = figures([truth("Q", "a", "again")], {"Q": offered(("again", "likely"))})
    assert found["recall_at_1"] == found["likely_precision"] == 1


def test_seeds_with_the_same_query_ids_are_told_apart_when_pooled():
    truths, answers = pooled(
        [([truth("Q", "a")], {"Q": offered(("a", "likely"))}), ([truth("Q", "b")], {})]
    )
    assert figures(truths, answers)["recall_at_1"] == 1 / 2
