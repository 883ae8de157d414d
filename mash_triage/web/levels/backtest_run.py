"""A trial at work beside the pages: in a thread of its own that leaves room for other people.

The service is one process. After every few hundred contacts the thread rests, so that whoever
clicks meanwhile is answered. The newest trial of each person is kept until she starts another.
"""

import logging
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from time import perf_counter, sleep
from uuid import UUID

from mash_triage.access.actor import Actor
from mash_triage.backtest.findings import Findings, findings_of
from mash_triage.backtest.past import Look
from mash_triage.backtest.trial import Trial
from mash_triage.contacts.actions import bank_holidays
from mash_triage.db.faults import plain_fault

PAGE = 250  # contacts read at once: some hundredths of a second
REST = 0.5  # of the time that a page took
MOST_KEPT = 20  # people whose newest trial is kept

log = logging.getLogger(__name__)


@dataclass
class Running:
    """One trial, at work or over."""

    trial: Trial
    by: Actor
    over: bool = False
    fault: str = ""
    seconds: float = 0.0
    _stop: Event = field(default_factory=Event)
    _found: dict[bool, Findings] = field(default_factory=dict)

    def stop(self) -> None:
        """Let it end after the page at hand; what was counted stays."""
        self._stop.set()

    @property
    def share_done(self) -> float:
        """From 0 to 1."""
        return min(self.trial.done / self.trial.of, 1.0) if self.trial.of else 0.0

    def findings(self, *, to_leave: bool = False) -> Findings:
        """What was found, for this person or for a file; worked out once, when it is over."""
        if to_leave not in self._found:
            self._found[to_leave] = findings_of(
                self.trial,
                seconds=self.seconds,
                holidays=bank_holidays(),
                to_leave=to_leave,
                by=self.by,
            )
        return self._found[to_leave]

    def work(self, look: Look) -> None:
        """Read and count to the end, or until stopped."""
        started = before = perf_counter()
        try:
            for _ in self.trial.run(look, PAGE):
                if self._stop.is_set():
                    break
                sleep(REST * (perf_counter() - before))
                before = perf_counter()
        except Exception as fault:
            log.error("a trial on past contacts ended by %s", type(fault).__name__)
            self.fault = plain_fault(fault) or "The trial stopped by a fault of the service."
        self.seconds = perf_counter() - started
        self.over = True


_trials: dict[UUID, Running] = {}
_lock = Lock()


def start(trial: Trial, look: Look, *, by: Actor) -> Running:
    """Begin a trial; one that this person has at work is stopped."""
    assert by.user_id is not None  # narrows the type: a page is opened by a person
    running = Running(trial, by)
    with _lock:
        if earlier := _trials.pop(by.user_id, None):
            earlier.stop()
        _trials[by.user_id] = running
        for user_id in list(_trials)[:-MOST_KEPT]:
            _trials.pop(user_id).stop()
    Thread(target=running.work, args=(look,), daemon=True, name="trial").start()
    return running


def newest(*, by: Actor) -> Running | None:
    """This person's newest trial, if she still has the same access as when she started it."""
    running = _trials.get(by.user_id) if by.user_id else None
    return running if running and running.by == by else None
