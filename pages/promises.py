"""Promises: what must follow for each child, least time left first."""

from mash_triage.access.roles import Permission
from mash_triage.web import promises_view as view
from mash_triage.web.child.parts import styles
from mash_triage.web.open_link import follow_links
from mash_triage.web.page import open_page

visit = open_page("Promises", needs=Permission.SEE_FRONT_DOOR)
follow_links()
styles()
view.show(visit)
