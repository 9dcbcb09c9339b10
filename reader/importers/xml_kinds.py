"""What an XML file is, by its first element: which importer reads it, or why none does."""

from __future__ import annotations

import re

from reader.problem import Problem

_ROOT = re.compile(
    rb"(?:\s++|<\?.{,2000}?\?>|<!--.{,20000}?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>)*+"
    rb"<(?:[\w.-]+:)?([\w.-]+)([^>]*)",
    re.DOTALL | re.IGNORECASE,
)
_IMPORTERS = {
    "article": "jats",
    "pmc-articleset": "jats",
    "OAI-PMH": "jats",
    "book": "bits",
    "book-part": "bits",
    "book-part-wrapper": "bits",
    "book-app": "bits",
    "book-app-wrapper": "bits",
    "PubmedArticleSet": "pubmed",
    "PubmedArticle": "pubmed",
    "PubmedBookArticleSet": "pubmed",
    "PubmedBookArticle": "pubmed",
    "MedlineCitationSet": "pubmed",
    "html": "html",
}
_PDF = "If there is a PDF or HTML file of it, open that."
_KINDS = {
    "TEI": ("a text in TEI", "Convert it to HTML or EPUB, and open that."),
    "teiCorpus": ("texts in TEI", "Convert them to HTML or EPUB, and open that."),
    "FictionBook": ("a FictionBook", "Convert it to EPUB with calibre, and open that."),
    "fulfillmentToken": (
        "a licence for a book that is protected against copying, not the book itself",
        "Ask its seller for a copy without protection, as EPUB or PDF.",
    ),
    "package": ("a Word file in one piece of XML", "Save it as .docx in Word, and open that."),
    "wordDocument": ("a Word file of 2003 in XML", "Save it as .docx in Word, and open that."),
    "Workbook": ("a spreadsheet in XML", "Print it to a PDF file, and open that."),
    "svg": ("a picture", "Offprint reads documents: open the page that it comes from."),
    "rss": ("a list of news", "Open the pages that it names in a browser, and save those."),
    "feed": ("a list of news", "Open the pages that it names in a browser, and save those."),
    "RDF": ("data for other programs", _PDF),
    "opml": ("an outline for other programs", "Save it as text or HTML there, and open that."),
    "plist": ("a list of settings", _PDF),
    "ClinicalDocument": (
        "a patient’s document in CDA",
        "Show it in the program that it comes from, print it to a PDF file, and open that.",
    ),
    "clinical_study": ("a record of ClinicalTrials.gov", "Save its page there, and open that."),
    "records": ("a list of references", "Keep it in a reference manager such as Zotero."),
    "xml": ("data for other programs", _PDF),
    "modsCollection": ("a list of references", "Keep it in a reference manager such as Zotero."),
    "eSearchResult": (
        "an answer of PubMed’s search",
        "Save the records or articles, and open those.",
    ),
    "ncx": ("the contents of a book", "Open the book itself, the .epub file."),
}
_DOCBOOK = ("a text in DocBook", "Convert it to HTML or EPUB, and open that.")


def importer_of(untrusted_head: bytes, name: str) -> str:
    """The importer's module of an XML file that begins like this; "" when it has no beginning.

    Raises:
        Problem: when it is XML of a kind that Offprint does not read.
    """
    match = _ROOT.match(untrusted_head)
    if match is None:
        return ""
    root = match[1].decode("ascii", "replace")
    start = untrusted_head[: match.end()]
    if root == "document" and (b"hl7-org:v3" in match[2] or b"hl7-org:v3" in untrusted_head):
        return "spl"
    if root == "document" and b"office:" in untrusted_head:
        return "odt"
    if root == "plist" and b"WebMainResource" in untrusted_head:
        return "webarchive"
    if b"docbook" in start.lower():
        raise _refused(name, *_DOCBOOK)
    if root in _IMPORTERS:
        return _IMPORTERS[root]
    if root.lower() == "html":
        return "html"
    # Archives wrap articles in records of their own.
    if re.search(rb"<(?:\w+:)?article\b[^>]*(article-type|dtd-version|jats|nlm)", untrusted_head):
        return "jats"
    raise refusal(root, name)


def refusal(root: str, name: str) -> Problem:
    """What is said of an XML file with that first element, which no importer reads."""
    if root in _KINDS:
        return _refused(name, *_KINDS[root])
    if root.startswith("TEI"):
        return _refused(name, *_KINDS["TEI"])
    return _refused(name, f"XML of another kind (“{root}”)", f"It is no article. {_PDF}")


def _refused(name: str, kind: str, way_out: str) -> Problem:
    return Problem(f"“{name}” is {kind}, which Offprint does not read. {way_out}")
