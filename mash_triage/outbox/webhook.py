"""Notices to agencies' systems: signed, never redirected, and never into a private network.

The name is looked up once, every address it leads to must be one of the open internet, and the
connection goes to the address that was looked at, so that a name cannot change its mind between.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import SOCK_STREAM, create_connection, gaierror, getaddrinfo
from urllib.parse import SplitResult, urlsplit

from mash_triage.outbox.parcels import Notice
from mash_triage.outbox.rules import Fault, NotDelivered
from mash_triage.outbox.signing import HEADER, signature
from mash_triage.outbox.time_limit import within
from mash_triage.settings import Settings

TRANSLATED = IPv6Network("64:ff9b::/96")  # IPv4 behind IPv6 (RFC 6052)
GONE = 410  # the endpoint says that it will never be back


class WebhookCarrier:
    """All endpoints; each notice goes over a line of its own."""

    def __init__(self, chosen: Settings) -> None:
        self.limit = float(chosen.delivery_timeout_seconds)
        self.may_stay_local = chosen.webhooks_may_stay_local

    def send(self, notice: Notice, *, at: datetime) -> None:
        """Return when the endpoint answered with success."""
        address = urlsplit(notice.url)
        with _told_plainly():
            status = self._post(address, notice, at)
        if status == GONE:
            raise NotDelivered(Fault.REFUSED, for_good=True)
        if not 200 <= status < 300:
            later = status == 429 or status >= 500
            raise NotDelivered(Fault.LATER if later else Fault.REFUSED)

    def close(self) -> None:
        """Nothing is kept open."""

    def _post(self, address: SplitResult, notice: Notice, at: datetime) -> int:
        host, safe = address.hostname or "", address.scheme == "https"
        port = address.port or (443 if safe else 80)
        place = place_of(host, port, may_stay_local=self.may_stay_local)
        line = (HTTPSConnection if safe else HTTPConnection)(host, port, timeout=self.limit)
        try:
            with within(self.limit, lambda: line.sock):
                line.sock = create_connection((place, port), timeout=self.limit)
                if safe:
                    context = ssl.create_default_context()
                    line.sock = context.wrap_socket(line.sock, server_hostname=host)
                path = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
                line.request("POST", path, notice.body, _headers(notice, at))
                return line.getresponse().status
        finally:
            line.close()


def _headers(notice: Notice, at: datetime) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": "mash-triage",
        "Mash-Message": str(notice.id),
        HEADER: signature(notice.body, notice.secrets, at=at),
    }


def place_of(host: str, port: int, *, may_stay_local: bool) -> str:
    """The one address to connect to; refused if the name leads to any private place."""
    try:
        found = [str(each[4][0]) for each in getaddrinfo(host, port, type=SOCK_STREAM)]
    except (gaierror, UnicodeError):
        raise NotDelivered(Fault.UNREACHABLE) from None
    if not found:
        raise NotDelivered(Fault.UNREACHABLE)
    if not may_stay_local and not all(map(is_open, found)):
        raise NotDelivered(Fault.NOT_SAFE)
    return found[0]


def is_open(written: str) -> bool:
    """Is this an address of the open internet, and so is the IPv4 address hidden in it, if any?"""
    address = ip_address(written.partition("%")[0])
    hidden = _hidden_in(address) if isinstance(address, IPv6Address) else None
    public = address.is_global and not address.is_multicast and not address.is_reserved
    if isinstance(address, IPv6Address) and address in TRANSLATED:
        public = True
    return public and (hidden is None or is_open(str(hidden)))


def _hidden_in(address: IPv6Address) -> IPv4Address | None:
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except ssl.SSLError:
        raise NotDelivered(Fault.NOT_SAFE) from None
    except (HTTPException, OSError):
        raise NotDelivered(Fault.UNREACHABLE) from None
