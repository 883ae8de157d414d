"""The open pages: signing in and out, and setting a password with a one-time link."""

from collections import Counter
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from mash_triage.access import actions
from mash_triage.access.queries import DemoPerson, demo_people, fetch_user, link_to_use, session_for
from mash_triage.access.roles import ROLE_WORDS, Role
from mash_triage.access.sign_in import TurnedAway, sign_in, sign_in_as_demo_person
from mash_triage.clocks.now import now
from mash_triage.db.faults import plain_fault
from mash_triage.errors import NotFound, NotReady, Refused
from mash_triage.web.forms import (
    client_address,
    drop_session,
    keep_form_token,
    keep_session,
    next_page,
    read_form,
    text_of,
    token_for_form,
)
from mash_triage.web.gate import find_sign_in, form_token, token_in
from mash_triage.web.health import SIGN_INS
from mash_triage.web.place import database
from mash_triage.web.plain import Html, fill, plain_page, problem, unavailable_page

PASSWORDS_AT_ONCE = 4  # argon2 takes 64 MiB for each

DEMO_FIRST = {Role.MANAGER: 2, Role.POLICY_LEAD: 2}
"""How many people of a role the demonstration shows at once, if not one: two managers can race, and
two policy leads publish.
"""

NOT_THE_SAME = "The two passwords are not the same. Type them again."

T = TypeVar("T")
_passwords: list[CapacityLimiter] = []


# ---------------------------------------------------------------- signing in


async def show_sign_in(request: Request) -> Response:
    """The sign-in page; who is signed in already goes straight on."""
    wanted = next_page(request.query_params.get("next"))
    token = token_in(request.headers)
    signed_in = await _off_loop(lambda: _is_signed_in(token))
    if signed_in:
        return RedirectResponse(wanted, 303)
    note = "You are signed out." if "left" in request.query_params else ""
    note = "Your password is set. Sign in with it." if "set" in request.query_params else note
    return await _sign_in_page(request, wanted, note=note)


async def receive_sign_in(request: Request) -> Response:
    """An e-mail address and a password; the same answer for an unknown address and a wrong one."""
    form = await read_form(request)
    wanted, email = next_page(text_of(form, "next")), text_of(form, "email")
    password, address = text_of(form, "password"), client_address(request)
    at = now()
    try:
        token = await to_thread.run_sync(
            lambda: sign_in(database(), email, password, address, at=at), limiter=_limiter()
        )
    except TurnedAway as refusal:
        SIGN_INS.labels("refused").inc()
        return await _sign_in_page(request, wanted, email=email, words=refusal.words, status=401)
    SIGN_INS.labels("password").inc()
    return await _let_in(request, token, wanted)


async def receive_demo_person(request: Request) -> Response:
    """One button for each invented person, in a demonstration database only."""
    form = await read_form(request)
    at = now()

    def become() -> str:
        with database().work() as session:
            return sign_in_as_demo_person(session, _id(text_of(form, "person")), at=at)

    token = await _off_loop(become)
    SIGN_INS.labels("demo").inc()
    return await _let_in(request, token, next_page(text_of(form, "next")))


async def receive_sign_out(request: Request) -> Response:
    """The sign-in ends, in all tabs."""
    token = token_in(request.headers)
    if token:
        await read_form(request, token=form_token(token))
        await _off_loop(lambda: _end(token))
    response = RedirectResponse("/signin?left=1", 303)
    drop_session(response)
    return response


# ---------------------------------------------------------------- setting a password


async def show_set_password(request: Request) -> Response:
    """The page behind a one-time link. Looking at it does not use the link up."""
    return await _password_page(request)


async def receive_set_password(request: Request) -> Response:
    """She sets her own password, and signs in with it next."""
    form = await read_form(request)
    link, at = request.path_params["token"], now()

    def set_it() -> None:
        if text_of(form, "password") != text_of(form, "again"):
            raise NotReady(NOT_THE_SAME)
        with database().work() as session:
            actions.set_password_by_link(session, link, text_of(form, "password"), at=at)

    try:
        await to_thread.run_sync(set_it, limiter=_limiter())
    except NotReady as refusal:
        return await _password_page(request, refusal.words, status=422)
    response = RedirectResponse("/signin?set=1", 303)
    drop_session(response)
    return response


# ---------------------------------------------------------------- the pages


async def _sign_in_page(
    request: Request,
    wanted: str,
    *,
    email: str = "",
    words: str = "",
    note: str = "",
    status: int = 200,
) -> Response:
    token = token_for_form(request)
    people = await _off_loop(_demo_people)
    body = fill(
        "signin",
        problem=problem(words),
        note=fill("note", words=note) if note else "",
        form_token=token,
        next=wanted,
        email=email,
        demo=_demo_buttons(people, token, wanted),
    )
    return keep_form_token(plain_page("Sign in", body, status=status), token)


def _demo_buttons(people: list[DemoPerson], token: str, wanted: str) -> Html:
    """One button each: the first of every role to begin with (two of some), the others below."""
    if not people:
        return Html("")
    shown = Counter[Role]()
    first, others = "", ""
    for person in people:
        shown[person.role] += 1
        if shown[person.role] <= DEMO_FIRST.get(person.role, 1):
            first += _demo_button(person)
        else:
            others += _demo_button(person)
    return fill(
        "demo",
        form_token=token,
        next=wanted,
        people=Html(first),
        others=Html(others),
        how_many=str(len(people) - first.count("<li>")),
    )


def _demo_button(person: DemoPerson) -> Html:
    role = ROLE_WORDS[person.role].split(":")[0]
    return fill(
        "demo_person",
        id=str(person.id),
        name=person.name,
        about=f"{person.job_title or role}, {person.agency}",
    )


async def _password_page(request: Request, words: str = "", *, status: int = 200) -> Response:
    link, at = request.path_params["token"], now()

    def whose() -> str:
        with database().look() as session:
            return fetch_user(session, link_to_use(session, link, at=at).user_id).email

    email = await _off_loop(whose)
    token = token_for_form(request)
    body = fill("set_password", problem=problem(words), form_token=token, email=email)
    return keep_form_token(plain_page("Set your password", body, status=status), token)


async def refused(_request: Request, refusal: Exception) -> Response:
    """A refusal on an open page, in words."""
    words = refusal.words if isinstance(refusal, Refused) else ""
    status = 404 if isinstance(refusal, NotFound) else 403
    body = Html(f"<h1>Not possible</h1>{problem(words)}")
    return plain_page("Not possible", body, status=status)


async def fault(_request: Request, fault: Exception) -> Response:
    """The database could not do it: one plain sentence, and the numbers to call."""
    words = plain_fault(fault)
    if words is None:
        raise fault
    return unavailable_page(words)


# ---------------------------------------------------------------- small parts


def _is_signed_in(token: str | None) -> bool:
    sign_in = find_sign_in(token, now()) if token else None
    return sign_in is not None and sign_in.over is None


def _end(token: str) -> None:
    at = now()
    with database().work() as session:
        found = session_for(session, token, at=at)
        if found is not None and found.over is None:
            actions.sign_out(session, found.session_id, by=found.by, at=at)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _demo_people() -> list[DemoPerson]:
    with database().look() as session:
        return list(demo_people(session))


async def _let_in(request: Request, token: str, wanted: str) -> Response:
    """A new cookie; what this browser was signed in with before is over."""
    before = token_in(request.headers)
    if before:
        await _off_loop(lambda: _end(before))
    response = RedirectResponse(wanted, 303)
    keep_session(response, token)
    return response


async def _off_loop(deed: Callable[[], T]) -> T:
    return await to_thread.run_sync(deed)


def _limiter() -> CapacityLimiter:
    """How many passwords are compared at once; made when there is an event loop."""
    if not _passwords:
        _passwords.append(CapacityLimiter(PASSWORDS_AT_ONCE))
    return _passwords[0]


ROUTES: list[BaseRoute] = [
    Route("/signin", show_sign_in),
    Route("/signin", receive_sign_in, methods=["POST"]),
    Route("/signin/demo", receive_demo_person, methods=["POST"]),
    Route("/signout", receive_sign_out, methods=["POST"]),
    Route("/set-password/{token}", show_set_password),
    Route("/set-password/{token}", receive_set_password, methods=["POST"]),
]
