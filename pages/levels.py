"""The levels of need: read by everybody at the front door, kept by policy leads."""

from mash_triage.access.roles import Permission
from mash_triage.web.levels import view
from mash_triage.web.page import open_page

visit = open_page(
    "Levels of need",
    needs=(Permission.SEE_FRONT_DOOR, Permission.KEEP_LEVELS_OF_NEED),
    on_ended=view.keep_when_signed_out,
)
view.show(visit)
