"""Worlds built through actions, so that no test stands on a state that cannot happen."""

from tests.cast import MONDAY_NINE

__all__ = ["MONDAY_NINE"]
