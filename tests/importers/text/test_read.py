"""Plain text becomes sections, lists, references and marks, by rules that hold in general."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers.text.read import read, read_text
from reader.model.document import Document
from reader.problem import Problem

SENTENCE = "This sentence was written only to be long enough that nobody takes it for a heading of any sort. "  # noqa: E501
PARAGRAPH = SENTENCE * 2


def document(text: str) -> Document:
    return read_text(text, document_id="0" * 64, source="a.txt")


def outline(text: str) -> list[tuple[int, str | None, str]]:
    return [(s.level, s.number, s.title) for s in document(text).sections]


def test_the_real_article_is_read_exactly(seed: Path) -> None:
    made = read(seed).document
    expected = json.loads((seed.parent / "expected-outline.json").read_text(encoding="utf-8"))
    assert [
        {"level": s.level, "number": s.number, "title": s.title} for s in made.sections
    ] == expected["sections"]
    assert "ketamine" in made.title.lower()
    assert len(made.references) == expected["references"]
    assert [r.label for r in made.references] == list("123456")
    assert not any("↩" in r.span.cut(made.text) for r in made.references)
    marks = [m for m in made.marks if m.kind == "reference_mark"]
    for mark, wanted in zip(marks, expected["reference_marks"], strict=True):
        assert mark.span.cut(made.text) == wanted["label"] == mark.target
        around = (made.text[: mark.span.start], made.text[mark.span.end :])
        assert around[0].endswith(wanted["word"]) or around[1].startswith(wanted["word"])
    for section in made.sections:
        if section.title in expected["list_items_under"]:
            items = [
                b for b in made.blocks if b.kind == "list_item" and section.span.covers(b.span)
            ]
            assert len(items) == expected["list_items_under"][section.title]
    for word, count in expected["find"].items():
        assert made.text.count(word) == count
    assert "Table of Contents" not in made.text
    assert "Last Updated" not in made.text


def test_numbers_give_levels_and_stay_out_of_the_text() -> None:
    text = "\n".join(
        [
            "1. Introduction",
            PARAGRAPH,
            "2. Methods",
            PARAGRAPH,
            "2.1 Patients",
            PARAGRAPH,
            "2.1.1 Who was left out",
            PARAGRAPH,
            "3. Results",
            PARAGRAPH,
        ]
    )
    assert outline(text) == [
        (1, "1", "Introduction"),
        (1, "2", "Methods"),
        (2, "2.1", "Patients"),
        (3, "2.1.1", "Who was left out"),
        (1, "3", "Results"),
    ]
    assert "2.1" not in document(text).text


def test_words_of_a_journal_make_headings_without_numbers() -> None:
    lines = ["A Small Trial of Something", "Abstract", PARAGRAPH, "Methods", PARAGRAPH]
    lines += ["Study Population", PARAGRAPH, "Results", PARAGRAPH, "Discussion", PARAGRAPH]
    assert outline("\n\n".join(lines)) == [
        (1, None, "Abstract"),
        (1, None, "Methods"),
        (2, None, "Study Population"),
        (1, None, "Results"),
        (1, None, "Discussion"),
    ]
    assert document("\n\n".join(lines)).title == "A Small Trial of Something"


def test_successive_numbers_are_a_list_and_numbers_with_text_between_are_headings() -> None:
    text = f"{PARAGRAPH}\n1. Rest\n2. Water\n3. A quiet room\n{PARAGRAPH}"
    made = document(text)
    assert not made.sections
    items = [(b.label, b.span.cut(made.text)) for b in made.blocks if b.kind == "list_item"]
    assert items == [("1.", "Rest"), ("2.", "Water"), ("3.", "A quiet room")]


def test_captions_addresses_and_citations_are_no_headings() -> None:
    lines = [
        PARAGRAPH,
        "Table 2 Doses Used in the Trials",
        PARAGRAPH,
        "https://example.org/Some/Page",
    ]
    lines += [PARAGRAPH, "ends with a comma,", PARAGRAPH, "Table 3. Weights", PARAGRAPH]
    assert outline("\n".join(lines)) == []


def test_questions_under_faq_are_headings_and_answers_keep_their_label_apart() -> None:
    text = "\n".join(
        [
            "About a Drug",
            PARAGRAPH,
            "Dosing and Handling",
            PARAGRAPH,
            "Frequently Asked Questions",
            "Is it safe?",
            "A. It is, as far as anybody knows at the time of writing this down for a test.",
            "what does it cost?",
            "Nothing is known about that.",
        ]
    )
    made = document(text)
    kinds = [(s.level, s.title, s.kind) for s in made.sections][-3:]
    assert kinds == [
        (1, "Frequently Asked Questions", "faq"),
        (2, "Is it safe?", "question"),
        (2, "what does it cost?", "question"),
    ]
    answers = [(b.label, b.span.cut(made.text)[:5]) for b in made.blocks if b.kind == "answer"]
    assert answers == [("A.", "It is"), ("", "Nothi")]


CITED = [
    "1. Miller A, Okafor B, et al. A trial of nothing. J Imag Med 2019; 12(3): 44-51.",
    "2. Sato C. Another trial of nothing. J Imag Med 2020; 13: 1-9. doi:10.1000/xyz.123 ↩︎",
    "3. Weiss D, Brandt E. Nothing revisited. Imag Lancet 2021; 14(2): 100-110.",
]


def test_references_are_found_with_labels_and_identifiers() -> None:
    text = "\n".join(["Some Title", PARAGRAPH, "Findings", PARAGRAPH, "References", *CITED])
    made = document(text)
    assert [(r.label, r.doi) for r in made.references] == [
        ("1", ""),
        ("2", "10.1000/xyz.123"),
        ("3", ""),
    ]
    assert made.sections[-1].kind == "references"
    assert not made.references[0].span.cut(made.text).startswith("1.")


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("As shown before [1, 3] and again [2].", ["1 3", "2"]),
        ("As shown in all of them [1–3].", ["1 2 3"]),
        ("As shown¹ before and then² once more³ here.", ["1", "2", "3"]),
        ("As 1shown before, and then2, and in a third place3.", ["1", "2", "3"]),
        ("Foxp3 and Foxp3 and Foxp3 cells with GLP1 at 5mg on the 2nd day.", []),
        ("The height was 10² m and the area 12 m².", []),
        ("It was given [7] although there is no such reference.", []),
    ],
)
def test_reference_marks(body: str, labels: list[str]) -> None:
    text = "\n".join(["Some Title", PARAGRAPH + body, PARAGRAPH, "References", *CITED])
    made = document(text)
    assert [m.target for m in made.marks if m.kind == "reference_mark"] == labels


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "A TITLE OF A REPORT\n\nThe first paragraph of this report runs over several\n"
        "lines, because the program that wrote it broke them at\na fixed width that was thought "
        "to be easy\nto read at that time.\n\nThe second paragraph is shorter and it was\n"
        "also broken by that program.\n"
    )
    paragraphs = [b.span.cut(document(text).text) for b in document(text).blocks[1:]]
    assert paragraphs[0].endswith("easy to read at that time.")
    assert len(paragraphs) == 2


def test_furniture_becomes_metadata() -> None:
    text = "\n".join(
        [
            "A Title Here",
            "By Jane Roe and Ann Lee",
            "Published on March 4, 2021",
            "Share on Facebook",
        ]
        + [PARAGRAPH, PARAGRAPH, "Last updated: 5 May 2022"]
    )
    made = document(text)
    assert made.authors == ("Jane Roe", "Ann Lee")
    assert (made.publication.published, made.publication.updated) == ("2021-03-04", "2022-05-05")
    assert made.text.startswith("A Title Here\nThis sentence")
    assert made.language == "en"


def test_a_printed_table_of_contents_is_left_out() -> None:
    heads = ["The First Matter", "The Second Matter", "The Third Matter"]
    lines = ["Contents", *(f"{head} ..... {n}" for n, head in enumerate(heads)), PARAGRAPH]
    for head in heads:
        lines += [head, PARAGRAPH]
    assert [title for _, _, title in outline("\n".join(lines))] == heads


def test_a_text_without_a_title_gets_a_headline() -> None:
    assert document(f"{PARAGRAPH}\nOn The Use Of Sentences\n{PARAGRAPH}").title == (
        "On The Use Of Sentences"
    )
    assert document(PARAGRAPH).title.endswith("…")
    assert len(document(PARAGRAPH).title) < 100


def test_an_empty_text_is_an_empty_document() -> None:
    assert document("\n \n").text == ""
    assert document("").title == "a"


@given(st.text(st.characters(codec="utf-8"), max_size=600))
def test_any_text_gives_ordered_sound_spans(text: str) -> None:
    made = document(text)
    ends = 0
    for block in made.blocks:
        assert ends <= block.span.start <= block.span.end <= len(made.text)
        ends = block.span.end
    for mark in made.marks:
        assert mark.span.cut(made.text).isprintable()
    for section in made.sections:
        assert section.span.cut(made.text).startswith(section.title)


@given(
    st.lists(st.sampled_from([PARAGRAPH, "Methods", "1. One", "2. Two", "- a point", "", *CITED]))
)
def test_no_words_are_lost(lines: list[str]) -> None:
    made = document("\n".join(lines))
    for line in lines:
        for word in line.lstrip("-123. ").split():
            assert word.strip("↩︎") in made.text or line in made.title


def test_a_file_is_read_with_its_hash_and_name(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("Über das Schlafen und die Ruhe der Kranken und das Wachen.".encode("cp1252"))
    made = read(path).document
    assert made.source == "note.txt"
    assert len(made.id) == 64
    assert made.text.startswith("Über")


def test_an_empty_file_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    with pytest.raises(Problem, match="is empty"):
        read(path)


@pytest.mark.parametrize(
    "lines",
    [
        ["Give one shock.", "Resume for 2 minutes.", "Give one shock.", "Resume for 2 minutes."],
        ["Cycle 1", "Drug A 65 mg", "Drug B 8 mg", "Cycle 2", "Drug A 85 mg", "Drug B 8 mg"],
        ["Wash", "Rinse", "Dry", "Look", "Wash", "Rinse", "Dry"],
    ],
)
def test_lines_that_come_again_are_no_printed_contents(lines: list[str]) -> None:
    made = document("A Protocol\n\n" + "\n\n".join(lines))
    assert made.text.split("\n")[1:] == lines
    assert not made.left_out


@pytest.mark.parametrize(
    "line",
    [
        "Follow with 500 ml of saline",
        "Tap the tendon lightly",
        "Scroll compression of the nerve",
        "Print the wristband",
        "Modified release tablets",
        "Like the other drugs of its class",
        "Next dose at noon",
    ],
)
def test_a_line_that_only_begins_like_a_menu_stays(line: str) -> None:
    assert line in document(f"{line}\n{PARAGRAPH}\n{PARAGRAPH}").text


def test_what_is_left_out_is_listed_with_its_reason() -> None:
    text = f"A Title of Some Words\nBy Ann Lee\nShare this article\n{PARAGRAPH}\n{PARAGRAPH}"
    made = document(f"{text}\nLast updated on 3 May 2021\nBack to top")
    assert [(one.reason, one.words) for one in made.left_out] == [
        ("by-line", "By Ann Lee"),
        ("menu", "Share this article"),
        ("by-line", "Last updated on 3 May 2021"),
        ("menu", "Back to top"),
    ]
    assert made.left_out[0].at < made.left_out[2].at


def test_printed_contents_are_listed_too() -> None:
    heads = ["The First Matter", "The Second Matter", "The Third Matter"]
    lines = [*(f"{head} ..... {n}" for n, head in enumerate(heads)), PARAGRAPH]
    for head in heads:
        lines += [head, PARAGRAPH]
    reasons = [one.reason for one in document("\n".join(lines)).left_out]
    assert reasons == ["printed contents"] * 3


def wrapped(*lines: str) -> str:
    """A hard-wrapped text with enough lines to be known as such."""
    more = ["these words go on over the end of each of the lines that", "follow here and"] * 6
    return "\n".join(["Some words of a text that was wrapped at a fixed width and", *more, *lines])


def test_a_number_at_the_beginning_of_a_wrapped_line_is_no_item() -> None:
    made = document(
        wrapped("then start an infusion at a rate that is set by weight, of", "18. Then.")
    )
    assert "of 18. Then." in made.text
    assert not [b for b in made.blocks if b.kind == "list_item"]


def test_a_minus_at_the_beginning_of_a_wrapped_line_is_no_bullet() -> None:
    made = document(
        wrapped(
            "the lowest of all temperatures that were ever seen was under", "- 5 degrees in one."
        )
    )
    assert "under - 5 degrees" in made.text


def test_hyphens_at_line_ends_go_where_the_text_has_the_whole_word() -> None:
    made = document(
        wrapped(
            "warfarin is given to some, and to others no drug such as warf-",
            "arin, or non-",
            "inferior IL-",
            "6 blockers of 10-",
            "20 mg.",
        )
    )
    assert "such as warfarin, or non-inferior IL-6 blockers of 10-20 mg." in made.text
    assert not made.left_out


def test_the_word_chapter_is_part_of_a_printed_number() -> None:
    text = "\n".join(["Chapter 1: Doses", PARAGRAPH, "Chapter 2: Harms", PARAGRAPH])
    assert outline(text) == [(1, "Chapter 1", "Doses"), (1, "Chapter 2", "Harms")]


def test_a_heading_keeps_the_colon_that_is_printed_after_it() -> None:
    made = document(f"A long title\nMethods:\n{PARAGRAPH}\nResults:\n{PARAGRAPH}\n")
    assert [s.title for s in made.sections] == ["Methods:", "Results:"]
    assert "\nMethods:\n" in made.text


@pytest.mark.parametrize("sign", ["* * *", "* * * *", "- - -", "• • •"])
def test_signs_that_part_a_text_are_no_item_of_a_list(sign: str) -> None:
    made = document(f"{PARAGRAPH}\n\n{sign}\n\n{PARAGRAPH}\n\n* Water\n* Salt\n")
    assert [b.span.cut(made.text) for b in made.blocks if b.kind == "list_item"] == [
        "Water",
        "Salt",
    ]
