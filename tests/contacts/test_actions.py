"""Sending a contact: stored whole, once, with its words unchanged, and both clocks running."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from mash_triage.audit.events import AuditEvent
from mash_triage.audit.trail import verify
from mash_triage.clocks.models import Clock
from mash_triage.contacts.actions import (
    PROTECTIVE_KINDS,
    record_protective_action,
    submit_contact,
)
from mash_triage.contacts.codes import Channel
from mash_triage.contacts.models import Contact, ContactChild, ProtectiveAction, StatusMove
from mash_triage.contacts.pictures import clocks_of, picture_of_child
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.reference import tidy_reference
from mash_triage.contacts.status import Status
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.screening.facts import facts_of
from mash_triage.text import NOTE
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

TOKEN = UUID("5d1f5a3c-0000-4000-8000-000000000001")


def how_many(session, table):
    return session.scalar(select(func.count()).select_from(table))


# ---------------------------------------------------------------- one contact for each token


def test_the_same_words_sent_again_give_the_same_receipt(session, amara):
    first = stories.a_receipt(session, sent_by=amara, token=TOKEN)
    later = MONDAY_NINE + timedelta(minutes=5)
    again = stories.a_receipt(session, sent_by=amara, token=TOKEN, at=later)

    assert again == first
    assert how_many(session, Contact) == how_many(session, ContactChild) == 1


def test_other_words_under_a_used_token_are_refused_and_the_first_stay(session, amara):
    first = stories.a_receipt(session, sent_by=amara, token=TOKEN)

    with pytest.raises(Changed, match=first.reference):
        stories.a_receipt(session, {"sex": "M"}, sent_by=amara, token=TOKEN)

    assert stories.children_of(session, first)[0].reported_sex == "F"


def test_a_colleagues_token_is_not_found(session, amara, beth):
    other = type(amara)(
        name="Alan", user_id=beth.user_id, role=amara.role, agency_id=amara.agency_id
    )
    stories.a_receipt(session, sent_by=amara, token=TOKEN)
    with pytest.raises(NotFound):
        stories.a_receipt(session, sent_by=other, token=TOKEN)


def test_a_token_is_each_agencys_own(session, amara, dev):
    mine = stories.a_receipt(session, sent_by=amara, token=TOKEN)
    theirs = stories.a_receipt(session, sent_by=dev, token=TOKEN)
    assert mine.reference != theirs.reference


def test_fifty_tokens_sent_eight_times_at_once_are_fifty_contacts(database, amara):
    tokens = [uuid4() for _ in range(50)]

    def send(token):
        with database.work() as session:
            return token, stories.a_receipt(session, sent_by=amara, token=token).reference

    with ThreadPoolExecutor(8) as people:
        given = list(people.map(send, [token for token in tokens for _ in range(8)]))

    assert len(set(given)) == 50
    with database.look() as session:
        assert how_many(session, Contact) == how_many(session, ContactChild) == 50
        assert how_many(session, StatusMove) == 50
        assert how_many(session, Clock) == 100
        assert verify(session).first_bad is None


# ---------------------------------------------------------------- how old the child is


@pytest.mark.parametrize(
    ("age", "birth_date", "years"),
    [
        ({"kind": "born", "date_of_birth": "2020-03-15"}, date(2020, 3, 15), None),
        ({"kind": "born", "date_of_birth": "2020-03-15", "estimated": True}, None, 5),
        ({"kind": "age", "age_years": 1, "age_months": 18}, None, 1),
    ],
)
def test_only_a_known_birth_date_is_stored_as_one(session, amara, age, birth_date, years):
    child = stories.a_child(session, {"age": age}, sent_by=amara)
    assert (child.reported_dob, child.reported_age_years) == (birth_date, years)


def test_a_baby_known_by_months_is_not_reasoned_about_as_newborn(session, amara, beth):
    age = {"kind": "age", "age_years": 0, "age_months": 8}
    child = stories.a_child_taken_up(session, {"age": age}, sent_by=amara, screened_by=beth)
    assert facts_of(session, child, by=beth).age_days == 240


# ---------------------------------------------------------------- when it reached us


def by_telephone(received_at):
    return {"channel": "telephone", "received_at": received_at}


def test_the_clocks_of_a_call_run_from_when_it_came_not_from_when_it_was_typed(session, beth):
    called = MONDAY_NINE - timedelta(hours=13)
    child = stories.a_child(session, sent_by=beth, **by_telephone(called.isoformat()))

    assert child.contact.received_at == child.received_at == called
    assert child.contact.entered_at == MONDAY_NINE
    assert child.next_due_at == called + timedelta(hours=24)


def test_two_clocks_that_start_and_end_together_are_always_told_in_one_order(session, amara):
    """A database keeps no order among equals; PostgreSQL moves whichever was written last."""
    child = stories.a_child(session, sent_by=amara)
    told = clocks_of(session, child.id)
    assert len({(each.started_at, each.due_at) for each in told}) == 1 < len(told)
    for each in told:
        of_kind = Clock.contact_child_id == child.id, Clock.kind == each.kind
        session.execute(update(Clock).where(*of_kind).values(next_point_at=None))
        assert clocks_of(session, child.id) == told


def test_a_time_with_an_offset_is_kept_in_utc(session, beth):
    child = stories.a_child(session, sent_by=beth, **by_telephone("2026-01-12T08:30:00+02:00"))
    assert child.received_at == datetime(2026, 1, 12, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("2026-01-12T09:00:01Z", "later than now"),
        ("2026-01-12T08:00:00", "on which day"),
        (None, "on which day"),
    ],
    ids=["later than entered", "without a zone", "not said"],
)
def test_a_call_needs_a_true_time_of_receipt(session, beth, told, words):
    with pytest.raises(NotReady, match=words):
        stories.a_child(session, sent_by=beth, **by_telephone(told))


def test_a_referrer_enters_nobody_elses_call(session, amara):
    with pytest.raises(NotAllowed):
        stories.a_child(session, sent_by=amara, **by_telephone("2026-01-12T08:00:00Z"))


def test_a_portal_contact_is_received_when_it_is_sent_whatever_it_claims(session, amara):
    child = stories.a_child(session, sent_by=amara, received_at="2025-12-24T08:00:00Z")
    assert child.received_at == MONDAY_NINE


@pytest.mark.parametrize("channel", [each for each in Channel if each is not Channel.PORTAL])
def test_whatever_the_channel_the_front_door_enters_it(session, beth, channel):
    told = {"channel": channel, "received_at": "2026-01-12T08:00:00Z"}
    assert stories.a_child(session, sent_by=beth, **told).contact.channel == channel


# ---------------------------------------------------------------- the children


def test_each_child_has_a_row_a_status_and_both_clocks(session, amara, beth):
    receipt = stories.a_receipt(
        session,
        {"given_names": "Mia"},
        {"given_names": "Noah", "sex": "M", "age": {"kind": "age", "age_years": 4}},
        {
            "given_names": {"missing": "not_known"},
            "age": {"kind": "unborn", "expected_date": "2026-04-02"},
        },
        sent_by=amara,
    )
    mia, noah, unborn = stories.children_of(session, receipt)

    assert receipt.children == 3
    assert [child.position for child in (mia, noah, unborn)] == [0, 1, 2]
    assert (mia.reported_dob, mia.reported_age_years) == (date(2017, 3, 9), None)
    assert (noah.reported_dob, noah.reported_age_years) == (None, 4)
    assert (unborn.reported_unborn, unborn.reported_expected_date) == (True, date(2026, 4, 2))
    for child in (mia, noah, unborn):
        picture = picture_of_child(session, child.id, by=beth)
        assert picture.status is Status.ACKNOWLEDGED
        assert [(move.moved_to, move.by_name) for move in picture.moves] == [
            (Status.ACKNOWLEDGED, "Amara Osei")
        ]
        assert {(clock.kind, clock.due_at) for clock in picture.clocks} == {
            ("within_24_hours", MONDAY_NINE + 24 * HOUR),
            ("one_working_day", MONDAY_NINE + 24 * HOUR),
        }
    names = {each.name for each in picture_of_child(session, mia.id, by=beth).siblings}
    assert names == {"Noah Thornbury", "Unborn baby Thornbury"}


def test_the_reference_has_ten_characters_with_a_check_and_no_look_alikes(session, amara):
    references = [stories.a_receipt(session, sent_by=amara).reference for _ in range(20)]
    assert len(set(references)) == 20
    for reference in references:
        assert len(reference) == 10
        assert not set(reference) & set("01OIL")
        assert tidy_reference(f" {reference[:4].lower()}-{reference[4:]} ") == reference


def test_the_receipt_says_by_when_a_manager_decides(session, amara):
    assert stories.a_receipt(session, sent_by=amara).decide_by == MONDAY_NINE + 24 * HOUR


def test_the_trail_tells_of_a_contact_without_a_personal_word(session, amara):
    receipt = stories.a_receipt(session, sent_by=amara)
    lines = session.scalars(
        select(AuditEvent).where(AuditEvent.about == str(receipt.contact_id))
    ).all()
    assert [line.kind for line in lines] == ["contact:submitted", "contact:acknowledged"]
    assert not any(word in str(lines[0].detail) for word in ("Mia", "Thornbury", "hungry"))


# ---------------------------------------------------------------- words and names


NAMES = {
    "apostrophe": ("Aoife", "O'Dón‘aill-D'Arcy"),
    "accents": ("Zoë Łucja", "Çağlar-Núñez"),
    "one word": ("Pusparani", None),
    "right to left": ("יעל", "محمد العلي"),
    "emoji": ("Mia 🦄", "Thornbury 👩‍👧"),
    "markup": ("<b>Mia</b>", "*Thornbury* $x^2$"),
}


@pytest.mark.parametrize(("given", "family"), NAMES.values(), ids=NAMES)
def test_names_are_kept_exactly(session, amara, beth, given, family):
    said = {"given_names": given, "family_name": family or {"missing": "not_known"}}
    child = stories.a_child(session, said, sent_by=amara)
    session.flush()
    session.expire_all()

    picture = picture_of_child(session, child.id, by=beth)
    assert (picture.given_names, picture.family_name) == (given, family)
    assert picture.name == " ".join(part for part in (given, family) if part)


@pytest.mark.parametrize("bad", ["\x00", "\ud800", "\x00\x00\udfff"], ids=ascii)
def test_what_cannot_be_stored_is_taken_out_with_a_note(session, amara, bad):
    child = stories.a_child(
        session,
        {"given_names": f"Mi{bad}a", "where_now": f"school{bad}"},
        sent_by=amara,
        concern={"worry": f"hungry{bad} and cold"},
    )
    session.flush()
    session.expire_all()

    assert child.reported_given_names == f"Mi{NOTE}a"
    assert child.contact.submission["concern"]["worry"] == f"hungry{NOTE} and cold"
    assert child.contact.submission["children"][0]["where_now"] == f"school{NOTE}"


def test_a_long_story_is_kept_to_the_last_character(session, amara):
    story = "é🦄 <script>alert(1)</script>\n" * 600
    child = stories.a_child(session, sent_by=amara, concern={"worry": story})
    assert child.contact.submission["concern"]["worry"] == story.strip()


@pytest.mark.parametrize(
    ("age", "words"),
    [
        ({"kind": "born", "date_of_birth": "2026-01-13"}, "choose unborn"),
        ({"kind": "unborn", "expected_date": "2027-01-12"}, "expected date"),
        ({"kind": "unborn", "expected_date": "2025-06-01"}, "expected date"),
    ],
    ids=["born tomorrow", "expected in a year", "expected half a year ago"],
)
def test_a_date_that_cannot_be_is_refused_in_words(session, amara, age, words):
    with pytest.raises(NotReady, match=words):
        stories.a_child(session, {"age": age}, sent_by=amara)


def test_a_child_born_today_in_london_is_no_child_of_the_future(session, amara):
    half_past_midnight = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # in London the first of July
    born = {"kind": "born", "date_of_birth": "2026-07-01"}
    child = stories.a_child(session, {"age": born}, sent_by=amara, at=half_past_midnight)
    assert child.reported_dob == date(2026, 7, 1)


def test_the_twenty_ninth_of_february_is_a_birthday(session, amara):
    born = {"kind": "born", "date_of_birth": "2024-02-29"}
    assert stories.a_child(session, {"age": born}, sent_by=amara).reported_dob == date(2024, 2, 29)


# ---------------------------------------------------------------- protection at once


@pytest.mark.parametrize("who", ["amara", "beth", "carol"])
def test_whoever_may_see_a_child_records_what_protected_the_child(
    session, amara, beth, who, request
):
    by = request.getfixturevalue(who)
    child = stories.a_child(session, sent_by=amara)
    record_protective_action(session, child.id, "called_999", " now\x00 ", by=by, at=MONDAY_NINE)

    done = picture_of_child(session, child.id, by=beth).protective_actions
    assert [(each.kind, each.words, each.by_name) for each in done] == [
        ("called_999", f"now{NOTE}", by.name)
    ]


def test_protection_is_recorded_at_every_stage_and_moves_nothing(session, amara, beth, carol):
    child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    for kind in PROTECTIVE_KINDS:
        record_protective_action(session, child.id, kind, "", by=beth, at=MONDAY_NINE + 5 * HOUR)
    assert how_many(session, ProtectiveAction) == len(PROTECTIVE_KINDS)
    assert child.status == Status.DECIDED


def test_an_unknown_kind_of_protection_is_refused(session, amara):
    child = stories.a_child(session, sent_by=amara)
    with pytest.raises(NotReady):
        record_protective_action(session, child.id, "prayed", "", by=amara, at=MONDAY_NINE)


def test_a_nurse_elsewhere_records_nothing_on_a_child_she_may_not_see(session, amara, dev):
    child = stories.a_child(session, sent_by=amara)
    with pytest.raises(NotFound):
        record_protective_action(session, child.id, "called_999", "", by=dev, at=MONDAY_NINE)


# ---------------------------------------------------------------- not theirs, and not there


def test_somebody_elses_child_and_no_child_are_refused_in_the_same_words(session, amara, dev):
    child = stories.a_child(session, sent_by=amara)
    words = set()
    for wanted in (child.id, uuid4()):
        with pytest.raises(NotFound) as refusal:
            fetch_child(session, wanted, by=dev)
        words.add(refusal.value.words)
    assert len(words) == 1


def test_an_administrator_sends_nothing(session, ada):
    with pytest.raises(NotAllowed):
        submit_contact(session, stories.submission(), token=TOKEN, by=ada, at=MONDAY_NINE)
