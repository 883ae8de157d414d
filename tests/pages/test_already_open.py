"""The decision form asks whether earlier work is open only where there was a recent referral."""

from datetime import timedelta

from mash_triage.decisions.actions import record_decision
from mash_triage.matching.actions import confirm_match
from mash_triage.screening.actions import send_for_decision, take_up
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from tests import stories
from tests.stories import MONDAY_NINE

LATER = MONDAY_NINE + timedelta(days=30)
ASKED = "Accepted as a referral on 12 January 2026. Is that work still open?"
S17 = {
    "outcome": Outcome.S17_ASSESSMENT,
    "route": Route.S17,
    "level": 4,
    "departure": DepartureReason.PROFESSIONAL_JUDGEMENT,
    "departure_words": "Seen.",
}


def choose(app, label, value):
    next(each for each in app.radio if each.label.startswith(label)).set_value(value).run()
    assert not app.exception


def labels(app):
    return [each.label for each in app.radio]


def test_it_is_asked_for_a_second_referral_and_not_for_early_help(
    service_database, open_page_as, amara, beth, carol
):
    with service_database.work() as session:
        first = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
        facts = stories.a_decision(**S17)
        record_decision(session, first.id, facts, by=carol, at=MONDAY_NINE + stories.HOUR)
        again = stories.a_child(session, sent_by=amara, at=LATER)
        take_up(session, again.id, by=beth, at=LATER)
        confirm_match(session, again.id, first.person_id, by=beth, at=LATER)
        stories.screen(session, again, by=beth, at=LATER)
        send_for_decision(session, again.id, by=beth, at=LATER)
        child_id = again.id
    app = open_page_as(carol, "decide", at=LATER, child=str(child_id))
    choose(app, "Level of need", 3)
    choose(app, "Route", "early_help")
    choose(app, "Outcome", Outcome.EARLY_HELP)
    assert ASKED not in labels(app)
    choose(app, "Level of need", 4)
    choose(app, "Route", "s17")
    choose(app, "Outcome", Outcome.S17_ASSESSMENT)
    assert ASKED in labels(app)
    assert next(each for each in app.radio if each.label == ASKED).value is None
    choose(app, ASKED, "yes")
