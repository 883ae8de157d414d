"""What referrers wrote that nobody has read, and those who want to talk something through."""

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.child.parts import styles
from mash_triage.web.page import open_page
from mash_triage.web.talk import advising, at_the_door, consulting, shown

visit = open_page("Messages", needs=Permission.SEE_FRONT_DOOR, on_ended=kept.keep_when_signed_out)
styles()
shown.styles()
chosen = consulting.asked_for(visit)
if chosen:
    advising.show(visit, chosen)
else:
    at_the_door.lists(visit)
