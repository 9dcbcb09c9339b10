"""Nothing that a PDF holds vanishes: it is in the text, or listed with the reason."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.importers.pdf.read import read
from reader.importers.pdf.scan import traits_of
from reader.model.document import Document
from tests.importers.pdf.test_read import reading
from tests.importers.pdf.test_structure import BODY, article, blocks
from tests.importers.pdf_samples import Sheet, Text, column, pdf

_WORDS = (
    "ketamine", "0.5", "mg/kg", "(a)", "1.", "•", "non-", "Table", "References", "II.", "–", "†",
    "½", "10", "[2]", "Methods", "±3", "https://a.example/b", "*", "A.", "…",
)  # fmt: skip
_TEXT = st.builds(
    Text,
    st.integers(-40, 600),
    st.sampled_from(range(-40, 850, 45)),
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join),
    st.sampled_from((6, 8, 10, 10, 12, 24)),
    st.sampled_from(("plain", "bold", "italic")),
    st.sampled_from((False, False, False, True)),
)
_EXTRA = st.sampled_from(("", "/Rotate 90", "/CropBox [60 60 420 700]"))
# What is drawn twice at one place PDFium gives once.
_TEXTS = st.lists(_TEXT, max_size=14, unique_by=lambda text: text.y)
_SHEETS = st.lists(st.builds(Sheet, _TEXTS, extra=_EXTRA), min_size=1, max_size=3)


def left_out(document: Document) -> dict[str, str]:
    """The words that are left out, by reason."""
    found: dict[str, list[str]] = {}
    for one in document.left_out:
        found.setdefault(one.reason, []).append(one.words)
    return {reason: " ".join(words) for reason, words in found.items()}


def characters(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\s‐-]", "", text))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sheets=_SHEETS)
def test_every_character_is_in_the_text_or_left_out(tmp_path: Path, sheets: list[Sheet]) -> None:
    path = tmp_path / "any.pdf"
    path.write_bytes(pdf(sheets))
    document = read(path).document
    assert "unaccounted" not in left_out(document)
    said = [document.text, *left_out(document).values()]
    said += [block.label for block in document.blocks]
    said += [section.number or "" for section in document.sections]
    drawn = characters(" ".join(text.words for sheet in sheets for text in sheet.texts))
    # What stands round the number of a heading or of a reference is no part of it.
    lost = drawn - characters(" ".join(said))
    assert set(lost) <= set(".[])(*")


def test_heads_and_page_numbers_are_listed_once_with_all_their_words(tmp_path: Path) -> None:
    sheets = [
        Sheet(
            [
                Text(60, 815, f"Journal of Rest {2010 + n}", 8),
                Text(290, 20, str(n), 8),
                *column(60, 700 - 3 * n, BODY),
            ]
        )
        for n in range(1, 5)
    ]
    document = reading(tmp_path, pdf(sheets)).document
    found = left_out(document)
    assert found["running head"].split().count("Rest") == 4
    assert found["page number"] == "1 2 3 4"
    assert sorted(one.reason for one in document.left_out) == ["page number", "running head"]
    assert not any(one.matters for one in document.left_out)
    assert "Journal" not in document.text


def test_lines_that_are_set_as_text_are_no_heads_though_pages_repeat_them(tmp_path: Path) -> None:
    sheets = [Sheet(column(60, 815, BODY.replace("month", f"month {n}"))) for n in range(3)]
    document = reading(tmp_path, pdf(sheets)).document
    assert document.text.count("diary with them each week") == 3
    assert document.left_out == ()


def test_words_off_the_page_are_left_out(tmp_path: Path) -> None:
    sheet = Sheet(
        [Text(60, 700, "inside"), Text(60, 30, "below")], extra="/CropBox [0 100 595 842]"
    )
    document = reading(tmp_path, pdf([sheet])).document
    assert document.text == "inside"
    assert left_out(document) == {"outside the page": "below"}


def watermarked(words: str, count: int) -> bytes:
    mark = f"BT /F2 60 Tf 0.7 0.7 -0.7 0.7 150 500 Tm ({words}) Tj ET"
    return pdf([Sheet(column(60, 700 - 2 * n, BODY), drawn=mark) for n in range(count)])


@pytest.mark.parametrize("count", [1, 3])
def test_a_watermark_is_in_no_sentence(tmp_path: Path, count: int) -> None:
    document = reading(tmp_path, watermarked("DRAFT 2019", count)).document
    assert blocks(document, "paragraph")[0] == BODY.replace("|", " ")
    assert set(left_out(document)["watermark"].split()) == {"DRAFT", "2019"}


def test_a_level_watermark_over_the_text_of_all_pages_is_left_out(tmp_path: Path) -> None:
    sheets = [
        Sheet([Text(100, 640, "SPECIMEN", 48), *column(60, 700, BODY.replace("month", f"m{n}"))])
        for n in range(3)
    ]
    document = reading(tmp_path, pdf(sheets)).document
    assert "SPECIMEN" not in document.text
    assert left_out(document)["watermark"] == "SPECIMEN SPECIMEN SPECIMEN"


def test_small_words_that_stand_askew_are_kept_apart(tmp_path: Path) -> None:
    axis = "BT /F1 9 Tf 0.7 0.7 -0.7 0.7 300 420 Tm (January) Tj ET"
    sheet = Sheet(column(60, 700, BODY), drawn=axis)
    document = reading(tmp_path, pdf([sheet])).document
    assert blocks(document, "paragraph") == [BODY.replace("|", " "), "January"]


@pytest.mark.parametrize("left", [30, 540])
def test_the_numbers_of_lines_are_left_out(tmp_path: Path, left: float) -> None:
    lines = BODY.split("|") * 2
    texts = [Text(60, 760 - 12 * i, line) for i, line in enumerate(lines)]
    texts += [Text(left, 760 - 12 * i, str(i + 1), 8) for i in range(len(lines))]
    document = article(tmp_path, texts).document
    assert blocks(document, "paragraph") == [" ".join(lines)]
    assert left_out(document)["line number"].split() == [str(i + 1) for i in range(len(lines))]


LAYERS = {
    "catalogue": "/OCProperties << /OCGs [100 0 R 101 0 R] /D << /OFF [100 0 R] >> >>",
    "objects": [
        "<< /Type /OCG /Name (Old) >>",
        "<< /Type /OCG /Name (New) >>",
        "<< /Type /OCMD /OCGs [100 0 R] /P /AnyOn >>",
        "<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /OC 100 0 R /Length 38 "
        "/Resources << /Font << /F1 3 0 R >> >> >>\nstream\n"
        "BT /F1 12 Tf 60 600 Td (in a form) Tj ET\nendstream",
    ],
}


def test_words_of_layers_that_are_off_are_left_out(tmp_path: Path) -> None:
    # The two words of the same place are of two languages, of which one is shown.
    drawn = (
        "/OC /Off BDC BT /F1 12 Tf 60 700 Td (gone) Tj ET EMC\n"
        "/OC /On BDC BT /F1 12 Tf 60 700 Td (here) Tj ET EMC\n"
        "/OC /Member BDC BT /F1 12 Tf 60 650 Td (member) Tj ET EMC\n/Fm Do"
    )
    sheet = Sheet(
        [Text(60, 500, "always")],
        drawn=drawn,
        resources="/Properties << /Off 100 0 R /On 101 0 R /Member 102 0 R >> "
        "/XObject << /Fm 103 0 R >>",
    )
    path = tmp_path / "layers.pdf"
    path.write_bytes(pdf([sheet], **LAYERS))  # type: ignore[arg-type]
    document = read(path).document
    assert document.text.split() == ["here", "always"]
    assert left_out(document) == {"hidden layer": "gone member in a form"}


def test_words_in_no_colour_are_left_out_where_nothing_is_seen(tmp_path: Path) -> None:
    drawn = (
        "BT /F1 12 Tf 3 Tr 60 700 Td (unseen) Tj ET\n"
        "BT 0 Tr 1 g /F1 12 Tf 60 650 Td (white) Tj ET\n"
        "0 g 55 595 100 20 re f BT 1 g /F1 12 Tf 60 600 Td (reversed) Tj ET 0 g"
    )
    document = reading(tmp_path, pdf([Sheet([Text(60, 500, "black")], drawn=drawn)])).document
    assert document.text.split() == ["reversed", "black"]
    assert left_out(document) == {"hidden text": "unseen white"}


def test_the_words_of_a_scan_are_text(tmp_path: Path) -> None:
    picture = "q 400 0 0 400 50 300 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x01 EI Q"
    drawn = f"BT /F1 12 Tf 3 Tr 60 600 Td (read by a machine) Tj ET\n{picture}"
    document = reading(tmp_path, pdf([Sheet(drawn=drawn)])).document
    assert document.text == "read by a machine"
    assert document.left_out == ()


def test_words_drawn_twice_in_other_pieces_are_read_once(tmp_path: Path) -> None:
    again = "BT /F2 14 Tf 60.9 700 Td (Do) Tj (se 55) Tj ( mg) Tj ET"
    sheet = Sheet([Text(60, 700, "Dose 55 mg", 14, "bold")], drawn=again)
    document = reading(tmp_path, pdf([sheet])).document
    assert document.text == "Dose 55 mg"
    assert left_out(document) == {"hidden text": "Dose 55 mg"}


def test_a_page_drawn_twice_is_read_once(tmp_path: Path) -> None:
    # The second time, each word that begins with a "w" is parted by a space that takes no room.
    lines = BODY.split("|")
    drawn = "".join(
        f"BT /M 9 Tf {60 + 0.4 * twice} {700 - 12 * i} Td "
        f"[({re.sub(' w', ' w) ( ) 600 (', line) if twice else line})] TJ ET\n"
        for twice in (False, True)
        for i, line in enumerate(lines)
    )
    courier = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"
    sheet = Sheet(drawn=drawn, fonts="/M 100 0 R")
    document = reading(tmp_path, pdf([sheet], objects=[courier])).document
    assert document.text == " ".join(lines)


def test_letters_drawn_twice_in_one_run_are_read_once(tmp_path: Path) -> None:
    drawn = "BT /F1 14 Tf 60 700 Td [(G) 740 (G) (i) 200 (i) (ve ) (6) 520 (6) ( mg off)] TJ ET"
    document = reading(tmp_path, pdf([Sheet(drawn=drawn)])).document
    assert document.text == "Give 6 mg off"


def test_letters_that_follow_each_other_stay_two(tmp_path: Path) -> None:
    assert article(tmp_path, [Text(60, 700, "AA 55 mg off")]).document.text == "AA 55 mg off"


def test_traits_are_looked_for_in_packed_objects() -> None:
    assert not traits_of(b"%PDF-1.7 nothing").layers
    assert traits_of(b"/BaseFont /Wingdings").symbols
    assert traits_of(b"/Encrypt 5 0 R").layers
    head = b"/Type /ObjStm /Length 9 >>\nstream\n"
    assert traits_of(head + b"no deflated bytes").layers
    assert not traits_of(head + zlib.compress(b"<< /Type /Page >>")).layers
    assert traits_of(head + zlib.compress(b"<< /OCProperties 5 0 R >>")).layers
    assert traits_of(b"/ObjStm" + head + zlib.compress(b"/BaseFont /SymbolMT")).symbols


def test_more_packed_objects_than_are_looked_into_may_hold_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reader.importers.pdf.scan._MOST_UNPACKED", 10)
    packed = zlib.compress(b"<< /Type /Page /Nothing true >>")
    assert traits_of(b"/Type /ObjStm >>\nstream\n" + packed).layers
