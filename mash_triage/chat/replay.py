"""Conversations played through the chat without a page, and what came out of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mash_triage.chat.parts import placed, told_rows
from mash_triage.chat.read import Context
from mash_triage.chat.state import Talk
from mash_triage.chat.talking import begin, take_turn


def replay(conversation: Mapping[str, Any]) -> dict[str, Any]:
    """One conversation as a line of `facts.jsonl`; `expected` is never read."""
    sender = conversation["referrer"]
    context = Context(str(sender.get("agency_type", "")), str(sender.get("role", "")))
    today, talk = date.fromisoformat(str(conversation["today"])), begin(context)
    for words in conversation["turns"]:
        talk = take_turn(talk, str(words), today, context)
    return {
        "id": conversation["id"],
        "turns_used": len(talk.turns),
        "finished": talk.finished,
        "danger_at_turn": talk.danger_at_turn,
        "doubt_at_turn": talk.doubt_at_turn,
        "facts": facts_out(talk),
        "asked": list(talk.asked),
    }


def facts_out(talk: Talk) -> list[dict[str, Any]]:
    """What was understood, by the names of the submission schema, with the words it came from."""
    rows = told_rows(talk)
    adults = talk.adult_numbers()
    lines = []
    for path, fact in placed(talk):
        line = {"field": path, "value": fact.value, "words": fact.words}
        if path.startswith("told_and_agreed["):
            row = rows[int(path.split("[")[1].split("]")[0])]
            line["about"] = f"household:{adults.index(row)}" if row in adults else str(row)
        if fact.to is not None:
            line["child"] = talk.child_numbers().index(fact.to)
        lines.append(line)
    return lines
