"""What a command works with: the data folder, the user, and the two streams that it speaks on."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.paths import Paths
from reader.problem import Problem
from reader.store.encryption import Key, LockedNotes
from reader.workers import tasks

if TYPE_CHECKING:
    from reader.store.library import Library
    from reader.store.notes import Notes


@dataclass(frozen=True, slots=True)
class Console:
    """Where a command works, for whom, and how it speaks."""

    paths: Paths
    user: str
    passphrase_stdin: bool = False

    def say(self, line: str) -> None:
        """Print a line of the result."""
        sys.stdout.write(line + "\n")

    def show(self, value: Any) -> None:
        """Print JSON on one line, at once."""
        self.say(json.dumps(value, ensure_ascii=False))
        sys.stdout.flush()

    def tell(self, sentence: str) -> None:
        """Say something that is no result."""
        sys.stderr.write(sentence + "\n")

    def library(self, as_it_is: bool = False, editions: bool = True) -> Library:
        """The library, with the documents of our own when there are no others.

        A library that a script fills holds what the script put there, and no more, until somebody
        opens the window on it. To look for `editions` that the list does not know takes a look into
        the folder of each document, which a question does not wait for.
        """
        # Imported here, as all of the store: a file can be looked at without it.
        from reader.store.library import Library

        library = Library(self.paths)
        with suppress(Problem):
            if editions:
                library.adoption.run_all()
            elif library.adoption.left:
                library.adoption.run()
            for sentence in library.adoption.take_notices():
                self.tell(sentence)
        if not as_it_is and not library.catalog.ids():
            tasks.take_in_seeds(library)
        return library

    def key(self, may_ask: bool = True) -> Key | None:
        """The key of the user's notes, for the passphrase that is asked for; None for clear ones.

        Raises:
            LockedNotes: when it is not given, and there is nobody that it may be asked of.
        """
        from reader.cli.passphrase import ask_for_key

        return ask_for_key(self.paths, self.user, self.passphrase_stdin, may_ask)

    def notes(self, key: Key | None = None) -> Notes:
        """The user's notes, made when there are none."""
        from reader.store.notes import open_notes

        return open_notes(self.paths, self.user, key=key or self.key())

    def notes_or_none(self, left_out: str) -> Notes | None:
        """The user's notes; None, and a sentence, when they are locked and no key was given."""
        try:
            key = self.key(may_ask=False)
        except LockedNotes as locked:
            self.tell(f"{locked.sentence} {left_out}")
            return None
        return self.notes(key)
