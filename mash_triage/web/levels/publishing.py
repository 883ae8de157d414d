"""Checking a draft, asking for it to be published, and publishing it as the second of two."""

from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.clocks.working_days import london_day
from mash_triage.editions.actions import (
    ask_for_publishing,
    publish,
    save_text,
    send_back,
    withdraw_draft,
)
from mash_triage.editions.draft_text import tables_in
from mash_triage.editions.in_words import quoted
from mash_triage.editions.pictures import AgreementPicture, DraftPicture, EditionPicture, Standing
from mash_triage.editions.rules import examined
from mash_triage.errors import NotReady
from mash_triage.thresholds.levels import Edition, sha256_of
from mash_triage.thresholds.pages import fill_in
from mash_triage.web import components, wording
from mash_triage.web.labels import as_typed
from mash_triage.web.levels.as_text import tables_or_none
from mash_triage.web.levels.soundness import faults_html, holes_html
from mash_triage.web.levels.ways import go
from mash_triage.web.page import Visit

PAGES = "Pages of the print filled in"


def show(visit: Visit, draft: DraftPicture, editions: list[EditionPicture]) -> None:
    """Is it sound; from when would it apply; who has agreed; what this person can do."""
    found = examined(draft.toml)
    if found.edition is None:
        count = wording.count_words(len(found.faults), "fault", "faults")
        st.html(
            f"<h3>{count} to mend before it can be published</h3>"
            f"{faults_html(found, tables_or_none(draft.toml))}"
        )
    else:
        _sound(visit, draft, found.edition, editions)
        if found.holes:
            count = wording.count_words(len(found.holes), "thing", "things")
            with st.expander(f"{count} to look at"):
                st.html(
                    "<p>These are no faults, but the owner of the document would hardly want "
                    f"them.</p>{holes_html(found, tables_in(draft.toml))}"
                )
    _sent_back(draft)
    _withdraw(visit, draft)


def _sound(
    visit: Visit, draft: DraftPicture, edition: Edition, editions: list[EditionPicture]
) -> None:
    today = london_day(visit.at)
    begins = edition.effective_from
    st.html(
        f"<p>The draft is sound. It would be in force from "
        f"<strong>{wording.date_words(begins)}</strong>, for contacts received from that day on. "
        "Contacts received before keep their edition for ever. Once published it is never "
        "edited.</p>"
    )
    later = [each for each in editions if each.standing == Standing.TO_COME]
    same = next((each for each in later if each.effective_from == begins), None)
    next_one = min((e.effective_from for e in later if e.effective_from > begins), default=None)
    if next_one:
        st.html(f"<p>From {wording.date_words(next_one)} another edition takes its place.</p>")
    if begins < today:
        st.html("<p><strong>That day has passed.</strong> Set a day from today on.</p>")
        return
    if draft.asked is None:
        _ask(visit, draft, same)
    else:
        _agree(visit, draft, draft.asked, same)


def _ask(visit: Visit, draft: DraftPicture, same: EditionPicture | None) -> None:
    """The first of the two."""
    st.html(
        "<h3>Ask for publishing</h3><p>You agree to this exact text, with the pages of its print "
        "filled in, and another policy lead publishes it. An edit takes your agreement away.</p>"
    )
    in_place_of = _in_place_of(same)
    if st.button("Agree, and ask for publishing", type="primary"):
        filled = _with_pages(visit, draft)
        with visit.work() as session:
            save_text(
                session, draft.id, filled, seen=draft.number, what=PAGES, by=visit.by, at=visit.at
            )
            ask_for_publishing(
                session,
                draft.id,
                sha256_of(filled),
                on=london_day(visit.at),
                in_place_of=in_place_of,
                by=visit.by,
                at=visit.at,
            )
        go("You have agreed. Another policy lead publishes it.", draft=draft.id, work="publish")


def _with_pages(visit: Visit, draft: DraftPicture) -> str:
    """The text with the page of each part in its print, worked out before it is agreed to."""
    try:
        return fill_in(draft.toml)
    except NotReady as refusal:
        visit.refuse(refusal)


def _agree(
    visit: Visit, draft: DraftPicture, asked: AgreementPicture, same: EditionPicture | None
) -> None:
    """The second of the two, or the first who waits."""
    st.html(
        f"<h3>{escape(asked.by_name)} asks for publishing</h3>"
        f"<p>{escape(asked.by_name)} agreed to this exact text on "
        f"{wording.moment_words(asked.at)}.</p>"
    )
    if asked.by_id == visit.by.user_id:
        st.html("<p><strong>Another policy lead must agree.</strong></p>")
    else:
        _second(visit, draft, asked, same)
    with st.form("send_back", border=False, enter_to_submit=False):
        own = asked.by_id == visit.by.user_id
        because = st.text_input(
            "Why do you take it back?" if own else "What has to change first?",
            key="levels_back",
            autocomplete="off",
        )
        back = st.form_submit_button("Take it back" if own else "Not yet")
    if back:
        with visit.work() as session:
            send_back(session, draft.id, because, by=visit.by, at=visit.at)
        go("The draft is open for edits again.", draft=draft.id, work="publish")


def _second(
    visit: Visit, draft: DraftPicture, asked: AgreementPicture, same: EditionPicture | None
) -> None:
    in_place_of = _in_place_of(same)
    components.summary(
        [
            ("First", asked.by_name),
            ("Second", visit.by.name),
            ("Last edit", f"{draft.versions[0].by_name}, {draft.versions[0].what}"),
            ("Digest of the text", draft.sha256[:16]),
        ]
    )
    read = st.checkbox("I have read the differences and tried the worked contacts")
    if st.button("Agree and publish", type="primary", disabled=not read):
        with visit.work() as session:
            record = publish(
                session,
                draft.id,
                draft.sha256,
                on=london_day(visit.at),
                in_place_of=in_place_of,
                by=visit.by,
                at=visit.at,
            )
            begins = record.effective_from
        go(f"Published, in force from {wording.date_words(begins)}.")


def _in_place_of(same: EditionPicture | None) -> UUID | None:
    """Another edition was published for the same day: this one may take its place."""
    if same is None:
        return None
    words = f"It takes the place of {quoted(same.title)}, published for the same day"
    return same.id if st.checkbox(as_typed(words), key="levels_in_place") else None


def _sent_back(draft: DraftPicture) -> None:
    if draft.ended:
        st.html("<h3>Not published yet, because</h3>")
        components.history(
            [
                components.HistoryLine(
                    "Sent back", each.ended_by_name, each.ended_at, each.ended_because
                )
                for each in draft.ended
                if each.ended_at
            ]
        )


def _withdraw(visit: Visit, draft: DraftPicture) -> None:
    with (
        st.expander("Withdraw this draft"),
        st.form("withdraw", border=False, enter_to_submit=False),
    ):
        because = st.text_input("Why is it withdrawn?", key="levels_withdraw", autocomplete="off")
        pressed = st.form_submit_button("Withdraw it")
    if pressed:
        with visit.work() as session:
            withdraw_draft(session, draft.id, because, by=visit.by, at=visit.at)
        go("The draft is withdrawn.")
