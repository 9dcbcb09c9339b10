"""Notes that go out in a ZIP which a passphrase opens: AES-256 as WinZip wrote it down, AE-2.

Source: https://www.winzip.com/en/support/aes-encryption/. Its key is made by 1,000 rounds only, so
a passphrase must be long. What is encrypted are the files; their names and sizes are not, and so a
single file is always called "notes".
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from reader.exporters.markdown_vault import plan
from reader.exporters.registry import FORMATS
from reader.model.export.export_set import ExportSet
from reader.paths import Paths
from reader.problem import Problem
from reader.services.note_export import ExportResult, NoteSelection, asked_for, without_pauses
from reader.services.output_files import write_whole
from reader.store.encryption import Key
from reader.store.library import Library
from reader.store.notes import open_notes

SUFFIX = ".zip"
FEWEST_CHARACTERS = 12
_NAME = "notes"


def passphrase_problem(passphrase: str, again: str) -> str:
    """Why a passphrase that was typed twice is none, in one sentence; "" when it is one."""
    if len(passphrase) < FEWEST_CHARACTERS:
        return f"A passphrase has at least {FEWEST_CHARACTERS} characters: four words are good."
    if not (passphrase.isascii() and passphrase.isprintable()):
        return "Use letters without accents, digits, spaces and signs: programs read others unlike."
    if passphrase != again:
        return "The two are not the same."
    return ""


def packed(files: Mapping[str, bytes], passphrase: str) -> bytes:
    """A ZIP of these files by their names, that the passphrase opens."""
    # Imported here: 40 ms, for what is seldom wanted.
    import pyzipper
    from pyzipper.zipfile_aes import WZ_AES_V2

    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED) as archive:
        archive.setpassword(passphrase.encode())
        archive.setencryption(pyzipper.WZ_AES, nbits=256, force_wz_aes_version=WZ_AES_V2)
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def unpacked(content: bytes, passphrase: str) -> dict[str, bytes]:
    """The files of such a ZIP.

    Raises:
        Problem: when it is damaged, or the passphrase is not the right one.
    """
    import pyzipper

    try:
        with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
            archive.setpassword(passphrase.encode())
            return {name: archive.read(name) for name in archive.namelist()}
    except (pyzipper.BadZipFile, RuntimeError, ValueError):
        raise Problem("This ZIP is damaged, or another passphrase opens it.") from None


def export_encrypted(
    made: ExportSet,
    format_name: str,
    target: str,
    passphrase: str,
    library: Library,
    template: str = "",
) -> ExportResult:
    """Write notes in a format into an encrypted ZIP, open that again and compare it.

    Raises:
        Problem: when it cannot be written, or what is read back is not what was meant.
    """
    one = FORMATS[format_name]
    if one.is_folder:
        earlier = {
            chapter.document.id: library.editions.earlier_ids(chapter.document.id)
            for chapter in made.chapters
        }
        files = {file.name: file.content.encode() for file in plan(made, [], {}, earlier)}
    else:
        content = one.content(made, template)
        meant = content.encode() if isinstance(content, str) else content
        files = {f"{_NAME}{one.suffix}": meant}
    write_whole(Path(target), packed(files, passphrase))
    try:
        found = unpacked(Path(target).read_bytes(), passphrase)
    except OSError as error:
        raise Problem(f"“{target}” cannot be read back: {error.strerror}.") from None
    whole = b"\n".join(found.values())
    is_binary = not (one.is_text or one.is_folder)
    if found != files or not (template or one.holds(whole if is_binary else whole.decode(), made)):
        raise Problem(f"“{target}” does not hold all the notes, as reading it back shows.")
    count = len(made.chapters) if one.is_of_sources else made.count
    return ExportResult(
        count,
        target,
        by_template=bool(template),
        of_sources=one.is_of_sources,
        is_encrypted=True,
    )


def encrypt_for(
    data: str,
    user: str,
    wanted: NoteSelection,
    format_name: str,
    target: str,
    template: str,
    passphrase: str,
    key: Key | None = None,
) -> ExportResult:
    """Write the wanted notes of a user into an encrypted ZIP.

    Raises:
        Problem: when it cannot be written; what was there before is then still there.
    """
    paths = Paths(Path(data))
    with (
        without_pauses(),
        closing(Library(paths)) as library,
        closing(open_notes(paths, user, key=key)) as notes,
    ):
        made = asked_for(library, notes, wanted, format_name, user)
        return export_encrypted(made, format_name, target, passphrase, library, template)
