"""Teams and their postcodes, what each worker can take on, and days away."""

from uuid import UUID

import streamlit as st

from mash_triage.allocation import actions, queries
from mash_triage.allocation.queries import AbsencePicture, TeamPicture
from mash_triage.allocation.rules import Standing, WorkerFacts
from mash_triage.clocks.working_days import london_day
from mash_triage.web import wording
from mash_triage.web.child.tables import table
from mash_triage.web.in_hand.caseloads import name_html
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit

AREAS = "Postcode areas, districts or sectors, with commas: ZA1, ZA2 3"


def teams(visit: Visit) -> None:
    """All teams, each to be changed, and a form for a new one."""
    with visit.look() as session:
        known = queries.teams(session, by=visit.by)
    st.header("Teams", anchor=False)
    if not known:
        st.html(
            '<p class="mash-empty">There is no team yet. Add one with the postcodes it covers, and '
            "children are suggested to it by where they live.</p>"
        )
    for team in known:
        covers = ", ".join(team.areas) or "no postcode"
        state = "" if team.is_open else " (closed)"
        with st.expander(f"{as_typed(team.name)}{state}: {covers}"):
            _one_team(visit, team)
    with st.expander("Add a team"):
        name = st.text_input("The team's name", key="new team")
        areas = st.text_input(AREAS, key="new areas")
        if st.button("Add this team", type="primary"):
            with visit.work() as session:
                actions.add_team(session, name, areas.split(","), by=visit.by, at=visit.at)
            visit.leave("The team is added.", to="teams")


def _one_team(visit: Visit, team: TeamPicture) -> None:
    key = f"{team.id} {team.version}"
    name = st.text_input("Name", value=team.name, key=f"team name {key}")
    areas = st.text_input(AREAS, value=", ".join(team.areas), key=f"team areas {key}")
    is_open = st.checkbox("The team is open", value=team.is_open, key=f"team open {key}")
    if st.button("Save changes", key=f"team save {key}"):
        with visit.work() as session:
            actions.change_team(
                session,
                team.id,
                seen=team.version,
                name=name,
                areas=areas.split(","),
                is_open=is_open,
                by=visit.by,
                at=visit.at,
            )
        visit.leave("The team is changed.", to="teams")


# ---------------------------------------------------------------- workers


def workers(visit: Visit) -> None:
    """What each worker can take on; one of them opened."""
    with visit.look() as session:
        people = queries.workers(session, by=visit.by, at=visit.at)
        names = {each.id: each.name for each in queries.teams(session, by=visit.by) if each.is_open}
    st.header("Workers", anchor=False)
    st.html(
        table(
            "Each worker, with the undecided children now and the limit",
            ("Name", "Team", "Children"),
            (
                (
                    name_html(each),
                    names.get(each.team_id, "No team") if each.team_id else "No team",
                    f"{each.load} of {each.most}",
                )
                for each in people
            ),
        )
    )
    known = {each.id: each.name for each in people}
    chosen = st.selectbox(
        "Open a worker",
        list(known),
        index=None,
        format_func=lambda each: known[each],
        placeholder="Type a name",
        key="worker opened",
    )
    for each in people:
        if each.id == chosen:
            with st.container(border=True):
                _one_worker(visit, each, names)


def _one_worker(visit: Visit, worker: WorkerFacts, names: dict[UUID, str]) -> None:
    ids = [None, *names]
    team = st.selectbox(
        "Team",
        ids,
        index=ids.index(worker.team_id) if worker.team_id in ids else 0,
        format_func=lambda each: names[each] if each else "No team",
        key=f"team of {worker.id}",
    )
    newly = st.checkbox(
        "Newly qualified",
        value=worker.standing is Standing.NEWLY_QUALIFIED,
        disabled=worker.standing is Standing.NOT_QUALIFIED,
        key=f"newly {worker.id}",
    )
    most = st.number_input(
        "A limit of her own (empty: the authority's for the qualification)",
        min_value=0,
        max_value=200,
        value=worker.own_most,
        step=1,
        key=f"most {worker.id}",
    )
    if st.button("Save", key=f"save {worker.id}", type="primary"):
        with visit.work() as session:
            actions.set_worker_profile(
                session,
                worker.id,
                team_id=team,
                newly_qualified=newly,
                most=most,
                by=visit.by,
                at=visit.at,
            )
        visit.leave(f"Saved for {worker.name}.", to="teams")


# ---------------------------------------------------------------- absences


def absences(visit: Visit) -> None:
    """Who is away and who covers, and a form for it."""
    with visit.look() as session:
        away = queries.absences(session, by=visit.by, at=visit.at)
        known = {each.id: each.name for each in queries.workers(session, by=visit.by, at=visit.at)}
    st.header("Away", anchor=False)
    if not away:
        st.html("<p>Nobody is away.</p>")
    for each in away:
        st.text(_absence_words(each))
        if st.button("She is back", key=f"back {each.id}"):
            with visit.work() as session:
                actions.end_absence(session, each.id, by=visit.by, at=visit.at)
            visit.leave(f"{each.name} is back.", to="teams")
    with st.expander("Somebody is away"):
        _new_absence(visit, known)


def _absence_words(each: AbsencePicture) -> str:
    days = f"{wording.short_date(each.first_day)} to {wording.short_date(each.last_day)}"
    return f"{each.name}, {days}: {each.cover + ' covers' if each.cover else 'nobody covers'}"


def _new_absence(visit: Visit, known: dict[UUID, str]) -> None:
    today = london_day(visit.at)
    who = _person("Who is away", known, "away who")
    first = st.date_input("First day", value=today, key="away first", format="DD/MM/YYYY")
    last = st.date_input("Last day", value=today, key="away last", format="DD/MM/YYYY")
    cover = _person("Who covers (optional)", known, "away cover")
    if not st.button("Record this absence", type="primary"):
        return
    if who is None:
        st.html('<p role="alert"><strong>Choose who is away.</strong></p>')
        return
    with visit.work() as session:
        actions.record_absence(session, who, first, last, cover_id=cover, by=visit.by, at=visit.at)
    visit.leave(f"{known[who]} is away on those days.", to="teams")


def _person(label: str, known: dict[UUID, str], key: str) -> UUID | None:
    chosen: UUID | None = st.selectbox(
        label, list(known), index=None, format_func=lambda each: known[each], key=key
    )
    return chosen
