"""What came after sending: new since you looked, a wish to withdraw, the letter after a call."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.after_sending.actions import (
    answer_withdrawal,
    record_additions_read,
    record_written_confirmation,
)
from mash_triage.after_sending.actions.answer import CAME_AS
from mash_triage.after_sending.queries import AdditionPicture, ConfirmationPicture
from mash_triage.after_sending.rules import SAYS_WHO, place_of
from mash_triage.contacts.status import UNDECIDED, WITH_WORKER
from mash_triage.screening.actions import propose_from_words
from mash_triage.web import notices, wording
from mash_triage.web.child.parts import done_in, heading, to_read
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.form.additions import asked_words, log_html
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

SAID = "_later_said"
STANDS = {
    "yes": "Yes, the worry stands",
    "no": "No: a manager is asked to decide that nothing more is needed",
}


def show(visit: Visit, whole: WholeChild) -> None:
    """The additions, those new to this person on top, and what is asked of her."""
    if not whole.later.additions:
        return
    heading("later")
    new = whole.later.new_to(visit.by.user_id)
    decided_at = whole.child.decided_at
    if new:
        st.html(
            f'<div class="mash-new"><h3>New since you looked: {len(new)}</h3>'
            f"{log_html(new, decided_at=decided_at)}</div>"
        )
        _read(visit, whole, new)
    _withdrawal(visit, whole)
    _read_after_decision(visit, whole)
    seen = [each for each in whole.later.additions if each not in new]
    if seen:
        with to_read(f"Read before: {len(seen)}", "additions_read"):
            st.html(log_html(seen, decided_at=decided_at))


def _read(visit: Visit, whole: WholeChild, new: tuple[AdditionPicture, ...]) -> None:
    """Say that it was read; after the decision, with what was done about it."""
    if not visit.by.can(Permission.SCREEN_CONTACT):
        return
    decided_at = whole.child.decided_at
    kept, words = Kept("additions", whole.id), ""
    with st.form("additions_form", border=False):
        if decided_at is not None and any(each.at > decided_at for each in new):
            words = st.text_area(
                "New information after the decision: what was done about it?",
                value=kept.text("words"),
                key=kept.key("words"),
            )
        pressed = st.form_submit_button("I have read this", type="primary")
    if not pressed:
        return
    proposed = 0
    with visit.work() as session:
        record_additions_read(
            session, whole.id, new[-1].number, words or "", by=visit.by, at=visit.at
        )
        if whole.may_write and whole.child.status in WITH_WORKER:
            proposed = propose_from_words(session, whole.id, by=visit.by, at=visit.at)
        kept.drop(session, by=visit.by)
    kept.forget()
    more = f" {wording.count_words(proposed, 'indicator is', 'indicators are')} proposed."
    done_in("later", f"Read.{more if proposed else ''}")


def _withdrawal(visit: Visit, whole: WholeChild) -> None:
    """The answers so far; while one is open, the question."""
    for each in whole.later.answers:
        stands = "The worry stands" if each.stands else "The worry does not stand"
        st.html(
            f"<p><strong>{stands}.</strong> {escape(each.reason)} "
            f'<span class="mash-note">{escape(each.by_name)}, '
            f"{wording.near_words(each.at, at=visit.at)}</span></p>"
        )
    if whole.later.open_withdrawal is None or whole.child.status not in UNDECIDED:
        return
    st.html(
        '<div class="mash-banner"><p><strong>The referrer asked to withdraw.</strong> The child '
        "stays here and the clocks run. Does the worry stand?</p></div>"
    )
    if visit.by.can(Permission.SCREEN_CONTACT) and visit.by.qualified:
        _answer_form(visit, whole)


def _answer_form(visit: Visit, whole: WholeChild) -> None:
    kept, choices = Kept("withdrawal_answer", whole.id), list(STANDS)
    with st.form("withdrawal_form", border=False):
        chosen = st.radio(
            "Does the worry stand?",
            choices,
            index=kept.index("stands", choices),
            format_func=STANDS.__getitem__,
            key=kept.key("stands"),
        )
        reason = st.text_area("Why?", value=kept.text("reason"), key=kept.key("reason"))
        pressed = st.form_submit_button("Record the answer")
    if not pressed:
        return
    with visit.work() as session:
        answer_withdrawal(
            session,
            whole.id,
            stands={"yes": True, "no": False}.get(chosen or ""),
            reason=reason or "",
            by=visit.by,
            at=visit.at,
        )
        kept.drop(session, by=visit.by)
    kept.forget()
    done_in("later", "Recorded. The child stays in its queue until a manager decides.")


def _read_after_decision(visit: Visit, whole: WholeChild) -> None:
    """What colleagues wrote that they did about new information."""
    for each in whole.later.reads:
        if each.words:
            st.html(
                f"<p><strong>Done about it:</strong> {escape(each.words)} "
                f'<span class="mash-note">{escape(each.by_name)}, '
                f"{wording.near_words(each.at, at=visit.at)}</span></p>"
            )


# ---------------------------------------------------------------- elsewhere on the page


def changed_after_match(whole: WholeChild) -> None:
    """That the referrer changed who the child is said to be, after somebody said who it is."""
    link = whole.link
    mine = f"children[{whole.child.position}]."
    changed = [
        asked_words(each.path)
        for each in whole.later.additions
        if each.path.startswith(mine)
        and place_of(each.path) in SAYS_WHO
        and (link is None or each.at > link.at)
    ]
    if not changed:
        return
    names = escape(", ".join(dict.fromkeys(changed)))
    words = (
        f"The referrer has since changed: {names}. Check that this is still the right child."
        if link
        else f"The referrer has since changed: {names}. The search below is by what was sent; "
        "search by hand as well."
    )
    link_to = '<a href="#later" target="_self">Read it</a>'
    st.html(f'<div class="mash-caution"><p>{words} {link_to}</p></div>')


def confirmation(visit: Visit, whole: WholeChild) -> None:
    """Whether the call was confirmed in writing; nothing waits for it."""
    asked = whole.later.confirmation
    if asked is None:
        return
    if st.session_state.pop(SAID, False):
        notices.done("Written confirmation recorded.")
    st.html(f"<p><strong>Written confirmation:</strong> {_confirmation_words(asked, visit)}</p>")
    if asked.came_at is None and visit.by.can(Permission.ENTER_FOR_OTHERS):
        with st.expander("Record that it came", key="confirmation"):
            _confirmation_form(visit, whole)


def _confirmation_words(asked: ConfirmationPicture, visit: Visit) -> str:
    if asked.came_at is not None:
        came = wording.near_words(asked.came_at, at=visit.at)
        late = ", late" if asked.came_at > asked.due_at else ""
        how = CAME_AS.get(asked.came_as or "", "").lower()
        return f"came {came} ({how}{late}), recorded by {escape(asked.by_name or '')}."
    due = wording.near_words(asked.due_at, at=visit.at)
    if visit.at > asked.due_at:
        return f"overdue since {due}. Ask the referrer again; nothing waits for it."
    return f"waiting, due {due}."


def _confirmation_form(visit: Visit, whole: WholeChild) -> None:
    kept, ways = Kept("confirmation", whole.id), list(CAME_AS)
    with st.form("confirmation_form", border=False):
        came_as = st.radio(
            "How did it come?",
            ways,
            index=kept.index("came_as", ways),
            format_func=CAME_AS.__getitem__,
            key=kept.key("came_as"),
        )
        pressed = st.form_submit_button("Record it")
    if not pressed:
        return
    with visit.work() as session:
        record_written_confirmation(session, whole.id, came_as or "", by=visit.by, at=visit.at)
        kept.drop(session, by=visit.by)
    kept.forget()
    st.session_state[SAID] = True
    st.rerun()
