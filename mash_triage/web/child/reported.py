"""What was reported: danger first, then the child's own voice, the worry, the family, the past."""

from html import escape
from typing import Any

import streamlit as st

from mash_triage.web import components, wording
from mash_triage.web import more_said as more
from mash_triage.web.attachments import on_contact
from mash_triage.web.child import details, family
from mash_triage.web.child.details import GAP_WORDS, answered
from mash_triage.web.child.family import concern_words
from mash_triage.web.child.parts import beside, draw_anew_at_the_end, heading, to_read
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.child.tables import facts_html
from mash_triage.web.page import Visit

NO_VOICE = {
    "too_young": "Too young to say",
    "not_seen": "The referrer has not seen the child",
    "not_safe_to_ask": "It was not safe to ask",
    "did_not_wish": "The child did not wish to say",
    "could_not_communicate": "The child could not be understood yet",
    "unborn": "Not born yet",
}
PROTECTION = {
    "none": "None",
    "police_protection": "Under police protection (section 46)",
    "emergency_protection_order": "Emergency protection order (section 44)",
    "not_known": "Not known",
}
FIRST_HAND = {
    "saw_or_heard": "The referrer saw or heard it",
    "told_by_child": "The child told the referrer",
    "told_by_other": "Somebody else told the referrer",
    "mixed": "Partly seen, partly told",
}


def show(visit: Visit, whole: WholeChild) -> None:
    """The whole of what the referrer sent about this child, read from the top."""
    heading("reported")
    danger(whole)
    voice(whole)
    concern(whole)
    notice(whole)
    with beside("files"):
        files(visit, whole)
    with to_read("The child, the referrer, the household, told and agreed", "details"):
        details.show(whole)
    family.show(whole)


def files(visit: Visit, whole: WholeChild) -> None:
    """What was attached, before sending or later."""
    if whole.files.files:
        st.html("<h3>Files</h3>")
    if on_contact.show(visit, whole.child.contact_id, whole.files):
        draw_anew_at_the_end()


def danger(whole: WholeChild) -> None:
    """Whether anybody is in danger now, in the referrer's words, and what keeps the child safe."""
    said = whole.child.submission["danger"]
    if any(each.danger_now for each in whole.later.additions):
        st.html(
            '<div class="mash-banner"><p><strong>In danger now: the referrer has said so after '
            'sending.</strong> <a href="#later" target="_self">Read it</a></p></div>'
        )
    if said["in_danger_now"] == "no" and said.get("legal_protection") in {None, "none"}:
        st.html("<p><strong>In danger now?</strong> The referrer says no.</p>")
        return
    answer = wording.ANSWER_WORDS[said["in_danger_now"]].lower()
    pairs = [
        ("What is happening", answered(said.get("what_is_happening"))),
        ("Steps taken", answered(said.get("steps_taken"))),
        *more.answered(said, more.OF_DANGER),
        ("Safe adult", _safe_adult(said)),
        ("Legal protection", PROTECTION[said.get("legal_protection", "not_known")]),
    ]
    if said["in_danger_now"] == "no" and said["legal_protection"] == "not_known":
        asked = [(name, words) for name, words in pairs if words != GAP_WORDS["not_applicable"]]
        st.html(f"<p><strong>In danger now?</strong> The referrer says no.</p>{facts_html(asked)}")
        return
    st.html(
        '<div class="mash-banner"><p><strong>Is anybody in danger now? The referrer says: '
        f"{answer}.</strong></p>{components.summary_html(pairs)}</div>"
    )


def _safe_adult(said: dict[str, Any]) -> str:
    named = answered(said.get("safe_adult"))
    if said.get("safe_adult_named") == "yes":
        return named if isinstance(said.get("safe_adult"), str) else "Yes"
    return wording.ANSWER_WORDS[said.get("safe_adult_named", "not_known")]


def voice(whole: WholeChild) -> None:
    """The child's own voice, or why it is missing."""
    if whole.child.withheld:
        st.html(f'<div class="mash-banner"><p><strong>{whole.child.withheld}</strong></p></div>')
        return
    said = whole.child.submission["concern"]["child_voice"]
    words = (
        f"<p>{escape(NO_VOICE[said])}. Ask who could hear the child.</p>"
        if said in NO_VOICE
        else components.words_html(said)
    )
    told = more.answered(whole.child.reported.get("voice"), more.OF_VOICE)
    own = components.summary_html(told) if told else ""
    st.html(f'<div class="mash-voice"><h3>In the child\'s own words</h3>{words}{own}</div>')


def concern(whole: WholeChild) -> None:
    """The worry and what works, exactly as the referrer wrote them."""
    said = whole.child.submission["concern"]
    worries = [concern_words(whole.edition, code) for code in (said["main"], *said["others"])]
    seen = FIRST_HAND.get(str(said.get("first_hand")))
    how = f"{seen}." if seen else ""
    title = f"<h3>The worry: {escape('; also: '.join(worries))}</h3>"
    if whole.child.withheld:
        st.html(f"{title}{_note(how)}")
        return
    sentences = [each.sentence for each in whole.screening.indicators if each.sentence]
    st.html(
        f"{title}{components.marked_words_html(said['worry'], sentences)}"
        f"{_note(how, _marks(sentences))}"
        f"<h3>What works well</h3>{components.words_html(answered(said['working_well']))}"
    )
    _more(whole)


def _note(*words: str) -> str:
    said = " ".join(each for each in words if each)
    return f'<p class="mash-note">{said}</p>' if said else ""


def _more(whole: WholeChild) -> None:
    """How each worry is known, what happened when, and what the referrer hopes for."""
    submission = whole.child.submission
    said = submission["concern"]
    concerns = {one.code: one.words for one in whole.edition.concern}
    pairs = [
        *more.sources(said, concerns),
        *more.answered(said, (*more.OF_WORRY, *more.OF_VIEWS)),
        *_level_thought(whole),
    ]
    if pairs:
        components.summary(pairs)
    if lines := more.events(submission):
        st.html(f"<h3>What happened when</h3>{components.summary_html(lines)}")


def _level_thought(whole: WholeChild) -> list[tuple[str, str]]:
    """The level that the referrer thinks it is: her own view, and no proposal."""
    thought = whole.child.submission["concern"].get("level_thought")
    named = {each.number: each.name for each in whole.edition.level}
    if thought == "not_sure":
        return [("The referrer's own level", "Not sure")]
    if not isinstance(thought, int):
        return []
    name = f", {named[thought]}" if thought in named else ""
    return [("The referrer's own level", f"Level {thought}{name}")]


def notice(whole: WholeChild) -> None:
    """The police notice that the contact was made from; its grade is the force's, no rating."""
    submission = whole.child.submission
    if said := submission.get("notice"):
        body = notice_html(said, shown=submission["concern"]["worry"])
        st.html(f"<h3>Police notice</h3>{body}")


def notice_html(said: dict[str, Any], *, shown: str = "") -> str:
    """The notice: incident, when, the force's own grade, and its text unless shown already."""
    pairs = [
        ("Incident", said["incident"]),
        ("Happened", answered(said.get("happened"))),
        ("Graded by the force", answered(said.get("grade"))),
    ]
    text = "" if said["text"] == shown else components.words_html(said["text"])
    return f"{components.summary_html(pairs)}{text}"


def _marks(sentences: list[str]) -> str:
    """What the marks mean, where there are any."""
    if not sentences:
        return ""
    return (
        "Marked: sentences from which an indicator was "
        '<a href="#indicators" target="_self">proposed</a>.'
    )
