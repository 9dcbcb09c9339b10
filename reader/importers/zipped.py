"""One document with its pictures in a ZIP archive: a saved page, an article, a drug label."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from reader.formats import SUFFIXES
from reader.importers.common.archive import Archive
from reader.importers.common.companions import PICTURES, Companions, without_page_folders
from reader.importers.other_kinds import (
    ARCHIVE,
    COMIC,
    PAGES,
    PRESENTATION,
    SPREADSHEET,
    kind_of_suffix,
    refused,
)
from reader.importers.result import HEAD_BYTES, ImportResult, read_bytes
from reader.problem import Problem

MOST_MEMBERS = 20_000
_NAMED = 3
_INSIDE = ("html", "jats", "bits", "spl", "markdown")
"""The importers that read a document out of an archive with the pictures beside it."""
_BY_MEMBER = {
    "META-INF/container.xml": "epub",
    "word/document.xml": "docx",
}
_OFFICE = {"xl": SPREADSHEET, "ppt": PRESENTATION, "Index": PAGES}


Load = Callable[[str], Callable[..., ImportResult]]
NameImporter = Callable[[Path, bytes], str]


def read(path: Path, load: Load, importer_name: NameImporter, whole: bool = False) -> ImportResult:
    """The one document in an archive, with the pictures that lie beside it there.

    `importer_name` tells the importer of what is in it by its name and how it begins, `load` gives
    the reading function of one. Of a web page, its main content is
    read, or the `whole` of it.

    Raises:
        Problem: when it is damaged, holds no document, or more than one.
    """
    untrusted_bytes = read_bytes(path)
    archive = Archive(untrusted_bytes, path.name, MOST_MEMBERS)
    names = [n for n in archive.names if not n.startswith("__MACOSX/") and "/." not in f"/{n}"]
    for member, importer in _BY_MEMBER.items():
        if member in archive:
            return load(importer)(path)
    _refuse_office(path, archive, names)
    documents = [n for n in without_page_folders(names) if n.lower().endswith(SUFFIXES)]
    documents = [n for n in documents if n != "[Content_Types].xml"]
    if not documents:
        raise Problem(f"“{path.name}” is a compressed file, and no document is in it.")
    if len(documents) > 1:
        raise Problem(
            f"“{path.name}” holds {len(documents)} documents ({_listed(documents)}). Unpack it, "
            "and open the folder or those of them that you want."
        )
    name, content = documents[0], archive.read(documents[0])
    if not content:
        raise Problem(f"“{PurePosixPath(name).name}” in “{path.name}” is empty.")
    importer = importer_name(Path(PurePosixPath(name).name), content[:HEAD_BYTES])
    if importer not in _INSIDE:
        raise Problem(
            f"“{path.name}” is a compressed file with “{PurePosixPath(name).name}” in it. Unpack "
            "it, and open that."
        )
    asked = {"whole": whole} if importer == "html" else {}
    return _read_inside(path, untrusted_bytes, archive, name, partial(load(importer), **asked))


def _refuse_office(path: Path, archive: Archive, names: list[str]) -> None:
    """Say what archives of other programs are.

    Raises:
        Problem: when it is one.
    """
    folders = {name.partition("/")[0] for name in names}
    for folder, kind in _OFFICE.items():
        marked = "[Content_Types].xml" in archive if kind is not PAGES else path.suffix != ".zip"
        if folder in folders and marked:
            raise refused(path.name, kind_of_suffix(path.suffix) or kind)
    pictures = [name for name in names if name.lower().endswith(PICTURES)]
    if names and len(pictures) >= len(names) - 2 and path.suffix.lower() == ".cbz":
        raise refused(path.name, COMIC)
    # What else is packed as an archive, and whose parts are no documents by themselves.
    named = kind_of_suffix(path.suffix)
    if named not in (None, ARCHIVE, COMIC):
        raise refused(path.name, named)


def _read_inside(
    path: Path,
    untrusted_bytes: bytes,
    archive: Archive,
    name: str,
    read_document: Callable[..., ImportResult],
) -> ImportResult:
    inside = PurePosixPath(name)
    folder = f"{inside.parent}/" if len(inside.parts) > 1 else ""
    beside = {
        member.removeprefix(folder): member
        for member in archive.names
        if member.startswith(folder) and member.lower().endswith(PICTURES)
    }
    companions = Companions(lambda one: archive.read(beside[one]) if one in beside else None)
    reading = read_document(Path(inside.name), companions=companions, content=archive.read(name))
    document = replace(
        reading.document, id=hashlib.sha256(untrusted_bytes).hexdigest(), source=path.name
    )
    return ImportResult(document, reading.assets)


def _listed(names: list[str]) -> str:
    shown = ", ".join(PurePosixPath(name).name for name in names[:_NAMED])
    return shown + (", …" if len(names) > _NAMED else "")
