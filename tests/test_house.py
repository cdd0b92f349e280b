"""The rules of the house, as tests: each message names what to write instead."""

import ast
import re
from collections.abc import Iterator

import grimp
import networkx as nx
import pytest

from tests.support.source import ROOT, Module, calls, dotted_name, imports, modules

FILE_LINES = 400
FUNCTION_LINES = 70
INTERFACES = (
    "scf/portals",
    "scf/api",
    "scf/tasks.py",
    "scf/management",
    "scf/config",
    "scf/runtime",
)
TASKS = ("ledger/tasks.py", "risk/tasks.py")
WITHOUT_TWIN = {"__init__.py", "__main__.py", "apps.py", "urls.py", "admin.py"}

WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
DML = re.compile(
    r"^\s*(WITH\b.*\)\s*)?(INSERT\s+INTO|UPDATE\s+\w|DELETE\s+FROM|MERGE\s+INTO)",
    re.IGNORECASE | re.DOTALL,
)
CLOCK_CALLS = {"now", "utcnow", "today", "localdate", "localtime"}
SQL_CLOCK = re.compile(
    r"\b(now\(\)|current_timestamp|current_date|transaction_timestamp\(\))", re.IGNORECASE
)
MONEY_NAME = re.compile(r"_(minor|micro|ppm|units)$")


def report(problems: list[str], *, instead: str) -> None:
    if problems:
        pytest.fail(f"{instead}\n  " + "\n  ".join(problems), pytrace=False)


def is_operation(module: Module) -> bool:
    return module.path.name == "operations.py" or "operations" in module.path.parts[:-1]


def test_only_operations_write() -> None:
    problems = [
        module.at(node)
        for module in modules()
        if not is_operation(module) and not module.inside("scf/simulator", "scf/runtime")
        for node in writes(module)
    ]
    report(problems, instead="Rows are written in a room's operations; call or add an operation:")


def writes(module: Module) -> Iterator[ast.AST]:
    for node, name, dotted in calls(module):
        if "." not in dotted:
            continue
        if (
            name in WRITES
            or (name in {"save", "delete"} and not node.args)
            or (name == "update" and node.keywords)
        ):
            yield node
        elif name in {"execute", "executemany"} and node.args:
            text = node.args[0]
            if (
                isinstance(text, ast.Constant)
                and isinstance(text.value, str)
                and DML.match(text.value)
            ):
                yield node


def test_below_the_interfaces_nobody_reads_a_clock() -> None:
    problems = [
        module.at(node)
        for module in modules()
        if not module.inside(*INTERFACES, *TASKS)
        for node in clock_reads(module)
    ]
    report(
        problems,
        instead="Take `at` (an instant) or a date as an argument; interfaces read the clock:",
    )


def clock_reads(module: Module) -> Iterator[ast.AST]:
    for node, name, dotted in calls(module):
        if (name in CLOCK_CALLS and "." in dotted) or dotted in {"time.time", "Now"}:
            yield node
        for keyword in node.keywords:
            default = dotted_name(keyword.value)
            if keyword.arg in {"auto_now", "auto_now_add"} or (
                keyword.arg == "default" and default.rsplit(".", 1)[-1] in CLOCK_CALLS
            ):
                yield keyword.value
    for literal in module.nodes:
        if isinstance(literal, ast.Constant) and is_sql_with_clock(literal.value):
            yield literal


def is_sql_with_clock(value: object) -> bool:
    return isinstance(value, str) and "SELECT" in value.upper() and bool(SQL_CLOCK.search(value))


def test_sql_reads_no_clock_but_for_leases() -> None:
    problems = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted(ROOT.glob("*/sql/*.sql"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if SQL_CLOCK.search(line.split("--", 1)[0])
    ]
    report(problems, instead="Pass the instant in; a lease may use clock_timestamp():")


def test_money_is_never_a_float() -> None:
    problems = [
        module.at(node)
        for module in modules()
        if not module.inside("risk", "scf/portals")
        for node in module.nodes
        if is_money_float(node)
    ]
    report(
        problems,
        instead="Money, rates and quantities are integers; use ledger.money, rates, quantity:",
    )


def is_money_float(node: ast.AST) -> bool:
    match node:
        case ast.AnnAssign(target=target, annotation=annotation):
            return is_money(target) and dotted_name(annotation) == "float"
        case ast.arg(arg=name, annotation=ast.Name(id="float")):
            return MONEY_NAME.search(name) is not None
        case ast.Call(func=ast.Name(id="float"), args=[value]):
            return is_money(value)
        case ast.BinOp(op=ast.Div(), left=left, right=right):
            return is_money(left) or is_money(right)
        case ast.Assign(targets=[target], value=ast.Call(func=function)):
            return is_money(target) and dotted_name(function).endswith("FloatField")
    return False


def is_money(node: ast.AST) -> bool:
    return MONEY_NAME.search(dotted_name(node)) is not None


def test_decimal_stays_at_the_edges() -> None:
    edges = {"forms.py", "fields.py", "serializers.py"}
    problems = [
        module.at(node)
        for module in modules()
        if not module.inside("ledger/money.py", "ledger/quantity.py")
        and module.path.name not in edges
        for node, name in imports(module)
        if name in {"decimal", "decimal.Decimal"}
    ]
    report(problems, instead="Parse with ledger.money or ledger.quantity and pass integers on:")


def test_no_signals() -> None:
    problems = [
        module.at(node)
        for module in modules()
        for node, name in imports(module)
        if name.startswith(("django.db.models.signals", "django.dispatch"))
    ]
    report(
        problems,
        instead="Emit an event to the outbox in the same transaction; reactions follow it:",
    )


def test_no_ordering_in_meta() -> None:
    problems = [
        module.at(inner)
        for module in modules()
        for node in module.nodes
        if isinstance(node, ast.ClassDef) and node.name == "Meta"
        for inner in node.body
        if isinstance(inner, ast.Assign)
        and any(dotted_name(t) == "ordering" for t in inner.targets)
    ]
    report(problems, instead="Say order_by where the order matters, in the query:")


def test_no_bare_assert_in_the_product() -> None:
    problems = [
        module.at(node)
        for module in modules()
        for node in module.nodes
        if isinstance(node, ast.Assert)
    ]
    report(problems, instead="Raise InvariantViolated: asserts vanish under -O:")


def test_only_env_and_runtime_read_the_environment() -> None:
    problems = [
        module.at(node)
        for module in modules()
        if not module.inside("scf/config/env.py", "scf/runtime")
        for node in module.nodes
        if dotted_name(node) in {"os.environ", "os.getenv", "environ"}
        and not is_settings_default(module)
    ]
    report(problems, instead="Add a setting in scf/config, which reads scf/config/env.py:")


def is_settings_default(module: Module) -> bool:
    return module.inside("scf/config/celery.py", "scf/config/wsgi.py")


def test_every_module_has_a_test_twin() -> None:
    problems = [
        f"{module.path}: write {module.twin}"
        for module in modules()
        if module.path.name not in WITHOUT_TWIN
        and not module.inside("scf/config/settings")
        and not (ROOT / module.twin).exists()
    ]
    report(problems, instead="Every module is tested beside its mirror image:")


def test_files_are_short() -> None:
    tests = [Module(path.relative_to(ROOT)) for path in sorted((ROOT / "tests").rglob("*.py"))]
    problems = [
        f"{module.path}: {count} lines"
        for module in (*modules(), *tests)
        if (count := module.text.count("\n")) > FILE_LINES
    ]
    report(problems, instead=f"A file holds at most {FILE_LINES} lines; split it by subject:")


def test_functions_are_short() -> None:
    problems = [
        f"{module.at(node)} {node.name}: {length} lines"
        for module in modules()
        for node in module.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]
    report(
        problems,
        instead=f"A function holds at most {FUNCTION_LINES} lines, better 40; name its steps:",
    )


def test_no_import_cycles() -> None:
    graph = grimp.build_graph("ledger", "risk", "scf", exclude_type_checking_imports=True)
    edges = nx.DiGraph(
        (name, imported)
        for name in graph.modules
        for imported in graph.find_modules_directly_imported_by(name)
    )
    problems = [
        " <-> ".join(sorted(cycle))
        for cycle in nx.strongly_connected_components(edges)
        if len(cycle) > 1
    ]
    report(problems, instead="Move what both need into a third module below them:")


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=[\"']|\son[a-z]+=[\"']|javascript:",
    re.IGNORECASE,
)


def test_templates_hold_no_inline_script_or_style() -> None:
    problems = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if INLINE.search(line) and 'type="application/json"' not in line
    ]
    report(
        problems,
        instead="The content policy blocks it; use a class in static/ or a data attribute:",
    )
