"""What a session does first, once its window is there."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model.deep_link import SCHEME
from reader.services.known_files import HashedAside, known_file
from reader.session.session import Session

LONGEST_WAIT_SECONDS = 0.3  # for the hash of a large file; then it is looked up after the paint


def get_ready_to_draw(session: Session) -> bool:
    """Begin the worker that draws pages, when what was read last is read as its pages; return
    whether it is.

    Apart from the one for a file that the window is opened for, no worker is begun before the
    paint.
    """
    library, readings = session.workspace.library, session.workspace.notes.readings
    last = library.editions.latest(readings.latest())
    if not library.editions.importer(last).startswith("pdf/"):
        return False
    if readings.get(last).view_mode != "pages":
        return False
    # Imported here: a start that shows no pages needs none of it.
    from reader.workers.page_renderer import be_ready_to_draw

    session.background.run("draw", be_ready_to_draw, then=lambda _: None, failed=lambda _: None)
    return True


def show_first(session: Session, hashed: HashedAside | None) -> None:
    """Open what the window shows at its first paint.

    That is the document of the file that it is opened for, when the library has it; the pages of an
    unknown PDF; else the document that was read last.
    """
    if hashed is None:
        session.current.open_last()
        return
    file_hash = hashed.result(LONGEST_WAIT_SECONDS)
    known = known_file(session.workspace.library, hashed.path, file_hash)
    if known is not None:
        session.current.open_last(known.document_id)
    elif not session.pages.show_unread(hashed.path, file_hash):
        session.current.open_last()


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
