"""What the API offers, as an OpenAPI 3.1 document that agencies' suppliers build against."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from mash_triage.api.problems import MEDIA_TYPE, TITLES, ProblemShape
from mash_triage.api.request_shapes import ReplyBody
from mash_triage.contacts.submission import ContactSubmission

BODIES: dict[str, type[BaseModel]] = {
    "/v1/contacts": ContactSubmission,
    "/v1/requests/{request_id}/reply": ReplyBody,
}
REF = "#/components/schemas/{model}"
ABOUT = (
    "Agencies' systems send contacts about children to the front door, read what became of them, "
    "and answer what the front door asks. The same rules hold as for the form. A child in danger "
    "now: call 999; do not wait for this service."
)
SEND_SAYS = (400, 401, 403, 408, 409, 413, 415, 422, 429, 500, 503)
READ_SAYS = (401, 403, 404, 422, 429, 500, 503)
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Made once for each contact or reply, for example a UUID, and sent again with "
    "each try.",
    "schema": {"type": "string", "pattern": "^[!-~]{8,200}$"},
}


def document_of(app: FastAPI) -> dict[str, Any]:
    """The document; made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _made(app)
    return app.openapi_schema


def _made(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        description=ABOUT,
        routes=app.routes,
        servers=[{"url": "/api"}],
    )
    parts = document.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    shapes: list[type[BaseModel]] = [*BODIES.values(), ProblemShape]
    for shape in shapes:
        whole = shape.model_json_schema(ref_template=REF)
        schemas |= whole.pop("$defs", {})
        schemas[shape.__name__] = whole
    parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{"key": []}]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete(operation, BODIES[path] if method == "post" else None)
    return document


def _complete(operation: dict[str, Any], body: type[BaseModel] | None) -> None:
    """What FastAPI cannot know of an operation, since we read bodies and say no ourselves."""
    says_no = SEND_SAYS if body else READ_SAYS
    problem = {MEDIA_TYPE: {"schema": {"$ref": REF.format(model=ProblemShape.__name__)}}}
    for status in says_no:
        operation["responses"][str(status)] = {"description": TITLES[status], "content": problem}
    if body:
        content = {"schema": {"$ref": REF.format(model=body.__name__)}}
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
