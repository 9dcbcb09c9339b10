"""Reading inside ZIP archives that nobody has checked: by name, within limits, never extracted."""

from __future__ import annotations

import unicodedata
import zipfile
import zlib
from io import BytesIO
from posixpath import normpath

from reader.problem import Problem

LARGEST_MEMBER_BYTES = 100 * 1024 * 1024
LARGEST_TOTAL_BYTES = 600 * 1024 * 1024
_AGAIN = "It may not be whole: download or copy it again, and open that."


class Archive:
    """The members of an archive by their normal names; names that climb are not there.

    Raises:
        Problem: when it is damaged, encrypted, or larger inside than Offprint reads.
    """

    def __init__(self, untrusted_bytes: bytes, name: str, most_members: int) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(untrusted_bytes))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            raise Problem(f"“{name}” is damaged: its archive cannot be opened. {_AGAIN}") from None
        if len(members) > most_members:
            raise Problem(f"“{name}” holds more files than Offprint reads.")
        # A bomb says how large it is before anything of it is read.
        if sum(member.file_size for member in members) > LARGEST_TOTAL_BYTES:
            raise Problem(f"“{name}” is larger inside than Offprint reads.")
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._alike: dict[str, str] | None = None
        for member in members:
            path = normpath(member.filename.replace("\\", "/"))
            if not path.startswith(("/", "..")) and not member.is_dir():
                self._members.setdefault(path, member)

    @property
    def names(self) -> list[str]:
        """The names of all members."""
        return list(self._members)

    def find(self, name: str) -> str:
        """The name of the member that is meant: as it is, else composed or cased otherwise; "".

        Computers differ in how they write "é", and some do not tell "A" from "a".
        """
        wanted = normpath(name)
        if wanted in self._members:
            return wanted
        if self._alike is None:
            self._alike = {_bare(member): member for member in reversed(list(self._members))}
        return self._alike.get(_bare(wanted), "")

    def __contains__(self, name: str) -> bool:
        return normpath(name) in self._members

    def read(self, name: str) -> bytes:
        """What a member holds, unchecked.

        Raises:
            Problem: when it is not there, damaged, encrypted or too large.
        """
        member = self._members.get(normpath(name))
        if member is None:
            raise Problem(f"“{self._name}” is damaged: a part of it is missing. {_AGAIN}")
        if member.flag_bits & 0x1:
            raise Problem(f"“{self._name}” is encrypted, and Offprint cannot open it.")
        try:
            with self._zip.open(member) as file:
                content = file.read(LARGEST_MEMBER_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
            raise Problem(
                f"“{self._name}” is damaged: a part of it cannot be read. {_AGAIN}"
            ) from None
        if len(content) > LARGEST_MEMBER_BYTES:
            raise Problem(f"“{self._name}” is larger inside than Offprint reads.")
        return content


def _bare(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
