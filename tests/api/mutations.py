"""Payloads that no careful system sends: a complete contact, broken in ways that programs and
people break things. Each carries a mark in what it says, which no answer may repeat.
"""

import json
from copy import deepcopy
from random import Random
from typing import Any

from tests import stories

MARK = "Zyxquill"
"""In every value and in every made-up key: an answer that has it has echoed what was sent."""

WRONG: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, 10**30, 2**63, "", " ", MARK, MARK * 6_000, [], {}, [MARK],
    {MARK: MARK}, [[[[MARK]]]], {"missing": MARK}, {"missing": "not_known"}, {"missing": ["x"]},
    {"kind": MARK}, {"kind": ["born"]}, {"kind": "born", "date_of_birth": MARK},
    {"kind": "age", "age_years": "9" * 30}, {"kind": "unborn", "expected_date": 1e12},
    "2017-02-30", "0000-00-00", "9999-12-31", "2017-03-09T10:00:00+99:99", "٢٠١٧-٠٣-٠٩",
    f"{MARK}\u202e\u200b", f"{MARK}\x00", f"{MARK}\ud800", "<script>alert('" + MARK + "')</script>",
    "'; DROP TABLE contact; --" + MARK, "{max_length}" + MARK, "%s%n" + MARK, "🧒" * 400,
    [None], [{}], [[]], [1, "a", None, {}], [{"given_names": MARK}] * 13, {"0": MARK},
)  # fmt: skip
KEYS = (MARK, f"children[0].{MARK}", f"{MARK}.x", "9" * 5_000, "", "__proto__", "missing", "kind")


def paths_in(whole: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the contact."""
    found = [path]
    pairs = (
        whole.items()
        if isinstance(whole, dict)
        else enumerate(whole)
        if isinstance(whole, list)
        else ()
    )
    for key, value in pairs:
        found += paths_in(value, (*path, key))
    return found


def broken(random: Random) -> bytes:
    """One contact with one to four things wrong in its shape, or in its bytes."""
    child = {"given_names": MARK, "aliases": [{"given_names": MARK}]}
    whole = deepcopy(stories.answers(child))
    whole["chronology"] = [{"when": MARK, "what": MARK}]
    whole["kept_from"] = [{"words": MARK, "keep_from": MARK}]
    whole["concern"]["sources"] = [{"worry": "neglect", "known": "mixed"}]
    for _ in range(random.randint(1, 4)):
        _break(whole, random)
    raw = json.dumps(whole).encode()
    return _cut(raw, random) if random.random() < 0.2 else raw


def _break(whole: dict[str, Any], random: Random) -> None:
    *way, last = random.choice([path for path in paths_in(whole) if path])
    here: Any = whole
    for step in way:
        here = here[step]
    deed = random.random()
    if deed < 0.6:
        here[last] = deepcopy(random.choice(WRONG))
    elif deed < 0.75:
        del here[last]
    elif isinstance(here, dict):
        here[random.choice(KEYS)] = deepcopy(random.choice(WRONG))
    else:
        here.append(deepcopy(random.choice(WRONG)))


def _cut(raw: bytes, random: Random) -> bytes:
    at = random.randrange(len(raw))
    return random.choice(
        (
            raw[:at],
            raw[:at] + bytes([random.randrange(256)]) + raw[at + 1 :],
            raw[:at] + b"\xff\xfe" + raw[at:],
            raw[:at] + raw[at // 2 :],
            b"\xef\xbb\xbf" + raw,
            raw.replace(b'"no"', b"NaN"),
            raw.replace(b'"no"', b"1" * 5_000),
            raw.replace(b"{", b'{"a":1,"a":2,', 1),
            b"[" * at + raw,
            raw.decode().encode("utf-16"),
        )
    )
