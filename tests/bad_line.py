"""A bad line between a browser and the service: it can be cut, hold its breath, and be led to
another replica, at an address that stays the same.
"""

import socket
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

LUMP = 65536


@dataclass
class BadLine:
    """Passes bytes on from its own port to the service at `to`, as long as it is not cut."""

    to: int
    port: int = 0
    is_cut: bool = False
    _ends: set[socket.socket] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)
    _flows: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._flows.set()
        Thread(target=self._listen, daemon=True).start()

    @property
    def address(self) -> str:
        """Where browsers find the service behind it."""
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        """Cut it: every connection breaks, and no new one is made."""
        self.is_cut = True
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._flows.set()

    def hold(self) -> None:
        """From now on nothing comes through, and nobody is told: a train in a tunnel."""
        self._flows.clear()

    def mend(self, to: int | None = None) -> None:
        """It works again; perhaps it leads to another replica now."""
        self.to = to or self.to
        self.is_cut = False
        self._flows.set()

    def end(self) -> None:
        """Cut it for good."""
        self.cut()
        self._door.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        far = None
        if not self.is_cut:
            with suppress(OSError):
                far = socket.create_connection(("127.0.0.1", self.to))
        with self._lock:
            if far is None or self.is_cut:
                near.close()
                return
            self._ends |= {near, far}
        Thread(target=self._pass_on, args=(far, near), daemon=True).start()
        self._pass_on(near, far)

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while lump := source.recv(LUMP):
                self._flows.wait()
                target.sendall(lump)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
