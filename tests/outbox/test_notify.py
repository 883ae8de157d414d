"""GOV.UK Notify over real HTTP: our key signs each request, and what it answers is understood."""

import json

import jwt
import pytest

from mash_triage.outbox.carriers import mail_carrier
from mash_triage.outbox.delivery import deliver_mail
from mash_triage.outbox.kinds import Kind
from mash_triage.outbox.rules import Fault, NotDelivered, State
from mash_triage.settings import settings
from tests.cast import AMARA, MONDAY_NINE, email_of
from tests.outbox.listeners import Listener, Request, listener
from tests.outbox.test_delivery import LEASE, DiesAfterSending, Killed, post_one
from tests.outbox.test_smtp import fault_of, letter, send

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
TEMPLATE, OWN = "f33517ff-2a88-4f6e-b855-c550268ce08a", "6e1f8c1e-0000-4000-8000-000000000001"


class NotifyAsItIs(Listener):
    """Takes mail from whoever signs with the key, and remembers it by its reference."""

    def answer(self, request: Request) -> tuple:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, SECRET, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return 403, {}, json.dumps({"errors": [{"error": "AuthError"}]}).encode()
        assert claims["iss"] == SERVICE
        earlier = list(self.requests)
        self.requests.append(request)
        if self.answers:
            return self.answers.pop(0)
        if request.method == "GET":
            known = [
                e for e in earlier if e.body and json.loads(e.body)["reference"] in request.path
            ]
            return 200, {}, json.dumps({"notifications": [{} for _ in known], "links": {}}).encode()
        return 201, {}, b'{"id": "1"}'

    @property
    def mails(self) -> list[dict]:
        return [json.loads(each.body) for each in self.requests if each.method == "POST"]


@pytest.fixture
def notify(messages_out):
    with listener(NotifyAsItIs()) as running:
        messages_out(
            mail_by="notify",
            notify_key=f"mash-{SERVICE}-{SECRET}",
            notify_template=TEMPLATE,
            notify_templates=json.dumps({"account_link": OWN}),
            notify_address=f"http://localhost:{running.port}",
            delivery_timeout_seconds=2,
        )
        yield running


def test_a_mail_by_notify(database, notify):
    message_id = post_one(database)
    ended = deliver_mail(database, mail_carrier(settings()), now=lambda: MONDAY_NINE)
    assert ended == {State.SENT: 1}
    (mail,) = notify.mails
    assert notify.requests[0].path == "/v2/notifications/email"
    assert mail["email_address"] == email_of(AMARA)
    assert mail["template_id"] == TEMPLATE
    assert mail["reference"] == str(message_id)
    assert mail["personalisation"]["reference"] == "K7PX 4MQR 2T"
    assert mail["personalisation"]["subject"] == "There is news about K7PX 4MQR 2T"


def test_a_kind_may_have_a_template_of_its_own(notify):
    send(kind=Kind.ACCOUNT_LINK)
    assert notify.mails[0]["template_id"] == OWN


def test_after_a_try_that_broke_off_notify_is_asked_before_it_is_told_again(database, notify):
    post_one(database)
    with pytest.raises(Killed):
        deliver_mail(database, DiesAfterSending(mail_carrier(settings())), now=lambda: MONDAY_NINE)
    ended = deliver_mail(database, mail_carrier(settings()), now=lambda: MONDAY_NINE + LEASE)
    assert ended == {State.SENT: 1}
    assert len(notify.mails) == 1


def test_a_key_that_is_not_ours_stops_the_channel(notify, messages_out):
    messages_out(notify_key=f"mash-{SERVICE}-{SERVICE}")
    refused = fault_of(send)
    assert (refused.fault, refused.whole_channel) == (Fault.SIGN_IN, True)
    assert not notify.mails


@pytest.mark.parametrize(
    ("status", "fault", "for_good"),
    [
        (400, Fault.REFUSED, True),
        (429, Fault.LATER, False),
        (500, Fault.LATER, False),
        (503, Fault.LATER, False),
        (302, Fault.LATER, False),
    ],
)
def test_what_notify_answers_is_understood(notify, status, fault, for_good):
    notify.answers = [(status, {"Location": "http://localhost:9/"}, b"{}")]
    told = fault_of(send)
    assert (told.fault, told.for_good) == (fault, for_good)


def test_no_notify_there(notify, messages_out):
    messages_out(notify_address="http://localhost:9")
    with pytest.raises(NotDelivered) as told:
        mail_carrier(settings()).send(letter(), at=MONDAY_NINE)
    assert (told.value.fault, told.value.whole_channel) == (Fault.UNREACHABLE, True)
