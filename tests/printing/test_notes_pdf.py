"""Notes on paper: every word is there, on pages that PDFium can read."""

from __future__ import annotations

from typing import Any

import pypdfium2

from reader.exporters.registry import FORMATS
from tests.exporters.test_formats import a_note, a_notebook
from tests.model.samples import ARTICLE, an_article, place


def test_notes_as_pdf(qapp: Any) -> None:
    document = an_article()
    notes = [
        a_note(
            document,
            place(ARTICLE, "Patients must"),
            n,
            note=f"Ask on day {n}. It often lifts five.",
        )
        for n in range(60)
    ]
    content = FORMATS["pdf"].content(a_notebook(*notes, document=document))
    assert isinstance(content, bytes)
    opened = pypdfium2.PdfDocument(content)
    assert len(opened) > 1
    words = "".join(page.get_textpage().get_text_range() for page in opened)
    for part in (
        "often lifts five",
        "Ketamine in anxiety",
        "Patients must",
        "Ask on day 0.",
        "Ask on day 59.",
    ):
        assert part in words
    for number, page in enumerate(opened, 1):
        read = " ".join(page.get_textpage().get_text_range().split())
        assert read.endswith(f"{number} of {len(opened)}")
        # No quote is parted from its note by the end of a page.
        assert read.startswith(("Ketamine in anxiety", "Patients must"))
    opened.close()
