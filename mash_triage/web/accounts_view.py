"""What the administrator sees and does: people, one-time links, agencies. No case content."""

from html import escape
from urllib.parse import urlsplit
from uuid import UUID

import streamlit as st

from mash_triage.access import actions, queries
from mash_triage.access.agencies import change_agency
from mash_triage.access.queries import AgencyPicture, PersonPicture
from mash_triage.access.roles import PRESENCE_WORDS, ROLE_WORDS, Presence, Role
from mash_triage.outbox.actions import mail_account_link
from mash_triage.settings import settings
from mash_triage.web.child.tables import long_table
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

AGENCY_KINDS = {
    "primary": ("Primary school", "2A"),
    "secondary": ("Secondary school or college", "2A"),
    "education": ("Education service", "2B"),
    "nursery": ("Nursery, playgroup or childminder", "8"),
    "gp": ("General practice", "3A"),
    "health_visitor": ("Health visiting", "3B"),
    "school_nurse": ("School nursing", "3C"),
    "hospital": ("Hospital, emergency department", "3E"),
    "midwife": ("Midwifery", "3F"),
    "camhs": ("Child and adolescent mental health", "3F"),
    "housing": ("Housing", "4"),
    "early_help": ("Early help", "5D"),
    "front_door": ("The front door itself", "5B"),
    "other_authority": ("Another authority", "5C"),
    "police": ("Police", "6"),
    "probation": ("Probation, court or prison", "7"),
    "youth_justice": ("Youth justice", "5D"),
    "adult_social_care": ("Adult social care", "5D"),
    "charity": ("Charity or voluntary service", "8"),
}
"""Kinds of agency with the contact source of the children in need census that each counts as."""

LINK_WORDS = (
    "Give this link to the person by a safe way. It works once, within 48 hours, and is not shown "
    "again. A link issued before no longer works."
)


def people(visit: Visit) -> None:
    """One person's account to open, everybody with an account, and a form for a new person."""
    with visit.look() as session:
        everybody = queries.people(session, by=visit.by)
        choices = [each for each in queries.agencies(session, by=visit.by) if not each.closed]
    st.header("People", anchor=False)
    names = {str(person.id): f"{person.name}, {person.email}" for person in everybody}
    chosen = st.selectbox(
        "Open a person's account",
        list(names),
        index=None,
        format_func=lambda key: names.get(key, ""),
        placeholder="Type a name",
    )
    for person in everybody:
        if str(person.id) == chosen:
            with st.container(border=True):
                _one_person(visit, person, choices)
    st.html(
        long_table(
            "Everybody with an account",
            ("Name", "Role", "Agency", "Account", "Qualified"),
            map(_row, everybody),
        )
    )
    with st.expander("Add a person"):
        _new_person(visit, choices)


def agencies(visit: Visit) -> None:
    """All agencies, and a form for a new one."""
    with visit.look() as session:
        known = queries.agencies(session, by=visit.by)
    st.header("Agencies", anchor=False)
    st.html(
        long_table(
            "All agencies",
            ("Agency", "Kind", "Census source", "Telephone", "Works with the hub", "People"),
            (
                (
                    each.name,
                    AGENCY_KINDS.get(each.kind, (each.kind, ""))[0],
                    each.source_code,
                    each.telephone,
                    "Has left" if each.closed else PRESENCE_WORDS[each.presence],
                    str(each.people),
                )
                for each in known
            ),
        )
    )
    with st.expander("Add an agency"):
        _new_agency(visit)
    with st.expander("How an agency works with the hub"):
        _one_agency(visit, known)


def _one_person(visit: Visit, person: PersonPicture, choices: list[AgencyPicture]) -> None:
    st.subheader(as_typed(person.name), anchor=False)
    st.text(f"{person.email} · {person.job_title or 'no job title'}")
    role, agency, qualified = _standing(f"{person.id} {person.version}", choices, person)
    active = st.checkbox(
        "The account is open", value=person.active, key=f"active {person.id} {person.version}"
    )
    if st.button("Save changes", type="primary"):
        with visit.work() as session:
            actions.change_user(
                session,
                person.id,
                seen=person.version,
                role=role,
                qualified=qualified,
                agency_id=agency,
                active=active,
                by=visit.by,
                at=visit.at,
            )
        visit.leave(f"The account of {person.name} is changed.", to="accounts")
    with st.container(horizontal=True):
        no_link = not person.active or person.role is Role.API_CLIENT
        wants_link = st.button("Issue a one-time link", disabled=no_link)
        wants_mail = settings().mail_by != "off" and st.button(
            "Mail a one-time link", disabled=no_link
        )
        ends_sessions = st.button("End all sign-ins")
    if wants_link:
        with visit.work() as session:
            token = actions.issue_link(session, person.id, by=visit.by, at=visit.at)
        st.write(LINK_WORDS)
        st.code(link_address(token), language=None)
    if wants_mail:
        with visit.work() as session:
            mail_account_link(session, person.id, by=visit.by, at=visit.at)
        visit.leave(f"A one-time link is on its way to {person.email}.", to="accounts")
    if ends_sessions:
        with visit.work() as session:
            actions.end_sessions_of(session, person.id, by=visit.by, at=visit.at)
        visit.leave(f"All sign-ins of {person.name} are ended.", to="accounts")


def _new_person(visit: Visit, choices: list[AgencyPicture]) -> None:
    name = st.text_input("Name", key="new name")
    email = st.text_input("E-mail address", key="new email")
    job = st.text_input("Job title (optional)", key="new job")
    telephone = st.text_input("Telephone (optional)", key="new telephone")
    role, agency, qualified = _standing("new", choices)
    if st.button("Add this person", type="primary"):
        with visit.work() as session:
            actions.add_user(
                session,
                email,
                name,
                role=role,
                agency_id=agency,
                qualified=qualified,
                job_title=job,
                telephone=telephone,
                by=visit.by,
                at=visit.at,
            )
        visit.leave("The person is added. Open the account to issue a link.", to="accounts")


def _new_agency(visit: Visit) -> None:
    name = st.text_input("The agency's name", key="new agency")
    kind = st.selectbox("Kind", list(AGENCY_KINDS), format_func=lambda key: AGENCY_KINDS[key][0])
    telephone = st.text_input("The agency's telephone (optional)", key="new agency telephone")
    presence = _presence("new agency", Presence.ELSEWHERE)
    if st.button("Add this agency", type="primary"):
        with visit.work() as session:
            actions.add_agency(
                session,
                name,
                kind=kind,
                source_code=AGENCY_KINDS[kind][1],
                telephone=telephone,
                presence=presence,
                by=visit.by,
                at=visit.at,
            )
        visit.leave("The agency is added.", to="accounts")


def _one_agency(visit: Visit, known: list[AgencyPicture]) -> None:
    by_id = {str(each.id): each for each in known}
    chosen = st.selectbox(
        "Agency",
        list(by_id),
        index=None,
        format_func=lambda key: by_id[key].name,
        placeholder="Choose",
        key="agency to change",
    )
    if not chosen:
        return
    agency = by_id[chosen]
    presence = _presence(chosen, agency.presence)
    active = st.checkbox(
        "It is there: its people sign in, and it can be asked",
        value=not agency.closed,
        key=f"agency active {chosen}",
    )
    if st.button("Save the agency", type="primary"):
        with visit.work() as session:
            change_agency(
                session, agency.id, presence=presence, active=active, by=visit.by, at=visit.at
            )
        visit.leave("The agency is changed.", to="accounts")


def _presence(key: str, now: Presence) -> Presence:
    ways = list(Presence)
    return st.selectbox(
        "How it works with the hub",
        ways,
        index=ways.index(now),
        format_func=PRESENCE_WORDS.__getitem__,
        key=f"presence {key}",
    )


def _standing(
    key: str, choices: list[AgencyPicture], person: PersonPicture | None = None
) -> tuple[Role, UUID, bool]:
    """Role, agency and qualification, as they are for this person."""
    is_system = person is not None and person.role is Role.API_CLIENT
    roles = [each for each in Role if (each is Role.API_CLIENT) == is_system]
    ids = [each.id for each in choices]
    names = {each.id: each.name for each in choices}
    if person and person.agency_id not in names:
        ids, names = [*ids, person.agency_id], {**names, person.agency_id: person.agency}
    role = st.selectbox(
        "Role",
        roles,
        index=roles.index(person.role) if person else 0,
        format_func=lambda each: ROLE_WORDS[each],
        key=f"role {key}",
    )
    agency: UUID = st.selectbox(
        "Agency",
        ids,
        index=ids.index(person.agency_id) if person else 0,
        format_func=lambda each: names[each],
        key=f"agency {key}",
    )
    qualified = st.checkbox(
        "Has the social-work qualification",
        value=bool(person and person.qualified),
        key=f"qualified {key}",
    )
    return role, agency, qualified


def link_address(token: str) -> str:
    """The whole address of a one-time link, on the host that the administrator is using."""
    here = urlsplit(st.context.url or "")
    host = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{host}/set-password/{token}"


def _row(person: PersonPicture) -> tuple[str | Html, ...]:
    state = "can sign in" if person.has_password else "has not set a password"
    if person.role is Role.API_CLIENT:
        state = "let in by its keys"
    return (
        Html(f'{escape(person.name)}<br><span class="mash-note">{escape(person.email)}</span>'),
        ROLE_WORDS[person.role].split(":")[0],
        person.agency,
        state if person.active else "closed",
        "yes" if person.qualified else "no",
    )
