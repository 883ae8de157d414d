"""Which way mail and notices take in this place, by its settings."""

from mash_triage.errors import NotReady
from mash_triage.outbox.notify import NotifyCarrier
from mash_triage.outbox.parcels import Carrier, Letter, Notice
from mash_triage.outbox.rules import faults_in
from mash_triage.outbox.smtp import SmtpCarrier
from mash_triage.outbox.webhook import WebhookCarrier
from mash_triage.settings import Settings


def mail_carrier(chosen: Settings) -> Carrier[Letter] | None:
    """What carries mail here, or None while mail is off; settings that do not fit are refused."""
    check_settings(chosen)
    if chosen.mail_by == "off":
        return None
    return SmtpCarrier(chosen) if chosen.mail_by == "smtp" else NotifyCarrier(chosen)


def notice_carrier(chosen: Settings) -> Carrier[Notice] | None:
    """What carries notices here, or None while webhooks are off; faulty settings are refused."""
    check_settings(chosen)
    return WebhookCarrier(chosen) if chosen.webhook_key else None


def check_settings(chosen: Settings) -> None:
    """Refuse settings that do not fit together, in one sentence each."""
    faults = faults_in(chosen)
    if faults:
        raise NotReady(f"Messages out are not set up as they must be. {' '.join(faults)}")
