"""What happened in one child's life, with what people mended, and all contacts in time."""

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.child.parts import styles
from mash_triage.web.child.reading import child_from_address
from mash_triage.web.chronology import view
from mash_triage.web.open_link import follow_links
from mash_triage.web.page import open_page

visit = open_page(
    "Chronology",
    needs=Permission.SEE_FRONT_DOOR,
    on_ended=kept.keep_when_signed_out,
)
follow_links()
styles()
whole = view.read(visit, child_from_address(visit))
kept.begin(visit, whole.chronology.contact_child_id)
view.show(visit, whole)
