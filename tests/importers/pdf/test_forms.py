"""What is filled in stands in the text, near its label."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.pdf.read import read
from reader.model.document import Document
from tests.importers.pdf_samples import Sheet, Text, pdf

FONT = "/DR << /Font << /Helv 3 0 R >> >> /DA (/Helv 10 Tf 0 g)"


def filled(tmp_path: Path, fields: list[str], texts: list[Text] | None = None) -> Document:
    """A file with these fields, each the inside of a dictionary, and labels."""
    numbers = " ".join(f"{100 + i} 0 R" for i in range(len(fields)))
    widgets = [
        f"<< /Type /Annot /Subtype /Widget /F 4 /P 10 0 R /DA (/Helv 10 Tf 0 g) {field} >>"
        for field in fields
    ]
    path = tmp_path / "form.pdf"
    path.write_bytes(
        pdf(
            [Sheet(texts or [], extra=f"/Annots [{numbers}]")],
            catalogue=f"/AcroForm << /Fields [{numbers}] {FONT} >>",
            objects=widgets,
        )
    )
    return read(path).document


def test_a_text_field_without_an_appearance_is_read(tmp_path: Path) -> None:
    document = filled(
        tmp_path,
        ["/FT /Tx /T (name) /V (Jane Doe) /Rect [150 690 350 710]"],
        [Text(60, 696, "Name")],
    )
    assert " ".join(document.text.split()) == "Name Jane Doe"


def test_a_field_of_several_lines_keeps_them(tmp_path: Path) -> None:
    field = "/FT /Tx /Ff 4096 /T (n) /V (nil by mouth\\rfrom six) /Rect [150 600 350 710]"
    document = filled(tmp_path, [field])
    assert " ".join(document.text.split()) == "nil by mouth from six"


def test_a_number_in_boxes_is_one_number(tmp_path: Path) -> None:
    field = "/FT /Tx /Ff 16777216 /MaxLen 8 /T (n) /V (12 34567) /Rect [60 690 260 710]"
    document = filled(tmp_path, [field])
    assert document.text == "12 34567"


@pytest.mark.parametrize(("state", "sign"), [("Yes", "☑"), ("Off", "☐")])
def test_a_tick_box_is_a_sign_beside_its_label(tmp_path: Path, state: str, sign: str) -> None:
    field = f"/FT /Btn /T (a) /V /{state} /AS /{state} /Rect [60 690 72 702] " + (
        "/AP << /N << /Yes 200 0 R /Off 200 0 R >> >>"
    )
    document = filled(tmp_path, [field], [Text(80, 692, "consents")])
    assert document.text == f"{sign} consents"


def test_what_is_chosen_is_read(tmp_path: Path) -> None:
    fields = [
        "/FT /Ch /Ff 131072 /T (ward) /Opt [[(1) (Ward A)] [(2) (Ward B)]] /V (2) "
        "/Rect [60 690 160 710]",
        "/FT /Ch /T (list) /Opt [(oral) (vein)] /V (vein) /I [1] /Rect [60 600 160 640]",
    ]
    document = filled(tmp_path, fields)
    assert " ".join(document.text.split()) == "Ward B ☐ oral ☑ vein"


@pytest.mark.parametrize(
    "field",
    [
        "/FT /Tx /T (a) /V (secret) /Ff 8192 /Rect [60 690 160 710]",
        "/FT /Tx /T (a) /V (hidden) /F 2 /Rect [60 690 160 710]",
        "/FT /Tx /T (a) /V (away) /Rect [-300 690 -200 710]",
        "/FT /Sig /T (a) /Rect [60 690 160 710]",
    ],
)
def test_what_no_page_shows_is_not_read(tmp_path: Path, field: str) -> None:
    document = filled(tmp_path, [field], [Text(60, 600, "label")])
    assert "label" in document.text
    assert not any(word in document.text for word in ("secret", "hidden", "away"))


def test_a_typed_comment_and_a_stamp_are_read(tmp_path: Path) -> None:
    look = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Length 38 "
        "/Resources << /Font << /F1 3 0 R >> >> >>\nstream\n"
        "BT /F1 12 Tf 4 6 Td (%s) Tj ET\nendstream"
    )
    objects = [
        "<< /Type /Annot /Subtype /FreeText /F 4 /Rect [60 690 260 710] /AP << /N 101 0 R >> >>",
        look % "halve the dose",
        "<< /Type /Annot /Subtype /Stamp /F 4 /Rect [60 590 260 610] /AP << /N 103 0 R >> >>",
        look % "SUPERSEDED",
    ]
    path = tmp_path / "stamped.pdf"
    path.write_bytes(pdf([Sheet(extra="/Annots [100 0 R 102 0 R]")], objects=objects))
    assert read(path).document.text.split() == ["halve", "the", "dose", "SUPERSEDED"]


def annotated(tmp_path: Path, annotation: str) -> Document:
    path = tmp_path / "a.pdf"
    sheet = Sheet([Text(60, 700, "Give 10 mg daily.")], extra="/Annots [100 0 R]")
    path.write_bytes(pdf([sheet], objects=[f"<< /Type /Annot {annotation} >>"]))
    return read(path).document


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ("/F 4", "Give 10 mg daily. Elderly: 5 mg not more"),
        ("/F 2", "Give 10 mg daily."),
        ("/F 32", "Give 10 mg daily."),
    ],
)
def test_what_is_typed_on_a_page_is_read_without_a_drawing_of_it(
    tmp_path: Path, more: str, text: str
) -> None:
    typed = "/Subtype /FreeText /Rect [60 600 260 640] /Contents (Elderly: 5 mg\\rnot more)"
    document = annotated(tmp_path, f"{typed} /DA (/Helv 10 Tf) {more}")
    assert " ".join(document.text.split()) == text


@pytest.mark.parametrize(("kind", "struck"), [("StrikeOut", ["10"]), ("Highlight", [])])
def test_what_a_comment_strikes_is_struck(tmp_path: Path, kind: str, struck: list[str]) -> None:
    # "Give " is some 25 points wide in Helvetica of 10 points, and "10" some 11.
    quad = "/QuadPoints [84 708 97 708 84 697 97 697]"
    document = annotated(tmp_path, f"/Subtype /{kind} /Rect [84 697 97 708] {quad}")
    marks = [m.span.cut(document.text) for m in document.marks if m.kind == "strike"]
    assert marks == struck
    assert document.text == "Give 10 mg daily."
