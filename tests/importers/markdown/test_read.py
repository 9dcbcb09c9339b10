"""Markdown becomes the same model as everything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers.common.companions import beside
from reader.importers.markdown.front_matter import front_matter
from reader.importers.markdown.read import read
from reader.importers.result import ImportResult
from reader.model.document import Document
from reader.model.plain_text import plain_text
from reader.model.span import Span
from reader.paths import seeds
from reader.problem import Problem

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="320"><rect width="9"/></svg>'


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def writing(text: str, name: str = "a.md") -> ImportResult:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read(path, beside(path))

    return writing


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, b.span.cut(document.text)) for b in document.blocks]


def test_front_matter_is_metadata(write) -> None:  # type: ignore[no-untyped-def]
    text = (
        '---\ntitle: "A Title"\nauthors:\n  - Ann Lee\n  - Bo Wu\ndate: 2024-05-06\nlang: en\n'
        "tags: [x, y]\n---\nSome words.\n"
    )
    made = write(text).document
    assert (made.title, made.authors, made.publication.published) == (
        "A Title",
        ("Ann Lee", "Bo Wu"),
        "2024-05-06",
    )
    assert made.language == "en"
    assert made.text == "Some words."
    assert front_matter("no front matter") == ({}, "no front matter")
    assert front_matter("---\nauthors: [A, B]\n---\nx")[0]["authors"] == ("A", "B")


def test_a_lone_top_heading_is_the_title_and_numbers_are_taken_off(write) -> None:  # type: ignore[no-untyped-def]
    made = write("# The Title\n\n## 1. First\n\ntext\n\n### 1.1 Inner\n\n## 2. Second\n").document
    assert made.title == "The Title"
    assert kinds(made)[0] == ("title", "The Title")
    assert [(s.level, s.number, s.title) for s in made.sections] == [
        (1, "1", "First"),
        (2, "1.1", "Inner"),
        (1, "2", "Second"),
    ]


def test_lists_quotes_code_and_marks(write) -> None:  # type: ignore[no-untyped-def]
    text = (
        "- one\n- two\n  1. inner\n  2. more\n\n> quoted *words*\n\n```\ncode  kept\n  as it is\n```\n\n"  # noqa: E501
        "A **strong** word, `code`, and [a link](https://example.org/x).\n"
    )
    made = write(text).document
    assert [(b.kind, b.depth, b.label) for b in made.blocks] == [
        ("list_item", 0, "•"),
        ("list_item", 0, "•"),
        ("list_item", 1, "1."),
        ("list_item", 1, "2."),
        ("quote", 0, ""),
        ("preformatted", 0, ""),
        ("paragraph", 0, ""),
    ]
    assert "code  kept\n  as it is" in made.text
    assert [(m.kind, m.span.cut(made.text), m.target) for m in made.marks] == [
        ("emphasis", "words", ""),
        ("strong", "strong", ""),
        ("code", "code", ""),
        ("link", "a link", "https://example.org/x"),
    ]


def test_a_table_takes_the_caption_before_it(write) -> None:  # type: ignore[no-untyped-def]
    made = write("**Table 1.** Doses.\n\n| Drug | mg |\n|---|---|\n| A | 1 |\n| B | 2 |\n").document
    (table,) = made.tables
    assert table.caption is not None
    assert table.caption.cut(made.text) == "Table 1. Doses."
    assert [(c.row, c.column, c.header, c.span.cut(made.text)) for c in table.cells] == [
        (0, 0, True, "Drug"),
        (0, 1, True, "mg"),
        (1, 0, False, "A"),
        (1, 1, False, "1"),
        (2, 0, False, "B"),
        (2, 1, False, "2"),
    ]
    assert made.text == "Table 1. Doses.\nDrug\tmg\nA\t1\nB\t2"


def test_pictures_come_from_beside_the_file_only(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "one.svg").write_text(SVG, encoding="utf-8")
    (tmp_path.parent / "outside.svg").write_text(SVG, encoding="utf-8")
    reading = write(
        "![what it shows](one.svg)\n\n*Figure 1. A caption.*\n\n![climbs](../outside.svg)\n\n"
        "![far](https://example.org/far.png)\n"
    )
    made = reading.document
    first, climbing, remote = made.figures
    assert first.alternative == "what it shows"
    assert (first.width_px, first.height_px) == (640, 320)
    assert first.caption is not None
    assert first.caption.cut(made.text) == "Figure 1. A caption."
    assert list(reading.assets) == [first.asset]
    assert climbing.asset == remote.asset == ""


def test_references_and_their_marks(write) -> None:  # type: ignore[no-untyped-def]
    text = "# T\n\nShown [1], *again* [1, 2].\n\n`x[1]`\n\n## References\n\n1. First one.\n2. Second.\n"  # noqa: E501
    made = write(text).document
    assert [(r.label, r.span.cut(made.text)) for r in made.references] == [
        ("1", "First one."),
        ("2", "Second."),
    ]
    marks = [(m.target, m.span.cut(made.text)) for m in made.marks if m.kind == "reference_mark"]
    assert marks == [("1", "[1]"), ("1 2", "[1, 2]")]
    assert made.sections[-1].kind == "references"


def test_footnotes_are_notes_and_their_marks_lead_there(write) -> None:  # type: ignore[no-untyped-def]
    made = write("A claim.[^n]\n\n[^n]: What it rests on.\n").document
    (mark,) = [m for m in made.marks if m.kind == "reference_mark"]
    (note,) = [b for b in made.blocks if b.kind == "note"]
    assert note.span.cut(made.text) == "What it rests on."
    assert note.span.holds(int(mark.target[1:]))


def test_html_in_markdown_is_never_markup(write) -> None:  # type: ignore[no-untyped-def]
    made = write("a <script>alert(1)</script> b").document
    assert made.text == "a alert(1) b"


def test_nothing_to_read_is_a_problem(write) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Problem, match="no text"):
        write("---\ntitle: x\n---\n")


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_any_markdown_is_a_document_or_a_problem(tmp_path_factory, text: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("m") / "x.md"
    path.write_text(text, encoding="utf-8")
    try:
        made = read(path).document
    except Problem:
        return
    for block in made.blocks:
        assert 0 <= block.span.start <= block.span.end <= len(made.text)


def test_our_own_documents_are_whole() -> None:
    for path in seeds().glob("*.md"):
        made = read(path, beside(path)).document
        assert made.title
        assert len(made.sections) > 10
        for mark in made.marks:
            if mark.kind == "reference_mark":
                labels = {reference.label for reference in made.references}
                assert labels.issuperset(mark.target.split())
        for figure in made.figures:
            assert figure.asset
            assert figure.caption
            assert figure.alternative


def test_the_specification_of_commonmark_is_read(seed: Path) -> None:
    path = seed.parent.parent / "corpora/markdown/commonmark-spec.txt"
    copy = path.read_bytes().decode()
    assert len(copy) > 100_000
    made = read(path).document
    assert len(made.text) > 0.7 * len(copy)


def plain(made: Document) -> str:
    return plain_text(made, Span(0, len(made.text)))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Below 10^9^/L, CO~2~, Na^+^.", "Below 10⁹/L, CO₂, Na⁺."),
        ("From ~5 mg on day 1 to ~10 mg.", "From ~5 mg on day 1 to ~10 mg."),
        ("Give 5*2*3 mg, then *slowly*.", "Give 5*2*3 mg, then slowly."),
        ("Below $0.5\\times 10^9$ per litre.", "Below 0.5 × 10⁹ per litre."),
        ("It costs $5 and $10, or 3$.", "It costs $5 and $10, or 3$."),
        ("$\\foo{x}$ is unknown.", "$\\foo{x}$ is unknown."),
        ("Take <dose> mg if x<y and z>5.", "Take <dose> mg if x<y and z>5."),
        ("Water <!-- none --> is <b>good</b>.", "Water is good."),
        ("<weight>\n\nThen.", "<weight>\nThen."),
    ],
)
def test_signs_stay_signs(write, source: str, said: str) -> None:  # type: ignore[no-untyped-def]
    made = write(source).document
    assert plain(made) == said
    assert not made.left_out


def test_a_formula_of_its_own_is_read_as_a_line(write) -> None:  # type: ignore[no-untyped-def]
    made = write("Clearance:\n\n$$\n\\frac{a+b}{2}\n$$\n\nEnd.").document
    assert ("formula", "(a + b)/2") in kinds(made)
    unknown = write("$$\n\\foo{x}\n$$\n\nEnd.").document
    assert "\\foo{x}" in unknown.text


def test_tasks_are_boxes(write) -> None:  # type: ignore[no-untyped-def]
    made = write("- [x] consent\n- [ ] allergies\n- [link](#x) words\n- [x]none\n").document
    items = [b.span.cut(made.text) for b in made.blocks if b.kind == "list_item"]
    assert items == ["☑ consent", "☐ allergies", "link words", "[x]none"]


def test_cells_beyond_the_header_are_kept(write) -> None:  # type: ignore[no-untyped-def]
    made = write("| Drug | Dose |\n|---|---|\n| A | 5 mg | daily |\n| B \\| C | 6 mg |\n").document
    (table,) = made.tables
    words = {(c.row, c.column): c.span.cut(made.text) for c in table.cells}
    assert words[1, 2] == "daily"
    assert words[2, 0] == "B | C"


def test_a_line_that_the_rules_take_for_a_definition_is_listed(write) -> None:  # type: ignore[no-untyped-def]
    made = write("Words with a [link][a].\n\n[a]: https://example.org\n[max]: 4g\n").document
    (one,) = made.left_out
    assert (one.reason, one.words) == ("control", "[MAX]: 4g")


def test_front_matter_is_listed_as_hidden(write) -> None:  # type: ignore[no-untyped-def]
    made = write("---\ntitle: T\ndose: 5 mg\n---\nWords.").document
    (one,) = made.left_out
    assert one.reason == "hidden text"
    assert "dose: 5 mg" in one.words


def test_a_note_that_nothing_refers_to_is_left_out_and_listed(write) -> None:  # type: ignore[no-untyped-def]
    document = write("Dose.[^a]\n\n[^a]: At night.\n[^b]: At most **4 g**.\n\n[^c]:\n").document
    assert [b.span.cut(document.text) for b in document.blocks] == ["Dose.[1]", "At night."]
    assert [(o.reason, o.words) for o in document.left_out] == [
        ("hidden text", "[^b]: At most **4 g**.")
    ]


def test_front_matter_in_toml_is_metadata_and_listed(write) -> None:  # type: ignore[no-untyped-def]
    made = write(
        '+++\ntitle = "Sepsis"\nauthors = [\'Ann Lee\', "Bo Ek"]\ndate = 2026-03-01\n'
        "dose = '5 mg'\n"
        "draft = false\n[params]\ndoi = '10.1000/x'\n[[author]]\nname = 'Cy Po'\n+++\n\nWords.\n"
    ).document
    assert (made.text, made.title, made.publication.published) == ("Words.", "Sepsis", "2026-03-01")
    assert made.authors == ("Ann Lee", "Bo Ek", "Cy Po")
    assert made.publication.doi == "10.1000/x"
    (one,) = made.left_out
    assert (one.reason, "dose = '5 mg'" in one.words) == ("hidden text", True)


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("title: 'It''s so'", {"title": "It's so"}),
        (r'title: "\u00c9tude \ud83d\ude00 \ud800\0x"', {"title": "Étude 😀 � x"}),
        ("title: >-\n  Folded\n  words\nlang: no", {"title": "Folded words", "language": "no"}),
        ("title: A trial\n  of aspirin # draft", {"title": "A trial of aspirin"}),
        ("date: 2024-02-31", {"published": "2024-02-31"}),
        ("author: {name: Ann Lee, url: https://x.example}", {"authors": ("Ann Lee",)}),
        ("author:\n- affiliation: X\n  name: Ann Lee", {"authors": ("Ann Lee",)}),
        ("author:\n- name: Ann Lee\n- email: a@x.example", {"authors": ("Ann Lee",)}),
        ("author:\n- given: Ann\n  family: Lee", {"authors": ("Ann Lee",)}),
        ("author:\n\t- Ann Lee\n\t- Bo Wu", {"authors": ("Ann Lee", "Bo Wu")}),
        ("authors: [\n  Ann Lee,\n  Bo Wu\n]", {"authors": ("Ann Lee", "Bo Wu")}),
        ("author: Lee, Ann\nauthor: Wu, Bo", {"authors": ("Lee, Ann", "Wu, Bo")}),
        ("replaces:\n- doi: 10.1000/x", {"replaces": ("10.1000/x",)}),
    ],
)
def test_front_matter_is_yaml(said: str, facts: dict[str, object]) -> None:
    assert front_matter(f"---\n{said}\n---\nWords") == (facts, "Words")


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("title: Aspirin: a trial\nauthor: Ann Lee", {"title": "Aspirin: a trial"}),
        ("title: [a\nauthor: Ann Lee", {"title": "[a"}),
        ("title: @b\nauthor: Ann Lee", {"title": "@b"}),
        ("- c\nauthor: Ann Lee", {}),
        ("Words before it.\nauthor: Ann Lee", {}),
    ],
)
def test_front_matter_that_is_no_yaml_gives_what_its_lines_say(
    said: str, facts: dict[str, object]
) -> None:
    facts["authors"] = ("Ann Lee",)
    assert front_matter(f"---\n{said}\n---\nWords") == (facts, "Words")


@pytest.mark.parametrize(
    "hostile",
    [
        "made: !!python/object/apply:os.system [true]",
        "made: &a [*a]",
        "a: &a [x, x]\n" + "\n".join(f"b{i}: &b{i} [*a, *a]" for i in range(30)) + "\n? *b9\n: x",
        "made: " + "[" * 3000,
        "made: " + "{a: " * 3000,
        "\x00",
    ],
)
def test_hostile_front_matter_runs_nothing_and_ends(hostile: str) -> None:
    facts, rest = front_matter(f"---\n{hostile}\ntitle: T\n---\nWords")
    assert (facts, rest) == ({"title": "T"}, "Words")


def test_plus_signs_around_what_is_no_toml_are_text(write) -> None:  # type: ignore[no-untyped-def]
    made = write("+++\nGive 5 mg.\n+++\nWords.\n").document
    assert "Give 5 mg." in made.text
    assert made.left_out == ()
