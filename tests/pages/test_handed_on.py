"""Handed on and Chronology on the pages, as people use them."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from mash_triage.access import actions, queries
from mash_triage.access.actions import add_user
from mash_triage.access.roles import Role
from mash_triage.chronology.actions import LineFacts, add_line, hide_line
from mash_triage.chronology.rules import Weight
from mash_triage.decisions.rules import DirectionFacts
from mash_triage.errors import NotAllowed, NotFound
from mash_triage.hand_on.actions import open_special, send_on, write_family_summary
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import Ending
from mash_triage.hand_on.queries import passed_on, step_ups_of
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from mash_triage.web import printed_copy
from tests import stories
from tests.cast import ADA, AMARA, BETH, CAROL, MONDAY_NINE
from tests.stories import HOUR

NOON = MONDAY_NINE + 3 * HOUR
HOSTILE = "<script>alert(1)</script> **bold**"


@pytest.fixture
def mia(service_database):
    """Mia, for whom Carol decided early help and directed one thing."""
    direction = DirectionFacts(HOSTILE, "Beth", NOON.date())
    with service_database.work() as session:
        child = stories.a_decided_child(
            session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL, directions=(direction,)
        )
        return str(child.id)


def click(app, label):
    [button] = [each for each in app.button if each.label == label]
    return button.click().run()


def fill(app, label, words, number=0):
    fields = [each for each in (*app.text_input, *app.text_area) if each.label == label]
    fields[number].set_value(words)


def test_a_step_down_is_sent_returned_sent_again_and_accepted(open_page_as, drawn, mia):
    page = open_page_as(BETH, "handed_on", child=mia, at=NOON)
    assert not page.exception
    assert "Not closed: step-down to early help is not sent yet" in drawn(page)
    assert "<script>" not in drawn(page)
    page = click(page, "Record as sent")
    assert "Which service takes it on?" in drawn(page)
    fill(page, "Which service takes it on?", "Hub North")
    page = click(page, "Record as sent")
    assert "Not closed: waiting to be accepted by Hub North" in drawn(page)

    fill(page, "Who returned it", "Jo Hart")
    page = click(page, "Record as returned")
    assert "Say why it was returned." in drawn(page)
    fill(page, "Why", "The family moved")
    page = click(page, "Record as returned")
    assert "a manager says what happens" in drawn(page)
    assert not [each for each in page.button if each.label == "Record"]

    for name in ("decisions", "handed_on"):
        lists = open_page_as(CAROL, name, at=NOON)
        assert "Came back from Hub North" in drawn(lists), name
    assert f"/handed_on?child={mia}" in drawn(lists)
    page = open_page_as(CAROL, "handed_on", child=mia, at=NOON)
    fill(page, "It came back. What happens for this child now?", "To the south")
    [then] = [each for each in page.radio if each.label == "And then"]
    assert then.value is None
    then.set_value(then.options[0])
    page = click(page, "Record")
    assert "Over: 1" in [each.label for each in page.expander]
    assert "<strong>Not closed, because:</strong>" in drawn(page)
    assert "<li>Step-down to early help is not sent yet</li>" in drawn(page)
    fill(page, "Which service takes it on?", "Hub South")
    page = click(page, "Record as sent")
    fill(page, "Who accepted it there", "Ray Lin")
    page = click(page, "Record as accepted")
    assert "Over: 2" in [each.label for each in page.expander]
    assert "<dt>Due</dt>" not in drawn(page), "nothing that was answered is due"
    fill(page, "What was done, or why not", "Called")
    page = click(page, "Done")
    assert "Nothing handed on is open." in drawn(page)
    page = click(page, "Close")
    assert not page.exception


def test_advice_is_listed_with_its_age_until_the_family_is_told(
    service_database, open_page_as, drawn
):
    with service_database.work() as session:
        facts = {"outcome": Outcome.ADVICE, "route": Route.UNIVERSAL, "level": 1, "owner": ""}
        child = stories.a_decided_child(
            session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL, agreement_due_on=None,
            departure=DepartureReason.PROFESSIONAL_JUDGEMENT, departure_words="x", **facts,
        )  # fmt: skip
        ada = str(child.id)
    lists = drawn(open_page_as(BETH, "handed_on", at=NOON + 50 * HOUR))
    assert "Not closed: advice, nobody is told yet of which service" in lists
    assert "2 days 2 h" in lists
    page = open_page_as(BETH, "handed_on", child=ada, at=NOON)
    page = click(page, "Record as told")
    assert "Which service does the advice name" in drawn(page)
    fill(page, "Which service does the advice name, such as the school or the GP?", "<b>GP</b>")
    fill(page, "Who told the family, or whoever asked for advice", "Beth Lindqvist")
    page = click(page, "Record as told")
    assert "Told of &lt;b&gt;GP&lt;/b&gt;" in drawn(page)
    assert "Nothing waits to be sent or accepted." in drawn(
        open_page_as(BETH, "handed_on", at=NOON)
    )


def give(app, label, day, clock, number=0):
    """A day and a time, as the fields beside each other ask."""
    [field] = [each for each in app.date_input if each.label == label]
    field.set_value(day)
    fill(app, "Time, such as 14:30", clock, number)


def test_a_courts_order_is_entered_extended_and_ended(service_database, open_page_as, drawn):
    with service_database.work() as session:
        child = stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH)
        ben = str(child.id)
    assert f"/handed_on?child={ben}" in drawn(open_page_as(BETH, "child", child=ben, at=NOON))
    page = open_page_as(BETH, "handed_on", child=ben, at=NOON)
    [kinds] = [each for each in page.selectbox if each.label == "Which"]
    kinds.set_value(Ending.EMERGENCY_PROTECTION_ORDER).run()
    fill(page, "Who owns this", "Beth Lindqvist")
    day = MONDAY_NINE.date()
    give(page, "When was it made?", day, "08:30")
    give(page, "Until when does the order say?", day + timedelta(days=20), "10:00", 1)
    page = click(page, "Open")
    assert "The law allows no order for so long." in drawn(page)
    give(page, "Until when does the order say?", day + timedelta(days=4), "10:00", 1)
    page = click(page, "Open")
    assert not page.exception
    assert "Emergency protection order ends" in drawn(
        open_page_as(BETH, "child", child=ben, at=NOON)
    )
    assert "Emergency protection order ends" in drawn(open_page_as(CAROL, "promises", at=NOON))

    later = NOON + timedelta(days=3)
    page = open_page_as(CAROL, "handed_on", child=ben, at=later)
    give(page, "When did the court extend it?", day + timedelta(days=3), "11:00", 1)
    give(page, "Until when now?", day + timedelta(days=9), "10:00", 2)
    page = click(page, "Record the extension")
    assert not page.exception
    assert "it would have ended" in drawn(page)
    assert not [each for each in page.button if each.label == "Record the extension"]
    fill(page, "What was done, and what came of it", "Interim care order.")
    page = click(page, "Record as ended")
    assert "Interim care order." in drawn(page)
    assert "Extended emergency protection order ends" not in drawn(
        open_page_as(CAROL, "promises", at=later)
    )


def test_an_order_that_was_mistyped_is_corrected_from_what_was_entered(
    service_database, open_page_as, drawn
):
    with service_database.work() as session:
        child = stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH)
        until = MONDAY_NINE + timedelta(days=4)
        facts = EndingFacts("Beth Lindqvist", MONDAY_NINE, until=until, detail="Made by Bench 2.")
        open_special(session, child.id, Ending.EMERGENCY_PROTECTION_ORDER, facts, by=BETH, at=NOON)
        ben = str(child.id)
    page = open_page_as(BETH, "handed_on", child=ben, at=NOON)
    [correct] = [each for each in page.toggle if each.label == "Correct what was entered"]
    correct.set_value(True).run()
    owners = [each.value for each in page.text_input if each.label == "Who owns this"]
    assert "Beth Lindqvist" in owners
    [ends] = [each for each in page.date_input if each.label == "Until when does the order say?"]
    assert ends.value == until.date()
    ends.set_value(until.date() + timedelta(days=2))
    page = click(page, "Record as corrected")
    html = drawn(page)
    assert "It is corrected." in html
    assert "Made by Bench 2." in html
    assert not [each for each in page.button if each.label == "Record as corrected"]
    assert "18 Jan" in html
    assert "16 Jan" not in html


@pytest.mark.parametrize("answer", ["police_protection", "emergency_protection_order"])
def test_an_order_that_the_contact_names_wants_to_be_entered(
    service_database, open_page_as, drawn, answer
):
    with service_database.work() as session:
        danger = {**stories.ANSWERS["danger"], "legal_protection": answer}
        child = stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH, danger=danger)
        ben = child.id
    said = "The contact says that"
    assert said in drawn(open_page_as(BETH, "child", child=str(ben), at=NOON))
    until = MONDAY_NINE + timedelta(days=3)
    with service_database.work() as session:
        for kind in (Ending.POLICE_PROTECTION, Ending.EMERGENCY_PROTECTION_ORDER):
            facts = EndingFacts("Beth Lindqvist", MONDAY_NINE, until=until)
            open_special(session, ben, kind, facts, by=BETH, at=NOON)
    assert said not in drawn(open_page_as(BETH, "child", child=str(ben), at=NOON))


def test_the_childs_page_says_why_it_is_not_closed(open_page_as, drawn, mia):
    page = open_page_as(BETH, "child", child=mia, at=NOON)
    assert "Not closed: step-down to early help is not sent yet" in drawn(page)
    assert f"/chronology?child={mia}" in drawn(page)


def test_what_was_sent_twice_is_closed_as_that_and_drawn_so(service_database, open_page_as, drawn):
    with service_database.work() as session:
        child = stories.a_decided_child(
            session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL, **stories.SENT_TWICE
        )
        twice = str(child.id)
    page = open_page_as(CAROL, "handed_on", child=twice, at=NOON)
    page.button(key="close_child").click().run()
    stands = drawn(open_page_as(CAROL, "handed_on", child=twice, at=NOON + HOUR))
    assert "<strong>Sent twice or in error.</strong>" in stands
    assert "None are written yet." not in stands
    assert "(sent twice or in error)" in drawn(
        open_page_as(BETH, "chronology", child=twice, at=NOON + HOUR)
    )
    assert "We already had this information" in drawn(
        open_page_as(AMARA, "my_contacts", at=NOON + HOUR)
    )


def test_a_chronology_says_about_whom_only_where_it_tells_of_several(
    service_database, open_page_as, drawn, mia
):
    def lines(child):
        page = drawn(open_page_as(BETH, "chronology", child=child, at=NOON))
        return page.rpartition("<caption>Newest first</caption>")[2]

    assert "Decided: Early help, level 3" in lines(mia)
    assert 'data-name="About"' not in lines(mia)
    with service_database.work() as session:
        receipt = stories.a_receipt(session, {}, {"given_names": "Leo"}, sent_by=AMARA)
        both = stories.children_of(session, receipt)
        for child in both:
            stories.take_up_and_know(session, child, by=BETH, at=NOON)
        first = str(both[0].id)
    assert '<td data-name="About">Leo Thornbury (household)</td>' in lines(first)


def test_words_for_the_family_begin_with_a_text_and_are_kept(open_page_as, drawn, mia):
    page = open_page_as(CAROL, "handed_on", child=mia, at=NOON)
    [field] = [each for each in page.text_area if each.label == "Words for the family"]
    assert field.value.startswith("About Mia")
    assert "Amara" not in field.value
    assert "Hill School" not in field.value
    field.set_value(f"{field.value}\n\nAmara told us.")
    page = click(page, "Keep these words")
    assert "who made contact" in drawn(page)
    [field] = [each for each in page.text_area if each.label == "Words for the family"]
    field.set_value("We offer you help with breakfast.")
    page = click(page, "Keep these words")
    assert f"/family.pdf?child={mia}" in drawn(page)
    assert "We offer you help with breakfast." in drawn(page)


def test_a_chronology_is_read_and_mended(open_page_as, drawn, mia):
    page = open_page_as(BETH, "chronology", child=mia, at=NOON)
    assert not page.exception
    assert "Decided: Early help, level 3" in drawn(page)
    assert page.get("vega_lite_chart")
    page = click(page, "Add")
    assert "Say what the line means." in drawn(page)
    fill(page, "What happened", HOSTILE)
    fill(page, "Where this comes from", "Her aunt")
    [day] = [each for each in page.date_input if each.label == "On which day"]
    day.set_value(NOON.date())
    [weight] = [each for each in page.selectbox if each.label == "What it means"]
    assert weight.value is None
    weight.set_value(weight.options[1])
    page = click(page, "Add")
    assert "The line is added." in drawn(page)
    assert "&lt;script&gt;" in drawn(page)
    assert "<script>" not in drawn(page)


def test_before_deciding_what_is_missing_is_listed_with_the_way_there(
    open_page_as, drawn, service_database
):
    unheard = {"child_voice": "not_seen"}
    with service_database.work() as session:
        child = stories.a_child_taken_up(
            session, {}, {"given_names": "Leo"}, sent_by=AMARA, screened_by=BETH,
            concern=unheard, told_and_agreed=[],
        )  # fmt: skip
        stories.screen(session, child, by=BETH, at=MONDAY_NINE + 2 * HOUR)
        stories.send(session, child, by=BETH, at=MONDAY_NINE + 2 * HOUR)
        mia = str(child.id)
    html = drawn(open_page_as(CAROL, "decide", child=mia, at=NOON))
    assert "Look at this first" in html
    assert f'href="/child?child={mia}#consent"' in html
    assert "own voice is missing. The referrer says: I have not seen the child." in html
    assert f'href="/together?child={mia}"' in html
    assert "Leo Thornbury" in html


# ---------------------------------------------------------------- on paper


@pytest.fixture
def on_paper(service_database, monkeypatch):
    """What is printed for somebody, as text."""
    monkeypatch.setattr(printed_copy, "now", lambda: NOON)

    def ask(actor, printer, child):
        with service_database.work() as session:
            user = queries.fetch_user(session, actor.user_id)
            token = actions.start_session(session, user, at=NOON)
        pdf, _name = printer(token, child)
        pages = PdfReader(BytesIO(pdf)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    return ask


def test_the_family_is_given_a_page_that_names_nobody(service_database, on_paper, mia):
    with pytest.raises(NotFound, match="No words"):
        on_paper(CAROL, printed_copy.printed_family, mia)
    with service_database.work() as session:
        words = "We offer you help.\n\nIf anybody is in danger now, call 999."
        write_family_summary(session, UUID(mia), words, by=CAROL, at=NOON)
    text = on_paper(BETH, printed_copy.printed_family, mia)
    assert text.startswith("What we decided We offer you help. If anybody is in danger now")
    for name in ("Amara", "Hill School", "Carol", "Beth"):
        assert name not in text
    with service_database.work() as session:
        write_family_summary(session, UUID(mia), f"About Mia\n\n{words}", by=CAROL, at=NOON)
    assert on_paper(BETH, printed_copy.printed_family, mia).startswith("About Mia We offer")
    with pytest.raises(NotFound):
        on_paper(AMARA, printed_copy.printed_chronology, "not-a-number")
    with pytest.raises(NotAllowed):
        on_paper(AMARA, printed_copy.printed_family, mia)


def test_what_is_hidden_is_not_on_paper(service_database, on_paper, mia):
    child, day = UUID(mia), NOON.date()
    with service_database.work() as session:
        for words in ("She was hungry", "Her aunt lives at 4 Hill Road"):
            facts = LineFacts(day, words, "School", Weight.CONCERN)
            row = add_line(session, child, facts, by=BETH, at=NOON)
        session.flush()
        hide_line(session, child, f"line:{row.id}", "An address", by=BETH, at=NOON)
    text = on_paper(BETH, printed_copy.printed_chronology, mia)
    assert "She was hungry" in text
    assert "Decided: Early help, level 3" in text
    assert "Hill Road" not in text


def test_an_early_help_coordinator_sends_a_child_back_up(
    service_database, open_page_as, drawn, mia
):
    with service_database.work() as session:
        user = add_user(
            session,
            "kit@rivermead.example",
            "Kit Moran",
            role=Role.EARLY_HELP_COORDINATOR,
            agency_id=BETH.agency_id,
            by=ADA,
            at=MONDAY_NINE,
        )
        kit = queries.actor_for(user)
        [row] = passed_on(session, contact_child_id=UUID(mia), by=CAROL, at=NOON)
        send_on(session, row.id, "Hub North", "", by=BETH, at=NOON)
    page = open_page_as(kit, "handed_on", child=mia, at=NOON + HOUR)
    fill(page, "Why early help is not enough", "She was not seen for a week")
    fill(page, "What has changed", "Nobody opens")
    [danger] = [each for each in page.radio if each.label == "Is anybody in danger now?"]
    danger.set_value("not_known")
    fill(page, "What the child says or shows now", "Not seen")
    page = click(page, "Send as a new contact")
    assert not page.exception
    with service_database.look() as session:
        [on] = step_ups_of(session, UUID(mia), by=BETH)
        assert (on.by_name, on.reason) == ("Kit Moran", "She was not seen for a week")
    back = drawn(open_page_as(BETH, "child", child=str(on.came_as), at=NOON + HOUR))
    assert "Came back from early help" in back
