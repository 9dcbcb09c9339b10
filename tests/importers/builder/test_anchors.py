"""Names of places, and links to them."""

from __future__ import annotations

from reader.importers.builder.anchors import Anchors
from reader.importers.builder.block_text import BlockText
from reader.model.document import Mark
from reader.model.span import Span


def leaf(*names: tuple[str, int]) -> BlockText:
    made = BlockText()
    made.anchors += names
    return made


def test_a_link_leads_to_the_first_place_of_its_name() -> None:
    anchors = Anchors()
    anchors.wait("top", "same")
    anchors.place(leaf(("same", 2), ("inside", 3)), 10, "words", None)
    anchors.place(leaf(("top", 0)), 20, "more", None)

    def led(target: str) -> str | None:
        mark = anchors.resolved(Mark("link", Span(0, 1), target))
        return None if mark is None else mark.target

    assert led("#top") == "#10"
    assert led("#same") == "#10"
    assert led("#inside") == "#13"
    assert led("#nowhere") is None
    assert led("https://a.example") == "https://a.example"


def test_marks_that_lead_nowhere_by_their_kind_stay() -> None:
    mark = Mark("strong", Span(0, 1), "#x")
    assert Anchors().resolved(mark) is mark
