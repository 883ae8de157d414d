"""The weights of the matching: looked at and put in force by a policy lead, with a reason."""

import pytest
from sqlalchemy import select

from mash_triage.access.actions import add_user
from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.matching.actions.weights import activate_weights, propose_weights
from mash_triage.matching.models_in_force import weights_in_force
from mash_triage.matching.weights import read_weights, shipped_weights
from tests.cast import ADA, MONDAY_NINE
from tests.stories import HOUR

AT = MONDAY_NINE + HOUR
JOB = Actor.job("people train")
MEASURED = read_weights(shipped_weights().toml.replace("shipped 1", "measured 2026-01-12"))
FIGURES = {
    "known": 250, "right_first": 249, "right_likely": 231, "twins": 250, "twin_first": 4,
    "twin_likely": 0, "off_register": 250, "sibling_likely": 0, "sibling_probable": 3,
}  # fmt: skip
REPORT = {
    "register": 10_000, "random_pairs": 300_000, "sibling_pairs": 6_129, "m_from": "decisions",
    "accepted": 864, "first_january": 0.0031, "curve_of": "decisions",
    "curve": {
        "old": [{"candidates": 90, "said": 0.95, "came_true": 0.91}],
        "new": [{"candidates": 88, "said": 0.96, "came_true": 0.97}],
    },
    "safety": {"old": FIGURES, "new": {**FIGURES, "right_likely": 238}},
    "levels": [{
        "field": "Date of birth", "level": "same",
        "old": {"m": 0.9, "bits": [12.72, 4.32]}, "new": {"m": 0.88, "bits": [13.4, 4.8]},
    }],
}  # fmt: skip


@pytest.fixture
def pat(service_database):
    """The policy lead."""
    with service_database.work() as session:
        propose_weights(session, MEASURED, REPORT, by=JOB, at=MONDAY_NINE)
        user = add_user(
            session, "pat@rivermead.example", "Pat Lowe", role=Role.POLICY_LEAD,
            agency_id=ADA.agency_id, by=ADA, at=MONDAY_NINE,
        )  # fmt: skip
        return actor_for(user)


def test_measured_weights_are_in_force_once_a_policy_lead_says_why(
    pat, open_page_as, drawn, service_database
):
    app = open_page_as(pat, "matching_model", at=AT)
    page = drawn(app)
    assert "shipped 1" in page
    assert "97.0%" in page
    assert "Date of birth: same" in page
    assert app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")

    app.text_input(key=f"reason {MEASURED.sha256}").set_value("Measured after the import.")
    app.button[0].click().run()
    with service_database.look() as session:
        assert weights_in_force(session).sha256 == MEASURED.sha256
        line = session.scalars(
            select(AuditEvent).where(AuditEvent.kind == AuditKind.MODEL_ACTIVATED)
        ).one()
        assert line.by_name == "Pat Lowe"
    page = drawn(open_page_as(pat, "matching_model", at=AT + HOUR))
    assert "These weights are in force." in page
    assert "Measured after the import." in page


def test_the_shipped_weights_can_be_had_again(pat, service_database):
    told = {"reason": "x", "by": pat}
    with service_database.work() as session:
        assert weights_in_force(session).sha256 == shipped_weights().sha256
        activate_weights(session, MEASURED.sha256[:12], **told, at=AT)
        session.flush()
        assert weights_in_force(session).name == "measured 2026-01-12"
        activate_weights(session, "shipped", **told, at=AT + HOUR)
        session.flush()
        assert weights_in_force(session).sha256 == shipped_weights().sha256


def test_weights_are_put_in_force_with_a_reason_by_a_person_and_once(pat, service_database):
    with service_database.work() as session:
        told = {"by": pat, "at": AT}
        for refusal, sha256, changes in (
            (NotReady, MEASURED.sha256, {"reason": " "}),
            (NotReady, MEASURED.sha256, {"by": Actor.job("a job")}),
            (NotFound, "abcdef123456", {}),
            (NotFound, "%", {}),
            (Changed, "shipped", {}),
        ):
            with pytest.raises(refusal):
                activate_weights(session, sha256, **{"reason": "x", **told, **changes})


def test_the_same_weights_are_proposed_once(pat, service_database):
    with service_database.work() as session:
        again = propose_weights(session, MEASURED, {}, by=JOB, at=AT)
        assert again.report == REPORT
