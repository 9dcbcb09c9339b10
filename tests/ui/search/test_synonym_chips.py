"""What a short form stands for is shown with a search, and can be switched off and on."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reader.model.search import Expansion, Origin
from reader.session.session import Session
from reader.ui.search.synonym_chips import MOST, Chips
from reader.ui.widgets.theme import DARK, LIGHT
from tests.ui.samples import answer

NMDA = Expansion("NMDA", "N-methyl-D-aspartate")
LONG = Expansion("AMPA", "α-amino-3-hydroxy-5-methyl-4-isoxazolepropionic acid", "list")


@pytest.fixture
def chips(qtbot: QtBot, session: Session) -> Chips:
    chips = Chips(session, LIGHT)
    qtbot.addWidget(chips)
    chips.resize(256, 60)
    return chips


def shown(chips: Chips) -> list[QPushButton]:
    """The chips from above."""
    layout = chips.layout()
    assert layout is not None
    found = [layout.itemAt(number) for number in range(layout.count())]
    return [one.widget() for one in found if one is not None]  # type: ignore[misc]


def test_without_short_forms_there_are_none(chips: Chips, session: Session) -> None:
    answer(session, "receptor")
    assert chips.isHidden()


def test_each_is_shown_once_and_cut_where_it_is_long(chips: Chips, session: Session) -> None:
    answer(session, "NMDA AMPA", expansions=(NMDA, LONG))
    assert not chips.isHidden()
    one, two = shown(chips)
    assert one.text() == "NMDA = N-methyl-D-aspartate"
    assert two.text().endswith("…")
    assert LONG.name in two.toolTip()
    assert "our own list" in two.toolTip()
    assert one.isChecked()
    chips.set_theme(DARK)
    assert DARK.accent_soft in one.styleSheet()


def test_no_more_than_there_is_room_for(chips: Chips, session: Session) -> None:
    many = tuple(Expansion(f"S{n}", "long form") for n in range(MOST + 3))
    answer(session, "S", expansions=many)
    assert len(shown(chips)) == MOST


def test_one_is_switched_off_and_on_and_keeps_the_keyboard(
    chips: Chips, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.search, "_ask", lambda: None)
    answer(session, "NMDA", expansions=(NMDA,))
    chips.show()
    shown(chips)[0].setFocus()
    qtbot.waitUntil(lambda: shown(chips)[0].hasFocus())
    qtbot.keyClick(shown(chips)[0], Qt.Key.Key_Space)
    assert list(session.search.state.without) == [NMDA.name]
    assert not session.search.state.fresh
    off = Expansion(NMDA.short, NMDA.long, used=False)
    finding = session.search.state
    finding.article = replace(finding.article, expansions=(off,))
    finding.library = replace(finding.library, expansions=(off,))
    session.search.results_changed.emit()
    assert not shown(chips)[0].isChecked()
    assert shown(chips)[0].font().strikeOut()
    qtbot.waitUntil(lambda: shown(chips)[0].hasFocus())
    shown(chips)[0].click()
    assert not session.search.state.without
    session.search.find("")
    assert chips.isHidden()


def test_each_says_why_the_one_stands_for_the_other(chips: Chips, session: Session) -> None:
    given = tuple(Expansion("s", f"long {name}", name) for name in get_args(Origin))
    answer(session, "s", expansions=given)
    tips = [button.toolTip() for button in chips.findChildren(QPushButton)]
    assert tips == [
        "s = long library: a document says so. Also looked for.",
        "s = long list: our own list says so. Also looked for.",
        "s = long spelling: British and American spelling. Also looked for.",
        "s = long everyday: an everyday and a clinical name. Also looked for.",
    ]
