"""Is it said in so many words that nobody is in danger now? Only then is it written down: a no in
another sense ("he is not safe", "nobody knows where she is", "not sure") is no answer to that.
"""

import re

_GREETING = (
    r"(?:(?:hi|hiya|hello|hey|dear|all|there|ok|so|well|erm?|um+|sorry|afternoon|morning"
    r"|evening|good|yeah|oh)\W+)*"
)
_NO = re.compile(
    rf"^\W*{_GREETING}(?:no+|nope|nah|none|nobody|nobdy|no[ -]?one)"
    r"(?:\W*$|[.,;:!/-]|\s(?:no|not|nobody|nobdy|no ?one|none|i|im|i'm|we|they|she'?s|he'?s|she is"
    r"|he is|its|it's|it is|thank|thanks|but|all|everyone|everybody|just|rush)\b)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|nobody|nobdy|no ?one|none|never|isn'?t|aren'?t)(?:'?s)?\b[^.?!]{0,34}\b"
    r"(?:danger|emergency|urgent|risk|hurt|harm|immediate|going to happen|blue light|fire"
    r"|ambulance|live)\b",
    re.IGNORECASE,
)
_SAFE = re.compile(
    r"\bsafe\b(?! (?:adult|person|place))|(?:\b(?:is|are|am|im|hes|shes|theyre|both|all|everyone"
    r"|everybody|kids|children|child|baby|they)|'(?:s|re|m))\s+(?:all |both |now |quite |home )?"
    r"(?:fine|ok|okay|all right|alright|asleep|stable)\b",
    re.IGNORECASE,
)
_NOT_SAFE = re.compile(
    r"(?:\b(?:not|never|isn'?t|aren'?t)|n't)\b[^.,;!?]{0,24}"
    r"\b(?:safe|fine|ok|okay|all right|alright)\b"
    r"|\b(?:if|whether|unless|until|hardly|less|how)\b[^.,;!?]{0,24}\bsafe\b|\bunsafe\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:not (?:\w+ )?(?:sure|certain)|unsure|no idea|no clue|(?:do not|don'?t|cannot|can'?t"
    r"|couldn'?t|could not) (?:really )?(?:know|say|tell|be sure)|idk|dunno|might|maybe|perhaps"
    r"|possibly|could be)\b",
    re.IGNORECASE,
)


def calm_words(typed: str) -> str | None:
    """The words that say that nobody is in danger now; None where none do."""
    if says_unsafe(typed):
        return None
    if denied := _DENIED.search(typed):
        return denied[0]
    if _OPEN.search(typed):
        return None
    said = _NO.match(typed) or _SAFE.search(typed)
    return said[0].strip(" .,;:!/-'") if said else None


def says_unsafe(typed: str) -> bool:
    """Does this say, or leave open, that somebody is not safe?"""
    return _NOT_SAFE.search(typed) is not None
