"""The weights of the matching: what was measured, old beside new, and putting them in force."""

from mash_triage.access.roles import Permission
from mash_triage.web import model_view as view
from mash_triage.web.child.parts import styles
from mash_triage.web.page import open_page

visit = open_page("Matching model", needs=Permission.KEEP_MATCHING_MODEL)
styles()
view.show(visit)
