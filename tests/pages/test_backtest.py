"""Trying an edition on past contacts: chosen, run, read; figures lead to lists, without a name for
whoever has no records.
"""

import time
from dataclasses import replace

import pytest

from mash_triage.access.actions import add_user
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.web.levels import backtest_run
from tests.backtest.conftest import HUNGER, NEGLECT_UNCHANGED, YEAR_ON, counted, decided
from tests.cast import ADA, BETH, CAROL, MONDAY_NINE


@pytest.fixture
def pat(service_database):
    """The policy lead; two children were decided, and one of them would move up."""
    with service_database.work() as session:
        decided(session, NEGLECT_UNCHANGED, at=MONDAY_NINE, given_names="Mo")
        decided(session, HUNGER, at=MONDAY_NINE, given_names="Ann")
        user = add_user(
            session, "pat@rivermead.example", "Pat Lowe", role=Role.POLICY_LEAD,
            agency_id=ADA.agency_id, by=ADA, at=MONDAY_NINE,
        )  # fmt: skip
        return actor_for(user)


def try_on(app, *, by):
    """Choose Family Help and all contacts, press, and wait until it is over."""
    app.selectbox[1].set_value(next(o for o in options(app) if "Family Help" in o[1])[0])
    app.selectbox[2].set_value("All")
    app.button[0].click().run()
    for _ in range(200):
        if (running := backtest_run.newest(by=by)) and running.over:
            return app.run()
        time.sleep(0.05)
    return pytest.fail("the trial did not end")


def options(app):
    from mash_triage.web.levels.backtest_choice import choices
    from mash_triage.web.place import database

    with database().look() as session:
        return [(each.key, each.words) for each in choices(session, by=CAROL, at=YEAR_ON)]


def test_a_policy_lead_tries_an_edition_and_is_shown_no_small_figure(pat, open_page_as, drawn):
    app = open_page_as(pat, "backtest", at=YEAR_ON)
    assert "Nothing was tried yet" in drawn(app)
    app.button[0].click().run()
    assert "Choose the new edition" in drawn(app)

    app = try_on(app, by=pat)
    page = drawn(app)
    assert "What would change" in [each.value for each in app.header]
    assert "2 children on contacts were read" in page
    assert "not shown" in page
    assert "Mo " not in page
    assert not app.exception


def test_a_manager_reads_who_is_behind_a_figure_and_why(pat, open_page_as, drawn):
    app = try_on(open_page_as(CAROL, "backtest", at=YEAR_ON), by=CAROL)
    assert '<a class="mash-open" href="/backtest?behind=' in drawn(app)
    app.session_state["_behind"] = "/backtest?behind=move~up"
    page = drawn(app.run())
    assert "Mo Thornbury" in page
    app.session_state["_behind"] = "/backtest?behind=move~up&row=0"
    page = drawn(app.run())
    assert "hold a strategy discussion" in page
    assert not app.exception


def test_a_trial_belongs_to_whoever_started_it(pat):
    backtest_run._trials[pat.user_id] = backtest_run.Running(counted("M"), pat, over=True)
    assert backtest_run.newest(by=pat)
    assert backtest_run.newest(by=BETH) is None
    promoted = replace(pat, role=Role.MANAGER)
    assert backtest_run.newest(by=promoted) is None, "what she may see has changed since"
