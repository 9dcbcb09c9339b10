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
    from reader.services.pack_file import PackedFile, PackedLibrary
    from reader.services.packing import Begun


@dataclass
class _Work:
    """Files that are packed or unpacked: `function(*arguments, files)` for some of them at a time,
    and `then` what follows with all; `done` are as `function` gave them, where it gives any."""

    function: Callable[..., Any]
    arguments: tuple[str, ...]
    waiting: Iterator[list[PackedFile]]
    size: int
    then: Callable[[list[PackedFile]], None]
    done: list[PackedFile] = field(default_factory=list)


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
        from reader.services import packing

        self._drafts.flush()
        self._cancelled = False
        workspace = self._workspace
        keys = {} if workspace.key is None else {workspace.user: workspace.key}
        self._run(packing.begin, workspace.data, target, keys, then=partial(self._pack, target))

    def _pack(self, target: str, begun: Begun) -> None:
        from reader.services import packing
        from reader.services.pack_file import slices

        self._give_up = partial(packing.give_up, begun.copies, begun.part)
        size = sum(one.size for one in begun.files)
        places = self._workspace.data, begun.copies, begun.part
        finish = partial(self._finish, target, begun)
        self._go_on(_Work(packing.add, places, slices(begun.files), size, finish))

    def _finish(self, target: str, begun: Begun, done: list[PackedFile]) -> None:
        from reader.services import packing

        then = partial(self._packed, target)
        self._run(packing.finish, begun.copies, begun.part, target, done, then=then)

    def _packed(self, target: str, _result: object) -> None:
        self._end(True)
        self._notifier.info(f"Library and notes are packed in “{Path(target).name}”.")

    def unpack(self, pack: str) -> None:
        """Unpack a packed library and check it; what is open stays as it is."""
        from reader.services import pack_file

        self._cancelled = False
        self.checked = None
        self._run(pack_file.look, pack, then=partial(self._looked, pack))

    def _looked(self, pack: str, library: PackedLibrary) -> None:
        from reader.services import unpacking

        then = partial(self._unpack, pack, library)
        self._run(unpacking.begin, self._workspace.data, library, then=then)

    def _unpack(self, pack: str, library: PackedLibrary, folder: str) -> None:
        from reader.services import unpacking
        from reader.services.pack_file import slices

        self._give_up = partial(unpacking.give_up, folder)
        self._folder = folder
        check = partial(self._check, library)
        waiting = slices(library.files)
        self._go_on(_Work(unpacking.take, (pack, folder), waiting, library.size, check))

    def _check(self, library: PackedLibrary, _done: list[PackedFile]) -> None:
        from reader.services import unpacking

        self._run(unpacking.check, self._folder, then=partial(self._has_checked, library))

    def _has_checked(self, library: PackedLibrary, _result: object) -> None:
        if self._cancelled:
            self._end(False)
            return
        self.checked = library
        self.ended.emit(True)

    def _go_on(self, work: _Work) -> None:
        done = sum(one.size for one in work.done)
        self.progress.emit(min(100, 100 * done // max(1, work.size)))
        if self._cancelled:
            self._end(False)
        elif part := next(work.waiting, None):
            then = partial(self._did, work, part)
            self._run(work.function, *work.arguments, part, then=then)
        else:
            work.then(work.done)

    def _did(self, work: _Work, part: list[PackedFile], done: list[PackedFile] | None) -> None:
        work.done += part if done is None else done
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
        """Removes what is unfinished or not wanted."""
        self.checked = None
        give_up, self._give_up = self._give_up, None
        if give_up is not None:
            give_up()

    def close(self) -> None:
        """Clear away what is unfinished; no worker is at it any more."""
        self._clear()
