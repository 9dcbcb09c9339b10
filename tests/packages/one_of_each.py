"""A small file of each format, written with the standard library alone.

    python3 tests/packages/one_of_each.py FOLDER

Each says that ketamine is given, in the words of its format.
"""

from __future__ import annotations

import io
import plistlib
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

WORDS = "Ketamine 5 mg was given once to all of them"
_PAGE = f"<html><head><title>Web</title></head><body><h1>Web</h1><p>{WORDS}, web.</p></body></html>"
_NAMES = "<name><surname>Berg</surname><given-names>A</given-names></name>"
_JATS = (
    "<article><front><article-meta><title-group><article-title>Trial</article-title></title-group>"
    f'<contrib-group><contrib contrib-type="author">{_NAMES}</contrib></contrib-group>'
    f"</article-meta></front><body><sec><title>Methods</title><p>{WORDS}, jats.</p></sec></body>"
    "</article>"
)
_BITS = (
    "<book-part-wrapper><book-meta><book-title-group><book-title>Handbook</book-title>"
    "</book-title-group></book-meta><book-part><book-part-meta><title-group><title>On fever</title>"
    f"</title-group></book-part-meta><body><p>{WORDS}, bits.</p></body></book-part>"
    "</book-part-wrapper>"
)
_PUBMED = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><Journal><Title>J"
    "</Title></Journal><ArticleTitle>A record</ArticleTitle><Abstract><AbstractText>"
    f"{WORDS}, pubmed.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"
    "</PubmedArticleSet>"
)
_SPL = (
    '<document xmlns="urn:hl7-org:v3"><title>Label</title><component><structuredBody><component>'
    f"<section><title>Doses</title><text><paragraph>{WORDS}, spl.</paragraph></text></section>"
    "</component></structuredBody></component></document>"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOCX = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    ),
    "word/document.xml": (
        f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>{WORDS}, docx.</w:t></w:r></w:p>'
        "</w:body></w:document>"
    ),
}
_ODT = "urn:oasis:names:tc:opendocument:xmlns:"
_FODT = (
    f'<office:document xmlns:office="{_ODT}office:1.0" xmlns:text="{_ODT}text:1.0" '
    'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:body>'
    f"<office:text><text:p>{WORDS}, odt.</text:p></office:text></office:body></office:document>"
)
_EPUB = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>"
    ),
    "b.opf": (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Book</dc:title></metadata>'
        '<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    ),
    "c.xhtml": (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>One</title></head><body>'
        f"<h1>One</h1><p>{WORDS}, epub.</p></body></html>"
    ),
}
_MHTML = (
    "MIME-Version: 1.0\r\nSubject: Saved\r\nContent-Type: multipart/related; type=text/html; "
    'boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n'
    f"Content-Location: https://a.example/\r\n\r\n{_PAGE.replace('web.', 'mhtml.')}\r\n--b--\r\n"
)


def _zipped(members: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def _pdf() -> bytes:
    drawn = f"BT /F1 12 Tf 72 720 Td ({WORDS}, pdf.) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
    )
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(places) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _webarchive() -> bytes:
    page = {
        "WebResourceData": _PAGE.replace("web.", "webarchive.").encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": "https://a.example/saved.html",
    }
    return plistlib.dumps({"WebMainResource": page}, fmt=plistlib.FMT_BINARY)


def one_of_each() -> dict[str, bytes]:
    """Files by name; what stands before the "." is the format's name in `reader/formats.py`."""
    texts = {
        "text.txt": f"A Title\n\n{WORDS}, text.\n",
        "markdown.md": f"# Doses\n\n{WORDS}, markdown.\n",
        "html.html": _PAGE,
        "mhtml.mhtml": _MHTML,
        "jats.nxml": _JATS,
        "bits.xml": _BITS,
        "pubmed.xml": _PUBMED,
        "spl.xml": _SPL,
        "odt.fodt": _FODT,
        "rtf.rtf": f"{{\\rtf1\\ansi {WORDS}, rtf.\\par}}",
    }
    return {
        **{name: text.encode() for name, text in texts.items()},
        "webarchive.webarchive": _webarchive(),
        "epub.epub": _zipped(_EPUB),
        "docx.docx": _zipped(_DOCX),
        "pdf.pdf": _pdf(),
    }


def write(folder: Path) -> list[str]:
    """Writes them into a folder and gives their names."""
    folder.mkdir(parents=True, exist_ok=True)
    made = one_of_each()
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return list(made)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
