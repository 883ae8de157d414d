"""Where a child on a contact is closed, the newer answers are withheld with the rest."""

from mash_triage.contacts.seen import _cut
from tests import stories

NAME = "Zipporah"


def test_only_codes_stay_of_the_answers_that_could_name_a_closed_child():
    words = f"about {NAME}"
    whole = stories.submission(
        {"voice": {"said": words}, "relations": [{"child": 1, "relationship": words}]},
        {"given_names": NAME, "with_now": words},
        chronology=[{"when": "Easter", "what": words}],
        kept_from=[{"words": words, "keep_from": words}],
        risk_to_staff={"kinds": ["dogs"], "words": words},
        handed_over={"to": words},
        concern={"since": words, "needs_to_happen": words},
        danger={"injuries": words},
    ).model_dump(mode="json")
    left = _cut(whole, [whole["children"][0]])

    assert left["risk_to_staff"]["kinds"] == ["dogs"]
    assert left["chronology"] == []
    assert left["handed_over"] is None
    for part in ("concern", "danger", "risk_to_staff", "kept_from"):
        assert NAME not in str(left[part])
