"""The fixed codes that outside scripts and returns rely on."""

from mash_triage.thresholds.routes import (
    REFERRAL_OUTCOMES,
    Answer,
    DepartureReason,
    Outcome,
    Rag,
    Route,
)


def test_codes_are_the_agreed_ones_and_stay_so():
    assert list(Route) == ["universal", "early_help", "s17", "s47"]
    assert list(Rag) == ["red", "amber", "green"]
    assert list(Answer) == ["yes", "no", "not_known"]
    assert list(DepartureReason) == [
        "fact_missing",
        "fact_disputed",
        "rule_unclear",
        "professional_judgement",
        "other",
    ]
    assert " ".join(Outcome) == (
        "advice universal_signpost early_help s17_assessment strategy_discussion open_case "
        "other_authority lado private_fostering unaccompanied_child prevent marac "
        "exploitation_panel child_death other_specialist duplicate_or_error"
    )


def test_capacity_is_no_reason_for_departing():
    assert not any("capacity" in reason for reason in DepartureReason)


def test_only_two_outcomes_make_a_referral():
    assert sorted(REFERRAL_OUTCOMES) == ["s17_assessment", "strategy_discussion"]


def test_routes_weigh_more_the_more_they_protect():
    assert sorted(Route, key=lambda route: route.weight) == list(Route)
