"""The names of all fields of a contact, as the one submission schema has them."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from mash_triage.contacts.shapes import Missing
from mash_triage.contacts.submission import ContactSubmission


def field_names() -> list[str]:
    """Each field by its path; `[]` for the row of a list."""
    return list(dict.fromkeys(_fields(ContactSubmission, "")))


def _fields(shape: type[BaseModel], before: str) -> Iterator[str]:
    for name, field in shape.model_fields.items():
        path, inner = f"{before}{name}", [*_shapes(field.annotation)]
        if not inner:
            yield path
        row = "[]" if "tuple" in str(field.annotation) else ""
        for each in inner:
            yield from _fields(each, f"{path}{row}.")


def _shapes(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation is not Missing:
            yield annotation
        return
    for each in get_args(annotation):
        yield from _shapes(each)
