"""Whether a database has the tables, indexes and triggers that our scripts make, and no others.

Whoever hands over a file may have planted more: a trigger or a view is SQL that runs when something
else is asked for. SQLite keeps each as the text that made it, so these texts are compared.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reader.store.note_rows import crc
from reader.store.sqlite_driver import driver
from reader.store.sqlite_errors import Damaged

# Asked at once, so that both are of one moment when another process brings the file up to date.
SCHEMA = (
    "SELECT (SELECT user_version FROM pragma_user_version), type, name, tbl_name, sql "
    "FROM sqlite_master"
)
# SQLite makes these itself: for AUTOINCREMENT, and when somebody has it analyse the file.
_OF_SQLITE = {"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"}
# Compiled when it is first needed.
_TOKEN = r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/|\s+|\w+|."""
_COMMENTS = ("--", "/*")
_KINDS = {"table": "a table", "index": "an index", "trigger": "a trigger", "view": "a view"}
_LONGEST_NAME = 40
# Ten times the longest of ours; longer ones are compared as they are.
_LONGEST_TEXT = 20_000


# What so many scripts make, as `_digest` has it. Nearly every start finds it so to the letter: then
# they need not be run, and no text be taken apart. A test holds it to the scripts.
_TO_THE_LETTER = {
    ("library", 6): "4a402d523dcc19bf677caf39db2ecef608453c28fae185e431735ed056a2a282",
    ("notes", 5): "aaa59973645342ab3ddc8866dbab61ba30b3457b150a5f53e21f3ad8a22d4442",
}


class Entry(NamedTuple):
    """One row of SQLite's schema, its text without white space and comments."""

    kind: str
    name: str
    table: str
    tokens: tuple[str, ...]

    @property
    def removal(self) -> str:
        """The statement that takes it out of the file."""
        name = self.name.replace('"', '""')
        return f'DROP {self.kind.upper()} IF EXISTS "{name}"'


def refused(path: Path, foreign: list[Entry]) -> Damaged:
    """The Problem with a file that holds what Offprint did not make; nothing of it was run."""
    what = in_words(foreign)
    return Damaged(f"“{path}” holds {what}; it has been left as it is.", what)


def is_to_the_letter(rows: Sequence[tuple[Any, ...]], schema: str, version: int) -> bool:
    """Whether a schema is what the scripts of that version make, in the very same characters.

    Where it is not, `foreign_entries` tells whether it says the same.
    """
    return _digest(rows) == _TO_THE_LETTER.get((schema, version))


def _digest(rows: Sequence[tuple[Any, ...]]) -> str:
    # What has no text is the index of a key, and made by SQLite.
    texts = sorted(repr(row) for row in rows if row[3] is not None)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def foreign_entries(rows: Iterable[tuple[Any, ...]], made_by: tuple[Path, ...]) -> list[Entry]:
    """The rows of a schema that these scripts do not make just so; what is missing is none."""
    return sorted(_entries(rows) - _made(made_by))


def in_words(entries: list[Entry]) -> str:
    """What is foreign in a file, to go into a sentence; "" for nothing."""
    if not entries:
        return ""
    first = entries[0]
    name = "".join(letter for letter in first.name if letter.isprintable())
    shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    more = f", and {len(entries) - 1} more" if len(entries) > 1 else ""
    kind = _KINDS.get(first.kind, "something")
    return f"{kind} that Offprint did not make (“{shown}”{more})"


def statements(script: Path) -> Iterator[str]:
    """The single statements of a script: the drivers' own way would commit before it begins."""
    statement = ""
    for line in script.read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if driver.complete_statement(statement):
            yield statement
            statement = ""


def _entries(rows: Iterable[tuple[Any, ...]]) -> frozenset[Entry]:
    found = set()
    for kind, name, table, sql in rows:
        # What has no text is the index of a key, and made by SQLite.
        if sql is not None and not (kind == "table" and name in _OF_SQLITE):
            found.add(Entry(str(kind), str(name), str(table), tuple(_tokens(str(sql)))))
    return frozenset(found)


def _tokens(sql: str) -> Iterator[str]:
    if len(sql) > _LONGEST_TEXT:
        yield sql
        return
    for token in re.findall(_TOKEN, sql, re.DOTALL):
        if not token.isspace() and not token.startswith(_COMMENTS):
            yield token


@cache
def _made(scripts: tuple[Path, ...]) -> frozenset[Entry]:
    """What these scripts make, by SQLite itself: a millisecond, once a process."""
    with closing(driver.connect(":memory:", isolation_level=None)) as connection:
        connection.create_function("crc32", -1, crc)
        for script in scripts:
            for statement in statements(script):
                connection.execute(statement)
        return _entries(row[1:] for row in connection.execute(SCHEMA).fetchall())
