"""All that can be done is named, reachable and free of conflicts."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence

from reader.paths import resources
from reader.ui.commands.actions import ACTIONS
from reader.ui.shell.action_handlers import HANDLERS


def test_no_key_means_two_things() -> None:
    keys = Counter(QKeySequence(key).toString() for action in ACTIONS for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert "" not in keys


def test_ids_and_titles_are_each_given_once() -> None:
    for names in ([a.id for a in ACTIONS], [a.title for a in ACTIONS]):
        assert len(set(names)) == len(names)


def test_every_action_says_what_it_does_and_its_icon_is_there() -> None:
    for action in ACTIONS:
        assert action.tip
        assert action.menu
        assert not action.tip.endswith(".")
        assert not action.icon or (resources() / "icons" / f"{action.icon}.svg").is_file()


def test_every_action_has_what_it_does_and_nothing_is_done_by_none() -> None:
    assert list(HANDLERS) == [action.id for action in ACTIONS]
