"""Work in hand, teams, and a child's workers as people use them."""

from datetime import timedelta

from mash_triage.allocation.actions import add_team, record_absence, set_worker_profile
from mash_triage.allocation.queries import teams, workers_of_child
from mash_triage.contacts.models import ContactChild
from mash_triage.handover.actions import hand_over_to_day
from mash_triage.handover.queries import unread_handovers
from mash_triage.web.in_hand.on_paper import SheetFacts, sheet
from mash_triage.worklists.in_hand import in_hand
from mash_triage.worklists.through_the_night import through_the_night
from tests import stories
from tests.pages.test_board import a_morning
from tests.stories import HOUR, MONDAY_NINE, a_child, a_child_awaiting_decision, a_receipt

TOLD = {"done": "Seen at home.", "outstanding": "Visit the school.", "who_knows": "The mother."}


def part(page, name):
    return page.segmented_control(key="in_hand_part").set_value(name).run()


def test_a_suggested_worker_gets_a_child_with_one_press(
    service_database, open_page_as, drawn, amara, beth, carol
):
    with service_database.work() as session:
        hill = add_team(session, "Hill team", ["ZA1"], by=carol, at=MONDAY_NINE)
        told = {"team_id": hill, "newly_qualified": False, "by": carol, "at": MONDAY_NINE}
        set_worker_profile(session, beth.user_id, **told)
        child = a_child(session, sent_by=amara).id
    page = part(open_page_as(carol, "in_hand"), "Unallocated")
    assert "Hill team covers where the child lives" in drawn(page)
    page.button(key=f"allocate {child}").click().run()
    assert not page.exception
    with service_database.look() as session:
        assert workers_of_child(session, child, by=carol).now.worker_id == beth.user_id


def test_several_go_to_one_worker_and_what_speaks_against_is_said_and_can_be_answered(
    service_database, open_page_as, drawn, amara, beth, carol
):
    with service_database.work() as session:
        told = {"team_id": None, "newly_qualified": True, "most": 1, "by": carol}
        set_worker_profile(session, beth.user_id, **told, at=MONDAY_NINE)
        a_receipt(session, {}, {"given_names": "Leo"}, sent_by=amara)
        first, second = [row.id for row in session.query(ContactChild).order_by("position")]
    page = part(open_page_as(carol, "in_hand"), "Unallocated")
    for child in (first, second):
        page.checkbox(key=f"tick {child}").check()
    page.selectbox(key="worker several").set_value(beth.user_id)
    page.button(key="allocate_several").click().run()
    page = part(page, "Unallocated")
    assert "has as many children as the limit allows" in drawn(page)
    why = next(each for each in page.text_input if str(each.key).startswith("despite "))
    why.set_value("Leo is her brother")
    page.button(key=why.key.replace("despite", "all_the_same")).click().run()
    with service_database.look() as session:
        known = [workers_of_child(session, child, by=carol).now for child in (first, second)]
        assert {each.worker_id for each in known} == {beth.user_id}
        assert sorted(each.reason for each in known) == ["", "Leo is her brother"]


def test_a_filter_is_saved_by_name_and_the_urgent_stay_on_top_of_it(
    service_database, open_page_as, drawn, amara, beth
):
    with service_database.work() as session:
        a_morning(session, amara, beth)
        danger = {"in_danger_now": "yes"}
        a_receipt(session, {"given_names": "Zoe"}, sent_by=amara, danger=danger)
    page = open_page_as(beth, "board")
    page.multiselect(key="board_stages").set_value(["Waiting for a manager"]).run()
    page.text_input(key="filter_name").set_value("For Carol").run()
    page.button(key="filter_save").click().run()
    page = open_page_as(beth, "board")
    assert page.header[0].value == "All open children: 4"
    page.button(key="use For Carol").click().run()
    assert page.header[0].value == "All open children: 1"
    assert "RED and urgent, whatever is chosen: 1" in drawn(page)
    assert "Zoe Thornbury" in drawn(page)


def test_every_part_of_the_page_is_drawn(service_database, open_page_as, drawn, amara, beth, carol):
    with service_database.work() as session:
        a_morning(session, amara, beth)
        child = a_child(session, sent_by=amara)
        hand_over_to_day(session, child.id, **TOLD, by=beth, at=MONDAY_NINE)
    later = MONDAY_NINE + timedelta(days=3)
    page = open_page_as(carol, "in_hand", at=later)
    words = drawn(page)
    assert "Assumed: 0.0 decisions an hour" in words
    assert "been undecided for more than 48 hours" in words
    assert "Nothing recorded" in part(page, "No activity").header[0].value
    assert not part(page, "Caseloads").exception
    night = drawn(part(page, "Handover"))
    assert "that time has passed" in night
    assert "Visit the school." in night
    page.button[-1].click().run()
    with service_database.look() as session:
        assert unread_handovers(session, by=carol) == []


def test_a_manager_is_told_for_whom_she_covers(service_database, open_page_as, drawn, carol, dan):
    day = MONDAY_NINE.date()
    with service_database.work() as session:
        told = {"cover_id": carol.user_id, "by": dan, "at": MONDAY_NINE}
        record_absence(session, dan.user_id, day, day + timedelta(days=1), **told)
    assert "You cover for Dan Whitlock (until Tue 13 Jan)" in drawn(
        open_page_as(carol, "decisions")
    )
    assert "You cover for" not in drawn(open_page_as(dan, "decisions"))


def test_whoever_covers_sees_the_children_of_the_colleague_in_her_own_work_in_hand(
    service_database, open_page_as, drawn, amara, beth, carol
):
    day = MONDAY_NINE.date()
    with service_database.work() as session:
        child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
        told = {"cover_id": carol.user_id, "by": beth, "at": MONDAY_NINE}
        record_absence(session, beth.user_id, day, day + timedelta(days=1), **told)
        link = f"/child?child={child.id}"
    page = drawn(open_page_as(carol, "in_hand", at=MONDAY_NINE + 2 * HOUR))
    covered = page.split("of colleagues for whom you cover")[1].split("</ul>")[0]
    assert link in covered
    assert beth.name in covered
    assert "1 child of colleagues" not in drawn(open_page_as(beth, "in_hand"))


def test_the_page_of_teams_adds_one(service_database, open_page_as, ada):
    page = open_page_as(ada, "teams")
    page.text_input(key="new team").set_value("Quay team")
    page.text_input(key="new areas").set_value("za2, ZA3 4")
    next(each for each in page.button if each.label == "Add this team").click().run()
    assert not page.exception
    with service_database.look() as session:
        assert [(t.name, t.areas) for t in teams(session, by=ada)] == [
            ("Quay team", ("ZA2", "ZA3 4"))
        ]


def test_the_childs_page_shows_who_works_on_it_and_a_manager_reallocates(
    service_database, open_page_as, drawn, amara, beth, carol
):
    with service_database.work() as session:
        child = a_child_awaiting_decision(session, sent_by=amara, screened_by=beth).id
    page = open_page_as(carol, "child", child=str(child), at=MONDAY_NINE + 3 * HOUR)
    assert "Taken up by Beth Lindqvist" in drawn(page)
    page.toggle(key=f"allocating {child}").set_value(True).run()
    page.selectbox(key=f"worker {child}").set_value(carol.user_id)
    page.text_input(key=f"why {child}").set_value("Beth is ill")
    page.button(key="allocate_child").click().run()
    assert not page.exception
    assert "1 change of worker" in drawn(page)


def test_the_sheet_holds_every_open_child_and_what_was_handed_over(session, amara, beth):
    a_morning(session, amara, beth)
    child = a_child(session, sent_by=amara, danger={"in_danger_now": "yes"})
    hand_over_to_day(session, child.id, **TOLD, by=beth, at=MONDAY_NINE)
    work = in_hand(session, by=beth, at=MONDAY_NINE)
    assert work.rows[0].id == child.id, "the urgent come first"
    unread = tuple(unread_handovers(session, by=beth))
    night = through_the_night(session, by=beth, at=MONDAY_NINE)
    facts = SheetFacts(work, unread, night, beth.name, MONDAY_NINE)
    assert sheet(facts).startswith(b"%PDF")


def test_who_is_past_the_time_is_named_the_urgent_first(
    service_database, open_page_as, drawn, amara, beth
):
    with service_database.work() as session:
        mia = a_child(session, sent_by=amara).id
        danger = {"in_danger_now": "yes"}
        told = {"sent_by": amara, "at": MONDAY_NINE + HOUR, "danger": danger}
        zoe = a_child(session, {"given_names": "Zoe"}, **told).id
    page = drawn(open_page_as(beth, "in_hand", at=MONDAY_NINE + 30 * HOUR))
    late = page.partition("2 children are past time already:")[2].partition("</p>")[0]
    assert late.index(f"/child?child={zoe}") < late.index(f"/child?child={mia}")
