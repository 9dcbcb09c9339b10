"""The commands that pack a library into one file and open one that was packed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from reader.cli.console import Console
from reader.problem import Problem
from reader.services import packing, unpacking
from reader.services.library_exchange import exchange, former
from reader.services.pack_file import PackedFile, look, slices


def pack(console: Console, options: Namespace) -> int:
    """Pack library and notes of all users into one file, and say what is in it."""
    data = str(console.paths.data)
    begun = packing.begin(data, options.file)
    try:
        done: list[PackedFile] = []
        for part in slices(begun.files):
            done += packing.add(data, begun.copies, begun.part, part)
            _tell(console, "Packing", done, begun.files)
        packing.finish(begun.copies, begun.part, options.file, done)
    finally:
        packing.give_up(begun.copies, begun.part)
    packed = look(options.file)
    if options.json:
        said = {"file": options.file, "bytes": Path(options.file).stat().st_size}
        console.show({**said, "documents": packed.documents, "users": packed.users})
    else:
        console.say(f"{options.file}: {packed.summary}.")
    return 0


def unpack(console: Console, options: Namespace) -> int:
    """Open a packed library in place of the one here, which is kept in a folder; or that again."""
    kept = _kept(console, options.file)
    folder, what = (kept, "The former library") if kept else _unpacked(console, options.file)
    before = exchange(console.paths, folder)
    unpacking.give_up(str(folder))
    if options.json:
        console.show({"users": console.paths.users(), "former": str(before) if before else None})
        return 0
    console.say(f"{what} is open now.")
    if before is not None:
        console.tell(
            f"The library that was here is kept in “{before}”; “offprint unpack {before.name}” "
            "brings it back."
        )
    return 0


def _kept(console: Console, untrusted_name: str) -> Path | None:
    """The folder of a library that another took the place of, by its name or path.

    Raises:
        Problem: when it is another folder.
    """
    named = Path(untrusted_name)
    for path, _ in former(console.paths):
        if untrusted_name == path.name or (named.is_dir() and named.samefile(path)):
            return path
    if named.is_dir():
        raise Problem(f"“{named}” is no folder in which Offprint kept a former library.")
    return None


def _unpacked(console: Console, pack_path: str) -> tuple[Path, str]:
    """The folder that a packed library was unpacked into and checked, and what is in it."""
    packed = look(pack_path)
    folder = unpacking.begin(str(console.paths.data), packed)
    try:
        done: list[PackedFile] = []
        for part in slices(packed.files):
            unpacking.take(pack_path, folder, part)
            done += part
            _tell(console, "Unpacking", done, packed.files)
        unpacking.check(folder)
    except BaseException:
        unpacking.give_up(folder)
        raise
    return Path(folder), f"“{Path(pack_path).name}”, {packed.summary},"


def _tell(
    console: Console, doing: str, done: list[PackedFile], files: tuple[PackedFile, ...]
) -> None:
    if len(done) < len(files):
        console.tell(f"{doing}: {len(done):,} of {len(files):,} files.")


COMMANDS: dict[str, Callable[[Console, Namespace], int]] = {"pack": pack, "unpack": unpack}
