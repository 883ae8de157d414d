"""A strategy discussion by its page: called, held, closed, printed; and a child who is not seen."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import anyio
import httpx
import pytest
from pypdf import PdfReader

from mash_triage.access import actions, queries
from mash_triage.contacts.models import ContactChild
from mash_triage.decisions.actions import close_child
from mash_triage.enquiries.actions import ask_agency
from mash_triage.screening.actions import record_indicators
from mash_triage.strategy.codes import Sector
from mash_triage.strategy.lists import discussions_on
from mash_triage.strategy.queries import discussion
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from mash_triage.web import place
from mash_triage.web.strategy import printing
from tests import stories
from tests.cast import AMARA, BETH, CAROL, MONDAY_NINE
from tests.enquiries.conftest import an_agency, request_facts
from tests.stories import HOUR
from tests.strategy.talks import S47, closed, convened, held

NOON = MONDAY_NINE + 3 * HOUR
MUST_ATTEND = ("Children&#x27;s social care", "Police", "Health")


@pytest.fixture
def child(service_database):
    """Mia, of whom a danger was ticked at ten."""
    with service_database.work() as session:
        made = stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH)
        record_indicators(session, made.id, [S47], by=BETH, at=MONDAY_NINE + HOUR)
        return made.id


def field(app, label):
    return next(e for e in [*app.text_area, *app.text_input] if e.label.startswith(label))


def choose(app, label, value):
    next(each for each in app.radio if each.label.startswith(label)).set_value(value)
    app.run()


def press(app, label):
    next(each for each in app.button if each.label == label).click()
    app.run()
    assert not app.exception
    return app


def is_open(app, title):
    """Is this part unfolded?"""
    return next(each for each in app.expander if each.label == title).proto.expanded


def test_from_the_board_to_a_closed_discussion_without_health_first(
    service_database, open_page_as, drawn, child
):
    with service_database.work() as session:
        an_agency(session, "Rivermead Police", "police")
    board = drawn(open_page_as(BETH, "board", at=NOON))
    assert "Strategy discussion needed:" in board
    assert "hold by tomorrow 10:00" in board
    assert "Strategy discussion needed: hold by tomorrow 10:00" in drawn(
        open_page_as(BETH, "child", at=NOON, child=str(child))
    )
    app = open_page_as(BETH, "strategy", at=NOON, child=str(child))
    press(app, "Convene it")
    assert "Say on which day and at what time it is held." in drawn(app)
    choose(app, "How is it held?", "meeting")
    app.date_input[0].set_value(NOON.date())
    field(app, "When: time").set_value("11:00")
    field(app, "Who chairs it").set_value("Carol Adeyemi, manager")
    for service, agency, person in (
        ("Children's social care", "Rivermead Children's Services", "Carol Adeyemi"),
        ("Police", "Rivermead Police", "Nina Holt"),
        ("Health", "Elmbank Health Centre", "Dev Raman"),
    ):
        next(e for e in app.selectbox if e.label == f"{service}: agency").select(agency)
        field(app, f"{service}: name").set_value(person)
    press(app, "Convene it")
    assert "The strategy discussion is convened." in drawn(app)

    app.date_input[0].set_value(NOON.date())
    field(app, "Began: time").set_value("11:00")
    field(app, "Ended: time").set_value("11:30")
    for person in ("Carol Adeyemi", "Nina Holt"):
        choose(app, f"Part of {person}", "attended")
    choose(app, "Part of Dev Raman", "absent")
    field(app, "Why was Dev Raman absent").set_value("Not reached.")
    press(app, "Record who was there")
    assert "Not quorate: Health did not attend. Ring them in now" in drawn(app)
    with service_database.look() as session:
        [line] = discussions_on(session, child, by=BETH, at=NOON)
        seen = discussion(session, line.id, by=BETH)
    assert [each.part for each in seen.people].count("absent") == 1
    assert seen.outcome is None


def test_the_agencies_that_were_asked_stand_there_as_invited_and_can_be_taken_out(
    service_database, open_page_as, drawn, child
):
    agreed = {"why_not_asked": "undue_delay"}
    with service_database.work() as session:
        police = an_agency(session, "Rivermead police district", "police")
        trust = an_agency(session, "Northmere General Hospital", "hospital")
        visiting = an_agency(session, "Elmbank health visiting", "health_visitor")
        for minutes, who in enumerate((police, visiting, trust)):
            at = NOON + minutes * HOUR / 60
            ask_agency(session, child, request_facts(who, **agreed), by=BETH, at=at)
    app = open_page_as(BETH, "strategy", at=NOON + HOUR, child=str(child))
    begins = {each.label: each.value for each in app.selectbox if each.label.endswith(": agency")}
    assert begins == {
        "Children's social care: agency": "Rivermead Children's Services",
        "Police: agency": "Rivermead police district",
        "Health: agency": "Elmbank health visiting",
    }
    assert "Also asked about this child: Northmere General Hospital." in drawn(app)
    assert not any(each.value for each in app.text_input), "who comes is hers to name"
    choose(app, "How is it held?", "meeting")
    app.date_input[0].set_value((NOON + HOUR).date())
    field(app, "When: time").set_value("14:00")
    field(app, "Who chairs it").set_value("Carol Adeyemi, manager")
    for service in ("Children's social care", "Police"):
        field(app, f"{service}: name").set_value("Whoever is on duty")
    press(app, "Convene it")
    assert "come from Elmbank health visiting, a post will do" in drawn(app)
    next(each for each in app.selectbox if each.label == "Health: agency").set_value(None)
    press(app, "Convene it")
    assert "The strategy discussion is convened." in drawn(app)
    with service_database.look() as session:
        [line] = discussions_on(session, child, by=BETH, at=NOON + HOUR)
        seen = discussion(session, line.id, by=BETH)
    assert {each.agency for each in seen.people} == {
        "Rivermead Children's Services",
        "Rivermead police district",
    }


def test_one_press_says_that_the_others_attended_and_nothing_is_recorded_by_it(
    service_database, open_page_as, drawn, child
):
    with service_database.work() as session:
        row = convened(session, session.get_one(ContactChild, child), at=NOON).id
    app = open_page_as(BETH, "strategy", at=NOON + HOUR, open=str(row))
    assert {radio.value for radio in app.radio if radio.label.startswith("Part of")} == {None}
    assert "All attended" in [each.label for each in app.button]
    choose(app, "Part of Dev Raman", "absent")
    press(app, "The other 2 attended")
    parts = {each.label: each.value for each in app.radio if each.label.startswith("Part of")}
    assert parts == {
        "Part of Carol Adeyemi": "attended",
        "Part of Nina Holt": "attended",
        "Part of Dev Raman": "absent",
    }
    with service_database.look() as session:
        seen = discussion(session, row, by=BETH)
    assert {each.part for each in seen.people} == {"invited"}, "it is said, not recorded"
    assert seen.started_at is None
    choose(app, "Part of Nina Holt", "sent_information")
    assert "attended" not in "".join(each.label for each in app.button)
    app.date_input[0].set_value(NOON.date())
    field(app, "Began: time").set_value("12:00")
    field(app, "Ended: time").set_value("12:30")
    field(app, "Why was Dev Raman absent").set_value("Not reached.")
    field(app, "What Rivermead Police shared").set_value("No calls.")
    press(app, "Record who was there")
    with service_database.look() as session:
        held_parts = {each.person: each.part for each in discussion(session, row, by=BETH).people}
    assert held_parts == {
        "Carol Adeyemi": "attended",
        "Nina Holt": "sent_information",
        "Dev Raman": "absent",
    }


@pytest.mark.parametrize(
    ("starts", "leads_to"), [("yes", "Child on a contact"), ("no", "Strategy discussions")]
)
def test_from_a_closed_discussion_one_comes_to_the_child_who_goes_to_a_manager(
    starts, leads_to, service_database, open_page_as, drawn, child
):
    with service_database.work() as session:
        row = held(session, session.get_one(ContactChild, child), at=NOON).id
    app = open_page_as(BETH, "strategy", at=NOON, open=str(row))
    field(app, "Analysis").set_value("The bruises are not explained.")
    choose(app, "Mia Thornbury: do section 47 enquiries start?", starts)
    field(app, "Mia Thornbury: reason").set_value("Unexplained bruises.")
    if starts == "yes":
        choose(app, "Mia Thornbury: on which limb?", "reasonable_cause")
        choose(app, "Who makes the enquiries?", "joint")
        choose(app, "Child protection medical?", "yes")
        field(app, "Medical: why").set_value("Today at the hospital.")
        field(app, "Who sees the child?").set_value("Beth Lindqvist, social worker")
        next(e for e in app.date_input if e.label == "To be seen on").set_value(NOON.date())
        choose(app, "To be seen alone?", "yes")
    else:
        field(app, "Mia Thornbury: what happens instead").set_value("An assessment.")
    choose(app, "What are the parents told?", "will_be")
    field(app, "When, by whom").set_value("By Beth after school.")
    field(app, "Other children at home").set_value("None known.")
    field(app, "Task 1: what is done").set_value("Speak to the school")
    field(app, "Task 1: who does it").set_value("Beth")
    next(e for e in app.date_input if e.label == "Task 1: by").set_value(NOON.date())
    press(app, "Close the discussion")
    assert "The strategy discussion is closed." in drawn(app)
    assert [each.value for each in app.title] == [leads_to]


def test_the_minutes_are_read_and_printed_by_the_front_door_alone(
    service_database, open_page_as, drawn, child, minutes_for
):
    with service_database.work() as session:
        row = closed(session, session.get(stories.ContactChild, child), at=NOON).id
    html = drawn(open_page_as(BETH, "strategy", at=NOON, open=str(row)))
    assert "social care, police and health attended." in html
    assert "Due by 2 February 2026" in html
    there = html.partition("Who was there")[2].partition("<h3>")[0]
    services = [there.index(f"<dt>{words}</dt>") for words in MUST_ATTEND]
    assert services == sorted(services)
    assert "<dt>Quorum</dt>" not in html, "the head of the page says it"
    answer = minutes_for(BETH, row)
    assert answer.headers["content-type"] == "application/pdf"
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split()
    )
    for words in (
        "Nina Holt",
        "The bruises are not explained",
        "Speak to the school",
        "Confidential",
    ):
        assert words in text
    assert minutes_for(AMARA, row).status_code == 403
    assert minutes_for(BETH, "not-an-id").status_code == 404
    assert minutes_for(None, row).status_code in (302, 303, 307)


def test_month_by_month_it_is_seen_to_how_many_health_came(
    service_database, open_page_as, drawn, child
):
    with service_database.work() as session:
        held(session, session.get_one(ContactChild, child), at=NOON, absent={Sector.HEALTH})
    page = drawn(open_page_as(BETH, "strategy", at=NOON + HOUR))
    assert "January 2026" in page
    row = page[page.rindex("January 2026") :]
    assert row.index("0% (0 of 1)") < row.index("100% (1 of 1)"), "quorate, then who came"
    assert row.rindex("0% (0 of 1)") > row.rindex("100% (1 of 1)"), "health comes last of the three"


@pytest.fixture
def minutes_for(service_database, monkeypatch):
    """Ask for the minutes as somebody, past the gate."""
    from mash_triage.web.server import app

    monkeypatch.setattr(printing, "now", lambda: NOON)
    monkeypatch.setattr("mash_triage.web.gate.now", lambda: NOON)

    def ask(actor, wanted):
        cookies = {}
        if actor:
            with service_database.work() as session:
                user = queries.fetch_user(session, actor.user_id)
                cookies[place.session_cookie()] = actions.start_session(session, user, at=NOON)

        async def asked() -> httpx.Response:
            told = {"base_url": "https://testserver", "cookies": cookies}
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), **told) as client:
                return await client.get("/minutes.pdf", params={"discussion": str(wanted)})

        with ThreadPoolExecutor(1) as apart:  # this thread may be a browser's
            return apart.submit(anyio.run, asked).result()

    return ask


def test_a_visit_in_vain_leaves_the_child_unseen_on_the_list(service_database, open_page_as, drawn):
    with service_database.work() as session:
        facts = {"outcome": Outcome.S17_ASSESSMENT, "route": Route.S17, "level": 4, "owner": ""}
        child = stories.a_decided_child(
            session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL, repeat_comment="x",
            agreement_due_on=None, departure=DepartureReason.PROFESSIONAL_JUDGEMENT,
            departure_words="x", **facts,
        ).id  # fmt: skip
    at = NOON + 2 * HOUR
    app = open_page_as(BETH, "after_decision", at=at, child=str(child))
    assert "the child counts as not seen" in drawn(app)
    assert is_open(app, "Record a visit"), "she waits to be seen"
    assert not is_open(app, "Record who has the work")
    app.date_input[0].set_value(at.date())
    field(app, "Visit: time").set_value("13.00")
    field(app, "Social worker who visited").set_value("Beth Lindqvist")
    field(app, "Where").set_value("At home")
    choose(app, "Was the child seen?", "no")
    field(app, "Why not, and when").set_value("<b>Nobody</b> opened; at four.")
    press(app, "Record the visit")
    assert "Visited, not seen." in drawn(app)
    assert not is_open(app, "Record a visit")
    assert "&lt;b&gt;Nobody&lt;/b&gt;" in drawn(app)
    listed = drawn(open_page_as(BETH, "after_decision", at=at))
    assert "visited 1, not seen" in listed
    assert "For assessment: seen in time (K25)" in listed


def test_a_discussion_that_is_not_held_is_cancelled_with_why(
    service_database, open_page_as, drawn, child
):
    with service_database.work() as session:
        row = convened(session, session.get_one(ContactChild, child), at=NOON).id
    app = open_page_as(BETH, "strategy", at=NOON, open=str(row))
    press(app, "Cancel it")
    assert "Say why the discussion is not held." in drawn(app)
    field(app, "Why is it not held?").set_value("<b>The police</b> cannot come.")
    press(app, "Cancel it")
    page = drawn(app)
    assert "The strategy discussion is cancelled." in page
    assert "Cancelled: &lt;b&gt;The police&lt;/b&gt; cannot come." in page
    assert not [each for each in app.button if each.label in ("Record who was there", "Cancel it")]
    of_child = open_page_as(BETH, "strategy", at=NOON, child=str(child))
    assert "Cancelled" in drawn(of_child)
    assert [each for each in of_child.button if each.label == "Convene it"]


def test_about_a_closed_child_no_discussion_is_offered(service_database, open_page_as, drawn):
    with service_database.work() as session:
        made = stories.a_decided_child(
            session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL, **stories.SENT_TWICE
        )
        close_child(session, made.id, by=CAROL, at=NOON)
        closed_id = str(made.id)
    app = open_page_as(BETH, "strategy", at=NOON, child=closed_id)
    assert "This child is closed. A new worry comes as a new contact." in drawn(app)
    assert not [each for each in app.button if each.label == "Convene it"]
    assert "Convene a strategy discussion" not in drawn(
        open_page_as(BETH, "child", at=NOON, child=closed_id)
    )


def test_what_stops_an_ending_leads_to_the_discussion(service_database, open_page_as, drawn):
    with service_database.work() as session:
        made = stories.a_child_awaiting_decision(session, sent_by=AMARA, screened_by=BETH)
        convened(session, made, at=NOON)
        waiting = str(made.id)
    page = drawn(open_page_as(CAROL, "decide", at=NOON, child=waiting))
    assert "A strategy discussion about this child is open: record its outcome, or cancel" in page
    assert f'href="/strategy?child={waiting}"' in page
    with service_database.work() as session:
        made = stories.a_decided_child(
            session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL, repeat_comment="x"
        )
        row = convened(session, made, at=NOON).id
        decided = str(made.id)
    page = drawn(open_page_as(CAROL, "handed_on", at=NOON, child=decided))
    assert "Not closed, because:" in page
    assert "<li>A strategy discussion about this child is open" in page
    assert f'href="/strategy?open={row}"' in page
