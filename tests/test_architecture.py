"""How the house is built, read from the code itself: the order, the edges, and the sizes."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mash_triage"
PAGES = sorted((ROOT / "pages").glob("*.py"))

THE_ORDER = (
    "errors settings text small_counts loaded db access.roles access.actor audit access outbox "
    "clocks.moments thresholds reading clocks editions agency_systems people contacts attachments "
    "after_sending matching chat allocation consent screening sharing enquiries hand_on "
    "strategy.models decisions talk handover missing disagreements strategy after_decision "
    "backtest departures promises worklists chronology hours reports all_models self_test demo api "
    "web commands cli"
)
"""Who a person is stands before the trail, which names her; what changes accounts comes after. A
decision asks whether a strategy discussion is open; the discussion asks what was decided."""
ORDER = THE_ORDER.split()

EDGES = {"api", "db", "demo", "web", "commands"}
"""Folders that are not deeds of the front door; their files are named for what they do."""

DEEDS = {"models", "rules", "actions", "queries"}
NAMED_AFTER_IDEAS = {
    "chat": {
        "answers",
        "asking",
        "beside_form",
        "commands",
        "facts",
        "fields",
        "hearing",
        "kept",
        "parts",
        "people",
        "proposed",
        "read",
        "replay",
        "replies",
        "sender",
        "state",
        "talking",
        "tidy",
        "warming",
        "words",
    },
    "access": {"actor", "agencies", "drafts", "passwords", "roles", "sessions", "sign_in"},
    "audit": {"events", "trail"},
    "clocks": {"lengths", "moments", "now", "opening", "promise_rules", "working_days"},
    "contacts": {
        "answers",
        "asked",
        "coach",
        "codes",
        "drafts",
        "elsewhere",
        "families",
        "history",
        "pictures",
        "problems",
        "reference",
        "reminders",
        "reported_child",
        "reported_people",
        "reported_worry",
        "seen",
        "sent",
        "shapes",
        "status",
        "submission",
    },
    "attachments": {
        "apart",
        "cleaning",
        "kinds",
        "names",
        "office",
        "paper",
        "photos",
        "plain",
        "receiving",
        "scanner",
        "soundness",
        "vault",
    },
    "matching": {
        "adults",
        "answer_file",
        "answers",
        "as_written",
        "asked_file",
        "compare",
        "duplicates",
        "evidence",
        "explain",
        "filing",
        "for_child",
        "former_names",
        "found_through",
        "homes",
        "household",
        "identity",
        "index",
        "keys",
        "levels",
        "link_reviews",
        "minimum",
        "models_in_force",
        "names",
        "nicknames",
        "normalise",
        "older",
        "pins",
        "register_facts",
        "register_import",
        "register_records",
        "reindex",
        "resting",
        "score",
        "siblings",
        "stored",
        "together",
        "training",
        "weights",
    },
    "after_sending": {"amended", "confirmed"},
    "missing": {"codes", "follow_up", "local", "pictures", "rates", "reported", "taken_back"},
    "outbox": {
        "carriers",
        "parcels",
        "delivery",
        "kinds",
        "notify",
        "signing",
        "smtp",
        "time_limit",
        "webhook",
    },
    "consent": {"resting"},
    "decisions": {"alone", "before", "resting", "tasks", "telling", "told"},
    "chronology": {"lens", "protecting", "scope", "sources"},
    "hand_on": {"for_family", "kinds"},
    "disagreements": {"experience", "stages"},
    "strategy": {"codes", "lists", "needed", "pictures", "quorum"},
    "after_decision": {"counted", "import_file", "measures"},
    "promises": {"decision_clocks", "own_times", "recipients"},
    "sharing": {"by_deeds", "grounds", "work"},
    "enquiries": {"due", "gauges", "pictures", "questions", "stages", "work"},
    "people": {
        "cells",
        "identifiers",
        "links",
        "register",
        "register_file",
        "resting",
        "restricted",
    },
    "allocation": {"cover", "seconds", "work"},
    "screening": {"capacity", "facts", "resting", "words", "work"},
    "reading": {
        "about",
        "choices",
        "context",
        "forms",
        "found",
        "in_edition",
        "learning",
        "notation",
        "people",
        "predictions",
        "read",
        "scoring",
        "search",
        "shapes",
        "teaching",
        "vocabulary",
        "weighed",
        "words",
        "worked_contacts",
        "worries",
    },
    "thresholds": {
        "changes",
        "chapters",
        "checks",
        "clock_times",
        "conditions",
        "document",
        "examine",
        "facts",
        "findings",
        "floor",
        "holes",
        "in_words",
        "levels",
        "lowering",
        "nearly",
        "pages",
        "paper",
        "pdf",
        "plain_faults",
        "positions",
        "promises",
        "protective",
        "questions",
        "quick",
        "raising",
        "routes",
        "rule_chapters",
        "rule_checks",
        "rule_shapes",
        "shapes",
        "stand_ins",
        "suggest",
        "suggestion",
        "told_anywhere",
        "toml_text",
        "toml_tokens",
        "what_if",
        "words",
    },
    "talk": {"consultations", "danger", "notes", "sending", "threads", "unread"},
    "worklists": {
        "ages",
        "agency",
        "agency_file",
        "board",
        "covered",
        "danger",
        "domestic_abuse",
        "help_offered",
        "measures",
        "my_contacts",
        "rows",
        "saved_filters",
        "in_hand",
        "forecast",
        "through_the_night",
        "worry_by_area",
    },
    "editions": {"differences", "draft_text", "in_words", "pictures", "worked_contacts"},
    "departures": {"statements"},
    "backtest": {
        "alike",
        "behind",
        "codes",
        "compare",
        "figures",
        "findings",
        "intervals",
        "past",
        "suppression",
        "totals",
        "trial",
    },
}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
MOST_LINES = 300


def modules() -> Iterator[tuple[Path, str]]:
    """Every module of the package with its folder; written migrations are history, not code."""
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        if inside != Path("__init__.py") and "versions" not in inside.parts:
            yield path, inside.parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the words it is written in, such as `st.markdown`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def place(path: Path, node: ast.AST | None = None) -> str:
    line = f":{node.lineno}" if node is not None else ""
    return f"{path.relative_to(ROOT)}{line}"


# ---------------------------------------------------------------- the order


def rank(module: str) -> int:
    """Where a module such as `access.actor` stands: by its own name in the order, or its folder."""
    own = ".".join(module.split(".")[:2])
    return ORDER.index(own if own in ORDER else module.split(".")[0])


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def test_every_folder_has_its_place_in_the_order():
    assert {folder for _path, folder in modules()} <= set(ORDER)


def test_a_folder_imports_only_what_stands_before_it():
    wrong = [
        f"{place(path)} imports {name}"
        for path, _folder in modules()
        for name in imported(path)
        if name.startswith("mash_triage.")
        and rank(name.removeprefix("mash_triage.")) > rank(name_of(path))
    ]
    assert wrong == []


def test_pages_import_from_the_package_and_never_from_each_other():
    assert [f"{place(p)} {n}" for p in PAGES for n in imported(p) if n.startswith("pages")] == []


def test_files_in_a_folder_are_its_four_deeds_or_named_after_a_known_idea():
    unknown = [
        place(path)
        for path, folder in modules()
        if path.parent != PACKAGE
        and folder not in EDGES
        and path.stem != "__init__"
        and path.relative_to(PACKAGE / folder).parts[0].removesuffix(".py")
        not in DEEDS | NAMED_AFTER_IDEAS.get(folder, set())
    ]
    assert unknown == []


def test_no_file_has_a_name_that_says_nothing():
    wrong = [place(path) for path, _ in modules() if set(path.parts) & NAMES_THAT_SAY_NOTHING]
    wrong += [place(path) for path, _folder in modules() if path.stem in NAMES_THAT_SAY_NOTHING]
    assert wrong == []


# ---------------------------------------------------------------- the edges


def test_only_the_web_knows_streamlit():
    wrong = [
        place(path)
        for path, folder in modules()
        if folder != "web" and any(name.split(".")[0] == "streamlit" for name in imported(path))
    ]
    assert wrong == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_begins_by_finding_out_who_is_there(page):
    def may_stand_before(node: ast.stmt) -> bool:
        """Imports, docstrings, functions, and constants of plain values."""
        declares = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
        constant = isinstance(node, ast.Assign | ast.AnnAssign) and not any(
            isinstance(part, ast.Call) for part in ast.walk(node)
        )
        words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        return isinstance(node, declares) or constant or words

    first = next(node for node in tree(page).body if not may_stand_before(node))
    assert isinstance(first, ast.Assign)
    assert ast.unparse(first.value).startswith("open_page(")


def test_nothing_is_drawn_inside_a_transaction():
    """st.rerun, st.stop and st.switch_page leave by an exception, which would undo the deed."""
    wrong = [
        place(path, node)
        for path in [*PAGES, *(path for path, folder in modules() if folder == "web")]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.With)
        and any(re.search(r"\.(work|look)\(\)$", ast.unparse(i.context_expr)) for i in node.items)
        and any(
            isinstance(part, ast.Name) and part.id in ("st", "components")
            for inside in node.body
            for part in ast.walk(inside)
        )
    ]
    assert wrong == []


def test_only_one_place_asks_what_time_it_is():
    asks = re.compile(
        r"(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns)|(datetime\.){2}(now|utcnow|today)"
    )
    wrong = [
        place(path, call)
        for path in [*PAGES, *(path for path, _folder in modules())]
        if path != PACKAGE / "clocks" / "now.py"
        for words, call in calls(path)
        if asks.fullmatch(words)
    ]
    assert wrong == []


def test_the_present_is_asked_only_at_the_edges():
    edges = {"api", "web", "commands", "cli", "demo"}
    wrong = [
        place(path)
        for path, folder in modules()
        if folder not in edges
        and any(name == "mash_triage.clocks.now.now" for name in imported(path))
    ]
    assert wrong == []


def test_the_day_of_a_moment_is_asked_of_the_clocks():
    """`.date()` on a moment in UTC is yesterday for an hour of every summer night."""
    wrong = [
        place(path, call)
        for path, folder in [*modules(), *((path, "pages") for path in PAGES)]
        if folder != "clocks"
        for words, call in calls(path)
        if words.endswith(".date")
    ]
    assert wrong == []


def test_what_people_typed_is_never_drawn_as_markdown_or_html():
    def is_fixed(call: ast.Call) -> bool:
        return not call.args or isinstance(call.args[0], ast.Constant)

    wrong = []
    for path in [*PAGES, *(path for path, _folder in modules())]:
        in_web = "web" in path.relative_to(ROOT).parts
        for words, call in calls(path):
            unsafe = any(keyword.arg == "unsafe_allow_html" for keyword in call.keywords)
            html = words == "st.html" and not in_web
            markdown = words == "st.markdown" and not in_web and not is_fixed(call)
            if unsafe or html or markdown:
                wrong.append(f"{place(path, call)} {words}")
    assert wrong == []


# ---------------------------------------------------------------- the deeds


def test_actions_are_told_who_and_when_by_keyword_and_last():
    wrong = []
    for path, _folder in modules():
        if path.stem != "actions" and path.parent.name != "actions":
            continue
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            every = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
            if {"by", "at"} & set(every):
                wrong.append(f"{place(path, node)} {node.name} takes by or at by position")
    assert wrong == []


def test_actions_leave_the_transaction_to_whoever_opened_it():
    wrong = [
        place(path, call)
        for path, folder in modules()
        if folder not in {"api", "db", "web", "commands", "demo"}
        for words, call in calls(path)
        if re.search(r"session\.(commit|rollback|begin)$", words)
    ]
    assert wrong == []


# ---------------------------------------------------------------- the sizes


def test_a_module_can_be_read_in_one_sitting():
    long = {
        place(path): lines
        for path, _folder in modules()
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_every_module_says_what_it_is_for():
    silent = [
        place(path)
        for path in [*PAGES, *(path for path, _folder in modules())]
        if path.stem != "__init__" and not ast.get_docstring(tree(path))
    ]
    assert silent == []
