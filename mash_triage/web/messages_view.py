"""What the administrator sees of messages out: whether mail is set up, and what is stuck."""

import streamlit as st

from mash_triage.outbox import queries
from mash_triage.outbox.actions import drop, try_again
from mash_triage.outbox.queries import OutboxPicture
from mash_triage.outbox.rules import faults_in
from mash_triage.settings import settings
from mash_triage.web.child.tables import long_table
from mash_triage.web.page import Visit
from mash_triage.web.wording import moment_words

ALARM = (
    "Messages are not arriving, and somebody may be waiting for one. At the end of this page it "
    "says which and why: mend the cause, and try again."
)


def alarm(visit: Visit) -> OutboxPicture:
    """At the top of the page, if messages do not arrive; gives how the outbox stands."""
    with visit.look() as session:
        picture = queries.outbox(session, by=visit.by, at=visit.at)
    if picture.stuck or picture.is_late or faults_in(settings()):
        st.error(ALARM)
    return picture


def messages(visit: Visit, picture: OutboxPicture) -> None:
    """How the outbox stands, and what can be done with what is stuck."""
    st.header("Messages out", anchor=False)
    st.text(in_words(picture))
    for fault in faults_in(settings()):
        st.text(fault)
    if picture.shown:
        _stuck(visit, picture)


def in_words(picture: OutboxPicture) -> str:
    """The state of the outbox, a sentence or two."""
    if settings().mail_by == "off":
        words = "Mail is not set up: nobody is written to, and links are given by hand."
    else:
        words = f"Mail leaves by {'GOV.UK Notify' if settings().mail_by == 'notify' else 'SMTP'}."
    oldest = f", the oldest since {moment_words(picture.oldest_at)}" if picture.oldest_at else ""
    return f"{words} Waiting: {picture.waiting}{oldest}. Stuck: {picture.stuck}."


def _stuck(visit: Visit, picture: OutboxPicture) -> None:
    st.html(
        long_table(
            "Messages that could not be delivered",
            ("Since", "To", "What", "Why", "Tries"),
            (
                (
                    moment_words(each.posted_at),
                    each.to,
                    each.kind.replace("_", " ").replace(".", ": "),
                    each.why,
                    str(each.attempts),
                )
                for each in picture.shown
            ),
        )
    )
    with st.container(horizontal=True):
        again = st.button("Try all of these again", type="primary")
        gone = st.button("Let all of these go")
    if again or gone:
        with visit.work() as session:
            for each in picture.shown:
                (try_again if again else drop)(session, each.id, by=visit.by, at=visit.at)
        done = "are tried again" if again else "were let go; nobody is written to"
        visit.leave(f"These messages {done}.", to="accounts")
