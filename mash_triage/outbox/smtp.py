"""Mail by SMTP: always enciphered, unless the server is this very machine.

The only settings trusted are ours: certificates are checked, and a server that offers no TLS is
not spoken to.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from mash_triage.outbox.parcels import Letter
from mash_triage.outbox.rules import Fault, NotDelivered
from mash_triage.outbox.time_limit import within
from mash_triage.settings import Settings


class SmtpCarrier:
    """One mail server; the line stays open from one letter to the next."""

    def __init__(self, chosen: Settings) -> None:
        self.chosen = chosen
        self.limit = float(chosen.delivery_timeout_seconds)
        self.server: smtplib.SMTP | None = None

    def send(self, letter: Letter, *, at: datetime) -> None:
        """Return when the server has taken the letter."""
        server = self._open_line()
        try:
            with _told_plainly(), within(self.limit, lambda: server.sock):
                server.send_message(as_mail(letter, sender=self.chosen.mail_from, at=at))
        except NotDelivered:
            self.close()
            raise

    def close(self) -> None:
        """Say goodbye, if the server still listens."""
        server, self.server = self.server, None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError), within(2, lambda: server.sock):
                server.quit()
            server.close()

    def _open_line(self) -> smtplib.SMTP:
        if self.server is not None and not self._still_there(self.server):
            self.close()
        if self.server is None:
            with _told_plainly(connecting=True):
                self.server = self._connected()
        return self.server

    def _still_there(self, server: smtplib.SMTP) -> bool:
        try:
            with within(self.limit, lambda: server.sock):
                return server.noop()[0] == 250
        except (smtplib.SMTPException, OSError, NotDelivered):
            return False

    def _connected(self) -> smtplib.SMTP:
        chosen = self.chosen
        safe = ssl.create_default_context(cafile=chosen.smtp_ca_file)
        name = urlsplit(chosen.service_address).hostname
        server: smtplib.SMTP
        if chosen.smtp_security == "tls":
            server = smtplib.SMTP_SSL(local_hostname=name, timeout=self.limit, context=safe)
        else:
            server = smtplib.SMTP(local_hostname=name, timeout=self.limit)
        vars(server)["_host"] = chosen.smtp_host  # the name that the certificate must have
        try:
            with within(self.limit, lambda: server.sock):
                server.connect(chosen.smtp_host, chosen.smtp_port)
                if chosen.smtp_security == "starttls":
                    server.starttls(context=safe)
                if chosen.smtp_user and chosen.smtp_password:
                    server.login(chosen.smtp_user, chosen.smtp_password.get_secret_value())
        except BaseException:
            server.close()
            raise
        return server


def as_mail(letter: Letter, *, sender: str, at: datetime) -> EmailMessage:
    """The mail as it goes over the line. A line break in a header is refused by the library."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, letter.to, letter.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.body)
    mail["Content-Language"] = "en-GB"
    return mail


@contextmanager
def _told_plainly(*, connecting: bool = False) -> Iterator[None]:
    """Turn what a mail server answers into our own few faults; its words are not kept."""
    try:
        yield
    except smtplib.SMTPAuthenticationError:
        raise NotDelivered(Fault.SIGN_IN, whole_channel=True) from None
    except (smtplib.SMTPNotSupportedError, ssl.SSLError):
        raise NotDelivered(Fault.NOT_SAFE, whole_channel=True) from None
    except smtplib.SMTPRecipientsRefused as refused:
        ((code, _words),) = refused.recipients.values()
        raise _refused(code, for_good=True) from None
    except smtplib.SMTPResponseException as refused:
        is_ours = connecting or isinstance(refused, smtplib.SMTPSenderRefused)
        raise _refused(refused.smtp_code, for_good=not is_ours, whole_channel=is_ours) from None
    except NotDelivered as fault:
        raise NotDelivered(fault.fault, whole_channel=True) from None
    except (smtplib.SMTPException, OSError):
        raise NotDelivered(Fault.UNREACHABLE, whole_channel=True) from None


def _refused(code: int, *, for_good: bool, whole_channel: bool = False) -> NotDelivered:
    if code < 500:
        return NotDelivered(Fault.LATER, whole_channel=whole_channel or code == 421)
    return NotDelivered(Fault.REFUSED, for_good=for_good, whole_channel=whole_channel)
