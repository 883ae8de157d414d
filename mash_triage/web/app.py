"""The frame around every page: look, navigation by permission, who is signed in, and the watch.

Streamlit runs this script from top to bottom at every touch; the page that was asked for runs at
its end. It never stands beside the pages, so that no page can be opened without it.
"""

from pathlib import Path

import streamlit as st

from mash_triage.access.actor import Actor
from mash_triage.db.faults import plain_fault
from mash_triage.web import arrival, frame, notices
from mash_triage.web.navigation import first_page, present

st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
st.html(frame.STYLES)

by: Actor | None = None
signed_in = False


def begin() -> None:
    """The bare address leads each person to where her work begins."""
    entry = first_page(by) if by and signed_in else None
    if entry:
        st.switch_page(entry.file)
    if signed_in:
        st.title("Nothing here for your role yet", anchor=False)
        st.write("Your account has no page in this service. Ask your administrator.")
    else:
        notices.signed_out(here.sign_in.over if here.sign_in else None, kept=False)


def pages() -> list[st.Page]:
    """All pages: those this person may not open are hidden, and refuse in words if asked for."""
    start = st.Page(begin, title="Start", url_path="start", default=True, visibility="hidden")
    return [
        start,
        *(
            st.Page(
                Path(entry.file),
                title=entry.title,
                url_path=entry.path,
                visibility="visible" if by and entry.is_headed_for(by) else "hidden",
            )
            for entry in present()
        ),
    ]


try:
    here = arrival.arrive()
except Exception as fault:
    if (words := plain_fault(fault)) is None:
        raise
    st.navigation(pages(), position="hidden")  # the address stays: loading it again leads back
    st.title("Try again soon", anchor=False)
    notices.not_stored(words)
    notices.what_was_typed()
    st.stop()

by = here.sign_in.by if here.sign_in else None
signed_in = here.sign_in is not None and here.sign_in.over is None

frame.logo()
page = st.navigation(pages(), position="top" if signed_in else "hidden")
if here.sign_in and signed_in:
    frame.who_is_here(here.sign_in)
    frame.watch()
body = st.container(key="page")
frame.when_cut()
frame.foot()  # before the page, which may end the run
with body:
    page.run()
