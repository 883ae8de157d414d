"""The form, step by step, as a referrer fills it in: kept, mended, sent once."""

from datetime import timedelta
from itertools import cycle
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from mash_triage.access.sessions import IDLE
from mash_triage.contacts.actions import send_draft
from mash_triage.contacts.answers import as_sent
from mash_triage.contacts.drafts import drafts_of, save_answers
from mash_triage.contacts.models import Contact
from mash_triage.contacts.submission import problems_of
from mash_triage.web import arrival
from tests import stories
from tests.stories import MONDAY_NINE

HOSTILE = "<script>alert(1)</script> **bold** $x^2$ [link](http://example.invalid) :smile:"


@pytest.fixture
def contacts(service_database):
    """All contacts that were stored."""

    def read():
        with service_database.look() as session:
            return session.scalars(select(Contact)).all()

    return read


def field(app, label):
    """The field whose label begins like this."""
    kinds = (app.text_input, app.radio, app.checkbox, app.selectbox, app.multiselect)
    return next(each for kind in kinds for each in kind if each.label.startswith(label))


def labels(app):
    return [each.label.split("  \n")[0] for kind in (app.text_input, app.radio) for each in kind]


def press(app, label):
    return next(each for each in app.button if each.label == label).click().run()


def errors(app, drawn):
    html = drawn(app)
    return html.split('role="alert"')[1].split("</ul>")[0] if "There is a problem" in html else ""


def test_a_new_contact_knows_already_who_makes_it(open_page_as, service_database, amara):
    app = press(open_page_as(amara, "submit_contact"), "Start a new contact")

    assert app.query_params["step"] == "danger"
    with service_database.look() as session:
        (draft,) = drafts_of(session, by=amara)
    assert draft.answers["referrer"]["name"] == "Amara Osei"
    assert app.query_params["draft"] == str(draft.id)


def test_danger_brings_999_at_once_and_keeps_nobody_waiting(
    at_step, new_draft, answers_of, drawn, amara
):
    draft = new_draft(amara)
    app = at_step(amara, draft, "danger")
    assert "Call 999 now" not in drawn(app)

    field(app, "Is a child, or anybody").set_value("yes").run()
    assert "Call 999 now" in drawn(app)
    assert answers_of(amara, draft)["danger"]["in_danger_now"] == "yes"
    press(app, "Save and continue")
    assert app.query_params["step"] == "referrer"


def test_words_stay_in_the_field_and_in_the_draft_after_an_error(
    at_step, new_draft, answers_of, drawn, amara
):
    draft = new_draft(amara)
    app = at_step(amara, draft, "children")
    field(app, "Given names").set_value("Zoë").run()
    field(app, "Birth date").set_value("born").run()
    press(app, "Save and continue")

    assert "Enter the birth date" in errors(app, drawn)
    assert "Say where the child is now" in errors(app, drawn)
    assert field(app, "Given names").value == "Zoë"
    assert answers_of(amara, draft)["children"][0]["given_names"] == "Zoë"
    assert app.query_params["step"] == "children"


@pytest.mark.parametrize(
    ("day", "month", "year", "words"),
    [
        ("29", "2", "2019", "Enter a real date"),
        ("29", "2", "2016", ""),
        ("13", "1", "2026", "This date is in the future"),
        ("31", "12", "1899", "Enter a date from the year 1900 on"),
        ("5", "", "2019", "Enter a real date"),
        ("he", "is", "five", "Enter a real date"),
    ],
)
def test_a_birth_date_that_cannot_be_is_answered_in_words(
    at_step, new_draft, drawn, amara, day, month, year, words
):
    child = {"given_names": "Zoë", "sex": "F", "where_now": "At home", "age": {"kind": "born"}}
    app = at_step(amara, new_draft(amara, children=[child]), "children")
    for label, typed in (("Day", day), ("Month", month), ("Year", year)):
        field(app, label).set_value(typed)
    press(app.run(), "Save and continue")

    if words:
        assert words in errors(app, drawn)
        assert [field(app, part).value for part in ("Day", "Month", "Year")] == [day, month, year]
    else:
        assert app.query_params["step"] == "household"


def test_an_unborn_child_is_asked_less_and_a_baby_is_asked_how_it_moves(at_step, new_draft, amara):
    app = at_step(amara, new_draft(amara, children=[{"age": {"kind": "born"}}]), "children")
    assert "Does the child move about alone?" not in labels(app)
    assert "Sex" in labels(app)

    field(app, "Birth date").set_value("age").run()
    field(app, "About how old").set_value("1").run()
    assert "Does the child move about alone?" in labels(app)

    field(app, "Birth date").set_value("unborn").run()
    assert "Sex" not in labels(app)
    assert not [label for label in labels(app) if label.startswith(("School", "NHS"))]
    assert "Where is the mother now?" in labels(app)


def test_ethnicity_and_help_before_are_asked_and_nobody_need_answer(
    at_step, new_draft, answers_of, drawn, amara
):
    draft = new_draft(amara, **stories.answers())
    app = at_step(amara, draft, "children")
    help_before = "Has the child had help"
    assert (field(app, "Ethnicity").value, field(app, help_before).value) == (None, None)
    assert "Which?" not in {each.label for each in app.multiselect}

    field(app, "Ethnicity").set_value("MWBC").run()
    field(app, help_before).set_value("yes").run()
    field(app, "Which?").set_value(["early_help", "child_protection"]).run()
    told = drawn(at_step(amara, draft, "check"))
    assert "White and Black Caribbean" in told
    assert "Early help\nA child protection plan" in told

    app = at_step(amara, draft, "children")
    field(app, "Ethnicity").set_value("NOBT").run()
    field(app, help_before).set_value("no").run()
    told = drawn(at_step(amara, draft, "check"))
    assert "Not known, or not asked" in told
    assert "None that I know of" in told
    assert not problems_of(as_sent(answers_of(amara, draft)))
    assert as_sent(answers_of(amara, draft))["children"][0]["help_before"] == []


def test_a_wrong_check_digit_is_a_doubt_beside_the_field_and_no_wall(
    at_step, new_draft, drawn, amara
):
    app = at_step(amara, new_draft(amara, **stories.answers()), "children")
    field(app, "NHS number").set_value("999 123 4567").run()
    assert "in this NHS number is not right" in drawn(app)
    press(app, "Save and continue")
    assert app.query_params["step"] == "household"


def test_brothers_and_sisters_share_an_address_on_request(at_step, new_draft, answers_of, amara):
    draft = new_draft(amara, **stories.answers())
    app = press(at_step(amara, draft, "children"), "Add another child")
    assert app.query_params["child"] == "2"
    press(app, "Same address as child 1")
    press(app, "Same family name as child 1")

    second = answers_of(amara, draft)["children"][1]
    assert second["home"]["address_line"] == "12 Mill Lane"
    assert second["family_name"] == "Thornbury"
    assert field(app, "Home address").value == "12 Mill Lane"


def test_a_child_that_was_removed_comes_back_where_it_was(at_step, new_draft, answers_of, amara):
    draft = new_draft(amara, **stories.answers({"given_names": "Ada"}, {"given_names": "Bea"}))
    app = press(at_step(amara, draft, "children"), "Remove child 1")
    assert field(app, "Given names").value == "Bea"
    assert [child["given_names"] for child in answers_of(amara, draft)["children"]] == ["Bea"]

    press(app, "Undo")
    names = [child["given_names"] for child in answers_of(amara, draft)["children"]]
    assert names == ["Ada", "Bea"]
    assert field(app, "Given names").value == "Ada"


def test_an_empty_row_is_no_error_and_agreement_stops_nobody(
    at_step, new_draft, answers_of, drawn, amara
):
    draft = new_draft(amara)
    app = press(at_step(amara, draft, "household"), "Add another person")
    press(app, "Save and continue")
    assert app.query_params["step"] == "told"
    field(app, "Who?").set_value("Rosa").run()
    press(app, "Save and continue")
    assert app.query_params["step"] == "concern"
    assert 'href="/levels-of-need"' in drawn(app), "the published levels of need are at hand"
    assert answers_of(amara, draft)["household"] == []


def test_the_last_step_names_all_that_is_missing_with_the_way_there(
    at_step, new_draft, contacts, drawn, amara
):
    draft = new_draft(amara, children=[{"given_names": "Ada"}, {"given_names": "Bea"}])
    app = at_step(amara, draft, "check")
    missing = errors(app, drawn)
    assert "Say whether anybody is in danger now" in missing
    assert "Child 2: Say where the child is now" in missing
    assert f"draft={draft}&step=children&child=2" in missing.replace("&amp;", "&")
    press(app, "Send")
    assert contacts() == []


def test_what_is_typed_is_shown_as_typed(at_step, new_draft, drawn, amara):
    whole = stories.answers({"given_names": HOSTILE}, concern={"worry": HOSTILE})
    html = drawn(at_step(amara, new_draft(amara, **whole), "check"))
    assert "<script>" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt; **bold** $x^2$") >= 3


def test_sending_stores_one_contact_and_a_second_press_gives_the_same_receipt(
    at_step, open_page_as, service_database, new_draft, contacts, drawn, amara
):
    draft = new_draft(amara, **stories.answers())
    app = press(at_step(amara, draft, "check"), "Send")
    (contact,) = contacts()
    assert "Contact received" in drawn(app)

    with service_database.work() as session:
        again = send_draft(session, draft, by=amara, at=MONDAY_NINE)
    assert again.reference == contact.reference
    assert "Contact received" in drawn(at_step(amara, draft, "check"))
    assert len(contacts()) == 1


def test_a_database_that_cannot_store_gives_no_receipt_and_loses_no_word(
    at_step, service_database, new_draft, answers_of, contacts, drawn, amara
):
    draft = new_draft(amara, **stories.answers())
    app = at_step(amara, draft, "check")
    with service_database.work() as session:
        session.execute(text("ALTER TABLE status_move RENAME TO elsewhere"))
    press(app, "Send")

    assert "Not received" in drawn(app)
    assert "Contact received" not in drawn(app)
    assert stories.ANSWERS["concern"]["worry"] in drawn(app)
    assert contacts() == []
    assert answers_of(amara, draft)["concern"]["worry"] == stories.ANSWERS["concern"]["worry"]


def test_a_draft_of_somebody_else_is_as_unknown_as_none(at_step, new_draft, drawn, amara, dev):
    hers = new_draft(amara, **stories.answers())
    refusals = {drawn(at_step(dev, draft, "concern")) for draft in (hers, uuid4(), "rubbish")}
    (words,) = {html.split('role="alert">')[1].split("<")[0] for html in refusals}
    assert words == "We could not find that, or it is not yours to see."
    assert not [html for html in refusals if "Mia" in html]


def test_words_that_arrive_after_the_sign_in_is_over_are_in_the_draft(
    at_step, new_draft, answers_of, drawn, monkeypatch, amara
):
    draft = new_draft(amara, **stories.answers())
    app = at_step(amara, draft, "children")
    monkeypatch.setattr(arrival, "now", lambda: MONDAY_NINE + IDLE + timedelta(minutes=1))
    field(app, "School").set_value("Hill School").run()

    assert "You are signed out" in drawn(app)
    assert "Thornbury" not in drawn(app)
    assert answers_of(amara, draft)["children"][0]["school"] == "Hill School"
    assert answers_of(amara, draft)["children"][0]["given_names"] == "Mia"


def test_two_windows_on_one_draft_do_not_undo_each_other(at_step, new_draft, answers_of, amara):
    draft = new_draft(amara, **stories.answers())
    one, other = (at_step(amara, draft, "children") for _ in range(2))
    field(one, "School").set_value("Hill School").run()
    field(other, "Home address").set_value("3 Quay Street").run()

    child = answers_of(amara, draft)["children"][0]
    assert (child["school"], child["home"]["address_line"]) == ("Hill School", "3 Quay Street")
    assert field(other, "School").value == "Hill School"


def test_a_discarded_draft_can_be_brought_back(open_page_as, new_draft, drawn, amara):
    new_draft(amara, **stories.answers())
    app = press(open_page_as(amara, "submit_contact"), "Discard draft 1")
    assert "Mia Thornbury" not in drawn(app)
    press(app, "Undo")
    assert "Mia Thornbury" in drawn(app)


def test_a_call_is_entered_with_the_true_time_at_which_it_reached_us(
    open_page_as, at_step, new_draft, contacts, drawn, beth
):
    draft = new_draft(beth, **stories.answers(channel="telephone"))
    app = at_step(beth, draft, "referrer")
    assert "Who made contact" in drawn(app)
    press(app, "Save and continue")
    assert "Say on which day and at what time this reached us" in errors(app, drawn)

    for label, typed in (("Day", "12"), ("Month", "1"), ("Year", "2026"), ("Time", "9:30")):
        field(app, label).set_value(typed)
    press(app.run(), "Save and continue")
    assert "This is later than now" in errors(app, drawn)
    assert field(app, "Time").value == "09:30"

    field(app, "Time").set_value("8.40").run()
    field(app, "Where the contact came from").set_value("1B").run()
    press(app, "Save and continue")
    press(at_step(beth, draft, "check"), "Send")
    (contact,) = contacts()
    assert contact.received_at == MONDAY_NINE - timedelta(minutes=20)
    assert (contact.channel, contact.source_code) == ("telephone", "1B")


def test_somebody_who_wishes_to_stay_anonymous_is_asked_for_no_name(
    at_step, new_draft, contacts, drawn, beth
):
    reached = (MONDAY_NINE - timedelta(hours=1)).isoformat()
    draft = new_draft(beth, **stories.answers(channel="telephone", received_at=reached))
    app = at_step(beth, draft, "referrer")
    field(app, "Who made contact?").set_value("anonymous").run()
    assert "Their name" not in labels(app)
    press(at_step(beth, draft, "check"), "Send")
    (contact,) = contacts()
    assert contact.referrer_name == "Anonymous"
    assert "Amara" not in str(contact.submission["referrer"])


SHORT = {
    "danger": ("Who?", "danger.safe_adult"),
    "referrer": ("How do you know the children?", "referrer.relationship_to_child"),
    "children": ("Where is the child now?", "children[0].where_now"),
    "household": ("Relationship to the children", "household[0].relationship"),
    "told": ("Who?", "told_and_agreed[0].person"),
    "concern": ("Since when?", "concern.since"),
    "strengths": ("Which level of need do you think", "concern.level_thought"),
    "voice": ("Who heard or saw it?", "children[0].voice.to_whom"),
    "visit": ("From whom?", "kept_from[0].keep_from"),
    "check": ("Since when?", "declaration.lead_informed_when"),
}
LATER = (timedelta(seconds=10), timedelta(minutes=5), timedelta(days=1), timedelta(days=10))


def test_what_was_answered_at_each_step_is_there_when_she_comes_back_and_only_for_her(
    service_database, at_step, new_draft, drawn, open_page_as, amara, dev
):
    draft = new_draft(amara, **stories.answers(declaration={"lead_informed": "yes"}))
    words = {step: 3 if step == "strengths" else f"Her words at {step}" for step in SHORT}
    with service_database.work() as session:
        said = {path: words[step] for step, (_label, path) in SHORT.items()}
        save_answers(session, draft, said, by=amara, at=MONDAY_NINE)
    for (step, (label, _path)), later in zip(SHORT.items(), cycle(LATER), strict=False):
        app = at_step(amara, draft, step, at=MONDAY_NINE + later)
        assert field(app, label).value == words[step]
    assert "Mia Thornbury" in drawn(open_page_as(amara, "submit_contact"))
    for step in ("danger", "check"):
        other = drawn(at_step(dev, draft, step))
        assert "We could not find that" in other
        assert "Her words" not in other


def test_each_drawing_says_again_what_stands_in_a_field_for_a_browser_that_has_forgotten_it(
    at_step, new_draft, amara
):
    app = at_step(amara, new_draft(amara), "danger")
    field(app, "Is there an adult").set_value("yes").run()
    field(app, "Who?").set_value("Her aunt").run()

    assert field(app.run(), "Who?").proto.default == "Her aunt"
    safe = field(app, "Is there an adult").proto
    assert safe.options[safe.default] == "Yes"
