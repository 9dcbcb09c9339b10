"""What is asked about a document of the library, and its original file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox, QWidget

from reader.formats import SUFFIXES
from reader.problem import Problem
from reader.services.older_documents import older_sentence
from reader.session.session import Session
from reader.store.catalog import CatalogEntry

# What a browser opens and loads other files for.
_PAGES = (".html", ".htm", ".xhtml", ".xht", ".mht", ".mhtml")
_SCRIPT = "scripts in the page"  # as importers/html/remote_content.py has it
_MOST_HOSTS = 4


def ask_title(session: Session, parent: QWidget, document_id: str = "") -> None:
    """Asks for another title of a document, of the open one if none is named."""
    entry = _entry(session, document_id)
    if entry is None:
        return
    title, good = QInputDialog.getText(
        parent, "Rename Document", "Title in the library:", text=entry.title
    )
    if good and title.strip():
        session.library_commands.rename(entry.id, title)


def remove(session: Session, parent: QWidget, *document_ids: str) -> None:
    """Put documents, the open one if none is named, into the trash; the message offers Undo.

    Only what cannot be undone is asked about first.
    """
    entries = [entry for one in document_ids or ("",) if (entry := _entry(session, one))]
    lost = [one for one in entries if session.library_commands.is_removed_for_good(one.id)]
    if lost:
        what = f"“{lost[0].title}”" if len(lost) == 1 else f"{len(lost)} documents"
        answer = QMessageBox.question(
            parent,
            "Remove Document",
            f"Remove {what} for good? An earlier edition takes the place, and your notes go back "
            "to it. This cannot be undone.",
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        if answer != QMessageBox.StandardButton.Yes:
            return
    session.library_commands.trash(*(entry.id for entry in entries))


def ask_older(session: Session, parent: QWidget) -> None:
    """Asks whether the documents that older rules have read shall all be read again."""
    count = session.workspace.library.editions.outdated_count()
    if not count:
        session.notifier.info("All documents were read by the rules of this version.")
        return
    answer = QMessageBox.question(
        parent,
        "Read Older Documents Again",
        f"{older_sentence(count)}\n\nYour notes move to the new texts, and the earlier ones stay "
        "under “Earlier Editions…”. This can be cancelled at any time; it goes on when you ask "
        "for it again.",
        QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
        QMessageBox.StandardButton.Yes,
    )
    if answer == QMessageBox.StandardButton.Yes:
        session.imports.reimport_older()


def open_original(session: Session, document_id: str) -> None:
    """Has the system's own program show the file that a document was read from.

    When a browser would load from the network for it, the person is asked before.
    """
    try:
        path = session.workspace.library.original(document_id)
    except Problem as problem:
        session.notifier.error(problem)
        return
    # The name is the file's own: to the desktop, one that ends in ".bat" is a program.
    if path.suffix.lower() not in SUFFIXES:
        session.notifier.info(
            f"“{path.name}” is not named like a file to read and may be a program, so it is not "
            f"opened from here. It lies in {path.parent}."
        )
        return
    if path.suffix.lower() not in _PAGES:
        _open(session, path)
        return
    session.library_commands.look_at_original(
        path, partial(_open_page, session, path), partial(_open_unread, session, path)
    )


def _open_page(session: Session, path: Path, remote: Mapping[str, Sequence[str]]) -> None:
    """Open a page; when a browser would load from the network for it, the person is asked."""
    if not remote:
        _open(session, path)
        return
    things = [f"{len(hosts):,} {_named(kind, len(hosts))}" for kind, hosts in remote.items()]
    hosts = list(dict.fromkeys(host for found in remote.values() for host in found if host))
    more = f" and {len(hosts) - _MOST_HOSTS} more" if len(hosts) > _MOST_HOSTS else ""
    named = f" from {', '.join(hosts[:_MOST_HOSTS])}{more}" if hosts else ""
    of_its_own = " What its scripts would load besides cannot be told." if _SCRIPT in remote else ""
    _ask_to_open(
        session,
        path,
        f"A browser that opens this page would load from the network: {', '.join(things)}{named}."
        f"{of_its_own}\n\nWhoever runs those computers could see that the page is read here, and "
        "when. Offprint itself loads nothing.",
    )


def _open_unread(session: Session, path: Path, _problem: Problem) -> None:
    _ask_to_open(
        session,
        path,
        "It could not be found out whether a browser that opens this page would load from the "
        "network.",
    )


def _ask_to_open(session: Session, path: Path, text: str) -> None:
    box = QMessageBox(QApplication.activeWindow())
    box.setWindowTitle("Open Original File")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    if box.exec() == QMessageBox.StandardButton.Open:
        _open(session, path)


def _open(session: Session, path: Path) -> None:
    if not path.is_file() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        session.notifier.info("No program on this computer opens that file.")


def _named(kind: str, count: int) -> str:
    """A kind in the singular where there is one of it."""
    if count > 1:
        return kind
    first, *rest = kind.split(" in ")
    return " in ".join((first.removesuffix("s"), *rest))


def _entry(session: Session, document_id: str) -> CatalogEntry | None:
    here = session.current.document.id if session.current.document is not None else ""
    return session.catalog.entry(document_id or here)
