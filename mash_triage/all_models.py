"""Every table of the service, gathered for the migrations."""

import mash_triage.access.models
import mash_triage.after_decision.models
import mash_triage.after_sending.models
import mash_triage.agency_systems.models
import mash_triage.allocation.models
import mash_triage.attachments.models
import mash_triage.audit.events
import mash_triage.chat.models
import mash_triage.chronology.models
import mash_triage.clocks.models
import mash_triage.consent.models
import mash_triage.contacts.models
import mash_triage.decisions.models
import mash_triage.disagreements.models
import mash_triage.editions.models
import mash_triage.enquiries.models
import mash_triage.hand_on.models
import mash_triage.handover.models
import mash_triage.matching.models
import mash_triage.missing.models
import mash_triage.outbox.models
import mash_triage.people.models
import mash_triage.screening.models
import mash_triage.sharing.models
import mash_triage.strategy.models
import mash_triage.talk.models
import mash_triage.thresholds.models
import mash_triage.worklists.models  # noqa: F401
from mash_triage.db.base import Base

METADATA = Base.metadata
