"""The administrator gives an agency's system a key, sees it in the list, and revokes it."""

import re

from sqlalchemy import select

from mash_triage.access.sessions import fingerprint
from mash_triage.agency_systems.models import ApiKey
from tests.cast import ADA, AMARA, MONDAY_NINE


def test_a_key_is_shown_once_and_revoked(open_page_as, drawn, service_database):
    page = open_page_as(ADA, "accounts")
    chosen = next(each for each in page.selectbox if each.label == "Agency of the system")
    chosen.set_value(AMARA.agency_id)
    page.text_input(key="new key system").input("Records")
    page.button_group(key="new key scopes").set_value(["send", "read"])
    next(each for each in page.button if each.label == "Add this key").click().run()
    (token,) = [each.value for each in page.code if each.value.startswith("mash_")]
    with service_database.look() as session:
        key = session.scalars(select(ApiKey)).one()
    assert (key.token_sha256, key.agency_id) == (fingerprint(token), AMARA.agency_id)
    assert '<td data-name="System">Records</td>' in drawn(page)
    again = open_page_as(ADA, "accounts", at=MONDAY_NINE)
    assert not [each for each in again.code if re.match("mash_", each.value)]
    revoke = next(each for each in again.selectbox if each.label == "Revoke a key")
    revoke.set_value(str(key.id)).run()
    next(each for each in again.button if each.label == "Revoke this key now").click().run()
    with service_database.look() as session:
        assert session.scalars(select(ApiKey.revoked_by)).one() == ADA.name
