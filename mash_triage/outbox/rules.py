"""What a message may hold, how long is waited before the next try, and when it is given up."""

import re
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from mash_triage.errors import NotReady
from mash_triage.outbox.kinds import Kind
from mash_triage.settings import Settings

MOST_ATTEMPTS = 12  # with the waits below: about a day
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
LEASE = timedelta(minutes=5)  # far longer than one try may last
LATE_AFTER = timedelta(hours=1)
SHORTEST_KEY = 32  # characters of the key that notices are signed with
KEPT = timedelta(days=14)  # then a message that ended is removed, and with it who was written to

_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_REFERENCE = "[2-9A-HJKMNP-Z]{10}"
LINK = re.compile(f"/(?:[a-z][a-z_]{{0,40}})?(?:\\?[a-z_]{{1,20}}=(?:{_ID}|{_REFERENCE}))?")
REFERENCE = re.compile(_REFERENCE)
STATUS = re.compile("[a-z][a-z_0-9]{0,39}")
ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
NOT_AN_ENDPOINT = (
    "Enter an address such as https://example.org/notices, without a port or user name."
)
LOCAL_NAMES = frozenset({"localhost"})


class State(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    STUCK = "stuck"
    DROPPED = "dropped"


class Fault(StrEnum):
    """Why a try failed; the words are for an administrator."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    NOT_SAFE = "not_safe"
    SIGN_IN = "sign_in"
    LATER = "later"
    REFUSED = "refused"
    ADDRESS = "address"
    NO_ANSWER = "no_answer"
    NOT_SET_UP = "not_set_up"
    OUR_FAULT = "our_fault"
    NOT_WANTED = "not_wanted"


FAULT_WORDS: dict[Fault, str] = {
    Fault.UNREACHABLE: "The other side could not be reached.",
    Fault.SLOW: "The other side took too long.",
    Fault.NOT_SAFE: "There was no safe connection to the other side.",
    Fault.SIGN_IN: "The other side did not accept our user name, password or key.",
    Fault.LATER: "The other side asked us to try later.",
    Fault.REFUSED: "The other side refused it.",
    Fault.ADDRESS: "The address cannot be written to.",
    Fault.NO_ANSWER: "Sending broke off, and nobody knows whether it arrived.",
    Fault.NOT_SET_UP: "A setting is missing.",
    Fault.OUR_FAULT: "The service itself failed while sending.",
    Fault.NOT_WANTED: "It is no longer wanted.",
}


class NotDelivered(Exception):
    """A try failed. `for_good`: the next would too. `whole_channel`: so would every other now."""

    def __init__(
        self, fault: Fault, *, for_good: bool = False, whole_channel: bool = False
    ) -> None:
        super().__init__(fault)
        self.fault, self.for_good, self.whole_channel = fault, for_good, whole_channel


def check_message(kind: Kind, link: str, reference: str) -> None:
    """Refuse a link or reference that could hold words; raises ValueError, for it is our fault."""
    if kind is Kind.ACCOUNT_LINK:
        raise ValueError("an account link is posted by mail_account_link alone")
    if not LINK.fullmatch(link):
        raise ValueError("a link is the path of a page, with at most one id or reference")
    if reference and not REFERENCE.fullmatch(reference):
        raise ValueError("a reference is ten characters without look-alikes")


def check_address(address: str) -> str:
    """The address without blanks around it; refused unless plain enough to stand in a header."""
    plain = address.strip(" ")
    if len(plain) > 254 or not ADDRESS.fullmatch(plain) or ".." in plain:
        raise NotReady("Enter an e-mail address, such as name@example.org.")
    return plain


def check_endpoint_url(url: str, *, may_stay_local: bool = False) -> None:
    """Refuse an address for notices that is not plainly a host of the open internet by https.

    Where its name leads is looked at again, and refused if it is a private place, at each sending.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotReady(NOT_AN_ENDPOINT) from None
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= 400
    if not (plain and host) or parts.username or parts.password or parts.fragment:
        raise NotReady(NOT_AN_ENDPOINT)
    if may_stay_local:
        return
    if parts.scheme != "https" or port not in (None, 443) or not ADDRESS.fullmatch(f"x@{host}"):
        raise NotReady(NOT_AN_ENDPOINT)


def wait_before_next(attempts: int, message_id: UUID) -> timedelta:
    """How long to wait after this many tries: twice as long each time up to four hours, and up to
    a quarter more or less by the message's own id, so that not all come back at once.
    """
    wait = min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)
    return wait * (0.75 + (message_id.int % 1_000) / 2_000)


def faults_in(chosen: Settings) -> list[str]:
    """What is missing or unsafe in the settings of messages out, a sentence each."""
    key = chosen.webhook_key.get_secret_value() if chosen.webhook_key else ""
    short = ["MASH_WEBHOOK_KEY needs 32 characters or more."] if 0 < len(key) < SHORTEST_KEY else []
    return short + _faults_of_mail(chosen)


def _faults_of_mail(chosen: Settings) -> list[str]:
    if chosen.mail_by == "off":
        return []
    needed: dict[str, object] = {"MASH_SERVICE_ADDRESS": chosen.service_address}
    if chosen.mail_by == "smtp":
        needed |= {"MASH_MAIL_FROM": chosen.mail_from, "MASH_SMTP_HOST": chosen.smtp_host}
    else:
        needed |= {"MASH_NOTIFY_KEY": chosen.notify_key}
        every = set(map(str, Kind)) <= chosen.notify_templates.keys()
        needed |= {"MASH_NOTIFY_TEMPLATE": chosen.notify_template or every}
    wrong = [f"{name} is missing." for name, value in needed.items() if not value]
    if chosen.service_address and not is_safe_address(chosen.service_address):
        wrong.append("MASH_SERVICE_ADDRESS must be https://host, without a path.")
    if chosen.mail_from and not ADDRESS.fullmatch(chosen.mail_from):
        wrong.append("MASH_MAIL_FROM must be a plain e-mail address.")
    if chosen.smtp_security == "none" and chosen.smtp_host and not is_local(chosen.smtp_host):
        wrong.append("MASH_SMTP_SECURITY may be none only for a mail server on this machine.")
    return wrong


def is_safe_address(address: str) -> bool:
    """Is it the address of a host by https, or this machine's own by http, and no more?"""
    parts = urlsplit(address)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_local(parts.hostname or ""))
    return bool(safe and parts.hostname) and f"{parts.scheme}://{parts.netloc}" == address


def is_local(host: str) -> bool:
    """Is this host the machine itself?"""
    try:
        return host in LOCAL_NAMES or ip_address(host).is_loopback
    except ValueError:
        return False
