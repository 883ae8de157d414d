"""The receipt of a contact, with everything that was sent, to read again or to print."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.form import look, receipt
from mash_triage.web.page import open_page

visit = open_page(
    "Receipt",
    needs=(Permission.SUBMIT_CONTACT, Permission.ENTER_FOR_OTHERS),
    on_ended=kept.keep_when_signed_out,
)
look.styles()
receipt.show(visit, st.query_params.get("contact", ""))
