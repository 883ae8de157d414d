"""What Streamlit's side of the browser does when the line is cut: no dialog of its own.

Its dialog speaks of a terminal, and keeps whoever is writing from the field below it. What we say
is in `frame.when_cut`.
"""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

ASKED = "/_stcore/host-config"


class NoDialogs:
    """Answers what the browser asks about its host, as Streamlit does but for the dialogs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Everything else goes on as it came."""
        if scope["type"] != "http" or scope["path"] != ASKED:
            await self.app(scope, receive, send)
            return
        answer = {
            "allowedOrigins": list(config.get_option("client.allowedOrigins")),
            "useExternalAuthToken": False,
            "enableCustomParentMessages": False,
            "enforceDownloadInNewTab": False,
            "metricsUrl": "",
            "blockErrorDialogs": True,
            "resourceCrossOriginMode": None,
        }
        headers = {"Cache-Control": "no-cache"}
        await JSONResponse(answer, headers=headers)(scope, receive, send)
