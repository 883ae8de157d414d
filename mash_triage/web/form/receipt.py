"""The receipt: the reference, what happens next and by when, and everything that was sent."""

from html import escape

import streamlit as st

from mash_triage.after_sending.queries import AdditionPicture, additions_of
from mash_triage.after_sending.rules import may_add
from mash_triage.attachments.queries import files_of_contact
from mash_triage.clocks.rules import ClockKind
from mash_triage.contacts.reference import show_reference
from mash_triage.contacts.sent import SentPicture, picture_of_sent
from mash_triage.settings import settings
from mash_triage.thresholds.queries import edition_of
from mash_triage.web import components, kept
from mash_triage.web.attachments import on_contact
from mash_triage.web.form import danger, status
from mash_triage.web.form.additions import log_html, on_a_copy
from mash_triage.web.form.summary import parts_shown
from mash_triage.web.outcome import told
from mash_triage.web.page import Visit
from mash_triage.web.talk import on_contact as talk
from mash_triage.web.wording import moment_words, near_words
from mash_triage.worklists.my_contacts import MyContact

BY_WHEN = {
    ClockKind.WITHIN_24_HOURS: "within 24 hours",
    ClockKind.ONE_WORKING_DAY: "within one working day",
}


def show(visit: Visit, reference: str) -> None:
    """The receipt of one contact, for those who may see it."""
    with visit.look() as session:
        sent = picture_of_sent(session, reference, by=visit.by)
        files = files_of_contact(session, sent.reference, by=visit.by)
        concerns = {one.code: one.words for one in edition_of(session, sent.edition_id).concern}
        said = additions_of(session, reference, by=visit.by)
        additions = on_a_copy(said, sent.submission)
        mine = status.of_contact(session, sent, by=visit.by)
    visit.note_viewed(sent.id)
    kept.begin(visit, sent.id)
    panel(sent)
    is_decided = told.show(visit, sent.reference)
    if sent.in_danger_now == "yes" or any(each.danger_now for each in additions):
        danger.call_now("You told us that somebody is in danger now. This form calls nobody out.")
    if mine and not is_decided:
        st.html(f"<h2>Where it stands</h2>{status.contact_html(visit, mine)}")
    talk.show(visit, sent.id)
    if not is_decided:
        what_happens_next(visit, sent)
    st.header("Files", anchor=False)
    if on_contact.show(visit, sent.id, files):
        st.rerun()
    ways_on(visit, sent)
    what_was_added(additions, mine)
    what_was_sent(sent, concerns)


def panel(sent: SentPicture) -> None:
    """Received, and the reference as it is read aloud."""
    st.html(
        '<div class="mash-panel" role="status"><h2>Contact received</h2>'
        f"<p>Your reference<strong>{show_reference(sent.reference)}</strong></p></div>"
    )


def what_happens_next(visit: Visit, sent: SentPicture) -> None:
    """Who does what, by when by both clocks in London time, and whom to call meanwhile."""
    due = " and ".join(
        f"<strong>{near_words(clock.due_at, at=visit.at)}</strong> ({BY_WHEN[kind]})"
        for clock in sent.clocks
        if (kind := ClockKind(clock.kind)) in BY_WHEN
    )
    number = escape(settings().duty_number)
    st.html(
        '<h2>What happens next</h2><ol class="mash-next">'
        "<li>A social worker reads it, checks what is known, and may call you.</li>"
        f"<li>A manager decides for each child. It is due by {due}.</li>"
        "<li>You read the outcome under My contacts.</li></ol>"
        "<p>If something changes or gets worse, do not wait: call the duty number "
        f"<strong>{number}</strong> and give your reference. In danger: <strong>999</strong>.</p>"
    )


def ways_on(visit: Visit, sent: SentPicture) -> None:
    """The copy to print or keep, and the way to say something more."""
    add = ""
    if may_add(sent.sent_by_id, sent.channel, visit.by):
        add = (
            f'<a class="mash-button" href="/add_to_contact?contact={sent.reference}" '
            'target="_self">Change or add something</a></p><p class="mash-screen-only">'
        )
    st.html(
        f'<p class="mash-screen-only">{add}<a href="/copy.pdf?contact={sent.reference}" '
        'target="_blank" rel="noopener">Printable copy (PDF)</a></p>'
    )


def what_was_added(additions: tuple[AdditionPicture, ...], mine: MyContact | None) -> None:
    """What was said after sending, for everybody who may read the contact."""
    if additions:
        decided_at = status.decided_at(mine)
        log = log_html(additions, decided_at=decided_at)
        st.html(f'<div class="mash-print"><h2>Changed or added after sending</h2>{log}</div>')


def what_was_sent(sent: SentPicture, concerns: dict[str, str]) -> None:
    """Everything that was sent, to read again or to print."""
    parts = "".join(
        f"<h3>{part.title}{': ' + escape(part.about) if part.about else ''}</h3>"
        f"{components.summary_html(part.pairs)}"
        for part in parts_shown(sent, concerns)
    )
    if sent.withheld:
        st.html(f'<div class="mash-banner"><p><strong>{sent.withheld}</strong></p></div>')
    st.html(
        f'<div class="mash-print"><h2>What you sent</h2><p>Reference '
        f"{show_reference(sent.reference)}, received {moment_words(sent.received_at)}, sent by "
        f"{escape(sent.sent_by)}, {escape(sent.agency_name)}.</p>{parts}</div>"
    )
