"""What each worker carries now, who is away, and the sums by team and qualification."""

from collections import Counter
from html import escape

import streamlit as st

from mash_triage.allocation.queries import absences, teams, workers
from mash_triage.allocation.rules import STANDING_WORDS, WorkerFacts
from mash_triage.clocks.working_days import london_day
from mash_triage.web import components
from mash_triage.web.child.tables import table
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html


def show(visit: Visit) -> None:
    """Every worker with her undecided children, then the sums."""
    with visit.look() as session:
        people = workers(session, by=visit.by, at=visit.at)
        names = {team.id: team.name for team in teams(session, by=visit.by)}
        away = absences(session, by=visit.by, at=visit.at)
    today = london_day(visit.at)
    covers = {each.user_id: each.cover for each in away if each.first_day <= today}
    st.header("Undecided children of each worker", anchor=False)
    st.html(
        table(
            "How many each has, of the limit",
            ("Worker", "Team", "Children", "Away"),
            (
                (
                    name_html(each),
                    names.get(each.team_id, "No team") if each.team_id else "No team",
                    _children(each),
                    _away_words(covers.get(each.id)) if each.away else "",
                )
                for each in people
            ),
        )
    )
    by_team, by_standing = Counter[str](), Counter[str]()
    for each in people:
        by_team[names.get(each.team_id, "no team") if each.team_id else "no team"] += each.load
        by_standing[STANDING_WORDS[each.standing]] += each.load
    components.summary(
        [(f"Children of {name}", str(count)) for name, count in sorted(by_team.items())]
        + [(f"With workers {name}", str(count)) for name, count in sorted(by_standing.items())]
    )


def name_html(worker: WorkerFacts) -> Html:
    """A worker's name with the qualification under it."""
    standing = STANDING_WORDS[worker.standing]
    return Html(f'{escape(worker.name)}<br><span class="mash-note">{escape(standing)}</span>')


def _children(worker: WorkerFacts) -> Html:
    count = f"{worker.load} of {worker.most}"
    over = "<br><strong>Over the limit</strong>" if worker.load > worker.most else ""
    return Html(f"{count}{over}")


def _away_words(cover: str | None) -> str:
    return f"Yes, {cover} covers" if cover else "Yes, nobody covers"
