"""An area of a page: what selects it, and where it is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.anchoring.anchor import anchor
from reader.model.anchoring.reanchor import settle
from reader.model.anchoring.review_case import cases
from reader.model.anchoring.selector import describe, placed
from reader.model.annotation import Annotation, Area, area_at, uri_of
from reader.model.document import Document
from reader.model.export.export_set import gather
from reader.model.pdf.page_box import PageBox
from reader.model.pdf.page_map import Page, PageMap, place_in_text
from reader.model.serialization import (
    annotation_from_plain,
    annotation_to_plain,
    target_from_plain,
    target_to_plain,
)
from reader.model.span import Span

FILE, OTHER = "d" * 64, "e" * 64
AREA = Area(FILE, 3, 72, 100.5, 200, 50.25)
TEXT = "Page 1\nNobody slept. Somebody slept later, and said so.\nPage 2\nMore of it."


def nothing(_text_hash: str) -> None:
    """No earlier text is kept."""


def on(document: Document, offset: int) -> Annotation:
    """A note on the area, that stands before a character of the text."""
    return Annotation("a", replace(describe(document, Span(offset, offset)), area=AREA))


def test_a_fragment_selects_it() -> None:
    assert AREA.fragment == "page=3&xywh=72,100.5,200,50.25"
    assert Area.of_fragment(FILE, AREA.fragment) == AREA
    assert AREA.box == PageBox(3, 72, 100.5, 272, 150.75)
    assert AREA.title() == "Area on page 3"
    assert AREA.title("iv") == "Area on page iv"


@given(*[st.floats(0.01, 3000)] * 4)
def test_a_box_comes_back(x: float, y: float, width: float, height: float) -> None:
    area = Area.of(FILE, PageBox(7, x, y, x + width + 0.01, y + height + 0.01))
    assert area_at(uri_of(area)) == area
    assert Area.of(FILE, area.box) == area


def test_none_has_no_address() -> None:
    assert uri_of(None) == ""
    assert area_at("") is None


@pytest.mark.parametrize("edge", [-0.0, -0.001, 0.0, 0.004])
def test_a_box_at_the_edge_comes_back(edge: float) -> None:
    area = Area.of(FILE, PageBox(7, edge, edge, 5, 5))
    assert area_at(uri_of(area)) == area
    assert "-" not in area.fragment


@pytest.mark.parametrize(
    ("page", "x", "width"),
    [(1_000_000, 1, 1), (0, 1, 1), (1, 999_999.999, 1), (1, 1, 0.004), (1, float("nan"), 1)],
)
def test_none_is_made_that_could_not_be_read_back(page: int, x: float, width: float) -> None:
    with pytest.raises(ValueError, match="an area"):
        Area(FILE, page, x, 1, width, 1)


@pytest.mark.parametrize(
    "untrusted",
    [
        "page=3&xywh=72,100.5,200,50.25",
        f"urn:sha256:{FILE}",
        f"urn:sha256:{FILE}#page=0&xywh=1,1,1,1",
        f"urn:sha256:{FILE}#page=1&xywh=1,1,0,1",
        f"urn:sha256:{FILE}#page=1&xywh=-1,1,1,1",
        f"urn:sha256:{FILE}#page=1&xywh=9999999,1,1,1",
        f"urn:sha256:{FILE}#page=1&xywh=percent:1,1,1,1",
        f"urn:sha256:{FILE[1:]}#page=1&xywh=1,1,1,1",
        f"urn:sha512:{FILE}#page=1&xywh=1,1,1,1",
    ],
)
def test_what_is_no_area_is_refused(untrusted: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says it in its own words
        area_at(untrusted)


def test_it_is_kept_with_its_note_and_with_what_was_before() -> None:
    document = Document(FILE, "A scan", TEXT)
    one = on(document, 7)
    one = replace(one, earlier=one.target, state="changed")
    assert annotation_from_plain(annotation_to_plain(one)) == one
    assert one.target.words == "Area on page 3"
    # As versions before it wrote them.
    plain = target_to_plain(describe(document, Span(0, 6)))
    del plain["area"]
    assert target_from_plain(plain).area is None
    assert target_from_plain(plain).words == "Page 1"


def test_it_is_in_its_own_file_alone() -> None:
    document, same_text = Document(FILE, "A scan", TEXT), Document(OTHER, "Another", TEXT)
    target = on(document, 7).target
    assert placed(document, target) == Span(7, 7)
    assert placed(same_text, target) is None
    assert anchor(same_text, target).state == "unplaced"
    (change,) = settle(same_text, [on(document, 7)], nothing)
    after = change.after
    assert after is not None
    assert (after.state, after.target.area) == ("unplaced", AREA)
    assert placed(same_text, after.target) is None
    # Back on its own file, as when the other one is removed.
    (change,) = settle(document, [after], nothing)
    assert change.after == on(document, 7)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("New words. " + TEXT, 11 + 21),
        (TEXT.replace("Page 1\n", ""), 14),  # what stands behind it is the same
        (TEXT.replace(" later", ""), 21),  # what stands before it is the same
        ("Other.", 6),
        ("", 0),
    ],
)
def test_its_own_file_read_anew_has_it_at_the_same_words(text: str, start: int) -> None:
    old = Document(FILE, "A scan", TEXT)
    new = Document(FILE, "A scan", text)
    (change,) = settle(new, [on(old, TEXT.index("Somebody"))], nothing)
    assert change.after is not None
    assert change.after.target == replace(describe(new, Span(start, start)), area=AREA)
    assert (change.after.state, change.after.earlier) == ("", None)


def test_it_stands_in_the_text_at_the_nearest_word_or_where_its_page_begins() -> None:
    pages = PageMap.of(
        [
            Page(1, "1", 600, 800, 0, Span(0, 9)),
            Page(2, "2", 600, 800, 0, Span(10, 10)),
        ],
        [(0, 4, 1, 10, 10, 60, 20), (5, 9, 1, 10, 30, 60, 40)],
    )
    assert place_in_text(pages, PageBox(1, 0, 32, 80, 90)) == Span(5, 5)
    assert place_in_text(pages, PageBox(2, 0, 32, 80, 90)) == Span(10, 10)


def test_what_is_to_be_decided_about_is_called_by_its_page() -> None:
    document, other = Document(FILE, "A scan", TEXT), Document(OTHER, "Another", "Other words.")
    (change,) = settle(other, [on(document, 7)], nothing)
    assert change.after is not None
    (case,) = cases(other, [change.after], nothing)
    assert (case.old, case.span, case.proposals) == ("Area on page 3", Span(0, 14), ())


def test_exports_call_it_by_the_printed_number_of_its_page() -> None:
    document = Document(FILE, "A scan", TEXT)
    pages = PageMap.of(
        [Page(n, label, 600, 800, 0, Span(0, 0)) for n, label in enumerate(("i", "ii", "1"), 1)], []
    )
    one, far = on(document, 7), on(document, 9)
    far = replace(far, id="b", target=replace(far.target, area=replace(AREA, page=9)))
    known = gather([one, far], {FILE: document}.get, "", pages_of=lambda _: pages)
    assert [(entry.quote, entry.page) for _, entry in known.entries] == [
        ("Area on page 1", "1"),
        ("Area on page 9", ""),
    ]
    unknown = gather([one], lambda _: None, "")
    assert [entry.quote for _, entry in unknown.entries] == ["Area on page 3"]
