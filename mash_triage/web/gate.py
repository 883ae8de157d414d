"""The sign-in gate: nothing of the service is answered to strangers, by HTTP or by websocket.

A plain ASGI layer, because Starlette's own base class does not see websockets. It reads the sign-in
from the database; the pages then ask again at every touch.
"""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mash_triage.access.queries import SignIn, session_for
from mash_triage.access.sessions import Over
from mash_triage.clocks.now import now
from mash_triage.db.faults import plain_fault
from mash_triage.web.place import database, session_cookie
from mash_triage.web.plain import unavailable_page

OPEN_PATHS = (
    "/signin",
    "/signout",
    "/levels-of-need",
    "/levels-of-need.pdf",
    "/healthz",
    "/readyz",
    "/metrics",
    "/favicon.ico",
)
OPEN_FOLDERS = (
    "/signin/",
    "/set-password/",
    "/assets/",  # our own styles and pictures, which the open pages need
    "/static/",  # Streamlit's published browser files; nothing of ours
    "/_stcore/bidi-components/",  # our fields' own scripts and styles, as published as those
    "/api/",  # agencies' systems show their own key at each call
    "/public/",
)
OPEN_PROBES = ("/_stcore/health", "/_stcore/host-config")
"""What a page that lost its connection asks before it connects again; no content in them."""

NEVER = ("/_stcore/metrics", "/_stcore/script-health-check")
NOT_PAGES = ("/_stcore/", "/media/", "/component/")

LINGERS = timedelta(hours=24)
MAY_SEND_LAST_WORDS = frozenset({Over.IDLE, Over.ABSOLUTE})
"""A computer that wakes up connects again with a sign-in that has run out. It is let in as far as
the pages, which keep what was typed in that person's own draft, draw nothing, and ask her to sign
in. A day later, and after every other ending, it is a stranger."""


def is_open(path: str) -> bool:
    """May a stranger ask for this?"""
    return path in (*OPEN_PATHS, *OPEN_PROBES) or path.startswith(OPEN_FOLDERS)


def may_connect(sign_in: SignIn | None, *, at: datetime) -> bool:
    """May this sign-in open a websocket?"""
    if sign_in is None:
        return False
    if sign_in.over is None:
        return True
    return sign_in.over in MAY_SEND_LAST_WORDS and at < sign_in.ends_at + LINGERS


def form_token(session_token: str) -> str:
    """What a form of a signed-in person carries, so that no other site can send it for her."""
    return hashlib.sha256(f"form {session_token}".encode("utf-8", "replace")).hexdigest()


def token_in(headers: Headers) -> str | None:
    """The sign-in cookie of a request."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(session_cookie())
    except CookieError:
        return None
    return found.value if found else None


def find_sign_in(token: str, at: datetime) -> SignIn | None:
    """The sign-in of this cookie; call it off the event loop."""
    with database().look() as session:
        return session_for(session, token, at=at)


class SignInGate:
    """Lets signed-in people through; sends a stranger's page request to the sign-in page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or one websocket."""
        if scope["type"] == "lifespan" or (scope["type"] == "http" and is_open(scope["path"])):
            await self.app(scope, receive, send)
            return
        try:
            allowed = await self._may_pass(scope)
        except Exception as fault:
            if plain_fault(fault) is None:
                raise
            await _closed(scope, receive, send, _unavailable)
            return
        if allowed:
            await self.app(scope, receive, send)
        else:
            await _closed(scope, receive, send, _to_sign_in)

    async def _may_pass(self, scope: Scope) -> bool:
        if scope["path"] in NEVER:
            return False
        token = token_in(Headers(scope=scope))
        if not token:
            return False
        at = now()
        sign_in = await to_thread.run_sync(find_sign_in, token, at)
        if scope["type"] == "websocket":
            return may_connect(sign_in, at=at)
        return sign_in is not None and sign_in.over is None


Answer = Callable[[Scope, Receive, Send], Awaitable[None]]


async def _closed(scope: Scope, receive: Receive, send: Send, answer: Answer) -> None:
    """A websocket is refused before it is accepted (HTTP 403); a request gets an answer."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4401})
    else:
        await answer(scope, receive, send)


async def _to_sign_in(scope: Scope, receive: Receive, send: Send) -> None:
    path = scope["path"]
    if scope["method"] not in ("GET", "HEAD") or path.startswith(NOT_PAGES):
        await PlainTextResponse("Sign in first.", 401)(scope, receive, send)
    else:
        query = scope["query_string"].decode("latin-1")
        wanted = quote(path + (f"?{query}" if query else ""), safe="")
        address = "/signin" if wanted == quote("/", safe="") else f"/signin?next={wanted}"
        await RedirectResponse(address, 303)(scope, receive, send)


async def _unavailable(scope: Scope, receive: Receive, send: Send) -> None:
    await unavailable_page()(scope, receive, send)
