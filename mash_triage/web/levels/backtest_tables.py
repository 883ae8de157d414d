"""The tables of a trial, for the page and for the report alike. Each figure names its list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mash_triage.backtest.compare import Move, Side
from mash_triage.backtest.figures import CAME_BACK_WITHIN, NO_RULE, SPLITS, Key
from mash_triage.backtest.findings import Findings, same_rule
from mash_triage.thresholds.routes import Route
from mash_triage.web.levels import backtest_words as words

MOST_RULES = 25
MOST_INDICATORS = 10


@dataclass(frozen=True)
class Cell:
    """One figure as shown, the name of the count behind it if that has a list, and what more
    there is to say of it.
    """

    text: str
    key: Key | None = None
    more: str = ""

    @property
    def words(self) -> str:
        """The whole of it."""
        return f"{self.text} {self.more}".rstrip()


@dataclass(frozen=True)
class Table:
    """A table: its title, a note, the column heads (the first is of the row heads), the rows."""

    code: str
    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def chapters_of(found: Findings) -> dict[str, list[Table]]:
    """The tables that have something to show, by chapter."""
    chapters = {
        title: [made for table in tables if (made := table(found)).rows]
        for title, tables in CHAPTERS.items()
    }
    return {**chapters, "By group": [_split(found, split) for split in SPLITS]}


def tables_of(found: Findings) -> Iterator[Table]:
    """The same one after another."""
    for tables in chapters_of(found).values():
        yield from tables


def _counted(found: Findings, *key: str) -> Cell:
    count = found.count(*key)
    return Cell(words.count_words(count), key if count else None)


def _part(found: Findings, part: Key, whole: Key) -> Cell:
    share = found.share(part, whole)
    if share is None:
        is_hidden = found.count(*part) is None or found.count(*whole) is None
        return Cell(words.HIDDEN if is_hidden else "-")
    more = f"· {words.percent_words(share)}"
    return Cell(f"{share.count:,}", part if share.count else None, more)


def moves(found: Findings) -> Table:
    """How many go higher, stay and go lower."""
    rows = tuple(
        (
            words.MOVES[move],
            (
                _counted(found, "move", move.value),
                Cell(words.percent_words(found.share(("move", move.value), ("all",)))),
            ),
        )
        for move in (Move.UP, Move.STAY, Move.DOWN)
    )
    note = "By route, then by level." if found.levels_compare else "By route: the levels differ."
    heads = ("With the new edition", "Children", "Share")
    return Table("moves", "Who moves", f"{note} {words.INTERVAL_NOTE}", heads, rows)


def flow(found: Findings) -> Table:
    """From which level and route to which: those who move first, most children first."""
    keys = sorted(
        (key for key in found.counts if key[0] == "flow"),
        key=lambda key: (key[3] == Move.STAY.value, -(found.count(*key) or 0), key),
    )
    old, new = found.old.edition, found.new.edition
    rows = tuple(
        (
            words.node_words(old, key[1]),
            (
                Cell(words.node_words(new, key[2])),
                Cell(words.MOVES[Move(key[3])]),
                _counted(found, *key),
            ),
        )
        for key in keys
    )
    heads = ("Old level and route", "New level and route", "Move", "Children")
    return Table("flow", "From where to where", "", heads, rows)


def rules(found: Findings) -> Table:
    """Which rule moved how many: one rule a child, the first that makes the difference."""
    keys = [key for key in found.counts if key[0] == "rule"]
    keys.sort(key=lambda key: (-(found.count(*key) or 0), key))
    rows = tuple(_rule_row(found, key) for key in keys[:MOST_RULES])
    note = (
        "One rule a child: the first that makes the difference. For a move higher it is a rule of "
        "the new edition, for a move lower one of the old edition that the new one does not match."
    )
    return Table(
        "rules", "What moved them", note, ("Rule", "Move", "Edition", "In both?", "Children"), rows
    )


def _rule_row(found: Findings, key: Key) -> tuple[str, tuple[Cell, ...]]:
    _, move, code = key
    side, other = (found.new, found.old) if move == Move.UP.value else (found.old, found.new)
    return words.rule_words(side.edition, code), (
        Cell(words.MOVES[Move(move)]),
        Cell(side.edition.title),
        Cell(_in_both(code, side, other)),
        _counted(found, *key),
    )


def _in_both(code: str, side: Side, other: Side) -> str:
    """Is the rule itself new, or do the indicators it asks for sit elsewhere now?"""
    if code == NO_RULE:
        return "-"
    if same_rule(code, side.edition, other.edition):
        return "Yes, in the same words; what it asks for, or what lowers it, differs"
    known = {rule.code for rule in other.edition.rule}
    return "Yes, with other conditions or another result" if code in known else "No"


def indicators(found: Findings) -> Table:
    """What those who moved had in common: a child may have several."""
    keys = [key for key in found.counts if key[0] == "indicator"]
    keys.sort(key=lambda key: (-(found.count(*key) or 0), key))
    known = found.old.edition.indicators_by_code | found.new.edition.indicators_by_code
    rows = tuple(
        (
            known[key[2]].words if key[2] in known else key[2],
            (Cell(words.MOVES[Move(key[1])]), _counted(found, *key)),
        )
        for key in keys[:MOST_INDICATORS]
    )
    note = "A child may have several, so these do not add up."
    heads = ("Indicator accepted", "Move", "Children")
    return Table("indicators", "What the children who move had", note, heads, rows)


def work(found: Findings) -> Table:
    """Children a working day on each route, old beside new."""
    rows = []
    for route in Route:
        old, new = (found.a_day("route", side, route.value) for side in ("old", "new"))
        if found.counts.keys() & {("route", "old", route.value), ("route", "new", route.value)}:
            cells = (
                Cell(words.a_day_words(old), _listed(found, "route", "old", route.value)),
                Cell(words.a_day_words(new), _listed(found, "route", "new", route.value)),
                Cell(words.change_words(old, new)),
            )
            rows.append((words.route_words(found.new.edition, route.value), cells))
    note = (
        f"Children a working day, over {found.working_days:,} working days. It is what the rules "
        "suggest; what people decided may differ."
    )
    return Table("work", "Daily work", note, ("Route", "Old", "New", "Change"), tuple(rows))


def _listed(found: Findings, *key: str) -> Key | None:
    return key if found.count(*key) else None


def areas(found: Findings) -> Table:
    """The same by area, for teams that each have their own: change a working day on each route."""
    routes = [route for route in Route if found.counts.get(("route", "new", route.value))]
    rows = tuple(
        (
            "Not recorded" if area == "not_known" else area,
            (_counted(found, "area", area), *(_changed(found, area, r.value) for r in routes)),
        )
        for area in found.below("area")
    )
    heads = tuple(words.route_words(found.new.edition, route.value) for route in routes)
    note = "Change in children a working day, by the postcode district where the child lives."
    return Table("areas", "Daily work by area", note, ("Area", "Children", *heads), rows)


def _changed(found: Findings, area: str, route: str) -> Cell:
    old, new = (found.a_day("area", area, side, route) for side in ("old", "new"))
    if found.counts.get(("area", area, "old", route)) == found.counts.get(
        ("area", area, "new", route)
    ) and (old is not None or new is not None):
        return Cell("no change")
    if old is None or new is None:
        return Cell(words.HIDDEN)
    return Cell(f"{new - old:+.2f}")


def came_back(found: Findings) -> Table:
    """How each edition would have treated those about whom a contact came again."""
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    for head, which in _who(found):
        cells = tuple(_back(found, days, which) for days in CAME_BACK_WITHIN)
        if any(found.counts.get(("back", "90", which, said)) for said in ("yes", "no")):
            rows.append((head, cells))
    note = (
        "Children about whom another contact came after the decision, of those whose decision is "
        "at least so long ago. Many who come back from a route that asks little may mean that it "
        "asked too little."
    )
    heads = ("Where they were put", *(f"Within {days} days" for days in CAME_BACK_WITHIN))
    return Table("back", "Those who came back", note, heads, tuple(rows))


def _who(found: Findings) -> Iterator[tuple[str, str]]:
    yield "All", "all"
    for move in (Move.UP, Move.STAY, Move.DOWN):
        yield f"New edition: {words.MOVES[move].lower()}", move.value
    for side, edition in (("old", found.old.edition), ("new", found.new.edition)):
        for route in Route:
            head = f"{words.SIDES[side]} edition: {words.route_words(edition, route.value)}"
            yield head, f"{side} {route.value}"


def _back(found: Findings, days: int, which: str) -> Cell:
    share = found.came_back(days, which)
    names = [("back", str(days), which, said) for said in ("yes", "no")]
    if share is None:
        hidden = any(name in found.hidden for name in names)
        return Cell(words.HIDDEN if hidden else "nobody so long ago")
    more = f"of {share.of:,} · {words.percent_words(share)}"
    return Cell(f"{share.count:,}", names[0] if share.count else None, more)


def _split(found: Findings, split: str) -> Table:
    """Who moves, by group."""
    rows = tuple(
        (
            words.group_words(split, group),
            (
                _counted(found, split, group),
                _part(found, (split, group, "up"), (split, group)),
                _part(found, (split, group, "down"), (split, group)),
            ),
        )
        for group in words.in_order(split, found.below(split))
    )
    title = f"By {words.SPLIT_WORDS[split].lower()}"
    return Table(split, title, "", ("Group", "Children", "Higher", "Lower"), rows)


def left_out(found: Findings) -> Table:
    """Children whom one of the editions cannot place: it does not have their indicators."""
    codes = sorted(found.below("code"), key=lambda code: (-(found.count("code", code) or 0), code))
    known = found.old.edition.indicators_by_code | found.new.edition.indicators_by_code
    rows = tuple(
        (
            f"{known[code].words} ({code})" if code in known else code,
            (Cell(_lacking(code, found)), _counted(found, "code", code)),
        )
        for code in codes
    )
    note = "These children are in no other figure: nobody can say where that edition puts them."
    if found.old.also_read or found.new.also_read:
        note += " Codes that say one thing in both editions are read by the map beside them."
    heads = ("Indicator in the facts", "Not in", "Children")
    return Table("left_out", "Children who cannot be compared", note, heads, rows)


def _lacking(code: str, found: Findings) -> str:
    lacks = [
        each.edition.title
        for each in (found.old, found.new)
        if code not in each.edition.indicators_by_code and code not in each.also_read
    ]
    return "; ".join(lacks)


CHAPTERS: dict[str, tuple[Callable[[Findings], Table], ...]] = {
    "Who moves": (moves, flow, left_out),
    "What moved them": (rules, indicators),
    "Daily work": (work, areas),
    "Came back": (came_back,),
}
