"""A preview is made of what is written: quotes with their looks, notes, tables, comments."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.exporters.registry import FORMATS
from reader.model.annotation import COLOURS
from reader.model.document import Mark
from reader.model.export.export_set import ExportSet
from reader.model.span import Span
from reader.services.note_export import as_preview
from tests.exporters.test_formats import a_note, a_notebook
from tests.model.samples import ARTICLE, an_article, place

TABLE = "| drug | mg |\n|---|---|\n| <ketamine> | [0.5](https://x.example/) |"
NOTE = f"**Stop** _at_\n\n{TABLE}\n\nK\t1\t0"


def a_small_notebook() -> ExportSet:
    article = an_article()
    looks = [
        Mark("sup", place(ARTICLE, "0.5")),
        Mark("sub", place(ARTICLE, "mg per")),
        Mark("strike", place(ARTICLE, "kg over")),
    ]
    marks = tuple(sorted((*article.marks, *looks), key=lambda mark: mark.span.start))
    document = replace(article, marks=marks)
    spans = [place(ARTICLE, "dose is 0.5 mg per kg over forty"), Span(0, 8), Span(9, 11)]
    notes = [
        a_note(document, span, number, colour=COLOURS[number], note=NOTE if not number else "")
        for number, span in enumerate(spans)
    ]
    notes.append(a_note(document, place(ARTICLE, "stroke"), 8, colour="violet"))
    notes.append(a_note(document, place(ARTICLE, "anxiety"), 9, style="underline"))
    return a_notebook(*notes, document=document)


def test_a_word_file_as_it_looks() -> None:
    page = as_preview("docx", a_small_notebook())
    assert isinstance(page, str)
    for words in (
        "<h1>Ketamine in anxiety</h1>",
        '<span style="background-color: #FFFF66">dose is </span>',
        "<sup>0.5</sup>",
        "<sub>mg per</sub>",
        "<s>kg over</s>",
        "<b>Stop</b>",
        "<i>at</i>",
        "<b>drug</b>",
        "&lt;ketamine&gt;",
        "K&emsp;1&emsp;0",
        "<u>anxiety</u>",
        "background-color: #DDD0FA",
        "<small>[Stop at",
    ):
        assert words in page, words


def test_cards_as_they_look() -> None:
    page = as_preview("anki", a_small_notebook())
    assert isinstance(page, str)
    assert "dose is <sup>0.5</sup> <sub>mg per</sub> <s>kg over</s> forty" in page
    assert "<td>&lt;ketamine&gt;</td>" in page
    assert "K\u20031\u20030" in page


def test_a_pdf_is_shown_as_it_is_written(qapp: object) -> None:
    made = as_preview("pdf", a_small_notebook())
    assert isinstance(made, bytes)
    assert made.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["docx", "anki", "html", "pdf", "markdown"])
def test_what_has_looks_is_read_back(qapp: object, name: str) -> None:
    notebook = a_small_notebook()
    assert FORMATS[name].holds(FORMATS[name].content(notebook), notebook)
