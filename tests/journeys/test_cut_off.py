"""A bad line: it is cut at every step of the form and in the chat, and she comes back in the same
window, in a new one, on another replica, or the next day. What had been saved is there each time.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update

from mash_triage.access.models import SignInSession
from mash_triage.access.sessions import ABSOLUTE
from mash_triage.chat.kept import talk_of
from mash_triage.clocks.now import now
from mash_triage.contacts.answers import value_at
from mash_triage.contacts.drafts import (
    drafts_of,
    picture_of_draft,
    save_answers,
    save_draft,
    start_draft,
)
from mash_triage.contacts.models import ContactDraft
from tests import stories
from tests.bad_line import BadLine
from tests.cast import AMARA
from tests.running import PATIENCE, chromium, running, settle, window_of

pytestmark = pytest.mark.xdist_group("cut off")

A_DAY = timedelta(days=1)
NO_CONNECTION = "There is no connection just now."
SAME_WINDOW, NEW_WINDOW, OTHER_REPLICA, NEXT_DAY = "same window", "new", "replica", "next day"


@dataclass(frozen=True)
class Typed:
    """What she types at a step: into a long answer and a short one, and where each is kept."""

    step: str
    back: str
    short: tuple[str, str]
    long: tuple[str, str] | None = None
    part: str = ""  # has to be opened first


STEPS = (
    Typed("danger", SAME_WINDOW, ("Who?", "danger.safe_adult"),
          ("What is happening?", "danger.what_is_happening")),
    Typed("referrer", NEW_WINDOW, ("How do you know the children?",
          "referrer.relationship_to_child")),
    Typed("children", OTHER_REPLICA, ("Where is the child now?", "children[0].where_now")),
    Typed("household", NEXT_DAY, ("Relationship to the children", "household[0].relationship")),
    Typed("told", OTHER_REPLICA, ("Who?", "told_and_agreed[0].person"),
          ("What did they say about the worry", "told_and_agreed[0].in_their_words")),
    Typed("concern", NEXT_DAY, ("Since when?", "concern.since"),
          ("What has happened", "concern.worry"), part="More: since when"),
    Typed("strengths", SAME_WINDOW, ("What needs to happen?", "concern.needs_to_happen"),
          ("What works well?", "concern.working_well"), part="More: help so far"),
    Typed("voice", NEW_WINDOW, ("Who heard or saw it?", "children[0].voice.to_whom"),
          ("The child's own words", "concern.child_voice"), part="More about how"),
    Typed("visit", OTHER_REPLICA, ("From whom?", "kept_from[0].keep_from"),
          ("What must be kept apart?", "kept_from[0].words"), part="Something you tell us"),
    Typed("check", NEXT_DAY, ("Since when?", "declaration.lead_informed_when")),
)  # fmt: skip
SAFE = {"in_danger_now": "yes", "safe_adult_named": "yes", "safe_adult": "Her aunt"}


@pytest.fixture
def replicas(database, tmp_path):
    """Two processes of the service over one database, and a bad line that leads to the first."""
    told = {"MASH_GUIDED_CHAT": "true"}
    with (
        running(database, tmp_path, told=told) as one,
        running(database, tmp_path, told=told) as two,
    ):
        line = BadLine(one.port)
        yield one, two, line
        line.end()


@pytest.fixture
def draft_id(database, replicas):
    """A draft of Amara's with everything answered."""
    with database.work() as session:
        draft = start_draft(session, by=AMARA, at=now())
        session.flush()
        whole = stories.answers(danger=SAFE, declaration={"lead_informed": "yes"})
        save_draft(session, draft.id, whole, by=AMARA, at=now())
        return draft.id


def answers(database, draft_id):
    with database.look() as session:
        return picture_of_draft(session, draft_id, by=AMARA).answers


def wait_until_kept(page: Page, database, draft_id, path: str, words: str) -> None:
    """Wait until the draft in the database holds these words."""
    until = monotonic() + PATIENCE / 1000
    while words not in str(value_at(answers(database, draft_id), path)):
        there = value_at(answers(database, draft_id), path)
        assert monotonic() < until, f"{path} is still {there}"
        page.wait_for_timeout(50)


def a_night_passes(database) -> None:
    """All that was done was done a day earlier; who was signed in is so no longer."""
    with database.work() as session:
        for column in (ContactDraft.saved_at, ContactDraft.started_at):
            rows = session.execute(update(ContactDraft).values({column: now() - A_DAY}))
            assert rows.rowcount
        over = now() - ABSOLUTE - timedelta(minutes=1)
        session.execute(update(SignInSession).values(started_at=over, last_deed_at=over))


def box(page: Page, label: str) -> Locator:
    """A field to write in; the first one with this label."""
    return page.get_by_role("textbox", name=label).first


def fill(page: Page, label: str, words: str) -> None:
    box(page, label).focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)
    page.keyboard.press("Tab")


def test_the_line_is_cut_at_each_of_the_ten_steps_and_every_word_that_was_saved_is_there_again(
    replicas, database, draft_id
):
    one, two, line = replicas
    with chromium() as browser:
        page = window_of(browser, one, AMARA).new_page()
        page.goto(f"{line.address}/submit_contact?draft={draft_id}&step=danger")
        for number, typed in enumerate(STEPS):
            settle(page).locator("h2.mash-step").wait_for()
            words = {typed.short: f" short {number}", typed.long: f" <b>long</b> *{number}*"}
            if typed.part:
                page.get_by_text(typed.part).click()
            for field in filter(None, (typed.short, typed.long)):
                fill(page, field[0], words[field])
            for field in filter(None, (typed.short, typed.long)):
                wait_until_kept(page, database, draft_id, field[1], words[field])
            line.cut()
            expect(page.get_by_text(NO_CONNECTION)).to_be_visible()
            expect(page.get_by_text("streamlit run")).to_have_count(0)
            page = comes_back(page, browser, one, two, line, typed.back)
            settle(page)
            assert page.url.endswith(f"step={typed.step}")
            for field in filter(None, (typed.short, typed.long)):
                expect(box(page, field[0])).to_have_value(re.compile(f"{re.escape(words[field])}$"))
                assert words[field] in value_at(answers(database, draft_id), field[1])
            if typed.step != "check":
                page.get_by_role("button", name="Save and continue").click()
                page.wait_for_url(f"**step={STEPS[number + 1].step}*")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_role("heading", name="Contact received")).to_be_visible()


def comes_back(page: Page, browser, one, two, line: BadLine, back: str) -> Page:
    """She is there again, at the same address; which window shows it."""
    if back == NEXT_DAY:
        a_night_passes(one.database)
    if back in {OTHER_REPLICA, NEXT_DAY}:
        line.mend(two.port if line.to == one.port else one.port)
    else:
        line.mend()
    if back == NEXT_DAY:
        expect(page.get_by_text("You are signed out")).to_be_visible()
    if back in {NEW_WINDOW, NEXT_DAY}:
        page.context.close()
        page = window_of(browser, one, AMARA).new_page()
        page.goto(f"{line.address}/submit_contact")
        page.get_by_role("button", name="Go on with draft 1").click()
        page.wait_for_url("**draft=*")
    else:
        expect(page.get_by_text(NO_CONNECTION)).not_to_be_visible()
    return page


def test_in_a_tunnel_she_types_on_and_what_the_window_still_holds_arrives_afterwards(
    replicas, database, draft_id
):
    one, two, line = replicas
    worry = stories.ANSWERS["concern"]["worry"]
    with chromium() as browser:
        page = window_of(browser, one, AMARA).new_page()
        page.goto(f"{line.address}/submit_contact?draft={draft_id}&step=concern")
        expect(box(settle(page), "What has happened")).to_be_visible()
        page.get_by_text("More: since when").click()
        for number, to in enumerate((one, two)):
            line.hold()
            fill(page, "Since when?", f" week {number}")
            fill(page, "What has happened", f" Tunnel {number}.")
            worry += f" Tunnel {number}."
            line.cut()
            expect(page.get_by_text(NO_CONNECTION)).to_be_visible()
            fill(page, "What has happened", f" Still no line {number}.")
            worry += f" Still no line {number}."
            line.mend(to.port)
            wait_until_kept(page, database, draft_id, "concern.worry", worry)
            wait_until_kept(page, database, draft_id, "concern.since", f"week {number}")
        expect(box(page, "What has happened")).to_have_value(worry)
        expect(box(page, "Since when?")).to_have_value(" week 0 week 1")


def test_an_old_window_that_comes_back_undoes_nothing_of_what_she_wrote_elsewhere(
    replicas, database, draft_id
):
    one, two, line = replicas
    worry = stories.ANSWERS["concern"]["worry"]
    with chromium() as browser:
        page = window_of(browser, one, AMARA).new_page()
        page.goto(f"{line.address}/submit_contact?draft={draft_id}&step=concern")
        expect(box(settle(page), "What has happened")).to_be_visible()
        line.cut()
        expect(page.get_by_text(NO_CONNECTION)).to_be_visible()
        fill(page, "What has happened", " Written on the train.")
        elsewhere = {
            "concern.worry": f"{worry} Written at home.",
            "concern.main": "emotional_abuse",
            "concern.working_well": "An aunt.",
        }
        on_her_telephone(database, draft_id, elsewhere)
        line.mend(two.port)
        both = f"{worry} Written at home.\n\nWritten on the train."
        expect(box(page, "What has happened")).to_have_value(both)
        wait_until_kept(page, database, draft_id, "concern.worry", both)
        kept = answers(database, draft_id)
        for path, words in {**elsewhere, "concern.worry": both}.items():
            assert value_at(kept, path) == words

        line.cut()
        expect(page.get_by_text(NO_CONNECTION)).to_be_visible()
        on_her_telephone(database, draft_id, {"concern.worry": "Anew.", "concern.main": "neglect"})
        before = answers(database, draft_id)
        a_night_passes(database)
        line.mend(one.port)
        expect(page.get_by_text("You are signed out")).to_be_visible()
        assert answers(database, draft_id) == before


def on_her_telephone(database, draft_id, changes) -> None:
    with database.work() as session:
        save_answers(session, draft_id, changes, by=AMARA, at=now())


def test_the_line_is_cut_in_the_chat_and_the_talk_goes_on_where_it_stopped(replicas, database):
    one, two, line = replicas
    talk = (
        (SAME_WINDOW, "No, nobody is in danger now.", ""),
        (
            OTHER_REPLICA,
            "It is about Kayden <b>Marsh</b>, he is 6, of 12 Mill Lane",
            "12 Mill Lane",
        ),
        (NEXT_DAY, "He is at Hill School until three", "Kayden"),
    )
    with chromium() as browser:
        page = window_of(browser, one, AMARA).new_page()
        page.goto(f"{line.address}/chat")
        page.get_by_role("button", name="Start the chat").click()
        for number, (back, words, understood) in enumerate(talk, 1):
            page.get_by_placeholder("Write here").fill(words)
            page.keyboard.press("Enter")
            expect(said(page)).to_have_count(number)
            expect(page.locator(".st-key-understood")).to_contain_text(understood)
            settle(page).get_by_placeholder("Write here").fill("Half a sen")
            line.cut()
            expect(page.get_by_text(NO_CONNECTION)).to_be_visible()
            page = comes_back(page, browser, one, two, line, back)
            expect(said(page)).to_have_text([each[1] for each in talk[:number]])
            expect(page.locator(".st-key-understood")).to_contain_text(understood)
        with database.look() as session:
            (draft,) = drafts_of(session, by=AMARA)
            assert talk_of(session, draft.id, by=AMARA).talk.turns == tuple(
                each[1] for each in talk
            )
        assert draft.answers["children"][0]["home"]["address_line"] == "12 Mill Lane"


def said(page: Page) -> Locator:
    """What she has said in the chat so far."""
    return page.get_by_label("Chat message from user").locator("blockquote")
