"""Deeds of the outbox: post a message, keep agencies' endpoints, deal with what is stuck."""

from mash_triage.outbox.actions.endpoints import add_endpoint, close_endpoint, renew_secret
from mash_triage.outbox.actions.post import mail_account_link, post, post_webhook
from mash_triage.outbox.actions.stuck import drop, try_again
from mash_triage.outbox.actions.sweep import remove_old_messages

__all__ = [
    "add_endpoint",
    "close_endpoint",
    "drop",
    "mail_account_link",
    "post",
    "post_webhook",
    "remove_old_messages",
    "renew_secret",
    "try_again",
]
