from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.rtf.read import read
from reader.model.document import Document
from reader.problem import Problem


def document_of(folder: Path, content: str | bytes) -> Document:
    path = folder / "a.rtf"
    path.write_bytes(content.encode("latin-1") if isinstance(content, str) else content)
    return read(path).document


def refused(folder: Path, content: str | bytes) -> str:
    with pytest.raises(Problem) as caught:
        document_of(folder, content)
    return caught.value.sentence


def test_paragraphs_are_read(tmp_path: Path) -> None:
    found = document_of(tmp_path, r"{\rtf1\ansi One line.\par Another {\b line}.\par}")
    assert [found.text[b.span.start : b.span.end] for b in found.blocks] == [
        "One line.",
        "Another line.",
    ]
    assert found.importer.startswith("rtf/")
    assert found.source == "a.rtf"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (r"{\rtf1\ansi\ansicpg1252 caf\'e9 costs.}", "café costs."),
        (r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8 words.}", "При words."),
        (r"{\rtf1\ansi\uc1 \u945? and \u8804?30 words.}", "α and ≤30 words."),
        (r"{\rtf1\ansi A\~B \endash  C words.}", "A\u00a0B – C words."),
    ],
)
def test_characters_are_read_as_meant(tmp_path: Path, written: str, read_as: str) -> None:
    assert document_of(tmp_path, written).text == read_as


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"words", "is no RTF file"),
        (b"{\\rtf1}", "holds no text"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refused(tmp_path, content)


@pytest.mark.parametrize(
    "content",
    [
        "{\\rtf1 words" + "{" * 100_000,
        "{\\rtf1 words" + "}" * 100_000,
        "{\\rtf1\\u99999999999? words that follow",
        "{\\rtf1 \\bin99999999 words",
        "{\\rtf1\\'zz\\'",
    ],
)
def test_hostile_files_end_in_a_document_or_a_sentence(tmp_path: Path, content: str) -> None:
    try:
        assert document_of(tmp_path, content).text
    except Problem as problem:
        assert problem.sentence.startswith("“a.rtf”")


def test_signs_that_no_text_holds_are_dropped(tmp_path: Path) -> None:
    content = b"{\\rtf1 a\\'01b{\\mmath{\\*\\moMath{\\mr x\\'02\\line y}}} \\u-10179?c\\par{\\b Z}}"
    assert document_of(tmp_path, content).text == "abx y �c\nZ"


def test_words_that_are_written_twice_are_read_in_unicode(tmp_path: Path) -> None:
    twice = r"{\upr{Give {\b > } 5 mg}{\*\ud{Give {\b \u8805? } 5 mg}}}"
    found = document_of(tmp_path, r"{\rtf1\ansi\uc1 First. " + twice + r" daily.\par}")
    assert found.text == "First. Give ≥ 5 mg daily."
    assert found.left_out == ()


@pytest.mark.parametrize("other", ["", r"{\*\ud}", r"{\*\ud{\bin3 \u1}}", r"{\*\ud{ }}"])
def test_words_that_should_be_written_twice_and_are_not_are_read(
    other: str, tmp_path: Path
) -> None:
    once = r"{\*\upr{Give {\b 5 mg}}" + other + "}"
    found = document_of(tmp_path, r"{\rtf1\ansi First. " + once + r" daily.\par}")
    assert found.text == "First. Give 5 mg daily."


def test_each_of_two_pairs_of_words_is_read_once(tmp_path: Path) -> None:
    inner = r"{\upr{>}{\*\ud \u8805?}}"
    twice = r"{\upr{Give " + inner + r" 5}{\*\ud Give " + inner + r" \'35}} mg {\upr{at night}}"
    assert document_of(tmp_path, r"{\rtf1\uc1 " + twice + r".\par}").text == "Give ≥ 5 mg at night."


def test_tables_are_counted_and_what_cannot_be_found_leaves_a_sign(tmp_path: Path) -> None:
    counted = r"{\field{\*\fldinst SEQ Table}}, {\field{\*\fldinst SEQ Table}{\fldrslt 2}}, "
    other = r"{\field{\*\fldinst SEQ Table}{\fldrslt }}, {\field{\*\fldinst REF dose}}"
    empty = r"{\field{\*\fldinst REF gone}{\fldrslt }}"
    found = document_of(tmp_path, r"{\rtf1 No. " + counted + other + empty + r" mg.\par}")
    assert found.text == "No. 1, 2, 3, [REF] mg."
