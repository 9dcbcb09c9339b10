from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.pdf.test_read import reading
from tests.importers.pdf.test_structure import BODY, blocks
from tests.importers.pdf_samples import Sheet, column, pdf

BESIDE = (
    "They rose at six each day, and each of them kept a diary of the night|"
    "for the whole of the month, which one of the nurses read with them in|"
    "each week of it; after that all of them were asked the same questions|"
    "and had another night in the clinic, where their sleep was measured"
)
BELOW = (
    "|at the end of the month as at its beginning, and none of the differences was so large that|"
    "it could not have come by chance."
)
NOTE = "No more than|4 g a day in|adults over 50 kg."


@pytest.mark.parametrize(("text_at", "box_at"), [(60, 400), (190, 54)])
def test_a_box_beside_text_does_not_stand_in_its_sentences(
    tmp_path: Path, text_at: float, box_at: float
) -> None:
    beside = column(text_at, 640, BESIDE)
    texts = [*column(60, 780, BODY), *beside, *column(60, 640 - 12 * 3, BELOW)]
    texts += column(box_at + 6, 636, NOTE)
    sheet = Sheet(texts, drawn=f"{box_at} 602 110 48 re S")
    found = blocks(reading(tmp_path, pdf([sheet])).document, "paragraph")
    assert NOTE.replace("|", " ") in found
    assert (BESIDE + BELOW).replace("|", " ") in found


def test_boxes_beside_each_other_are_read_one_after_the_other(tmp_path: Path) -> None:
    boxes = [
        "Mild: give 500 mg of|it by mouth three|times a day.",
        "Moderate: give 1 g|into a vein every|eight hours.",
        "Severe: call for help|and give 2 g at|once.",
    ]
    texts = [*column(60, 780, BODY)]
    drawn = ""
    for i, words in enumerate(boxes):
        texts += column(66 + 160 * i, 636, words)
        drawn += f"{60 + 160 * i} 602 150 48 re S\n"
    found = blocks(reading(tmp_path, pdf([Sheet(texts, drawn=drawn)])).document, "paragraph")
    assert found[-3:] == [words.replace("|", " ") for words in boxes]


def test_the_field_of_a_form_stays_beside_its_label(tmp_path: Path) -> None:
    texts = [*column(60, 780, BODY), *column(60, 640, "Name|Ward"), *column(150, 640, "Jane|Four")]
    drawn = "146 637 100 11 re S 146 625 100 11 re S"
    document = reading(tmp_path, pdf([Sheet(texts, drawn=drawn)])).document
    assert document.text.split()[-4:] == ["Name", "Jane", "Ward", "Four"]


def test_a_box_without_room_in_it_holds_nothing(tmp_path: Path) -> None:
    drawn = "60 700 4 4 re S 60 704 4 4 re S 300 650 100 4 re S 300 600 100 40 re S"
    document = reading(tmp_path, pdf([Sheet(column(60, 780, BODY), drawn=drawn)])).document
    assert blocks(document, "paragraph") == [BODY.replace("|", " ")]
