"""The agency lead's page as drawn: contacts, drafts left lying, quality, people, and the file."""

from html import escape

import streamlit as st

from mash_triage.access.roles import ROLE_WORDS
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.reference import show_reference
from mash_triage.disagreements.queries import DisagreementPicture, disagreements
from mash_triage.web import wording
from mash_triage.web.agency import quality
from mash_triage.web.child.tables import table
from mash_triage.web.form.status import status_words
from mash_triage.web.outcome.standing import line_html
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.worklists.actions import export_contacts
from mash_triage.worklists.agency import (
    Colleague,
    LyingDraft,
    drafts_lying,
    people_of_agency,
    quality_of_agency,
    roles_nobody_holds,
)
from mash_triage.worklists.agency_file import stage_for_agency
from mash_triage.worklists.my_contacts import MyChild, MyContact, how_many_contacts, my_contacts

SHOWN = 15
ALL = "_agency_all"
NOTHING_MORE = "Decided. We cannot tell you more about this child."
STAGES = ("Received", "With a social worker", "Waiting for you", "With a manager", "Decided")


def show(visit: Visit) -> None:
    """Everything of her own agency, and nothing of another's."""
    with visit.look() as session:
        contacts = my_contacts(session, by=visit.by, limit=1_000)
        in_all = how_many_contacts(session, by=visit.by)
        drafts = drafts_lying(session, by=visit.by)
        found = quality_of_agency(session, by=visit.by, at=visit.at)
        people = people_of_agency(session, by=visit.by)
        disagreed = disagreements(session, by=visit.by, at=visit.at)
    _disagreements(visit, disagreed)
    _drafts(visit, drafts)
    _contacts(visit, contacts, in_all)
    quality.show(found)
    _people(visit, people)


# ---------------------------------------------------------------- contacts


def _contacts(visit: Visit, contacts: list[MyContact], in_all: int) -> None:
    st.header(f"Contacts of the agency: {in_all}", anchor=False)
    if not contacts:
        st.html('<p class="mash-empty">Nobody of the agency has sent a contact yet.</p>')
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input("Find by name, reference or sender", key="agency_words", width=300)
        stage = st.selectbox(
            "Stage", STAGES, index=None, placeholder="Any", key="agency_stage", width=220
        )
    rows = [
        (contact, child)
        for contact in contacts
        for child in contact.children
        if _fits(contact, child, words or "", stage)
    ]
    shown = rows if st.session_state.get(ALL) else rows[:SHOWN]
    children = wording.count_words(len(rows), "child", "children")
    latest = f", the latest {SHOWN} shown" if len(rows) > len(shown) else ""
    st.html(f"<p>{children}{latest}.</p>")
    if rows:
        st.html(
            table(
                "Contacts of the agency, newest first",
                ("Child", "Stage", "What it means", "Received", "Sent by"),
                (_row(visit, contact, child) for contact, child in shown),
            )
        )
    if len(rows) > len(shown):
        st.button(f"Show all {len(rows)}", key="agency_all", on_click=_show_all)
    _file(visit)


def _show_all() -> None:
    st.session_state[ALL] = True


def _fits(contact: MyContact, child: MyChild, words: str, stage: str | None) -> bool:
    if stage is not None and stage_for_agency(child.status) != stage:
        return False
    sought = words.casefold().replace("-", "").replace(" ", "")
    told = f"{child.name} {contact.reference} {contact.sent_by}".casefold().replace(" ", "")
    return sought in told.replace("-", "")


def _row(visit: Visit, contact: MyContact, child: MyChild) -> tuple[str | Html, ...]:
    return (
        Html(
            f'<a class="mash-open" href="/receipt?contact={contact.reference}" target="_self">'
            f"{escape(child.name)}</a><br>"
            f'<span class="mash-note">{show_reference(contact.reference)}</span>'
        ),
        stage_for_agency(child.status),
        child.outcome or (NOTHING_MORE if child.withheld else status_words(child.status)),
        wording.near_words(contact.received_at, at=visit.at),
        contact.sent_by,
    )


def _file(visit: Visit) -> None:
    if not st.button("Make a file of these contacts", key="agency_file"):
        return
    with visit.work() as session:
        text = export_contacts(session, by=visit.by, at=visit.at)
    st.html("<p>It names children: keep it as you keep their records. Making it is on record.</p>")
    st.download_button(
        "Download the file",
        text.encode(),
        file_name=f"contacts-{london_day(visit.at).isoformat()}.csv",
        mime="text/csv",
        on_click="ignore",
        type="primary",
        key="agency_download",
    )


# ---------------------------------------------------------------- disagreements and drafts


def _disagreements(visit: Visit, rows: list[DisagreementPicture]) -> None:
    if not rows:
        return
    st.header(f"Open disagreements: {len(rows)}", anchor=False)
    for each in rows:
        st.html(f"<p><strong>{escape(each.child_name)}</strong></p>{line_html(each, at=visit.at)}")


def _drafts(visit: Visit, drafts: list[LyingDraft]) -> None:
    st.header(f"Drafts left lying: {len(drafts)}", anchor=False)
    if not drafts:
        st.html('<p class="mash-empty">Every contact that was begun has been sent.</p>')
        return
    st.html(
        '<p class="mash-note">A worry that is written down and not sent helps no child. Only the '
        "owner can read a draft. After 14 days it is removed.</p>"
    )
    st.html(
        table(
            "Drafts not sent, the longest untouched first",
            ("Whose", "Begun", "Untouched for"),
            (
                (
                    each.owner,
                    wording.near_words(each.started_at, at=visit.at),
                    wording.duration_words(visit.at - each.saved_at),
                )
                for each in drafts
            ),
        )
    )


# ---------------------------------------------------------------- people


def _people(visit: Visit, people: list[Colleague]) -> None:
    st.header(f"People of the agency: {sum(each.is_open for each in people)}", anchor=False)
    lacking = [ROLE_WORDS[role].partition(":")[0].lower() for role in roles_nobody_holds(people)]
    if lacking:
        st.html(
            f"<p>Nobody is {escape(' or '.join(lacking))}. An administrator can change that.</p>"
        )
    st.html(
        table(
            "People with an account, by name",
            ("Name", "Role", "Account", "Last sign-in"),
            (_person(visit, each) for each in people),
        )
    )


def _person(visit: Visit, each: Colleague) -> tuple[str | Html, ...]:
    title = f'<br><span class="mash-note">{escape(each.job_title)}</span>' if each.job_title else ""
    account = "Open" if each.is_open else "Closed"
    if each.is_open and not each.has_password:
        account = "Open, no password set yet"
    last = wording.near_words(each.last_sign_in, at=visit.at) if each.last_sign_in else "Never"
    role = ROLE_WORDS[each.role].partition(":")[0] if each.is_open else "No role"
    return Html(f"{escape(each.name)}{title}"), role, account, last
