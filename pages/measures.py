"""How many children were decided in time, by both clocks."""

from mash_triage.access.roles import Permission
from mash_triage.web import measures_view as view
from mash_triage.web.page import open_page

visit = open_page("Measures", needs=Permission.SEE_MEASURES)

view.measures(visit)
