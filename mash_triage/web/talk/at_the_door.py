"""What waits at the front door to be read or answered: a line on the board, and the whole list."""

from html import escape

import streamlit as st

from mash_triage.contacts.reference import show_reference
from mash_triage.settings import settings
from mash_triage.talk.consultations import (
    ConsultationLine,
    Waits,
    consultations_waiting,
    how_much_waits,
)
from mash_triage.talk.unread import News, news_from_referrers
from mash_triage.web.components import flag_html
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.web.talk import shown
from mash_triage.web.talk.shown import link_html
from mash_triage.web.wording import count_words, duration_words

LESS_OFTEN = 4  # a line about messages is drawn anew at every fourth look at the board


def line(visit: Visit) -> None:
    """One line above the board, which leads to the list: loud while anything waits."""
    shown.styles()
    every = LESS_OFTEN * settings().board_refresh_seconds
    st.fragment(_line, run_every=every)([visit], visit)


def _line(first: list[Visit], visit: Visit) -> None:
    now = first.pop() if first else visit.again()
    with now.look() as session:
        waits = how_much_waits(session, by=now.by)
    st.html(_line_html(waits, now))


def _line_html(waits: Waits, now: Visit) -> Html:
    if waits.since is None:
        return Html(
            f'<p class="mash-note">{link_html("/messages", "Messages and consultations")}: '
            "nothing waits.</p>"
        )
    parts = [
        count_words(waits.messages, "message not read", "messages not read"),
        count_words(waits.consultations, "consultation waits", "consultations wait"),
    ]
    counts = (waits.messages, waits.consultations)
    words = " and ".join(part for part, count in zip(parts, counts, strict=True) if count)
    return Html(
        f'<p class="mash-waits-line">{_flag(waits.danger)} {link_html("/messages", words)}, '
        f"the oldest for {duration_words(now.at - waits.since)}.</p>"
    )


def lists(visit: Visit) -> None:
    """Everything that waits, drawn anew by itself: words of danger first, then the oldest."""
    every = settings().board_refresh_seconds
    st.fragment(_lists, run_every=every)([visit], visit)


def _lists(first: list[Visit], visit: Visit) -> None:
    now = first.pop() if first else visit.again()
    with now.look() as session:
        news = news_from_referrers(session, by=now.by)
        consultations = consultations_waiting(session, by=now.by)
    st.header(f"Messages from referrers: {len(news)}", anchor=False)
    if news:
        lines = "".join(_news_html(each, now) for each in news)
        st.html(f'<ul class="mash-waiting">{lines}</ul>')
    else:
        st.html('<p class="mash-empty">Every message from a referrer has been read.</p>')
    st.header(f"Consultations: {len(consultations)}", anchor=False)
    if consultations:
        lines = "".join(_consultation_html(each, now) for each in consultations)
        st.html(f'<ul class="mash-waiting">{lines}</ul>')
    else:
        st.html('<p class="mash-empty">Nobody waits for advice.</p>')


def _news_html(news: News, now: Visit) -> str:
    late = "After the decision. " if news.after_decision else ""
    return (
        f"<li>{link_html(f'/child?child={news.contact_child_id}#talk', news.names)} "
        f"{_flag(news.danger)}"
        f"<p><strong>{late}</strong>{count_words(news.messages, 'message', 'messages')}, not read "
        f'for {duration_words(now.at - news.since)}. <span class="mash-note">'
        f"{show_reference(news.reference)}</span></p></li>"
    )


def _consultation_html(line: ConsultationLine, now: Visit) -> str:
    state = (
        "advice was given; a new message is not read"
        if line.advised
        else f"no advice yet for {duration_words(now.at - line.opened_at)}"
    )
    return (
        f"<li>{link_html(f'/messages?consultation={line.id}', line.begins)} "
        f"{_flag(line.danger)}<p>{escape(line.opened_by)}, {escape(line.agency)}: {state}. "
        f'<span class="mash-note">{show_reference(line.reference)}</span></p></li>'
    )


def _flag(danger: bool) -> str:
    return flag_html("Read now") if danger else ""
