"""The shape of the code in numbers that may only fall: towers, circles, long files."""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
# What is so today. Whoever brings one down writes the new number here; none may rise.
MOST = {
    "own levels of inheritance": 2,
    "public names of one class": 25,
    "parts of the session": 26,
    "signals of one class": 4,
    "signals typed object": 0,
    "constructors that take anything": 0,
    "modules in circles": 0,
    "packages in circles": 0,
    "files over 330 lines": 0,
    "reaches of tests into privates": 19,
    "reaches of the product into privates": 0,
}
_SESSION = "reader.session.session.Session"
_DOTTED = re.compile(r"reader(\.[a-z_0-9]+)+")
_REGISTRIES = {
    *("reader/importers/registry.py", "reader/exporters/registry.py"),
    # The explicit list of classes whose values may come back from a worker.
    "reader/workers/answers.py",
}


@dataclass
class Shape:
    """A class of ours: what it inherits from and what it declares itself."""

    name: str
    bases: list[str]
    public: set[str] = field(default_factory=set)
    signals: list[str] = field(default_factory=list)


@cache
def trees(folder: str) -> list[tuple[Path, ast.Module]]:
    paths = sorted((ROOT / folder).rglob("*.py"))
    return [(path, ast.parse(path.read_bytes())) for path in paths]


def shapes() -> dict[str, Shape]:
    """All classes of the product by module and name, their bases named likewise."""
    found: dict[str, Shape] = {}
    for path, tree in trees("reader"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        known = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases = [ast.unparse(base).split("[")[0] for base in node.bases]
                made = Shape(node.name, [known.get(base, f"{module}.{base}") for base in bases])
                for one in node.body:
                    _declare(made, one)
                found[f"{module}.{node.name}"] = made
    return found


def _declare(shape: Shape, node: ast.stmt) -> None:
    if isinstance(node, ast.FunctionDef):
        if node.name == "__init__":
            for inner in ast.walk(node):
                if (
                    isinstance(inner, ast.Attribute)
                    and isinstance(inner.ctx, ast.Store)
                    and isinstance(inner.value, ast.Name)
                    and inner.value.id == "self"
                    and not inner.attr.startswith("_")
                ):
                    shape.public.add(inner.attr)
        elif not node.name.startswith("_"):
            shape.public.add(node.name)
        return
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    for target in targets:
        if isinstance(target, ast.Name) and not target.id.startswith("_"):
            shape.public.add(target.id)
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            if isinstance(value, ast.Call) and ast.unparse(value.func).endswith("Signal"):
                shape.signals.append(", ".join(map(ast.unparse, value.args)))


def ancestors(name: str, known: dict[str, Shape]) -> list[str]:
    """The classes of ours on the longest way up, the class itself among them."""
    ways = [ancestors(base, known) for base in known[name].bases if base in known and base != name]
    return [name, *max(ways, key=len, default=[])]


def inherited(name: str, known: dict[str, Shape]) -> set[str]:
    names = set(known[name].public)
    if name == _SESSION:
        # Its parts are counted apart: each is a class that is measured itself.
        names -= parts_of_the_session()
    for base in known[name].bases:
        if base in known and base != name:
            names |= inherited(base, known)
    return names


def parts_of_the_session() -> set[str]:
    """The attributes of the session that it makes of classes of its own package."""
    tree = ast.parse((ROOT / "reader/session/session.py").read_bytes())
    classes = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reader.session.")
        for alias in node.names
    }
    return {
        target.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) in classes
        for target in node.targets
        if isinstance(target, ast.Attribute)
    }


def circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """The strongly connected parts of a graph that hold more than one node (Tarjan 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in graph.get(node, ()):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            part: set[str] = set()
            while not part or node not in part:
                part.add(stack.pop())
            if len(part) > 1:
                found.append(part)

    for node in graph:
        if node not in index:
            visit(node)
    return found


@cache
def import_graph() -> dict[str, set[str]]:
    graph = grimp.build_graph("reader", exclude_type_checking_imports=True, cache_dir=None)
    return {m: graph.find_modules_directly_imported_by(m) for m in graph.modules}


def packages_of(graph: dict[str, set[str]]) -> dict[str, set[str]]:
    """The same between the rooms right below the top."""
    made: dict[str, set[str]] = {}
    for module, others in graph.items():
        own = ".".join(module.split(".")[:2])
        made.setdefault(own, set()).update(
            room for other in others if (room := ".".join(other.split(".")[:2])) != own
        )
    return made


def reaches(folder: str) -> int:
    """How often a file asks another object for what that keeps to itself."""
    count = 0
    for _, tree in trees(folder):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or not node.attr.startswith("_"):
                continue
            if node.attr.startswith("__") or node.attr in ("_replace", "_fields", "_make"):
                continue
            if ast.unparse(node.value) not in ("self", "cls", "super()"):
                count += 1
    return count


def measured() -> dict[str, int]:
    known = shapes()
    graph = import_graph()
    signals = [argument for shape in known.values() for argument in shape.signals]
    return {
        "own levels of inheritance": max(len(ancestors(name, known)) for name in known),
        "public names of one class": max(len(inherited(name, known)) for name in known),
        "parts of the session": len(parts_of_the_session()),
        "signals of one class": max(len(shape.signals) for shape in known.values()),
        "signals typed object": sum(argument == "object" for argument in signals),
        "constructors that take anything": sum(
            any(
                isinstance(node, ast.FunctionDef)
                and node.name == "__init__"
                and node.args.vararg is not None
                and node.args.vararg.annotation is not None
                and ast.unparse(node.args.vararg.annotation) == "Any"
                for node in ast.walk(tree)
            )
            for _, tree in trees("reader")
        ),
        "modules in circles": sum(map(len, circles(graph))),
        "packages in circles": sum(map(len, circles(packages_of(graph)))),
        "files over 330 lines": sum(
            len(path.read_bytes().splitlines()) > 330 for path, _ in trees("reader")
        ),
        "reaches of tests into privates": reaches("tests"),
        "reaches of the product into privates": reaches("reader"),
    }


def test_the_numbers_of_the_shape_only_fall(capsys: pytest.CaptureFixture[str]) -> None:
    numbers = measured()
    with capsys.disabled():
        # Not to stdout, which the processes that tests share out between do not pass on.
        sys.stderr.write("".join(f"\n{count:5} {name}" for name, count in numbers.items()) + "\n")
    risen = {name: count for name, count in numbers.items() if count > MOST[name]}
    assert risen == {}


def test_rooms_of_parts_have_neither_levels_nor_wide_classes() -> None:
    known = shapes()
    rooms = tuple(
        f"reader.{room}."
        for room in (
            *("session", "store", "model", "ui.shell"),
            *("ui.article", "ui.pdf", "ui.marks", "ui.typeset"),
        )
    )
    ours = [name for name in known if name.startswith(rooms)]
    assert {name for name in ours if len(ancestors(name, known)) > 2} == set()
    assert {name for name in ours if len(inherited(name, known)) > 25} == set()


def test_modules_named_in_strings_exist_and_are_loaded_by_the_registries_alone() -> None:
    modules = set(import_graph())
    for path, tree in trees("reader"):
        where = path.relative_to(ROOT).as_posix()
        for node in ast.walk(tree):
            named = node.value if isinstance(node, ast.Constant) else None
            if isinstance(named, str) and _DOTTED.fullmatch(named):
                assert named in modules, f"{where} names {named}"
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
                assert where in _REGISTRIES, where
