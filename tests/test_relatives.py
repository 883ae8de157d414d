"""Whoever is related to a family, or knows it, judges nothing about its children, by no deed.

What came in or took place is recorded all the same, and what keeps a child safe now is never
hindered. A new deed about a child is tried here unless it stands among those.
"""

from mash_triage.contacts.models import WorkerConflict
from tests.stories import MONDAY_NINE
from tests.test_authorisation import FRONT_DOOR, OWN, TABLE, World, actions, outcome

CAME_IN_OR_TOOK_PLACE = {
    "after_decision.record_allocation",
    "after_decision.record_later_date",
    "after_decision.record_visit",
    "after_sending.record_additions_read",
    "after_sending.record_written_confirmation",
    "attachments.attach_to_contact",
    "attachments.open_attachment",
    "decisions.record_help_agreed",
    "decisions.record_referrer_told",
    "decisions.start_help",
    "hand_on.record_accepted",
    "hand_on.record_returned",
    "hand_on.record_told",
    "handover.mark_handover_read",
    "matching.search_by_hand",
    "matching.suggest_matches",
    "missing.answer_return_interview",
    "missing.finish_action",
    "missing.record_return_interview",
    "sharing.record_disclosure",
    "sharing.record_not_shared",
    "strategy.note_minutes_printed",
    "talk.mark_read",
    "talk.send_message",
    "talk.write_note",
}
KEEPS_SAFE = {
    "contacts.record_protective_action",
    "enquiries.stop_what_rested",
    "hand_on.open_special",
    "hand_on.step_up",
    "matching.restrict_name",
    "missing.record_missing",
    "missing.record_return",
    "people.restrict_person",
}
GIVES_THE_CHILD_TO_A_COLLEAGUE = {
    "allocation.add_second",
    "allocation.allocate",
    "allocation.answer_prompt",
    "allocation.ask_why_quiet",
    "allocation.end_second",
    "allocation.record_conflict",
    "handover.hand_over_to_day",
}
NOT_ASKED_HERE = {
    "allocation.lift_conflict",  # refused of herself; here it is said of somebody else
    "hand_on.follow_outcome",  # a part of the decision
    "people.lift_restriction",  # records stand before contacts; its readers are named one by one
}
ALL_THE_SAME = CAME_IN_OR_TOOK_PLACE | KEEPS_SAFE | GIVES_THE_CHILD_TO_A_COLLEAGUE | NOT_ASKED_HERE


def test_whoever_knows_a_family_judges_nothing_about_its_children(session, messages_out):
    world, found = World(session, of=frozenset({"manager"})), actions()
    manager = world.people["manager"]
    about_children = {
        name: row for name, row in TABLE.items() if row.on == "child" and row.may & FRONT_DOOR
    }
    assert all("manager" in row.may for row in about_children.values())
    assert about_children.keys() >= ALL_THE_SAME
    wrong = []
    for name, row in about_children.items():
        it = world.subject("manager", OWN, row.stage)
        told = {"recorded_by": manager.user_id, "recorded_at": MONDAY_NINE}
        savepoint = session.begin_nested()
        session.add(WorkerConflict(worker_id=manager.user_id, contact_child_id=it.child, **told))
        session.flush()
        was = outcome(session, row, found[name], it, manager)
        savepoint.rollback()
        if was != ("may" if name in ALL_THE_SAME else "NotAllowed"):
            wrong.append(f"{name}: {was}")
    assert wrong == []
