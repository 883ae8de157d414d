"""The child's page: a whole screening, nothing chosen beforehand, words as typed, who may not."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from mash_triage.access.models import WorkDraft
from mash_triage.access.sessions import IDLE
from mash_triage.audit.events import AuditEvent
from mash_triage.contacts.models import ContactChild, ProtectiveAction
from mash_triage.contacts.status import Status
from mash_triage.errors import Changed
from mash_triage.matching.models import MatchDecision, MatchRun
from mash_triage.screening.actions import (
    copy_indicators_to_siblings,
    propose_indicators,
    record_analysis,
    record_indicators,
    take_up,
)
from mash_triage.screening.models import IndicatorSeen, Screening
from mash_triage.web import arrival
from tests.stories import (
    HOUR,
    MONDAY_NINE,
    a_child,
    a_child_awaiting_decision,
    a_child_taken_up,
    a_decided_child,
    a_receipt,
    children_of,
)

LATER = MONDAY_NINE + 3 * HOUR
HOSTILE = "<script>alert(1)</script> **bold** [a](http://x.example) $\\frac{1}{2}$ <b>"


def made(database, build, *args, **told):
    """The id of a child on a contact that this story left behind."""
    with database.work() as session:
        return build(session, *args, **told).id


def row(database, table, child_id):
    with database.look() as session:
        return session.scalars(select(table).where(table.contact_child_id == child_id)).first()


def button(app, label):
    return next(each for each in app.button if each.label.startswith(label))


def folds(app):
    return {each.label for each in app.expander}


def radio(app, label):
    return next(each for each in app.radio if each.label.startswith(label))


def reason(app):
    """The reason beside the first candidate's answers."""
    return next(each for each in app.text_input if each.label == "Reason")


def press(app, label):
    button(app, label).click()
    app.run()
    assert not app.exception
    return app


def test_a_worker_screens_a_child_from_taking_up_to_sending(
    service_database, open_page_as, drawn, amara, beth
):
    child_id = made(service_database, a_child, sent_by=amara)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert not app.exception
    assert "there is nothing in the cupboard on Thursdays" in drawn(app)

    press(app, "Take up")
    press(app, "New child")
    assert "is a new child on the register" in drawn(app)
    app.checkbox(key=f"tick {child_id} persistent_hunger").check().run()
    assert "Suggested: level 3" in drawn(app)
    radio(app, "How soon").set_value("amber")
    assert not folds(app) & {"Change the rating", "Change level and route"}
    press(app, "Set rating")
    radio(app, "Female genital mutilation").set_value("asked_none").run()
    assert "Answer saved." in drawn(app)
    radio(app, "Level of need").set_value(3).run()
    radio(app, "Proposed route").set_value("early_help").run()
    press(app, "Set level and route")
    assert folds(app) >= {"Change the rating", "Change level and route"}, "done is folded"

    press(app, "Send to a manager")
    assert "Write what this means for this child." in drawn(app), "it says what is missing"
    with service_database.work() as session:
        session.scalars(select(Screening)).one().so_what = "Regular meals."
    press(app, "Send to a manager")
    with service_database.look() as session:
        assert session.get(ContactChild, child_id).status == Status.MANAGER_REVIEW


def test_an_address_to_be_kept_from_somebody_is_marked_where_it_is_read(
    service_database, open_page_as, drawn, amara, beth
):
    home = {"address_line": "3 Secret Row", "confidential": True}
    child_id = made(service_database, a_child, {"home": home}, sent_by=amara)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert "3 Secret Row (confidential: do not pass on)" in drawn(app)


def test_a_day_in_the_childs_life_is_asked_first_and_read_under_its_own_head(
    service_database, open_page_as, drawn, amara, beth, carol
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    with service_database.work() as session:
        words = {"day_in_life": "Up at <five>.", "so_what": "Help in the morning."}
        record_analysis(session, child_id, words, by=beth, at=LATER)
    writing = open_page_as(beth, "child", at=LATER, child=str(child_id))
    fields = [each.key for each in writing.get("bidi_component")]
    assert f"day_in_life {child_id}" in fields
    read = drawn(open_page_as(carol, "decide", at=LATER, child=str(child_id)))
    assert "<h3>A day in this child's life</h3>" in read
    assert "Up at &lt;five&gt;." in read


def test_a_second_worker_is_added_and_ended_on_the_childs_page(
    service_database, open_page_as, drawn, amara, beth, carol
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    app = open_page_as(carol, "child", at=LATER, child=str(child_id))
    next(e for e in app.toggle if e.label == "Add a second worker or team").set_value(True).run()
    select = next(each for each in app.selectbox if each.label == "Second worker")
    select.select_index(select.options.index("Dan Whitlock"))
    next(e for e in app.text_input if e.label == "What for").set_value("<i>Makaton</i>")
    press(app, "Add the second one")
    assert "The second one is on the record." in drawn(app)
    assert "&lt;i&gt;Makaton&lt;/i&gt;" in drawn(app)
    why = next(e for e in app.text_input if e.label.startswith("Why the second one"))
    why.set_value("The visits are done.")
    press(app, "End the second allocation")
    assert "The second allocation has ended." in drawn(app)
    seen = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert "Second: " in drawn(seen)
    assert "Add a second worker or team" not in [each.label for each in seen.toggle]


def test_nothing_is_chosen_before_a_person_chooses_it(
    service_database, open_page_as, drawn, amara, beth
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    with service_database.work() as session:
        record_indicators(session, child_id, ["sexual_exploitation"], by=beth, at=LATER)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert "Suggested: level 4" in drawn(app)
    assert [each.value for each in app.radio] == [None] * len(app.radio)
    assert [each.value for each in app.selectbox] == [None] * len(app.selectbox)
    assert row(service_database, Screening, child_id).level is None


def test_a_level_that_differs_needs_a_coded_reason_and_words(
    service_database, open_page_as, drawn, amara, beth
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    with service_database.work() as session:
        record_indicators(session, child_id, ["persistent_hunger"], by=beth, at=LATER)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))

    radio(app, "Level of need").set_value(3).run()
    radio(app, "Proposed route").set_value("early_help").run()
    asked = "This differs from the suggestion. Why?"
    assert asked not in [each.label for each in app.selectbox], "it does not differ"

    radio(app, "Level of need").set_value(4).run()
    radio(app, "Proposed route").set_value("s17").run()
    press(app, "Set level and route")
    assert "Choose the reason why" in drawn(app)
    assert "Send to a manager" in [each.label for each in app.button], "the page goes on below"
    next(each for each in app.selectbox if each.label == asked).set_value("fact_missing").run()
    next(each for each in app.text_area if each.label == "In your own words").set_value("Seen.")
    press(app, "Set level and route")
    kept = row(service_database, Screening, child_id)
    assert (kept.level, kept.route, kept.departure) == (4, "s17", "fact_missing")


def test_help_before_is_looked_up_corrected_and_taken_back(
    service_database, open_page_as, drawn, amara, beth
):
    said = {"ethnicity": "WROM", "had_help": "yes", "help_before": ["child_protection"]}
    child_id = made(service_database, a_child_taken_up, said, sent_by=amara, screened_by=beth)
    with service_database.work() as session:
        record_indicators(session, child_id, ["self_harm"], by=beth, at=LATER)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert "Gypsy or Roma" in drawn(app)
    assert "The referrer says so. Nobody has looked yet." in drawn(app)
    because = "Because: Self-harm; there is or was a child protection plan"
    assert because in drawn(app)
    assert not any(each.value for each in app.checkbox if each.key.startswith("help "))

    press(app, "Save this help")
    assert "Tick which help, or that there was none." in drawn(app)
    next(each for each in app.checkbox if each.label.startswith("None: I have looked")).check()
    press(app, "Save this help")
    assert "Recorded by Beth Lindqvist" in drawn(app)
    assert because not in drawn(app)
    assert row(service_database, Screening, child_id).help_before == []
    press(app, "Take this answer back")
    assert because in drawn(app)
    assert row(service_database, Screening, child_id).help_before is None


def test_candidates_are_offered_answered_and_the_answer_undone(
    service_database, open_page_as, drawn, amara, beth
):
    made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    with service_database.work() as session:
        again = a_child(session, {"given_names": "Maia"}, sent_by=amara, at=MONDAY_NINE + HOUR)
        take_up(session, again.id, by=beth, at=LATER)
        child_id = again.id
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    card = re.compile(r"1\. (Likely the same child|Possible): Mia Thornbury")
    assert card.search(drawn(app))
    assert "What would settle it:" in drawn(app)

    press(app, "This child")
    assert "is this child: Mia Thornbury" in drawn(app)
    press(app, "Undo the link")
    assert "Say why it is undone." in drawn(app)
    next(each for each in app.text_input if each.label == "Why is it undone?").set_value("A sister")
    press(app, "Undo the link")
    assert card.search(drawn(app))
    reason(app).set_value("Her sister, says the school")
    press(app, "Not this child")
    assert not card.search(drawn(app))
    assert "not this child. Her sister, says the school" in drawn(app)
    with service_database.look() as session:
        answers = session.scalars(
            select(MatchDecision.answer)
            .where(MatchDecision.contact_child_id == child_id)
            .order_by(MatchDecision.decided_at)
        ).all()
        runs = session.scalars(
            select(MatchRun.id).where(MatchRun.contact_child_id == child_id)
        ).all()
        assert sorted(answers) == ["different", "same"]
        assert len(runs) == 1, "drawing again is no new search"


def test_another_given_name_born_the_same_day_at_one_address_could_be_a_twin(
    service_database, open_page_as, drawn, amara, beth
):
    made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    other = {"given_names": "Orla"}
    child_id = made(service_database, a_child, other, sent_by=amara, at=MONDAY_NINE + HOUR)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert "This could be a twin or brother or sister." in drawn(app)


def test_indicators_copied_to_a_sister_are_accepted_or_rejected_one_by_one(
    service_database, open_page_as, drawn, amara, beth
):
    with service_database.work() as session:
        receipt = a_receipt(session, {}, {"given_names": "Orla"}, sent_by=amara)
        mia, orla = (each.id for each in children_of(session, receipt))
        take_up(session, mia, by=beth, at=LATER)
        take_up(session, orla, by=beth, at=LATER)
        codes = ["persistent_hunger", "low_mood_anxiety"]
        record_indicators(session, mia, codes, by=beth, at=LATER)
    press(open_page_as(beth, "child", at=LATER, child=str(mia)), "Same for the other children")
    app = open_page_as(beth, "child", at=LATER, child=str(orla))
    app.button(key="accept persistent_hunger").click().run()
    app.button(key="reject low_mood_anxiety").click().run()
    assert "Ticked for this child (1)" in drawn(app)
    assert "Proposed:" not in drawn(app)


@pytest.fixture
def proposed_to_orla(service_database, amara, beth):
    """Two indicators copied from her sister wait for an answer about Orla."""
    codes = ["persistent_hunger", "low_mood_anxiety"]
    with service_database.work() as session:
        receipt = a_receipt(session, {}, {"given_names": "Orla"}, sent_by=amara)
        mia, orla = (each.id for each in children_of(session, receipt))
        for each in (mia, orla):
            take_up(session, each, by=beth, at=LATER)
        record_indicators(session, mia, codes, by=beth, at=LATER)
        copy_indicators_to_siblings(session, mia, by=beth, at=LATER)
    return orla


def states(database, child_id):
    query = select(IndicatorSeen).where(IndicatorSeen.contact_child_id == child_id)
    with database.look() as session:
        return {each.code: (each.state, each.settled_by) for each in session.scalars(query)}


def test_all_that_is_proposed_is_accepted_with_one_press_each_by_its_name(
    service_database, open_page_as, drawn, beth, proposed_to_orla
):
    app = open_page_as(beth, "child", at=LATER, child=str(proposed_to_orla))
    assert {each for each, _ in states(service_database, proposed_to_orla).values()} == {"proposed"}
    press(app, "Accept these 2")
    assert "2 accepted for this child." in drawn(app)
    assert "Ticked for this child (2)" in drawn(app)
    assert states(service_database, proposed_to_orla) == {
        "persistent_hunger": ("accepted", beth.user_id),
        "low_mood_anxiety": ("accepted", beth.user_id),
    }
    with service_database.look() as session:
        last = session.scalars(
            select(AuditEvent)
            .where(AuditEvent.kind == "indicators:recorded")
            .order_by(AuditEvent.seq.desc())
        ).first()
    assert last.detail["accepted"] == ["low_mood_anxiety", "persistent_hunger"]


def test_none_is_accepted_together_when_a_colleague_has_answered_one_meanwhile(
    service_database, open_page_as, drawn, beth, carol, proposed_to_orla
):
    app = open_page_as(beth, "child", at=LATER, child=str(proposed_to_orla))
    with service_database.work() as session:
        told = {"answered": ["low_mood_anxiety"], "by": carol, "at": LATER}
        record_indicators(session, proposed_to_orla, [], **told)
    press(app, "Accept these 2")
    assert "Somebody has answered one of these meanwhile, so none was accepted." in drawn(app)
    assert states(service_database, proposed_to_orla) == {
        "persistent_hunger": ("proposed", None),
        "low_mood_anxiety": ("rejected", carol.user_id),
    }
    app.run()
    assert not any(each.label.startswith("Accept these") for each in app.button)
    press(app, "Accept for this child")
    assert "Ticked for this child (1)" in drawn(app)


def test_one_press_accepts_no_proposal_that_came_after_the_page_was_read(
    service_database, open_page_as, beth, proposed_to_orla
):
    app = open_page_as(beth, "child", at=LATER, child=str(proposed_to_orla))
    with service_database.work() as session:
        told = {"by": beth, "at": LATER}
        propose_indicators(session, proposed_to_orla, {"parental_conflict": ""}, "missing", **told)
    press(app, "Accept these 2")
    assert states(service_database, proposed_to_orla)["parental_conflict"] == (
        "proposed",
        None,
    )


def test_ticking_one_indicator_leaves_what_a_colleague_ticked(
    service_database, open_page_as, drawn, amara, beth
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    with service_database.work() as session:
        record_indicators(session, child_id, ["low_mood_anxiety"], by=beth, at=LATER)
    app.checkbox(key=f"tick {child_id} persistent_hunger").check().run()
    assert "Ticked for this child (2)" in drawn(app)


def test_ticking_one_strength_leaves_what_a_colleague_ticked(
    service_database, open_page_as, drawn, amara, beth
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    with service_database.work() as session:
        told = {"strengths": ["trusted_adult"], "by": beth, "at": LATER}
        record_indicators(session, child_id, [], answered=[], **told)
    app.checkbox(key=f"strength {child_id} stable_housing").check().run()
    assert row(service_database, Screening, child_id).strengths == [
        "stable_housing",
        "trusted_adult",
    ]
    app.checkbox(key=f"strength {child_id} trusted_adult").uncheck().run()
    assert row(service_database, Screening, child_id).strengths == ["stable_housing"]


def test_what_people_typed_is_shown_as_typed(service_database, open_page_as, drawn, amara, beth):
    concern = {
        "main": "neglect",
        "worry": HOSTILE,
        "working_well": HOSTILE,
        "child_voice": HOSTILE,
    }
    child_id = made(
        service_database,
        a_child_taken_up,
        {"given_names": HOSTILE[:25], "where_now": HOSTILE},
        sent_by=amara,
        screened_by=beth,
        concern=concern,
        household=[{"name": HOSTILE, "relationship": HOSTILE}],
        told_and_agreed=[{"person": HOSTILE, "told": "yes", "agreement": "given"}],
    )
    html = drawn(open_page_as(beth, "child", at=LATER, child=str(child_id)))
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **bold**" in html


def test_protective_action_is_recorded_before_anybody_takes_the_child_up(
    service_database, open_page_as, drawn, amara, beth
):
    child_id = made(service_database, a_child, sent_by=amara)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    radio(app, "What was done?").set_value("called_999")
    press(app, "Record it now")
    assert row(service_database, ProtectiveAction, child_id).kind == "called_999"
    assert "999 called" in drawn(app)


def test_the_referrer_in_danger_is_seen_before_anything_else(
    service_database, open_page_as, drawn, amara, beth
):
    child_id = made(service_database, a_child, sent_by=amara, danger={"in_danger_now": "yes"})
    html = drawn(open_page_as(beth, "child", at=LATER, child=str(child_id)))
    assert "The referrer says: yes." in html
    assert html.index("Check 999 now.") < html.index("In the child")


def test_only_who_took_the_child_up_writes_until_a_colleague_takes_over(
    service_database, open_page_as, drawn, amara, beth, carol
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    app = open_page_as(carol, "child", at=LATER, child=str(child_id))
    assert "Set rating" not in [each.label for each in app.button]
    press(app, "Take over")
    assert "Say why this child changes worker" in drawn(app)
    assert "Set rating" not in [each.label for each in app.button]
    app.text_input(key="take_over_why").set_value("Beth has gone home")
    press(app, "Take over")
    assert "Set rating" in [each.label for each in app.button]


def test_a_manager_restricts_the_record_and_the_page_is_closed_to_others(
    service_database, open_page_as, drawn, amara, beth, carol, dan
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    app = open_page_as(carol, "child", at=LATER, child=str(child_id))
    next(e for e in app.text_area if e.label.startswith("Why is this")).set_value("Staff member")
    app.date_input(key=f"restriction review {child_id} 0").set_value(date(2026, 3, 1))
    readers = app.multiselect(key=f"restriction readers {child_id} 0")
    assert not readers.proto.select_all, "each reader is named"
    readers.set_value([carol.user_id, dan.user_id])
    press(app, "Restrict")
    assert "Restricted record." in drawn(app)

    html = drawn(open_page_as(beth, "child", at=LATER, child=str(child_id)))
    assert "We could not find that, or it is not yours to see." in html
    assert "Thornbury" not in html

    app = open_page_as(carol, "child", at=LATER, child=str(child_id))
    app.text_input(key=f"lifting because {child_id} 0").set_value("She works here no more")
    press(app, "Lift the restriction")
    html = drawn(app)
    assert "Restricted record." not in html
    for words in ("Record restricted", "Staff member", "Restriction lifted", "She works here no"):
        assert words in html
    html = drawn(open_page_as(beth, "child", at=LATER, child=str(child_id)))
    assert "Thornbury" in html
    assert "Staff member" not in html, "why it was restricted is for those who restrict"


def test_why_somebody_may_work_with_a_family_again_is_read_on_the_childs_page(
    service_database, open_page_as, drawn, amara, beth, carol
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    press(app, "I am related to this family or know it")
    app = open_page_as(carol, "child", at=LATER, child=str(child_id))
    why = next(each for each in app.text_input if each.label == "Why it no longer holds")
    why.set_value("Another family of that name")
    press(app, "Take back of Beth Lindqvist")
    html = drawn(open_page_as(beth, "child", at=LATER, child=str(child_id)))
    assert "Taken back that Beth Lindqvist is related to this family or knows it" in html
    assert "Another family of that name" in html
    app = open_page_as(carol, "child", at=LATER, child=str(child_id))
    press(app, "I am related to this family or know it")
    assert "Take back of Carol Adeyemi" not in [each.label for each in app.button]


def test_early_help_starts_only_after_agreement_is_on_record(
    service_database, open_page_as, drawn, amara, beth, carol
):
    child_id = made(
        service_database, a_decided_child, sent_by=amara, screened_by=beth, decided_by=carol
    )
    app = open_page_as(carol, "child", at=LATER + HOUR, child=str(child_id))
    assert "agreement awaited" in drawn(app)
    press(app, "Agreement is on record")
    assert "Record the family&#x27;s agreement to early help, and in what capacity," in drawn(app)
    for name, value in (("covers", "early_help"), ("status", "given"), ("told", "yes")):
        app.selectbox(key=f"consent {name} {child_id} 0").set_value(value)
    app.text_input(key=f"consent subject {child_id} 0").set_value("Rosa Thornbury")
    app.selectbox(key=f"consent capacity {child_id} 0").set_value("parental_responsibility")
    press(app, "Record this")
    press(app, "Agreement is on record")
    press(app, "Help has started")
    assert "Started" in drawn(app)


@pytest.mark.parametrize("who", ["amara", "dev", "ada"])
def test_those_who_may_not_are_refused_before_anything_is_read(
    who, request, service_database, open_page_as, drawn, amara
):
    child_id = made(service_database, a_child, sent_by=amara)
    actor = request.getfixturevalue(who)
    html = drawn(open_page_as(actor, "child", at=LATER, child=str(child_id)))
    assert "Your role does not include this." in html
    assert "Thornbury" not in html


@pytest.mark.parametrize("address", ["", "nonsense", "7c9e6679-7425-40de-944b-e07fc1f90ae7"])
def test_a_wrong_address_and_an_unknown_child_have_one_answer(address, open_page_as, drawn, beth):
    html = drawn(open_page_as(beth, "child", at=LATER, child=address))
    assert "We could not find that, or it is not yours to see." in html


def test_opening_the_record_is_noted_once_a_sitting(service_database, open_page_as, amara, beth):
    child_id = made(service_database, a_child, sent_by=amara)
    open_page_as(beth, "child", at=LATER, child=str(child_id)).run().run()
    with service_database.look() as session:
        kinds = session.scalars(
            select(AuditEvent.kind).where(AuditEvent.about == str(child_id))
        ).all()
    assert kinds.count("record:viewed") == 1


def test_a_child_waiting_for_a_manager_is_read_and_not_changed(
    service_database, open_page_as, drawn, amara, beth
):
    child_id = made(service_database, a_child_awaiting_decision, sent_by=amara, screened_by=beth)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert "Mia needs regular meals" in drawn(app)
    labels = [each.label for each in app.button]
    assert not {"Set rating", "Set level and route", "Send to a manager"} & set(labels)


def test_a_colleagues_words_in_the_analysis_are_never_written_over(session, amara, beth):
    child = a_child_taken_up(session, sent_by=amara, screened_by=beth)
    when = {"by": beth, "at": LATER}
    record_analysis(session, child.id, {"so_what": "First."}, seen={"so_what": ""}, **when)
    record_analysis(session, child.id, {"so_what": "Second."}, seen={"so_what": "First."}, **when)
    with pytest.raises(Changed, match="A colleague has written here"):
        record_analysis(session, child.id, {"so_what": "Mine."}, seen={"so_what": "First."}, **when)
    record_analysis(session, child.id, {"harm_so_far": "Hunger."}, **when)
    kept = session.scalars(select(Screening)).one()
    assert (kept.so_what, kept.harm_so_far) == ("Second.", "Hunger.")


def test_the_suggestion_asks_what_is_not_known_and_would_matter(
    service_database, open_page_as, drawn, amara, beth
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    with service_database.work() as session:
        record_indicators(session, child_id, ["minor_accidental_injury"], by=beth, at=LATER)
    html = drawn(open_page_as(beth, "child", at=LATER, child=str(child_id)))
    assert "Can the child move independently?" in html
    assert "Because: Minor injury with a consistent explanation" in html
    page = re.search(
        r'href="(/levels-of-need.pdf[?]edition=[^"]+)#page=[0-9]+" target="_blank"', html
    )
    assert page
    with service_database.look() as session:
        came_under = session.get_one(ContactChild, child_id).contact.edition_id
    assert page[1] == f"/levels-of-need.pdf?edition={came_under}"
    assert "do not replace professional judgement" in html


# ---------------------------------------------------------------- words not recorded yet


def field(app, key):
    every = [*app.text_input, *app.text_area, *app.selectbox, *app.date_input, *app.radio]
    return next(each for each in every if each.key == key)


def words(app, label):
    return next(e for e in [*app.text_area, *app.text_input] if e.label.startswith(label))


def test_a_form_sent_after_the_sign_in_is_filled_in_again_and_recorded_once(
    service_database, open_page_as, drawn, monkeypatch, amara, beth
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    monkeypatch.setattr(arrival, "now", lambda: LATER + IDLE)
    radio(app, "What was done?").set_value("called_999")
    words(app, "Who, when, reference").set_value("PC <b>Dale</b>, 10:40")
    press(app, "Record it now")
    assert "What you typed is kept in your draft." in drawn(app)
    assert row(service_database, ProtectiveAction, child_id) is None

    afresh = open_page_as(beth, "child", at=LATER + IDLE, child=str(child_id))
    assert radio(afresh, "What was done?").value == "called_999"
    assert words(afresh, "Who, when, reference").value == "PC <b>Dale</b>, 10:40"
    press(afresh, "Record it now")
    assert row(service_database, ProtectiveAction, child_id).words == "PC <b>Dale</b>, 10:40"
    assert words(afresh, "Who, when, reference").value == ""
    with service_database.look() as session:
        assert session.scalars(select(WorkDraft)).all() == []


FORMS = {
    "Record this": {
        "consent subject": "Rosa <b>Thornbury</b>",
        "consent status": "refused",
        "consent expires": date(2026, 3, 1),
        "consent words": "Not now.",
    },
    "Record lawful basis": {
        "lawful_basis gateway": "ca1989_s17",
        "lawful_basis necessity": "To plan help.",
    },
    "Set rating": {"rating rag": "amber", "rating reason": "Cold house."},
}


@pytest.mark.parametrize("submit", FORMS)
def test_each_form_is_filled_in_again_with_what_arrived_after_the_sign_in(
    submit, service_database, open_page_as, monkeypatch, amara, beth
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    monkeypatch.setattr(arrival, "now", lambda: LATER + IDLE)
    for name, value in FORMS[submit].items():
        field(app, f"{name} {child_id} 0").set_value(value)
    press(app, submit)
    afresh = open_page_as(beth, "child", at=LATER + IDLE, child=str(child_id))
    for name, value in FORMS[submit].items():
        assert field(afresh, f"{name} {child_id} 0").value == value


def test_a_departure_half_explained_is_there_when_the_page_is_opened_afresh(
    service_database, open_page_as, amara, beth
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    radio(app, "Level of need").set_value(4).run()
    radio(app, "Proposed route").set_value("s17").run()
    words(app, "In your own words").set_value("The history is long.").run()

    afresh = open_page_as(beth, "child", at=LATER, child=str(child_id))
    chosen = [radio(afresh, label).value for label in ("Level of need", "Proposed route")]
    assert chosen == [4, "s17"]
    assert words(afresh, "In your own words").value == "The history is long."
    kept = row(service_database, Screening, child_id)
    assert kept.level is None, "nothing is set by being kept"


def test_a_tick_that_arrives_after_the_sign_in_is_stored(
    service_database, open_page_as, drawn, monkeypatch, amara, beth
):
    child_id = made(service_database, a_child_taken_up, sent_by=amara, screened_by=beth)
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    monkeypatch.setattr(arrival, "now", lambda: LATER + IDLE)
    app.checkbox(key=f"strength {child_id} stable_housing").check().run()
    assert "You are signed out" in drawn(app)
    assert row(service_database, Screening, child_id).strengths == ["stable_housing"]
