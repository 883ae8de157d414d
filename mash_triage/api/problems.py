"""What is answered when the service says no: `application/problem+json` (RFC 9457).

Every answer names what to do, and never repeats what was sent: neither a value nor a name that a
caller made up for a field.
"""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.responses import JSONResponse

from mash_triage.contacts.problems import path_of, words_for
from mash_triage.contacts.submission import ContactSubmission

MEDIA_TYPE = "application/problem+json"
DOES_NOT_BELONG = "There is something here that does not belong"

TITLES = {
    400: "Not readable",
    401: "No valid key",
    403: "Not allowed",
    404: "Not found",
    405: "Not offered here",
    408: "Too slow",
    409: "Sent before with other words",
    413: "Too large",
    415: "Not JSON",
    422: "Not complete",
    429: "Too many calls",
    500: "A fault of the service",
    503: "Not stored",
}
_STEPS = re.compile(r"\[(\d{1,3})\]|([^.\[\]]+)")
NOT_FOUND = "We could not find that, or it is not yours to see."


class FieldProblem(BaseModel):
    """One field, and what to do about it."""

    field: str
    rule: str


class ProblemShape(BaseModel):
    """An answer that says no."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Problem(Exception):
    """The API says no, with a status, a sentence, and perhaps the fields that it is about."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        fields: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.fields, self.headers = dict(fields or {}), dict(headers or {})


def answer(problem: Problem) -> JSONResponse:
    """The answer for this problem."""
    content: dict[str, Any] = {
        "type": f"urn:mash-triage:problem:{problem.status}",
        "title": TITLES.get(problem.status, "Not possible"),
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.fields:
        content["errors"] = [
            {"field": field, "rule": rule} for field, rule in problem.fields.items()
        ]
    return JSONResponse(content, problem.status, problem.headers, MEDIA_TYPE)


def incomplete(problems: Mapping[str, str]) -> Problem:
    """The problem for a contact that is not complete: each field by its path, and its rule."""
    fields: dict[str, str] = {}
    for path, words in problems.items():
        known = known_part(path)
        fields.setdefault(known, words if known == path else DOES_NOT_BELONG)
    return Problem(
        422, f"{_answers(len(fields))} missing or not right; nothing was stored.", fields=fields
    )


def wrong_fields(errors: list[dict[str, Any]]) -> dict[str, str]:
    """What FastAPI found wrong with the address or a header, without the value that it repeats."""
    return {path_of(tuple(error["loc"][1:])): words_for(error) for error in errors}


def wrong_parts(wrong: ValidationError, shape: type[BaseModel]) -> dict[str, str]:
    """What is wrong with a body of this shape: each field by its path, and its rule."""
    names = names_of(shape)
    fields: dict[str, str] = {}
    for error in wrong.errors(include_url=False, include_context=True, include_input=False):
        path = path_of(error["loc"])
        known = known_part(path, names)
        fields.setdefault(known, words_for(error) if known == path else DOES_NOT_BELONG)
    return fields


def known_part(path: str, names: Collection[str] | None = None) -> str:
    """As much of a field's path as is made of the names of our own shape; a contact's unless said
    otherwise.
    """
    ours = field_names() if names is None else names
    known = ""
    for row, name in _STEPS.findall(path):
        if row:
            known += f"[{row}]"
        elif name in ours:
            known += f".{name}" if known else name
        else:
            return known
    return known


@lru_cache(maxsize=1)
def field_names() -> frozenset[str]:
    """Every name that a field of a contact can have."""
    return names_of(ContactSubmission)


def names_of(shape: type[BaseModel]) -> frozenset[str]:
    """Every name that a field of this shape, or of a part of it, can have."""
    whole = shape.model_json_schema()
    shapes = [whole, *whole.get("$defs", {}).values()]
    return frozenset(name for each in shapes for name in each.get("properties", ()))


def _answers(count: int) -> str:
    return "One answer is" if count == 1 else f"{count} answers are"
