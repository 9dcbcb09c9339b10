"""A part that is made when it is first asked for, and those who listen to it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reader.session.late_part import LatePart


def test_it_is_made_once_and_heard_before_anybody_has_it() -> None:
    said: list[str] = []

    def make() -> QObject:
        said.append("made")
        return QObject()

    def hear(part: QObject) -> None:
        assert part is late.made
        said.append("heard")

    late = LatePart(make)
    late.when_made(hear)
    assert late.made is None
    assert said == []
    assert late.get() is late.made
    assert late.get() is late.made
    assert said == ["made", "heard"]
    # Who comes later hears of it at once.
    late.when_made(hear)
    assert said == ["made", "heard", "heard"]
