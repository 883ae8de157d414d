"""Edition files that nobody should send: each a short name and its raw bytes.

Some are made on purpose, by kind; the rest are shipped editions with something in them changed.
The same seed gives the same files.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "levels_of_need"
SHIPPED = tuple(file.read_text("utf-8") for file in sorted(FOLDER.glob("*/edition.toml")))
LARGEST = 256 * 1024

VALUES = (
    *("", "x", "''", '""', "'''", '"""', "true", "null", "{}", "[]", "[[]]", "{ a = 1 }", "= 1"),
    *("nan", "-inf", "1e999999", "-1", "0", "9" * 10_000, "0x" + "f" * 10_000, "1_0", "01", "1.5"),
    *("2025-13-40", "9999-12-31", "0001-01-01", "2025-04-01T25:61:00Z", "24:00:00", "-2025-04-01"),
    *('"\\ud800"', '"\\u0000"', '"\\u202e"', '"\\U00110000"', '"\\q"', "'\x00'", "'\x7f'", "'\r'"),
    *("'(a+)+$'", "'" + "a" * 5000 + "!'", '"' + "\\\\" * 5000 + '"', "'../../etc/passwd'"),
    *("'Ьullying'", "'bullуing'", "'ﬁ'", "'bullying\\n'", "'" + "ж" * 2000 + "'", '" "'),
    *("['s47', 's47']", "['witchcraft']", "[1, 'a', {}]", "[" * 19 + "]" * 19, "[" * 21 + "]" * 21),
)
LINES = (
    *("[[rule]]", "[rule]", "[level]", "[[level.plain]]", "[indicator]", "[[indicator]]", "[[x]]"),
    *("x = 1", "x.y.z = 1", "code.x = 1", 'level = "4"', "when = 1", "when.seen = 1", "a.b.c = []"),
    *("]]", "[[", "[", "= =", "\x00", "\ufeff", "\u2028", "'", '"""', "'''", "#\x01", "\\", "\r"),
    *(
        "[" + ".".join("a" * 30) + "]",
        ".".join("a" * 30) + " = 1",
        '"" = 1',
        "'' = 1",
        '"a\\nb" = 1',
    ),
    *("id = 'default'", "effective_from = 2025-04-01", "[clocks]", "[clocks.x]", "level = 4"),
)


def _pad(one: str, to: int = LARGEST - 100) -> str:
    return one * (to // len(one))


def _numbered(row: str) -> str:
    """As many different lines as fit: `row` with a number in it."""
    return "\n".join(row.format(n) for n in range(LARGEST // (len(row) + 6)))


BY_KIND: dict[str, str | bytes] = {
    "nothing": "",
    "line ends": _pad("\n"),
    "spaces": _pad(" "),
    "comments": _pad("#\n"),
    "too large": " " * (LARGEST + 1),
    "far too large": b"\xff" * (LARGEST * 8),
    "open brackets": "a = " + _pad("["),
    "close brackets": _pad("]"),
    "close, then open": _pad("]", 1000) + _pad("["),
    "brackets in pairs": "a = [" + _pad("[],") + "]",
    "braces in pairs": "a = [" + _pad("{},") + "]",
    "tables in tables": "a = " + "{ a = " * 5000,
    "dotted and nested": "a" + ".a" * 9 + " = " + ("{ a" + ".a" * 4 + " = ") * 100,
    "dotted bomb": _pad("a."),
    "dotted bombs": _numbered("a{0}.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r = 1"),
    "header bomb": "[" + _pad("a.") + "a]",
    "headers": _numbered("[a{0}]"),
    "deep headers": _numbered("[a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p{0}]"),
    "lists of tables": _pad("[[a]]\n"),
    "lists in lists of tables": _pad("[[a]]\n[[a.b]]\n[[a.b.c]]\n"),
    "rules": _pad("[[rule]]\n"),
    "rules that are empty": _pad("[[rule]]\nwhen={}\n"),
    "indicators with one code": _pad("[[indicator]]\ncode='a'\n"),
    "keys": _numbered("a{0}=1"),
    "quoted keys": _numbered('"a\\t{0}"=1'),
    "keys twice": _pad("a=1\n"),
    "one long key": _pad("a") + " = 1",
    "one long string": "a = '" + _pad("a") + "'",
    "one open string": "a = '''" + _pad("a"),
    "quotes": _pad('"'),
    "single quotes": _pad("'"),
    "open long strings": _pad('"""\\'),
    "long strings": _pad("'''\n'''\n"),
    "escapes": 'a = "' + _pad("\\u0041") + '"',
    "backslashes": 'a = """' + _pad("\\\\") + '"""',
    "folded lines": 'a = """' + _pad("\\\n \n") + '"""',
    "long number": "a = " + "9" * 10_000,
    "longer number": "a = " + _pad("9"),
    "long number in hexadecimal": "a = 0x" + _pad("f"),
    "long number with gaps": "a = " + _pad("1_") + "1",
    "long fraction": "a = 1." + _pad("0"),
    "long power": "a = 1e" + _pad("9"),
    "numbers": "a = [" + _pad("1,") + "]",
    "times": "a = [" + _pad("09:00:00,") + "]",
    "half a character": b'title = "\xe2\x82"',
    "half a pair": b'title = "\xed\xa0\x80"',
    "latin": "title = 'é'".encode("latin-1"),
    "utf-16": SHIPPED[0].encode("utf-16"),
    "a byte order mark": SHIPPED[0].encode("utf-8-sig"),
    "two byte order marks": b"\xef\xbb\xbf" * 2 + SHIPPED[0].encode(),
    "windows line ends": SHIPPED[0].replace("\n", "\r\n"),
    "old line ends": SHIPPED[0].replace("\n", "\r"),
    "nul": SHIPPED[0].replace("a", "\x00", 1),
    "nothing but nul": _pad("\x00"),
    "twice the same": SHIPPED[0] * 2,
    "two editions": SHIPPED[0] + SHIPPED[1],
    "half": SHIPPED[0][: len(SHIPPED[0]) // 2],
    "look-alike letters": SHIPPED[0].replace('"bullying"', '"bullуing"', 1),
    "right to left": SHIPPED[0].replace("Universal", "\u202eUniversal", 1),
    "an emoji family": SHIPPED[0].replace(
        "Universal", "\U0001f468\u200d\U0001f469\u200d\U0001f467", 1
    ),
    "json": '{"id": "default"}',
    "yaml": "id: default\nlevels:\n  - 1\n",
    "html": "<html><script>alert(1)</script></html>",
    "a program": b"\x7fELF\x02\x01\x01" + bytes(200),
    "a zip": b"PK\x03\x04" + bytes(range(256)),
}

MOST_ROWS = {
    "dotted bombs": 200,
    "headers": 10_000,
    "deep headers": 250,
    "lists of tables": 7_000,
    "lists in lists of tables": 4_500,
    "rules": 7_000,
    "rules that are empty": 8_500,
    "indicators with one code": 10_000,
    "keys": 20_000,
    "quoted keys": 20_000,
}
"""About as many lines of a kind as stay within the bound on entries: these are read to the end."""


def _first_rows(name: str, rows: int) -> str:
    return "\n".join(str(BY_KIND[name]).split("\n")[:rows])


BY_KIND |= {f"fewer {name}": _first_rows(name, rows) for name, rows in MOST_ROWS.items()}


def hostile_files(count: int, seed: int = 3) -> Iterator[tuple[str, bytes]]:
    """So many hostile files: each kind once, and changed editions for the rest."""
    drawn = random.Random(seed)
    kinds = list(BY_KIND.items())
    for name, content in kinds[:count]:
        yield name, content if isinstance(content, bytes) else content.encode()
    for number in range(count - len(kinds)):
        yield f"changed {number}", changed_edition(drawn)


def changed_edition(drawn: random.Random) -> bytes:
    """A shipped edition in which one to five things are not as they were."""
    text = drawn.choice(SHIPPED)
    for _time in range(drawn.randint(1, 5)):
        text = drawn.choice(CHANGES)(text, drawn)
    raw = text.encode("utf-8", "surrogatepass")
    if drawn.random() < 0.1:  # bytes go wrong on their way, too
        place = drawn.randrange(len(raw) + 1)
        raw = raw[:place] + drawn.randbytes(drawn.randint(1, 4)) + raw[place:]
    return raw


def _line(text: str, drawn: random.Random) -> tuple[list[str], int]:
    rows = text.split("\n")
    return rows, drawn.randrange(len(rows))


def _another_value(text: str, drawn: random.Random) -> str:
    rows, at = _line(text, drawn)
    key, is_pair, _value = rows[at].partition(" = ")
    rows[at] = f"{key} = {drawn.choice(VALUES)}" if is_pair else rows[at]
    return "\n".join(rows)


def _another_key(text: str, drawn: random.Random) -> str:
    rows, at = _line(text, drawn)
    key, is_pair, value = rows[at].partition(" = ")
    keys = (f"{key}x", f"{key}.{key}", f"'{key}'", key.upper(), "", f'"{key}\\u0000"', "when")
    rows[at] = f"{drawn.choice(keys)} = {value}" if is_pair else rows[at]
    return "\n".join(rows)


def _strange_line(text: str, drawn: random.Random) -> str:
    rows, at = _line(text, drawn)
    rows.insert(at, drawn.choice(LINES))
    return "\n".join(rows)


def _line_left_out(text: str, drawn: random.Random) -> str:
    rows, at = _line(text, drawn)
    del rows[at : at + drawn.choice((1, 1, 1, 5, 100))]
    return "\n".join(rows)


def _line_twice(text: str, drawn: random.Random) -> str:
    rows, at = _line(text, drawn)
    rows[at:at] = rows[at : at + drawn.choice((1, 7))]
    return "\n".join(rows)


def _lines_changed_about(text: str, drawn: random.Random) -> str:
    rows, at = _line(text, drawn)
    other = drawn.randrange(len(rows))
    rows[at], rows[other] = rows[other], rows[at]
    return "\n".join(rows)


def _strange_sign(text: str, drawn: random.Random) -> str:
    place = drawn.randrange(len(text) + 1)
    sign = drawn.choice("\x00\x01\x1b\x7f\r\ufeff\u202e\u2028\ud800[]{}=.,'\"\\#\t🙂а")
    return text[:place] + sign + text[place + drawn.randint(0, 1) :]


def _broken_off(text: str, drawn: random.Random) -> str:
    return text[: drawn.randrange(len(text) + 1)]


CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    *(_another_value, _another_value, _another_value, _another_key, _another_key),
    *(_strange_line, _line_left_out, _line_twice, _lines_changed_about, _strange_sign),
    _broken_off,
)
