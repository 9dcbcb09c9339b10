"""Chapters and books in BITS, and records of PubMed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.jats import bits
from reader.importers.pubmed import read as pubmed
from reader.model.document import Document
from reader.problem import Problem

CHAPTER = """<book-part-wrapper xml:lang="en"><book-meta><book-title-group><book-title>Handbook
</book-title></book-title-group><book-id book-id-type="doi">10.1234/book</book-id></book-meta>
<book-part><book-part-meta><book-part-id pub-id-type="pmid">123</book-part-id><title-group>
<title>On fever</title><subtitle>In brief</subtitle></title-group><contrib-group>
<contrib contrib-type="author"><name><surname>Berg</surname><given-names>A</given-names></name>
</contrib></contrib-group><pub-date><year>2023</year></pub-date><abstract><p>Short.</p></abstract>
</book-part-meta><body><sec><title>Doses</title><p>5 mg <xref ref-type="bibr" rid="r">[1]</xref></p>
</sec></body><back><ref-list><ref id="r"><label>1.</label><mixed-citation>Low B. 2020.
</mixed-citation></ref></ref-list></back></book-part></book-part-wrapper>"""
BOOK = """<book><book-meta><book-title-group><book-title>Handbook</book-title></book-title-group>
</book-meta><front-matter><preface><book-part-meta><title-group><title>Before</title></title-group>
</book-part-meta><p>Words.</p></preface><toc><toc-entry><title>Fever 5 mg</title></toc-entry></toc>
</front-matter><book-body><book-part><book-part-meta><title-group><label>Part I</label><title>Heat
</title></title-group></book-part-meta><body>{}</body></book-part></book-body><book-back><book-app>
<book-part-meta><title-group><label>2</label></title-group></book-part-meta><body><p>Last.</p></body>
</book-app></book-back></book>"""
INNER = """<book-part><book-part-meta><title-group><label>{0}</label><title>Chapter {0}</title>
<subtitle>Sub</subtitle></title-group><contrib-group><contrib contrib-type="author"><name>
<surname>Low</surname><given-names>B</given-names></name></contrib></contrib-group><abstract><p>
Abstract {0}</p></abstract></book-part-meta><body><p>Body {0}</p></body></book-part>"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "a.xml"
    path.write_text(text, encoding="utf-8")
    return path


def outline(document: Document) -> list[tuple[int, str | None, str]]:
    return [(s.level, s.number, s.title) for s in document.sections]


def test_a_chapter_is_an_article_of_its_book(tmp_path: Path) -> None:
    document = bits.read(written(tmp_path, CHAPTER)).document
    assert (document.title, document.publication.journal) == ("On fever: In brief", "Handbook")
    assert (document.authors, document.publication.published) == (("A Berg",), "2023")
    assert (document.publication.pmid, document.publication.doi, document.language) == (
        "123",
        "",
        "en",
    )
    assert [t for _, _, t in outline(document)] == ["Abstract", "Doses", "References"]
    assert [r.label for r in document.references] == ["1"]
    assert document.kind == "article"
    assert document.left_out == ()


def test_a_book_has_its_parts_and_chapters_as_sections(tmp_path: Path) -> None:
    chapters = "".join(INNER.format(n) for n in range(1, 5))
    document = bits.read(written(tmp_path, BOOK.format(chapters))).document
    assert document.kind == "book"
    assert outline(document)[:5] == [
        (1, None, "Before"),
        (1, None, "Part I Heat"),
        (2, "1", "Chapter 1"),
        (3, None, "Abstract"),
        (2, "2", "Chapter 2"),
    ]
    assert outline(document)[-1] == (1, "2", "Appendix")
    assert "Chapter 1\nSub\nB Low\nAbstract\nAbstract 1\nBody 1" in document.text
    assert [(one.reason, one.words) for one in document.left_out] == [
        ("printed contents", "Fever 5 mg")
    ]


def test_a_book_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="holds no text"):
        bits.read(written(tmp_path, "<book/>"))


RECORD = """<PubmedArticle><MedlineCitation><PMID>{0}</PMID><Article><Journal><Title>Annals</Title>
<JournalIssue><Volume>3</Volume><PubDate><Year>2019</Year><Month>Nov</Month><Day>7</Day></PubDate>
</JournalIssue></Journal><ArticleTitle>Fever of 10<sup>9</sup></ArticleTitle><ELocationID
EIdType="doi">10.1234/x.{0}</ELocationID><Abstract><AbstractText Label="AIM">To <i>see</i>.
</AbstractText><AbstractText>More.</AbstractText><CopyrightInformation>© Us</CopyrightInformation>
</Abstract><AuthorList><Author><LastName>Berg</LastName><ForeName>Ada</ForeName></Author><Author>
<CollectiveName>The Group</CollectiveName></Author></AuthorList></Article><CommentsCorrectionsList>
<CommentsCorrections RefType="RetractionIn"><RefSource>Ann 2020</RefSource></CommentsCorrections>
</CommentsCorrectionsList><KeywordList><Keyword>heat</Keyword></KeywordList><OtherAbstract
Language="fre"><AbstractText>Court.</AbstractText></OtherAbstract></MedlineCitation>
</PubmedArticle>"""


def test_a_record_says_what_it_is_and_that_it_was_taken_back(tmp_path: Path) -> None:
    path = written(tmp_path, f"<PubmedArticleSet>{RECORD.format(5)}</PubmedArticleSet>")
    document = pubmed.read(path).document
    assert document.text == (
        "Fever of 109\nRetracted in: Ann 2020\nAbstract\nAim\nTo see.\nMore.\n© Us\n"
        "Abstract (fre)\nCourt.\nKeywords: heat"
    )
    assert (document.authors, document.publication.published) == (
        ("Ada Berg", "The Group"),
        "2019-11-07",
    )
    assert (document.publication.doi, document.publication.pmid, document.publication.journal) == (
        "10.1234/x.5",
        "5",
        "Annals",
    )
    assert document.left_out == ()


def test_several_records_are_sections(tmp_path: Path) -> None:
    both = RECORD.format(5) + RECORD.format(6).replace("<Month>Nov</Month>", "")
    path = written(tmp_path, f"<PubmedArticleSet>{both}</PubmedArticleSet>")
    document = pubmed.read(path).document
    assert document.title == "2 records of PubMed"
    assert [s.title for s in document.sections if s.level == 1] == ["Fever of 10⁹"] * 2
    assert "Ada Berg, The Group\nAnnals. 2019. doi:10.1234/x.6 PMID: 6" in document.text


def test_no_records_and_no_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no record"):
        pubmed.read(written(tmp_path, "<PubmedArticleSet/>"))
    with pytest.raises(Problem, match="no text"):
        pubmed.read(
            written(
                tmp_path,
                "<PubmedArticle><MedlineCitation><Journal><PubDate><MedlineDate>Spring"
                "</MedlineDate></PubDate></Journal></MedlineCitation></PubmedArticle>",
            )
        )
