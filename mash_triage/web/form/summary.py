"""Everything a contact says, as lists of questions and answers: to check, and to print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mash_triage.contacts.answers import rows_of
from mash_triage.contacts.asked import is_kept_from_others
from mash_triage.contacts.sent import SentPicture
from mash_triage.web import more_said as more
from mash_triage.web.form import words
from mash_triage.web.form.rows import name_in
from mash_triage.web.form.said import Pairs, day_said, said
from mash_triage.web.form.summary_child import child_pairs
from mash_triage.web.wording import SOURCE_WORDS, moment_words


@dataclass(frozen=True)
class Section:
    """One part: the step that asks for it, its title, and its questions with answers."""

    step: str
    title: str
    pairs: Pairs
    child: int = 0
    about: str = ""


def sections(
    answers: Mapping[str, Any], concerns: Mapping[str, str], *, own: bool = False
) -> list[Section]:
    """All parts in the order of the form. What must not reach somebody is left out, an address that
    is to be kept from somebody, and who made contact where that is kept back: but for whoever is
    just writing it (`own`), since a copy may come into anybody's hands.
    """
    children = rows_of(answers, "children")
    names = [name_in(child) or f"child {n}" for n, child in enumerate(children, 1)]
    return [
        Section("danger", "Danger now", _danger(answers)),
        Section("referrer", "Who makes contact", _referrer(answers, own=own)),
        *(
            Section(
                "children",
                f"Child {n + 1}",
                child_pairs(child, names, own=own),
                child=n,
                about=name_in(child),
            )
            for n, child in enumerate(children)
        ),
        *_handed_over(answers),
        Section("household", "Household", _household(answers, names)),
        Section("told", "Who was told and agreed", _told(answers)),
        Section("concern", "The worry", _concern(answers, concerns)),
        Section("strengths", "What works well", _views(answers)),
        Section("voice", "The child's voice", _voice(answers, names)),
        Section("visit", "Before anybody visits", _visit(answers, own=own)),
        *_declared(answers),
    ]


CLOSED_WITH_A_CHILD = frozenset({"household", "told"})
"""The parts that are left out where a child on the contact is closed to the reader."""


def parts_shown(sent: SentPicture, concerns: Mapping[str, str]) -> list[Section]:
    """The parts of a sent contact as far as its reader may read them: on the receipt, on paper."""
    return [
        part
        for part in sections(sent.submission, concerns)
        if not (sent.withheld and part.step in CLOSED_WITH_A_CHILD)
    ]


def _danger(answers: Mapping[str, Any]) -> Pairs:
    danger = answers.get("danger") or {}
    pairs = [("Anybody in danger now?", said(danger.get("in_danger_now"), words.YES_NO))]
    if danger.get("in_danger_now") != "no":
        pairs += [
            ("What is happening", said(danger.get("what_is_happening"))),
            ("What has been done", said(danger.get("steps_taken"))),
        ]
        pairs += more.answered(danger, more.OF_DANGER)
    pairs.append(("Safe adult", said(danger.get("safe_adult_named"), words.YES_NO)))
    if danger.get("safe_adult_named") == "yes":
        pairs.append(("Who keeps the child safe", said(danger.get("safe_adult"))))
    return [*pairs, ("Under protection", said(danger.get("legal_protection"), words.PROTECTION))]


def _referrer(answers: Mapping[str, Any], *, own: bool) -> Pairs:
    who = answers.get("referrer") or {}
    if is_kept_from_others(answers) and not own:
        return [("Who it was", "Wishes that nobody else is told")]
    pairs = [
        ("Name", said(who.get("name"))),
        ("Job title", said(who.get("job_title"))),
        ("Telephone", said(who.get("telephone"))),
        ("E-mail", said(who.get("email"))),
        ("Knows the children as", said(who.get("relationship_to_child"))),
        ("Children last seen", day_said(who.get("last_seen"))),
        *more.answered(who, more.OF_REFERRER),
    ]
    if answers.get("channel", "portal") == "portal":
        return pairs
    return [
        ("Reached us by", said(answers.get("channel"), words.CHANNEL)),
        ("Reached us on", _moment_said(answers.get("received_at"))),
        ("Who it was", said(who.get("kind"), words.KIND)),
        ("Came from", said(who.get("source_code"), SOURCE_WORDS)),
        *pairs,
    ]


def _moment_said(answer: Any) -> str:
    try:
        return moment_words(datetime.fromisoformat(str(answer)))
    except ValueError:
        return said(answer)


def _handed_over(answers: Mapping[str, Any]) -> list[Section]:
    told = more.answered(answers.get("handed_over"), more.OF_HANDING_OVER)
    return [Section("children", "Another authority", told)] if told else []


def _household(answers: Mapping[str, Any], names: list[str]) -> Pairs:
    people = rows_of(answers, "household")
    return [(name_in(row) or "No name", _adult(row, names)) for row in people] or [
        ("Adults", "Not given")
    ]


def _adult(row: Mapping[str, Any], names: list[str]) -> str:
    questions = {
        "lives_with_child": "lives with the children",
        "parental_responsibility": "parental responsibility",
        "worry_about_them": "worry about what this person does",
    }
    parts = [
        f"{asked}: {said(row.get(code), words.YES_NO).lower()}" for code, asked in questions.items()
    ]
    born = row.get("date_of_birth")
    if isinstance(born, str):
        parts.append(f"born {day_said(born)}")
    others = [*more.relations(row, names), *more.answered(row, more.OF_ADULT)]
    parts += [f"{name}: {answer}" for name, answer in others]
    return "; ".join([said(row.get("relationship")), *parts])


def _told(answers: Mapping[str, Any]) -> Pairs:
    people = rows_of(answers, "told_and_agreed")
    return [(name_in(row) or "No name", _agreed(row)) for row in people] or [
        ("Anybody told", "Not given")
    ]


def _agreed(row: Mapping[str, Any]) -> str:
    parts = [
        f"Knows about this: {said(row.get('told'), words.YES_NO).lower()}",
        said(row.get("agreement"), words.AGREEMENT),
    ]
    parts += [words.AGREED_TO[code] for code in row.get("agreed_to") or ()]
    if row.get("agreement") != "given" and row.get("why_not"):
        parts.append(words.WHY_NOT[row["why_not"]])
    parts += [f"{name}: {said}" for name, said in more.answered(row, more.OF_AGREEMENT)]
    if isinstance(row.get("in_their_words"), str):
        parts.append(f"“{row['in_their_words']}”")
    return "\n".join(parts)


def _concern(answers: Mapping[str, Any], concerns: Mapping[str, str]) -> Pairs:
    concern = answers.get("concern") or {}
    main = concern.get("main")
    others = [concerns.get(code, code) for code in concern.get("others") or () if code != main]
    return [
        ("Main worry", said(main, concerns)),
        ("Other worries", "\n".join(others) or "None"),
        ("What worries", said(concern.get("worry"))),
        ("How it is known", said(concern.get("first_hand"), words.FIRST_HAND)),
        *more.sources(concern, concerns),
        *more.answered(concern, more.OF_WORRY),
        *more.events(answers),
    ]


def _views(answers: Mapping[str, Any]) -> Pairs:
    concern = answers.get("concern") or {}
    level = concern.get("level_thought")
    thought = "Not sure" if level == "not_sure" else "Not given"
    if isinstance(level, int):
        thought = f"Level {level}"
    return [
        ("What works well", said(concern.get("working_well"))),
        ("Level of need, in your view", thought),
        *more.answered(concern, more.OF_VIEWS),
    ]


def _voice(answers: Mapping[str, Any], names: list[str]) -> Pairs:
    concern = answers.get("concern") or {}
    pairs = [("The child's voice", said(concern.get("child_voice"), words.NO_VOICE))]
    for child, name in zip(rows_of(answers, "children"), names, strict=True):
        whose = f"{name}: " if len(names) > 1 else ""
        told = more.answered(child.get("voice"), more.OF_VOICE)
        pairs += [(f"{whose}{label}", answer) for label, answer in told]
    return pairs


def _visit(answers: Mapping[str, Any], *, own: bool) -> Pairs:
    pairs = [("Dangers for a visitor", more.staff_risk(answers) or "None given")]
    if own:
        for row in rows_of(answers, "kept_from"):
            whom = said(row.get("keep_from"))
            pairs.append((f"Kept from: {whom}", said(row.get("words"))))
    return pairs


def _declared(answers: Mapping[str, Any]) -> list[Section]:
    told = more.answered(answers.get("declaration"), more.OF_DECLARATION)
    return [Section("check", "Safeguarding lead", told)] if told else []
