"""How often domestic abuse is the main worry: month by month, and by area, as drawn."""

import streamlit as st

from mash_triage.small_counts import is_small
from mash_triage.web import wording
from mash_triage.web.child.tables import table
from mash_triage.web.measures_view import HIDDEN, sees_records
from mash_triage.web.page import Visit
from mash_triage.worklists.worry_by_area import MONTHS, MonthOfWorry, months_of_worry


def show(visit: Visit) -> None:
    """The last twelve months and this one, newest first."""
    with visit.look() as session:
        months = months_of_worry(session, by=visit.by, at=visit.at)
    st.header("Domestic abuse as the main worry", anchor=False)
    if not any(each.main for each in months):
        st.html('<p class="mash-empty">It was the main worry of no contact in the last year.</p>')
        return
    areas = list(months[0].by_area)
    st.html(
        table(
            f"Children by month of receipt and area, last {MONTHS} months and this one",
            ("Month", "All areas", *areas),
            (
                row_of(each, areas, hides=not sees_records(visit.by))
                for each in reversed(months)
                if each.received
            ),
        )
    )
    st.html(
        '<p class="mash-note">Of all children whose contact was received in the month. Each counts '
        "once, by the one main worry of its contact, and what was sent twice or in error not at "
        "all; an area is what a team covers now. A month without any is left out.</p>"
    )


def row_of(each: MonthOfWorry, areas: list[str], *, hides: bool) -> tuple[str, ...]:
    """One month. Beside a number too small to show, the whole is not shown either, nor are the
    others from which it could be told.
    """
    counts = [each.by_area[area] for area in areas]
    hidden = hides and any(map(is_small, (*counts, each.main, each.received - each.main)))
    if hidden:
        return (f"{each.month:%B %Y}", HIDDEN, *(HIDDEN for _area in areas))
    whole = wording.percent_words(each.main, each.received) if each.received else "0"
    return (f"{each.month:%B %Y}", whole, *(str(count) for count in counts))
