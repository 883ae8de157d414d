"""The decision page: what the manager reads, what she decides, two at once, who may not."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from mash_triage.access.models import WorkDraft
from mash_triage.access.sessions import IDLE
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.status import Status
from mash_triage.decisions.actions import (
    record_decision,
    return_to_worker,
    review_night_decision,
)
from mash_triage.decisions.alone import decided_alone
from mash_triage.decisions.models import Decision, Direction, HelpOffer, ToldToReferrer
from mash_triage.screening.actions import send_for_decision
from mash_triage.settings import settings
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from mash_triage.web import arrival
from tests.stories import (
    HOUR,
    MONDAY_NINE,
    a_child_awaiting_decision,
    a_child_taken_up,
    a_decided_child,
    a_decision,
    screen,
)

LATER = MONDAY_NINE + 3 * HOUR
HOSTILE = "<img src=x onerror=alert(1)> **bold** $x^2$"
REASONS = "Considered with the school; proportionate."
IF_NOT = "The school rings us if nothing has changed in four weeks."


@pytest.fixture
def child_id(service_database, amara, beth):
    """Mia, screened by Beth, waiting for a manager; early help at level 3 is suggested."""
    with service_database.work() as session:
        return a_child_awaiting_decision(session, sent_by=amara, screened_by=beth).id


def radio(app, label):
    return next(each for each in app.radio if each.label == label)


def field(app, label):
    return next(e for e in [*app.text_area, *app.text_input] if e.label.startswith(label))


def press(app, label):
    next(each for each in app.button if each.label == label).click()
    app.run()
    assert not app.exception
    return app


def at_field(child_id, name):
    return f"decision {name} {child_id} 0"


def write_reasons(app, child_id, words):
    """What the long answer sends while it is typed."""
    app.session_state[at_field(child_id, "rationale")] = {"value": words}
    app.run()


def reasons(app, child_id):
    """What stands in the long answer as it was drawn."""
    drawn = next(e for e in app.get("bidi_component") if e.key == at_field(child_id, "rationale"))
    return json.loads(drawn.proto.json)["value"]


def choose(app, child_id, level, route, outcome):
    radio(app, "Level of need").set_value(level).run()
    radio(app, "Route").set_value(route).run()
    radio(app, "Outcome").set_value(outcome).run()
    app.checkbox(key=at_field(child_id, "told_meets_level")).check()
    write_reasons(app, child_id, REASONS)


def choose_early_help(app, child_id):
    choose(app, child_id, 3, "early_help", "early_help")
    field(app, "Who asks").set_value("Early help co-ordinator")
    app.date_input(key=at_field(child_id, "agreement_due")).set_value(date(2026, 1, 16)).run()
    field(app, "What happens if it does not work").set_value(IF_NOT).run()


def decided(database):
    with database.look() as session:
        return session.scalars(select(Decision)).one()


def test_a_manager_decides_early_help_with_a_direction(
    service_database, open_page_as, child_id, carol
):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    choose_early_help(app, child_id)
    press(app, "Add a direction")
    field(app, "Direction 1").set_value("Ring the school")
    field(app, "Who does it").set_value("Beth")
    app.date_input(key=at_field(child_id, "by_0")).set_value(date(2026, 1, 13)).run()
    press(app, "Record decision")

    decision = decided(service_database)
    assert (decision.outcome, decision.route, decision.level) == ("early_help", "early_help", 3)
    with service_database.look() as session:
        assert session.scalars(select(Direction.what)).all() == ["Ring the school"]
        assert session.scalars(select(HelpOffer.owner)).one() == "Early help co-ordinator"
        assert session.get(ContactChild, child_id).status == Status.DECIDED


def test_the_childs_voice_stands_before_everything_else_and_nothing_is_chosen(
    open_page_as, drawn, child_id, carol
):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    html = drawn(app)
    order = ["In the child's own words", "The worry", "A new child", "Suggested", "Set: Level 3"]
    places = [html.index(words) for words in order]
    assert places == sorted(places)
    assert {each.value for each in app.radio} == {None}


def test_the_outcomes_offered_follow_the_route_and_none_is_no_further_action(
    open_page_as, child_id, carol
):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    radio(app, "Level of need").set_value(4).run()
    assert radio(app, "Route").options[-1] == "No route: another ending"
    radio(app, "Route").set_value("s47").run()
    assert "Early help" not in radio(app, "Outcome").options
    radio(app, "Route").set_value("none").run()
    offered = radio(app, "Outcome").options
    assert "Advice given" not in offered
    assert not [words for words in offered if "further action" in words.lower()]


def test_a_decision_that_differs_needs_its_reason(
    service_database, open_page_as, drawn, child_id, carol
):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    choose(app, child_id, 4, "s17", "s17_assessment")
    press(app, "Record decision")
    assert "Choose the reason why" in drawn(app)
    app.selectbox(key=at_field(child_id, "departure")).set_value("professional_judgement").run()
    field(app, "In your own words").set_value("The history is long.")
    press(app, "Record decision")
    assert "Say what happens if it does not work" in drawn(app)
    field(app, "What happens if it does not work").set_value(IF_NOT)
    press(app, "Record decision")
    assert "<h3>If it does not work</h3>" in drawn(
        open_page_as(carol, "child", at=LATER, child=str(child_id))
    )
    assert IF_NOT in drawn(open_page_as(carol, "child", at=LATER, child=str(child_id)))
    assert decided(service_database).departure == DepartureReason.PROFESSIONAL_JUDGEMENT


def test_nothing_is_told_only_with_a_reason_and_without_what_would_be_told(
    service_database, open_page_as, drawn, child_id, carol
):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    choose_early_help(app, child_id)
    app.checkbox(key=at_field(child_id, "withholds")).check().run()
    press(app, "Record decision")
    assert "Choose what the referrer is told, or record why nothing is told." in drawn(app)
    radio(app, "Why is nothing told?").set_value("risk_to_child").run()
    press(app, "Record decision")
    assert "Tell the referrer why, or record why nothing is told: not both." in drawn(app)
    app.checkbox(key=at_field(child_id, "told_meets_level")).uncheck().run()
    press(app, "Record decision")
    with service_database.look() as session:
        assert session.scalars(select(ToldToReferrer.withheld)).one() == "risk_to_child"


def test_the_second_of_two_managers_is_told_and_keeps_her_text(
    service_database, open_page_as, drawn, child_id, carol, dan
):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    choose_early_help(app, child_id)
    with service_database.work() as session:
        other = a_decision(rationale="Dan was faster.")
        record_decision(session, child_id, other, by=dan, at=LATER)
    press(app, "Record decision")
    assert "Dan Whitlock has just decided: Early help, level 3." in drawn(app)
    assert reasons(app, child_id) == REASONS
    assert decided(service_database).rationale == "Dan was faster."

    press(app, "Clear my text")
    assert "Record decision" not in [each.label for each in app.button]
    with service_database.look() as session:
        assert session.scalars(select(WorkDraft)).all() == []


def test_what_changed_under_her_hands_is_read_before_it_is_decided(
    service_database, open_page_as, drawn, child_id, beth, carol, dan
):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    choose_early_help(app, child_id)
    with service_database.work() as session:
        return_to_worker(session, child_id, "Ask the nurse.", by=dan, at=LATER)
        send_for_decision(session, child_id, by=beth, at=LATER)
    press(app, "Record decision")
    assert "Somebody has just changed this child." in drawn(app)
    assert reasons(app, child_id) == REASONS
    press(app, "Record decision")
    assert decided(service_database).rationale == REASONS, "she has read it now"


def test_a_child_is_returned_with_a_reason(
    service_database, open_page_as, drawn, child_id, beth, carol
):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    press(app, "Return to the worker")
    assert "Say what you still need from the worker." in drawn(app)
    field(app, "What do you still need").set_value("Ask the <b>nurse</b>.")
    press(app, "Return to the worker")
    with service_database.look() as session:
        assert session.get(ContactChild, child_id).status == Status.RETURNED_TO_WORKER
    html = drawn(open_page_as(beth, "child", at=LATER, child=str(child_id)))
    assert "Returned by Carol Adeyemi:" in html
    assert "Ask the &lt;b&gt;nurse&lt;/b&gt;." in html


def test_a_repeat_contact_asks_the_manager_for_a_comment(
    service_database, open_page_as, drawn, amara, beth, carol
):
    with service_database.work() as session:
        first = a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
        second = a_child_taken_up(
            session, sent_by=amara, screened_by=beth, at=MONDAY_NINE + 4 * HOUR
        )
        assert first.household_id == second.household_id
        at = MONDAY_NINE + 6 * HOUR
        screen(session, second, by=beth, at=at)
        send_for_decision(session, second.id, by=beth, at=at)
        again = second.id
    app = open_page_as(carol, "decide", at=at + HOUR, child=str(again))
    choose_early_help(app, again)
    press(app, "Record decision")
    assert "This is a repeat contact." in drawn(app)
    field(app, "This is a repeat contact").set_value("Two in one day.")
    press(app, "Record decision")
    with service_database.look() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 2


def test_who_screened_a_child_gets_no_form(service_database, open_page_as, drawn, amara, carol):
    with service_database.work() as session:
        own = a_child_awaiting_decision(session, sent_by=amara, screened_by=carol).id
    app = open_page_as(carol, "decide", at=LATER, child=str(own))
    assert "You worked on this child&#x27;s screening. Somebody else decides." in drawn(app)
    assert "Record decision" not in [each.label for each in app.button]


@pytest.mark.parametrize("who", ["amara", "beth", "ada"])
def test_only_managers_open_the_decision(who, request, open_page_as, drawn, child_id):
    app = open_page_as(request.getfixturevalue(who), "decide", at=LATER, child=str(child_id))
    refusals = ("Your role does not include this.", "A manager decides for this child.")
    assert refusals[who == "beth"] in drawn(app)
    assert "Thornbury" not in drawn(app)


def test_a_decided_child_shows_the_decision_and_no_form(
    service_database, open_page_as, drawn, amara, beth, carol
):
    with service_database.work() as session:
        child = a_decided_child(
            session,
            sent_by=amara,
            screened_by=beth,
            decided_by=carol,
            outcome=Outcome.EARLY_HELP,
            route=Route.EARLY_HELP,
            rationale=HOSTILE,
        ).id
    app = open_page_as(carol, "decide", at=LATER, child=str(child))
    assert "This child is not waiting for a manager." in drawn(app)
    assert "&lt;img src=x onerror=alert(1)&gt; **bold**" in drawn(app)
    assert "<img" not in drawn(app)
    assert "Record decision" not in [each.label for each in app.button]


# ---------------------------------------------------------------- words not recorded yet


def draft(database):
    with database.look() as session:
        return session.scalars(select(WorkDraft.answers)).one_or_none()


def type_everything(app, child_id):
    """Every field of the form that departs from the suggestion, and the reason for a return."""
    choose(app, child_id, 4, "s17", "s17_assessment")
    app.selectbox(key=at_field(child_id, "departure")).set_value("professional_judgement").run()
    field(app, "In your own words").set_value("The history is long.").run()
    press(app, "Add a direction")
    field(app, "Direction 1").set_value("Ring the school").run()
    app.date_input(key=at_field(child_id, "by_0")).set_value(date(2026, 1, 13)).run()
    field(app, "What do you still need").set_value("Ask the <b>nurse</b>.").run()


def assert_everything_is_there(app, child_id):
    chosen = [radio(app, label).value for label in ("Level of need", "Route", "Outcome")]
    assert chosen == [4, "s17", "s17_assessment"]
    assert app.selectbox(key=at_field(child_id, "departure")).value == "professional_judgement"
    assert field(app, "In your own words").value == "The history is long."
    assert field(app, "Direction 1").value == "Ring the school"
    assert app.date_input(key=at_field(child_id, "by_0")).value == date(2026, 1, 13)
    assert field(app, "What do you still need").value == "Ask the <b>nurse</b>."


def test_every_word_is_there_when_the_page_is_opened_afresh(open_page_as, child_id, carol):
    type_everything(open_page_as(carol, "decide", at=LATER, child=str(child_id)), child_id)
    afresh = open_page_as(carol, "decide", at=LATER + HOUR, child=str(child_id))
    assert_everything_is_there(afresh, child_id)
    assert reasons(afresh, child_id) == REASONS


def test_what_arrives_after_the_sign_in_is_kept_and_there_after_signing_in_again(
    service_database, open_page_as, drawn, monkeypatch, child_id, carol
):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    type_everything(app, child_id)
    monkeypatch.setattr(arrival, "now", lambda: LATER + IDLE)
    field(app, "Who does it").set_value("Beth, by <i>noon</i>")
    app.session_state[at_field(child_id, "rationale")] = {"value": f"{REASONS} And more."}
    press(app, "Record decision")
    assert "You are signed out" in drawn(app)
    assert "What you typed is kept in your draft." in drawn(app)
    assert "Thornbury" not in drawn(app)
    with service_database.look() as session:
        assert session.scalars(select(Decision)).all() == []

    afresh = open_page_as(carol, "decide", at=LATER + IDLE, child=str(child_id))
    assert_everything_is_there(afresh, child_id)
    assert field(afresh, "Who does it").value == "Beth, by <i>noon</i>"
    assert reasons(afresh, child_id) == f"{REASONS} And more."


def test_words_that_were_taken_out_stay_out(open_page_as, child_id, carol):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    type_everything(app, child_id)
    field(app, "In your own words").set_value("").run()
    write_reasons(app, child_id, "")
    afresh = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    assert (field(afresh, "In your own words").value, reasons(afresh, child_id)) == ("", "")
    assert radio(afresh, "Level of need").value == 4


def test_looking_around_writes_nothing(service_database, open_page_as, child_id, carol):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    app.run()
    assert draft(service_database) is None
    write_reasons(app, child_id, REASONS)
    with service_database.work() as session:
        session.scalars(select(WorkDraft)).one().answers = {"rationale": "from another window"}
    app.run()
    assert draft(service_database) == {"rationale": "from another window"}


def test_nobody_else_finds_her_words(open_page_as, child_id, carol, dan):
    type_everything(open_page_as(carol, "decide", at=LATER, child=str(child_id)), child_id)
    app = open_page_as(dan, "decide", at=LATER, child=str(child_id))
    assert {each.value for each in app.radio} == {None}
    assert reasons(app, child_id) == ""


def test_a_recorded_decision_leaves_no_draft(service_database, open_page_as, child_id, carol):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    choose_early_help(app, child_id)
    assert draft(service_database)["rationale"] == REASONS
    press(app, "Record decision")
    assert decided(service_database).rationale == REASONS
    assert draft(service_database) is None


def test_a_returned_child_leaves_no_draft(service_database, open_page_as, child_id, carol):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    field(app, "What do you still need").set_value("Ask the nurse.").run()
    assert draft(service_database) == {"return": "Ask the nurse."}
    press(app, "Return to the worker")
    assert draft(service_database) is None


def test_the_words_of_the_slower_manager_are_still_there_tomorrow(
    service_database, open_page_as, drawn, child_id, carol, dan
):
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    choose_early_help(app, child_id)
    with service_database.work() as session:
        record_decision(session, child_id, a_decision(), by=dan, at=LATER)
    press(app, "Record decision")
    afresh = open_page_as(carol, "decide", at=LATER + timedelta(days=1), child=str(child_id))
    assert "Your text is here to copy." in drawn(afresh)
    assert reasons(afresh, child_id) == REASONS
    assert field(afresh, "Who asks").value == "Early help co-ordinator"


def test_at_night_a_qualified_worker_has_the_way_to_the_decision_where_it_is_allowed(
    service_database, open_page_as, drawn, child_id, beth, monkeypatch
):
    night = MONDAY_NINE + 12 * HOUR
    link = f"/decide?child={child_id}"
    assert link not in drawn(open_page_as(beth, "child", at=night, child=str(child_id)))
    monkeypatch.setenv("MASH_NIGHT_SINGLE_DECIDER", "true")
    settings.cache_clear()
    assert link not in drawn(open_page_as(beth, "child", at=LATER, child=str(child_id)))
    assert link in drawn(open_page_as(beth, "child", at=night, child=str(child_id)))
    app = open_page_as(beth, "decide", at=night, child=str(child_id))
    assert "Record decision" in [each.label for each in app.button]
    assert "Return to the worker" not in [each.label for each in app.button]
    by_day = open_page_as(beth, "decide", at=LATER, child=str(child_id))
    assert "By day a manager decides" in drawn(by_day)
    assert "Record decision" not in [each.label for each in by_day.button]


def test_on_the_childs_page_stands_that_the_night_decided_alone_and_what_was_thought_of_it(
    service_database, open_page_as, drawn, child_id, beth, carol, monkeypatch
):
    night, morning = MONDAY_NINE + 12 * HOUR, MONDAY_NINE + 24 * HOUR
    monkeypatch.setenv("MASH_NIGHT_SINGLE_DECIDER", "true")
    settings.cache_clear()
    with service_database.work() as session:
        record_decision(session, child_id, a_decision(), by=beth, at=night)
    waits = drawn(open_page_as(beth, "child", at=night, child=str(child_id)))
    assert "Decided by one person alone at night" in waits
    with service_database.work() as session:
        (marked,) = decided_alone(session, by=carol)
        words = "I agree; the school is told before nine."
        review_night_decision(session, marked.id, words, by=carol, at=morning)
    reviewed = drawn(open_page_as(beth, "child", at=morning, child=str(child_id)))
    assert words in reviewed
    assert "Decided by one person alone at night" not in reviewed
