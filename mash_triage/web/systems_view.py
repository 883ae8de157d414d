"""What the administrator keeps for agencies' systems: keys, and where notices go."""

from datetime import timedelta
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mash_triage.access.queries import AgencyPicture, agencies
from mash_triage.agency_systems.actions import add_api_key, revoke_api_key
from mash_triage.agency_systems.queries import KeyPicture, api_keys
from mash_triage.agency_systems.rules import SCOPE_WORDS, Scope
from mash_triage.clocks.working_days import london_day
from mash_triage.errors import NotReady
from mash_triage.outbox.actions import add_endpoint, close_endpoint, renew_secret
from mash_triage.outbox.models import WebhookEndpoint
from mash_triage.outbox.queries import endpoints_of
from mash_triage.settings import settings
from mash_triage.web import wording
from mash_triage.web.child.tables import long_table
from mash_triage.web.page import Visit

SHOWN_ONCE = (
    "Give this to the people who run the agency's system by a safe way. It is not shown again, and "
    "cannot be found anywhere."
)
DAYS = 365


def keys(visit: Visit) -> None:
    """All keys of agencies' systems, one of them to revoke, and a form for a new one."""
    with visit.look() as session:
        choices = [each for each in agencies(session, by=visit.by) if not each.closed]
    st.header("Agencies' systems", anchor=False)
    place = st.empty()
    _revoke(visit, _listed(visit, place))
    with st.expander("Add a key for a system"):
        if _new_key(visit, choices):
            _listed(visit, place)


def _listed(visit: Visit, place: DeltaGenerator) -> list[KeyPicture]:
    """Draw the list of keys in its place, anew after one was added; gives those that work."""
    with visit.look() as session:
        known = api_keys(session, by=visit.by)
    if not known:
        place.text("No agency's system has a key yet.")
        return []
    place.html(
        long_table(
            "Keys of agencies' systems",
            ("Agency", "System", "May", "Works", "Last used", "Added"),
            (_row(visit, each) for each in known),
        )
    )
    return [each for each in known if each.is_live(visit.at)]


def _row(visit: Visit, key: KeyPicture) -> tuple[str, ...]:
    used = wording.moment_words(key.last_used_at) if key.last_used_at else "never"
    until = wording.date_words(london_day(key.expires_at))
    state = "revoked" if key.revoked_at else f"until {until}"
    return (
        key.agency,
        key.system,
        ", ".join(SCOPE_WORDS[scope].lower() for scope in key.scopes),
        state if key.is_live(visit.at) or key.revoked_at else f"expired {until}",
        used,
        f"{wording.date_words(london_day(key.added_at))} by {key.added_by}",
    )


def _revoke(visit: Visit, live: list[KeyPicture]) -> None:
    if not live:
        return
    names = {
        str(key.id): f"{key.agency}, {key.system}, added {wording.moment_words(key.added_at)}"
        for key in live
    }
    chosen = st.selectbox(
        "Revoke a key",
        list(names),
        index=None,
        format_func=lambda key: names.get(key, ""),
        placeholder="Choose a key",
    )
    if chosen and st.button("Revoke this key now"):
        with visit.work() as session:
            revoke_api_key(session, UUID(chosen), by=visit.by, at=visit.at)
        visit.leave("The key is revoked; nothing is let in with it any more.", to="accounts")


def _new_key(visit: Visit, choices: list[AgencyPicture]) -> bool:
    """The form; was a key added just now?"""
    agency = _agency("Agency of the system", choices)
    system = st.text_input("What the system is called", key="new key system")
    scopes = st.pills(
        "What the key may do",
        list(Scope),
        selection_mode="multi",
        format_func=lambda scope: SCOPE_WORDS[scope],
        key="new key scopes",
    )
    days = st.number_input("Days it works", 1, 730, DAYS, key="new key days")
    if not st.button("Add this key", type="primary"):
        return False
    if agency is None:
        visit.refuse(NotReady("Choose the agency of the system."))
    with visit.work() as session:
        token = add_api_key(
            session,
            agency,
            system,
            scopes=scopes,
            lasts=timedelta(days=int(days)),
            by=visit.by,
            at=visit.at,
        )
    st.write(SHOWN_ONCE)
    st.code(token, language=None)
    return True


def _agency(words: str, choices: list[AgencyPicture]) -> UUID | None:
    names = {each.id: each.name for each in choices}
    chosen: UUID | None = st.selectbox(
        words,
        list(names),
        index=None,
        format_func=lambda key: names.get(key, ""),
        placeholder="Choose an agency",
    )
    return chosen


# ---------------------------------------------------------------- where notices go


def endpoints(visit: Visit) -> None:
    """Where an agency's system is told of news: the addresses of one agency, and a new one."""
    if settings().webhook_key is None:
        return
    with visit.look() as session:
        choices = [each for each in agencies(session, by=visit.by) if not each.closed]
    with st.expander("Tell an agency's system of news"):
        agency = _agency("Agency to be told", choices)
        if agency is None:
            return
        with visit.look() as session:
            known = endpoints_of(session, agency, by=visit.by)
        listed = st.container()
        with listed:
            for each in known:
                _endpoint(visit, each)
        if added := _new_endpoint(visit, agency):
            listed.text(added)


def _endpoint(visit: Visit, endpoint: WebhookEndpoint) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(endpoint.url)
        renew = st.button("New secret", key=f"renew {endpoint.id}")
        close = st.button("No more notices there", key=f"close {endpoint.id}")
    if close:
        with visit.work() as session:
            close_endpoint(session, endpoint.id, by=visit.by, at=visit.at)
        visit.leave("No more notices go there.", to="accounts")
    if renew:
        with visit.work() as session:
            secret = renew_secret(session, endpoint.id, by=visit.by, at=visit.at)
        st.write(f"{SHOWN_ONCE} The secret before works for another week.")
        st.code(secret, language=None)


def _new_endpoint(visit: Visit, agency: UUID) -> str:
    """The form; gives the address that was added just now, if one was."""
    url = st.text_input("Address, beginning with https://", key=f"new endpoint {agency}")
    if not st.button("Send notices to this address", type="primary"):
        return ""
    with visit.work() as session:
        _id, secret = add_endpoint(session, agency, url, by=visit.by, at=visit.at)
    st.write(SHOWN_ONCE)
    st.code(secret, language=None)
    return url
