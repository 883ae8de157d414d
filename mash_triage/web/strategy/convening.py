"""Calling a discussion: about whom, who chairs, when, in which form, and who is asked to come."""

from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.pictures import ChildPicture
from mash_triage.strategy.actions import convene_discussion, invite_to_discussion
from mash_triage.strategy.codes import FORM_WORDS, SECTOR_WORDS, Sector
from mash_triage.strategy.pictures import DiscussionPicture
from mash_triage.strategy.queries import agencies_to_invite, likely_to_come
from mash_triage.strategy.quorum import MUST_ATTEND
from mash_triage.strategy.rules import Convened, Invited
from mash_triage.web import pressed
from mash_triage.web.kept import Kept
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit
from mash_triage.web.strategy import fields

FORM = "strategy_convene"


def show(visit: Visit, child: ChildPicture) -> None:
    """The form for a new discussion about this child, and brothers and sisters on the contact."""
    if not visit.by.can(Permission.HOLD_STRATEGY):
        return
    st.header("Convene a strategy discussion", anchor=False)
    kept = Kept(FORM, child.id)
    with visit.look() as session:
        agencies = agencies_to_invite(session, by=visit.by)
        likely = likely_to_come(session, child.id, by=visit.by, at=visit.at)
    about = _about(kept, child)
    form = fields.choice(kept, "form", "How is it held?", FORM_WORDS)
    told = fields.moment(kept, "planned", "When")
    chair = fields.line(kept, "chair", "Who chairs it? Name and post")
    st.html("<h3>Who is asked to come</h3>")
    st.html(
        '<p class="mash-note">Children\'s social care, police and health must attend. Whoever '
        "comes can decide for her agency. An agency that was asked about this child stands there "
        "already: name who comes, choose another, or take it out.</p>"
    )
    invited = [
        _row(kept, sector.value, sector, agencies, begins=likely.first.get(sector, ""))
        for sector in MUST_ATTEND
    ]
    if likely.others:
        others = escape("; ".join(likely.others))
        st.html(f'<p class="mash-note">Also asked about this child: {others}.</p>')
    invited += _more(kept, agencies)
    if pressed.button("Convene it", key="convene", about=child.id, type="primary"):
        pressed.taken()
        with visit.work() as session:
            facts = Convened(
                chair,
                fields.moment_of(told, "Say on which day and at what time it is held."),
                form,
                tuple(each for each in invited if each is not None),
            )
            made = convene_discussion(session, about, facts, by=visit.by, at=visit.at).id
            kept.drop(session, by=visit.by)
        kept.forget()
        visit.leave("The strategy discussion is convened.", to="strategy", open=str(made))


def _about(kept: Kept, child: ChildPicture) -> list[UUID]:
    about = [child.id]
    for sibling in child.siblings:
        if st.checkbox(
            f"Also about {as_typed(sibling.name)}",
            value=bool(kept.value(f"also_{sibling.id}")),
            key=kept.key(f"also_{sibling.id}"),
        ):
            about.append(sibling.id)
    return about


def _row(
    kept: Kept, name: str, sector: Sector, agencies: list[str], *, begins: str = ""
) -> Invited | None:
    """Agency, name and post of one person; nothing while the row is empty."""
    label = SECTOR_WORDS[sector]
    with st.container(border=True, key=f"asked_{name}"):
        agency = fields.one_of(kept, f"{name}_agency", f"{label}: agency", agencies, begins=begins)
        left, right = st.columns(2)
        with left:
            person = fields.line(kept, f"{name}_person", f"{label}: name")
        with right:
            role = fields.line(kept, f"{name}_role", f"{label}: post")
    empty = not (agency.strip() or person.strip() or role.strip())
    return None if empty else Invited(sector, agency, person, role)


def _more(kept: Kept, agencies: list[str]) -> list[Invited | None]:
    rows_key = kept.key("rows")
    rows: int = st.session_state.setdefault(rows_key, kept.value("rows") or 0)
    found = [_other(kept, f"more_{row}", agencies) for row in range(rows)]
    if st.button("Ask one more person", key="ask_more"):
        st.session_state[rows_key] = rows + 1
        st.rerun()
    return found


def _other(kept: Kept, name: str, agencies: list[str]) -> Invited | None:
    sectors = list(SECTOR_WORDS)
    sector = st.selectbox(
        "For which service?",
        sectors,
        index=kept.index(f"{name}_sector", sectors),
        format_func=SECTOR_WORDS.__getitem__,
        placeholder="Choose",
        key=kept.key(f"{name}_sector"),
    )
    return _row(kept, name, sector, agencies) if sector else None


def invite(visit: Visit, seen: DiscussionPicture) -> None:
    """One more person for a discussion that is not closed."""
    if seen.is_over or not visit.by.can(Permission.HOLD_STRATEGY):
        return
    with st.expander("Ask one more person", key="strategy_invite"):
        kept = Kept("strategy_invite", seen.id)
        with visit.look() as session:
            agencies = agencies_to_invite(session, by=visit.by)
        facts = _other(kept, "one", agencies)
        if facts is not None and st.button("Invite", key="invite_person"):
            with visit.work() as session:
                invite_to_discussion(session, seen.id, facts, by=visit.by, at=visit.at)
                kept.drop(session, by=visit.by)
            kept.forget()
            visit.leave("Invited.", to="strategy", open=str(seen.id))
