"""Where the time from receipt to decision went."""

from mash_triage.access.roles import Permission
from mash_triage.web import hours_view as view
from mash_triage.web.child.parts import styles
from mash_triage.web.page import open_page

visit = open_page("Where the time went", needs=Permission.SEE_MEASURES)
styles()
view.show(visit)
