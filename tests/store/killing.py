"""Kills a process at random moments while it edits, and counts what it had acknowledged."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def edits_until_killed(path: Path, first: int, last: int, chance: random.Random) -> int:
    """Edits from `first` on in another process, killed at a random moment before `last`.

    Gives how many edits there are that were acknowledged, now and before.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.editing", str(path), str(first), str(last)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    done = first
    wanted = chance.randrange(first, min(last, first + 60))
    for line in process.stdout:
        done = int(line) + 1
        if done > wanted:
            break
    time.sleep(chance.random() * 0.004)
    process.kill()
    # Lines that were on their way were acknowledged too.
    rest, _ = process.communicate()
    assert process.returncode <= 0, "it ended by itself"
    return max([done, *(int(line) + 1 for line in rest.split("\n")[:-1])])
