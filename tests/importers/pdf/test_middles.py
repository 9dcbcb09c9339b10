from __future__ import annotations

from pathlib import Path

from tests.importers.pdf.test_structure import BODY, article, blocks
from tests.importers.pdf.test_tables import table_of
from tests.importers.pdf_samples import Text, column


def test_a_label_midway_between_its_two_rows_stands_in_the_upper_one(tmp_path: Path) -> None:
    rows: list[tuple[float, float, str]] = [(120, 0, "Dose"), (0, 10, "Drug"), (300, 10, "Renal")]
    rows += [(120, 20, "Adult"), (200, 20, "Child")]
    for i, drug in enumerate(("Amoxicillin", "Gentamicin", "Cefotaxime"), 2):
        words = (drug, f"{i} g", f"{i}5 mg/kg", "half of it")
        rows += [(x, 20 * i, one) for x, one in zip((0, 120, 200, 300), words, strict=True)]
    rows += [(120, 100, "1 g"), (200, 100, "20 mg/kg"), (300, 100, "none")]
    rows += [(0, 110, "Meropenem")]
    rows += [(120, 120, "2 g"), (200, 120, "40 mg/kg"), (300, 120, "in meningitis")]
    assert table_of(tmp_path, rows).splitlines() == [
        "Drug\tDose\t\tRenal",
        "\tAdult\tChild\t",
        "Amoxicillin\t2 g\t25 mg/kg\thalf of it",
        "Gentamicin\t3 g\t35 mg/kg\thalf of it",
        "Cefotaxime\t4 g\t45 mg/kg\thalf of it",
        "Meropenem\t1 g\t20 mg/kg\tnone",
        "\t2 g\t40 mg/kg\tin meningitis",
    ]


def test_a_term_does_not_stand_in_what_is_said_of_the_one_before(tmp_path: Path) -> None:
    texts = column(60, 780, BODY)
    for i, words in enumerate(("Lactate", "above 2 mmol/L", "MAP", "65 mmHg")):
        texts.append(Text(60 + 30 * (i % 2), 660 - 12 * i, words))
    found = blocks(article(tmp_path, texts).document, "paragraph")
    assert found[-4:] == ["Lactate", "above 2 mmol/L", "MAP", "65 mmHg"]
