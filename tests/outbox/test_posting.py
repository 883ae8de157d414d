"""Putting a mail into the outbox: with its deed or not at all, and never a detail in it."""

from string import Formatter
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from mash_triage.errors import NotReady
from mash_triage.outbox.actions import post, post_webhook
from mash_triage.outbox.kinds import GAPS, TEMPLATES, EventKind, Kind, render
from mash_triage.outbox.models import OutboxMessage
from tests.cast import ADA, AMARA, BETH, MONDAY_NINE

REFERENCE = "K7PX4MQR2T"
TOLD = {"by": BETH, "at": MONDAY_NINE}


def waiting(session) -> int:
    return session.scalar(select(func.count()).select_from(OutboxMessage))


def test_what_was_undone_is_never_sent(database, messages_out):
    with database.work() as session:
        post(session, Kind.NEW_MESSAGE, to_user=AMARA.user_id, reference=REFERENCE, **TOLD)
        session.flush()
        session.rollback()
    with database.look() as session:
        assert waiting(session) == 0


def test_a_job_that_runs_twice_posts_once(session, messages_out):
    told = {"to_user": AMARA.user_id, "once": "draft x 2", **TOLD}
    assert post(session, Kind.DRAFT_LYING_2, **told)
    assert post(session, Kind.DRAFT_LYING_2, **told) is None
    assert waiting(session) == 1


def test_nobody_is_not_taken_for_somebody_who_was_written_to_before(session, messages_out):
    with pytest.raises(IntegrityError):
        post(session, Kind.NEWS, to_user=uuid4(), once="x", **TOLD)


@pytest.mark.parametrize("to", [{}, {"to_user": AMARA.user_id, "to_address": "a@b.example"}])
def test_a_mail_goes_to_one(session, to):
    with pytest.raises(ValueError, match="one account or to one address"):
        post(session, Kind.NEWS, **to, **TOLD)


def test_without_mail_nothing_is_written_and_nothing_piles_up(session):
    assert post(session, Kind.NEWS, to_user=AMARA.user_id, **TOLD) is None
    assert waiting(session) == 0


@pytest.mark.parametrize("kind", Kind)
def test_no_mail_has_a_gap_for_words_of_anybody(kind):
    template = TEMPLATES[kind]
    gaps = {gap for part in (template.subject, template.body) for _, gap, *_ in
            Formatter().parse(part) if gap is not None}  # fmt: skip
    assert gaps <= GAPS
    subject, body = render(kind, reference="K7PX 4MQR 2T", address="https://x/", service="MASH")
    assert "{" not in subject + body
    assert "\n" not in subject
    assert len(subject) < 78  # one header line
    assert "https://x/" in body


@pytest.mark.parametrize(
    "link",
    [
        "/child?name=Mia",
        "/child?child=Mia+Quill",
        "//evil.example/",
        "https://evil.example/",
        "/a\r\nBcc: x@evil.example",
        "/a?x=K7PX4MQR2T&name=mia",
        "/set-password/abc",
        "javascript:alert(1)",
    ],
)
def test_a_link_cannot_carry_words(session, messages_out, link):
    with pytest.raises(ValueError, match="a link is"):
        post(session, Kind.NEWS, to_user=AMARA.user_id, link=link, **TOLD)


@pytest.mark.parametrize("reference", ["Mia Quill", "MIA", "K7PX4MQR2T\nBcc: x", "k7px4mqr2t"])
def test_a_reference_cannot_be_a_name(session, messages_out, reference):
    with pytest.raises(ValueError, match="a reference is"):
        post(session, Kind.NEWS, to_user=AMARA.user_id, reference=reference, **TOLD)


def test_a_page_and_one_id_are_a_link(session, messages_out):
    for link in ("/", "/my_contacts", f"/my_contacts?contact={uuid4()}", f"/x?ref={REFERENCE}"):
        assert post(session, Kind.NEWS, to_user=AMARA.user_id, link=link, **TOLD)


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\nSubject: x",
        "a@b.example, c@d.example",
        "<a@b.example>",
        '"a b"@b.example',
        "a@b.example\x00",
        "a@[127.0.0.1]",
        "a@localhost",
        "a@127.0.0.1",
        "a@b..example",
        "é@b.example",
        "a" * 65 + "@b.example",
        "@b.example",
        "a@",
        "",
    ],
)
def test_a_hostile_address_is_refused_before_anything_is_kept(session, messages_out, address):
    with pytest.raises(NotReady, match="Enter an e-mail address"):
        post(session, Kind.NEWS, to_address=address, **TOLD)


def test_an_account_link_has_its_own_way(session, messages_out):
    with pytest.raises(ValueError, match="mail_account_link"):
        post(session, Kind.ACCOUNT_LINK, to_user=AMARA.user_id, by=ADA, at=MONDAY_NINE)


def test_a_notice_holds_codes_and_goes_to_an_open_endpoint_only(session, messages_out):
    with pytest.raises(ValueError, match="a status is"):
        post_webhook(
            session, EventKind.STATUS_CHANGED, endpoint_id=uuid4(), status="Mia Quill", **TOLD
        )
    assert post_webhook(session, EventKind.TEST, endpoint_id=uuid4(), **TOLD) is None
