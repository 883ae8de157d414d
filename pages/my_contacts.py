"""What a referrer has sent and what became of it, with her drafts on top."""

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.form import confirming, drafts, look, mine
from mash_triage.web.page import open_page

visit = open_page(
    "My contacts",
    needs=(Permission.SEE_OWN_CONTACTS, Permission.SEE_AGENCY_CONTACTS),
    on_ended=kept.keep_when_signed_out,
)
look.styles()
drafts.start_button(visit)
drafts.own_drafts(visit)
mine.show(visit)
confirming.show(visit)
