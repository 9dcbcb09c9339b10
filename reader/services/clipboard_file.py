"""A text from the clipboard as a file, to be imported as any other."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from reader.paths import make_private
from reader.problem import Problem


def clipboard_file(staging: Path, text: str, suffix: str) -> Path:
    """Write a text into a folder of its own in `staging`, named after the time.

    Raises:
        Problem: when it cannot be written.
    """
    try:
        folder = Path(tempfile.mkdtemp(dir=make_private(staging)))
        path = folder / f"Clipboard {datetime.now():%Y-%m-%d %H.%M}{suffix}"
        path.write_text(text, "utf-8")
    except OSError as error:
        raise Problem(f"The text could not be kept: {error.strerror}.") from None
    return path
