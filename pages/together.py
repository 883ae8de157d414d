"""The children on one contact, together: taken up, rated and sent at once, decided one by one."""

from mash_triage.access.roles import Permission
from mash_triage.web import kept, rating_together
from mash_triage.web import together_view as view
from mash_triage.web.child.reading import child_from_address
from mash_triage.web.open_link import follow_links
from mash_triage.web.page import open_page

visit = open_page(
    "Children on one contact",
    needs=Permission.SEE_FRONT_DOOR,
    on_ended=kept.keep_when_signed_out,
)
follow_links()
family = view.read(visit, child_from_address(visit))

view.about(visit, family)
view.take_up_all(visit, family)
rating_together.rate(visit, family)
view.send_ticked(visit, family)
view.to_decide(visit, family)
