"""Anna sets a passphrase, and Ben reads on the same computer, in the real window.

Run as `python -m tests.journeys.locking DATA SHOTS`; it says what is shown, a line each, and leaves
pictures in the folder SHOTS.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from reader import app
from reader.model.span import Span
from reader.paths import Paths
from reader.session.timers import repeating
from reader.settings import COLOUR_MEANINGS
from reader.store import key_file
from reader.ui.shell.main_window import MainWindow
from tests.journeys.moving import sentence, trigger, window
from tests.store.converting import CHEAP

PASSPHRASE = "correct horse battery"
CHANGED = "another horse battery"
NOTE, TAG, SEARCH, DRAFT, SETTING = "zyxonote", "zyxotag", "zyxosearch", "zyxodraft", "zyxosetting"
ANNAS = NOTE, TAG, SEARCH, DRAFT, SETTING
BEN = "words of ben"
LOOK_MS = 50


def shown(name: str) -> QWidget | None:
    """The widget of that name that is shown in any window."""
    for top in QApplication.topLevelWidgets():
        for one in top.findChildren(QWidget, name) if top.isVisible() else ():
            if one.isVisible() and one.isEnabled():
                return one
    return None


def tops() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def all_words() -> str:
    """Every word on the screen, and in titles of windows."""
    said: list[str] = []
    for top in tops():
        said.append(top.windowTitle())
        for one in (top, *top.findChildren(QWidget)):
            said += [one.toolTip(), one.accessibleName()]
            if isinstance(one, QLabel | QPushButton | QLineEdit | QCheckBox):
                said.append(one.text())
            if isinstance(one, QPlainTextEdit):
                said.append(one.toPlainText())
            if isinstance(one, QComboBox):
                said += [one.itemText(row) for row in range(one.count())]
    return "\n".join(filter(None, said))


def fill(name: str, text: str) -> None:
    field = shown(name)
    assert isinstance(field, QLineEdit), name
    field.selectAll()
    QTest.keyClicks(field, text)


def press(name: str) -> None:
    button = shown(name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


class Story(QObject):
    """Takes the next step as soon as what it waits for is there."""

    def __init__(self, shots: Path) -> None:
        super().__init__()
        self._shots = shots
        self._steps = self._story()
        self._timer = repeating(self, LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._ready: Callable[[], bool] = lambda: True
        self._timer.start()

    def _look(self) -> None:
        if self._ready():
            self._ready = next(self._steps, lambda: False)

    def _shoot(self, name: str) -> None:
        top = QApplication.activeModalWidget() or tops()[-1]
        top.grab().save(str(self._shots / f"{name}.png"))

    def _story(self) -> Iterator[Callable[[], bool]]:
        """One step after the other: what is yielded must be so before the next."""
        yield lambda: window() is not None
        self._write(NOTE, TAG)
        found = open_window()
        found.session.settings.set(COLOUR_MEANINGS, {"green": SETTING})
        found.header.search.look_for(SEARCH)
        yield lambda: not open_window().session.background.busy
        trigger("Set Passphrase…")
        yield lambda: shown("New passphrase") is not None
        fill("New passphrase", PASSPHRASE)
        fill("New passphrase again", PASSPHRASE + "x")
        press("accept")
        yield lambda: "not the same" in all_words()
        self._shoot("set-passphrase")
        fill("New passphrase again", PASSPHRASE)
        press("accept")
        yield lambda: shown("code") is not None
        assert shown("accept") is None, "nobody has said that the code is kept"
        self._shoot("recovery-code")
        code = shown("code")
        assert isinstance(code, QLabel)
        recovery = code.text()
        press("copy")
        press("kept")
        yield lambda: shown("accept") is not None
        press("accept")
        yield lambda: window() is not None and "encrypted" in sentence()
        say(f"encrypted {len(open_window().session.workspace.notes.all())}")
        self._begin_to_type(DRAFT)
        yield lambda: not open_window().session.background.busy
        QTest.keyClick(
            open_window(),
            Qt.Key.Key_L,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
        )
        yield lambda: shown("unlock") is not None
        assert window() is None
        words = all_words() + QApplication.clipboard().text()
        assert not [one for one in (*ANNAS, recovery) if one in words], words
        self._shoot("locked")
        say(f"locked {len(tops())}")
        fill("secret", "wrong horse battery")
        press("unlock")
        yield lambda: "not the passphrase" in all_words()
        users = shown("users")
        assert isinstance(users, QComboBox)
        users.setCurrentText("ben")
        press("unlock")
        yield lambda: window() is not None
        say(f"ben {len(open_window().session.workspace.notes.all())}")
        assert not [one for one in ANNAS if one in all_words()]
        self._write(BEN, "bens")
        # Its dialog keeps a loop of its own.
        QTimer.singleShot(0, partial(open_window().session.users.switch, "anna"))
        yield lambda: shown("secret") is not None
        self._shoot("unlock-user")
        fill("secret", recovery.replace("\n", "-").lower())
        press("unlock")
        yield lambda: open_window().session.workspace.user == "anna"
        notes = open_window().session.workspace.notes
        say(f"anna {sorted(one.note for one in notes.all())} {BEN in all_words()}")
        say(f"drafts {len(open_window().session.drafts.left)}")
        trigger("Change Passphrase…")
        yield lambda: shown("New passphrase") is not None
        fill("Passphrase until now, or recovery code", PASSPHRASE)
        fill("New passphrase", CHANGED)
        fill("New passphrase again", CHANGED)
        press("accept")
        yield lambda: "changed" in sentence()
        open_window().session.users.locking.lock()
        yield lambda: shown("secret") is not None
        fill("secret", CHANGED)
        press("unlock")
        yield lambda: window() is not None
        say("unlocked")
        # Whatever is open over the window goes with it.
        trigger("About Offprint")
        yield lambda: QApplication.activeModalWidget() is not None
        open_window().session.users.locking.lock()
        yield lambda: shown("leave") is not None
        press("leave")

    def _write(self, note: str, tag: str) -> None:
        session = open_window().session
        assert session.current.document is not None
        start = session.current.document.text.index("etamine")
        session.selection.set_span(Span(start, start + 7))
        session.marker.highlight("green")
        (annotation,) = session.annotations.all
        session.annotations.edit(annotation.id, note=note, tags=(tag,))

    def _begin_to_type(self, words: str) -> None:
        session = open_window().session
        assert session.current.document is not None
        start = session.current.document.text.index("receptor")
        session.selection.set_span(Span(start, start + 8))
        session.marker.write_note()
        focus = QApplication.focusWidget()
        assert isinstance(focus, QPlainTextEdit)
        QTest.keyClicks(focus, words)


def open_window() -> MainWindow:
    found = window()
    assert found is not None
    return found


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    made: list[Story] = []
    # What a passphrase costs is measured elsewhere.
    key_file.USUAL_COST = CHEAP
    raise SystemExit(
        app.run(
            Paths(Path(sys.argv[1])),
            [],
            user="anna",
            painted=lambda: made.append(Story(Path(sys.argv[2]))) if not made else None,
        )
    )
