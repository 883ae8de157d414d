"""The API as one ASGI application, mounted beside the pages. Every answer that says no is
`application/problem+json`; nothing that was sent is ever repeated or logged.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mash_triage.api import contacts, requests
from mash_triage.api.caller import Door
from mash_triage.api.document import document_of
from mash_triage.api.problems import NOT_FOUND, Problem, answer, wrong_fields
from mash_triage.db.engine import Database
from mash_triage.db.faults import plain_fault
from mash_triage.errors import (
    Changed,
    NotAllowed,
    NotAvailable,
    NotFound,
    NotReady,
    NotStored,
    Refused,
)

LogFault = Callable[[BaseException], str]
LogCall = Callable[[str, int, float], None]

SAYS_NO: dict[type[Refused], int] = {
    NotAllowed: 403,
    NotFound: 404,
    Changed: 409,
    NotReady: 422,
    NotStored: 503,
    NotAvailable: 503,
}
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_TELEMETRY = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""FastAPI can hand what callers sent to whoever collects traces. Nothing leaves here."""


def build(
    database: Callable[[], Database], log_fault: LogFault, log_call: LogCall, **told: Any
) -> ASGIApp:
    """The API over this database; `told` are further parts of its Door, for tests."""
    app = FastAPI(
        title="MASH triage",
        version="1",
        openapi_url=None,  # ours is an ordinary route: no page of it loads scripts from elsewhere
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,  # type: ignore[arg-type]
        exception_handlers=_handlers(log_fault),
    )
    app.state.door = Door(database, **told)
    app.include_router(contacts.routes)
    app.include_router(requests.routes)

    @app.get("/v1/openapi.json", include_in_schema=False)
    async def openapi() -> dict[str, Any]:
        """What the API offers, as OpenAPI 3.1."""
        return document_of(app)

    return Watched(app, log_call)


def _handlers(log_fault: LogFault) -> dict[Any, Callable[[Request, Any], Any]]:
    async def no(_request: Request, problem: Problem) -> Response:
        return answer(problem)

    async def refused(_request: Request, refusal: Refused) -> Response:
        status = next((code for kind, code in SAYS_NO.items() if isinstance(refusal, kind)), 422)
        return answer(Problem(status, refusal.words, headers=_try_again(status)))

    async def not_offered(_request: Request, found: HTTPException) -> Response:
        words = NOT_FOUND if found.status_code == 404 else "This address does not offer that."
        return answer(Problem(found.status_code, words, headers=found.headers))

    async def wrong(_request: Request, found: RequestValidationError) -> Response:
        fields = wrong_fields(list(found.errors()))
        return answer(Problem(422, "The address of this call is not right.", fields=fields))

    async def fault(_request: Request, exc: Exception) -> Response:
        if words := plain_fault(exc):
            return answer(Problem(503, words, headers=_try_again(503)))
        reference = log_fault(exc)
        return answer(Problem(500, f"Something went wrong here; nothing was lost. {reference}"))

    return {
        Problem: no,
        Refused: refused,
        HTTPException: not_offered,
        RequestValidationError: wrong,
        SQLAlchemyError: fault,
        Exception: fault,
    }


def _try_again(status: int) -> dict[str, str]:
    return {"Retry-After": "5"} if status == 503 else {}


class Watched:
    """Logs each call by its route, never by its address, which can hold a reference or a question;
    and keeps to itself a fault that was answered and logged already.
    """

    def __init__(self, app: ASGIApp, log_call: LogCall) -> None:
        self.app, self.log_call = app, log_call

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call; a websocket is refused."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await receive()
            await send({"type": "websocket.close", "code": 4404})
            return
        began, status = monotonic(), 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        except ClientDisconnect:
            pass  # the caller has gone; nobody waits for an answer
        except Exception:
            if status == 0:
                raise
        finally:
            self.log_call(_what(scope), status, monotonic() - began)


def _what(scope: Scope) -> str:
    method = scope["method"] if scope["method"] in METHODS else "other"
    return f"{method} {getattr(scope.get('route'), 'path', 'unknown')}"
