"""What another edition of the levels of need would have suggested for past contacts."""

from mash_triage.access.roles import Permission
from mash_triage.web.levels import backtest_view as view
from mash_triage.web.open_link import follow_links
from mash_triage.web.page import open_page

visit = open_page(
    "Try on past contacts", needs=(Permission.KEEP_LEVELS_OF_NEED, Permission.SEE_DECISION_QUEUE)
)
clicked = follow_links()

view.show(visit, clicked)
