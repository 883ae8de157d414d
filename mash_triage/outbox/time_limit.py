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
    except TimeoutError:
        raise NotDelivered(Fault.SLOW) from None
    except Exception:
        if cut.is_set():
            raise NotDelivered(Fault.SLOW) from None
        raise
    finally:
        timer.cancel()
