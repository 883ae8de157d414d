"""Who is this child? Candidates from the register, field by field; a named person answers."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import UNDECIDED
from mash_triage.matching import actions
from mash_triage.matching.compare import FieldLevel
from mash_triage.matching.levels import FIELD_NAMES, Level, Verdict
from mash_triage.matching.queries import (
    ASK_THE_DUTY_MANAGER,
    AnswerPicture,
    PersonPicture,
    Search,
    identity_of_child,
    pictures_of_people,
    search,
)
from mash_triage.matching.score import COULD_BE_SIBLING, Band, ScoredCandidate
from mash_triage.web import components, wording
from mash_triage.web.child.parts import done_in, heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.child.tables import table
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit

SEARCHED = "_searched"
ANSWER_WORDS = {
    "same": "This child",
    "different": "Not this child",
    "unsure": "Not sure",
    "new": "New child",
}
BAND_WORDS = {Band.POSSIBLE: "Possible", Band.UNLIKELY: "Unlikely"}
_THE_SAME = frozenset({Level.EXACT, Level.SAME_HOUSE, Level.SAME_AND_BORN})


@dataclass(frozen=True)
class Found:
    """What a search gave, with the records it names."""

    search: Search
    people: dict[int, PersonPicture]


def show(visit: Visit, whole: WholeChild) -> None:
    """The answer so far, or the candidates with their buttons."""
    heading("match")
    if whole.link:
        _linked(visit, whole, whole.link)
    elif whole.child.status not in UNDECIDED or not visit.by.can(Permission.SCREEN_CONTACT):
        st.html("<p>Nobody has said who this child is.</p>")
    else:
        _offer(visit, whole)
    _answers_before(whole)


# ---------------------------------------------------------------- linked


def _linked(visit: Visit, whole: WholeChild, link: AnswerPicture) -> None:
    said = "is a new child on the register" if link.answer == "new" else "is this child"
    st.html(
        f"<p><strong>{escape(whole.child.name)} {said}: {escape(link.person_name)}.</strong><br>"
        f'<span class="mash-note">Said by {escape(link.by_name)}, '
        f"{wording.near_words(link.at, at=visit.at)}</span></p>"
    )
    if whole.child.status not in UNDECIDED or not visit.by.can(Permission.SCREEN_CONTACT):
        return
    with st.expander("Undo this link"), st.form("undo_link", border=False):
        because = st.text_input("Why is it undone?", key=f"undo_because {link.id}")
        undone = st.form_submit_button("Undo the link")
    if undone:
        with visit.work() as session:
            actions.undo_match(session, whole.id, because=because, by=visit.by, at=visit.at)
        done_in("match", "The link is undone. Say again who this child is.")


def _answers_before(whole: WholeChild) -> None:
    """Every answer given, with who and when, also those that were undone."""
    lines = [
        components.HistoryLine(
            f"{ANSWER_WORDS[each.answer]}: {each.person_name}", each.by_name, each.at, each.reason
        )
        for each in whole.answers
        if each is not whole.link
    ]
    lines += [
        components.HistoryLine(
            f"Undone: {ANSWER_WORDS[each.answer]}, {each.person_name}",
            each.undone_by_name or "",
            each.undone_at,
            each.undone_because or "",
        )
        for each in whole.answers
        if each.undone_at is not None
    ]
    if lines:
        with st.expander(f"Answers given before ({len(lines)})"):
            components.history(lines)


# ---------------------------------------------------------------- candidates


def _offer(visit: Visit, whole: WholeChild) -> None:
    found = _found(visit, whole)
    if found.search.ask_duty_manager:
        st.html(f'<div class="mash-banner"><p><strong>{ASK_THE_DUTY_MANAGER}</strong></p></div>')
    if found.search.too_thin:
        st.html(f"<p><strong>{escape(found.search.too_thin)}</strong></p>")
    ruled_out = {a.person_id for a in whole.answers if a.answer == "different" and not a.undone_at}
    left = [each for each in found.search.candidates if each.id not in ruled_out]
    _list_candidates(visit, whole, found, left)
    with st.container(horizontal=True):
        new = st.button("New child: none of these", key="new_child")
        again = st.button("Search again", key="search_again")
    if new:
        with visit.work() as session:
            actions.record_new_person(session, whole.id, by=visit.by, at=visit.at)
        done_in("match", "Recorded as a new child.")
    if again:
        st.session_state[SEARCHED] = [each for each in _searched() if each != str(whole.id)]
        done_in("match", "The register was searched again.")


def _found(visit: Visit, whole: WholeChild) -> Found:
    """Search and keep what was offered, once a sitting; afterwards only draw it again."""
    by, searched = visit.by, _searched()
    if str(whole.id) in searched:
        with visit.look() as session:
            found = search(session, identity_of_child(fetch_child(session, whole.id, by=by)), by=by)
            people = pictures_of_people(session, [each.id for each in found.candidates], by=by)
    else:
        with visit.work() as session:
            found = actions.suggest_matches(session, whole.id, by=by, at=visit.at)
            people = pictures_of_people(session, [each.id for each in found.candidates], by=by)
    st.session_state[SEARCHED] = sorted({*searched, str(whole.id)})
    return Found(found, people)


def _searched() -> list[str]:
    """The children for whom the register was searched in this sitting."""
    found: list[str] = st.session_state.get(SEARCHED, [])
    return found


def _list_candidates(
    visit: Visit, whole: WholeChild, found: Found, left: list[ScoredCandidate[int]]
) -> None:
    possible = [each for each in left if each.band is Band.POSSIBLE]
    unlikely = [each for each in left if each.band is not Band.POSSIBLE]
    if not possible and not found.search.too_thin:
        st.html("<p>No record on the register is a possible match.</p>")
    for each in possible:
        _candidate(visit, whole, each, found.people[each.id])
    if unlikely:
        with st.expander(f"Unlikely ({len(unlikely)})", key="unlikely"):
            for each in unlikely:
                _candidate(visit, whole, each, found.people[each.id])


def _candidate(
    visit: Visit, whole: WholeChild, each: ScoredCandidate[int], person: PersonPicture
) -> None:
    """One record beside what was reported, what would settle it, and the two answers."""
    with st.container(key=f"candidate_{each.id}", border=True):
        st.html(_reasons(each, person))
        with st.container(horizontal=True):
            same = st.button(f"This child: {as_typed(person.name)}", key=f"same {each.id}")
            other = st.button("Not this child", key=f"different {each.id}")
    if same:
        with visit.work() as session:
            actions.confirm_match(session, whole.id, each.id, by=visit.by, at=visit.at)
        done_in("match", "Recorded: this child.")
    if other:
        with visit.work() as session:
            actions.reject_match(session, whole.id, each.id, by=visit.by, at=visit.at)
        done_in("match", "Recorded: not this child.")


def _reasons(each: ScoredCandidate[int], person: PersonPicture) -> str:
    on = escape(_where_from(person))
    sibling = f"<p><strong>This {COULD_BE_SIBLING}.</strong></p>" if each.could_be_sibling else ""
    cautions = "".join(f"<p><strong>{escape(words)}</strong></p>" for words in each.cautions)
    told = [line for line in each.levels if line.level is not Level.UNKNOWN]
    untold = [FIELD_NAMES[line.field] for line in each.levels if line.level is Level.UNKNOWN]
    not_known = f"<p>Not known on one side or both: {', '.join(untold)}.</p>" if untold else ""
    return (
        f'<h3>{BAND_WORDS[each.band]}: {escape(person.name)}<span class="mash-note">{on}</span>'
        f"</h3>{sibling}{cautions}"
        + table(
            "Field by field",
            ("Field", "Reported", "On the register", "Answer"),
            ((FIELD_NAMES[line.field], *_both(line), _verdict(line)) for line in told),
        )
        + f"{not_known}<p><strong>What would settle it:</strong> "
        f"{escape(each.what_would_settle_it)}</p>"
    )


def _where_from(person: PersonPicture) -> str:
    if person.register_id:
        return f", register {person.register_id}"
    return ", recorded from another contact" if person.origin == "contact" else ""


def _both(line: FieldLevel) -> tuple[str, str]:
    return line.reported or "Not known", line.known or "Not known"


def _verdict(line: FieldLevel) -> str:
    """Same, close, differs or not known, and in what way."""
    if line.level in _THE_SAME:
        return line.words.capitalize() if line.words.startswith("same") else f"Same: {line.words}"
    if line.words == "different":
        return "Differs"
    answer = {Verdict.FOR: "Close", Verdict.AGAINST: "Differs"}.get(line.verdict, "Says little")
    return f"{answer}: {line.words}"
