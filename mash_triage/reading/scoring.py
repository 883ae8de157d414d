"""How far suggestions agree with what competent managers expect of the same contacts."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mash_triage.errors import Refused
from mash_triage.thresholds.routes import Route

LARGEST_FILE = 64 * 1024 * 1024  # bytes

COST = {
    Route.UNIVERSAL: (0, 1, 2, 3),
    Route.EARLY_HELP: (2, 0, 1, 2),
    Route.S17: (5, 3, 0, 1),
    Route.S47: (20, 15, 8, 0),
}
"""What it costs to suggest universal, early help, section 17 or 47 where the route in the first
column is right. To miss section 47 is worst; to offer too much costs least.
"""

Code = Annotated[str, Field(max_length=60)]


class Predicted(BaseModel):
    """One line of predictions, as far as it is scored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Annotated[str, Field(max_length=60)]
    route: Route
    immediate_danger: bool
    indicators: tuple[Code, ...]


class Expected(BaseModel):
    """What is expected of one contact."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    route: Route
    immediate_danger: bool
    indicators: tuple[Code, ...]
    not_indicators: tuple[Code, ...] = ()
    acceptable_routes: tuple[Route, ...]


Pair = tuple[Expected, Predicted]


def predictions_in(file: Path) -> dict[str, Predicted]:
    """The predictions of a file of JSON lines, by id; Refused names the line that is wrong."""
    with file.open("rb") as opened:
        raw = opened.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise Refused(f"{file.name}: is larger than {LARGEST_FILE // 1024 // 1024} MB.")
    predicted: dict[str, Predicted] = {}
    for number, line in enumerate(raw.splitlines(), start=1):
        if line.strip():
            each = _line(line, f"{file.name}, line {number}")
            predicted[each.id] = each
    return predicted


def _line(line: bytes, where: str) -> Predicted:
    try:
        return Predicted.model_validate_json(line)
    except ValidationError as fault:
        raise Refused(f"{where}: {_first(fault)}.") from None


def expectations(told: dict[str, dict[str, Any]]) -> dict[str, Expected]:
    """What is expected of each contact; Refused names the contact and the key that is wrong."""
    expected: dict[str, Expected] = {}
    for own, said in told.items():
        try:
            expected[own] = Expected.model_validate_json(json.dumps(said, default=str))
        except ValidationError as fault:
            raise Refused(f"contact {own!r}: expected.{_first(fault)}.") from None
    return expected


def _first(fault: ValidationError) -> str:
    first = fault.errors(include_url=False, include_input=False, include_context=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    words: str = first["msg"][0].lower() + first["msg"][1:]
    return f"{key}: {words}" if key else words


def figures(
    expected: dict[str, Expected], predicted: dict[str, Predicted]
) -> dict[str, float | int | None]:
    """The figures; an acceptable route counts as right. None where nothing could be counted.

    Refused when a contact has no prediction. `s47_sensitivity_strict` counts section 47 alone
    where the best single route is section 47 though another is acceptable too.
    """
    for own in expected:
        if own not in predicted:
            raise Refused(f"There is no prediction for contact {own!r}.")
    pairs = [(each, predicted[own]) for own, each in expected.items()]
    grave = [pair for pair in pairs if pair[0].route is Route.S47]
    light = [pair for pair in pairs if pair[0].route in (Route.UNIVERSAL, Route.EARLY_HELP)]
    danger = [pair for pair in pairs if pair[0].immediate_danger]
    calm = [pair for pair in pairs if not pair[0].immediate_danger]
    return {
        "contacts": len(pairs),
        "route_accuracy": _share(_is_right(pair) for pair in pairs),
        "cost_weighted_error": _mean(_cost(pair) for pair in pairs),
        "s47_sensitivity": _share(_is_right(pair) for pair in grave),
        "s47_sensitivity_strict": _share(got.route is Route.S47 for _, got in grave),
        "s47_missed": sum(not _is_right(pair) for pair in grave),
        "over_escalation": _share(got.route is Route.S47 for _, got in light),
        "immediate_danger_recall": _share(got.immediate_danger for _, got in danger),
        "immediate_danger_false_alarms": _share(got.immediate_danger for _, got in calm),
        **_of_indicators(pairs),
    }


def _of_indicators(pairs: list[Pair]) -> dict[str, float | None]:
    both = said = wanted = denied = alarms = 0
    for want, got in pairs:
        both += len(set(want.indicators) & set(got.indicators))
        said += len(set(got.indicators))
        wanted += len(set(want.indicators))
        denied += len(set(want.not_indicators))
        alarms += len(set(want.not_indicators) & set(got.indicators))
    return {
        "indicator_precision": _ratio(both, said),
        "indicator_recall": _ratio(both, wanted),
        "indicator_micro_f1": _ratio(2 * both, said + wanted),
        "false_alarms_on_not_indicators": _ratio(alarms, denied),
    }


def _is_right(pair: Pair) -> bool:
    want, got = pair
    return got.route in want.acceptable_routes


def _cost(pair: Pair) -> int:
    want, got = pair
    return min(COST[route][got.route.weight] for route in (want.route, *want.acceptable_routes))


def _share(answers: Iterable[bool]) -> float | None:
    return _mean(int(answer) for answer in answers)


def _mean(numbers: Iterable[int]) -> float | None:
    told = list(numbers)
    return _ratio(sum(told), len(told))


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
