"""What is written down of a bug: its type and the places in the code, never what it says.

The text of an exception could hold what somebody reads or wrote, and a path the name of a file.
"""

from __future__ import annotations

import re
import traceback
from pathlib import PurePath

_MOST_PLACES = 40
_BETWEEN = "\n\n"
_KNOWN = re.compile(r"\w{1,80}|  [\w.-]{1,80}:\d{1,7} in [\w<>]{1,80}")


def trace_of(bug: BaseException) -> str:
    """The type of a bug, and below it the last places that it came through, a line each."""
    places = [
        f"  {PurePath(frame.f_code.co_filename).name}:{line} in {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(bug.__traceback__)
    ]
    return "\n".join([type(bug).__name__, *places[-_MOST_PLACES:]])


def known_lines(untrusted_trace: str) -> str:
    """The lines of what another process sent that `trace_of` may have made."""
    lines = untrusted_trace.split("\n")[: _MOST_PLACES + 1]
    return "\n".join(line for line in lines if _KNOWN.fullmatch(line))


def told_of(bug: BaseException) -> str:
    """What a process tells of a bug to the one that asked: its trace, and all that it says.

    The text is for whoever raises it again; what reads files that nobody knows sends none.
    """
    return _BETWEEN.join([trace_of(bug), "".join(traceback.format_exception(bug))])


class WorkerError(RuntimeError):
    """A bug in a worker process; `trace` is what may be written down of it."""

    def __init__(self, untrusted_told: str) -> None:
        trace, _, text = untrusted_told.partition(_BETWEEN)
        super().__init__(text)
        self.trace = known_lines(trace)
