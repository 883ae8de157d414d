"""How words and numbers come out wrong: slips of the hand, of the ear, and of memory."""

from datetime import date, timedelta
from random import Random

from benchmarks.matching.naming import words

NEIGHBOURS = {
    "a": "qsz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa",
    "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu",
    "z": "x",
}  # fmt: skip


def typo(name: str, rng: Random) -> str:
    """One letter missing, doubled, wrong, added, or changed with its neighbour."""
    letters = [at for at, letter in enumerate(name) if letter.isalpha()]
    if len(letters) < 3:
        return name
    at = rng.choice(letters[1:])
    letter = name[at]
    choice = rng.random()
    if choice < 0.25:
        return name[:at] + name[at + 1 :]
    if choice < 0.45:
        return name[:at] + letter.lower() + name[at:]
    if choice < 0.7:
        near = NEIGHBOURS.get(letter.lower(), "e")
        return name[:at] + rng.choice(near) + name[at + 1 :]
    if choice < 0.85 and name[at - 1].isalpha() and at > 1:
        return name[: at - 1] + letter + name[at - 1] + name[at + 1 :]
    return name[:at] + rng.choice("aeiounrst") + name[at:]


def respelt(name: str, rng: Random) -> str:
    """The name as somebody else would write its sound; the same when nothing applies."""
    known = words()
    if others := known.respelt.get(name):
        return rng.choice(others)
    lower = name.lower()
    turns = [(one, other) for one, other in known.rules if one in lower]
    turns += [(other, one) for one, other in known.rules if other in lower and len(other) > 1]
    for one, other in rng.sample(turns, min(len(turns), 1 + (rng.random() < 0.3))):
        lower = lower.replace(one, other, 1)
    if lower == name.lower():
        return name
    return "-".join(part.capitalize() for part in lower.split("-"))


def postcode_slip(postcode: str, rng: Random) -> str:
    """One letter or digit of the last three characters wrong."""
    at = len(postcode) - rng.choice((1, 2, 3))
    pool = "0123456789" if postcode[at].isdigit() else "ABDEFGHJLNPQRSTUWXYZ"
    wrong = rng.choice(pool.replace(postcode[at], ""))
    return postcode[:at] + wrong + postcode[at + 1 :]


def day_and_month_swapped(born: date) -> date | None:
    """The date with day and month in each other's place, if there is such another date."""
    if born.day > 12 or born.day == born.month:
        return None
    return born.replace(month=born.day, day=born.month)


def near_date(born: date, rng: Random) -> date:
    """A date with one part mistyped."""
    choice = rng.random()
    if choice < 0.5:
        return born + timedelta(days=rng.choice((-10, -2, -1, 1, 2, 10)))
    if choice < 0.75:
        return _moved(born, months=rng.choice((-1, 1)))
    return _moved(born, years=rng.choice((-1, 1)))


def _moved(born: date, months: int = 0, years: int = 0) -> date:
    month = born.month + months
    year = born.year + years + (month > 12) - (month < 1)
    return date(year, (month - 1) % 12 + 1, min(born.day, 28))
