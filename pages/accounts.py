"""The administrator keeps agencies and people: who may do what, and how they get in."""

from mash_triage.access.roles import Permission
from mash_triage.web import accounts_view as view
from mash_triage.web import messages_view
from mash_triage.web import systems_view as systems
from mash_triage.web.child.parts import styles
from mash_triage.web.page import open_page

visit = open_page("Accounts", needs=Permission.MANAGE_ACCOUNTS)
styles()

outbox = messages_view.alarm(visit)
view.people(visit)
view.agencies(visit)
systems.keys(visit)
systems.endpoints(visit)
messages_view.messages(visit, outbox)
