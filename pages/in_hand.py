"""Work in hand: time left in this shift, children without a worker, quiet ones, and the night."""

from mash_triage.access.roles import Permission
from mash_triage.web import covering
from mash_triage.web.child.parts import styles
from mash_triage.web.in_hand import view
from mash_triage.web.open_link import follow_links
from mash_triage.web.page import open_page

visit = open_page("Work in hand", needs=Permission.SEE_FRONT_DOOR)
follow_links()
styles()
covering.told(visit)
view.show(visit)
