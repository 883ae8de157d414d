"""Talking something through with the front door, without naming a child."""

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.form import look
from mash_triage.web.page import open_page
from mash_triage.web.talk import consulting, shown

visit = open_page("Talk it through", needs=Permission.CONSULT, on_ended=kept.keep_when_signed_out)
look.styles()
shown.styles()
chosen = consulting.asked_for(visit)
if chosen:
    consulting.show(visit, chosen)
else:
    consulting.begin(visit)
