from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.importers.pdf import file as pdf_file
from reader.importers.pdf import read as importer
from reader.importers.pdf.read import read
from reader.importers.result import ImportResult
from reader.model.pdf.page_map import ASSET, Page, PageMap
from reader.model.serialization import document_from_plain, document_to_plain
from reader.model.span import Span
from reader.problem import Locked, Problem
from reader.services.staging import checked
from reader.workers import tasks
from tests.importers.pdf_samples import Sheet, Text, column, locked_pdf, pdf

LEFT = (
    "Patients who slept well were asked|again after a month, and most of|them said that they slept "
    "as before.|Those who did not were seen sooner|than the others by a nurse, who"
)
RIGHT = (
    "measured the pressure of the blood|in both arms and wrote it down for|the physician. No one "
    "was treated|without having agreed to it first,|and nobody withdrew from the trial."
)


def reading(tmp_path: Path, content: bytes, name: str = "a.pdf") -> ImportResult:
    (tmp_path / name).write_bytes(content)
    found = read(tmp_path / name)
    assert document_from_plain(document_to_plain(found.document)) == found.document
    return found


def pages(found: ImportResult) -> PageMap:
    """The map, with every word where it says."""
    made = PageMap.decode(found.assets[ASSET])
    assert made.end <= len(found.document.text)
    for page in made.pages:
        for span, box in made.words_on(page.number):
            word = span.cut(found.document.text)
            assert word
            assert not any(c.isspace() for c in word)
            assert page.span.covers(span)
            assert 0 <= box.left < box.right <= page.width_pt
            assert 0 <= box.top < box.bottom <= page.height_pt
    return made


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    sheet = Sheet([*column(50, 700, LEFT), *column(320, 700, RIGHT)])
    found = reading(tmp_path, pdf([sheet]))
    assert found.document.text.split() == f"{LEFT}|{RIGHT}".replace("|", " ").split()


def test_columns_drawn_line_by_line_are_read_one_after_the_other(tmp_path: Path) -> None:
    both = zip(column(50, 700, LEFT), column(320, 700, RIGHT), strict=True)
    found = reading(tmp_path, pdf([Sheet([text for pair in both for text in pair])]))
    assert found.document.text.split() == f"{LEFT}|{RIGHT}".replace("|", " ").split()


def test_words_are_found_where_they_are_printed(tmp_path: Path) -> None:
    sheet = Sheet([Text(100, 700, "First words."), Text(100, 400, "Others below.", size=20)])
    found = reading(tmp_path, pdf([sheet]))
    made = pages(found)
    (first, words, others, below) = made.words_on(1)
    assert [span.cut(found.document.text) for span, _ in (first, words, others, below)] == [
        "First",
        "words.",
        "Others",
        "below.",
    ]
    assert first[1].left == pytest.approx(100, abs=1)
    assert first[1].top < 842 - 700 < first[1].bottom
    assert others[1].bottom - others[1].top > 1.5 * (first[1].bottom - first[1].top)
    assert made.at(1, 100, 140) == first[0].start


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_it_is_shown(tmp_path: Path, rotation: int) -> None:
    extra = f"/Rotate {rotation} /CropBox [50 100 545 800]"
    found = reading(tmp_path, pdf([Sheet([Text(60, 750, "Corner")], extra=extra)]))
    made = pages(found)
    page = made.pages[0]
    assert page.rotation == rotation
    assert (page.width_pt, page.height_pt) == ((700, 495) if rotation % 180 else (495, 700))
    ((_, box),) = made.words_on(1)
    near_left = box.left < 100
    near_top = box.top < 100
    corners = {0: (True, True), 90: (False, True), 180: (False, False), 270: (True, False)}
    assert (near_left, near_top) == corners[rotation]


def test_pages_have_their_printed_numbers(tmp_path: Path) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 7 >>] >>"
    sheets = [Sheet([Text(60, 700, f"Words of {n}.")]) for n in ("one", "two", "three")]
    found = reading(tmp_path, pdf(sheets, catalogue=labels))
    assert [page.label for page in pages(found).pages] == ["i", "ii", "7"]
    plain = reading(tmp_path, pdf(sheets))
    assert [page.label for page in pages(plain).pages] == ["1", "2", "3"]


def test_pages_without_text_say_so(tmp_path: Path) -> None:
    some = reading(tmp_path, pdf([Sheet([Text(60, 700, "Words.")]), Sheet()]))
    assert some.document.warnings[0].startswith("1 page has no text")
    assert len(pages(some).pages) == 2
    none = reading(tmp_path, pdf([Sheet(), Sheet()]))
    assert none.document.warnings[0].startswith("This PDF has no text")
    assert [s.title for s in none.document.sections] == ["Page 1", "Page 2"]
    assert pages(none).words_on(1) == []
    assert pages(none).page_at(none.document.sections[1].span.start) == pages(none).pages[1]


def test_a_file_says_its_title_and_authors(tmp_path: Path) -> None:
    info = "/Title (Sleep after a month) /Author (Ada Brown, Carl Dorn)"
    found = reading(tmp_path, pdf([Sheet([Text(60, 700, "Words.")])], info=info))
    assert found.document.title == "Sleep after a month"
    assert found.document.authors == ("Ada Brown", "Carl Dorn")
    made_up = "/Title (Microsoft Word - draft3.doc) /Author (user)"
    found = reading(tmp_path, pdf([Sheet([Text(60, 700, "Words.")])], info=made_up))
    assert found.document.authors == ()
    assert "draft" not in found.document.title


def test_a_locked_file_opens_with_its_password(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(locked_pdf("Words that are locked.", "Eule"))
    assert read(path, "Eule").document.text == "Words that are locked."
    for password, said in ((None, "a password"), ("Uhu", "another password")):
        with pytest.raises(Locked) as caught:
            read(path, password)
        assert caught.value.sentence == f"“a.pdf” is protected by {said}."
    staging = tmp_path / "staging"
    result = tasks.read(str(path), str(staging), "Eule")
    with checked(result, staging) as taken:
        assert PageMap.decode(taken.assets[ASSET]).end == len(taken.document.text)


def test_a_map_that_reaches_beyond_the_text_is_refused(tmp_path: Path) -> None:
    path, staging = tmp_path / "a.pdf", tmp_path / "staging"
    path.write_bytes(pdf([Sheet([Text(60, 700, "Words.")])]))
    result = tasks.read(str(path), str(staging))
    page = Page(1, "1", 600.0, 800.0, 0, Span(0, 700))
    Path(result.folder, "assets", ASSET).write_bytes(PageMap.of([page], ()).encode())
    with pytest.raises(Problem, match="not sound"), checked(result, staging):
        pass


def test_what_is_no_pdf_is_one_sentence(tmp_path: Path) -> None:
    whole = pdf([Sheet([Text(60, 700, "Words.")])])
    path = tmp_path / "a.pdf"
    for content in (b"%PDF-1.7\nand nothing else", pdf([])):
        path.write_bytes(content)
        with pytest.raises(Problem) as caught:
            read(path)
        assert caught.value.sentence == (
            "“a.pdf” is damaged: it cannot be read as a PDF. It may not be whole: download or copy "
            "it again, and open that."
        )
    cut = reading(tmp_path, whole[: whole.index(b"xref")])
    assert "Words." in cut.document.text
    lost = reading(tmp_path, whole.replace(b"xref\n0 1", b"fxer\n0 1"))
    assert "Words." in lost.document.text
    mailed = reading(tmp_path, b"\x1b%-12345X@PJL\r\n" + whole)
    assert "Words." in mailed.document.text


def test_of_a_very_long_file_all_pages_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "MOST_CHARACTERS", 20)
    sheets = [Sheet([Text(60, 300, f"Words of page {n}.")], height=500 + n) for n in range(1, 6)]
    found = reading(tmp_path, pdf(sheets))
    made = pages(found)
    assert [page.height_pt for page in made.pages] == [501, 502, 503, 504, 505]
    assert [bool(made.words_on(n)) for n in range(1, 6)] == [True, True, False, False, False]
    assert found.document.warnings == (
        "This PDF is very long: only the text of its first 2 pages is read.",
    )


def test_characters_beyond_the_first_plane_are_one_each(tmp_path: Path) -> None:
    names = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 101 0 R >>"
    table = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> "
        "endcodespacerange 2 beginbfchar <41> <D835DC00> <42> <0062> endbfchar endcmap"
    )
    stream = f"<< /Length {len(table)} >>\nstream\n{table}\nendstream"
    sheet = Sheet([Text(60, 700, "AB BA")], extra="/Resources << /Font << /F1 100 0 R >> >>")
    found = reading(tmp_path, pdf([sheet], objects=[names, stream]))
    assert found.document.text == "\U0001d400b b\U0001d400"
    pages(found)


def test_words_off_the_page_are_no_text(tmp_path: Path) -> None:
    texts = [Text(60, 700, "On the page."), Text(60, 900, "Above."), Text(700, 300, "Beside.")]
    found = reading(tmp_path, pdf([Sheet(texts)]))
    assert found.document.text == "On the page."


def test_a_landscape_table_on_an_upright_page_is_read_in_its_lines(tmp_path: Path) -> None:
    texts = [Text(100 + 12 * i, 100, line, turned=True) for i, line in enumerate(LEFT.split("|"))]
    found = reading(tmp_path, pdf([Sheet(texts)]))
    assert found.document.text == LEFT.replace("|", " ")
    pages(found)


@given(st.integers(0, 10_000), st.binary(max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused(where: int, noise: bytes) -> None:
    sheet = Sheet([*column(50, 700, LEFT), Text(60, 400, "More", turned=True)])
    whole = bytearray(pdf([sheet, sheet], info="/Title (A title of four words)"))
    where %= len(whole)
    whole[where : where + len(noise)] = noise
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.pdf")
        path.write_bytes(bytes(whole))
        try:
            found = read(path)
        except Problem:
            return
        assert PageMap.decode(found.assets[ASSET]).end <= len(found.document.text)


def hostile() -> dict[str, bytes]:
    """Files that loop, claim what is not there, or are out of all bounds."""
    page = Sheet([Text(60, 700, "Words.")])
    whole = pdf([page])
    form = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /F {} >> >>"
    )
    looping = form.format("100 0 R") + " /Length 5 >>\nstream\n/F Do\nendstream"
    calls = "/Resources << /XObject << /F 100 0 R >> /Font << /F1 3 0 R >> >>"
    return {
        "the pages are their own children": whole.replace(b"/Kids [10 0 R]", b"/Kids [2 0 R ]"),
        "a page that is not there": whole.replace(b"/Kids [10 0 R]", b"/Kids [77 0 R]"),
        "more pages than there are": whole.replace(b"/Count 1", b"/Count 9999999"),
        "a form that draws itself": pdf(
            [Sheet([Text(60, 700, "Words.")], extra=calls, drawn="/F Do")], objects=[looping]
        ),
        "a page as large as a field": pdf([Sheet([Text(60, 700, "Words.")], 1e6, 1e6)]),
        "a page without any size": pdf([Sheet([Text(60, 700, "Words.")], 0, 0)]),
        "a page of negative size": pdf([Sheet([Text(60, 700, "Words.")], -50, -50)]),
        "type out of all bounds": pdf([Sheet([Text(60, 700, "Words.", 1e9)])]),
        "type of no size": pdf([Sheet([Text(60, 700, "Words.", 0)])]),
        "words on one place": pdf([Sheet([Text(60, 700, "Words.")] * 3000)]),
        "nested arrays": whole.replace(b"/MediaBox", b"/X " + b"[" * 5000 + b"]" * 5000),
        "open dictionaries": b"%PDF-1.7\n1 0 obj\n" + b"<< /A " * 20_000,
        "a stream without an end": whole[: whole.index(b"endstream")],
        "only a header": b"%PDF-1.7\n",
        "a false length": whole.replace(b"/Length 46", b"/Length -1"),
    }


@pytest.mark.parametrize("name", list(hostile()))
def test_hostile_files_are_read_or_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(hostile()[name])
    try:
        found = read(path)
    except Problem as problem:
        assert problem.sentence.startswith("“a.pdf” ")
        return
    assert document_from_plain(document_to_plain(found.document)) == found.document
    made = PageMap.decode(found.assets[ASSET])
    assert made.end <= len(found.document.text)


def test_more_pages_than_anybody_reads_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_file, "MOST_PAGES", 2)
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([Sheet()] * 3))
    with pytest.raises(Problem, match="has 3 pages; Offprint reads up to 2"):
        read(path)


def test_words_from_right_to_left_are_read_so(tmp_path: Path) -> None:
    # Letters a to f stand for Hebrew ones; digits stay as they are.
    names = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 101 0 R >>"
    letters = " ".join(f"<{n:02x}> <{0x5D0 + n - 0x61:04x}>" for n in range(0x61, 0x67))
    table = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> "
        f"endcodespacerange 6 beginbfchar {letters} endbfchar 1 beginbfrange <30> <39> <0030> "
        "endbfrange endcmap"
    )
    stream = f"<< /Length {len(table)} >>\nstream\n{table}\nendstream"
    texts = [Text(160, 700, "aaa"), Text(120, 700, "bbb"), Text(80, 700, "12"), Text(98, 700, "34")]
    sheet = Sheet(texts, extra="/Resources << /Font << /F1 100 0 R >> >>")
    found = reading(tmp_path, pdf([sheet], objects=[names, stream]))
    words = ["\u05d0" * 3, "\u05d1" * 3, "12", "34"]
    assert found.document.text.split() == words
