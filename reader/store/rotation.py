"""Which copies of a user's notes are no longer needed: decided by what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from reader.problem import Problem
from reader.store.copies import Backup
from reader.store.database import Database, has_table
from reader.store.encryption import Key

STARTS_KEPT = 5
DAYS_KEPT = 7
WEEKS_KEPT = 4


def superfluous(newest: Path, earlier: Sequence[Backup], key: Key | None = None) -> list[Backup]:
    """Which of the copies may go when `newest` was just made; `earlier` has the last made first.

    Days and weeks are counted over the copies that there are, in the order in which they were
    made: neither a long leave nor a clock that is wrong takes the last copies away. One that holds
    a note which none that stays and was made later holds does not go at all.
    """
    stay = _by_time(earlier)
    going: list[Backup] = []
    later = [newest]
    for one in earlier:
        if one in stay or unheld(one.path, later, key):
            later.append(one.path)
        else:
            going.append(one)
    return going


def _by_time(earlier: Sequence[Backup]) -> set[Backup]:
    """The last copies, those of the last days and weeks that have one, and one for each reason."""
    kept = set(earlier[: STARTS_KEPT - 1])
    for most, period in ((DAYS_KEPT, "%Y-%m-%d"), (WEEKS_KEPT, "%G-%V")):
        last: dict[str, Backup] = {}
        for one in earlier:
            last.setdefault(one.made.strftime(period), one)
        kept.update(list(last.values())[:most])
    for_reason: dict[str, Backup] = {}
    for one in earlier:
        if one.holds is not None and one.holds.reason:
            for_reason.setdefault(one.holds.reason, one)
    return kept | set(for_reason.values())


class _State(NamedTuple):
    """What a note is in a copy: its row's checksum, and its last entry in the history."""

    row_crc: int
    operation_id: int | None
    operation_crc: int | None


def unheld(copy: Path, later: Iterable[Path], key: Key | None = None) -> frozenset[str]:
    """The ids of the notes in a copy that none of the `later` ones holds as they are in it.

    A copy holds a note as it is, as it was in its history, and when it knows that the person
    removed it for good. Of a copy that cannot be read, nothing is known: then "" stands for what
    it may hold.
    """
    try:
        missing = _states(copy, key)
    except Problem:
        return frozenset({""})
    for path in later:
        if not missing:
            break
        try:
            missing = _less(missing, path, key)
        except Problem:
            continue
    return frozenset(missing)


def _states(path: Path, key: Key | None) -> dict[str, _State]:
    with closing(Database(path, None, key=key)) as copy:
        if not has_table(copy, "annotation"):
            return {"": _State(0, None, None)}
        rows = copy.rows(
            "SELECT annotation.id, annotation.crc, operation.id, operation.crc FROM annotation "
            "LEFT JOIN operation ON operation.id = "
            "(SELECT max(id) FROM operation WHERE annotation_id = annotation.id)"
        )
    return {row[0]: _State(*row[1:]) for row in rows}


def _less(missing: dict[str, _State], path: Path, key: Key | None) -> dict[str, _State]:
    """Those of the missing notes that this copy does not hold either."""
    with closing(Database(path, None, key=key)) as copy:
        if not has_table(copy, "annotation"):
            return missing
        knows_purged = has_table(copy, "purged")

        def holds(annotation_id: str, state: _State) -> bool:
            question = "SELECT crc FROM annotation WHERE id = ?"
            if copy.value(question, annotation_id) == state.row_crc:
                return True
            question = "SELECT crc FROM operation WHERE id = ? AND annotation_id = ?"
            if state.operation_id is not None and (
                copy.value(question, state.operation_id, annotation_id) == state.operation_crc
            ):
                return True
            question = "SELECT count(*) FROM purged WHERE annotation_id = ?"
            return knows_purged and bool(copy.value(question, annotation_id))

        return {i: state for i, state in missing.items() if not holds(i, state)}
