"""Strategy discussions: who was asked and came, what was decided and agreed, and what waits."""

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.child.parts import styles
from mash_triage.web.page import open_page
from mash_triage.web.strategy import page as view

visit = open_page(
    "Strategy discussions",
    needs=Permission.SEE_FRONT_DOOR,
    on_ended=kept.keep_when_signed_out,
)
styles()
view.show(visit)
