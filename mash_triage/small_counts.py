"""Counts that could point to a person: one to five are not shown to those without the records."""

SMALLEST_SHOWN = 6  # people


def is_small(count: float) -> bool:
    """Would this count, shown by itself, point to one to five people?"""
    return 0 < count < SMALLEST_SHOWN
