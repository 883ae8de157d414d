"""Reading a body: bounded in size, time and depth, and JSON of which only one reading is possible.

What two programs could read in two ways (a key twice, NaN, a number beyond any use) is refused, and
so is what no database can hold. Nothing of it is repeated in the answer.
"""

import json
import re
from typing import Any, NoReturn

import anyio
from starlette.requests import Request

from mash_triage.api.problems import Problem

LARGEST = 1024 * 1024  # bytes; twelve children with every answer at its longest word count fit
SLOWEST = 30  # seconds for a whole body
DEEPEST = 16  # the shape of a contact is seven deep
LONGEST_NUMBER = 40  # characters; the shape has no number above 300
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Json = dict[str, Any]


async def read_json(request: Request) -> Json:
    """The body as a JSON object, or the one Problem that says why it is none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, "Send the body as Content-Type: application/json.")
    return parse(await _read(request))


async def _read(request: Request) -> bytes:
    """The bytes of the body; no more of it is taken in than is allowed."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and len(said) < 20 and int(said) > LARGEST:
        _too_large()
    whole = bytearray()
    try:
        with anyio.fail_after(SLOWEST):
            async for chunk in request.stream():
                whole += chunk
                if len(whole) > LARGEST:
                    _too_large()
    except TimeoutError:
        raise Problem(408, f"The body did not arrive within {SLOWEST} seconds.") from None
    return bytes(whole)


def _too_large() -> NoReturn:
    raise Problem(413, f"The body is larger than {LARGEST // 1024} KiB.")


def parse(raw: bytes) -> Json:
    """These bytes as a JSON object."""
    try:
        found = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_once_each,
            parse_constant=_no_number,
            parse_int=_whole,
            parse_float=_finite,
        )
    except UnicodeDecodeError:
        raise Problem(400, "The body is not UTF-8.") from None
    except RecursionError:
        _too_deep()
    except json.JSONDecodeError:
        raise Problem(400, "The body is not JSON.") from None
    if not isinstance(found, dict):
        raise Problem(400, "The body is not a JSON object.")
    _check_parts(found)
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Problem(400, "A key stands twice in one object of the body.")
    return found


def _no_number(_name: str) -> NoReturn:
    raise Problem(400, "NaN and Infinity are no numbers of JSON.")


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        _too_big()
    return int(digits)


def _finite(digits: str) -> float:
    found = float(digits)
    if len(digits) > LONGEST_NUMBER or found in (float("inf"), float("-inf")):
        _too_big()
    return found


def _too_big() -> NoReturn:
    raise Problem(400, "A number in the body is too long.")


def _too_deep() -> NoReturn:
    raise Problem(400, f"The body is nested more than {DEEPEST} deep.")


def _check_parts(whole: Json) -> None:
    """Refuse what is nested too deep, and text that no database can hold."""
    waiting: list[tuple[Any, int]] = [(whole, 1)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            _too_deep()
        if isinstance(part, dict):
            waiting.extend((key, depth) for key in part)
            waiting.extend((value, depth + 1) for value in part.values())
        elif isinstance(part, list):
            waiting.extend((value, depth + 1) for value in part)
        elif isinstance(part, str) and _UNSTORABLE.search(part):
            raise Problem(
                400, "The body has a character that cannot be stored: NUL or a surrogate."
            )
