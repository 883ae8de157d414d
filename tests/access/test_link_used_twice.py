"""A one-time link pressed twice in the same moment: one password is set, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from mash_triage.access import actions, queries
from mash_triage.access.passwords import matches
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.errors import NotFound
from tests.cast import ADA, AMARA, MONDAY_NINE

WORDS = ("violet kettle under moss", "seven herons over slate")


def test_of_two_at_once_one_wins_and_the_other_reads_a_plain_sentence(database):
    for _round in range(5):
        with database.work() as session:
            token = actions.issue_link(session, AMARA.user_id, by=ADA, at=MONDAY_NINE)
        start = Barrier(2)

        def use(password, token=token, start=start):
            start.wait()
            try:
                with database.work() as session:
                    actions.set_password_by_link(session, token, password, at=MONDAY_NINE)
            except NotFound as refusal:
                return refusal.words
            return "set"

        with ThreadPoolExecutor(2) as people:
            said = list(people.map(use, WORDS))

        assert sorted(words[:21] for words in said) == ["This link has been us", "set"]
        with database.look() as session:
            stored = queries.fetch_user(session, AMARA.user_id).password_hash
            assert matches(WORDS[said.index("set")], stored)
    with database.look() as session:
        noted = select(func.count()).where(AuditEvent.kind == AuditKind.PASSWORD_SET)
        assert session.scalar(noted) == 5
