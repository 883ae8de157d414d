"""A referrer says what worries her about a child in a conversation."""

from mash_triage.access.roles import Permission
from mash_triage.settings import settings
from mash_triage.web.chat import view
from mash_triage.web.form import look, opened
from mash_triage.web.page import open_page

visit = open_page(
    "Tell us in a chat",
    needs=Permission.SUBMIT_CONTACT,
    on_ended=lambda visit: view.keep_when_signed_out(visit, opened.draft_in_address(visit)),
)
look.styles()
draft = opened.draft_in_address(visit)
if not settings().guided_chat:
    view.not_offered(draft)
elif draft is None:
    view.start(visit)
else:
    view.show(visit, draft)
