"""Plain forms of words, so that a pattern's "hit" is met by hits and hitting.

A word has several possible plain forms ("cared": care, car). Two words are the same for the
reading when they share one. Uneven forms (went, go) are data.
"""

from functools import lru_cache

VOWELS = frozenset("aeiouy")
SHORTEST = 3  # letters that must stay when an ending is taken off


def plain_forms(word: str) -> frozenset[str]:
    """The word itself and every form it may be an ending of."""
    return frozenset({word, *_without_endings(word)})


@lru_cache(maxsize=16_384)
def _without_endings(word: str) -> tuple[str, ...]:
    if len(word) <= SHORTEST or not word.isalpha():
        return ()
    for ending, strip in ENDINGS:
        if word.endswith(ending):
            return tuple(form for form in strip(word) if len(form) >= SHORTEST)
    return ()


def _ies(word: str) -> tuple[str, ...]:
    return (word[:-3] + "y", word[:-1])


def _ied(word: str) -> tuple[str, ...]:
    return (word[:-3] + "y", word[:-1])


def _es(word: str) -> tuple[str, ...]:
    return (word[:-1], word[:-2]) if word[:-2].endswith(("s", "x", "z", "h", "o")) else (word[:-1],)


def _s(word: str) -> tuple[str, ...]:
    return () if word.endswith(("ss", "us", "is")) else (word[:-1],)


def _ed(word: str) -> tuple[str, ...]:
    return () if word.endswith("eed") else _verb(word[:-2])


def _ing(word: str) -> tuple[str, ...]:
    return _verb(word[:-3])


def _verb(stem: str) -> tuple[str, ...]:
    """hitt: hit; car: care, car; nothing where no vowel is left (thing, red)."""
    if not VOWELS & set(stem):
        return ()
    doubled = len(stem) > SHORTEST and stem[-1] == stem[-2] and stem[-1] not in VOWELS
    return (stem, stem[:-1]) if doubled else (stem, stem + "e")


ENDINGS = (("ies", _ies), ("ied", _ied), ("es", _es), ("s", _s), ("ed", _ed), ("ing", _ing))
