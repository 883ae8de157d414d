"""What runs beside the pages: mail and notices leave, promises are warned of, drafts that lie are
called to mind, and what is old goes. Each in a thread of its
own, so that a slow server of one holds up none of the others.
"""

import threading
from collections.abc import Callable
from datetime import timedelta

from mash_triage.clocks.now import now
from mash_triage.contacts.drafts import remove_old_drafts
from mash_triage.contacts.reminders import remind_of_drafts
from mash_triage.outbox.actions import remove_old_messages
from mash_triage.outbox.carriers import mail_carrier, notice_carrier
from mash_triage.outbox.delivery import deliver_mail, deliver_notices
from mash_triage.promises.actions import anything_to_raise, raise_due
from mash_triage.settings import settings
from mash_triage.web.place import database

HOUSEKEEPING_EVERY = timedelta(hours=1)

Tell = Callable[[Exception], object]


def send_mail(on_fault: Tell) -> None:
    """One round of mail."""
    if carrier := mail_carrier(settings()):
        deliver_mail(database(), carrier, now=now, on_fault=on_fault)


def send_notices(on_fault: Tell) -> None:
    """One round of notices to agencies' systems."""
    if carrier := notice_carrier(settings()):
        deliver_notices(database(), carrier, now=now, on_fault=on_fault)


def keep_promises(_on_fault: Tell) -> None:
    """Warn before a promise is broken, and say when one was; each once, however many replicas."""
    at = now()
    with database().look() as session:
        due = anything_to_raise(session, at=at)
    if due:
        with database().work() as session:
            raise_due(session, at=at)


def keep_house(_on_fault: Tell) -> None:
    """Post what is to be called to mind, and remove what is kept no longer."""
    with database().work() as session:
        remind_of_drafts(session, at=now())
        remove_old_messages(session, at=now())
        remove_old_drafts(session, at=now())


def run_beside(on_fault: Tell) -> threading.Event:
    """Begin all of it; it ends with the process, or when the event that is given back is set."""
    over, soon = threading.Event(), timedelta(seconds=settings().delivery_every_seconds)
    for job, every in (
        (send_mail, soon),
        (send_notices, soon),
        (keep_promises, timedelta(seconds=settings().promises_every_seconds)),
        (keep_house, HOUSEKEEPING_EVERY),
    ):
        told = (job, every, over, on_fault)
        threading.Thread(target=_again_and_again, args=told, name=job.__name__, daemon=True).start()
    return over


def _again_and_again(
    job: Callable[[Tell], None], every: timedelta, over: threading.Event, on_fault: Tell
) -> None:
    """A fault is told, and the next turn comes all the same."""
    while not over.is_set():
        try:
            job(on_fault)
        except Exception as fault:
            on_fault(fault)
        over.wait(every.total_seconds())
