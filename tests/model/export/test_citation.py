"""Citations in each style, for documents that say much and little of themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.document import Document, with_details
from reader.model.export.citation import STYLES, cite, key_of, style_of
from reader.model.export.person_name import Name, name_of
from reader.model.publication import Publication

PAPER = Document(
    "d" * 64,
    "Quiet rooms for the night.",
    "",
    authors=("Ada B. Brown", "Carl van der Berg", "Jean-Paul Duval Jr."),
    publication=Publication(
        journal="Journal of Examples",
        volume="12",
        issue="3",
        pages="1-9",
        published="2021-03-04",
        doi="10.1000/q.1",
        pmid="123",
    ),
)
PAGE = Document(
    "e" * 64,
    "Who sleeps?",
    "",
    authors=("World Health Organization",),
    publication=Publication(published="2020", address="https://example.org/sleep"),
)
FILE = Document("f" * 64, "A file without a word of itself", "", source="file.txt")
CHAPTER = Document(
    "c" * 64,
    "Sleep",
    "",
    kind="chapter",
    authors=("Ada B. Brown",),
    publication=Publication(published="2020", journal="Rooms of All Kinds", pages="123-8"),
)
THESIS = with_details(CHAPTER, {"kind": "thesis", "journal": "University of X", "pages": ""})
MANY = with_details(
    PAPER, {"authors": tuple(f"Name{n} A" for n in range(22)), "pages": "e7", "issue": ""}
)


@pytest.mark.parametrize(
    ("document", "style", "said"),
    [
        (PAPER, "vancouver", "Brown AB, van der Berg C, Duval JP Jr. Quiet rooms for the night. "
         "Journal of Examples. 2021;12(3):1-9. doi:10.1000/q.1. PMID: 123"),
        (with_details(PAPER, {"volume": "", "issue": "", "pages": "2039-2045"}), "vancouver",
         "Brown AB, van der Berg C, Duval JP Jr. Quiet rooms for the night. "
         "Journal of Examples. 2021:2039-45. doi:10.1000/q.1. PMID: 123"),
        (with_details(PAPER, {"volume": "", "pages": "2039-45"}), "ama",
         "Brown AB, van der Berg C, Duval JP Jr. Quiet rooms for the night. "
         "Journal of Examples. 2021;(3):2039-2045. doi:10.1000/q.1"),
        (with_details(PAPER, {"volume": "", "issue": "", "published": "", "pages": "7"}), "ama",
         "Brown AB, van der Berg C, Duval JP Jr. Quiet rooms for the night. "
         "Journal of Examples. 7. doi:10.1000/q.1"),
        (CHAPTER, "vancouver", "Brown AB. Sleep. In: Rooms of All Kinds. 2020. p. 123-8."),
        (with_details(CHAPTER, {"pages": ""}), "vancouver",
         "Brown AB. Sleep. In: Rooms of All Kinds. 2020."),
        (CHAPTER, "ama", "Brown AB. Sleep. In: Rooms of All Kinds. 2020:123-128."),
        (CHAPTER, "apa", "Brown, A. B. (2020). Sleep. In Rooms of All Kinds (pp. 123–128)."),
        (with_details(CHAPTER, {"pages": ""}), "apa",
         "Brown, A. B. (2020). Sleep. In Rooms of All Kinds."),
        (CHAPTER, "harvard", "Brown, A.B. (2020) ‘Sleep’, in Rooms of All Kinds, pp. 123–128."),
        (THESIS, "vancouver", "Brown AB. Sleep [dissertation]. University of X; 2020."),
        (THESIS, "ama", "Brown AB. Sleep [dissertation]. University of X. 2020."),
        (THESIS, "apa", "Brown, A. B. (2020). Sleep [Doctoral dissertation, University of X]."),
        (THESIS, "harvard", "Brown, A.B. (2020) Sleep, PhD thesis. University of X."),
        (PAPER, "ama", "Brown AB, van der Berg C, Duval JP Jr. Quiet rooms for the night. "
         "Journal of Examples. 2021;12(3):1-9. doi:10.1000/q.1"),
        (PAPER, "apa", "Brown, A. B., van der Berg, C., & Duval, J.-P., Jr. (2021). Quiet rooms "
         "for the night. Journal of Examples, 12(3), 1–9. https://doi.org/10.1000/q.1"),
        (PAPER, "harvard", "Brown, A.B., van der Berg, C. and Duval, J.-P., Jr. (2021) ‘Quiet "
         "rooms for the night’, Journal of Examples, 12(3), pp. 1–9. doi:10.1000/q.1."),
        (PAPER, "short", "(Brown et al., 2021)"),
        (PAPER, "markdown", "[Brown et al. 2021](https://doi.org/10.1000/q.1)"),
        (PAPER, "bibtex", r"\cite{brown2021quiet}"),
        (PAGE, "vancouver", "World Health Organization. Who sleeps? 2020 [cited 2026 Nov 3]. "
         "Available from: https://example.org/sleep"),
        (PAGE, "ama", "World Health Organization. Who sleeps? 2020. Accessed November 3, 2026. "
         "https://example.org/sleep"),
        (PAGE, "apa", "World Health Organization. (2020). Who sleeps? "
         "https://example.org/sleep"),
        (PAGE, "harvard", "World Health Organization (2020) Who sleeps?. Available at: "
         "https://example.org/sleep (Accessed: 3 November 2026)."),
        (PAGE, "markdown", "[World Health Organization 2020](https://example.org/sleep)"),
        (FILE, "vancouver", "A file without a word of itself. (file.txt)"),
        (FILE, "apa", "A file without a word of itself. (n.d.). (file.txt)"),
        (FILE, "harvard", "A file without a word of itself (no date). (file.txt)"),
        (FILE, "short", "(A file without a word of itself, n.d.)"),
        (FILE, "markdown", "A file without a word of itself n.d."),
        (FILE, "bibtex", r"\cite{anonymousfile}"),
        (replace(FILE, authors=("Brown AB", "Carl Berg")), "short", "(Brown & Berg, n.d.)"),
        (replace(FILE, title="Long title " * 9), "short",
         "(Long title Long title Long title Long t…, n.d.)"),
    ],
)  # fmt: skip
def test_each_style(document: Document, style: str, said: str) -> None:
    assert cite(document, style_of(style), today="2026-11-03").plain == said


def test_many_authors_are_cut_as_each_style_does() -> None:
    assert cite(MANY, "vancouver").plain.startswith(
        "Name0 A, Name1 A, Name2 A, Name3 A, Name4 A, Name5 A, et al. Quiet"
    )
    assert "2021;12:e7." in cite(MANY, "vancouver").plain
    assert cite(MANY, "ama").plain.startswith("Name0 A, Name1 A, Name2 A, et al. Quiet")
    apa = cite(MANY, "apa").plain
    assert "Name18, A., … Name21, A. (2021). " in apa
    assert "Name19" not in apa
    assert ", 12, e7." in apa
    assert cite(MANY, "harvard").plain.startswith("Name0, A. et al. (2021) ‘")
    assert ", 12, p. e7." in cite(MANY, "harvard").plain


def test_italics_are_in_the_html_only() -> None:
    cited = cite(replace(PAPER, title="A < B & C"), "apa")
    assert "<i>Journal of Examples, 12</i>(3)" in cited.html
    assert "A &lt; B &amp; C" in cited.html
    assert "<" in cited.plain
    assert "\x01" not in cited.html + cited.plain
    assert "<i>et al.</i>" in cite(MANY, "harvard").html


def test_the_page_and_the_way_back_are_told() -> None:
    assert cite(PAPER, "vancouver", page="7").plain.endswith("PMID: 123, p. 7.")
    assert cite(PAPER, "short", page="7").plain == "(Brown et al., 2021, p. 7)"
    assert cite(PAPER, "bibtex", page="7").plain == r"\cite[p.~7]{brown2021quiet}"
    linked = cite(replace(PAPER, authors=("[A] *B*",)), "markdown", page="7", link="offprint:x")
    assert linked.plain == r"[\*B\* 2021, p. 7](offprint:x)"


def test_a_letter_stands_behind_the_year() -> None:
    for style, said in (("apa", "(2021b)"), ("harvard", "(2021b)"), ("short", ", 2021b)")):
        assert said in cite(PAPER, style_of(style), letter="b").plain
    assert "(n.d.)" in cite(FILE, "apa", letter="b").plain


def test_a_style_that_is_none_is_vancouver() -> None:
    assert style_of("chicago") == style_of(None) == "vancouver"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Ada B. Brown", Name("Brown", "Ada B.")),
        ("Brown, Ada B.", Name("Brown", "Ada B.")),
        ("Brown AB", Name("Brown", "AB")),
        ("de la Cruz MJ", Name("de la Cruz", "MJ")),
        ("Maria de la Cruz", Name("de la Cruz", "Maria")),
        ("Ludwig van Beethoven, MD, PhD", Name("van Beethoven", "Ludwig")),
        ("Martin King Jr.", Name("King", "Martin", "Jr")),
        ("Plato", Name("Plato")),
        ("WHO", Name("WHO")),
        ("van der Berg, A. B.", Name("van der Berg", "A. B.")),
        ("O'Brien, Seán, Jr.", Name("O'Brien", "Seán", "Jr")),
        ("Smith and Nephew Research Group", Name("Smith and Nephew Research Group")),
        ("Royal College of Surgeons", Name("Royal College of Surgeons")),
        ("Friends of Europe", Name("Friends of Europe")),
        ("Deutsche Gesellschaft für Kardiologie", Name("Deutsche Gesellschaft für Kardiologie")),
        ("Ärzte ohne Grenzen", Name("Grenzen", "Ärzte ohne")),
        ("The Quiet Rooms Group", Name("The Quiet Rooms Group")),
        ("RECOVERY Collaborative Group", Name("RECOVERY Collaborative Group")),
        ("Van Morrison", Name("Morrison", "Van")),
        ("van der Berg", Name("van der Berg")),
        ("de Silva", Name("de Silva")),
    ],
)
def test_names(author: str, name: Name) -> None:
    assert name_of(author) == name


def test_initials() -> None:
    assert Name("X", "Jean-Paul M.").initials() == "JPM"
    assert Name("X", "Jean-Paul M.").initials(".", " ") == "J.-P. M."
    assert Name("X", "JP").initials(".") == "J.P."
    assert Name("X").initials() == ""


@given(
    st.text(), st.lists(st.text()), st.text(), st.text(), st.sampled_from(list(STYLES)), st.text()
)
def test_anything_can_be_cited(
    title: str, authors: list[str], journal: str, pages: str, style: str, published: str
) -> None:
    document = Document(
        "d" * 64,
        title,
        "",
        authors=tuple(authors),
        publication=Publication(journal=journal, pages=pages, published=published),
    )
    cited = cite(document, style_of(style), "1", "offprint:x", "2026-11-03")
    assert cited.plain
    assert key_of(document)
