"""What a hand does at the first sight of the content, and whether it is answered: a part of
benchmarks.ui.waiting. Needs xdotool."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from functools import partial

import numpy as np

LONGEST_SECONDS = 30.0
ANSWER_SECONDS = 10.0
# Over some lines in the middle of the screen, for between two there may be none.
_FROM_PX, _TO_PX = (560, 360), (760, 440)


def _hand(*words: object) -> None:
    subprocess.run(["xdotool", *map(str, words)], check=False, stderr=subprocess.DEVNULL)


def _select() -> None:
    _hand("mousemove", *_FROM_PX, "mousedown", 1)
    _hand("mousemove", *((a + b) // 2 for a, b in zip(_FROM_PX, _TO_PX, strict=True)))
    _hand("mousemove", *_TO_PX, "mouseup", 1)


def tried(
    shown: Callable[[], np.ndarray],
    is_there: Callable[[np.ndarray], bool],
    is_same: Callable[[np.ndarray, np.ndarray], bool],
) -> dict[str, bool]:
    """Waits for the picture that counts as painted, and then at once turns a page, selects, and
    highlights; says of each whether the screen answered.

    A selection changes few pixels, so that any change counts for it and for a highlight.
    """
    deadline = time.perf_counter() + LONGEST_SECONDS
    while not is_there(shown()):
        if time.perf_counter() > deadline:
            return {"first sight": False}
        time.sleep(0.002)
    # No window manager is there that would give the window the keyboard: a click does.
    found: dict[str, bool] = {}
    _hand("search", "--onlyvisible", "--class", ".", "windowfocus")
    acts: tuple[tuple[str, Callable[[], None], bool], ...] = (
        ("Page Down", partial(_hand, "key", "Next"), True),
        ("a selection", _select, False),
        ("a highlight", partial(_hand, "key", "h"), False),
    )
    for what, act, changes_much in acts:
        before = shown()
        act()
        until = time.perf_counter() + ANSWER_SECONDS
        answered = False
        while not answered and time.perf_counter() < until:
            now = shown()
            answered = not is_same(before, now) if changes_much else bool(np.any(before != now))
            time.sleep(0.01)
        found[what] = answered
        # What moves, such as what fades in over a selection, is let come to rest.
        time.sleep(0.5)
    return found
