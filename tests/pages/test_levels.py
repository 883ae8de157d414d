"""The page of the levels of need: read at the front door, drafted by one policy lead and published
with another.
"""

from datetime import date
from uuid import uuid4

import pytest

from mash_triage.editions.actions import save_text
from mash_triage.editions.models import DraftState
from mash_triage.editions.queries import drafts, picture_of_draft
from mash_triage.errors import NotAllowed, NotFound
from mash_triage.thresholds.levels import read_edition
from mash_triage.thresholds.pages import with_pages
from mash_triage.thresholds.queries import edition_in_force
from mash_triage.web import arrival
from tests.cast import BETH, MONDAY_NINE
from tests.stories import HOUR, a_policy_lead, an_edition_draft

SPRING = date(2026, 4, 1)
AT = MONDAY_NINE + HOUR


@pytest.fixture
def leads(service_database):
    """Thea and Vera, who keep the levels of need."""
    with service_database.work() as session:
        return a_policy_lead(session, "Thea Marlowe"), a_policy_lead(session, "Vera Lindholm")


@pytest.fixture
def draft(service_database, leads):
    """A draft by Thea for spring."""
    with service_database.work() as session:
        return an_edition_draft(session, by=leads[0], begins=SPRING).id


@pytest.fixture
def edition_now(service_database, leads, draft):
    """What the draft says now."""

    def read():
        with service_database.look() as session:
            return read_edition(picture_of_draft(session, draft, by=leads[0]).toml)

    return read


def press(app, words):
    """Press the one button with these words."""
    (button,) = (each for each in app.button if each.label == words)
    return button.click().run()


def field(app, kind, label):
    """The field with this label."""
    return next(each for each in getattr(app, kind) if each.label == label)


def choose(app, kind, code=None):
    """The part to edit."""
    field(app, "selectbox", "What do you want to change?").set_value(kind).run()
    if code:
        which = next(each for each in app.selectbox if each.label.startswith("Which"))
        which.set_value(code).run()
    return app


# ---------------------------------------------------------------- reading


def test_anybody_at_the_front_door_reads_and_searches_the_edition_in_force(open_page_as, drawn):
    app = open_page_as(BETH, "levels", at=AT)
    page = drawn(app)
    assert "The levels of need inform and do not replace professional judgement." in page
    assert "Level 4: Statutory help and protection" in page
    assert "Drafts" not in [each.value for each in app.header]
    app.text_input(key="levels_search").set_value("jumper hungry").run()
    app.text_input(key="levels_search").set_value("often has not eaten").run()
    page = drawn(app)
    assert "Regularly hungry" in page
    assert "Level 4: Statutory help" not in page


def test_a_draft_is_nobody_elses_to_see(open_page_as, drawn, draft):
    page = drawn(open_page_as(BETH, "levels", at=AT, draft=str(draft)))
    assert NotAllowed().words in page
    assert "spring" not in page


def test_what_is_not_there_is_said(open_page_as, drawn, leads):
    for what, named in (("draft", "nonsense"), ("draft", str(uuid4())), ("edition", str(uuid4()))):
        app = open_page_as(leads[0], "levels", at=AT, **{what: named})
        assert NotFound().words in drawn(app)
        assert not app.exception


# ---------------------------------------------------------------- the story


def test_thea_drafts_tries_and_asks_and_vera_publishes(
    open_page_as, drawn, leads, service_database
):
    thea, vera = leads
    app = open_page_as(thea, "levels", at=AT)
    field(app, "text_input", "What is the new edition for?").set_value("Hunger is early help")
    app.date_input[0].set_value(SPRING)
    press(app, "Start the draft")
    assert app.header[0].value == "Hunger is early help"
    draft = app.query_params["draft"]
    draft = draft[0] if isinstance(draft, list) else draft

    choose(app, "indicator", "persistent_hunger")
    field(app, "selectbox", "Level where it usually sits alone").set_value(2).run()
    field(app, "text_input", "Words").set_value("<b>Often</b> hungry").run()
    press(app, "Save")
    assert "Indicator saved." in drawn(app)

    page = drawn(open_page_as(thea, "levels", at=AT, draft=draft, work="differences"))
    assert "Indicator “Regularly hungry” moves from level 3 to level 2." in page
    assert "&lt;b&gt;Often&lt;/b&gt; hungry" in page
    page = drawn(open_page_as(thea, "levels", at=AT, draft=draft, work="contacts"))
    assert "40 invented contacts" in page
    assert "do not replace professional judgement" in page
    app = open_page_as(thea, "levels", at=AT, draft=draft, work="publish")
    assert "The draft is sound" in drawn(app)
    press(app, "Agree, and ask for publishing")
    assert "Another policy lead must agree." in drawn(app)
    assert "Agree and publish" not in [each.label for each in app.button]

    app = open_page_as(vera, "levels", at=AT + HOUR)
    assert "Waits for a second policy lead" in drawn(app)
    press(app, "Open")
    app = open_page_as(vera, "levels", at=AT + HOUR, draft=draft, work="publish")
    app.checkbox[0].check().run()
    press(app, "Agree and publish")
    assert "Published, in force from 1 April 2026." in drawn(app)
    with service_database.look() as session:
        record = edition_in_force(session, "default", SPRING)
        assert record.loaded_by == "Thea Marlowe and Vera Lindholm"
        edition = read_edition(record.toml)
        assert edition.indicator_of("persistent_hunger").level == 2
        assert with_pages(edition) == edition, "its pages are those of its print"
        assert drafts(session, by=thea) == []
    page = drawn(open_page_as(vera, "levels", at=AT + HOUR, draft=draft))
    assert "This draft is published." in page


# ---------------------------------------------------------------- forms


def test_each_fault_is_said_at_its_field_while_it_is_typed(open_page_as, drawn, leads, draft):
    app = open_page_as(leads[0], "levels", at=AT, draft=str(draft))
    choose(app, "rule", "trigger_injury_under_one")
    field(app, "selectbox", "Rating").set_value("amber").run()
    assert "A trigger must give the route" in drawn(app)
    field(app, "text_area", "The rule in plain words").set_value("").run()
    assert "This is needed." in drawn(app)
    press(app, "Leave it as it was")
    assert "This is needed." not in drawn(app)


def test_taking_out_what_a_rule_names_says_what_is_left_behind(
    open_page_as, drawn, leads, draft, edition_now
):
    app = open_page_as(leads[0], "levels", at=AT, draft=str(draft))
    choose(app, "group", "injury")
    press(app, "Take this group out")
    page = drawn(open_page_as(leads[0], "levels", at=AT, draft=str(draft), work="publish"))
    assert "to mend before it can be published" in page
    assert "there is no group" in page
    app = open_page_as(leads[0], "levels", at=AT, draft=str(draft), work="edits")
    press(app, "Undo the last edit")
    assert any(each.code == "injury" for each in edition_now().group)


def test_a_new_rule_is_made_from_the_conditions_that_there_are(
    open_page_as, drawn, leads, draft, edition_now
):
    app = open_page_as(leads[0], "levels", at=AT, draft=str(draft))
    choose(app, "rule", "+new")
    save = next(each for each in app.button if each.label == "Save")
    assert save.disabled
    field(app, "text_input", "Code").set_value("two_together").run()
    field(app, "text_area", "The rule in plain words").set_value("Two together.")
    field(app, "multiselect", "Of any of these themes").set_value(["neglect"])
    field(app, "number_input", "At least so many").set_value(2)
    field(app, "selectbox", "Level").set_value(3)
    field(app, "selectbox", "Route").set_value("early_help").run()
    assert 'class="mash-error"' not in drawn(app)
    press(app, "Save")
    rule = edition_now().rule_of("two_together")
    assert (rule.when.seen.themes, rule.when.seen.at_least, rule.level) == (("neglect",), 2, 3)


def test_every_kind_of_part_has_a_form_that_changes_nothing_by_itself(
    open_page_as, leads, draft, edition_now
):
    before = edition_now()
    app = open_page_as(leads[0], "levels", at=AT, draft=str(draft))
    entries = {"level": "4", "route": "s17", "rag": "red", "theme": "neglect", "consent": "s47"}
    for kind in ("", "clocks", "without_route", *entries):
        choose(app, kind, entries.get(kind))
        assert not app.exception, kind
        press(app, "Save")
    assert edition_now() == before


def test_what_one_types_survives_what_a_colleague_saves(
    open_page_as, drawn, leads, draft, service_database, edition_now
):
    thea, vera = leads
    app = open_page_as(thea, "levels", at=AT, draft=str(draft))
    choose(app, "indicator", "persistent_hunger")
    field(app, "text_input", "Words").set_value("Often hungry").run()
    with service_database.work() as session:
        toml = picture_of_draft(session, draft, by=vera).toml
        other = toml.replace('title = "Levels of need, default edition"', 'title = "Another"', 1)
        save_text(session, draft, other, seen=1, by=vera, at=AT)
    press(app, "Save")
    now = edition_now()
    assert (now.title, now.indicator_of("persistent_hunger").words) == ("Another", "Often hungry")


def test_what_was_typed_when_the_sign_in_ended_is_offered_again(
    open_page_as, drawn, leads, draft, edition_now, monkeypatch
):
    later = AT + HOUR
    app = open_page_as(leads[0], "levels", at=AT, draft=str(draft))
    choose(app, "indicator", "persistent_hunger")
    monkeypatch.setattr(arrival, "now", lambda: later)
    field(app, "multiselect", "Groups that rules name").set_value(["injury"])
    field(app, "text_input", "Words").set_value("Often hungry").run()
    assert "You are signed out" in drawn(app)

    app = open_page_as(leads[0], "levels", at=later, draft=str(draft))
    assert "What you typed before you were signed out is kept." in drawn(app)
    press(app, "Take it up again")
    assert field(app, "text_input", "Words").value == "Often hungry"
    press(app, "Save")
    hungry = edition_now().indicator_of("persistent_hunger")
    assert (hungry.words, hungry.groups) == ("Often hungry", ("injury",))
    again = drawn(open_page_as(leads[0], "levels", at=later, draft=str(draft)))
    assert "is kept" not in again

    app = open_page_as(leads[0], "levels", at=later, draft=str(draft), work="text")
    monkeypatch.setattr(arrival, "now", lambda: later + HOUR)
    app.text_area[0].set_value("# Half a thought").run()
    app = open_page_as(leads[0], "levels", at=later + HOUR, draft=str(draft), work="text")
    press(app, "Take it up again")
    assert app.text_area[0].value == "# Half a thought"


# ---------------------------------------------------------------- as text


def test_the_text_is_checked_by_line_and_saved_with_its_faults(
    open_page_as, drawn, leads, draft, service_database
):
    app = open_page_as(leads[0], "levels", at=AT, draft=str(draft), work="text")
    area = app.text_area[0]
    area.set_value(area.value.replace('rag = "red"', 'rag = "<i>pink"', 1)).run()
    page = drawn(app)
    assert "<strong>Line " in page
    assert "must be one of" in page
    assert "<i>pink" not in page
    press(app, "Save this text")
    with service_database.look() as session:
        picture = picture_of_draft(session, draft, by=leads[0])
    assert "<i>pink" in picture.toml
    for work in ("parts", "differences", "contacts", "publish", "edits"):
        app = open_page_as(leads[0], "levels", at=AT, draft=str(draft), work=work)
        assert not app.exception, work


ODD = {
    "not TOML": "[[[",
    "nothing": "",
    "lists that are none": "indicator = 3\nrule = [1]\nlevel = {}\nclocks = 3",
    "wrong values": """title = 3
effective_from = "soon"
[clocks]
opens = 9
working_week = "all"
[[level]]
number = [1]
routes = 3
[[rule]]
code = "a"
when = 3
level = -5
words = [1]
[[rule]]
code = "b"
when.seen.codes = 3
when.seen.at_least = 900
route = [1]
[[route]]
code = "s17"
clock = [1]
[[indicator]]
code = {}
""",
}


def test_no_text_however_odd_breaks_the_page(open_page_as, leads, draft, service_database):
    for number, (name, toml) in enumerate(ODD.items(), 1):
        with service_database.work() as session:
            save_text(session, draft, toml, seen=number, by=leads[0], at=AT)
        for work in ("text", "differences", "contacts", "publish"):
            app = open_page_as(leads[0], "levels", at=AT, draft=str(draft), work=work)
            assert not app.exception, (name, work)
    app = open_page_as(leads[0], "levels", at=AT, draft=str(draft))
    for kind in ("", "clocks", "level", "rule", "route", "indicator"):
        choose(app, kind)
        for which in [each for each in app.selectbox if each.label.startswith("Which")]:
            which.select_index(0).run()
        assert not app.exception, kind


# ---------------------------------------------------------------- not yet, and giving up


def test_a_draft_is_sent_back_and_withdrawn_with_reasons(
    open_page_as, drawn, leads, service_database
):
    thea, vera = leads
    with service_database.work() as session:
        draft = str(an_edition_draft(session, by=thea, asked=True).id)
    app = open_page_as(vera, "levels", at=AT, draft=draft, work="publish")
    press(app, "Not yet")
    assert "Say why" in drawn(app)
    field(app, "text_input", "What has to change first?").set_value("Health has not read it.")
    press(app, "Not yet")
    page = drawn(open_page_as(thea, "levels", at=AT, draft=draft, work="publish"))
    assert "Health has not read it." in page
    app = open_page_as(thea, "levels", at=AT, draft=draft, work="publish")
    field(app, "text_input", "Why is it withdrawn?").set_value("Next year.")
    press(app, "Withdraw it")
    with service_database.look() as session:
        (line,) = drafts(session, by=thea)
    assert line.state == DraftState.WITHDRAWN
    page = drawn(open_page_as(thea, "levels", at=AT, draft=draft))
    assert "This draft was withdrawn:" in page
    assert "Save" not in page
