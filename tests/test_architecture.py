"""What the contracts of import-linter in pyproject.toml cannot say."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Run on a bare Python, before anything is installed.
BARE = {"bootstrap", "problem"}
WITH_QT = {"printing", "session", "ui", "app"}
NETWORK = {
    "asyncio", "ftplib", "http", "imaplib", "nntplib", "poplib", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib.request", "xmlrpc", "requests", "httpx",
    "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets",
}  # fmt: skip


def imports(path: Path) -> set[str]:
    """The full names of all that a file imports, at the top or later."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{path} imports by a relative name"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def by_room(room: str) -> dict[str, set[str]]:
    """What each file of a room of reader/, or of all of it, imports."""
    files = sorted((ROOT / "reader" / room).rglob("*.py"))
    assert files
    return {path.relative_to(ROOT / "reader").as_posix(): imports(path) for path in files}


def top(name: str) -> str:
    return name.partition(".")[0]


def test_the_model_knows_the_standard_library_and_itself() -> None:
    for path, names in by_room("model").items():
        others = {name for name in names if not name.startswith("reader.model.")}
        assert {top(name) for name in others} <= set(sys.stdlib_module_names), path


def test_what_runs_before_anything_is_installed_knows_the_standard_library() -> None:
    allowed = set(sys.stdlib_module_names)
    for path, names in by_room("").items():
        if path.removesuffix(".py").split("/")[0] in BARE:
            ours = {name.split(".")[1] for name in names if top(name) == "reader"}
            assert ours <= BARE, path
            assert {top(name) for name in names} <= allowed | {"reader"}, path


def test_qt_is_known_where_the_window_is_made() -> None:
    rooms = {
        top(path.replace("/", "."))
        for path, names in by_room("").items()
        if any(top(name) in ("PySide6", "shiboken6") for name in names)
    }
    assert rooms <= WITH_QT


def test_nothing_can_reach_the_network() -> None:
    for path, names in by_room("").items():
        reaching = {
            name for name in names for module in NETWORK if f"{name}.".startswith(f"{module}.")
        }
        assert not reaching, path


def test_only_the_store_opens_databases() -> None:
    rooms = {
        top(path.replace("/", "."))
        for path, names in by_room("").items()
        if any(top(name) in ("sqlite3", "sqlcipher3") for name in names)
        # A package for Anki is a database; it is made in memory, and is nobody's notes.
        and Path(path).stem != "anki"
    }
    assert rooms <= {"store"}


def connections(path: Path) -> list[tuple[str, str]]:
    """Each signal that a file connects, with what it is connected to."""
    return [
        (ast.unparse(node.func.value), ast.unparse(node.args[0]))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "connect"
        and node.args
    ]


def test_the_window_alone_joins_the_session_to_widgets() -> None:
    """Another module of the shell may only listen itself: to `self._method`, or a signal on its
    way up, and it joins nothing to a part of the session but its own buttons."""
    shell = ROOT / "reader" / "ui" / "shell"
    joined = set()
    for path in sorted(shell.glob("*.py")):
        for signal, slot in connections(path):
            own = slot.startswith("self.") and slot.count(".") == 1
            if "session" in signal.split(".")[0:2] and not own:
                joined.add(path.name)
    assert joined == {"main_window.py"}


def test_no_part_of_the_session_receives_the_session() -> None:
    for path, names in by_room("session").items():
        if path not in ("session/session.py", "session/startup.py"):
            assert "reader.session.session.Session" not in names, path
