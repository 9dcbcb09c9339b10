from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import docx

from reader.exporters.registry import FORMATS
from reader.model.anchoring.selector import describe
from reader.model.span import Span
from tests.exporters.test_formats import a_note, a_notebook
from tests.model.samples import ARTICLE, an_article, place


def test_a_quote_has_its_colour_and_its_note_is_a_comment() -> None:
    document = an_article()
    span = Span(ARTICLE.index("Ketamine blocks"), ARTICLE.index(" within"))
    first = a_note(document, span, 1, note="Which\x00 one?", tags=("dose",), colour="pink")
    second = a_note(document, place(ARTICLE, "Patients must"), 2)
    lost = a_note(document, span, 3, colour="violet", note="a\n\n**b**")
    other = describe(an_article(), span)
    assert other == first.target
    content = FORMATS["docx"].content(a_notebook(first, second, lost, document=document))
    assert isinstance(content, bytes)
    made = docx.Document(BytesIO(content))
    assert made.core_properties.created == datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert texts[0] == "Ketamine in anxiety"
    assert "Background" in texts
    assert "Which one?" in texts
    assert any(text.startswith("[1] Writer A.") for text in texts)
    assert "pink · #dose · 2026-01-02 · open" in texts
    links = [link.address for paragraph in made.paragraphs for link in paragraph.hyperlinks]
    assert links[0] == f"offprint:{document.id}#{first.id}"
    comment, other_comment = made.comments
    assert (comment.text, comment.author) == ("Which one?", "anna")
    assert other_comment.text == "a\n\nb"
    assert len({one.comment_id for one in made.comments}) == 2
    quotes = [p for p in made.paragraphs if p.style is not None and p.style.name == "Quote"]
    assert len(quotes) == 3
    assert all(quote.paragraph_format.keep_with_next for quote in quotes)
    assert {str(p.runs[0].font.highlight_color) for p in quotes} == {
        "PINK (5)",
        "YELLOW (7)",
        "None",
    }


def test_what_is_underlined_is_and_the_page_is_as_before() -> None:
    document = an_article()
    note = a_note(document, place(ARTICLE, "Patients must"), style="underline")
    content = FORMATS["docx"].content(a_notebook(note, document=document))
    assert isinstance(content, bytes)
    made = docx.Document(BytesIO(content))
    (quote,) = (p for p in made.paragraphs if p.style is not None and p.style.name == "Quote")
    assert quote.runs[0].underline
    assert made.element.body[-1].tag.endswith("}sectPr")
