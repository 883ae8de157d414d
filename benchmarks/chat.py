"""The guided chat against conversations written beforehand: figures in totals, no words, no names.

`python -m benchmarks.chat open` for those that may be read, `untouched` for the others.
"""

import sys
from pathlib import Path
from time import process_time

import yaml

from mash_triage.chat.replay import replay
from tests.chat.scoring import score

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "conversations"


def main(which: str) -> None:
    """Print the totals of one set of conversations."""
    told = [
        one
        for file in sorted(FOLDER.glob(f"{which}_*.yaml"))
        for one in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["conversations"]
    ]
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
    main(sys.argv[1] if len(sys.argv) > 1 else "open")
