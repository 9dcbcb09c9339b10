"""Asks for the passphrase of locked notes: in a terminal, or on standard input when told so."""

from __future__ import annotations

import sys

from reader.cli.terminal import has_terminal, typed
from reader.paths import Paths
from reader.problem import Problem
from reader.store.encryption import Key, LockedNotes, check_can_open, is_locked


def ask_for_key(paths: Paths, user: str, from_stdin: bool, may_ask: bool = True) -> Key | None:
    """The key of a user's notes; None for notes that anybody can read.

    With `from_stdin`, the passphrase is the first line of standard input.

    Raises:
        LockedNotes: when they are locked, and nobody may be asked.
        Problem: when what was given is wrong.
    """
    if not is_locked(paths.notes(user)):
        return None
    if not from_stdin and not may_ask:
        raise LockedNotes(user)
    check_can_open(user)
    # Imported here: most notes are not locked, and what opens them takes as long as a search.
    from reader.services import passphrases

    if from_stdin:
        secret = sys.stdin.readline().rstrip("\r\n")
    elif has_terminal():
        secret = typed(f"Passphrase of “{user}”: ")
    else:
        raise Problem(
            f"The notes of “{user}” are locked with a passphrase: start this in a terminal to be "
            "asked for it, or pipe it in with --passphrase-stdin."
        )
    return passphrases.unlock(paths, user, secret)
