"""One missing episode: what is due, the facts, oversight, the risk, and what follows."""

from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.reference import show_reference
from mash_triage.errors import NotFound
from mash_triage.missing.actions import (
    assess_risk,
    propose_from_missing,
    record_return,
    review_missing,
)
from mash_triage.missing.codes import ANSWERS, RETURNED_HOW, RISK
from mash_triage.missing.local import missing_rules
from mash_triage.missing.pictures import EpisodePicture, picture_of_episode
from mash_triage.missing.rules import ReturnFacts, RiskFacts, nights_away
from mash_triage.web import components, kept, wording
from mash_triage.web.kept import Kept
from mash_triage.web.missing import following, interview, taking_back, when
from mash_triage.web.missing.entering import choice, returned
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.worklists.ages import age_in_words


def show(visit: Visit, wanted: str) -> None:
    """The whole of one episode, in the order in which it is worked on."""
    try:
        episode_id = UUID(wanted)
    except ValueError:
        visit.refuse(NotFound())
    with visit.look() as session:
        seen = picture_of_episode(session, episode_id, by=visit.by, at=visit.at)
    visit.note_viewed(seen.contact_child_id)
    kept.begin(visit, seen.id)
    st.html('<p><a href="/missing" target="_self">All missing children</a></p>')
    age = age_in_words(seen.dob, seen.age_years, unborn=False, on=seen.missing_since)
    is_missing = seen.returned_at is None and seen.taken_back is None
    now = components.flag_html("Missing now") if is_missing else ""
    st.html(
        f'<h2 class="mash-child">{escape(seen.child_name)}, {wording.age_words(age)} {now}</h2>'
    )
    if seen.taken_back is not None:
        taking_back.banner(visit, seen.taken_back)
    else:
        if any(each.sounds_of_danger for each in seen.interviews):
            interview.warn()
        _due(visit, seen)
    _facts(visit, seen)
    _oversight(visit, seen)
    _risk(visit, seen)
    _offered(visit, seen)
    if seen.returned_at is not None:
        interview.show(visit, seen)
    elif seen.taken_back is None:
        _return(visit, seen)
    following.show(visit, seen)
    if seen.taken_back is None:
        taking_back.show(visit, seen)


def again(visit: Visit, mine: Kept, words: str) -> None:
    """Once it is recorded: the fields are emptied, and the page says what was done."""
    mine.forget()
    visit.leave(words, to="missing", episode=str(mine.child_id))


# ---------------------------------------------------------------- what is known


def _due(visit: Visit, seen: EpisodePicture) -> None:
    lines = "".join(
        f"<li><strong>{escape(wording.time_left_words(each.due_at, at=visit.at))}</strong>: "
        f"{escape(each.words)}, due {wording.near_words(each.due_at, at=visit.at)}</li>"
        for each in seen.due
    )
    if lines:
        st.html(f'<ul class="mash-links">{lines}</ul>')
    elif seen.settled_at:
        st.html("<p><strong>Nothing more is due of this episode.</strong></p>")


def _facts(visit: Visit, seen: EpisodePicture) -> None:
    until = seen.returned_at or visit.at
    nights = nights_away(seen.missing_since, until)
    away = wording.duration_words(until - seen.missing_since)
    if nights:
        away += f", {wording.count_words(nights, 'night', 'nights')}"
    contact = show_reference(seen.reference)
    pairs: list[tuple[str, str | Html]] = [
        ("Contact", components.child_link_html("child", seen.contact_child_id, contact)),
        ("Missing since", wording.near_words(seen.missing_since, at=visit.at)),
        ("Last seen", components.words_html(seen.last_seen)),
        ("Reported by", seen.reporter),
        ("Police reference", seen.notice_reference or "None"),
        ("We were told", wording.near_words(seen.noticed_at, at=visit.at)),
        ("Looked after", ANSWERS[seen.looked_after]),
        ("Recorded", f"{seen.recorded_by}, {wording.near_words(seen.recorded_at, at=visit.at)}"),
    ]
    if seen.taken_back is None:
        label = "Missing for" if seen.returned_at is None else "Was away for"
        lately = f"Episodes in {missing_rules().within_days} days"
        pairs.insert(2, (label, away))
        pairs.append((lately, f"{seen.episodes_lately}, with this one"))
    if seen.returned_at is not None:
        pairs.append(("Back", wording.near_words(seen.returned_at, at=visit.at)))
        pairs.append(("How", RETURNED_HOW.get(seen.returned_how or "", "")))
    if seen.returned_words:
        pairs.append(("In words", components.words_html(seen.returned_words)))
    components.summary(pairs)


# ---------------------------------------------------------------- oversight


def _oversight(visit: Visit, seen: EpisodePicture) -> None:
    st.header("Management oversight", anchor=False)
    for each in seen.reviews:
        st.html(
            f"<strong>{escape(each.by_name)}</strong>, "
            f"{wording.near_words(each.at, at=visit.at)}{components.words_html(each.words)}"
        )
    if not seen.reviews:
        yet = "had read it" if seen.taken_back else "has read this notice yet"
        st.html(f"<p>No manager {yet}.</p>")
    if seen.taken_back or not visit.by.can(Permission.DECIDE_CONTACT):
        return
    mine = Kept("missing review", seen.id)
    words = st.text_area(
        "What you have seen to, and what is to happen",
        value=mine.text("words"),
        key=mine.key("words"),
        height=110,
    )
    if st.button("Record my review", key="review_missing"):
        with visit.work() as session:
            review_missing(session, seen.id, words, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        again(visit, mine, "Your review is recorded.")


# ---------------------------------------------------------------- risk


def _risk(visit: Visit, seen: EpisodePicture) -> None:
    st.header("Risk", anchor=False)
    for number, each in enumerate(seen.risks):
        earlier = "Earlier: " if number else ""
        st.html(
            f"<strong>{earlier}{RISK[each.level]}</strong>, {escape(each.said.by_name)}, "
            f"{wording.near_words(each.said.at, at=visit.at)}. Exploitation: "
            f"{ANSWERS[each.exploitation].lower()}; health: {ANSWERS[each.health].lower()}; "
            f"needs medication: {ANSWERS[each.medication].lower()}."
            f"{components.words_html(each.said.words)}"
        )
    if not seen.risks:
        yet = "was not assessed" if seen.taken_back else "is not assessed yet"
        st.html(f"<p>The risk {yet}.</p>")
    if visit.by.can(Permission.RECORD_MISSING) and not seen.taken_back:
        words = "Assess the risk again" if seen.risks else "Assess the risk"
        with st.expander(words, expanded=not seen.risks, key="assess"):
            _assess(visit, seen)


def _assess(visit: Visit, seen: EpisodePicture) -> None:
    mine = Kept("missing risk", seen.id)
    across = {"horizontal": True}
    exploitation = choice(mine, "exploitation", "Signs of exploitation?", ANSWERS, **across)
    health = choice(mine, "health", "A worry about physical or mental health?", ANSWERS, **across)
    medication = choice(
        mine, "medication", "Needs medication they may not have?", ANSWERS, **across
    )
    level = choice(mine, "level", "How great is the risk?", RISK, **across)
    words = st.text_area(
        "Why, in a sentence", value=mine.text("words"), key=mine.key("words"), height=80
    )
    if st.button("Record the risk", key="assess_risk"):
        facts = RiskFacts(level, exploitation, health, medication, words)
        with visit.work() as session:
            assess_risk(session, seen.id, facts, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        again(visit, mine, "The risk is recorded. It sets no level and no rating by itself.")


def _offered(visit: Visit, seen: EpisodePicture) -> None:
    if not seen.offered:
        return
    lines = "".join(f"<li>{escape(words)}</li>" for words in seen.offered.values())
    st.html(
        "<h3>Offered for the screening</h3>"
        f'<ul class="mash-indicators">{lines}</ul>'
        '<p class="mash-note">Nothing is ticked by this. A worker accepts or rejects each.</p>'
    )
    if not (seen.in_screening and visit.by.can(Permission.SCREEN_CONTACT)):
        return
    if st.button("Propose them in the screening", key="propose_missing"):
        with visit.work() as session:
            number = propose_from_missing(session, seen.id, by=visit.by, at=visit.at)
        words = f"{number} proposed in the screening." if number else "They are there already."
        visit.leave(words, to="missing", episode=str(seen.id))


# ---------------------------------------------------------------- the return, and what follows


def _return(visit: Visit, seen: EpisodePicture) -> None:
    st.header("Found or back", anchor=False)
    if not visit.by.can(Permission.RECORD_MISSING):
        st.html("<p>The child is still missing.</p>")
        return
    mine = Kept("missing return", seen.id)
    back, how, words = returned(mine)
    if st.button("Record that the child is back", type="primary", key="record_return"):
        facts = ReturnFacts(when.read(visit, back), how, words)
        with visit.work() as session:
            record_return(session, seen.id, facts, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        again(visit, mine, "Recorded. The return home interview is to be held within 72 hours.")
