"""Whether a notes database is as it was written: SQLite's own check, and every row's checksum."""

from __future__ import annotations

from reader.problem import Problem
from reader.store.database import Database
from reader.store.records import COLUMNS, crc

_TABLES = {
    "annotation": COLUMNS,
    "operation": "step, annotation_id, document_id, before, after",
    "position": 'document_id, "offset", fraction, updated',
    "setting": "name, value",
}
_NAMES = {
    "annotation": "annotations",
    "operation": "entries of the history",
    "position": "reading positions",
    "setting": "settings",
}


def faults(database: Database) -> list[str]:
    """What is wrong with a notes database, one sentence each; empty when all is well."""
    found = database.faults()
    for table, columns in _TABLES.items():
        try:
            rows = database.rows(f"SELECT {columns}, crc FROM {table}")
        except Problem as problem:
            found.append(problem.sentence)
            continue
        damaged = sum(crc(*row[:-1]) != row[-1] for row in rows)
        if damaged:
            found.append(f"{damaged} of {len(rows)} {_NAMES[table]} are damaged.")
    return found
