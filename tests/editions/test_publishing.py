"""An edition is drafted by one policy lead and published with another: the story, and its refusals.

Thea drafts, tries and asks; Vera publishes. Wim is a third.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from mash_triage.access.models import UserAccount
from mash_triage.audit.events import AuditEvent
from mash_triage.contacts.models import Contact
from mash_triage.editions.actions import (
    ask_for_publishing,
    import_draft,
    publish,
    return_to_version,
    save_part,
    save_text,
    send_back,
    start_draft,
    withdraw_draft,
)
from mash_triage.editions.draft_text import Part, tables_in, values_of
from mash_triage.editions.models import DraftState, EditionDraft
from mash_triage.editions.queries import fetch_draft, picture_of_draft
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.settings import settings
from mash_triage.thresholds.actions import load_editions
from mash_triage.thresholds.levels import read_edition
from mash_triage.thresholds.models import EditionRecord
from mash_triage.thresholds.queries import edition_in_force, edition_of
from tests import stories
from tests.cast import ADA, BETH, MONDAY_NINE
from tests.stories import HOUR, a_policy_lead, an_edition_draft, text_of

TODAY = MONDAY_NINE.date()
SPRING = date(2026, 4, 1)
HUNGRY = Part("indicator", "persistent_hunger")
TOP = Part("")


@pytest.fixture
def thea(session):
    return a_policy_lead(session, "Thea Marlowe")


@pytest.fixture
def vera(session):
    return a_policy_lead(session, "Vera Lindholm")


@pytest.fixture
def draft(session, thea):
    return an_edition_draft(session, by=thea, begins=SPRING)


def change(session, draft, part, *, by, seen=None, **values):
    """Save a part with these values laid over what it says."""
    tables = tables_in(text_of(session, draft)[0])
    both = {**(values_of(tables, part) or {}), **values}
    return save_part(
        session, draft.id, part, both, seen=seen or draft.number, by=by, at=MONDAY_NINE
    )


def ask(session, draft, by, **changes):
    told = {"on": TODAY, "by": by, "at": MONDAY_NINE, **changes}
    ask_for_publishing(session, draft.id, text_of(session, draft)[1], **told)


def agree(session, draft, by, **changes):
    told = {"on": TODAY, "by": by, "at": MONDAY_NINE + HOUR, **changes}
    return publish(session, draft.id, told.pop("sha256", text_of(session, draft)[1]), **told)


# ---------------------------------------------------------------- the story


def test_a_contact_after_the_day_has_the_new_edition_and_one_before_keeps_the_old(
    session, draft, thea, vera, amara
):
    before = stories.a_receipt(session, sent_by=amara)
    change(session, draft, HUNGRY, by=thea, level=2, words="Often hungry")
    ask(session, draft, thea)
    record = agree(session, draft, vera)
    day_before = MONDAY_NINE.replace(month=3, day=31)
    last = stories.a_receipt(session, sent_by=amara, at=day_before)
    after = stories.a_receipt(session, sent_by=amara, at=day_before + timedelta(days=2))

    held = {
        name: edition_of(session, session.get_one(Contact, each.contact_id).edition_id)
        for name, each in {"before": before, "last": last, "after": after}.items()
    }
    levels = {name: each.indicator_of("persistent_hunger").level for name, each in held.items()}
    assert levels == {"before": 3, "last": 3, "after": 2}
    assert held["after"].indicator_of("persistent_hunger").words == "Often hungry"
    assert (record.status, record.loaded_by) == ("published", "Thea Marlowe and Vera Lindholm")
    kinds = list(
        session.scalars(
            select(AuditEvent.kind).where(AuditEvent.kind.startswith("edition:")).order_by("seq")
        )
    )
    assert kinds[-6:] == [
        "edition:drafted", "edition:edited", "edition:edited",
        "edition:agreed", "edition:agreed", "edition:published",
    ]  # fmt: skip


def test_what_is_published_never_changes_whoever_tries(session, draft, thea, vera):
    ask(session, draft, thea)
    record = agree(session, draft, vera)
    for deed in (
        lambda: change(session, draft, HUNGRY, by=thea, level=1),
        lambda: save_text(session, draft.id, "x = 1", seen=1, by=thea, at=MONDAY_NINE),
        lambda: withdraw_draft(session, draft.id, "x", by=thea, at=MONDAY_NINE),
        lambda: agree(session, draft, vera),
        lambda: send_back(session, draft.id, "x", by=vera, at=MONDAY_NINE),
    ):
        with pytest.raises(Changed, match="never edited"):
            deed()
    for statement in (
        update(EditionRecord).where(EditionRecord.id == record.id).values(toml="x"),
        delete(EditionRecord).where(EditionRecord.id == record.id),
    ):
        with pytest.raises(DatabaseError, match="never changes"), session.begin_nested():
            session.execute(statement)


# ---------------------------------------------------------------- two people, one text


def test_whoever_asked_cannot_publish_and_nothing_is_published_unasked(session, draft, thea, vera):
    with pytest.raises(NotReady, match="Ask first"):
        agree(session, draft, vera)
    ask(session, draft, thea)
    with pytest.raises(NotReady, match="another policy lead"):
        agree(session, draft, thea)
    with pytest.raises(Changed, match="Thea Marlowe has asked"):
        ask(session, draft, vera)


def test_an_edit_takes_the_agreement_away_even_when_it_is_undone(session, draft, thea, vera):
    ask(session, draft, thea)
    agreed = text_of(session, draft)[1]
    change(session, draft, HUNGRY, by=vera, level=1)
    with pytest.raises(Changed, match="edited since"):
        agree(session, draft, vera, sha256=agreed)
    with pytest.raises(NotReady, match="Ask first"):
        agree(session, draft, vera)
    return_to_version(session, draft.id, 1, seen=2, by=vera, at=MONDAY_NINE)
    assert text_of(session, draft)[1] == agreed
    with pytest.raises(NotReady, match="Ask first"):
        agree(session, draft, vera)
    ask(session, draft, vera)  # the last editor asks, and the other has read the exact text
    assert agree(session, draft, thea).sha256 == agreed


def test_an_agreement_ends_with_the_account_or_the_role(session, draft, thea, vera):
    wim = a_policy_lead(session, "Wim Achterberg")
    ask(session, draft, thea)
    user = session.get_one(UserAccount, thea.user_id)
    user.deactivated_by, user.deactivated_at = "Ada", MONDAY_NINE
    with pytest.raises(NotReady, match="Ask first"):
        agree(session, draft, vera)
    ask(session, draft, vera)
    user.deactivated_by = user.deactivated_at = None  # both agreements count again
    record = agree(session, draft, vera)
    assert record.loaded_by == "Thea Marlowe and Vera Lindholm"
    assert fetch_draft(session, draft.id, by=wim).state == DraftState.PUBLISHED


def test_the_second_reader_sends_it_back_with_a_reason(session, draft, thea, vera):
    ask(session, draft, thea)
    with pytest.raises(NotReady, match="why"):
        send_back(session, draft.id, " ", by=vera, at=MONDAY_NINE)
    send_back(session, draft.id, "Health has not read it.", by=vera, at=MONDAY_NINE)
    with pytest.raises(NotReady, match="Ask first"):
        agree(session, draft, vera)
    picture = picture_of_draft(session, draft.id, by=thea)
    assert [each.ended_because for each in picture.ended] == ["Health has not read it."]
    ask(session, draft, thea)
    agree(session, draft, vera)


def test_only_a_person_who_keeps_the_levels_of_need_drafts_and_publishes(session, draft, thea):
    for somebody in (ADA, BETH, replace(thea, role=None)):
        with pytest.raises(NotAllowed):
            ask(session, draft, somebody)
    with pytest.raises(NotReady, match="by a person"):
        ask(session, draft, replace(thea, user_id=None))


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("begins", "refusal"),
    [
        pytest.param(TODAY - timedelta(days=1), "has passed", id="yesterday"),
        pytest.param(TODAY, None, id="today"),
        pytest.param(TODAY + timedelta(days=900), None, id="in years"),
    ],
)
def test_an_edition_begins_today_or_later(session, thea, vera, begins, refusal):
    draft = an_edition_draft(session, by=thea, begins=begins)
    if refusal:
        with pytest.raises(NotReady, match=refusal):
            ask(session, draft, thea)
        return
    ask(session, draft, thea)
    record = agree(session, draft, vera)
    in_force = edition_in_force(session, "default", TODAY).id
    assert (in_force == record.id) is (begins == TODAY)


def test_the_day_may_pass_between_asking_and_agreeing(session, thea, vera):
    draft = an_edition_draft(session, by=thea, begins=TODAY)
    ask(session, draft, thea)
    with pytest.raises(NotReady, match="has passed"):
        agree(session, draft, vera, on=TODAY + timedelta(days=1))


def test_two_editions_do_not_begin_on_one_day_unless_one_takes_the_others_place(
    session, draft, thea, vera
):
    ask(session, draft, thea)
    first = agree(session, draft, vera)
    second = an_edition_draft(session, by=thea, begins=SPRING)
    change(session, second, HUNGRY, by=thea, level=1)
    with pytest.raises(NotReady, match="takes its place"):
        ask(session, second, thea)
    ask(session, second, thea, in_place_of=first.id)
    later = {"in_place_of": first.id, "at": MONDAY_NINE + 2 * HOUR}
    assert (
        agree(session, second, vera, **later).id == edition_in_force(session, "default", SPRING).id
    )

    third = an_edition_draft(session, by=thea, begins=SPRING)
    change(session, third, HUNGRY, by=thea, level=4)
    with pytest.raises(NotReady, match="takes its place"):
        ask(session, third, thea, in_place_of=first.id)  # the second has its place by now
    with pytest.raises(NotReady, match="began today"):
        ask(session, third, thea, on=SPRING, in_place_of=first.id)


def test_of_two_who_publish_at_once_one_does_and_the_other_is_told(database):
    with database.work() as session:
        thea, vera, wim = (a_policy_lead(session, name) for name in ("Thea M", "Vera L", "Wim A"))
        draft = an_edition_draft(session, by=thea, asked=True)
        draft_id, sha256 = draft.id, text_of(session, draft)[1]

    def agrees(by) -> str:
        try:
            with database.work() as session:
                publish(session, draft_id, sha256, on=TODAY, by=by, at=MONDAY_NINE)
        except Changed as told:
            return told.words
        return "published"

    with ThreadPoolExecutor(2) as both:
        told = sorted(both.map(agrees, (vera, wim)))
    assert (told[0].startswith("This draft is published"), told[1]) == (True, "published")


def test_the_same_text_is_published_once(session, draft, thea, vera):
    ask(session, draft, thea)
    toml = agree(session, draft, vera).toml
    again = import_draft(session, toml, "The same", code="default", by=thea, at=MONDAY_NINE)
    with pytest.raises(Changed, match="published already"):
        ask(session, again, thea)


def test_an_edition_with_a_last_day_gives_way_and_the_front_door_never_lacks_one(
    session, draft, thea, vera
):
    change(session, draft, TOP, by=thea, effective_to=date(2026, 4, 30))
    ask(session, draft, thea)
    short = agree(session, draft, vera)
    assert edition_in_force(session, "default", date(2026, 4, 30)).id == short.id
    assert edition_in_force(session, "default", date(2026, 5, 1)).id == draft.based_on_id


# ---------------------------------------------------------------- drafts that do not check


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda toml: toml.replace('id = "default"', 'id = "other"', 1), "must keep the id"),
        (lambda toml: toml.replace("level = 3", "level = 7", 1), r"line \d+.*no level 7"),
        (lambda toml: toml + "\n[", r"line \d+"),
        (lambda _toml: "", "has a fault"),
    ],
    ids=["another id", "a fault", "not TOML", "nothing"],
)
def test_a_draft_with_a_fault_is_kept_and_not_published(session, draft, thea, edit, words):
    toml = edit(text_of(session, draft)[0])
    save_text(session, draft.id, toml, seen=1, by=thea, at=MONDAY_NINE)
    assert text_of(session, draft)[0] == toml
    with pytest.raises(NotReady, match=words):
        ask(session, draft, thea)


def test_a_text_that_is_too_large_is_not_kept(session, draft, thea):
    huge = "# " + "x" * 262_144
    with pytest.raises(NotReady, match="larger than 256 kB"):
        save_text(session, draft.id, huge, seen=1, by=thea, at=MONDAY_NINE)
    with pytest.raises(NotReady, match="larger than 256 kB"):
        import_draft(session, huge, "x", code="default", by=thea, at=MONDAY_NINE)


@pytest.mark.parametrize("toml", ["[[[", "x = 1", "id = 3", "\x00", "[" * 99])
def test_a_file_that_is_no_edition_is_refused_in_a_sentence(session, thea, toml):
    with pytest.raises(NotReady, match=r"The file was not read: .*\."):
        import_draft(session, toml, "x", code="default", by=thea, at=MONDAY_NINE)


def test_what_a_database_cannot_store_is_taken_out(session, draft, thea):
    save_text(session, draft.id, "# a\x00b\ud800", seen=1, by=thea, at=MONDAY_NINE)
    assert "removed here" in text_of(session, draft)[0]


def test_an_example_edition_becomes_a_draft_of_the_one_that_contacts_come_under(
    session, thea, vera, amara
):
    example = session.scalars(select(EditionRecord).filter_by(code="three_levels")).one()
    told = {"code": "default", "by": thea, "at": MONDAY_NINE}
    draft = start_draft(session, example.id, "Three levels", TODAY, **told)
    ask(session, draft, thea)
    agree(session, draft, vera)
    receipt = stories.a_receipt(session, sent_by=amara, at=MONDAY_NINE + HOUR)
    contact = session.get_one(Contact, receipt.contact_id)
    assert len(edition_of(session, contact.edition_id).level) == 3

    draft = import_draft(session, example.toml, "From a file", **told)
    assert values_of(tables_in(text_of(session, draft)[0]), TOP)["id"] == "default"


# ---------------------------------------------------------------- nobody's edit is lost


def test_two_edit_at_once_and_both_edits_count(session, draft, thea, vera):
    change(session, draft, HUNGRY, by=thea, seen=1, level=2)
    change(session, draft, Part("rule", "three_of_level_3"), by=vera, seen=1, words="Three.")
    edition = read_edition(text_of(session, draft)[0])
    assert edition.indicator_of("persistent_hunger").level == 2
    assert edition.rule_of("three_of_level_3").words == "Three."


def test_two_edit_one_part_and_the_second_is_told_who_was_first(session, draft, thea, vera):
    change(session, draft, HUNGRY, by=thea, seen=1, level=2)
    with pytest.raises(Changed, match="Thea Marlowe changed this indicator"):
        change(session, draft, HUNGRY, by=vera, seen=1, level=1)
    with pytest.raises(Changed, match="Thea Marlowe changed the draft"):
        save_text(session, draft.id, "x = 1", seen=1, by=vera, at=MONDAY_NINE)
    with pytest.raises(Changed, match="Thea Marlowe changed the draft"):
        return_to_version(session, draft.id, 1, seen=1, by=vera, at=MONDAY_NINE)
    assert draft.number == 2


def test_every_edit_can_be_undone_and_stays_kept(session, draft, thea):
    at_first = text_of(session, draft)[0]
    save_part(session, draft.id, HUNGRY, None, seen=1, by=thea, at=MONDAY_NINE)
    save_text(session, draft.id, "x = 1", seen=2, by=thea, at=MONDAY_NINE)
    return_to_version(session, draft.id, 1, seen=3, by=thea, at=MONDAY_NINE)
    assert text_of(session, draft)[0] == at_first
    told = [each.what for each in picture_of_draft(session, draft.id, by=thea).versions]
    assert told == [
        "Back to the beginning", "Edited as text", "Indicator “Regularly hungry” taken out",
        "Begun from “Levels of need, default edition”",
    ]  # fmt: skip


def test_saving_what_is_there_already_is_no_edit(session, draft, thea):
    change(session, draft, HUNGRY, by=thea)
    save_text(session, draft.id, text_of(session, draft)[0], seen=1, by=thea, at=MONDAY_NINE)
    assert draft.number == 1


def test_a_part_cannot_be_saved_into_a_text_that_is_not_toml(session, draft, thea):
    save_text(session, draft.id, "[", seen=1, by=thea, at=MONDAY_NINE)
    with pytest.raises(NotReady, match="Mend it as text"):
        save_part(session, draft.id, HUNGRY, {}, seen=2, by=thea, at=MONDAY_NINE)


def test_a_withdrawn_draft_stays_to_be_read(session, draft, thea, vera):
    withdraw_draft(session, draft.id, "The partners want to wait.", by=thea, at=MONDAY_NINE)
    with pytest.raises(Changed, match="withdrawn"):
        change(session, draft, HUNGRY, by=vera, level=1)
    picture = picture_of_draft(session, draft.id, by=vera)
    assert (picture.state, picture.withdrawn_because) == ("withdrawn", "The partners want to wait.")


def test_a_draft_or_version_that_is_not_there(session, draft, thea):
    with pytest.raises(NotFound):
        picture_of_draft(session, thea.user_id, by=thea)
    with pytest.raises(NotFound):
        return_to_version(session, draft.id, 9, seen=1, by=thea, at=MONDAY_NINE)
    with pytest.raises(NotFound):
        start_draft(session, draft.id, "x", SPRING, code="default", by=thea, at=MONDAY_NINE)


def test_what_is_shipped_later_does_not_take_the_place_of_what_was_published(
    session, draft, thea, vera, tmp_path
):
    ask(session, draft, thea)
    agree(session, draft, vera)
    for name in ("default", "three_levels"):
        text = (settings().levels_of_need / name / "edition.toml").read_text("utf-8")
        (tmp_path / name).mkdir()
        newer = text.replace("effective_from = 2025-04-01", "effective_from = 2026-06-01")
        (tmp_path / name / "edition.toml").write_text(newer, "utf-8")
    assert load_editions(session, tmp_path, by=thea, at=MONDAY_NINE) == 1
    assert session.scalars(select(EditionDraft)).one().edition_id == edition_in_force(
        session, "default", date(2026, 7, 1)
    ).id  # fmt: skip
