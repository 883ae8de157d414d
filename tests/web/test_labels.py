"""Where Streamlit reads Markdown, people's words are shown as they typed them."""

import ast
import re

import pytest
from markdown_it import MarkdownIt

from mash_triage.settings import ROOT
from mash_triage.web.labels import as_typed

HOSTILE = [
    "Robin *Wilde*",
    "[press](https://evil.example/c)",
    "![x](https://evil.example/b.png)",
    ":red[red] :smile: :material/delete:",
    "$x^2$",
    "<b>bold</b>",
    "&lt;b&gt; &amp;",
    "~~gone~~ `code` _under_",
    "www.evil.example https://evil.example/d",
    "# head",
    "1. one",
    "- item",
    "= rule =",
    "back\\slash",
    "two\nlines",
    "Hill team, hill@evil.example",
    "WWW.evil.example HTTP://evil.example",
]
BARE_ADDRESS = re.compile(r"(https?://|www(?=\.))[-.\w]+|[-.\w+]+@[-\w]+\.[-\w]+", re.IGNORECASE)
"""What the front end makes a link of after it has read the Markdown."""


@pytest.mark.parametrize("words", [*HOSTILE, "Zoë O'Brien-Ńjá 李小龍"], ids=str)
def test_nothing_in_a_label_takes_effect(words):
    (inline,) = MarkdownIt("commonmark").parse(as_typed(words))[1:-1]
    shown = "".join(part.content for part in inline.children)
    assert shown.replace("\u2060", "") == " ".join(words.split())
    assert not BARE_ADDRESS.search(shown)
    assert {part.type for part in inline.children} <= {"text", "text_special"}
    signs = as_typed(words).replace("\\\\", "")
    for sign in ":$~.":
        assert signs.count(sign) == signs.count(f"\\{sign}")


SHOWS_MARKDOWN = {
    "button", "caption", "checkbox", "expander", "form_submit_button", "header", "markdown",
    "metric", "popover", "radio", "selectbox", "multiselect", "subheader", "tabs", "text_area",
    "text_input", "date_input", "title", "toast", "toggle", "write",
}  # fmt: skip


def unguarded(path):
    """Calls that put a `.name` or a `.words` of somebody into Markdown without `as_typed`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if ast.unparse(node.func.value) != "st" or node.func.attr not in SHOWS_MARKDOWN:
            continue
        for told in node.args[:1]:
            values = [each.value for each in ast.walk(told) if isinstance(each, ast.FormattedValue)]
            for value in values or [told]:
                if isinstance(value, ast.Attribute) and value.attr == "name":
                    yield f"{path.name}:{node.lineno} {ast.unparse(value)}"


def test_every_label_with_a_name_shows_it_as_typed():
    paths = [*(ROOT / "mash_triage" / "web").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    assert [found for path in paths for found in unguarded(path)] == []
