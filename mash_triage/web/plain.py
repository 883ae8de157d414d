"""Pages drawn without Streamlit: for people who are not signed in, or when nothing else works.

Templates are files beside the styles. Whatever is put into one is escaped, unless it is Html.
"""

from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse

from mash_triage.settings import settings

ASSETS = Path(__file__).parent / "assets"


class Html(str):
    """Text that is HTML already and may go into a template as it is."""

    __slots__ = ()


@lru_cache
def _template(name: str) -> Template:
    return Template((ASSETS / f"{name}.html").read_text("utf-8"))


def fill(template: str, /, **values: str) -> Html:
    """This template with these values, escaped."""
    safe = {key: _safe(value) for key, value in values.items()}
    return Html(_template(template).substitute(safe))


def plain_page(title: str, body: Html, *, status: int = 200) -> HTMLResponse:
    """A whole page around this body."""
    chosen = settings()
    return HTMLResponse(
        fill(
            "plain",
            title=title,
            body=body,
            service=chosen.service_name,
            authority=chosen.authority_name,
            duty=chosen.duty_number,
            out_of_hours=chosen.out_of_hours_number,
        ),
        status,
    )


def problem(words: str) -> Html:
    """The red box on top of a page that could not be accepted."""
    return fill("problem", words=words) if words else Html("")


def unavailable_page(
    words: str = "The service cannot reach its records at the moment.",
) -> HTMLResponse:
    """One plain sentence when the database does not answer; the foot has the numbers to call."""
    return plain_page("Try again soon", fill("unavailable", words=words), status=503)


def _safe(value: str) -> str:
    return value if isinstance(value, Html) else escape(value)
