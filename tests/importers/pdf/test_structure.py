from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.result import ImportResult
from reader.model.document import Document
from tests.importers.pdf.test_read import LEFT, RIGHT, pages, reading
from tests.importers.pdf_samples import Sheet, Text, column, pdf

BODY = (
    "Forty adults who slept badly were asked to keep a diary for a month, and a nurse read the|"
    "diary with them each week. Half of them were also taught to rise at the same hour each day.|"
    "At the end of the month we asked all of them the same questions as at the beginning, and|"
    "those who had risen at the same hour said more often that they felt awake in the morning.|"
    "None of the differences was large, and it cannot be told from so few people whether the|"
    "hour of rising was the reason, or only the weekly visit of somebody who asked after them.|"
    "We therefore ask for a larger trial with three groups, one of which is visited but is not|"
    "taught anything, before the advice is given to everybody who sleeps badly at home."
)

REFERENCES = (
    "1. Brown A, Dorn C. Sleep and the hour of rising. J Rest. 2011;4:12-18.",
    "2. Finch E. Diaries of those who sleep badly, and who reads them. Lancaster: Hill;",
    "2014. doi: 10.1000/hill.14",
    "3. Grey F, Holm G. Coffee in the evening. J Rest. 2015;8:101-9. PMID: 1234567",
)


def blocks(document: Document, kind: str) -> list[str]:
    return [block.span.cut(document.text) for block in document.blocks if block.kind == kind]


def outline(document: Document) -> list[tuple[int, str | None, str]]:
    return [(s.level, s.number, s.title) for s in document.sections]


def article(tmp_path: Path, texts: list[Text], **more: str) -> ImportResult:
    found = reading(tmp_path, pdf([Sheet(texts)], **more))
    pages(found)
    return found


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(tmp_path: Path) -> None:
    first = Sheet([*column(50, 700, LEFT), *column(320, 700, RIGHT[:200])])
    found = reading(tmp_path, pdf([first, Sheet(column(50, 700, RIGHT[200:]))]))
    paragraphs = blocks(found.document, "paragraph")
    assert " ".join(paragraphs) == f"{LEFT}|{RIGHT}".replace("|", " ")
    two = reading(tmp_path, pdf([Sheet(column(50, 700, LEFT)), Sheet(column(50, 700, RIGHT))]))
    assert blocks(two.document, "paragraph") == [f"{LEFT}|{RIGHT}".replace("|", " ")]
    (whole,) = (block.span for block in two.document.blocks if block.kind == "paragraph")
    assert len(pages(two).boxes(whole)) == len(f"{LEFT}|{RIGHT}".split("|"))


def test_a_sentence_that_ends_with_a_full_column_does_not_end_its_paragraph(
    tmp_path: Path,
) -> None:
    # Lines of one width, as in justified type; the shorter last line ends the paragraph.
    full = "They rose at six each day."
    texts = [*column(50, 700, "|".join([full] * 5)), *column(320, 700, "|".join([full] * 5))]
    both = article(tmp_path, texts).document
    assert blocks(both, "paragraph") == [" ".join([full] * 10)]
    texts[4] = Text(50, 652, "They rose at six.")
    apart = article(tmp_path, texts).document
    assert len(blocks(apart, "paragraph")) == 2


def test_a_caption_above_does_not_part_a_paragraph(tmp_path: Path) -> None:
    cut = BODY.rindex("everybody")
    first = Sheet([*column(60, 700, BODY[:cut])])
    caption = "Figure 1. Those who rose at six,|and those who did not."
    second = Sheet([*column(60, 780, caption, 8, 10), Text(60, 740, BODY[cut:])])
    document = reading(tmp_path, pdf([first, second])).document
    assert BODY.replace("|", " ") in [" ".join(b.split()) for b in blocks(document, "paragraph")]


def test_a_number_after_a_short_form_begins_no_paragraph(tmp_path: Path) -> None:
    texts = column(
        60, 700, "Those who rose early slept no better, as is shown by Eq.|(1) and Fig. 2."
    )
    assert len(blocks(article(tmp_path, texts).document, "paragraph")) == 1


def test_a_spanning_title_and_table_divide_columns_from_columns(tmp_path: Path) -> None:
    texts = [
        Text(60, 780, "A title that runs over both of the columns below it", 18, "bold"),
        *column(50, 740, LEFT),
        *column(320, 740, RIGHT),
        Text(
            50,
            640,
            "This line in between belongs to both columns, and is as wide as both of them are.",
        ),
        *column(50, 610, LEFT.upper()),
        *column(320, 610, RIGHT.upper()),
    ]
    found = article(tmp_path, texts)
    words = found.document.text.split()
    assert words.index("measured") < words.index("between") < words.index("PATIENTS")
    assert words.index("PATIENTS") < words.index("MEASURED")
    assert found.document.title == "A title that runs over both of the columns below it"
    assert blocks(found.document, "title") == [found.document.title]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("Sleep is a medi-|cine that costs", "Sleep is a medicine that costs"),
        ("a long-term trial; a long-|term effect of", "a long-term trial; a long-term effect of"),
        ("the evidence of a trial based on evi-|dence from", "based on evidence from"),
        ("evidence is needed and based care is evidence-|based care", "is evidence-based care"),
        ("in the years 2018-|2019 we found", "2018-2019 we found"),
        ("pages 12–|18 of the book", "pages 12–18 of the book"),
        ("the anti-|NMDA antibody", "the anti-NMDA antibody"),
        ("give co-|amoxiclav 1.2 g", "give co-amoxiclav 1.2 g"),
        ("a well-to-|do family", "a well-to-do family"),
        ("it is late -|or early", "it is late - or early"),
        ("ask com@wool.org and com-|pile it", "and compile it"),
        ("in a placebo-|controlled trial", "in a placebo-controlled trial"),
    ],
)
def test_words_that_a_line_end_broke_are_mended(tmp_path: Path, lines: str, text: str) -> None:
    found = article(tmp_path, column(50, 700, lines))
    assert text in found.document.text


def test_notes_in_the_margin_come_after_the_text_beside_them(tmp_path: Path) -> None:
    texts = [*column(60, 700, BODY), Text(510, 676, "A note", 8), Text(510, 666, "beside", 8)]
    found = article(tmp_path, texts)
    assert found.document.text.endswith("badly at home.\nA note beside")


def test_notes_in_the_left_margin_come_after_the_text_beside_them(tmp_path: Path) -> None:
    texts = [*column(150, 700, BODY, 8), *column(50, 688, "A note in|three lines|beside it", 8)]
    found = article(tmp_path, texts)
    assert found.document.text.endswith("badly at home.\nA note in three lines beside it")


@pytest.mark.parametrize(
    "left",
    [
        "A label",
        "Label||||Label||||Label",
        "1.20|4.50|2.75",
        "Far|more|of|lines|than|there|are",
    ],
)
def test_labels_and_numbers_to_the_left_are_no_notes(tmp_path: Path, left: str) -> None:
    texts = [*column(150, 700, BODY, 8), *column(50, 700, left, 8)]
    found = article(tmp_path, texts)
    assert left.split("|")[0] in found.document.text.split("nurse read the")[0]


def test_labels_to_the_left_of_short_lines_are_no_notes(tmp_path: Path) -> None:
    body = BODY.split("|")
    short = "|".join([body[0], "ten", "two", "six", *body[1:]])
    texts = [*column(150, 700, short, 8), *column(50, 688, "Fell|Slept|Rose", 8)]
    found = article(tmp_path, texts)
    assert "Fell\tten\nSlept\ttwo\nRose\tsix" in found.document.text


@pytest.mark.parametrize(
    "printed",
    ["Rising at the same hour each day and|sleeping badly", "Rising at One Hour:|A Trial of Sleep"],
)
def test_a_large_title_of_two_lines_is_one(tmp_path: Path, printed: str) -> None:
    texts = [*column(60, 780, printed, 20, 25), *column(60, 700, BODY)]
    assert article(tmp_path, texts).document.title == printed.replace("|", " ")


def test_short_sections_have_their_headings(tmp_path: Path) -> None:
    texts = [Text(60, 790, "Rising at one hour and sleeping badly", 20, "bold")]
    for top, name in ((750, "Who rose"), (620, "Who slept"), (490, "Who drank coffee")):
        texts += [Text(60, top, name, 14, "bold"), *column(60, top - 18, BODY)]
    found = article(tmp_path, texts).document
    assert [s.title for s in found.sections][-3:] == ["Who rose", "Who slept", "Who drank coffee"]


def test_a_short_last_line_of_a_title_is_not_of_the_column_below(tmp_path: Path) -> None:
    texts = [
        *column(50, 780, "Rising at the same hour each day and living with|bad sleep", 20, 24),
        *column(50, 740, LEFT),
        *column(320, 740, RIGHT),
    ]
    title = article(tmp_path, texts).document.title
    assert title == "Rising at the same hour each day and living with bad sleep"


def test_an_address_that_runs_over_its_column_does_not_join_the_columns(tmp_path: Path) -> None:
    address = "https://sleep.example/" + "rising-at-one-hour/" * 3
    texts = [
        *column(50, 700, LEFT),
        Text(50, 640, address),
        *column(50, 628, LEFT.upper()),
        *column(320, 705, RIGHT),
        *column(320, 634, RIGHT.upper()),
    ]
    words = article(tmp_path, texts).document.text.split()
    places = [words.index(word) for word in ("Patients", address, "PATIENTS", "measured")]
    assert places == sorted(places)


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    sheets = [
        Sheet(
            [
                Text(60, 815, "Brown and Dorn"),
                Text(430, 815, f"Sleep at home  {n}"),
                Text(60, 700, f"Words of page {word}."),
                Text(290, 40, str(n)),
            ]
        )
        for n, word in ((21, "one"), (22, "two"), (23, "three"))
    ]
    found = reading(tmp_path, pdf(sheets))
    assert blocks(found.document, "paragraph") == [
        "Words of page one.",
        "Words of page two.",
        "Words of page three.",
    ]
    assert found.document.total_characters > found.document.kept_characters


def test_heads_that_change_with_the_chapter_are_known_by_counting(tmp_path: Path) -> None:
    names = ("Rising", "Rising early", "Waking", "Waking up")
    sheets = [
        Sheet([Text(60, 815, f"{name} {n}"), Text(60, 700, f"Words on {name}.")])
        for n, name in enumerate(names, 7)
    ]
    found = reading(tmp_path, pdf(sheets))
    assert blocks(found.document, "paragraph") == [f"Words on {name}." for name in names]


def test_what_is_printed_beside_the_text_of_every_page_is_left_out(tmp_path: Path) -> None:
    sheets = [
        Sheet([Text(20, 300, "Lent by a library", turned=True), Text(60, 700, f"Words {word}.")])
        for word in ("one", "two", "three")
    ]
    found = reading(tmp_path, pdf(sheets))
    assert "Lent" not in found.document.text


def test_a_large_initial_begins_its_word(tmp_path: Path) -> None:
    texts = [
        Text(60, 672, "N", 44),
        Text(
            94,
            700,
            "obody who sleeps well knows how long a night can be for those who do not sleep",
        ),
        Text(
            94,
            688,
            "and who lie awake and listen to the clock, and few of them ask whether there is",
        ),
        Text(
            94,
            676,
            "anything that helps against it, or whether it is only to be borne with patience.",
        ),
        *column(60, 664, BODY),
    ]
    found = article(tmp_path, texts)
    assert " ".join(found.document.text.split()[:9]) == (
        "Nobody who sleeps well knows how long a night"
    )
    assert "night can be for those who do not sleep and who" in found.document.text


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_of_lines_are_left_out(tmp_path: Path, step: int) -> None:
    words = (BODY + "|" + BODY).split("|") * (1 if step == 1 else 5)
    lines = column(60, 800, "|".join(words[:64]), 8, 11)
    numbers = [
        Text(40 - 4.5 * len(str(i)), line.y, str(i), 8)
        for i, line in enumerate(lines, 101)
        if i % step == 0
    ]
    text = article(tmp_path, [*lines, *numbers]).document.text
    assert text.split() == " ".join(words[:64]).split()


def test_numbers_that_count_no_lines_stay(tmp_path: Path) -> None:
    rows = [Text(60, 780 - 14 * i, f"{i * i}") for i in range(14)]
    rows += [Text(160, 780 - 14 * i, f"row {i}") for i in range(14)]
    assert "169" in article(tmp_path, rows).document.text


def test_a_page_with_its_number_alone_keeps_it(tmp_path: Path) -> None:
    found = reading(tmp_path, pdf([Sheet([Text(290, 40, str(n))]) for n in (1, 2, 3)]))
    assert blocks(found.document, "paragraph") == ["1", "2", "3"]


def test_headings_are_known_by_their_type(tmp_path: Path) -> None:
    texts = [
        Text(60, 790, "Rising at one hour and sleeping badly", 20, "bold"),
        Text(60, 765, "Ada Brown, Carl von Dorn and Eve Finch MD", 12),
        Text(60, 740, "Abstract", 10, "bold"),
        *column(60, 725, BODY),
        Text(60, 610, "1 Methods", 14, "bold"),
        *column(60, 590, BODY),
        Text(60, 480, "1.1 Diaries", 12, "bold"),
        *column(60, 465, BODY),
        Text(60, 350, "2 Results", 14, "bold"),
        *column(60, 330, BODY),
    ]
    found = article(tmp_path, texts)
    assert found.document.title == "Rising at one hour and sleeping badly"
    assert found.document.authors == ("Ada Brown", "Carl von Dorn", "Eve Finch MD")
    assert outline(found.document) == [
        (1, None, "Abstract"),
        (1, "1", "Methods"),
        (2, "1.1", "Diaries"),
        (1, "2", "Results"),
    ]
    assert found.document.sections[0].kind == "abstract"


def test_without_headings_each_page_is_a_section(tmp_path: Path) -> None:
    sheets = [Sheet(column(60, 700, BODY)), Sheet(column(60, 700, BODY[:-5]))]
    found = reading(tmp_path, pdf(sheets))
    assert outline(found.document) == [(1, None, "Page 1"), (1, None, "Page 2")]
    bold = [Text(60, 700 - 20 * i, f"Bold {w}", 10, "bold") for i, w in enumerate("abcdef")]
    found = reading(tmp_path, pdf([Sheet(bold), Sheet(column(60, 700, BODY))]))
    assert outline(found.document) == [(1, None, "Page 1"), (1, None, "Page 2")]


def bookmarked(entries: list[tuple[str, str]], **more: str) -> dict[str, object]:
    """Arguments of `pdf` for a flat outline of (title, what it leads to)."""
    objects = [f"<< /Type /Outlines /First 101 0 R /Last {100 + len(entries)} 0 R >>"]
    for i, (title, place) in enumerate(entries, 101):
        following = f"/Next {i + 1} 0 R" if i < 100 + len(entries) else ""
        objects.append(f"<< /Title ({title}) /Parent 100 0 R {place} {following} >>")
    return {"objects": objects, "catalogue": "/Outlines 100 0 R", **more}


def test_bookmarks_name_the_sections(tmp_path: Path) -> None:
    texts = [
        Text(60, 780, "A title that is set in large type", 20),
        Text(60, 740, "1 Methods"),
        *column(60, 725, BODY),
        Text(60, 600, "Results and more", 12, "bold"),
        *column(60, 585, BODY),
        Text(60, 300, "Bold, but not in the outline", 14, "bold"),
        *column(60, 285, BODY),
    ]
    entries = [
        ("A title that is set in large type", "/Dest [10 0 R /Fit]"),
        ("1. Methods", "/Dest [10 0 R /XYZ 0 750 null]"),
        ("2 Results and more", "/A << /S /GoTo /D [10 0 R /XYZ 0 610 null] >>"),
        ("Named elsewhere", "/Dest [10 0 R /XYZ 0 480 null]"),
        ("To the web", "/A << /S /URI /URI (about:blank) >>"),
        ("Beyond the end", "/Dest [99 /Fit]"),
        ("Last", "/Dest [12 0 R /Fit]"),
    ]
    made = pdf([Sheet(texts), Sheet([Text(60, 700, "Words.")])], **bookmarked(entries))  # type: ignore[arg-type]  # as `pdf` takes them
    found = reading(tmp_path, made)
    assert outline(found.document) == [
        (1, "1", "Methods"),
        (1, "2", "Results and more"),
        (1, None, "Named elsewhere"),
        (1, None, "Last"),
    ]
    assert "Bold, but not in the outline" in blocks(found.document, "paragraph")
    made_map = pages(found)
    last = found.document.sections[-1].span
    assert made_map.page_at(last.start) == made_map.pages[1]


def test_abstract_and_references_are_sections_also_when_the_outline_leaves_them_out(
    tmp_path: Path,
) -> None:
    texts = [
        Text(60, 790, "Abstract", 10, "bold"),
        *column(60, 775, BODY),
        Text(60, 650, "Methods", 12, "bold"),
        *column(60, 635, BODY),
        Text(60, 510, "Results", 12, "bold"),
        *column(60, 495, BODY),
        Text(60, 380, "References", 12, "bold"),
        *[Text(60, 365 - 12 * i, entry) for i, entry in enumerate(REFERENCES)],
    ]
    entries = [
        ("Methods", "/Dest [10 0 R /XYZ 0 660 null]"),
        ("Results", "/Dest [10 0 R /XYZ 0 520 null]"),
    ]
    made = pdf([Sheet(texts)], **bookmarked(entries))  # type: ignore[arg-type]  # as `pdf` takes them
    document = reading(tmp_path, made).document
    assert [s.title for s in document.sections] == ["Abstract", "Methods", "Results", "References"]
    assert len(document.references) == 3


def test_authors_may_have_a_line_each(tmp_path: Path) -> None:
    texts = [
        Text(60, 790, "Rising at one hour and sleeping badly", 20, "bold"),
        *column(60, 765, "Ada Brown|Carl von Dorn|Eve Finch", 12, 14),
        *column(60, 700, BODY),
    ]
    assert article(tmp_path, texts).document.authors == ("Ada Brown", "Carl von Dorn", "Eve Finch")


def test_an_outline_in_a_circle_is_read_once(tmp_path: Path) -> None:
    entries = [("One", "/Dest [10 0 R /Fit] /First 101 0 R /Next 101 0 R"), ("Two", "/Dest 7")]
    found = reading(
        tmp_path,
        pdf([Sheet(column(60, 700, BODY))], **bookmarked(entries)),  # type: ignore[arg-type]  # as `pdf` takes them
    )
    assert "Forty adults" in found.document.text


def test_lists_have_their_labels_apart(tmp_path: Path) -> None:
    texts = [
        *column(60, 780, BODY),
        Text(
            60,
            670,
            "\u2022 rise at the same hour each day, whether one has slept enough in the night",
        ),
        Text(70, 658, "or not, and go out; "),
        Text(60, 646, "\u2022 drink no coffee in the evening."),
        Text(60, 620, "1. First step."),
        Text(60, 608, "2. Second step."),
        Text(60, 580, "3. A lonely number that is far below."),
    ]
    found = article(tmp_path, texts)
    items = [(b.label, b.span.cut(found.document.text)) for b in found.document.blocks]
    assert items[1:] == [
        (
            "\u2022",
            "rise at the same hour each day, whether one has slept enough in the night or not, "
            "and go out;",
        ),
        ("\u2022", "drink no coffee in the evening."),
        ("1.", "First step."),
        ("2.", "Second step."),
        ("3.", "A lonely number that is far below."),
    ]


def test_text_that_stands_left_of_an_item_is_no_part_of_it(tmp_path: Path) -> None:
    texts = [
        *column(60, 760, BODY),
        Text(80, 660, "• an item that goes on in the next"),
        Text(88, 648, "line"),
        Text(60, 636, "which is not so of this, for it stands at the left;"),
        Text(80, 624, "• an item"),
        Text(60, 612, "and all else goes on as it does."),
        *column(60, 588, "• an item whose next lines stand|as far left as its sign;"),
    ]
    document = article(tmp_path, texts).document
    assert [block.span.cut(document.text) for block in document.blocks[1:]] == [
        "an item that goes on in the next line",
        "which is not so of this, for it stands at the left;",
        "an item",
        "and all else goes on as it does.",
        "an item whose next lines stand as far left as its sign;",
    ]


def referring(tmp_path: Path, marks: list[Text], entries: tuple[str, ...] = REFERENCES) -> Document:
    texts = [
        *column(60, 780, BODY),
        *marks,
        Text(60, 600, "References", 12, "bold"),
        *[Text(60, 580 - 12 * i, entry) for i, entry in enumerate(entries)],
    ]
    return article(tmp_path, texts).document


def test_raised_numbers_are_marks_of_references(tmp_path: Path) -> None:
    document = referring(
        tmp_path,
        [
            Text(60, 640, "This was known"),
            Text(127.5, 644, "1,2", 6),
            Text(60, 620, "and so was this, of CO"),
            Text(163, 618, "2", 6),
            Text(167, 620, ", too."),
            Text(194, 624, "3", 6),
        ],
    )
    assert [(r.label, r.span.cut(document.text)[:7]) for r in document.references] == [
        ("1", "Brown A"),
        ("2", "Finch E"),
        ("3", "Grey F,"),
    ]
    assert document.references[1].doi == "10.1000/hill.14"
    assert document.references[2].pmid == "1234567"
    marks = [(m.kind, m.span.cut(document.text), m.target) for m in document.marks]
    assert marks == [
        ("reference_mark", "1,2", "1 2"),
        ("sub", "2", ""),
        ("reference_mark", "3", "3"),
    ]
    assert document.sections[-1].kind == "references"


def test_numbers_in_brackets_are_marks_of_references(tmp_path: Path) -> None:
    document = referring(tmp_path, [Text(60, 640, "This was known [1-3] and so was this [2].")])
    assert [m.target for m in document.marks if m.kind == "reference_mark"] == ["1 2 3", "2"]


def test_references_without_numbers_are_parted_by_their_hanging_lines(tmp_path: Path) -> None:
    texts = [
        *column(60, 780, BODY),
        Text(60, 600, "References", 12, "bold"),
        Text(
            60,
            580,
            "Brown A, Dorn C. Sleep and the hour of rising, and what is known of both. J Rest.",
        ),
        Text(75, 568, "2011;4:12-18."),
        Text(
            60,
            556,
            "Finch E. Diaries of those who sleep badly, and who reads them. Lancaster: Hill &",
        ),
        Text(75, 544, "Sons; 2014. doi: 10.1000/hill.14"),
    ]
    document = article(tmp_path, texts).document
    assert [r.span.cut(document.text)[-9:] for r in document.references] == [
        ";4:12-18.",
        "0/hill.14",
    ]


def test_a_section_that_is_no_list_of_references_stays_text(tmp_path: Path) -> None:
    texts = [
        *column(60, 780, BODY),
        Text(60, 600, "Sources", 12, "bold"),
        *column(60, 580, BODY),
    ]
    document = article(tmp_path, texts).document
    assert document.references == ()
    assert document.sections[-1].title == "Sources"


def test_type_inside_a_paragraph_is_marked(tmp_path: Path) -> None:
    texts = [
        Text(60, 700, "Plain and"),
        Text(106, 700, "bold words", 10, "bold"),
        Text(163, 700, "and"),
        Text(183, 700, "leaning", 10, "italic"),
        Text(220, 700, "ones, and then more of the plain ones."),
    ]
    document = article(tmp_path, texts).document
    assert [(m.kind, m.span.cut(document.text)) for m in document.marks] == [
        ("strong", "bold words"),
        ("emphasis", "leaning"),
    ]


def test_text_that_stands_upright_comes_after_the_rest(tmp_path: Path) -> None:
    texts = [Text(20, 300, "Up the margin", turned=True), *column(60, 700, BODY)]
    document = article(tmp_path, texts).document
    assert document.text.endswith("Up the margin")


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(tmp_path: Path, rotation: int) -> None:
    turned = Sheet([*column(50, 700, LEFT), *column(320, 700, RIGHT)], extra=f"/Rotate {rotation}")
    found = reading(tmp_path, pdf([turned]))
    made = pages(found)
    assert found.document.text.split() == f"{LEFT}|{RIGHT}".replace("|", " ").split()
    assert made.pages[0].rotation == rotation


def test_the_doi_of_the_first_page_is_the_documents(tmp_path: Path) -> None:
    texts = [*column(60, 700, BODY), Text(60, 30, "https://doi.org/10.1000/rest.77. All rights")]
    assert article(tmp_path, texts).document.publication.doi == "10.1000/rest.77"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Received 2 May 2014. Published online: 12 March 2015", "2015-03-12"),
        ("Published 2015-03-12", "2015-03-12"),
        ("Published by the press. © The Authors 2016", "2016"),
        ("Copyright © 2017 by us", "2017"),
        ("In 2018 we asked", ""),
    ],
)
def test_the_first_page_says_when_it_was_published(tmp_path: Path, line: str, date: str) -> None:
    texts = [*column(60, 700, BODY), Text(60, 60, line)]
    assert article(tmp_path, texts).document.publication.published == date


def test_the_doi_of_a_reference_is_not_the_documents(tmp_path: Path) -> None:
    assert referring(tmp_path, []).publication.doi == ""
    inside = [*column(60, 500, BODY), Text(60, 380, "see doi 10.1000/other.1 and others")]
    assert article(tmp_path, inside).document.publication.doi == ""


@pytest.mark.parametrize(
    ("told", "title", "printed"),
    [
        ("Rising at one hour and sleeping badly", "Rising at one hour and sleeping badly", []),
        ("Great News of Sleep: a weekly", "Great News of Sleep: a weekly", ["Great News of Sleep"]),
        ("A template for letters", "Great News of Sleep", ["Great News of Sleep"]),
        ("Untitled 1", "Great News of Sleep", ["Great News of Sleep"]),
        ("Document 7", "Great News of Sleep", ["Great News of Sleep"]),
        ("Documents of sleep: a weekly", "Great News of Sleep", ["Great News of Sleep"]),
    ],
)
def test_the_title_is_told_or_the_largest(
    tmp_path: Path, told: str, title: str, printed: list[str]
) -> None:
    texts = [
        Text(60, 790, "Great News of Sleep", 24, "bold"),
        Text(60, 760, "Rising at one hour", 14),
        Text(60, 730, "and sleeping badly", 14),
        *column(60, 700, BODY),
    ]
    document = article(tmp_path, texts, info=f"/Title ({told})").document
    assert document.title == title
    assert blocks(document, "title") == printed


def test_many_pages_with_chapters_are_a_book(tmp_path: Path) -> None:
    sheets = [Sheet([Text(60, 700, "ISBN 1")]), *[Sheet([Text(60, 700, "Words.")])] * 60]
    assert reading(tmp_path, pdf(sheets)).document.kind == "book"
    assert reading(tmp_path, pdf(sheets[1:])).document.kind == "article"


def test_what_is_typed_into_a_form_is_text(tmp_path: Path) -> None:
    widget = (
        "/Annots [<< /Type /Annot /Subtype /FreeText /Rect [60 600 260 620] /F 4 "
        "/DA (/F1 10 Tf) /Contents (typed) /AP << /N 100 0 R >> >>]"
    )
    drawn = "BT /F1 10 Tf 2 5 Td (Typed words) Tj ET"
    form = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] "
        "/Resources << /Font << /F1 3 0 R >> >> "
        f"/Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
    )
    found = reading(tmp_path, pdf([Sheet([Text(60, 700, "Words.")], extra=widget)], objects=[form]))
    assert blocks(found.document, "paragraph") == ["Words.", "Typed words"]
    pages(found)


def test_headings_that_count_with_the_pages_are_no_running_heads(tmp_path: Path) -> None:
    sheets = [Sheet(column(60, 700, BODY))]
    for number, name in ((1, "Rising"), (2, "Coffee")):
        sheets.append(
            Sheet([Text(60, 780, f"{number} {name}", 16, "bold"), *column(60, 750, BODY)])
        )
    made = reading(tmp_path, pdf(sheets)).document
    assert outline(made) == [(1, "1", "Rising"), (1, "2", "Coffee")]


def test_a_first_section_as_large_as_the_title_is_none_of_it(tmp_path: Path) -> None:
    made = article(
        tmp_path,
        [
            Text(120, 780, "Sleep and the hour of rising", 18, "bold"),
            Text(60, 752, "1 Introduction", 18, "bold"),
            *column(60, 730, BODY),
            Text(60, 620, "2 Coffee", 18, "bold"),
            *column(60, 600, BODY),
        ],
    ).document
    assert made.title == "Sleep and the hour of rising"
    assert outline(made) == [(1, "1", "Introduction"), (1, "2", "Coffee")]


def test_lines_of_printed_contents_stay_lines(tmp_path: Path) -> None:
    dots = "." * 40
    texts = [Text(60, 780, f"1 Rising {dots} 2"), Text(60, 768, f"2 Coffee {dots} 3")]
    made = article(tmp_path, [*texts, *column(60, 700, BODY)]).document
    assert blocks(made, "paragraph")[:2] == [f"1 Rising {dots} 2", f"2 Coffee {dots} 3"]


def test_items_set_apart_and_numbers_after_bullets_are_items(tmp_path: Path) -> None:
    words = ("• at six", "• at seven", "1. with coffee", "2. without it")
    items = [Text(60, 780 - 18 * i, one) for i, one in enumerate(words)]
    made = article(tmp_path, [*items, *column(60, 708, BODY)]).document
    assert blocks(made, "list_item") == ["at six", "at seven", "with coffee", "without it"]


def test_short_lines_that_end_by_hand_stay_lines(tmp_path: Path) -> None:
    short = [Text(60, 700 - 12 * i, one) for i, one in enumerate(("A 5 mg", "B 6 mg", "C 7 mg"))]
    made = article(tmp_path, [*column(60, 810, BODY), *short, *column(60, 650, BODY)]).document
    assert blocks(made, "paragraph")[1:4] == ["A 5 mg", "B 6 mg", "C 7 mg"]


def test_a_short_line_before_a_number_or_small_letter_goes_on(tmp_path: Path) -> None:
    for more in ("5 to 7 in the morning.", "and so on until noon."):
        lines = [Text(60, 700, "They rose from"), Text(60, 688, more)]
        texts = [*column(60, 810, BODY), *lines, *column(60, 650, BODY)]
        made = article(tmp_path, texts).document
        assert f"They rose from {more}" in blocks(made, "paragraph")


def test_lines_of_two_columns_that_pages_repeat_stay_in_their_paragraphs(tmp_path: Path) -> None:
    again = "for results of cultures when the patient"
    sheets = [
        Sheet(
            [
                *column(50, 800, f"{again}|is {how}. {LEFT}"),
                *column(320, 800, f"{again}|is {how}."),
                *column(320, 720, RIGHT),
            ]
        )
        for how in ("asleep", "in pain")
    ]
    made = reading(tmp_path, pdf(sheets)).document
    assert made.text.count(again) == 4
