"""People's words in labels and headings, which Streamlit reads as Markdown."""

import re

_TAKES_EFFECT = frozenset('\\`*_{}[]<>()#+-.!|~$:&=^@/"')
_BEGINS_A_LINK = re.compile(r"(?<=http)(?=s?://)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_JOINER = "\u2060"  # the word joiner: no width, no meaning


def as_typed(words: str) -> str:
    """The words on one line, escaped so that they are shown as somebody typed them. What only looks
    like an address of the web or of mail is parted by a sign without width, for a bare address
    becomes a link whatever is escaped in it.
    """
    shown = _BEGINS_A_LINK.sub(_JOINER, " ".join(words.split()))
    return "".join(f"\\{sign}" if sign in _TAKES_EFFECT else sign for sign in shown)
