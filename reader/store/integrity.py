"""Whether a notes database is as it was written: SQLite's own check, and every row's checksum."""

from __future__ import annotations

from reader.problem import Problem
from reader.store.database import Database
from reader.store.note_rows import crc
from reader.store.own_schema import in_words

_NAMES = {
    "annotation": "annotations",
    "operation": "entries of the history",
    "position": "reading positions",
    "reading": "reading states",
    "setting": "settings",
    "draft": "drafts",
}
# An older copy does not have these.
_LATER = {"draft", "reading"}


def integrity_errors(database: Database) -> list[str]:
    """What is wrong with a notes database, one sentence each; empty when all is well."""
    if foreign := database.foreign("notes"):
        # What it holds may be anything, and take any time to be read.
        return [f"“{database.path.name}” holds {in_words(foreign)}. Restore a backup."]
    found = database.integrity_errors()
    for table, name in _NAMES.items():
        try:
            damaged, total = _damaged_rows(database, table)
        except Problem as problem:
            found.append(problem.sentence)
            continue
        if total is None and table in _LATER:
            continue
        if total is None:
            found.append(f"“{database.path.name}” holds no {name}.")
        elif damaged:
            found.append(f"{damaged} of {total} {name} are damaged.")
    if not found and (missing := missing_notes(database)):
        found.append(f"{missing} of the annotations that the history has are missing.")
    return found


def missing_notes(database: Database) -> int:
    """How many annotations there are by their history, and are not in the table."""
    return int(
        database.value(
            "SELECT count(*) FROM "
            "(SELECT max(id) AS last FROM operation GROUP BY annotation_id) "
            "JOIN operation ON operation.id = last WHERE after IS NOT NULL "
            "AND annotation_id NOT IN (SELECT id FROM annotation)"
        )
    )


def _damaged_rows(database: Database, table: str) -> tuple[int, int | None]:
    """How many rows do not fit their checksum, and of how many; of None when there is no table.

    The checksum is over all columns in their order, but for itself and a row's own number.
    """
    columns = [
        f'"{name}"'
        for name, kind, is_key in database.rows(
            "SELECT name, type, pk FROM pragma_table_info(?)", table
        )
        if name != "crc" and not (is_key and kind == "INTEGER")
    ]
    if not columns:
        return 0, None
    rows = database.rows(f"SELECT {', '.join(columns)}, crc FROM {table}")
    return sum(crc(*row[:-1]) != row[-1] for row in rows), len(rows)
