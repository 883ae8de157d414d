"""Mail servers as they are: with TLS, without, slow, strict, gone in the middle."""

from datetime import timedelta

import pytest

from mash_triage.errors import NotReady
from mash_triage.outbox.carriers import check_settings, mail_carrier
from mash_triage.outbox.kinds import Kind, render
from mash_triage.outbox.parcels import Letter
from mash_triage.outbox.rules import Fault, NotDelivered
from mash_triage.outbox.smtp import as_mail
from mash_triage.settings import settings
from tests.cast import MONDAY_NINE
from tests.outbox.post_offices import answering, certificate, one_password, post_office

TO = "amara@rivermead.example"


def letter(**more) -> Letter:
    address = "https://mash.rivermead.example/my_contacts"
    subject, body = render(
        Kind.NEWS, reference="K7PX 4MQR 2T", address=address, service="MASH triage"
    )
    told = {
        "name": "1",
        "to": TO,
        "kind": Kind.NEWS,
        "subject": subject,
        "body": body,
        "reference": "",
        "address": address,
        "tried_before": False,
    }
    return Letter(**{**told, **more})


def fault_of(send) -> NotDelivered:
    with pytest.raises(NotDelivered) as told:
        send()
    return told.value


def send(carrier=None, **more) -> None:
    carrier = carrier or mail_carrier(settings())
    carrier.send(letter(**more), at=MONDAY_NINE)
    carrier.close()


@pytest.fixture
def with_tls(messages_out, tmp_path):
    """Settings for a server whose certificate we are told to trust, and the server's side."""
    file, context = certificate(tmp_path)
    messages_out(smtp_security="starttls", smtp_ca_file=file, delivery_timeout_seconds=2)
    return context


def test_by_starttls_with_a_password(with_tls, messages_out):
    lock = {"authenticator": one_password(b"mash", b"secret"), "auth_required": True}
    with post_office(tls_context=with_tls, require_starttls=True, **lock) as office:
        messages_out(smtp_port=office.port, smtp_user="mash", smtp_password="secret")
        send()
        messages_out(smtp_password="wrong")
        refused = fault_of(send)
    assert len(office.mails) == 1
    assert (refused.fault, refused.whole_channel, refused.for_good) == (Fault.SIGN_IN, True, False)


def test_a_server_without_tls_is_not_spoken_to(with_tls, messages_out):
    with post_office() as office:
        messages_out(smtp_port=office.port)
        refused = fault_of(send)
    assert (refused.fault, refused.whole_channel) == (Fault.NOT_SAFE, True)
    assert not office.mails


def test_a_server_that_shows_a_strangers_certificate_is_not_spoken_to(
    with_tls, messages_out, tmp_path
):
    _file, stranger = certificate(tmp_path, "stranger")
    with post_office(tls_context=stranger, require_starttls=True) as office:
        messages_out(smtp_port=office.port)
        assert fault_of(send).fault is Fault.NOT_SAFE
    assert not office.mails


def test_by_tls_from_the_first_byte(with_tls, messages_out):
    with post_office(ssl_context=with_tls) as office:
        messages_out(smtp_port=office.port, smtp_security="tls")
        send()
    assert len(office.mails) == 1


@pytest.mark.parametrize(
    "behaviour",
    [{}, {"greeting": b"220-hello\r\n", "drip": b"220-x\r\n"}, {"drip": b"2"}],
    ids=["silent", "greets for ever", "a byte at a time"],
)
def test_a_slow_server_is_left_when_the_time_is_over(messages_out, behaviour):
    with answering(**behaviour) as port:
        messages_out(smtp_port=port, smtp_security="none", delivery_timeout_seconds=1)
        slow = fault_of(send)
    assert (slow.fault, slow.whole_channel) == (Fault.SLOW, True)


def test_nobody_there(messages_out):
    messages_out(smtp_port=9, smtp_security="none")
    gone = fault_of(send)
    assert (gone.fault, gone.whole_channel) == (Fault.UNREACHABLE, True)


def test_a_line_that_broke_between_two_letters_is_opened_anew(office):
    carrier = mail_carrier(settings())
    carrier.send(letter(), at=MONDAY_NINE)
    carrier.server.sock.close()
    carrier.send(letter(), at=MONDAY_NINE)
    carrier.close()
    assert len(office.mails) == 2


def test_a_full_disk_over_there_is_temporary_and_a_refused_mail_is_not(office):
    office.answer_to_all = "452 no room"
    assert not fault_of(send).for_good
    office.answer_to_all = "554 we do not like it"
    refused = fault_of(send)
    assert (refused.fault, refused.for_good, refused.whole_channel) == (Fault.REFUSED, True, False)


@pytest.mark.parametrize("field", ["to", "subject"])
def test_a_line_break_never_becomes_a_header(field):
    hostile = letter(**{field: "x@y.example\r\nBcc: eve@evil.example"})
    with pytest.raises(ValueError, match="Header values"):
        as_mail(hostile, sender="no-reply@rivermead.example", at=MONDAY_NINE + timedelta(hours=1))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"service_address": ""}, "MASH_SERVICE_ADDRESS is missing"),
        ({"service_address": "http://mash.example"}, "must be https"),
        ({"service_address": "https://mash.example/path"}, "must be https"),
        ({"mail_from": "MASH <a@b.example>\nBcc: x@y.example"}, "MASH_MAIL_FROM"),
        ({"smtp_host": ""}, "MASH_SMTP_HOST is missing"),
        ({"smtp_host": "mail.example", "smtp_security": "none"}, "only for a mail server on this"),
        ({"mail_by": "notify"}, "MASH_NOTIFY_KEY is missing"),
        ({"webhook_key": "short"}, "MASH_WEBHOOK_KEY needs 32"),
    ],
)
def test_settings_that_do_not_fit_are_named(messages_out, change, words):
    check_settings(settings())
    messages_out(**change)
    with pytest.raises(NotReady, match=words):
        check_settings(settings())
