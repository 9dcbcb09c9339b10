"""Pages saved as one file open with their pictures, broken ones as far as can be."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

import pytest

from reader.importers.html.mhtml import read
from reader.importers.result import ImportResult
from reader.problem import Problem


def a_picture(width: int = 64, height: int = 48) -> bytes:
    """A grey picture in PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + check

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    rows = (b"\x00" + b"\x80" * width) * height
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


PIXEL = a_picture()
WORDS = "The dose is half a tablet, given slowly, and never more than one a day. " * 6
PAGE = (
    f"<html><head><title>On doses</title></head><body><h1>On doses</h1><p>{WORDS}</p>"
    "<figure><img src='p.png' alt='A pixel'><figcaption>By place</figcaption></figure>"
    "<figure><img src='cid:one@x' alt='Same'><figcaption>By name</figcaption></figure>"
    "<figure><img src='https://far.example/x.png' alt='Far'><figcaption>Far</figcaption></figure>"
    f"<p>{WORDS}</p></body></html>"
)
HEAD = (
    "From: <Saved by Blink>\r\nSubject: On doses\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n'
    '\tboundary="----MultipartBoundary-x"\r\n\r\n'
)
PARTS = (
    "------MultipartBoundary-x\r\nContent-Type: text/html; charset=utf-8\r\n"
    "Content-Location: https://site.example/dir/page.html\r\n\r\n"
    f"{PAGE}\r\n------MultipartBoundary-x\r\nContent-Type: image/png\r\nContent-ID: <one@x>\r\n"
    "Content-Transfer-Encoding: base64\r\nContent-Location: https://site.example/dir/p.png\r\n\r\n"
    f"{base64.b64encode(PIXEL).decode()}\r\n------MultipartBoundary-x--\r\n"
)


def saved(tmp_path: Path, text: str) -> ImportResult:
    path = tmp_path / "page.mhtml"
    path.write_bytes(text.encode())
    return read(path)


def test_a_page_comes_with_its_pictures_and_address(tmp_path: Path) -> None:
    reading = saved(tmp_path, HEAD + PARTS)
    document = reading.document
    assert document.title == "On doses"
    assert document.publication.address == "https://site.example/dir/page.html"
    assert document.importer == "mhtml/3"
    by_place, by_name, far = document.figures
    assert by_place.asset == by_name.asset
    assert reading.assets == {by_place.asset: PIXEL}
    assert far.asset == ""


def test_the_whole_of_a_page_is_given_when_that_is_asked_for(tmp_path: Path) -> None:
    menu = HEAD + PARTS.replace("<body>", "<body><nav><p>Topics and rooms</p></nav>")
    path = tmp_path / "page.mhtml"
    path.write_bytes(menu.encode())
    cut, whole = read(path).document, read(path, whole=True).document
    assert "Topics and rooms" not in cut.text
    assert "Topics and rooms" in whole.text
    assert (cut.is_cut, whole.is_cut) == (True, False)


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("Subject: On doses", "Subject: On\r\ndoses"),
        HEAD.partition("boundary=")[0].rstrip("\r\n\t;") + "\r\n\r\n",
    ],
)
def test_a_broken_head_is_mended(tmp_path: Path, head: str) -> None:
    document = saved(tmp_path, head + PARTS).document
    assert document.text.count("half a tablet") == 12


def test_a_page_whose_boundary_is_missing(tmp_path: Path) -> None:
    body = PARTS.partition("\r\n")[2].partition("\r\n------Mult")[0]
    assert "half a tablet" in saved(tmp_path, HEAD + body).document.text


def test_a_page_without_an_address(tmp_path: Path) -> None:
    text = (HEAD + PARTS).replace("https://site.example/dir/page.html", "cid:frame")
    assert saved(tmp_path, text).document.publication.address == ""


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        HEAD + "------MultipartBoundary-x\r\nContent-Type: text/plain\r\n\r\nNo page.\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" * 60,
    ],
)
def test_what_holds_no_page_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Problem, match="is damaged"):
        saved(tmp_path, text)


def test_frames_and_style_sheets_in_other_parts_are_read(tmp_path: Path) -> None:
    page = PAGE.replace("<figure>", "<p>Do <b class=n>x</b></p><iframe src='cid:f@x'></iframe>", 1)
    others = (
        "------MultipartBoundary-x\r\nContent-Type: text/html\r\nContent-ID: <f@x>\r\n\r\n"
        "<p>Give 5 mg in the frame.</p>\r\n"
        "------MultipartBoundary-x\r\nContent-Type: text/css\r\n"
        "Content-Location: cid:css@x\r\n\r\n.n::before{content:'NOT '}\r\n"
    )
    end = "------MultipartBoundary-x--"
    text = HEAD + PARTS.replace(PAGE, page).replace(end, others + end)
    document = saved(tmp_path, text).document
    assert "Do NOT x" in document.text
    assert "Give 5 mg in the frame." in document.text


def test_a_page_of_which_no_encoding_is_said_is_read_in_its_own(tmp_path: Path) -> None:
    page = "<html><head><meta charset='windows-1250'></head><body><p>Léčba: půl.</p></body></html>"
    head = PARTS.partition("; charset=utf-8")[0] + "\r\n\r\n"
    path = tmp_path / "page.mhtml"
    path.write_bytes(f"{HEAD}{head}{page}\r\n------MultipartBoundary-x--\r\n".encode("cp1250"))
    reading = read(path)
    assert reading.document.text == "Léčba: půl."
    assert reading.document.warnings == ()
