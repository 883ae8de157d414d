"""The Idempotency-Key with which a call is sent again and stays one."""

import re

from starlette.requests import Request

from mash_triage.api.problems import Problem

_KEY = re.compile(r"[\x21-\x7e]{8,200}")


def check_key(request: Request) -> str:
    """The key of this call; a Problem where it has none that can be used."""
    key = request.headers.get("idempotency-key", "")
    if not _KEY.fullmatch(key):
        raise Problem(400, "Send an Idempotency-Key of 8 to 200 visible ASCII characters.")
    return key
