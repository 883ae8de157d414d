"""Pairs of records side by side: three answers, taken back with a reason, linking nothing alone."""

from datetime import date

import pytest
from sqlalchemy import select

from mash_triage.access.actor import Actor
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.matching.actions.duplicates import Suspicion, list_duplicates
from mash_triage.matching.duplicates import Waiting, duplicates_to_answer, how_many_duplicates
from mash_triage.matching.models import DuplicateAnswer, DuplicatePair
from mash_triage.people.actions import restrict_person
from mash_triage.people.models import PersonLink
from tests import stories
from tests.cast import AMARA, BETH, CAROL, DAN, MONDAY_NINE
from tests.stories import HOUR

AT = MONDAY_NINE + 5 * HOUR
JOB = Actor.job("people duplicates")


def suspicion(one, other, probability):
    return Suspicion(*sorted((one, other)), probability, [])


@pytest.fixture
def pairs(service_database):
    """Three records of Mia: the first and the second most probably one child's."""
    with service_database.work() as session:
        ids = [
            stories.a_child_taken_up(
                session,
                {
                    "family_name": name,
                    "home": {"address_line": f"{n} Long Row", "postcode": "ZA1 1AA"},
                },
                sent_by=AMARA,
                screened_by=BETH,
            ).person_id
            for n, name in enumerate(("Thornbury", "Thornberry", "Bury"))
        ]
        found = [suspicion(ids[0], ids[1], 0.97), suspicion(ids[1], ids[2], 0.4)]
        assert list_duplicates(session, found, "model", by=JOB, at=MONDAY_NINE) == 2
    return ids


def pair_of(session, *ids):
    return session.scalars(
        select(DuplicatePair).where(
            DuplicatePair.person_id == min(ids), DuplicatePair.other_id == max(ids)
        )
    ).one()


def press(app, answer, pair, reason):
    app.text_input(key=f"why {pair.id}").set_value(reason)
    return app.button(key=f"{answer} {pair.id}").click().run()


def test_the_most_probable_pair_is_first_and_nothing_is_linked_before_somebody_says_so(
    pairs, open_page_as, drawn, service_database
):
    app = open_page_as(BETH, "duplicates", at=AT)
    page = drawn(app)
    assert page.index("1. Mia Thornbury and Mia Thornberry") < page.index("2. Mia Thornberry")
    assert "97 in 100" in page
    with service_database.look() as session:
        first = pair_of(session, *pairs[:2])
        assert session.scalars(select(PersonLink)).all() == []

    app = press(app, "same", first, "")
    assert "Say how you know" in drawn(app)
    app = press(app, "same", first, "Seen with her school card.")
    assert "The two records are linked." in drawn(app)
    with service_database.look() as session:
        link = session.scalars(select(PersonLink)).one()
        assert (link.linked_by, link.reason) == (BETH.user_id, "Seen with her school card.")
        counts = how_many_duplicates(session, by=BETH)
        assert counts == {"open": 1, "unsure": 0, "same": 1, "different": 0}
        kinds = session.scalars(select(AuditEvent.kind).where(AuditEvent.about == str(first.id)))
        assert {AuditKind.RECORD_VIEWED, AuditKind.DUPLICATE_ANSWERED} <= set(kinds)


def test_an_answer_is_taken_back_with_its_link_and_stays_on_record(
    pairs, open_page_as, drawn, service_database
):
    app = open_page_as(BETH, "duplicates", at=AT)
    with service_database.look() as session:
        first = pair_of(session, *pairs[:2])
    press(app, "same", first, "Seen with her card.")
    app = open_page_as(CAROL, "duplicates", at=AT + HOUR)
    app = app.radio(key="duplicates_part").set_value(Waiting.SAME).run()
    assert "Beth Lindqvist said" in drawn(app)
    app.text_input(key=f"because {first.id}").set_value("They are cousins.")
    take_back = next(b for b in app.button if b.label == "Take it back")
    app = take_back.click().run()
    assert "The answer is taken back." in drawn(app)
    with service_database.look() as session:
        link = session.scalars(select(PersonLink)).one()
        assert (link.undone_by, link.undone_because) == (CAROL.user_id, "They are cousins.")
        said = session.scalars(select(DuplicateAnswer)).one()
        assert (said.answer, said.undone_because) == ("same", "They are cousins.")
        assert how_many_duplicates(session, by=BETH)[Waiting.OPEN] == 2


def test_not_sure_can_be_followed_by_an_answer(pairs, open_page_as, drawn, service_database):
    app = open_page_as(BETH, "duplicates", at=AT)
    with service_database.look() as session:
        first = pair_of(session, *pairs[:2])
    press(app, "unsure", first, "Ask the school.")
    app = open_page_as(CAROL, "duplicates", at=AT + HOUR)
    app = app.radio(key="duplicates_part").set_value(Waiting.UNSURE).run()
    assert "Ask the school." in drawn(app)
    app = press(app, "different", first, "The school knows both.")
    assert "Recorded: different children." in drawn(app)
    with service_database.look() as session:
        assert how_many_duplicates(session, by=BETH)[Waiting.DIFFERENT] == 1
        assert session.scalars(select(PersonLink)).all() == []


def test_a_pair_with_a_restricted_record_is_counted_and_shown_nowhere(
    pairs, open_page_as, drawn, service_database
):
    with service_database.work() as session:
        restrict_person(
            session, pairs[2], reason="x", review_on=date(2026, 6, 1),
            readers=[CAROL.user_id, DAN.user_id], by=CAROL, at=AT,
        )  # fmt: skip
    page = open_page_as(BETH, "duplicates", at=AT)
    assert "To look at (1)" in page.radio(key="duplicates_part").options
    assert "Mia Bury" not in drawn(page)
    seen = open_page_as(CAROL, "duplicates", at=AT)
    assert "To look at (2)" in seen.radio(key="duplicates_part").options


def test_a_pair_found_again_keeps_its_answer(pairs, service_database, open_page_as):
    with service_database.look() as session:
        first = pair_of(session, *pairs[:2])
    press(open_page_as(BETH, "duplicates", at=AT), "different", first, "Two passports.")
    with service_database.work() as session:
        again = [suspicion(pairs[0], pairs[1], 0.99)]
        assert list_duplicates(session, again, "newer", by=JOB, at=AT + HOUR) == 0
        (seen,) = duplicates_to_answer(session, Waiting.DIFFERENT, by=BETH)
        assert (seen.probability, seen.answer) == (0.99, "different")
