"""Is somebody in danger in the next hours and not yet safe? Asked of every turn.

The board's own reading is heard first; then wordings of people who type as it happens, which a
written contact has not. What is calm in so many words ("nobody in danger now") counts against a
reading, never against the wordings of harm that is going on.
"""

import re
import tomllib
from functools import cache
from typing import Any

from mash_triage.chat.vocabulary import DATA
from mash_triage.reading.about import About
from mash_triage.reading.read import read_text
from mash_triage.reading.worries import worries_in
from mash_triage.settings import settings

MOST_READ = 1_500
"""Characters of the last turns that are read for danger: a turn is answered at once."""


@cache
def _table() -> dict[str, tuple[re.Pattern[str], ...]]:
    table: dict[str, Any] = tomllib.loads((DATA / "danger.toml").read_text("utf-8"))
    return {name: tuple(re.compile(one) for one in wordings) for name, wordings in table.items()}


def is_danger(turns: tuple[str, ...]) -> bool:
    """Does the last turn, with the one before it, speak of danger now?"""
    now = turns[-1].lower()[-MOST_READ * 4 :]
    earlier = turns[-2].lower() if len(turns) > 1 else ""
    table = _table()

    def there(name: str, text: str) -> bool:
        return any(one.search(text) for one in table[name])

    if there("over", now):
        return False
    if there("now", now) or (there("now", f"{earlier}\n{now}") and not there("over", earlier)):
        return True
    if there("calm", now):
        return False
    folder = settings().levels_of_need / "worries"
    worries = worries_in(folder)
    reading = read_text(turns[-1][-MOST_READ:], About(), worries)
    if not reading.immediate_danger and len(turns) > 1 and not there("calm", earlier):
        reading = read_text("\n".join(turns[-2:])[-MOST_READ:], About(), worries)
    if not reading.immediate_danger:
        return False
    sentence = reading.danger[0].sentence.lower()
    past = there("past", sentence) and not there("live", sentence)
    return not past and not there("weak", sentence)
