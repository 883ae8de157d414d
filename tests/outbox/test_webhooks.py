"""Notices to an agency's system: signed, told once, never led astray."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest

from mash_triage.errors import NotReady
from mash_triage.outbox import webhook
from mash_triage.outbox.actions import add_endpoint, close_endpoint, post_webhook, renew_secret
from mash_triage.outbox.carriers import notice_carrier
from mash_triage.outbox.delivery import deliver_notices
from mash_triage.outbox.kinds import EventKind
from mash_triage.outbox.models import OutboxMessage, WebhookEndpoint
from mash_triage.outbox.rules import Fault, NotDelivered, State, check_endpoint_url
from mash_triage.outbox.webhook import is_open, place_of
from mash_triage.settings import settings
from tests.cast import ADA, AMARA, BETH, DEV, MONDAY_NINE
from tests.outbox.listeners import listener
from tests.outbox.post_offices import answering

REFERENCE = "K7PX4MQR2T"
TOLD = {"by": ADA, "at": MONDAY_NINE}
HOUR = timedelta(hours=1)


@pytest.fixture
def local(messages_out):
    messages_out(webhooks_may_stay_local=True, delivery_timeout_seconds=1)


def agree(database, url, agency=AMARA.agency_id):
    with database.work() as session:
        return add_endpoint(session, agency, url, **TOLD)


def tell(database, endpoint_id):
    with database.work() as session:
        return post_webhook(
            session,
            EventKind.STATUS_CHANGED,
            endpoint_id=endpoint_id,
            reference=REFERENCE,
            status="acknowledged",
            by=BETH,
            at=MONDAY_NINE,
        )


def deliver(database, at=MONDAY_NINE):
    return deliver_notices(database, notice_carrier(settings()), now=lambda: at)


def signatures(request) -> tuple[str, set[str]]:
    told = [part.split("=", 1) for part in request.headers["Mash-Signature"].split(",")]
    (seconds,) = (value for name, value in told if name == "t")
    return seconds, {value for name, value in told if name == "v1"}


def signed_with(secret, seconds, body) -> str:
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


def test_a_system_reads_codes_and_checks_who_sent_them(database, local):
    with listener() as system:
        endpoint_id, secret = agree(database, f"http://localhost:{system.port}/notices?from=mash")
        message_id = tell(database, endpoint_id)
        assert deliver(database) == {State.SENT: 1}
    (request,) = system.requests
    assert request.path == "/notices?from=mash"
    assert json.loads(request.body) == {
        "id": str(message_id),
        "kind": "contact.status_changed",
        "reference": REFERENCE,
        "status": "acknowledged",
        "at": "2026-01-12T09:00:00+00:00",
    }
    seconds, made = signatures(request)
    assert int(seconds) == int(MONDAY_NINE.timestamp())
    assert made == {signed_with(secret, seconds, request.body)}
    assert request.headers["Mash-Message"] == str(message_id)
    assert signed_with(secret, seconds, request.body + b" ") not in made


def test_a_secret_is_renewed_without_a_notice_lost_and_lies_in_no_table(database, local):
    with listener() as system:
        endpoint_id, old = agree(database, f"http://localhost:{system.port}/")
        with database.work() as session:
            new = renew_secret(session, endpoint_id, **TOLD)
        assert old != new
        for at, secrets in ((MONDAY_NINE, {old, new}), (MONDAY_NINE + 8 * 24 * HOUR, {new})):
            tell(database, endpoint_id)
            assert deliver(database, at) == {State.SENT: 1}
            seconds, made = signatures(system.requests[-1])
            body = system.requests[-1].body
            assert made == {signed_with(each, seconds, body) for each in secrets}
    with database.look() as session:
        row = session.get_one(WebhookEndpoint, endpoint_id)
        kept = str([getattr(row, each.key) for each in row.__table__.columns])
    assert old.removeprefix("whsec_") not in kept


def test_a_redirect_is_not_followed_and_is_tried_again(database, local):
    with listener() as elsewhere, listener() as system:
        system.answers = [(302, {"Location": f"http://localhost:{elsewhere.port}/"}), (204, {})]
        endpoint_id, _ = agree(database, f"http://localhost:{system.port}/")
        tell(database, endpoint_id)
        assert deliver(database) == {State.WAITING: 1}
        assert deliver(database, MONDAY_NINE + HOUR) == {State.SENT: 1}
    assert not elsewhere.requests


def test_gone_is_gone_and_closed_is_not_written_to(database, local):
    with listener() as system:
        system.answers = [(410, {})]
        endpoint_id, _ = agree(database, f"http://localhost:{system.port}/")
        tell(database, endpoint_id)
        assert deliver(database) == {State.STUCK: 1}
        tell(database, endpoint_id)
        with database.work() as session:
            close_endpoint(session, endpoint_id, **TOLD)
        assert deliver(database) == {State.DROPPED: 1}
        assert tell(database, endpoint_id) is None
    assert len(system.requests) == 1


def test_one_slow_system_holds_up_no_other(database, local):
    with answering(greeting=b"HTTP/1.1 200 OK\r\n", drip=b"x: y\r\n") as slow, listener() as good:
        hanging, _ = agree(database, f"http://localhost:{slow}/")
        fine, _ = agree(database, f"http://localhost:{good.port}/", DEV.agency_id)
        for endpoint_id in (hanging, hanging, hanging, fine):
            tell(database, endpoint_id)
        assert deliver(database) == {State.WAITING: 1, State.SENT: 1}
    with database.look() as session:
        rows = session.query(OutboxMessage).filter_by(endpoint_id=hanging)
        assert sorted(each.attempts for each in rows) == [0, 0, 1]
        assert {each.last_fault for each in rows} == {None, "slow"}


# ---------------------------------------------------------------- never into a private network


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:0a00:0001::",
    ],
)
def test_no_address_of_a_private_network_is_open(address):
    assert not is_open(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::8.8.8.8"])
def test_an_address_of_the_internet_is_open(address):
    assert is_open(address)


def test_a_name_that_leads_home_is_refused_when_it_is_sent(database, messages_out):
    assert place_of("localhost", 443, may_stay_local=True) in ("127.0.0.1", "::1")
    with pytest.raises(NotDelivered) as told:
        place_of("localhost", 443, may_stay_local=False)
    assert told.value.fault is Fault.NOT_SAFE


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://example.org:22/",
        "https://user:word@example.org/",
        "https://example.org/#x",
        "https://example.org/\r\nX: y",
        "https://exa mple.org/",
        "https://éxample.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https://example.org:x/",
        "",
    ],
)
def test_an_address_that_is_not_plainly_open_is_not_taken(url):
    with pytest.raises(NotReady, match="Enter an address"):
        check_endpoint_url(url)


def test_a_plain_one_is_taken():
    check_endpoint_url("https://notices.hill-school.example/mash?key=1")


def test_without_a_key_there_are_no_webhooks(session, messages_out):
    messages_out(webhook_key="")
    with pytest.raises(NotReady, match="MASH_WEBHOOK_KEY"):
        add_endpoint(session, AMARA.agency_id, "https://a.example/", **TOLD)
    assert notice_carrier(settings()) is None


def test_a_name_that_leads_to_the_internet_and_home_is_refused(monkeypatch):
    found = [(2, 1, 6, "", (each, 443)) for each in ("8.8.8.8", "10.0.0.7")]
    monkeypatch.setattr(webhook, "getaddrinfo", lambda *_where, **_how: found)
    with pytest.raises(NotDelivered) as refused:
        place_of("notices.example.org", 443, may_stay_local=False)
    assert refused.value.fault is Fault.NOT_SAFE
