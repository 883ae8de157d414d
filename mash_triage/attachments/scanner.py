"""ClamAV, where there is one: a file is sent to its daemon over a socket, which says clean or not.

`MASH_CLAMAV` is `unix:/run/clamav/clamd.ctl` or `tcp:host:3310`. The protocol is clamd's INSTREAM:
the file in pieces, each after its length; nothing after a length of zero; one line comes back.
"""

import re
import socket
import struct
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from mash_triage.errors import NotAvailable

PATIENCE = 30  # seconds
PIECE = 64 * 1024  # bytes
LONGEST_ANSWER = 4_096  # bytes
WRONG_ADDRESS = "The scanner's address must be unix:/path or tcp:host:port."


class NoAnswer(Exception):
    """The scanner did not say clean or infected: nothing is known of the file."""


class Scanner(Protocol):
    """What says of a file whether it is clean. Raises NoAnswer."""

    def is_clean(self, content: bytes) -> bool: ...


@dataclass(frozen=True)
class ClamAV:
    """The daemon at this address."""

    address: str

    def is_clean(self, content: bytes) -> bool:
        """Did the daemon find nothing? Raises NoAnswer when it said neither yes nor no."""
        try:
            with closing(self._connect()) as link:
                answer = _ask(link, content)
        except OSError as fault:
            raise NoAnswer from fault
        if answer.endswith(b"FOUND"):
            return False
        if answer == b"stream: OK":
            return True
        raise NoAnswer

    def _connect(self) -> socket.socket:
        kind, _, place = self.address.partition(":")
        if kind == "unix":
            link = socket.socket(socket.AF_UNIX)
            link.settimeout(PATIENCE)
            link.connect(place)
            return link
        host, _, port = place.rpartition(":")
        return socket.create_connection((host, int(port)), PATIENCE)


def _ask(link: socket.socket, content: bytes) -> bytes:
    try:
        link.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            link.sendall(struct.pack("!L", len(piece)) + piece)
        link.sendall(struct.pack("!L", 0))
    except BrokenPipeError:
        pass  # it may say before the end that it is too much
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        more = link.recv(LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.partition(b"\0")[0].strip()


def scanner_at(address: str) -> Scanner | None:
    """The scanner of the settings, if one is named. Raises NotAvailable for no such address."""
    if address and not re.fullmatch(r"unix:.+|tcp:.+:\d{1,5}", address):
        raise NotAvailable(WRONG_ADDRESS)
    return ClamAV(address) if address else None
