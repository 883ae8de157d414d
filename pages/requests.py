"""Requests for information: an agency answers its own; the front door sees what it waits for."""

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.child.parts import styles
from mash_triage.web.enquiries import page as view
from mash_triage.web.page import open_page

visit = open_page(
    "Requests",
    needs=(Permission.ANSWER_REQUESTS, Permission.SCREEN_CONTACT),
    on_ended=kept.keep_when_signed_out,
)
styles()
view.show(visit)
