"""The manager's queue: who waits for a decision, who needs today's review, how timely we were."""

from mash_triage.access.roles import Permission
from mash_triage.web import closed_records, covering, link_reviews_view
from mash_triage.web import decisions_view as view
from mash_triage.web.child.parts import styles
from mash_triage.web.hand_on import lists
from mash_triage.web.open_link import follow_links
from mash_triage.web.outcome import reminders
from mash_triage.web.page import open_page

visit = open_page("Decisions", needs=Permission.SEE_DECISION_QUEUE)
follow_links()
styles()
queue, in_time = view.read(visit)

closed_records.show(visit)
covering.told(visit)
view.waiting(visit, queue)
covering.alone(visit)
view.reviews(visit, queue)
lists.came_back(visit)
reminders.open_ones(visit)
link_reviews_view.show(visit)
view.last_30_days(visit, in_time)
