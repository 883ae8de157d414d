"""The agency lead's page: the agency's contacts, drafts left lying, quality, and people."""

from mash_triage.access.roles import Permission
from mash_triage.web.agency import view
from mash_triage.web.child.parts import styles
from mash_triage.web.page import open_page

visit = open_page("My agency", needs=Permission.SEE_AGENCY_CONTACTS)
styles()
view.show(visit)
