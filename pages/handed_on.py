"""What decisions handed on: to whom, whether they accepted, special endings, and directions."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.child.parts import styles
from mash_triage.web.child.reading import child_from_address
from mash_triage.web.hand_on import for_family, lists, one_child
from mash_triage.web.open_link import follow_links
from mash_triage.web.page import open_page

visit = open_page(
    "Handed on",
    needs=Permission.SEE_FRONT_DOOR,
    on_ended=kept.keep_when_signed_out,
)
follow_links()
styles()

if "child" in st.query_params:
    found = one_child.read(visit, child_from_address(visit))
    kept.begin(visit, found.child.id)
    one_child.show(visit, found)
    for_family.show(visit.going_on(), found.child)
else:
    lists.show(visit)
