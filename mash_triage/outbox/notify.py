"""Mail by GOV.UK Notify, with its own client; nothing of it is loaded where it is not used.

Each template at Notify may use ((subject)), ((body)), ((reference)), ((address)) and ((service)).
"""

from datetime import datetime
from typing import Any

from mash_triage.outbox.parcels import Letter
from mash_triage.outbox.rules import Fault, NotDelivered
from mash_triage.settings import Settings


class NotifyCarrier:
    """One service at GOV.UK Notify."""

    def __init__(self, chosen: Settings) -> None:
        from notifications_python_client.notifications import NotificationsAPIClient

        key = chosen.notify_key.get_secret_value() if chosen.notify_key else ""
        self.chosen = chosen
        self.client = NotificationsAPIClient(  # type: ignore[no-untyped-call]
            key, base_url=chosen.notify_address, timeout=chosen.delivery_timeout_seconds
        )
        self.client.request_session.max_redirects = 0

    def send(self, letter: Letter, *, at: datetime) -> None:  # noqa: ARG002  (Notify dates it)
        """Return when Notify has taken the letter. After a try that broke off it is asked first
        whether it has it already.
        """
        if letter.tried_before and self._has(letter.name):
            return
        self._ask(
            self.client.send_email_notification,
            email_address=letter.to,
            template_id=self.chosen.notify_templates.get(letter.kind, self.chosen.notify_template),
            personalisation={
                "subject": letter.subject,
                "body": letter.body,
                "reference": letter.reference,
                "address": letter.address,
                "service": self.chosen.service_name,
            },
            reference=letter.name,
        )

    def close(self) -> None:
        """Let the connections go."""
        self.client.request_session.close()

    def _has(self, name: str) -> bool:
        found = self._ask(self.client.get_all_notifications, reference=name)
        return bool(found and found.get("notifications"))

    def _ask(self, what: Any, **told: Any) -> Any:
        from notifications_python_client.errors import APIError

        try:
            return what(**told)
        except APIError as fault:
            raise _in_our_words(fault) from None


def _in_our_words(fault: Any) -> NotDelivered:
    if fault.response is None:
        return NotDelivered(Fault.UNREACHABLE, whole_channel=True)
    status = fault.status_code
    if status == 403 or status == 401:
        return NotDelivered(Fault.SIGN_IN, whole_channel=True)
    if status == 429 or status >= 500 or status < 400:
        return NotDelivered(Fault.LATER, whole_channel=True)
    return NotDelivered(Fault.REFUSED, for_good=True)
