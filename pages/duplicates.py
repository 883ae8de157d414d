"""Records that may be of one child: a person looks at each pair and says what they are."""

from mash_triage.access.roles import Permission
from mash_triage.web import duplicates_view as view
from mash_triage.web.child.parts import styles
from mash_triage.web.page import open_page

visit = open_page("Duplicates", needs=Permission.LINK_RECORDS)
styles()
view.show(visit)
