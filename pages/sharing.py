"""The sharing ledger of one child: what was shared with whom and why, and what was not."""

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.child.parts import styles
from mash_triage.web.enquiries import ledger
from mash_triage.web.page import open_page

visit = open_page(
    "Sharing ledger",
    needs=Permission.SEE_FRONT_DOOR,
    on_ended=kept.keep_when_signed_out,
)
styles()
ledger.show(visit)
