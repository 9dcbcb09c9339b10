"""What a person said of a document, copied into the document's folder: the list may be lost."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

from reader.model.heading_correction import Correction
from reader.paths import Paths, is_document_id, move, read_regular
from reader.problem import Problem
from reader.store.database import Database
from reader.store.document_files import DocumentFiles
from reader.store.joins import Joins
from reader.store.metadata import FIELDS, HEADINGS, LabelKind

AT_ONCE = 2
"""So many copies are written with a change; those of many documents are written in idle time."""
_NAME = "said.json"
_SAME = "same_article"
_MOST_BYTES = 4_000_000
_ANSWERS = ("", "edition", "apart", "parted")
_LONGEST = 20_000
"""The most characters of one value that is believed."""


class SaidCopies:
    """Copies of what people said, one file a document, and the way back from them.

    The list knows which copies are behind. A copy that cannot be written is written later.
    """

    def __init__(
        self, database: Database, shelf: DocumentFiles, joins: Joins, paths: Paths
    ) -> None:
        self._database = database
        self._shelf = shelf
        self._joins = joins
        self._paths = paths
        self._is_writing = False

    def write(self) -> None:
        """Write at most AT_ONCE copies that are behind; none while it is writing."""
        if not self._is_writing:
            self._write_all("SELECT id FROM document WHERE copied = 0 LIMIT ?", AT_ONCE)

    def write_all(self) -> None:
        """Write all copies that are behind, or may be."""
        self._write_all("SELECT id FROM document WHERE copied < 1 LIMIT ?", -1)

    def _write_all(self, waiting: str, most: int) -> None:
        self._is_writing = True
        try:
            # The list has it; a full disk may have room again at the next change or start.
            with suppress(OSError, Problem):
                for (document_id,) in self._database.rows(waiting, most):
                    self._write(document_id)
        finally:
            self._is_writing = False

    def _write(self, document_id: str) -> None:
        with self._database.transaction():
            said = self._said(document_id)
            path = self._paths.document(document_id) / _NAME
            if said:
                _write(path, json.dumps(said, ensure_ascii=False))
            else:
                path.unlink(missing_ok=True)
            self._database.run("UPDATE document SET copied = 1 WHERE id = ?", document_id)

    def _said(self, document_id: str) -> dict[str, Any]:
        """All that the list has of a document and its file has not; empty when that is nothing."""
        rows = self._database.rows(
            "SELECT title, edits, trashed, later, edition, file_hash FROM document "
            "JOIN edition ON document_id = id AND number = edition WHERE id = ?",
            document_id,
        )
        said: dict[str, Any] = {}
        for title, edits, trashed, later, edition, file_hash in rows:
            said = {"edits": json.loads(edits), "trashed": trashed, "later": later}
            imported = self._shelf.document(document_id, edition, file_hash)
            said["title"] = "" if imported is not None and imported.title == title else title
        for kind in get_args(LabelKind):
            question = "SELECT name FROM label WHERE document_id = ? AND kind = ? ORDER BY name"
            said[kind] = [row[0] for row in self._database.rows(question, document_id, kind)]
        said["offers"] = [
            list(row)
            for row in self._database.rows(
                "SELECT earlier_id, older, made, answer, answered FROM offer WHERE document_id = ?",
                document_id,
            )
        ]
        question = "SELECT other_id FROM same_article WHERE document_id = ? ORDER BY other_id"
        said[_SAME] = [row[0] for row in self._database.rows(question, document_id)]
        return {name: value for name, value in said.items() if value}

    def restore(self, document_id: str) -> None:
        """Write into a row that was made anew what the copy in the folder says.

        The folder may have come from anywhere: what is not as it is written here is left out.
        """
        untrusted = self._read(document_id)
        if title := _text(untrusted.get("title")):
            self._database.run("UPDATE document SET title = ? WHERE id = ?", title, document_id)
        trashed = _text(untrusted.get("trashed"))
        later = _text(untrusted.get("later"))
        self._database.run(
            "UPDATE document SET edits = ?, trashed = ?, later = ? WHERE id = ?",
            json.dumps(_edits(untrusted.get("edits")), ensure_ascii=False),
            *(trashed, later if is_document_id(later) else "", document_id),
        )
        for kind in get_args(LabelKind):
            names = [_text(name) for name in _list(untrusted.get(kind))]
            self._database.run_many(
                "INSERT OR IGNORE INTO label VALUES (?, ?, ?)",
                [(document_id, kind, name) for name in names if name],
            )

    def restore_of_two(self, document_id: str) -> None:
        """Write what a copy says of its document and another, as far as that is listed again."""
        untrusted = self._read(document_id)
        others = [other for other in _list(untrusted.get(_SAME)) if is_document_id(other)]
        self._joins.add((document_id, other) for other in others)
        for one in _list(untrusted.get("offers")):
            earlier_id, older, made, answer, answered = (*_list(one), "", 0, "", "", "")[:5]
            if not is_document_id(earlier_id) or answer not in _ANSWERS or older not in (0, 1):
                continue
            self._database.run(
                "INSERT OR IGNORE INTO offer SELECT ?, id, ?, ?, ?, ? FROM document WHERE id = ?",
                *(document_id, int(older), _text(made), answer, _text(answered), earlier_id),
            )

    def _read(self, document_id: str) -> dict[str, Any]:
        try:
            untrusted = json.loads(_read(self._paths.document(document_id) / _NAME))
        except (OSError, ValueError, RecursionError):
            return {}
        return untrusted if isinstance(untrusted, dict) else {}


def _write(path: Path, said: str) -> None:
    """Another process sees this or what was there before; the list is what is durable."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(said)
    move(part, path)


def _read(path: Path) -> str:
    """What a file says; "" when it is too large, or only a link to another."""
    return "" if path.is_symlink() else read_regular(path, _MOST_BYTES).decode()


def _text(untrusted: object) -> str:
    is_fit = isinstance(untrusted, str) and len(untrusted) <= _LONGEST
    # What no disk and no window takes: half a pair of surrogates.
    return str(untrusted).encode(errors="ignore").decode() if is_fit else ""


def _list(untrusted: object) -> list[Any]:
    return untrusted if isinstance(untrusted, list) else []


def _edits(untrusted: object) -> dict[str, Any]:
    """The edits of details and the corrections of headings that are as they are written."""
    edits: dict[str, Any] = {}
    for name, value in (untrusted if isinstance(untrusted, dict) else {}).items():
        if name == HEADINGS:
            edits[name] = [one for one in _list(value) if _is_correction(one)]
        elif name == "authors" and isinstance(value, list):
            edits[name] = [_text(author) for author in value]
        elif name in FIELDS and name != "authors" and isinstance(value, str):
            edits[name] = _text(value)
    return edits


def _is_correction(untrusted: object) -> bool:
    if not isinstance(untrusted, list) or len(untrusted) != len(Correction.__match_args__):
        return False
    start, words, level = untrusted
    return type(start) is int and isinstance(words, str) and type(level) is int
