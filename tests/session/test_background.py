"""Work behind the window: none is begun once it has ended."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from reader.session.background import Background
from reader.workers import tasks


def test_nothing_is_begun_after_the_end(qtbot: QtBot) -> None:
    background = Background()
    background.close()
    threads = threading.active_count()
    told: list[object] = []
    background.run("keep", tasks.be_ready_to_keep, then=told.append, failed=told.append)
    background.run_aside(int, then=told.append, failed=told.append)
    qtbot.wait(20)
    assert threading.active_count() == threads
    assert not background.busy
    assert told == []


def test_what_is_asked_after_the_end_is_no_problem_to_anybody(qtbot: QtBot) -> None:
    background = Background()
    told: list[object] = []
    background.run("keep", tasks.be_ready_to_keep, then=told.append, failed=told.append)
    qtbot.waitUntil(lambda: not background.busy)
    background.close()
    background.run("keep", tasks.be_ready_to_keep, then=told.append, failed=told.append)
    qtbot.wait(20)
    assert told == [None]
