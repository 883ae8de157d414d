"""Opening a child from a list without loading the whole service anew."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import streamlit as st

from mash_triage.web import navigation

OPENS = frozenset({"child", "chronology", "decide", "handed_on", "together"})


def follow_links() -> str | None:
    """Go where a link in one of this page's lists leads, when one was clicked. The second line of
    a page with such lists, before anything is read. A link to the page itself is given back.
    """
    with st.container(key="follow_links"):
        answer = _follower()(key="follow", on_asked_change=_nothing)
    asked = answer.get("asked")
    wanted = destination(asked)
    if wanted:
        page, child = wanted
        st.switch_page(navigation.FOLDER / f"{page}.py", query_params={"child": str(child)})
    return asked if isinstance(asked, str) else None


def destination(address: object) -> tuple[str, UUID] | None:
    """The page and the child that an address of a list asks for; none for any other address."""
    if not isinstance(address, str):
        return None
    parts = urlsplit(address)
    page, children = parts.path.strip("/"), parse_qs(parts.query).get("child", [])
    try:
        return (page, UUID(children[0])) if page in OPENS and children else None
    except ValueError:
        return None


def _nothing() -> None:
    """Streamlit passes a click on only if somebody listens; the page itself looks at it."""


@lru_cache(maxsize=1)
def _follower() -> Callable[..., Any]:
    component: Callable[..., Any] = st.components.v2.component(
        "mash-triage.open_link", js="open_link.js"
    )
    return component
