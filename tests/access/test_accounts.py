"""Agencies, people, one-time links and sign-ins, as an administrator and a person see them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.access import actions, queries
from mash_triage.access.actor import Actor
from mash_triage.access.models import OneTimeLink, SignInSession, UserAccount
from mash_triage.access.roles import Role
from mash_triage.access.sessions import ABSOLUTE, IDLE, Over, fingerprint
from mash_triage.audit import trail
from mash_triage.audit.events import AuditEvent
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from tests.cast import ADA, AMARA, BETH, CAROL, DEV, MONDAY_NINE

LATER = MONDAY_NINE + timedelta(minutes=1)
PASSWORD = "violet kettle under moss"


def kinds(session):
    return session.scalars(select(AuditEvent.kind).order_by(AuditEvent.seq)).all()


def user(session, actor) -> UserAccount:
    return queries.fetch_user(session, actor.user_id)


def sign_in(session, actor, at=MONDAY_NINE) -> str:
    return actions.start_session(session, user(session, actor), at=at)


def here(session, token, at=LATER):
    return queries.session_for(session, token, at=at)


def change(session, actor, **changes):
    account = user(session, actor)
    facts = {
        "seen": account.version,
        "role": account.role,
        "qualified": account.qualified,
        "agency_id": account.agency_id,
    }
    return actions.change_user(session, account.id, **{**facts, "by": ADA, "at": LATER, **changes})


# ---------------------------------------------------------------- agencies and people


def test_an_agency_and_a_person_in_it_are_added(session):
    agency = actions.add_agency(
        session, " Mill Lane Surgery ", kind="gp", source_code="3A", by=ADA, at=MONDAY_NINE
    )
    added = actions.add_user(
        session,
        " Gita@Mill.Example ",
        "Gita Nair",
        role=Role.REFERRER,
        agency_id=agency.id,
        by=ADA,
        at=MONDAY_NINE,
    )
    assert (agency.name, added.email, added.password_hash) == (
        "Mill Lane Surgery",
        "gita@mill.example",
        None,
    )
    assert kinds(session)[-2:] == ["agency:added", "account:added"]
    shown = {each.name: each for each in queries.people(session, by=ADA)}
    assert not shown["Gita Nair"].has_password
    assert {each.name: each.people for each in queries.agencies(session, by=ADA)}[
        "Mill Lane Surgery"
    ] == 1


@pytest.mark.parametrize("email", ["", "gita", "@x.example", "gita@", "a b@x.example", "g@x"])
def test_what_cannot_be_an_address_is_refused(session, email):
    with pytest.raises(NotReady, match="e-mail address"):
        actions.add_user(
            session,
            email,
            "Gita Nair",
            role=Role.REFERRER,
            agency_id=AMARA.agency_id,
            by=ADA,
            at=MONDAY_NINE,
        )


def test_nobody_is_added_twice(session):
    told = {"role": Role.REFERRER, "agency_id": AMARA.agency_id, "by": ADA, "at": MONDAY_NINE}
    with pytest.raises(NotReady, match="already an account"):
        actions.add_user(session, "AMARA@rivermead.example", "Amara Again", **told)
    with pytest.raises(NotReady, match="already an agency"):
        actions.add_agency(
            session, "Hill School", kind="primary", source_code="2A", by=ADA, at=MONDAY_NINE
        )
    with pytest.raises(NotReady, match="name"):
        actions.add_user(session, "x@y.example", "  ", **told)


@pytest.mark.parametrize("stranger", [AMARA, BETH, CAROL], ids=lambda who: who.role)
def test_only_an_administrator_keeps_accounts(session, stranger):
    deeds = [
        lambda: actions.add_agency(
            session, "X", kind="gp", source_code="3A", by=stranger, at=MONDAY_NINE
        ),
        lambda: actions.issue_link(session, BETH.user_id, by=stranger, at=MONDAY_NINE),
        lambda: actions.end_sessions_of(session, ADA.user_id, by=stranger, at=MONDAY_NINE),
        lambda: change(session, BETH, by=stranger),
        lambda: queries.people(session, by=stranger),
        lambda: queries.agencies(session, by=stranger),
        lambda: actions.add_user(
            session,
            "x@y.example",
            "X",
            role=Role.ADMINISTRATOR,
            agency_id=AMARA.agency_id,
            by=stranger,
            at=MONDAY_NINE,
        ),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()


def test_a_change_of_role_counts_from_the_next_touch(session):
    token = sign_in(session, AMARA)
    change(session, AMARA, role=Role.SOCIAL_WORKER, qualified=True)
    by = here(session, token).by
    assert (by.role, by.qualified) == (Role.SOCIAL_WORKER, True)


def test_two_administrators_at_once_do_not_overwrite_each_other(session):
    seen = user(session, BETH).version
    change(session, BETH, qualified=False)
    session.flush()
    with pytest.raises(Changed):
        change(session, BETH, seen=seen)


def test_an_administrator_leaves_her_own_account_to_another(session):
    with pytest.raises(NotAllowed, match="another administrator"):
        change(session, ADA, role=Role.MANAGER)


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(session):
    token, link = (
        sign_in(session, BETH),
        actions.issue_link(session, BETH.user_id, by=ADA, at=MONDAY_NINE),
    )
    change(session, BETH, active=False)
    assert here(session, token).over is Over.ACCOUNT_CLOSED
    with pytest.raises(NotFound):
        queries.link_to_use(session, link, at=LATER)
    with pytest.raises(NotReady, match="closed"):
        actions.issue_link(session, BETH.user_id, by=ADA, at=LATER)
    assert session.scalar(queries.open_account("beth@rivermead.example")) is None
    session.flush()
    change(session, BETH, active=True)
    assert session.scalar(queries.open_account("beth@rivermead.example")) is not None
    assert here(session, token).over is Over.ACCOUNT_CLOSED  # the old sign-in stays over


def test_an_unknown_person_or_agency_is_not_found(session):
    with pytest.raises(NotFound):
        queries.fetch_user(session, AMARA.agency_id)
    with pytest.raises(NotFound):
        queries.fetch_agency(session, AMARA.user_id)


# ---------------------------------------------------------------- one-time links


def test_a_person_sets_her_own_password_by_a_link_once(session):
    before = sign_in(session, AMARA)
    token = actions.issue_link(session, AMARA.user_id, by=ADA, at=MONDAY_NINE)
    by = actions.set_password_by_link(session, token, PASSWORD, at=LATER)

    assert by == AMARA
    assert PASSWORD not in user(session, AMARA).password_hash
    assert here(session, before).over is Over.NEW_PASSWORD
    assert kinds(session)[-3:] == ["link:issued", "sessions:ended", "password:set"]
    with pytest.raises(NotFound, match="has been used"):
        actions.set_password_by_link(session, token, PASSWORD, at=LATER)


def test_only_the_fingerprint_of_a_link_is_kept(session):
    token = actions.issue_link(session, AMARA.user_id, by=ADA, at=MONDAY_NINE)
    kept = session.scalars(select(OneTimeLink.token_sha256)).all()
    assert kept == [fingerprint(token)]
    assert token not in str(session.scalars(select(AuditEvent.detail)).all())


def test_a_newer_link_replaces_the_older(session):
    old = actions.issue_link(session, AMARA.user_id, by=ADA, at=MONDAY_NINE)
    new = actions.issue_link(session, AMARA.user_id, by=ADA, at=LATER)
    with pytest.raises(NotFound):
        queries.link_to_use(session, old, at=LATER)
    assert queries.link_to_use(session, new, at=LATER).user_id == AMARA.user_id


def test_a_link_lives_48_hours(session):
    token = actions.issue_link(session, AMARA.user_id, by=ADA, at=MONDAY_NINE)
    end = MONDAY_NINE + actions.LINK_LASTS
    assert queries.link_to_use(session, token, at=end - timedelta(seconds=1))
    with pytest.raises(NotFound):
        queries.link_to_use(session, token, at=end)


def test_a_password_that_is_refused_leaves_the_link_unused(session):
    token = actions.issue_link(session, AMARA.user_id, by=ADA, at=MONDAY_NINE)
    with pytest.raises(NotReady):
        actions.set_password_by_link(session, token, "amara osei hill", at=LATER)
    assert queries.link_to_use(session, token, at=LATER)


# ---------------------------------------------------------------- sign-ins


def test_a_cookie_nobody_was_given_belongs_to_nobody(session):
    assert queries.session_for(session, "", at=LATER) is None
    assert queries.session_for(session, "\ud800", at=LATER) is None


def test_a_sign_in_knows_whose_it_is_and_when_it_ends(session):
    found = here(session, sign_in(session, AMARA))
    assert found.by == AMARA
    assert (found.agency, found.over) == ("Hill School", None)
    assert found.ends_at == MONDAY_NINE + IDLE
    assert kinds(session)[-1] == "session:started"


def test_it_ends_after_fifteen_idle_minutes_but_a_deed_begins_them_again(session):
    token = sign_in(session, AMARA)
    deed = MONDAY_NINE + IDLE - timedelta(seconds=1)
    actions.note_deed(session, here(session, token).session_id, at=deed)
    actions.note_deed(session, here(session, token).session_id, at=LATER)  # never backwards
    assert here(session, token, MONDAY_NINE + IDLE).over is None
    assert here(session, token, deed + IDLE).over is Over.IDLE


def test_eight_hours_are_the_end_whatever_is_done(session):
    token = sign_in(session, AMARA)
    end = MONDAY_NINE + ABSOLUTE
    actions.note_deed(session, here(session, token).session_id, at=end - timedelta(seconds=1))
    assert here(session, token, end).over is Over.ABSOLUTE


def test_signing_out_ends_this_sign_in_and_no_other(session):
    one, other = sign_in(session, AMARA), sign_in(session, AMARA)
    left = here(session, one)
    actions.sign_out(session, left.session_id, by=AMARA, at=LATER)
    actions.sign_out(session, left.session_id, by=AMARA, at=LATER)  # twice is once
    assert here(session, one).over is Over.SIGNED_OUT
    assert here(session, other).over is None
    assert kinds(session).count("session:ended") == 1


def test_nobody_signs_out_somebody_else(session):
    token = sign_in(session, AMARA)
    actions.sign_out(session, here(session, token).session_id, by=BETH, at=LATER)
    assert here(session, token).over is None


def test_an_administrator_ends_all_sign_ins_of_a_person(session):
    tokens = [sign_in(session, AMARA), sign_in(session, AMARA)]
    assert actions.end_sessions_of(session, AMARA.user_id, by=ADA, at=LATER) == 2
    assert {here(session, token).over for token in tokens} == {Over.ENDED_BY_ADMINISTRATOR}
    actions.note_deed(session, here(session, tokens[0]).session_id, at=LATER)
    assert session.scalars(select(SignInSession.last_deed_at)).all() == [MONDAY_NINE] * 2


def test_opening_a_record_is_noted_once_for_each_sitting(session):
    sittings = [here(session, sign_in(session, BETH)).session_id for _ in range(2)]
    for sitting in (*sittings, *sittings):
        actions.note_viewed(session, sitting, AMARA.user_id, by=BETH, at=LATER)
    assert kinds(session).count("record:viewed") == 2
    assert trail.verify(session).first_bad is None


def test_demo_people_are_shown_in_a_demonstration_only(session):
    from mash_triage.access.models import Installation

    assert list(queries.demo_people(session)) == []
    session.add(Installation(name="environment", value="demo"))
    session.flush()
    shown = [person.name for person in queries.demo_people(session)]
    assert shown[0] == "Amara Osei"
    assert shown[-1] == "Ada Brandt"


def test_the_first_lead_of_a_demonstration_sees_what_the_first_referrer_sends(session):
    from mash_triage.access.models import Installation

    session.add(Installation(name="environment", value="demo"))
    for name, agency in (("Alun Bevan", DEV.agency_id), ("Helen Quill", AMARA.agency_id)):
        email = f"{name.split()[0].lower()}@lead.example"
        actions.add_user(
            session, email, name, role=Role.AGENCY_LEAD, agency_id=agency, by=ADA, at=MONDAY_NINE
        )
    shown = [person.name for person in queries.demo_people(session)]
    assert shown.index("Helen Quill") < shown.index("Alun Bevan")


def test_a_job_of_the_service_may_add_an_account(session):
    job = Actor.job("users add")
    assert actions.issue_link(session, ADA.user_id, by=job, at=MONDAY_NINE)
