"""The deeds of an enquiry: asking an agency, its reply, and what happens in between."""

from mash_triage.enquiries.actions.asking import ask_agency, authorise_request, decline_request
from mash_triage.enquiries.actions.chasing import chase, close_request, escalate_request
from mash_triage.enquiries.actions.reading import mark_relevance, mark_reply_read, release_reply
from mash_triage.enquiries.actions.replying import reply
from mash_triage.enquiries.actions.stopping import stop_what_rested

__all__ = [
    "ask_agency",
    "authorise_request",
    "chase",
    "close_request",
    "decline_request",
    "escalate_request",
    "mark_relevance",
    "mark_reply_read",
    "release_reply",
    "reply",
    "stop_what_rested",
]
