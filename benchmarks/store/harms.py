"""What can happen to a data folder, done to it on purpose, and what is lost by it.

python -m benchmarks.store.harms [KILLS [CLOCKS]]: a table of harms and outcomes, each counted in
notes, documents or words. KILLS processes are killed while somebody types (one in 25 of them the
real window), and CLOCKS random histories of copies and restores go by clocks that are wrong.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from reader.model.annotation import Annotation, Change
from reader.model.document import Document
from reader.paths import Paths
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.drafts import DRAFT_DELAY_MS, Drafts
from reader.store.backups import backup, backups, restore
from reader.store.library import Library
from reader.store.lost import DamagedNotes
from reader.store.notes import Notes, open_notes
from reader.store.open_file import Replaced
from tests.journeys.typing import words
from tests.store.samples import a_document, added, an_annotation

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 7
KEY_SECONDS = 0.01
# What was typed so long before the end has to be there.
WITHIN_SECONDS = 1.0
USER = "anna"
AT_A_TIME = 4


# The library's list


def shelf(paths: Paths) -> list[Document]:
    """A library of some documents, each with a picture; one has two editions."""
    documents = [
        a_document(f"Text {n}. ".encode() * 50, title=f"Title {n}") for n in range(DOCUMENTS)
    ]
    with closing(Library(paths)) as library:
        for document in documents:
            library.add(document, document.text.encode(), {"p.png": b"picture"})
        better = replace(documents[0], importer="text 2", text="Read better.", sections=())
        library.add(better, documents[0].text.encode(), {})
    return documents


def without_list(paths: Paths) -> None:
    for path in paths.data.glob("library.db*"):
        path.unlink()


def with_list(content: bytes) -> Callable[[Paths], None]:
    def harm(paths: Paths) -> None:
        without_list(paths)
        paths.library.write_bytes(content)

    return harm


def with_a_page_overwritten(paths: Paths) -> None:
    with closing(Library(paths)) as library:
        library.verify()
    content = bytearray(paths.library.read_bytes())
    pages = [n for n in range(0, len(content), 4096) if b"article.TXT" in content[n : n + 4096]]
    content[pages[0] : pages[0] + 4096] = b"\xff" * 4096
    without_list(paths)
    paths.library.write_bytes(content)


def list_harms(folder: Path) -> list[tuple[str, str]]:
    """Each harm to the list, and how many documents there are then."""
    empty = Paths(folder / "empty")
    Library(empty).close()
    found = []
    for number, (name, harm) in enumerate(
        (
            ("library.db removed", without_list),
            ("library.db emptied", with_list(b"")),
            ("library.db of a new library", with_list(empty.library.read_bytes())),
            ("library.db overwritten", with_list(b"something else" * 999)),
            ("a page of library.db overwritten", with_a_page_overwritten),
        )
    ):
        paths = Paths(folder / f"list {number}")
        documents = shelf(paths)
        harm(paths)
        found.append((name, _documents(paths, documents)))
    paths = Paths(folder / "older")
    documents = shelf(paths)
    shutil.copy(paths.library, folder / "older.db")
    with closing(Library(paths)) as library:
        library.remove(documents[1].id)
        late = a_document(b"A late text.", title="Late")
        library.add(late, b"A late text.", {})
    with_list((folder / "older.db").read_bytes())(paths)
    wanted = [documents[0], *documents[2:], late]
    found.append(("an older library.db: one added, one removed since", _documents(paths, wanted)))
    paths = Paths(folder / "unreadable")
    documents = shelf(paths)
    (paths.document(documents[1].id) / "1" / "document.json").write_bytes(b"{")
    without_list(paths)
    with closing(Library(paths)) as library:
        here, said = len(library.catalog.entries()), " ".join(library.adoption.take_notices())
    aside = paths.lost / documents[1].id / "original.txt"
    if here != DOCUMENTS - 1 or "lost-and-found" not in said or not aside.is_file():
        raise SystemExit(f"LOST: {here} documents listed, {said}")
    found.append(
        ("the same, and a document that cannot be read", "moved to lost-and-found/, and said")
    )
    return found


def _documents(paths: Paths, wanted: list[Document]) -> str:
    with closing(Library(paths)) as library:
        library.adoption.run_all()
        here = {entry.id for entry in library.catalog.entries()}
        faults = library.verify()
        editions = len(library.editions.all(wanted[0].id))
    missing, others = {one.id for one in wanted} - here, here - {one.id for one in wanted}
    if missing or others or faults or editions != 2:
        raise SystemExit(f"LOST: {missing} {others} {faults} {editions} editions")
    return f"{len(here)} of {len(wanted)} documents, both editions, none that was removed"


def killed_removals(kills: int, folder: Path, chance: random.Random) -> tuple[str, str]:
    """Removals that are killed, each with the list lost as well: gone or there, never half."""
    gone = there = 0
    for number in range(kills):
        paths = Paths(folder / f"removal {number}")
        document = a_document(f"Text {number}. ".encode() * 200)
        with closing(Library(paths)) as library:
            assets = {f"p{n}.png": b"x" * 50_000 for n in range(40)}
            library.add(document, document.text.encode(), assets)
        child = os.fork()
        if not child:
            with suppress(BaseException), closing(Library(paths)) as library:
                library.remove(document.id)
            os._exit(0)
        time.sleep(chance.random() * 0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if chance.random() < 0.5:
            without_list(paths)
        with closing(Library(paths)) as library:
            listed, faults = len(library.catalog.entries()), library.verify()
        folders = [path.name for path in paths.documents.iterdir() if path.suffix == ""]
        if faults or len(folders) != listed or any(paths.documents.glob("*.removing")):
            raise SystemExit(f"HALF REMOVED: {faults} {folders}")
        gone, there = gone + (not listed), there + listed
        shutil.rmtree(paths.data)
    return (
        f"killed while a document is removed, {kills} times",
        f"{gone} gone, {there} whole, 0 half",
    )


# The notes' file


def notes_harms(folder: Path) -> list[tuple[str, str]]:
    """Each harm to the notes' file, beside copies: what the way back offers."""

    def removed(path: Path) -> None:
        path.unlink()

    def emptied(path: Path) -> None:
        path.write_bytes(b"")

    def begun_anew(path: Path) -> None:
        path.unlink()
        Notes(path).close()

    def overwritten(path: Path) -> None:
        path.write_bytes(b"something else" * 999)

    found = []
    for name, harm in (
        ("notes.db removed", removed),
        ("notes.db emptied", emptied),
        ("notes.db of a new notebook", begun_anew),
        ("notes.db overwritten", overwritten),
    ):
        paths = Paths(folder / name)
        with closing(open_notes(paths, USER)) as notes:
            for number in range(14):
                added(notes, number)
            backup(notes.path)
            path = notes.path
        harm(path)
        try:
            open_notes(paths, USER).close()
            raise SystemExit(f"NOT NOTICED: {name}")
        except DamagedNotes as damaged:
            best = damaged.backup
        if best is None:
            raise SystemExit(f"NOT OFFERED: {name}")
        restore(path, best)
        with closing(open_notes(paths, USER)) as notes:
            found.append((name, f"said; {len(notes.all())} of 14 notes restored"))
    return found


def under_a_window(folder: Path) -> list[tuple[str, str]]:
    """The file removed or replaced while it is open: what a copy holds after the next edit."""

    def removed(path: Path, _old: Path) -> None:
        path.unlink()

    def moved_over(path: Path, old: Path) -> None:
        shutil.copy(old, path.with_name("new.db"))
        path.with_name("new.db").replace(path)

    def copied_over(path: Path, old: Path) -> None:
        shutil.copyfile(old, path)

    def emptied(path: Path, _old: Path) -> None:
        path.write_bytes(b"")

    found = []
    for name, harm in (
        ("removed", removed),
        ("replaced by another file", moved_over),
        ("copied over", copied_over),
        ("emptied", emptied),
    ):
        paths = Paths(folder / f"window {name}")
        with closing(open_notes(paths, USER)) as notes:
            shown = [added(notes, 0)]
            old = backup(notes.path)
            shown += [added(notes, number) for number in range(1, 14)]
            notes.keep_in_mind(lambda shown=shown: shown)  # type: ignore[misc]
            harm(notes.path, old)
            try:
                notes.apply(Change(None, an_annotation(99)))
                raise SystemExit(f"REPORTED AS SAVED: {name}")
            except Replaced:
                pass
            copy = backups(notes.path)[0]
        assert copy.holds is not None
        if copy.holds.notes != 15:
            raise SystemExit(f"LOST: {15 - copy.holds.notes} notes, {name}")
        found.append(
            (f"notes.db {name} under an open window", "said; 15 of 15 notes in a copy beside it")
        )
    return found


# Clocks


def clocks(rounds: int, folder: Path) -> tuple[str, str]:
    """Random histories of imports, starts, restores and edits by clocks that jump: every note that
    there ever was, as it was last, is in the notes or in a copy after each step."""
    ever = steps = 0
    for number in range(rounds):
        chance = random.Random(number)
        path = folder / f"clock {number}" / "notes.db"
        last: dict[str, str] = {}
        with closing(Notes(path)) as notes:
            for step in range(16):
                clock = _clock(chance)
                action = chance.choice(("import", "import", "start", "edit", "restore", "minute"))
                if action == "minute":
                    for n in range(8):
                        backup(path, clock, reason="before import")
                        one = added(notes, step * 100 + n, note=f"{step}")
                        last[one.id] = one.note
                elif action == "import":
                    backup(path, clock, reason="before import")
                    one = added(notes, step * 100)
                    last[one.id] = one.note
                elif action == "edit" and (here := notes.all()):
                    before = chance.choice(here)
                    after = replace(before, note=f"Edit {step}")
                    notes.apply(Change(before, after))
                    last[before.id] = after.note
                elif action == "restore" and (copies := backups(path)):
                    # What is edited after that is another history.
                    restore(path, chance.choice(copies), clock)
                    notes.news()
                else:
                    backup(path, clock, reason="start")
                steps += 1
            missing = set(last.items()) - _states(path)
        if missing:
            raise SystemExit(f"LOST in round {number}: {missing}")
        ever += len(last)
        shutil.rmtree(path.parent)
    return f"{rounds} clocks, {steps:,} steps", f"{ever:,} notes made, 0 lost"


def _clock(chance: random.Random) -> Callable[[], str]:
    start = datetime(chance.choice((1980, 2020, 2024, 2026, 2031, 2099)), 1, 1, tzinfo=UTC)
    then = start + timedelta(hours=chance.randrange(24 * 400))
    return lambda: then.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _states(path: Path) -> set[tuple[str, str]]:
    """All that a note is or was in the notes and their copies: its id, and what it says."""
    found: set[tuple[str, str]] = set()
    for one in (path, *(copy.path for copy in backups(path))):
        with closing(Notes(one)) as notes:
            for annotation in (*notes.all(), *notes.trash()):
                for version in notes.history(annotation.id):
                    if version.annotation is not None:
                        found.add((annotation.id, version.annotation.note))
    return found


# Typing


def typed_and_killed(kills: int, folder: Path, chance: random.Random) -> tuple[str, str]:
    """Processes that type through the owner of drafts, killed at any moment, some at a time."""
    typists = [_Typist(folder / f"typed {number}") for number in range(AT_A_TIME)]
    worst, total, done = 0.0, 0, 0
    while done < kills:
        at_work = typists[: kills - done]
        for typist in at_work:
            typist.begin()
        for typist in at_work:
            time.sleep(WITHIN_SECONDS * chance.uniform(0.1, 0.6))
            kept, seconds = typist.killed()
            total, worst = total + kept, max(worst, seconds)
        done += len(at_work)
    return (
        f"{kills} kills with text in an open editor",
        f"{total:,} words there; at most the last {worst:.2f} s of typing lost",
    )


class _Typist:
    """A process that types on a note of its own, begun and killed again and again."""

    def __init__(self, data: Path) -> None:
        self._paths = Paths(data)
        with closing(open_notes(self._paths, USER)) as notes:
            self._annotation = added(notes, 1)

    def begin(self) -> None:
        self._reader, writer = os.pipe()
        self._child = os.fork()
        if not self._child:
            os.close(self._reader)
            _type(self._paths, self._annotation, writer)
        os.close(writer)

    def killed(self) -> tuple[int, float]:
        """How many words are there, and how many seconds of typing are not."""
        os.kill(self._child, signal.SIGKILL)
        killed_at = time.monotonic()
        os.waitpid(self._child, 0)
        with os.fdopen(self._reader) as said:
            keys = [float(line) for line in said if line.endswith("\n")]
        with closing(open_notes(self._paths, USER)) as notes:
            drafts = notes.drafts.all()
            faults = notes.verify()
            notes.drafts.remove([one.id for one in drafts])
        kept = len(drafts[0].note.split()) if drafts else 0
        surely = sum(at < killed_at - WITHIN_SECONDS for at in keys)
        if faults or kept < surely or (drafts and drafts[0].note != words(kept)):
            raise SystemExit(f"LOST: {surely - kept} words, {faults}")
        return kept, killed_at - keys[kept] if len(keys) > kept else 0.0


def _type(paths: Paths, annotation: Annotation, writer: int) -> None:
    """Types without end, as an editor does: in a process of its own, which never returns."""
    app = QCoreApplication([])
    with closing(open_notes(paths, USER)) as notes, closing(Library(paths)) as library:
        drafts = Drafts(Workspace(paths, library, notes, USER), lambda _: False)
        numbers, text = count(), ""
        put = QTimer(singleShot=True, interval=DRAFT_DELAY_MS)

        def press() -> None:
            nonlocal text
            text = words(next(numbers) + 1)
            os.write(writer, f"{time.monotonic()}\n".encode())
            if not put.isActive():
                put.start()

        put.timeout.connect(lambda: drafts.put(drafts.draft("e", annotation, text, "")))
        keys = QTimer(interval=round(1000 * KEY_SECONDS))
        keys.timeout.connect(press)
        keys.start()
        app.exec()
    os._exit(0)


def window_killed(kills: int, folder: Path, chance: random.Random) -> tuple[str, str]:
    """The real window, killed while somebody types in it."""
    total, worst = 0, 0.0
    for number in range(kills):
        paths = Paths(folder / f"window {number}")
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.typing", str(paths.data)],
            stdout=subprocess.PIPE,
            # Its workers complain that it is gone.
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        end = time.monotonic() + chance.uniform(0.2, 2.5)
        while time.monotonic() < end:
            lines.append(process.stdout.readline())
        process.kill()
        killed_at = time.monotonic()
        rest, _ = process.communicate()
        lines += rest.splitlines(keepends=True)
        keys = [float(line.split()[1]) for line in lines if line.endswith("\n")]
        with closing(open_notes(paths, USER)) as notes:
            drafts = notes.drafts.all()
        kept = len(drafts[0].note.split()) if drafts else 0
        surely = sum(at < killed_at - WITHIN_SECONDS for at in keys)
        if kept < surely:
            raise SystemExit(f"LOST: {surely - kept} words typed in the window")
        total += kept
        if len(keys) > kept:
            worst = max(worst, killed_at - keys[kept])
        shutil.rmtree(paths.data)
    return (
        f"{kills} kills of the real window, somebody types in it",
        f"{total:,} words there; at most the last {worst:.2f} s of typing lost",
    )


def main(kills: int, rounds: int) -> None:
    """Prints the rows of the table as they are known."""
    chance = random.Random(kills)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts: list[Callable[[], list[tuple[str, str]]]] = [
            lambda: list_harms(folder),
            lambda: [killed_removals(max(1, kills // 5), folder, chance)],
            lambda: notes_harms(folder),
            lambda: under_a_window(folder),
            lambda: [clocks(rounds, folder)],
            lambda: [typed_and_killed(kills - kills // 25, folder, chance)],
            lambda: [window_killed(kills // 25, folder, chance)],
        ]
        for part in parts:
            start = time.perf_counter()
            try:
                rows = part()
            except Problem as problem:
                raise SystemExit(f"REFUSED: {problem.sentence}") from problem
            for harm, outcome in rows:
                print(f"| {harm} | {outcome} |", flush=True)
            print(f"    ({time.perf_counter() - start:.0f} s)", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*(int(one) for one in (sys.argv[1:] + ["1000", "200"][len(sys.argv) - 1 :])))
