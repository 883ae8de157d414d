"""The outcome: analysis, section 47 for each child, how it is done, the parents, the tasks."""

from dataclasses import replace
from datetime import date
from typing import NoReturn

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.strategy.actions import cancel_discussion, close_discussion
from mash_triage.strategy.codes import (
    CONDUCT_WORDS,
    LIMB_WORDS,
    MEDICAL_WORDS,
    PARENTS_WORDS,
    YES_NO_WORDS,
    Parents,
    YesNo,
)
from mash_triage.strategy.pictures import DiscussionPicture, StrategyChildPicture
from mash_triage.strategy.quorum import quorum_words
from mash_triage.strategy.rules import Agreed, ChildOutcome, Task
from mash_triage.web import pressed
from mash_triage.web.kept import Kept
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit
from mash_triage.web.strategy import fields


def show(visit: Visit, seen: DiscussionPicture) -> None:
    """The form, once it was held and while it is not closed."""
    if seen.started_at is None or seen.outcome is not None:
        return
    st.header("Outcome", anchor="outcome")
    if not (visit.by.can(Permission.HOLD_STRATEGY) and visit.by.qualified):
        st.html("<p>A social-work-qualified colleague records the outcome.</p>")
        return
    kept = Kept("strategy_outcome", seen.id)
    facts = _asked(kept, seen)
    tasks = _tasks(kept)
    next_on, why = _without_quorum(kept, seen)
    facts = replace(facts, tasks=tasks, next_on=next_on, without_quorum=why)
    if pressed.button(
        "Close the discussion", key="close_discussion", about=seen.id, type="primary"
    ):
        pressed.taken()
        with visit.work() as session:
            close_discussion(session, seen.id, facts, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        _leave(visit, seen, facts)


def _leave(visit: Visit, seen: DiscussionPicture, facts: Agreed) -> NoReturn:
    """To the one child for whom enquiries start, where she is sent on; else to what was closed."""
    words = "The strategy discussion is closed."
    if [each.s47 for each in facts.children] == [YesNo.YES]:
        visit.leave(words, to="child", child=str(seen.children[0].id))
    visit.leave(words, to="strategy", open=str(seen.id))


def cancel(visit: Visit, seen: DiscussionPicture) -> None:
    """The form for one that is not held after all, folded."""
    if seen.is_over or seen.started_at is not None:
        return
    if not visit.by.can(Permission.HOLD_STRATEGY):
        return
    with st.expander("Cancel this discussion", key="strategy_cancel"):
        kept = Kept("strategy_cancel", seen.id)
        because = fields.words(kept, "because", "Why is it not held?")
        if st.button("Cancel it", key="cancel_discussion"):
            with visit.work() as session:
                cancel_discussion(session, seen.id, because, by=visit.by, at=visit.at)
                kept.drop(session, by=visit.by)
            kept.forget()
            visit.leave("The strategy discussion is cancelled.", to="strategy", open=str(seen.id))


def _asked(kept: Kept, seen: DiscussionPicture) -> Agreed:
    analysis = fields.words(
        kept, "analysis", "Analysis: what the information means for each child", height=140
    )
    children = tuple(_child(kept, child) for child in seen.children)
    facts = Agreed(analysis, children)
    if any(child.s47 is YesNo.YES for child in children):
        facts = _enquiries(kept, facts)
    parents = fields.choice(kept, "parents", "What are the parents told?", PARENTS_WORDS)
    asked = "Why not, and until when?" if parents is Parents.NOT_YET else "When, by whom, and what?"
    parents_words = fields.words(kept, "parents_words", asked)
    other = fields.words(
        kept, "others", "Other children at home or near whoever may harm: who, and what follows"
    )
    return replace(facts, parents=parents, parents_words=parents_words, other_children=other)


def _child(kept: Kept, child: StrategyChildPicture) -> ChildOutcome:
    name, key = as_typed(child.name), str(child.id)
    s47 = fields.choice(kept, f"s47_{key}", f"{name}: do section 47 enquiries start?", YES_NO_WORDS)
    if s47 is None:
        return ChildOutcome(child.id, None, "")
    limb, instead = None, ""
    if s47 is YesNo.YES:
        limb = fields.choice(kept, f"limb_{key}", f"{name}: on which limb?", LIMB_WORDS)
    reason = fields.words(kept, f"reason_{key}", f"{name}: reason")
    if s47 is YesNo.NO:
        instead = fields.words(kept, f"instead_{key}", f"{name}: what happens instead")
    return ChildOutcome(child.id, s47, reason, limb, instead)


def _enquiries(kept: Kept, facts: Agreed) -> Agreed:
    conduct = fields.choice(kept, "conduct", "Who makes the enquiries?", CONDUCT_WORDS)
    medical = fields.choice(kept, "medical", "Child protection medical?", MEDICAL_WORDS)
    medical_why = fields.line(kept, "medical_why", "Medical: why, or why not; when and where")
    who = fields.line(kept, "seeing_who", "Who sees the child? Name and post")
    on = fields.day(kept, "seeing_on", "To be seen on")
    alone = fields.choice(kept, "seeing_alone", "To be seen alone?", YES_NO_WORDS)
    how = fields.line(kept, "seeing_how", "How: where, interpreter or intermediary, why not alone")
    return replace(
        facts,
        conduct=conduct,
        medical=medical,
        medical_why=medical_why,
        seeing_who=who,
        seeing_on=on,
        seeing_alone=alone,
        seeing_how=how,
    )


def _without_quorum(kept: Kept, seen: DiscussionPicture) -> tuple[date | None, str]:
    next_on = fields.day(kept, "next_on", "Next discussion (optional)")
    if not seen.missing:
        return next_on, ""
    st.html(f"<p><strong>{quorum_words(seen.missing)}</strong></p>")
    why = fields.words(kept, "without_quorum", "Why can the outcome not wait for them?")
    return next_on, why


def _tasks(kept: Kept) -> tuple[Task, ...]:
    """Who does what by when; another row for each touch of the button. Empty rows are left out."""
    st.html("<h3>Agreed tasks</h3>")
    rows_key = kept.key("rows")
    rows: int = st.session_state.setdefault(rows_key, kept.value("rows") or 1)
    typed = []
    for row in range(rows):
        with st.container(border=True, key=f"task_{row}"):
            what = fields.line(kept, f"what_{row}", f"Task {row + 1}: what is done")
            left, right = st.columns(2, vertical_alignment="bottom")
            with left:
                who = fields.line(kept, f"who_{row}", f"Task {row + 1}: who does it")
            with right:
                typed.append(Task(what, who, fields.day(kept, f"by_{row}", f"Task {row + 1}: by")))
    if st.button("Add a task", key="add_task"):
        st.session_state[rows_key] = rows + 1
        st.rerun()
    return tuple(each for each in typed if each.what.strip() or each.who.strip() or each.due_on)
