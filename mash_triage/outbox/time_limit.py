"""A limit for a whole talk over the network: a time-out alone begins anew with every byte."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from mash_triage.outbox.rules import Fault, NotDelivered


@contextmanager
def within(seconds: float, line: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Cut the line when the block lasts longer; whatever then fails is told as too slow."""
    cut = threading.Event()

    def end() -> None:
        cut.set()
        with suppress(OSError):
            if (open_line := line()) is not None:
                open_line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as fault:
        if cut.is_set() or is_time_out(fault):
            raise NotDelivered(Fault.SLOW) from None
        raise
    else:
        if cut.is_set():  # a line that was cut can look like one that came to its end
            raise NotDelivered(Fault.SLOW)
    finally:
        timer.cancel()


def is_time_out(fault: Exception) -> bool:
    """Was it a time-out, or one that a library told as something else?"""
    return isinstance(fault, TimeoutError) or isinstance(fault.__context__, TimeoutError)
