"""The form by which a worker asks agencies, each by itself: which, whom, what, and why lawful."""

from html import escape
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mash_triage.access.roles import Permission
from mash_triage.consent.rules import (
    ARTICLE_6,
    ARTICLE_9,
    CONFIDENTIALITY,
    FOR_CHILD_PROTECTION,
    GATEWAY,
    WHY_NOT,
)
from mash_triage.contacts.status import UNDECIDED, WAITING_FOR_SCREENING
from mash_triage.enquiries.actions import ask_agency
from mash_triage.enquiries.queries import AgencyChoice, agencies_to_ask
from mash_triage.enquiries.questions import questions
from mash_triage.enquiries.rules import RequestFacts
from mash_triage.enquiries.stages import State
from mash_triage.errors import NotReady
from mash_triage.sharing.grounds import is_child_protection
from mash_triage.sharing.rules import Basis
from mash_triage.thresholds.routes import Rag
from mash_triage.web import pressed, wording
from mash_triage.web.child.consent import choice
from mash_triage.web.child.parts import done_in
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.enquiries.shown import agency_words
from mash_triage.web.kept import Kept
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit

WHEN_A_MANAGER = (
    "Where somebody refused, or nobody agreed and no reason is given here, a manager gives her "
    "word before anything is sent. A child rated red, or on the way to section 47, needs no "
    "agreement."
)
PROPOSED = (
    "<strong>Proposed for {cause}: change it where it is not so.</strong> Lawful basis, "
    "condition, gateway and confidentiality are yours to say; why it is necessary nobody proposes."
)
RATED_RED, FOR_S47 = "a child rated red", "a child on the way to section 47"
NOBODY = (
    "No agency has somebody to answer here. Ask by telephone and record it in the sharing ledger; "
    "an administrator can add agency leads and partner representatives."
)


def show(visit: Visit, whole: WholeChild) -> None:
    """The form, for who screens, while the child is not decided."""
    if not visit.by.can(Permission.SCREEN_CONTACT):
        return
    if whole.child.status not in UNDECIDED - WAITING_FOR_SCREENING:
        return
    with _place(urgent=whole.child.rag == Rag.RED and not whole.requests):
        if whole.child.rag is None:
            st.html('<p>Rate the child first: <a href="#rag" target="_self">Rating</a>.</p>')
        else:
            _form(visit, whole)


def _place(*, urgent: bool) -> DeltaGenerator:
    """The form lies open where a child is rated red and nobody was asked yet; else it is folded."""
    if not urgent:
        return st.expander("Ask agencies", key="ask_agencies")
    place = st.container(border=True, key="ask_agencies")
    place.subheader("Ask agencies", anchor=False)
    return place


def _form(visit: Visit, whole: WholeChild) -> None:
    with visit.look() as session:
        known = {str(each.id): each for each in agencies_to_ask(session, by=visit.by)}
    if not known:
        st.html(f"<p>{NOBODY}</p>")
        return
    kept = Kept("ask", whole.id)
    chosen = st.multiselect(
        "Which agencies? Only those that are likely to know something",
        list(known),
        default=[each for each in kept.value("agencies") or [] if each in known],
        format_func=lambda key: agency_words(known[key].name, known[key].presence),
        placeholder="Choose one after the other",
        select_all=False,
        key=kept.key("agencies"),
    )
    asked = {key: _questions(kept, known[key]) for key in chosen}
    children, household = _people(whole, kept)
    purpose = st.text_area(
        "What you ask for. The agency reads this",
        value=kept.text("purpose"),
        key=kept.key("purpose"),
        height=80,
    )
    basis = basis_asked(kept, whole)
    st.html(f'<p class="mash-note">{WHEN_A_MANAGER}</p>')
    why_not = choice(kept, "why_not", "If nobody agreed: why not asked", WHY_NOT)
    why_words = st.text_input(
        "In your words (optional)", value=kept.text("why_words"), key=kept.key("why_words")
    )
    if not pressed.button("Ask", key="ask", about=whole.id, type="primary"):
        return
    pressed.taken()
    if not chosen:
        visit.refuse(NotReady("Choose at least one agency."))
    states = []
    with visit.work() as session:
        for key, (codes, own) in asked.items():
            facts = RequestFacts(
                agency_id=UUID(key),
                questions=codes,
                own_question=own,
                purpose=purpose,
                basis=basis,
                children=children,
                household=household,
                why_not_asked=why_not or None,
                why_not_words=why_words,
            )
            row = ask_agency(session, whole.id, facts, by=visit.by, at=visit.at)
            states.append(State(row.state))
        kept.drop(session, by=visit.by)
    kept.forget()
    done_in("agencies", done_words(states))


def done_words(states: list[State]) -> str:
    """What was done with the requests."""
    waits = states.count(State.NEEDS_WORD)
    sent = len(states) - waits
    words = []
    if sent:
        words.append(f"{wording.count_words(sent, 'agency was', 'agencies were')} asked.")
    if waits:
        words.append(
            f"{wording.count_words(waits, 'request waits', 'requests wait')} for a manager's word."
        )
    return " ".join(words)


def _questions(kept: Kept, agency: AgencyChoice) -> tuple[tuple[str, ...], str]:
    """What this agency is asked: of its group's questions those that are ticked, and one's own."""
    group = questions().for_kind(agency.kind)
    st.html(f"<p><strong>{escape(agency.name)}: what do you ask?</strong></p>")
    codes = tuple(
        code
        for code, words in group.questions.items()
        if st.checkbox(
            words,
            value=bool(kept.value(f"{agency.id} {code}")),
            key=kept.key(f"{agency.id} {code}"),
        )
    )
    own = st.text_input(
        f"One more question to {as_typed(agency.name)} (optional)",
        value=kept.text(f"{agency.id} own"),
        key=kept.key(f"{agency.id} own"),
    )
    return codes, own


def _people(whole: WholeChild, kept: Kept) -> tuple[tuple[UUID, ...], tuple[int, ...]]:
    """Whom it is about beside this child: brothers and sisters on the contact, the household."""
    household = whole.child.submission.get("household", [])
    if whole.child.siblings or household:
        st.html("<p><strong>Whom else is it about? Only those it must be about</strong></p>")
    children = tuple(
        each.id
        for each in whole.child.siblings
        if st.checkbox(
            as_typed(each.name),
            value=bool(kept.value(f"child {each.id}")),
            key=kept.key(f"child {each.id}"),
        )
    )
    adults = tuple(
        place
        for place, each in enumerate(household)
        if st.checkbox(
            as_typed(f"{each['name']}, {each['relationship']}"),
            value=bool(kept.value(f"adult {place}")),
            key=kept.key(f"adult {place}"),
        )
    )
    return children, adults


def basis_asked(kept: Kept, whole: WholeChild | None = None) -> Basis:
    """The layers of lawful basis; they begin as somebody recorded them on this child's page. Where
    nobody did and the child is rated red, or the worker's own route is section 47, they begin with
    a proposal, in fields of its own: it is gone with its cause, and what she chose herself comes
    first.
    """
    last = whole.lawful_bases[0] if whole and whole.lawful_bases else None
    fields = (
        ("article_6", "Lawful basis (UK GDPR)", ARTICLE_6),
        ("article_9", "Special category condition", ARTICLE_9),
        ("gateway", "Statutory gateway", GATEWAY),
        ("confidentiality", "Confidentiality", CONFIDENTIALITY),
    )
    cause = _why_proposed(whole) if whole is not None and last is None else None
    if cause is not None:
        st.html(f'<p class="mash-note">{PROPOSED.format(cause=cause)}</p>')
    chosen: dict[str, str] = {}
    columns = st.columns(2)
    for number, (name, label, codes) in enumerate(fields):
        field, begins = name, getattr(last, name) if last else None
        if cause is not None:
            field = f"{name} for {cause}"
            begins = kept.text(name) or FOR_CHILD_PROTECTION[name]
        with columns[number % 2]:
            chosen[name] = choice(kept, field, label, codes, begins=begins)
    necessity = st.text_area(
        "Why it is necessary, and no more than needed",
        value=kept.text("necessity") or (last.necessity if last else ""),
        key=kept.key("necessity"),
        height=80,
    )
    return Basis(**chosen, necessity=necessity)


def _why_proposed(whole: WholeChild) -> str | None:
    """Because of which of a person's own records a basis is proposed; none where there is none."""
    rag, route = whole.child.rag, whole.screening.route
    if not is_child_protection(rag, route):
        return None
    return RATED_RED if rag == Rag.RED else FOR_S47
