"""What people set instead of what the levels of need suggested, rule by rule."""

from mash_triage.access.roles import Permission
from mash_triage.web.child.parts import styles
from mash_triage.web.levels import departures as view
from mash_triage.web.open_link import follow_links
from mash_triage.web.page import open_page

visit = open_page("Departures", needs=Permission.SEE_MEASURES)
follow_links()
styles()

view.departures(visit)
