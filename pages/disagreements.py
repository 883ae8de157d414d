"""Disagreements with decisions: at which stage each is, who answers by when, and how it ended."""

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.child.parts import styles
from mash_triage.web.outcome import page as view
from mash_triage.web.page import open_page

visit = open_page(
    "Disagreements",
    needs=(Permission.SEE_FRONT_DOOR, Permission.GIVE_FEEDBACK),
    on_ended=kept.keep_when_signed_out,
)
styles()
view.show(visit)
