from __future__ import annotations

from pathlib import Path

from tests.importers.pdf.test_structure import BODY, article, blocks
from tests.importers.pdf_samples import Text, column


def test_a_table_without_name_and_lines_is_not_read_by_columns(tmp_path: Path) -> None:
    lefts = (72, 233, 304, 370)
    lines = [
        (0, "|Dose||"),
        (8, "Drug|||Renal"),
        (17, "|Adult|Child|"),
        (35, "||15|eGFR below 30: 500 mg every"),
        (39, "Amoxicillin|1 g||"),
        (48, "||mg/kg|12 h"),
        (65, "Gentamicin|5-7|7 mg/kg|not if the eGFR is 20"),
        (78, "|mg/kg||"),
        (95, "Piperacillin with|4.5 g|90|"),
        (108, "tazobactam||mg/kg|"),
        (125, "||20|none"),
        (129, "|1 g||"),
        (138, "||mg/kg|"),
        (146, "Meropenem|||"),
        (155, "||40|in meningitis alone"),
        (159, "|2 g||"),
        (168, "||mg/kg|"),
    ]
    texts = [*column(60, 780, BODY)]
    for y, line in lines:
        cells = zip(lefts, line.split("|"), strict=True)
        texts += [Text(x, 660 - y, words) for x, words in cells if words]
    texts += column(60, 470, BODY)
    document = article(tmp_path, texts).document
    (table,) = blocks(document, "table")
    words = [one for one in table.replace("\n", "\t").split("\t") if one]
    assert sorted(words[:5]) == ["Adult", "Child", "Dose", "Drug", "Renal"]
    assert words.index("Amoxicillin") < words.index("1 g") < words.index("Gentamicin")
    assert words[words.index("Gentamicin") + 2] == "7 mg/kg"
    assert words[words.index("4.5 g") + 1].startswith("90")
