"""The source tree as syntax trees, for the tests that read the house itself."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ledger", "risk", "scf")


@dataclass(frozen=True)
class Module:
    """One Python file of the product. `path` is relative to the checkout."""

    path: Path

    @cached_property
    def text(self) -> str:
        return (ROOT / self.path).read_text(encoding="utf-8")

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(ast.parse(self.text, filename=str(self.path))))

    @property
    def twin(self) -> Path:
        return Path("tests") / self.path.parent / f"test_{self.path.name}"

    def inside(self, *prefixes: str) -> bool:
        """Whether the file is one of these files or lies in one of these folders."""
        name = self.path.as_posix()
        return any(name == prefix or name.startswith(f"{prefix}/") for prefix in prefixes)

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the product but migrations."""
    found = (
        path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py")
    )
    return tuple(Module(path) for path in sorted(found) if "migrations" not in path.parts)


def calls(module: Module) -> Iterator[tuple[ast.Call, str, str]]:
    """Every call: the node, the name called last, and the dotted name as far as it is one."""
    for node in module.nodes:
        if isinstance(node, ast.Call):
            dotted = dotted_name(node.func)
            yield node, dotted.rsplit(".", 1)[-1], dotted


def dotted_name(node: ast.AST) -> str:
    """`a.b.c` for names and attributes; whatever is not a name becomes empty."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted_name(node.value)}.{node.attr}"
    return ""


def imports(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Every imported name, in full: `from a import b` gives `a.b`."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def codes_raised(room: str) -> set[str]:
    """Codes of a room that appear in the product's source as ``DomainError("room.word"``."""
    pattern = re.compile(rf'DomainError\(\s*"({room}\.\w+)"')
    places = [path for top in ("scf", "risk", "ledger") for path in (ROOT / top).rglob("*.py")]
    return {code for path in places for code in pattern.findall(path.read_text("utf-8"))}
