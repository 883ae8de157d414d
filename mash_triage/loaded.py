"""Data that a process loads once and keeps as long as it runs."""

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


def for_good(load: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """What this function has loaded, and all that the process holds by then, is never looked
    through again for what nobody uses: Python's collector stops everybody while it looks, and half
    a million objects that stay take it a third of a second.
    """

    @wraps(load)
    def loaded(*args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        found = load(*args, **kwargs)
        gc.collect()
        gc.freeze()
        return found

    return loaded
