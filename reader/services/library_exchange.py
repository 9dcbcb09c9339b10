"""Puts another library in the place of the one in a data folder, which is kept beside it.

All moves are renames on one disk. What is to be moved is written down first, and whoever starts
next finishes what a killed process began: `finish`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from reader.paths import Paths, make_private, move, read_regular
from reader.problem import Problem
from reader.store.database import Database
from reader.store.durable_files import sync_folder, write_file

PLAN = "exchange.json"
UNPACKING = "unpacking"
_MOST_PLAN_BYTES = 100_000
_FORMER = "former-"
_MADE = f"{_FORMER}%Y-%m-%dT%H-%M-%SZ"
# The list first: where another process has it open, Windows moves it not, and nothing else was.
_PARTS = (
    *("library.db", "library.db-wal", "library.db-shm", "library.db-journal"),
    *("documents", "users", "lost-and-found", "index"),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes `out` of the data folder into `former`, and what comes `into` it from `incoming`.

    Folders are in the data folder, and both are named from there, with "/".
    """

    incoming: str
    former: str
    out: list[str]
    into: list[str]

    def moves(self, data: Path) -> Iterator[tuple[Path, Path]]:
        """The renames, from what to what, in their order."""
        yield from ((data / name, data / self.former / name) for name in self.out)
        yield from ((data / self.incoming / name, data / name) for name in self.into)


def former(paths: Paths) -> list[tuple[Path, datetime]]:
    """The libraries that others took the place of, each with when (UTC), the last one first."""
    found = []
    for path in sorted(paths.data.glob(f"{_FORMER}*"), reverse=True):
        with suppress(ValueError):
            made = datetime.strptime(path.name.partition("Z")[0] + "Z", _MADE)
            if (path / "library.db").is_file():
                found.append((path, made.replace(tzinfo=UTC)))
    return found


def exchange(paths: Paths, incoming: Path) -> Path | None:
    """Put the library in `incoming`, a folder of the data folder, in the place of the one there.

    Gives the folder that keeps what was there; None when there was nothing. No window should have
    the library open.

    Raises:
        Problem: when a file cannot be moved: then all is as it was.
    """
    with _alone(paths):
        stays = _free(paths)
        out = [name for name in _PARTS if (paths.data / name).exists()]
        into = [name for name in _PARTS if (incoming / name).exists()]
        plan = Plan(incoming.relative_to(paths.data).as_posix(), stays.name, out, into)
        done: list[tuple[Path, Path]] = []
        try:
            make_private(stays)
            write_file(paths.data / PLAN, json.dumps(asdict(plan)).encode())
            for source, target in plan.moves(paths.data):
                move(source, target)
                done.append((source, target))
        except OSError as error:
            _take_back(paths, done, stays)
            raise Problem(
                f"The library cannot be put in its place: {error.strerror}. Close all other "
                "windows of Offprint and try again."
            ) from None
        _end(paths, plan)
    return stays if out else None


def _take_back(paths: Paths, done: list[tuple[Path, Path]], stays: Path) -> None:
    """Move back what was moved, and forget the plan.

    Raises:
        Problem: when that cannot be done: then the plan stays, and the next start follows it.
    """
    try:
        for source, target in reversed(done):
            move(target, source)
    except OSError as error:
        raise Problem(
            f"The library cannot be put in its place, nor back: {error.strerror}. Close all other "
            "windows of Offprint and start it again: it goes on with it."
        ) from None
    (paths.data / PLAN).unlink(missing_ok=True)
    with suppress(OSError):
        stays.rmdir()


def finish(paths: Paths) -> None:
    """Finish the exchange that a killed process began; does nothing when there is none.

    Raises:
        Problem: when a file cannot be moved, or the plan is damaged.
    """
    if not (paths.data / PLAN).exists():
        return
    with _alone(paths):
        if not (paths.data / PLAN).exists():
            return  # another process has finished it meanwhile
        try:
            plan = _checked(json.loads(read_regular(paths.data / PLAN, _MOST_PLAN_BYTES)))
            for source, target in plan.moves(paths.data):
                # What is in its place already was moved before.
                if source.exists() and not target.exists():
                    move(source, target)
        except (OSError, ValueError) as error:
            raise Problem(
                f"An exchange of libraries in “{paths.data}” was interrupted and cannot be "
                f"finished: {getattr(error, 'strerror', None) or f'“{PLAN}” is damaged'}. "
                "Nothing is lost: what was there is in a folder beside it."
            ) from None
        _end(paths, plan)


def _checked(untrusted: object) -> Plan:
    """The plan, when it moves nothing but a library's parts within the data folder.

    Raises:
        ValueError: when it is anything else.
    """
    if not isinstance(untrusted, dict) or set(untrusted) != set(Plan.__dataclass_fields__):
        raise ValueError
    folders = untrusted["incoming"], untrusted["former"]
    if not all(isinstance(one, str) and _is_ours(one) for one in folders):
        raise ValueError
    for names in (untrusted["out"], untrusted["into"]):
        if not isinstance(names, list) or any(name not in _PARTS for name in names):
            raise ValueError
    return Plan(**untrusted)


def _is_ours(folder: str) -> bool:
    above, _, name = folder.rpartition("/")
    return name not in ("", ".", "..") and (
        above == UNPACKING or (not above and name.startswith(_FORMER))
    )


def _end(paths: Paths, plan: Plan) -> None:
    """Forget the plan, and clear away the folders of which nothing is left."""
    sync_folder(paths.data)
    (paths.data / PLAN).unlink()
    incoming = paths.data / plan.incoming
    if incoming.parent.name == UNPACKING:
        shutil.rmtree(incoming, ignore_errors=True)
    for folder in (incoming, incoming.parent, paths.data / plan.former):
        # One that holds something stays.
        with suppress(OSError):
            folder.rmdir()


def _free(paths: Paths) -> Path:
    """A name for the folder of what was there, which nothing has."""
    now = datetime.now(UTC).strftime(_MADE)
    names = (f"{now}-{number}" if number > 1 else now for number in count(1))
    return next(paths.data / one for one in names if not (paths.data / one).exists())


@contextmanager
def _alone(paths: Paths) -> Iterator[None]:
    """Wait until no other process does this; when one ends, however it ends, its lock is gone."""
    lock = make_private(paths.data) / "exchange.lock"
    with closing(Database(lock, "lock")) as database, database.transaction():
        yield
