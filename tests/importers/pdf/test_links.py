from __future__ import annotations

from pathlib import Path

from tests.importers.pdf.test_read import reading
from tests.importers.pdf_samples import Sheet, Text, pdf


def marks(tmp_path: Path, *links: str) -> list[tuple[str, str]]:
    """The words and targets of links that lie on the first page, "slept" from 96 to 121."""
    made = " ".join(f"<< /Type /Annot /Subtype /Link {one} >>" for one in links)
    sheets = [
        Sheet([Text(60, 700, "Nobody slept well that night.")], extra=f"/Annots [{made}]"),
        Sheet([Text(60, 700, "First words."), Text(60, 500, "Second words.")]),
        Sheet(),
    ]
    document = reading(tmp_path, pdf(sheets)).document
    return [(m.span.cut(document.text), m.target) for m in document.marks if m.kind == "link"]


def uri(address: str) -> str:
    return f"/Rect [95 695 122 712] /A << /S /URI /URI ({address}) >>"


def test_links_to_the_web_are_marks(tmp_path: Path) -> None:
    assert marks(tmp_path, uri("https://sleep.example/a")) == [("slept", "https://sleep.example/a")]
    assert marks(tmp_path, uri("mailto:ada@sleep.example")) == [
        ("slept", "mailto:ada@sleep.example")
    ]


def test_other_addresses_are_no_links(tmp_path: Path) -> None:
    for address in ("file:///etc/passwd", "javascript:alert\\(1\\)", "https://a b", "", "x" * 3000):
        assert marks(tmp_path, uri(address)) == []


def test_links_inside_the_file_lead_to_the_text_there(tmp_path: Path) -> None:
    text = reading(
        tmp_path, pdf([Sheet([Text(60, 700, "Nobody slept well that night.")])])
    ).document.text
    assert text.startswith("Nobody")
    box = "/Rect [95 695 146 712]"
    found = marks(tmp_path, f"{box} /Dest [12 0 R /XYZ 0 515 null]")
    assert [words for words, _ in found] == ["slept well"]
    ((_, by_action),) = marks(tmp_path, f"{box} /A << /S /GoTo /D [12 0 R /XYZ 0 515 null] >>")
    assert found[0][1] == by_action
    ((_, top),) = marks(tmp_path, f"{box} /Dest [12 0 R /Fit]")
    ((_, empty),) = marks(tmp_path, f"{box} /Dest [14 0 R /Fit]")
    assert int(top[1:]) < int(by_action[1:]) < int(empty[1:])


def test_links_that_lead_nowhere_or_lie_on_nothing_are_left_out(tmp_path: Path) -> None:
    assert marks(tmp_path, "/Rect [95 695 122 712]") == []
    assert marks(tmp_path, "/Rect [95 695 122 712] /Dest [99 /Fit]") == []
    assert marks(tmp_path, "/Rect [95 95 122 112] /Dest [12 0 R /Fit]") == []


def test_of_links_on_the_same_words_the_first_counts(tmp_path: Path) -> None:
    both = (uri("https://sleep.example/a"), uri("https://sleep.example/b"))
    assert marks(tmp_path, *both) == [("slept", "https://sleep.example/a")]
