"""Whose turn it is to write, among the threads of one process: in the order in which they came.

SQLite lets whoever asks first after a commit write next, and asks ever more seldom for whoever has
waited long: among twenty writers one waited for half a minute and was refused.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock


class Turns:
    """A queue of writers, of whom the first writes."""

    def __init__(self) -> None:
        self._queue: deque[Event] = deque()
        self._lock = Lock()

    @contextmanager
    def take(self, seconds: float) -> Iterator[None]:
        """Wait for one's turn, or so long at most: then the database says who goes first."""
        mine = Event()
        with self._lock:
            self._queue.append(mine)
            self._queue[0].set()
        mine.wait(seconds)
        try:
            yield
        finally:
            with self._lock:
                self._queue.remove(mine)
                if self._queue:
                    self._queue[0].set()
