"""A referrer says what worries her about a child, one short step at a time."""

from mash_triage.access.roles import Permission
from mash_triage.web.form import drafts, look, opened
from mash_triage.web.page import open_page

visit = open_page(
    "Tell us about a child",
    needs=(Permission.SUBMIT_CONTACT, Permission.ENTER_FOR_OTHERS),
    on_ended=opened.keep_when_signed_out,
)
look.styles()
draft = opened.draft_in_address(visit)
if draft is None:
    drafts.start(visit)
else:
    opened.show(visit, draft)
