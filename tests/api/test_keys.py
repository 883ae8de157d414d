"""Who may call: live keys of open agencies, for what they are for; two at a time, never a third."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mash_triage.access.actions import change_user
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.queries import agencies, open_account
from mash_triage.access.roles import Role
from mash_triage.agency_systems.actions import add_api_key, revoke_api_key
from mash_triage.agency_systems.models import ApiKey
from mash_triage.agency_systems.queries import api_keys
from mash_triage.errors import NotAllowed, NotReady
from mash_triage.worklists.agency import people_of_agency
from tests import stories
from tests.api.conftest import once
from tests.cast import ADA, AMARA, DEV, MONDAY_NINE

ASKED = "/v1/contacts/K7PX4MQR2T"
REFUSED, LET_IN = 401, 404


def newest(database):
    with database.look() as session:
        return session.scalars(select(ApiKey).order_by(ApiKey.added_at.desc())).first()


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer mash_wrong", "ä"])
def test_without_a_good_key_nothing_is_answered(api, header):
    answer = api.get(ASKED, headers={"Authorization": header.encode()})
    assert answer.status_code == REFUSED
    assert answer.headers["www-authenticate"] == "Bearer"
    assert api.get(ASKED).text == answer.text


def test_the_secret_is_kept_nowhere(database, key_of):
    token = key_of()["Authorization"].removeprefix("Bearer ")
    with database.look() as session:
        kept = repr([vars(row) for row in session.scalars(select(ApiKey))])
    assert token not in kept
    assert token.removeprefix("mash_") not in kept


def test_a_key_expires(api, clock, school):
    clock.at = MONDAY_NINE + timedelta(days=365) - timedelta(seconds=1)
    assert api.get(ASKED, headers=school).status_code == LET_IN
    clock.at = MONDAY_NINE + timedelta(days=365)
    assert api.get(ASKED, headers=school).status_code == REFUSED


def test_a_revoked_key_is_over_at_once(api, database, school):
    assert api.get(ASKED, headers=school).status_code == LET_IN
    with database.work() as session:
        revoke_api_key(session, newest(database).id, by=ADA, at=MONDAY_NINE)
    assert api.get(ASKED, headers=school).status_code == REFUSED


def test_a_key_is_replaced_without_a_break(api, database, key_of):
    old = key_of(system="Records")
    sent = api.post("/v1/contacts", json=stories.answers(), headers={**old, **once()}).json()
    new = key_of(system="Records", at=MONDAY_NINE + timedelta(minutes=1))
    address = f"/v1/contacts/{sent['reference']}"
    assert [api.get(address, headers=key).status_code for key in (old, new)] == [200, 200]
    with pytest.raises(NotReady, match="two live keys"):
        key_of(system="records")
    with database.work() as session:
        oldest = session.scalars(select(ApiKey).order_by(ApiKey.added_at)).first()
        revoke_api_key(session, oldest.id, by=ADA, at=MONDAY_NINE)
    assert [api.get(address, headers=key).status_code for key in (old, new)] == [401, 200]
    assert key_of(system="Records")


def test_a_retry_with_the_new_key_is_still_the_same_contact(api, key_of):
    headers, body = once(), stories.answers()
    sent = [
        api.post("/v1/contacts", json=body, headers={**key_of(), **headers}).json()
        for _rotated in range(2)
    ]
    assert sent[0] == sent[1]


@pytest.mark.parametrize(
    ("scope", "may_send", "may_read"), [("send", 201, 403), ("read", 403, 404)]
)
def test_a_key_is_for_what_it_is_for(api, key_of, scope, may_send, may_read):
    key = key_of(scopes=[scope])
    sent = api.post("/v1/contacts", json=stories.answers(), headers={**key, **once()})
    assert sent.status_code == may_send
    assert api.get(ASKED, headers=key).status_code == may_read


def test_a_closed_agency_or_account_is_not_let_in(api, database, school):
    with database.work() as session:
        account = session.scalars(
            select(UserAccount).where(UserAccount.role == Role.API_CLIENT)
        ).one()
        change_user(
            session,
            account.id,
            seen=account.version,
            role=Role.API_CLIENT,
            qualified=False,
            agency_id=AMARA.agency_id,
            active=False,
            by=ADA,
            at=MONDAY_NINE,
        )
    assert api.get(ASKED, headers=school).status_code == REFUSED
    with database.work() as session:
        account.deactivated_at = account.deactivated_by = None
        session.merge(account)
        agency = session.get_one(Agency, AMARA.agency_id)
        agency.closed_at, agency.closed_by = MONDAY_NINE, "Ada"
    assert api.get(ASKED, headers=school).status_code == REFUSED


@pytest.mark.parametrize(
    ("role", "agency_id"), [(Role.MANAGER, AMARA.agency_id), (Role.API_CLIENT, DEV.agency_id)]
)
def test_the_account_of_a_system_becomes_nobody_elses(session, role, agency_id):
    add_api_key(session, AMARA.agency_id, "Records", by=ADA, at=MONDAY_NINE)
    of_systems = select(UserAccount).where(UserAccount.role == Role.API_CLIENT)
    account = session.scalars(of_systems).one()
    with pytest.raises(NotReady, match="stays one"):
        change_user(
            session,
            account.id,
            seen=account.version,
            role=role,
            qualified=True,
            agency_id=agency_id,
            by=ADA,
            at=MONDAY_NINE,
        )
    assert account.role == Role.API_CLIENT


def test_the_account_of_a_system_is_not_among_the_people(session):
    add_api_key(session, AMARA.agency_id, "Records", by=ADA, at=MONDAY_NINE)
    lead = stories.an_agency_lead(session, "Helen Quill")
    names = [each.name for each in people_of_agency(session, by=lead)]
    assert names == ["Amara Osei", "Helen Quill"]
    counted = {each.id: each.people for each in agencies(session, by=ADA)}
    assert counted[AMARA.agency_id] == 2


def test_the_account_of_the_systems_is_one_and_nobody_signs_in_to_it(database, key_of):
    key_of(system="Records"), key_of(system="Attendance")
    with database.look() as session:
        accounts = select(UserAccount).where(UserAccount.role == Role.API_CLIENT)
        (account,) = session.scalars(accounts)
        assert account.password_hash is None
        assert session.scalar(open_account(account.email)) is None


def test_the_list_shows_when_a_key_was_last_used_and_no_secret(api, database, clock, school):
    clock.at = MONDAY_NINE + timedelta(hours=1)
    api.get(ASKED, headers=school)
    clock.at += timedelta(minutes=1)
    api.get(ASKED, headers=school)
    with database.look() as session:
        (key,) = api_keys(session, by=ADA)
    assert key.last_used_at == MONDAY_NINE + timedelta(hours=1)
    assert school["Authorization"].removeprefix("Bearer ") not in repr(key)


def test_wrong_wishes_are_refused_in_words(session):
    for wish in ({"scopes": []}, {"scopes": ["rule"]}, {"lasts": timedelta(days=800)}):
        with pytest.raises(NotReady):
            add_api_key(session, AMARA.agency_id, "x", **wish, by=ADA, at=MONDAY_NINE)
    with pytest.raises(NotAllowed):
        add_api_key(session, AMARA.agency_id, "x", by=AMARA, at=MONDAY_NINE)
    assert session.scalar(select(func.count(ApiKey.id))) == 0
