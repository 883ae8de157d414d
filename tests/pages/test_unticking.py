"""On the child's page an un-ticked trigger counts on until there is a reason, and is shown then."""

from datetime import timedelta

from mash_triage.screening.actions import record_indicators
from mash_triage.screening.queries import picture_of_screening
from tests.stories import MONDAY_NINE, a_child_taken_up

LATER = MONDAY_NINE + timedelta(hours=2)
TRIGGER = "non_fatal_strangulation"
WHY = "The school confirmed it was another child."


def accepted(database, child_id, by):
    with database.look() as session:
        return picture_of_screening(session, child_id, by=by).accepted


def press(app, label):
    next(each for each in app.button if each.label == label).click().run()


def test_unticking_a_trigger_asks_why_before_it_is_stored(
    service_database, open_page_as, drawn, amara, beth
):
    with service_database.work() as session:
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth)
        record_indicators(session, child.id, [TRIGGER], by=beth, at=LATER)
        child_id = child.id
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    app.checkbox(key=f"tick {child_id} {TRIGGER}").uncheck().run()
    assert "counts until you say why" in drawn(app)
    assert accepted(service_database, child_id, beth) == (TRIGGER,)

    press(app, "Reject with this reason")
    assert "Say why this no longer counts" in drawn(app)
    app.text_area(key=f"because {child_id} {TRIGGER}").set_value(WHY)
    press(app, "Reject with this reason")
    assert accepted(service_database, child_id, beth) == ()
    afresh = open_page_as(beth, "child", at=LATER, child=str(child_id))
    assert "Triggers that were rejected" in drawn(afresh)
    assert WHY in drawn(afresh)


def test_kept_ticked_it_is_asked_no_more(service_database, open_page_as, drawn, amara, beth):
    with service_database.work() as session:
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth)
        record_indicators(session, child.id, [TRIGGER], by=beth, at=LATER)
        child_id = child.id
    app = open_page_as(beth, "child", at=LATER, child=str(child_id))
    app.checkbox(key=f"tick {child_id} {TRIGGER}").uncheck().run()
    press(app, "Keep it ticked")
    assert "counts until you say why" not in drawn(app)
    assert app.checkbox(key=f"tick {child_id} {TRIGGER}").value
    assert accepted(service_database, child_id, beth) == (TRIGGER,)
