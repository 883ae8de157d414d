"""The guided chat against conversations written beforehand: figures in totals, no words, no names.

`python -m benchmarks.chat open` for those that may be read, `untouched` for the others. With
`alone` after it each turn is a message of its own: how many are taken for danger by the edition's
list, and how many with the ear of the chat beside it.
"""

import sys
from pathlib import Path
from time import process_time
from typing import Any

import yaml

from mash_triage.chat.hearing.danger import heard_in
from mash_triage.chat.replay import replay
from mash_triage.reading.about import About
from mash_triage.reading.in_edition import read_worry
from mash_triage.settings import settings
from mash_triage.thresholds.levels import read_edition
from tests.chat.scoring import score

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "conversations"


def conversations(which: str) -> list[dict[str, Any]]:
    """One set of conversations."""
    return [
        one
        for file in sorted(FOLDER.glob(f"{which}_*.yaml"))
        for one in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["conversations"]
    ]


def alone(which: str) -> None:
    """Print what is taken for danger of the turns of danger, and of those of calm conversations."""
    edition = read_edition(settings().levels_of_need / settings().edition)
    calm, danger = [], []
    for one in conversations(which):
        due = one["expected"]["danger_at_turn"]
        if due is None:
            calm += map(str, one["turns"])
        else:
            danger.append(str(one["turns"][due - 1]))
    for name, turns in (("danger", danger), ("calm", calm)):
        read = [read_worry(turn, About(), edition).immediate_danger for turn in turns]
        both = sum(r or heard_in((t,)) == "danger" for r, t in zip(read, turns, strict=True))
        print(f"{which}, {name}: {len(turns)} turns; by the list {sum(read)}, with the ear {both}")


def main(which: str) -> None:
    """Print the totals of one set of conversations."""
    told = conversations(which)
    replay(told[0])  # what is read once a process, such as word lists
    started = process_time()
    lines = [replay(one) for one in told]
    spent = process_time() - started
    found = score(told, lines)
    turns = sum(found.turns)
    print(
        f"{which}: {len(told)} conversations, {turns} turns; facts captured {found.captured} of "
        f"{found.stated} ({found.share:.1%}); invented {len(found.invented)}; danger "
        f"{found.recognised} of {found.dangers}, false or early {len(found.false_danger)}, "
        f"asked about without need {len(found.doubted)}; median turns "
        f"{found.median_turns}; {1000 * spent / turns:.0f} ms of processor a turn"
    )


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "open"
    (alone if "alone" in sys.argv[2:] else main)(chosen)
