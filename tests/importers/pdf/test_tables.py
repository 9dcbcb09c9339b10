from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.importers.pdf.test_read import LEFT, RIGHT, reading
from tests.importers.pdf.test_structure import BODY, article, blocks
from tests.importers.pdf_samples import Sheet, Text, column, pdf


def table_of(tmp_path: Path, rows: Sequence[tuple[float, float, str]]) -> str:
    """The first table below a paragraph, from words at distances from its top left corner."""
    texts = [*column(60, 780, BODY), *(Text(60 + x, 660 - y, words) for x, y, words in rows)]
    document = article(tmp_path, texts).document
    return next(iter(blocks(document, "table")), "")


def in_columns(lefts: list[float], *lines: tuple[float, str]) -> list[tuple[float, float, str]]:
    """Words at the left edges of columns, "|" between columns, by their distance from the top."""
    return [
        (left, y, words)
        for y, line in lines
        for left, words in zip(lefts, line.split("|"), strict=False)
        if words
    ]


def test_wide_spaces_that_do_not_stand_below_each_other_are_no_table(tmp_path: Path) -> None:
    texts = []
    for i, (left, right) in enumerate(
        (("USA) who", "slept"), ("and who rose late in the day", "in"))
    ):
        y = 688 - 12 * i
        texts += [Text(60, y, left), Text(130 + 120 * i, y, right)]
    texts = [Text(60, 700, "there were some in the city of New York (NY,"), *texts]
    assert article(tmp_path, texts).document.tables == ()


def test_numbers_beside_long_labels_are_no_column_of_text(tmp_path: Path) -> None:
    labels = ["People who slept badly in the", "month before they were asked", "Women among them"]
    texts = column(60, 780, BODY)
    for i in range(4):
        y = 660 - 52 * i
        texts += [Text(60, y, labels[0]), Text(60, y - 12, labels[1]), Text(60, y - 32, labels[2])]
        for x in (330, 400, 470):
            texts += [Text(x, y - 6, f"{i}2.5 (4)"), Text(x, y - 32, f"{i}7 (9%)")]
    found = article(tmp_path, texts)
    text = found.document.text
    (table,) = found.document.tables
    cells = [cell.span.cut(text) for cell in table.cells]
    whole = " ".join(labels[:2])
    assert cells[8:16] == [whole, *["12.5 (4)"] * 3, labels[2], *["17 (9%)"] * 3]


def test_a_label_that_goes_on_in_the_next_line_is_one_cell(tmp_path: Path) -> None:
    rows = [(0, 0, "Age in years"), (0, 14, "Slept badly for"), (0, 26, "more than a month")]
    rows += [(0, 40, "Women"), (9, 52, "below 40"), (0, 64, "Men")]
    rows += [(200, y, str(40 + y)) for y in (0, 14, 52, 64)]
    assert table_of(tmp_path, rows) == (
        "Age in years\t40\nSlept badly for more than a month\t54\nWomen\t\nbelow 40\t92\nMen\t104"
    )
    # The numbers may stand beside the last line of the label.
    rows = [(0, 0, "Age in years"), (0, 14, "Slept badly for"), (0, 26, "more than a month")]
    rows += [(200, y, str(40 + y)) for y in (0, 26)]
    assert table_of(tmp_path, rows) == ("Age in years\t40\nSlept badly for more than a month\t66")


def test_cells_of_several_lines_are_one_row(tmp_path: Path) -> None:
    rows = in_columns(
        [0, 80, 160, 300],
        (0, "Group|People|Taught|Slept"),
        (18, "First|20|to rise at the same|well"),
        (30, "||hour each day"),
        (48, "Second|21|nothing|worse than"),
        (60, "|||all of the others"),
        (78, "Third|19|to read|well"),
    )
    assert table_of(tmp_path, rows) == (
        "Group\tPeople\tTaught\tSlept\n"
        "First\t20\tto rise at the same hour each day\twell\n"
        "Second\t21\tnothing\tworse than all of the others\n"
        "Third\t19\tto read\twell"
    )


def test_labels_beside_text_of_several_lines_are_rows_of_a_table(tmp_path: Path) -> None:
    texts = column(60, 780, BODY)
    items = {
        "Who was asked": "Say where the people lived who were asked|how they slept, and who of",
        "How they were found": "Say who looked for them, and whether they|were asked by a nurse,",
        "What they were taught": "Say at which hour they were to rise, and|whether they did so",
    }
    for i, (label, words) in enumerate(items.items()):
        text = f"{words}|them said that they did not want to tell.|Say why."
        texts += [Text(60, 660 - 56 * i, label), *column(230, 660 - 56 * i, text)]
    (table,) = blocks(article(tmp_path, texts).document, "table")
    ends = " them said that they did not want to tell. Say why."
    assert table == "\n".join(
        f"{label}\t{words.replace('|', ' ')}{ends}" for label, words in items.items()
    )


def test_rows_that_stand_close_are_rows(tmp_path: Path) -> None:
    rows = in_columns(
        [0, 80, 160], (0, "Group|People|Slept"), (18, "First|20|12"), (30, "Second|21|9")
    )
    assert table_of(tmp_path, rows) == "Group\tPeople\tSlept\nFirst\t20\t12\nSecond\t21\t9"


def test_what_stands_in_the_columns_below_is_of_the_table(tmp_path: Path) -> None:
    rows = in_columns(
        [0, 70, 100],
        (0, "Group|Aged|Slept"),
        (14, "First|41|12"),
        (28, "Second|42 and more|9"),
    )
    rows = [(x * 2 if x > 70 else x, y, words) for x, y, words in rows]
    rows += [(200, 40, "of them")]
    assert table_of(tmp_path, rows).endswith("Second\t42 and more\t9 of them")


def test_headings_wider_than_their_columns_are_of_the_table(tmp_path: Path) -> None:
    rows = in_columns(
        [0, 84, 168],
        (0, "Group of people|Slept for hours|All"),
        (14, "First|20|12"),
        (28, "Second|21|9"),
    )
    assert table_of(tmp_path, rows) == (
        "Group of people\tSlept for hours\tAll\nFirst\t20\t12\nSecond\t21\t9"
    )


def test_a_sign_of_currency_stands_before_its_number(tmp_path: Path) -> None:
    rows = in_columns(
        [0, 100, 130, 200, 230],
        (0, "Rent|$|10|$|20"),
        (14, "Food||30||40"),
        (28, "All|$|40|$|60"),
    )
    assert table_of(tmp_path, rows) == "Rent\t$ 10\t$ 20\nFood\t30\t40\nAll\t$ 40\t$ 60"


def test_a_heading_over_columns_stays_whole(tmp_path: Path) -> None:
    rows = in_columns(
        [0, 60, 100, 160, 200],
        (0, "Group|All of the people||All others"),
        (14, "|n|mean|n|mean"),
        (28, "First|20|7.5|21|6.5"),
        (42, "Second|22|7.0|20|6.0"),
    )
    assert table_of(tmp_path, rows).startswith(
        "Group\tAll of the people\t\tAll others\t\n\tn\tmean"
    )


def test_what_is_set_otherwise_between_rows_parts_tables(tmp_path: Path) -> None:
    texts = column(60, 780, BODY)
    for i, y in enumerate((660, 644, 600, 584)):
        texts += [Text(60, y, f"Row {i}"), Text(260, y, f"{i}.5")]
    texts.append(Text(60, 622, "Others", 14, "bold"))
    assert len(article(tmp_path, texts).document.tables) == 2


def test_spaces_that_fill_a_line_are_no_gaps(tmp_path: Path) -> None:
    line = "(circumference, cholesterol, triglycerides) Tj"
    drawn = f"BT /F1 10 Tf 40 Tw 12 TL 60 700 Td {line} T* {line} T* 0 Tw (and iron) Tj ET"
    document = reading(tmp_path, pdf([Sheet(drawn=drawn)])).document
    words = "circumference, cholesterol, triglycerides"
    assert document.text == f"{words} {words} and iron"


def test_numbers_at_even_distances_are_a_row(tmp_path: Path) -> None:
    line = "(10.5 20.5 30.5) Tj"
    drawn = f"BT /F1 10 Tf 40 Tw 12 TL 60 700 Td {line} T* {line} ET"
    document = reading(tmp_path, pdf([Sheet(drawn=drawn)])).document
    assert len(document.tables) == 1


def test_rows_with_wide_gaps_are_a_table(tmp_path: Path) -> None:
    rows = [("Group", "People", "Slept well"), ("Taught", "20", "12"), ("Others", "20", "9")]
    texts = column(60, 780, BODY)
    for i, row in enumerate(rows):
        font = "bold" if i == 0 else "plain"
        texts += [Text(60 + 120 * c, 660 - 14 * i, w, 10, font) for c, w in enumerate(row)]
    texts[-2] = Text(60 + 112, 660 - 28, "20", 10)
    found = article(tmp_path, texts)
    (table,) = found.document.tables
    assert [cell.span.cut(found.document.text) for cell in table.cells] == [
        word for row in rows for word in row
    ]
    assert [cell.header for cell in table.cells] == [True] * 3 + [False] * 6


def test_a_row_with_an_empty_cell_keeps_its_columns(tmp_path: Path) -> None:
    texts = []
    for i, row in enumerate((("a", "b", "c"), ("d", "", "f"), ("g", "h", "i"))):
        texts += [Text(60 + 120 * c, 660 - 14 * i, w) for c, w in enumerate(row) if w]
    found = article(tmp_path, texts)
    assert found.document.text == "a\tb\tc\nd\t\tf\ng\th\ti"


APGAR = [
    ("Sign", "0 points", "1 point", "2 points"),
    ("Appearance", "Blue or pale|all over", "Blue at|extremities", "No cyanosis"),
    ("Pulse", "Absent", "Below 100|beats per|minute", "100 beats or|more"),
    ("Activity", "None", "", "Flexed arms|and legs"),
    ("Respiration", "Absent", "Weak, gasping", "Strong cry"),
]


def apgar(lefts: Sequence[float], top: float, size: float = 9, lead: float = 11) -> Sheet:
    """A table of rows of several lines, each between two drawn lines."""
    texts, drawn, y = [], [], top
    for row in APGAR:
        drawn.append(f"0.5 w {lefts[0] - 4} {y + lead - 1} m {lefts[-1] + 90} {y + lead - 1} l S")
        for left, cell in zip(lefts, row, strict=True):
            texts += [
                Text(left, y - i * lead, line, size) for i, line in enumerate(cell.split("|"))
            ]
        y -= lead * max(cell.count("|") + 1 for cell in row) + 4
    drawn.append(f"0.5 w {lefts[0] - 4} {y + lead - 1} m {lefts[-1] + 90} {y + lead - 1} l S")
    return Sheet(texts, drawn="\n".join(drawn))


WHOLE_APGAR = "\n".join("\t".join(cell.replace("|", " ") for cell in row) for row in APGAR)


def test_rows_between_rules_are_one_row_each(tmp_path: Path) -> None:
    sheet = apgar((60, 150, 270, 390), 620)
    texts = [*column(60, 780, BODY), *sheet.texts]
    found = reading(tmp_path, pdf([Sheet(texts, drawn=sheet.drawn)])).document
    assert blocks(found, "table") == [WHOLE_APGAR]


def test_a_table_over_the_fold_between_columns_is_not_parted(tmp_path: Path) -> None:
    left = "Babies were seen by the same midwife on|each of the days that followed birth and|"
    left += "were weighed before and after each feed|of the first week, and all was set down."
    right = "The doctor saw them at the end of that|week and asked the mother how well the|"
    right += "child fed, slept and cried, and what the|family did at night, and wrote it down."
    sheet = apgar((60, 160, 320, 430), 640)
    texts = [
        *column(60, 760, left), *column(320, 760, right), *sheet.texts,
        *column(60, 400, left.upper()), *column(320, 400, right.upper()),
    ]  # fmt: skip
    found = reading(tmp_path, pdf([Sheet(texts, drawn=sheet.drawn)])).document
    assert blocks(found, "table") == [WHOLE_APGAR]
    words = found.text.split()
    places = [words.index(word) for word in ("Babies", "doctor", "Sign", "BABIES", "DOCTOR")]
    assert places == sorted(places)


def test_two_columns_between_two_rules_stay_columns(tmp_path: Path) -> None:
    texts = [*column(60, 700, LEFT), *column(320, 700, RIGHT)]
    drawn = "0.5 w 50 720 m 560 720 l S 0.5 w 50 600 m 560 600 l S"
    found = reading(tmp_path, pdf([Sheet(texts, drawn=drawn)])).document
    assert found.tables == ()
    assert f"{LEFT} {RIGHT}".replace("|", " ") in found.text
