"""The library packed into one file and opened from one, behind the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.drafts import Drafts
from reader.session.notifier import Notifier

if TYPE_CHECKING:
    from reader.services.pack_file import PackedLibrary
    from reader.workers.pack_tasks import Row


@dataclass
class _Work:
    """Files that are packed or unpacked, as rows: `function(*arguments, rows)` for some of them at
    a time, which gives what it has `done`, and `then` what follows with all of that."""

    function: Callable[..., list[Row]]
    arguments: tuple[str, ...]
    waiting: Iterator[list[Row]]
    size: int
    then: Callable[[list[Row]], None]
    done: list[Row] = field(default_factory=list)


class LibraryFiles(QObject):
    """Packs the library, and unpacks another beside it until the person puts that in its place.

    One of both at a time, a slice after the other in a worker; a slice that has begun is finished
    before `cancel` has an effect. `checked` is the library that waits to be opened.
    """

    progress = Signal(int)  # percent of the bytes
    ended = Signal(bool)  # whether it was done; else it was cancelled, or a Problem was reported
    exchange_wanted = Signal(str)  # the folder in the data folder that is to take its place

    def __init__(
        self, workspace: Workspace, notifier: Notifier, background: Background, drafts: Drafts
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._notifier = notifier
        self._background = background
        self._drafts = drafts
        self._cancelled = False
        self._give_up: Callable[[], object] | None = None
        self._folder = ""
        self.checked: PackedLibrary | None = None

    def pack(self, target: str) -> None:
        """Pack library and notes of all users into a file, as they are now."""
        from reader.workers import pack_tasks

        self._drafts.flush()
        self._cancelled = False
        workspace = self._workspace
        keys = {} if workspace.key is None else {workspace.user: workspace.key}
        then = partial(self._pack, target)
        self._run(pack_tasks.begin_packing, workspace.data, target, keys, then=then)

    def _pack(self, target: str, begun: tuple[list[Row], str, str]) -> None:
        from reader.services import packing
        from reader.workers import pack_tasks

        rows, copies, part = begun
        self._give_up = partial(packing.give_up, copies, part)
        finish = partial(self._finish, target, copies, part)
        self._begin(pack_tasks.add, (self._workspace.data, copies, part), rows, finish)

    def _finish(self, target: str, copies: str, part: str, done: list[Row]) -> None:
        from reader.workers import pack_tasks

        then = partial(self._packed, target)
        self._run(pack_tasks.finish, copies, part, target, done, then=then)

    def _packed(self, target: str, _result: object) -> None:
        self._end(True)
        self._notifier.info(f"Library and notes are packed in “{Path(target).name}”.")

    def unpack(self, pack: str) -> None:
        """Unpack a packed library and check it; what is open stays as it is."""
        from reader.workers import pack_tasks

        self._cancelled = False
        self.checked = None
        self._run(pack_tasks.look_at, pack, then=partial(self._looked, pack))

    def _looked(self, pack: str, said: tuple[str, str, list[Row]]) -> None:
        from reader.services.pack_file import PackedLibrary
        from reader.workers import pack_tasks

        program, made, rows = said
        library = PackedLibrary(program, made, tuple(pack_tasks.files_of(rows)))
        then = partial(self._unpack, pack, library, rows)
        self._run(pack_tasks.begin_unpacking, self._workspace.data, rows, then=then)

    def _unpack(self, pack: str, library: PackedLibrary, rows: list[Row], folder: str) -> None:
        from reader.services import unpacking
        from reader.workers import pack_tasks

        self._give_up = partial(unpacking.give_up, folder)
        self._folder = folder
        self._begin(pack_tasks.take, (pack, folder), rows, partial(self._check, library))

    def _check(self, library: PackedLibrary, _done: list[Row]) -> None:
        from reader.workers import pack_tasks

        self._run(pack_tasks.check, self._folder, then=partial(self._has_checked, library))

    def _has_checked(self, library: PackedLibrary, _result: object) -> None:
        if self._cancelled:
            self._end(False)
            return
        self.checked = library
        self.ended.emit(True)

    def _begin(
        self,
        function: Callable[..., list[Row]],
        arguments: tuple[str, ...],
        rows: list[Row],
        then: Callable[[list[Row]], None],
    ) -> None:
        from reader.services.pack_file import slices
        from reader.workers.pack_tasks import files_of, rows_of

        waiting = map(rows_of, slices(files_of(rows)))
        size = sum(size for _, size, _ in rows)
        self._go_on(_Work(function, arguments, waiting, size, then))

    def _go_on(self, work: _Work) -> None:
        done = sum(size for _, size, _ in work.done)
        self.progress.emit(min(100, 100 * done // max(1, work.size)))
        if self._cancelled:
            self._end(False)
        elif part := next(work.waiting, None):
            self._run(work.function, *work.arguments, part, then=partial(self._did, work))
        else:
            work.then(work.done)

    def _did(self, work: _Work, done: list[Row]) -> None:
        work.done += done
        self._go_on(work)

    def open_checked(self) -> None:
        """Have the library that was checked put in the place of the open one, which is kept."""
        if self.checked is not None:
            self.checked = self._give_up = None
            self.exchange_wanted.emit(self._folder)

    def put_back(self, kept: Path) -> None:
        """Have a former library put in the place of the open one, which is kept in its turn."""
        self.exchange_wanted.emit(str(kept))

    @property
    def former(self) -> list[tuple[Path, datetime]]:
        """The libraries that others took the place of, each with when (UTC), the last one first."""
        from reader.services.library_exchange import former

        return former(self._workspace.paths)

    def cancel(self) -> None:
        """Give up what is under way, or what was checked and is not wanted."""
        self._cancelled = True
        if self.checked is not None:
            self._clear()

    def _run(self, function: Callable[..., Any], *args: Any, then: Callable[[Any], None]) -> None:
        self._background.run("keep", function, *args, then=then, failed=self._failed)

    def _failed(self, problem: Problem) -> None:
        self._end(False)
        self._notifier.error(problem)

    def _end(self, is_done: bool) -> None:
        self._clear()
        self.ended.emit(is_done)

    def _clear(self) -> None:
        """Remove what is unfinished or not wanted."""
        self.checked = None
        give_up, self._give_up = self._give_up, None
        if give_up is not None:
            give_up()

    def close(self) -> None:
        """Clear away what is unfinished; no worker is at it any more."""
        self._clear()
