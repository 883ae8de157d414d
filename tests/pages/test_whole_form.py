"""The whole form: asked and shown only where it matters, kept from whom it must be."""

from datetime import timedelta

import pytest

from mash_triage.contacts.answers import as_sent
from mash_triage.contacts.drafts import picture_of_draft, save_draft, start_draft
from mash_triage.contacts.submission import problems_of
from mash_triage.web.form.summary import sections
from tests import stories
from tests.pages.test_submit_contact import field, labels, press
from tests.stories import MONDAY_NINE

SECRET = "The mother told me in confidence where they are hiding."


def test_each_age_is_asked_what_matters_at_it(at_step, new_draft, amara):
    app = at_step(amara, new_draft(amara, children=[{"age": {"kind": "unborn"}}]), "children")
    assert {"Midwife (optional)", "Or how many weeks now (optional)"} <= set(labels(app))
    assert not {"School, nursery or college (optional)", "Is the child disabled?"} & set(
        labels(app)
    )

    field(app, "Birth date").set_value("age").run()
    field(app, "About how old").set_value("0").run()
    asked = set(labels(app))
    assert {"Midwife (optional)", "Health visitor (optional)"} <= asked
    assert {"In months, if you can say (optional)", "Does the child move about alone?"} <= asked
    assert "School, nursery or college (optional)" not in asked

    field(app, "About how old").set_value("9").run()
    assert "School, nursery or college (optional)" in labels(app)
    assert "How is the child taught? (optional)" in [each.label for each in app.selectbox]
    assert not {"Midwife (optional)", "Health visitor (optional)"} & set(labels(app))
    field(app, "Language at home").set_value("Tigrinya").run()
    assert "Is an interpreter or signer needed? (optional)" in labels(app)


def test_a_birth_date_comes_in_any_form_and_a_month_alone_is_an_estimate(
    at_step, new_draft, answers_of, amara
):
    draft = new_draft(amara, children=[{"age": {"kind": "born"}}])
    app = at_step(amara, draft, "children")
    field(app, "Day").set_value("9th March 2017").run()
    assert answers_of(amara, draft)["children"][0]["age"]["date_of_birth"] == "2017-03-09"

    for label, typed in (("Day", ""), ("Month", "June"), ("Year", "18")):
        field(app, label).set_value(typed)
    app.run()
    age = answers_of(amara, draft)["children"][0]["age"]
    assert (age["date_of_birth"], age["estimated"]) == ("2018-06-15", True)


def test_idk_is_an_answer_and_nobody_is_asked_again(at_step, new_draft, answers_of, amara):
    draft = new_draft(amara, **stories.answers())
    app = at_step(amara, draft, "children")
    field(app, "Where is the child now?").set_value("IDK").run()
    field(app, "GP or surgery").set_value("n/a").run()
    child = answers_of(amara, draft)["children"][0]
    assert child["where_now"] == {"missing": "not_known"}
    assert child["gp"] == {"missing": "not_applicable"}
    assert not problems_of(as_sent(answers_of(amara, draft)))


def test_a_postcode_elsewhere_names_the_right_place_and_keeps_the_proof(
    at_step, new_draft, answers_of, drawn, amara
):
    draft = new_draft(amara, **stories.answers())
    app = at_step(amara, draft, "children")
    assert "is outside" not in drawn(app)
    field(app, "Postcode").set_value("YO1 7HH").run()
    assert "is outside Rivermead" in drawn(app)
    field(app, "Which authority?").set_value("York").run()
    field(app, "Did they say that they take it on?").set_value("yes").run()
    assert not problems_of(as_sent(answers_of(amara, draft)))
    assert "York" in drawn(at_step(amara, draft, "check"))


def test_lines_of_a_chronology_are_added_removed_and_brought_back(
    at_step, new_draft, answers_of, amara
):
    draft = new_draft(amara, **stories.answers())
    app = at_step(amara, draft, "concern")
    field(app, "When (1)").set_value("about Easter").run()
    field(app, "What happened").set_value("He moved out").run()
    press(app, "Add a line")
    press(app, "Remove line 1")
    press(app, "Undo")
    press(app, "Save and continue")
    lines = answers_of(amara, draft)["chronology"]
    assert [(line["when"], line["what"]) for line in lines] == [("about Easter", "He moved out")]


def test_what_children_are_to_each_other_follows_them_when_one_is_removed(
    at_step, new_draft, answers_of, amara
):
    three = ({"given_names": "Ada"}, {"given_names": "Bea"}, {"given_names": "Cy"})
    draft = new_draft(amara, **stories.answers(*three))
    app = at_step(amara, draft, "household")
    field(app, "To child 3").set_value("Stepmother").run()
    press(at_step(amara, draft, "children"), "Remove child 1")
    (adult,) = answers_of(amara, draft)["household"]
    assert adult["relations"] == [{"child": 1, "relationship": "Stepmother"}]


def test_a_child_who_comes_back_is_again_what_she_was_to_each(
    at_step, new_draft, answers_of, amara
):
    """Rosa is Ada's mother and Cy's stepmother; Bea is Ada's half-sister, and Ada is hers."""

    def to(child, what):
        return {"child": child, "relationship": what}

    ada = {"given_names": "Ada", "relations": [to(1, "half-sister"), to(2, "stepsister")]}
    bea = {"given_names": "Bea", "relations": [to(0, "half-sister")]}
    cy = {"given_names": "Cy", "relations": [to(0, "stepbrother"), to(1, "brother")]}
    rosa = {
        "name": "Rosa",
        "relationship": "mother",
        "relations": [to(0, "mother"), to(2, "stepmother")],
    }
    draft = new_draft(amara, **stories.answers(ada, bea, cy, household=[rosa]))
    before = answers_of(amara, draft)

    app = press(at_step(amara, draft, "children"), "Remove child 1")
    without = answers_of(amara, draft)
    assert [child.get("relations") for child in without["children"]] == [[], [to(0, "brother")]]
    assert without["household"][0]["relations"] == [to(1, "stepmother")]

    press(app, "Undo")
    after = answers_of(amara, draft)
    assert [child["given_names"] for child in after["children"]] == ["Ada", "Bea", "Cy"]
    for section in ("children", "household"):
        assert [row["relations"] for row in after[section]] == [
            row["relations"] for row in before[section]
        ]


def test_somebody_who_left_the_household_meanwhile_gets_nobody_elses_words(
    at_step, new_draft, answers_of, amara
):
    rosa = {"name": "Rosa", "relations": [{"child": 0, "relationship": "mother"}]}
    draft = new_draft(
        amara, **stories.answers({"given_names": "Ada"}, {"given_names": "Bea"}, household=[rosa])
    )
    app = press(at_step(amara, draft, "children"), "Remove child 1")
    other = at_step(amara, draft, "household")
    field(other, "Name").set_value("Piotr").run()
    press(app, "Undo")
    [adult] = answers_of(amara, draft)["household"]
    assert (adult["name"], adult["relations"]) == ("Piotr", [])


def test_what_must_be_kept_apart_and_a_nameless_referrer_are_on_no_copy():
    whole = as_sent(
        stories.answers(
            {"home": {"address_line": "3 Secret Row", "confidential": True}},
            {"home": {"address_line": "4 Open Row"}},
            referrer={"name": "Nia Neighbour", "kind": "neighbour", "wishes_anonymity": "yes"},
            kept_from=[{"words": SECRET, "keep_from": "the father"}],
        )
    )
    assert not problems_of(whole)
    copy, own = (str(sections(whole, {}, own=own)) for own in (False, True))
    assert "3 Secret Row" in own
    assert "Must be kept from somebody" in own
    assert "3 Secret Row" not in copy
    assert "4 Open Row" in copy
    assert SECRET in own
    assert "Nia Neighbour" in own
    assert SECRET not in copy
    assert "Nia Neighbour" not in copy


def test_the_worker_sees_first_what_a_visitor_must_know(
    service_database, open_page_as, drawn, amara, beth
):
    with service_database.work() as session:
        child = stories.a_child(
            session,
            sent_by=amara,
            risk_to_staff={"kinds": ["dogs"]},
            kept_from=[{"words": SECRET, "keep_from": "the father"}],
            referrer={"wishes_anonymity": "yes"},
            concern={"level_thought": 3},
        )
        child_id = str(child.id)
    html = drawn(open_page_as(beth, "child", child=child_id))
    assert html.index("Risk to staff, as the referrer says: Dogs") < html.index("The worry:")
    assert "Must not reach: the father" in html
    assert SECRET in html
    assert "Do not tell the family, or another agency, who made contact." in html
    assert "The referrer&#x27;s own level" in html


@pytest.mark.parametrize(
    "said", ["😀" * 20, "שלום, לא טוב", "a\u200bb", "• one\r\n• two\x0b", "A" * 20_000]
)
def test_pasted_words_of_any_kind_come_through(service_database, said, amara):
    whole = stories.answers(concern={"worry": said})
    with service_database.work() as session:
        draft = start_draft(session, by=amara, at=MONDAY_NINE)
        session.flush()
        save_draft(session, draft.id, whole, by=amara, at=MONDAY_NINE + timedelta(minutes=1))
        stored = picture_of_draft(session, draft.id, by=amara).answers
    assert not problems_of(as_sent(stored))
    assert stored["concern"]["worry"].strip()


def test_a_call_out_of_hours_is_entered_for_whoever_called(at_step, new_draft, answers_of, beth):
    draft = new_draft(beth, channel="telephone", children=[{}])
    app = at_step(beth, draft, "referrer")
    field(app, "How did it reach us?").set_value("out_of_hours").run()
    field(app, "Who made contact?").set_value("professional").run()
    field(app, "Organisation").set_value("Hill School").run()
    field(app, "Who made contact?").set_value("neighbour").run()
    field(app, "Do they wish that the family").set_value("yes").run()
    answers = answers_of(beth, draft)
    assert answers["channel"] == "out_of_hours"
    assert answers["referrer"]["wishes_anonymity"] == "yes"
