"""After the decision: what was decided and why, directions, and early help until it starts."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.decisions.actions import record_help_agreed, start_help
from mash_triage.decisions.queries import AloneAtNight, DecisionPicture, HelpPicture
from mash_triage.thresholds.routes import DepartureReason, Outcome
from mash_triage.web import components, wording
from mash_triage.web.child.level import level_words, route_words
from mash_triage.web.child.parts import done_in, say
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.child.tables import facts_html, table
from mash_triage.web.outcome.levels import levels_html
from mash_triage.web.outcome.standing import line_html
from mash_triage.web.page import Visit


def show(visit: Visit, whole: WholeChild) -> None:
    """The decision, where there is one, with what follows from it."""
    decision = whole.decision
    if decision is None:
        return
    edition = whole.edition
    st.header("Decision", anchor="decision")
    say("decision")
    facts = facts_html(
        [
            ("Outcome", edition.outcome_of(Outcome(decision.outcome)).words),
            ("Level", level_words(edition, decision.level)),
            ("Route", route_words(edition, decision.route)),
            ("Decided", f"{decision.by_name}, {wording.near_words(decision.at, at=visit.at)}"),
            ("Referral", _referral(decision)),
        ]
    )
    st.html(f"{facts}<h3>Reasons</h3>{components.words_html(decision.rationale)}")
    if decision.alone:
        _at_night(visit, decision.alone)
    _why_different(whole, decision)
    if decision.directions:
        st.html(
            table(
                "Directions",
                ("What", "Who", "By"),
                (
                    (each.what, each.who, wording.date_words(each.due_on))
                    for each in decision.directions
                ),
            )
        )
    if decision.contingency:
        st.html("<h3>If it does not work</h3>")
        components.words(decision.contingency)
    _handed_on(whole)
    told_here(visit, whole)
    if decision.help:
        _help(visit, whole, decision.help)


def _at_night(visit: Visit, alone: AloneAtNight) -> None:
    """Decided by one person alone at night: by when it is reviewed, or what the review said."""
    if alone.reviewed_at is None or not alone.words:
        due = wording.near_words(alone.due_at, at=visit.at)
        st.html(
            "<p><strong>Decided by one person alone at night.</strong> "
            f"Another manager reviews it by {due}.</p>"
        )
        return
    when = wording.near_words(alone.reviewed_at, at=visit.at)
    st.html("<h3>Decided alone at night, and reviewed</h3>")
    components.words(alone.words)
    st.html(f'<p class="mash-note">{escape(alone.reviewed_by_name or "")}, {when}</p>')


def _handed_on(whole: WholeChild) -> None:
    """Why the child is not closed, and the way to what was handed on."""
    lines = "".join(f"<li><strong>{escape(each)}</strong></li>" for each in whole.keeps_open)
    link = components.child_link_html("handed_on", whole.id, "What was handed on")
    st.html(f'<ul class="mash-list">{lines}</ul><p>{link}</p>' if lines else f"<p>{link}</p>")


def told_here(visit: Visit, whole: WholeChild) -> None:
    """What the referrer was told, her level beside the decided one, and whether she disagrees."""
    told = whole.told
    if told is None:
        return
    st.html("<h3>What the referrer is told</h3>")
    if told.withheld:
        st.html(f"<p><strong>Nothing.</strong> {escape(told.withheld)}.</p>")
        if told.withheld_words:
            components.words(told.withheld_words)
    elif not told.is_professional:
        st.html("<p>A member of the public made contact: neither outcome nor level is told.</p>")
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in told.reasons)
    if reasons:
        st.html(f'<ul class="mash-list">{reasons}</ul>')
    if told.words:
        components.words(told.words)
    if told.levels.thought is not None:
        st.html(levels_html(told.levels, who="The referrer"))
    for each in whole.disagreements:
        st.html(line_html(each, at=visit.at))


def _referral(decision: DecisionPicture) -> str:
    if decision.already_open:
        return "No second one: the work accepted before is still open"
    if not decision.is_referral:
        return "No"
    return "Yes, again within 12 months" if decision.is_rereferral else "Yes"


def _why_different(whole: WholeChild, decision: DecisionPicture) -> None:
    if decision.departure:
        reason = whole.edition.departure_words(DepartureReason(decision.departure))
        st.html(f"<h3>It differs from the suggestion: {escape(reason)}</h3>")
        components.words(decision.departure_words)
    if decision.repeat_comment:
        st.html("<h3>What the repeat contacts mean</h3>")
        components.words(decision.repeat_comment)


def _help(visit: Visit, whole: WholeChild, offer: HelpPicture) -> None:
    """Offered and agreement awaited, agreed, or started; it starts only with agreement."""
    if offer.started_at:
        stands = f"Started {wording.near_words(offer.started_at, at=visit.at)}."
    elif offer.is_agreed:
        stands = "The family agrees. Help has not started yet."
    else:
        due = wording.date_words(offer.agreement_due_on)
        stands = f"Offered, agreement awaited: {offer.owner} asks the family by {due}."
    st.html(f"<h3>Early help</h3><p>{escape(stands)}</p>")
    if offer.started_at or not visit.by.can(Permission.START_HELP):
        return
    if not offer.is_agreed:
        st.html(
            '<p class="mash-note">Record the agreement below, then say here that it is there.</p>'
        )
        if st.button("Agreement is on record", key="help_agreed"):
            with visit.work() as session:
                record_help_agreed(session, whole.id, by=visit.by, at=visit.at)
            done_in("decision", "Early help now rests on the family's agreement.")
    elif st.button("Help has started", key="help_started", type="primary"):
        with visit.work() as session:
            start_help(session, whole.id, by=visit.by, at=visit.at)
        done_in("decision", "Early help is recorded as started.")
