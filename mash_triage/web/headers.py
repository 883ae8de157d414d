"""Security headers on every answer, as measured with Streamlit 1.67 (ASVS 5.0, chapter 3)."""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEPT_BY_BROWSERS = ("/static/", "/assets/", "/levels-of-need")
"""Styles and scripts, and the levels of need, which everybody may read and keep."""
SANDBOXED = "/attachments/"
"""Files that people sent: whatever is in one, as a page it could do nothing."""
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


@lru_cache(maxsize=1)
def content_security_policy() -> str:
    """What a page may load: only from here, and of inline scripts only Streamlit's own.

    Its hash is taken from the installed file, so that a new Streamlit needs no change here.
    Styles must be allowed inline, since Streamlit writes them so.
    """
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = _INLINE_SCRIPT.findall(index.read_bytes())
    hashes = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{each}'" for each in hashes)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {allowed}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def security_headers() -> dict[str, str]:
    """The headers of every answer."""
    return {
        "Content-Security-Policy": content_security_policy(),
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


class SecurityHeaders:
    """Adds the headers; forbids browsers and proxies to keep anything but what is open
    to everybody."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = security_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; websockets pass as they are."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                if scope["path"].startswith(SANDBOXED) and message["status"] == 200:
                    headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
                if message["status"] >= 400 or not scope["path"].startswith(KEPT_BY_BROWSERS):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)
