"""A referrer adds to a contact that was sent, changes an answer, or asks it back."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.form import adding, look
from mash_triage.web.page import open_page

visit = open_page(
    "Change or add to a contact",
    needs=(Permission.SUBMIT_CONTACT, Permission.ENTER_FOR_OTHERS),
    on_ended=kept.keep_when_signed_out,
)
look.styles()
adding.show(visit, st.query_params.get("contact", ""))
