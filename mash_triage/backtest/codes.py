"""How an edition reads indicators that the facts name by another edition's codes.

The map is that of the reading, `levels_of_need/worries/other_codes/`, and only where it leaves no
choice: one code here for one code there. Where it names several, only the person who knew the
child could have chosen; such a child is counted apart.
"""

from collections import defaultdict
from pathlib import Path

from mash_triage.backtest.compare import CodeMap, Comparison
from mash_triage.reading.worries import other_codes_in
from mash_triage.thresholds.shapes import Edition


def compared(old: Edition, new: Edition, levels_of_need: Path) -> Comparison:
    """Two editions side by side, each reading the other's codes as far as the map goes."""
    return Comparison(
        old, new, read_by_old=read_by(old, levels_of_need), read_by_new=read_by(new, levels_of_need)
    )


def read_by(edition: Edition, levels_of_need: Path) -> CodeMap:
    """Codes that this edition lacks, each with the one code of its own that says the same."""
    maps = other_codes_in(levels_of_need / "worries")
    known = edition.indicators_by_code
    own: dict[str, list[str]] = defaultdict(list)
    for code, worries in maps.items():
        if code in known:
            for worry in worries:
                own[worry].append(code)
        else:
            own[code].extend(worry for worry in worries if worry in known)
    return {
        code: (found[0],) for code, found in own.items() if len(found) == 1 and code not in known
    }
