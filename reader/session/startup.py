"""What a session does first, once its window is there."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model.deep_link import SCHEME
from reader.session.session import Session


def begin(session: Session, files: Sequence[str] = ()) -> None:
    """Start the work behind the window: once it has been painted, never before.

    Of `files`, names are imported and opened, addresses of ours followed.
    """
    session.users.back_up_in_worker()
    for address in files:
        if address.startswith(SCHEME):
            session.notebook.follow(address)
    if clashes := session.workspace.paths.clashes():
        session.notifier.info(" ".join(clashes))
    session.library_commands.tell_of_finds()
    names = [name for name in files if not name.startswith(SCHEME)]
    if names:
        session.imports.add(names)
    else:
        session.imports.watch()
