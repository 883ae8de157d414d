"""How many children were decided in time, by both clocks."""

from mash_triage.access.roles import Permission
from mash_triage.web import measures_view as view
from mash_triage.web import worry_view
from mash_triage.web.after import figures
from mash_triage.web.child.parts import styles
from mash_triage.web.open_link import follow_links
from mash_triage.web.outcome import experience
from mash_triage.web.page import open_page

visit = open_page("Measures", needs=Permission.SEE_MEASURES)
follow_links()
styles()

view.measures(visit)
figures.show(visit)
worry_view.show(visit)
experience.show(visit)
