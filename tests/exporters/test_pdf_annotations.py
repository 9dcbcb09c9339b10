from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from reader.exporters.pdf_annotations import write
from reader.importers.pdf.annotations import notes_in
from reader.importers.pdf.read import read
from reader.model.annotation import COLOURS, Area
from reader.model.document import Document
from reader.model.pdf.page_map import ASSET, PageBox, PageMap, place_in_text
from reader.model.pdf.pdf_annotation import PdfAnnotation
from reader.model.span import Span
from reader.problem import Problem
from tests.importers.pdf_samples import Sheet, Text, locked_pdf, pdf

WORDS = "Nobody slept well that night, and all of them said so."


def sample(tmp_path: Path, extra: str = "") -> tuple[bytes, Document, PageMap]:
    original = pdf(
        [
            Sheet([Text(60, 700, WORDS), Text(60, 680, "They were asked again")], extra=extra),
            Sheet([Text(60, 700, "after a month.")], extra=extra),
        ]
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(original)
    found = read(path)
    return original, found.document, PageMap.decode(found.assets[ASSET])


def passage(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def noted(document: Document, words: str, **more: object) -> PdfAnnotation:
    return PdfAnnotation(f"key of {words}", passage(document, words), **more)  # type: ignore[arg-type]  # as the class takes them


@pytest.mark.parametrize("extra", ["", "/Rotate 90", "/Rotate 270 /CropBox [20 30 560 800]"])
def test_notes_come_back_as_they_went_out(tmp_path: Path, extra: str) -> None:
    original, document, page_map = sample(tmp_path, extra)
    time = "2021-03-04T05:06:07Z"
    notes = [
        noted(document, "slept well", note="Why? – „so“ 😀", author="Ada Brown", created=time),
        noted(document, "all of them", colour="green", style="underline"),
        noted(document, "said", colour="violet", note="A pin", pinned=True),
    ]
    copy = write(original, page_map, notes)
    assert notes_in(copy, "a.pdf", page_map) == notes
    (tmp_path / "copy.pdf").write_bytes(copy)
    assert read(tmp_path / "copy.pdf").document.text == document.text


@pytest.mark.parametrize("extra", ["", "/Rotate 90", "/Rotate 270 /CropBox [20 30 560 800]"])
def test_areas_come_back_as_they_went_out(tmp_path: Path, extra: str) -> None:
    original, _, page_map = sample(tmp_path, extra)
    boxes = [PageBox(1, 20, 30, 120, 90.5), PageBox(2, 60, 300, 160, 360)]
    first, second = (Area.of("d" * 64, box) for box in boxes)
    here, there = (place_in_text(page_map, box) for box in boxes)
    notes = [
        PdfAnnotation("a", here, "violet", "highlight", "Here", area=first),
        PdfAnnotation("b", there, "green", "underline", area=second),
    ]
    copy = write(original, page_map, notes)
    found = notes_in(copy, "a.pdf", page_map)
    for one, other in zip(found, notes, strict=True):
        assert one.area is not None
        assert one.area.file == sha256(copy).hexdigest()
        assert replace(one, area=replace(one.area, file="d" * 64)) == other
    # Its words and its colour may change in a further copy, and it stays one.
    again = write(copy, page_map, [replace(notes[0], note="There", colour="blue")], None, found)
    renewed, _ = notes_in(again, "a.pdf", page_map)
    assert (renewed.note, renewed.colour) == ("There", "blue")


@pytest.mark.parametrize("colour", COLOURS)
def test_colours_come_back(tmp_path: Path, colour: str) -> None:
    original, document, page_map = sample(tmp_path)
    copy = write(original, page_map, [noted(document, "slept", colour=colour)])
    assert [note.colour for note in notes_in(copy, "a.pdf", page_map)] == [colour]


def test_a_passage_over_two_pages_is_marked_on_both(tmp_path: Path) -> None:
    original, document, page_map = sample(tmp_path)
    start, end = passage(document, "asked").start, passage(document, "after a").end
    spanning = PdfAnnotation("long", Span(start, end), note="Both")
    found = notes_in(write(original, page_map, [spanning]), "a.pdf", page_map)
    assert [(n.key, n.note, n.span.cut(document.text)) for n in found] == [
        ("long", "Both", "asked again"),
        ("long.1", "", "after a"),
    ]


def test_a_note_on_no_page_is_left_out(tmp_path: Path) -> None:
    original, document, page_map = sample(tmp_path)
    end = len(document.text)
    copy = write(original, page_map, [PdfAnnotation("none", Span(end, end))])
    assert notes_in(copy, "a.pdf", page_map) == []


def coloured(pixels: list[tuple[int, int, int]]) -> int:
    return sum(max(pixel) - min(pixel) > 40 for pixel in pixels)


def inside(box: PageBox, width: int, data: bytes, scale: float, row: int) -> int:
    found = []
    for y in range(round(box.top * scale) + 1, round(box.bottom * scale) - 1):
        for x in range(round(box.left * scale) + 1, round(box.right * scale) - 1):
            at = y * row + 3 * x
            found.append((data[at], data[at + 1], data[at + 2]))
    assert width
    return round(100 * coloured(found) / len(found))


def test_pdfium_shows_the_highlight(tmp_path: Path) -> None:
    original, document, page_map = sample(tmp_path)
    note = noted(document, "slept well", colour="pink")
    (box,) = page_map.boxes(note.span)
    shares = []
    for content in (original, write(original, page_map, [note])):
        file = pypdfium2.PdfDocument(content)
        bitmap = file[0].render(scale=2, rev_byteorder=True)
        shares.append(inside(box, bitmap.width, bytes(bitmap.buffer), 2, bitmap.stride))
        file.close()
    assert shares[0] == 0
    assert shares[1] > 50


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
def test_poppler_shows_the_highlight(tmp_path: Path) -> None:
    original, document, page_map = sample(tmp_path)
    note = noted(document, "slept well", colour="pink")
    (box,) = page_map.boxes(note.span)
    shares = []
    for content in (original, write(original, page_map, [note])):
        (tmp_path / "shown.pdf").write_bytes(content)
        drawn = subprocess.run(
            ["pdftoppm", "-r", "144", "-f", "1", "-l", "1", str(tmp_path / "shown.pdf")],
            capture_output=True,
            check=True,
        ).stdout
        _, size, _, data = drawn.split(b"\n", 3)
        width = int(size.split()[0])
        shares.append(inside(box, width, data, 2, 3 * width))
    assert shares[0] == 0
    assert shares[1] > 50


def test_a_locked_file_needs_its_password(tmp_path: Path) -> None:
    locked = locked_pdf(WORDS, "Eule")
    path = tmp_path / "a.pdf"
    path.write_bytes(locked)
    found = read(path, "Eule")
    page_map = PageMap.decode(found.assets[ASSET])
    note = noted(found.document, "slept well", note="Why?")
    with pytest.raises(Problem, match="cannot be opened"):
        write(locked, page_map, [note])
    copy = write(locked, page_map, [note], "Eule")
    assert notes_in(copy, "a.pdf", page_map, "Eule") == [note]
