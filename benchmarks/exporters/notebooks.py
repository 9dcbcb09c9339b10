"""Random notebooks written and read back in each format.

    python -m benchmarks.exporters.notebooks [COUNT]

What `tests/exporters/test_round_trip.py` holds for some tens of them, for 1,000.
"""

from __future__ import annotations

import sys
import time

from hypothesis import HealthCheck, settings

from tests.exporters.test_round_trip import (
    LOSSLESS,
    test_no_note_runs_or_hides_what_follows_in_markdown,
    test_what_is_read_is_what_was_written,
)


def main() -> None:
    """Writes and reads COUNT notebooks, 1,000 when it is not said."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    many = settings(
        max_examples=count,
        deadline=None,
        derandomize=False,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    for test, what in (
        (test_what_is_read_is_what_was_written, f"notebooks in {len(LOSSLESS)} formats"),
        (test_no_note_runs_or_hides_what_follows_in_markdown, "notes in Markdown"),
    ):
        begun = time.perf_counter()
        many(test)()
        print(f"{count} {what}: all came back, {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
