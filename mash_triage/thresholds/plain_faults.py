"""What the shapes and the TOML parser find wrong, in words that the owner of an edition knows."""

import re
from typing import Any

LONGEST_WORDS = 200  # characters of a parser's own words

_OF_SHAPES = {
    "missing": "this key is missing",
    "extra_forbidden": "this key is not known",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "string_too_long": "must not be longer than {max_length} characters",
    "too_long": "must not hold more than {max_length}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "enum": "must be one of {expected}",
    "literal_error": "must be one of {expected}",
    "value_error": "{error}",
    "date_type": "must be a date such as 2026-04-01",
    "date_parsing": "must be a date such as 2026-04-01",
    "date_from_datetime_parsing": "must be a date such as 2026-04-01",
    "date_from_datetime_inexact": "must be a date such as 2026-04-01",
    "time_type": "must be a time such as 09:00:00",
    "time_parsing": "must be a time such as 09:00:00",
}
"""By pydantic's name for the fault; any other keeps pydantic's own words."""

_OF_TOML = (
    (r"Cannot overwrite a value", "this key was given before"),
    (r"Cannot declare .* twice", "this table was given before"),
    (r"Cannot mutate immutable namespace .*", "this key or table was given before"),
    (r"Expected newline or end of document after a statement", "something follows the value"),
    (r"Expected '=' after a key in a key/value pair", "there is no = after the key"),
    (r"Unterminated string|Illegal character '\\n'", "the text has no closing quote on its line"),
    (r"Unclosed array", "the list has no closing bracket"),
    (r"Invalid value", "the value is neither text in quotes, number, date, list, true nor false"),
    (r"Invalid statement", "the line begins with neither a key nor a table"),
)
"""What `tomllib` says, and plainer words for it; anything else is repeated."""


def of_shapes(fault: Any) -> str:
    """One of pydantic's faults in plain words."""
    own: str = fault["msg"]
    plain = _OF_SHAPES.get(fault["type"], "")
    return plain.format(**fault.get("ctx", {})) if plain else own[:1].lower() + own[1:]


def of_toml(told: str) -> str:
    """A fault of the TOML parser, without its place, in plain words."""
    for own, plain in _OF_TOML:
        if re.fullmatch(own, told, re.DOTALL):
            return f"is not TOML: {plain}"
    told = told[:LONGEST_WORDS]
    return f"is not TOML: {told[:1].lower()}{told[1:]}"
