"""People's words in labels and headings, which Streamlit reads as Markdown."""

_TAKES_EFFECT = frozenset('\\`*_{}[]<>()#+-.!|~$:&=^@/"')


def as_typed(words: str) -> str:
    """The words on one line, escaped so that they are shown as somebody typed them."""
    return "".join(
        f"\\{sign}" if sign in _TAKES_EFFECT else sign for sign in " ".join(words.split())
    )
