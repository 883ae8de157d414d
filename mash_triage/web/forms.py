"""Forms of the open pages: only our own page may send one, and none may be long. Their cookies."""

import hmac
import ipaddress
import secrets
from typing import Literal
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from mash_triage.errors import NotAllowed
from mash_triage.settings import settings
from mash_triage.web.place import form_cookie, session_cookie

LONGEST_FORM = 16_384  # bytes

NOT_FROM_HERE = (
    "This form did not come from our own page, or the page had been open for too long. "
    "Go back, load the page again, and send it once more."
)


def next_page(wanted: str | None) -> str:
    """Where to go after signing in: only an address of this very service, else the start."""
    address = wanted or "/"
    inside = address.startswith("/") and not address.startswith(("//", "/signin", "/signout"))
    plain = "\\" not in address and address.isprintable() and len(address) <= 2_000
    return address if inside and plain else "/"


def is_from_here(request: Request) -> bool:
    """Was this sent by a page of this host, as far as the browser says?"""
    origin = request.headers.get("origin")
    if origin is None:
        return True  # not a browser; the form's token still decides
    return (
        urlsplit(origin).netloc == request.headers.get("host")
        or origin in settings().allowed_origins
    )


async def read_form(request: Request, *, token: str | None = None) -> FormData:
    """The fields of a form from our own page; refused if it is another's, or too long.

    `token` is what the form must carry; without it, what the form's own cookie holds.
    """
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LONGEST_FORM or not is_from_here(request):
        raise NotAllowed(NOT_FROM_HERE)
    form = await request.form()
    expected = token or request.cookies.get(form_cookie(), "")
    shown = text_of(form, "form_token")
    if not expected or not hmac.compare_digest(expected.encode(), shown.encode()):
        raise NotAllowed(NOT_FROM_HERE)
    return form


def text_of(form: FormData, name: str) -> str:
    """One field; empty when it is missing."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def client_address(request: Request) -> str:
    """Where a try comes from; of an IPv6 address the network, since one person has many of them."""
    host = request.client.host if request.client else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return host


def token_for_form(request: Request) -> str:
    """What the forms of this browser carry: the token it has already, or a new one."""
    return request.cookies.get(form_cookie()) or secrets.token_urlsafe(32)


def keep_form_token(response: Response, token: str) -> Response:
    """The form's cookie, which other sites' forms do not bring along."""
    _set_cookie(response, form_cookie(), token, "strict")
    return response


def keep_session(response: Response, token: str) -> None:
    """The sign-in cookie: scripts cannot read it, and it ends with the browser."""
    _set_cookie(response, session_cookie(), token, "lax")


def drop_session(response: Response) -> None:
    """Forget the sign-in cookie."""
    _set_cookie(response, session_cookie(), "", "lax", max_age=0)


def _set_cookie(
    response: Response,
    name: str,
    value: str,
    same_site: Literal["lax", "strict"],
    max_age: int | None = None,
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        path="/",
        secure=settings().secure_cookie,
        httponly=True,
        samesite=same_site,
    )
