"""What an importer gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reader.descriptor_passing import opened
from reader.model.document import Document
from reader.problem import Problem

LARGEST_FILE_BYTES = 150 * 1024 * 1024
HEAD_BYTES = 4096
"""How much of a file is looked at to tell its format."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """A document as read from a file, with its pictures by the asset names in its figures."""

    document: Document
    assets: dict[str, bytes] = field(default_factory=dict)


def read_bytes(path: Path) -> bytes:
    """The whole file, unchecked.

    Raises:
        Problem: when it is missing, a folder, not permitted, empty, too large, or changed while
            it was read.
    """
    try:
        if path.is_dir():
            raise Problem(f"“{path.name}” is a folder, not a document.")
        if path.exists() and not path.is_file():
            # A pipe or a device: opening it could wait for ever.
            raise Problem(f"“{path.name}” is no file that can be read.")
        with opened(path) as file:
            before = path.stat()
            if before.st_size > LARGEST_FILE_BYTES:
                raise Problem(
                    f"“{path.name}” is larger than {LARGEST_FILE_BYTES // 1024 // 1024} MB, "
                    "which is more than Offprint reads."
                )
            untrusted_bytes = file.read(LARGEST_FILE_BYTES + 1)
            after = path.stat()
    except FileNotFoundError:
        raise Problem(f"There is no file “{path.name}” at that place.") from None
    except PermissionError:
        raise Problem(f"You have no permission to read “{path.name}”.") from None
    except OSError as error:
        raise Problem(f"“{path.name}” cannot be read: {error.strerror}.") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        untrusted_bytes
    ) != before.st_size:
        raise Problem(f"“{path.name}” changed while it was read. Try again.")
    if not untrusted_bytes:
        raise Problem(f"“{path.name}” is empty.")
    return untrusted_bytes
