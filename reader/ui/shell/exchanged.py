"""Another library in the place of the one that was closed, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from reader.paths import Paths
from reader.problem import Problem
from reader.services.library_exchange import PLAN, exchange
from reader.session.session import Session


def exchanged(paths: Paths, incoming: Path) -> Callable[[Session], None]:
    """Put another library in the place of the one that was closed; return what says so.

    Raises:
        Problem: when it is half done, so that no library may be opened before the next start.
    """
    try:
        kept = exchange(paths, incoming)
    except Problem as problem:
        if (paths.data / PLAN).exists():
            raise
        return partial(_say_problem, problem)
    return partial(_say_exchanged, kept)


def _say_problem(problem: Problem, session: Session) -> None:
    session.notifier.error(problem)


def _say_exchanged(kept: Path | None, session: Session) -> None:
    count = len(session.workspace.library.catalog.ids())
    others = [name for name in session.users.names if name != session.workspace.user]
    said = f"The other library is open: {'1 document' if count == 1 else f'{count:,} documents'}."
    if others:
        said += f" Its users are {', '.join(session.users.names)} (File, Switch User…)."
    if kept is None:
        session.notifier.info(said)
    else:
        put_back = partial(session.library_files.put_back, kept)
        session.notifier.offer(f"{said} The former one is kept.", "Put Back", put_back)
