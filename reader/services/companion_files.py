"""Pictures that lie beside a file, gathered for the process that reads it.

That process may not look around in a person's folders. Whoever starts it gathers before it the
pictures that the file names: those that lie in the file's own folder or below it, or that an
earlier import of the same file has kept.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from reader.importers.common.companions import (
    BESIDE,
    PICTURES,
    Companions,
    addresses_in,
    names_of,
    pictures_beside,
)
from reader.importers.common.images import Assets, picture
from reader.importers.result import ImportResult
from reader.model.document import WHOLE
from reader.paths import Paths, make_private
from reader.problem import Problem
from reader.services.import_queue import may_have_companions
from reader.store.durable_files import write_file

KEPT = "beside.json"
"""The asset that says under which names the pictures beside a file are kept."""
MOST_PICTURES = 500
MOST_BYTES = 100 * 1024 * 1024
MOST_READ_BYTES = 8 * 1024 * 1024
_NAMES = "names.json"
_ASSET = re.compile(r"[0-9a-f]{16}\.[a-z]{3,4}")
Find = Callable[[str], "bytes | None"]


def gather(path: str, data: str, staging: str) -> str:
    """Copy the pictures that a file names into a new folder under `staging`.

    Return the folder, which `tasks.read` takes; "" when there is nothing to copy. Files that cannot
    be read are none: that they are missing is seen on the page.
    """
    try:
        named = _named_in(Path(path))
        if not named:
            return ""
        earlier: Find | None = None
        nearby = pictures_beside(Path(path))
        found: dict[str, bytes] = {}
        size = 0
        for name in named:
            content = nearby(name)
            if content is None:
                earlier = earlier or _kept_of(Path(path), Paths(Path(data)))
                content = earlier(name)
            if content is not None and size + len(content) <= MOST_BYTES:
                found[name] = content
                size += len(content)
            if len(found) >= MOST_PICTURES:
                break
        return _staged(found, Path(staging)) if found else ""
    except OSError:
        return ""


def _named_in(path: Path) -> list[str]:
    """The names of pictures that the file names, as they may lie beside it."""
    if not may_have_companions(path) or not path.is_file():
        return []
    with path.open("rb") as file:
        untrusted_text = file.read(MOST_READ_BYTES).decode("utf-8", "replace")
    names = (name for one in addresses_in(untrusted_text) for name in names_of(one))
    return [name for name in dict.fromkeys(names) if name.lower().endswith(PICTURES)]


def _kept_of(path: Path, paths: Paths) -> Find:
    """What an earlier import of the same file has kept of its pictures."""
    from reader.store.library import Library

    with path.open("rb") as file:
        document_id = hashlib.file_digest(file, "sha256").hexdigest()
    if not paths.document(document_id).is_dir():
        return lambda _: None
    contents: dict[str, bytes] = {}
    try:
        with closing(Library(paths)) as library:
            kept = names_kept(library.asset(document_id, KEPT))
            for name, asset in kept.items():
                contents[name] = library.asset(document_id, asset)
    except (Problem, ValueError):
        pass
    return contents.get


def _staged(found: Mapping[str, bytes], staging: Path) -> str:
    folder = Path(tempfile.mkdtemp(dir=make_private(staging)))
    beside_it = make_private(folder / "beside")
    names = {name: str(number) for number, name in enumerate(found)}
    for name, number in names.items():
        write_file(beside_it / number, found[name])
    write_file(beside_it / _NAMES, json.dumps(names).encode())
    return str(folder)


def gathered(folder: Path) -> tuple[Companions, dict[str, Path]]:
    """What `gather` has left in a folder, for importers, and where each picture lies."""
    names: dict[str, str] = json.loads((folder / "beside" / _NAMES).read_bytes())
    places = {name: folder / "beside" / number for name, number in names.items()}
    return Companions(lambda n: places[n].read_bytes() if n in places else None), places


def kept(reading: ImportResult, companions: Companions, places: Mapping[str, Path]) -> ImportResult:
    """The reading with all pictures beside its file, for the next reading of it to find.

    `importer` tells it from a reading without them, so that one with them is another edition.
    """
    if not companions.used:
        return reading
    assets = Assets()
    names: dict[str, str] = {}
    for name, place in places.items():
        found = assets.keep(picture(place.read_bytes()))
        if found is not None:
            names[name] = found[0]
    importer = reading.document.importer
    whole = WHOLE if importer.endswith(WHOLE) else ""
    importer = importer.removesuffix(WHOLE) + BESIDE + whole
    said = json.dumps(names, ensure_ascii=False).encode()
    contents = {**assets.contents, **reading.assets, KEPT: said}
    return ImportResult(replace(reading.document, importer=importer), contents)


def names_kept(untrusted_bytes: bytes) -> dict[str, str]:
    """Under which asset each picture is kept, by its name beside the file.

    Raises:
        ValueError: when that is not what `kept` writes.
    """
    untrusted = json.loads(untrusted_bytes)
    if not isinstance(untrusted, dict) or len(untrusted) > MOST_PICTURES:
        raise ValueError("no list of pictures")
    for name, asset in untrusted.items():
        if not isinstance(asset, str) or not _ASSET.fullmatch(asset) or not names_of(name):
            raise ValueError("no picture's name")
    return untrusted
