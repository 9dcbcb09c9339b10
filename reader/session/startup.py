"""What a session does first, once its window is there."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model.deep_link import SCHEME
from reader.session.session import Session


def begin(session: Session, files: Sequence[str] = ()) -> None:
    """Start the work behind the window: once it has been painted, never before.

    `files` are opened as by `open_files`.
    """
    session.users.back_up_in_worker()
    if clashes := session.workspace.paths.clashes():
        session.notifier.info(" ".join(clashes))
    session.library_commands.tell_of_finds()
    session.search.get_ready()
    if not open_files(session, files):
        session.imports.watch()


def open_files(session: Session, files: Sequence[str]) -> bool:
    """Import files by their names and open them, and follow addresses of ours.

    Return whether there were files.
    """
    for address in files:
        if address.startswith(SCHEME):
            session.notebook.follow(address)
    names = [name for name in files if not name.startswith(SCHEME)]
    if names:
        session.imports.add(names)
    return bool(names)
