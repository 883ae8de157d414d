"""The live board: every child at the front door, least time left first."""

from mash_triage.access.roles import Permission
from mash_triage.web import board_choices, link_reviews_view
from mash_triage.web import board_view as view
from mash_triage.web.open_link import follow_links
from mash_triage.web.outcome import reminders
from mash_triage.web.page import open_page
from mash_triage.web.strategy import on_child
from mash_triage.web.talk import at_the_door

visit = open_page("Live board", needs=Permission.SEE_FRONT_DOOR)
follow_links()

reminders.not_to_overlook(visit)
on_child.on_board(visit)
at_the_door.line(visit)
chosen = board_choices.filters(visit)
view.live(visit, chosen)
link_reviews_view.told_to(visit)
view.help_awaited(visit)
