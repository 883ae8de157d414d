"""Teams and the postcodes they cover, what each worker can take on, and who is away."""

from mash_triage.access.roles import Permission
from mash_triage.web import teams_view as view
from mash_triage.web.child.parts import styles
from mash_triage.web.page import open_page

visit = open_page("Teams", needs=Permission.KEEP_TEAMS)
styles()
view.teams(visit)
view.workers(visit)
view.absences(visit)
