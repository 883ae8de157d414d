"""How a notice is signed, so that an agency's system knows that it came from here and is fresh.

The header is `Mash-Signature: t=SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.BODY` under the endpoint's
secret. For a week after a secret was renewed there is a second `v1` under the one before.

A secret is the HMAC of the endpoint's id and generation under MASH_WEBHOOK_KEY. It is stored in no
table, so neither a backup nor a reader of the database can sign.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from mash_triage.errors import NotReady
from mash_triage.outbox.models import WebhookEndpoint
from mash_triage.outbox.rules import SHORTEST_KEY
from mash_triage.settings import settings

HEADER = "Mash-Signature"
OLD_SECRET_LASTS = timedelta(days=7)
WEBHOOKS_OFF = "Webhooks are not set up: MASH_WEBHOOK_KEY needs 32 characters or more."


def secret_of(endpoint_id: UUID, generation: int) -> str:
    """The secret of an endpoint, the same each time; refused while webhooks are not set up."""
    key = settings().webhook_key
    if key is None or len(key.get_secret_value()) < SHORTEST_KEY:
        raise NotReady(WEBHOOKS_OFF)
    words = f"webhook {endpoint_id} {generation}".encode()
    made = hmac.digest(key.get_secret_value().encode(), words, hashlib.sha256)
    return f"whsec_{base64.urlsafe_b64encode(made).decode().rstrip('=')}"


def secrets_in_use(endpoint: WebhookEndpoint, *, at: datetime) -> tuple[str, ...]:
    """The secret of now, and for a week after it was renewed the one before."""
    generations = [endpoint.generation]
    if endpoint.renewed_at is not None and at < endpoint.renewed_at + OLD_SECRET_LASTS:
        generations.append(endpoint.generation - 1)
    return tuple(secret_of(endpoint.id, each) for each in generations)


def signature(body: bytes, secrets: Iterable[str], *, at: datetime) -> str:
    """What stands in the header for this body at this moment."""
    seconds = int(at.timestamp())
    signed = f"{seconds}.".encode() + body
    made = [hmac.digest(each.encode(), signed, hashlib.sha256).hex() for each in secrets]
    return ",".join([f"t={seconds}", *(f"v1={each}" for each in made)])
