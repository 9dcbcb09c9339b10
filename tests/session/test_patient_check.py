"""Notes are looked through before they go out, and those that may are not asked about again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from reader.model.annotation import Annotation
from reader.model.patient_signs import FlaggedNote
from reader.model.span import Span
from reader.session.background import Background
from reader.session.notifier import Notifier
from reader.session.patient_check import MOST_AT_ONCE, MOST_AT_ONCE_CHARACTERS, PatientCheck
from reader.session.settings import Settings
from tests.exporters.test_formats import a_note
from tests.model.samples import an_article


@pytest.fixture
def check(settings: Settings, notifier: Notifier, background: Background) -> PatientCheck:
    return PatientCheck(settings, notifier, background)


def noted(number: int, note: str) -> Annotation:
    return replace(a_note(an_article(), Span(0, 8), number), note=note, revision=1)


def test_a_note_that_was_let_out_is_asked_about_again_when_it_is_edited(
    check: PatientCheck,
) -> None:
    found: list[list[FlaggedNote]] = []
    notes = [noted(1, "Mr Smith"), noted(2, "Herr Meier"), noted(3, "plain"), noted(4, "")]
    check.look(notes, found.append)
    assert [one.annotation for one in found[0]] == notes[:2]
    check.let_out(found[0][:1])
    check.look(notes, found.append)
    assert [one.annotation for one in found[1]] == notes[1:2]
    edited = replace(notes[0], note="Mr Smith, again", revision=2)
    check.look([edited], found.append)
    assert [one.annotation for one in found[2]] == [edited]


LONG = "word " * (MOST_AT_ONCE_CHARACTERS // 5)


@pytest.mark.parametrize("others", [[noted(1, LONG)], [noted(1, "plain")] * MOST_AT_ONCE])
def test_many_notes_are_looked_through_by_a_thread(
    check: PatientCheck, qtbot: QtBot, others: list[Annotation]
) -> None:
    found: list[list[FlaggedNote]] = []
    check.look([*others, noted(2, "Mr Smith")], found.append)
    assert found == []
    qtbot.waitUntil(lambda: bool(found))
    assert [one.annotation.id for one in found[0]] == [noted(2, "").id]
