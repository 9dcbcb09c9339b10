"""Hostile text, Markdown, web pages, saved pages, articles in XML, and RTF: name to content."""

from __future__ import annotations

import base64
import random

_PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(40)
_NOISE = random.Random(7).randbytes(4_000)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

TEXT = {
    "empty.txt": b"",
    "blank.txt": b" \t\r\n\x0c \n" * 200,
    "zeros.txt": bytes(10_000),
    "noise.txt": _NOISE,
    "program.txt": b"\x7fELF\x02\x01\x01" + bytes(500),
    "controls.txt": bytes(range(1, 32)) * 50,
    "picture.txt": _PNG,
    "packed.txt": b"\x1f\x8b\x08\x00" + _NOISE,
    "database.txt": b"SQLite format 3\x00" + bytes(500),
    "only-a-mark.txt": b"\xef\xbb\xbf",
    "nothing-visible.txt": "\u200b\u200b\ufeff\u00ad".encode() * 300,
    "utf16-of-nothing.txt": b"\xff\xfe" + " \n".encode("utf-16-le") * 400,
    "empty.md": b"",
    "blank.md": b"\n\n   \n\n",
    "noise.md": _NOISE,
    "front-matter-only.md": b"---\ntitle: A title and nothing else\n---\n",
}

WEB = {
    "empty.html": b"",
    "noise.html": _NOISE,
    "picture.html": _PNG,
    "old-office.html": _OLE,
    "only-a-script.html": b"<!doctype html><script>while(true){}</script>",
    "only-a-style.html": b"<!doctype html><style>p{color:red}</style>",
    "only-a-comment.html": b"<html><!-- nothing here --></html>",
    "only-frames.html": b"<html><frameset><frame src='http://x.invalid/'></frameset></html>",
    "only-a-remote-picture.html": b"<html><body><img src='http://x.invalid/a.png'></body></html>",
    "only-a-form.html": b"<html><body><form><input value='x'></form></body></html>",
    "only-a-template.html": b"<html><body><template><p>no</p></template></body></html>",
    "cut-in-a-tag.html": b"<!doctype html><html><body><div class='",
}

_HEAD = b"From: <Saved>\r\nMIME-Version: 1.0\r\nSubject: A page\r\nContent-Type: "
_PICTURE = (
    b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.b64encode(_PNG)
    + b"\r\n"
)
SAVED = {
    "empty.mhtml": b"",
    "noise.mhtml": _NOISE,
    "picture.mhtml": _PNG,
    "without-parts.mhtml": _HEAD + b'multipart/related; boundary="b"\r\n\r\n',
    "without-a-boundary.mhtml": _HEAD + b"multipart/related\r\n\r\n--b\r\n\r\nx\r\n",
    "pictures-only.mhtml": _HEAD
    + b'multipart/related; boundary="b"\r\n\r\n--b\r\n'
    + _PICTURE
    + b"--b--\r\n",
    "cut-in-the-head.mhtml": _HEAD + b"multipart/rel",
    "parts-in-parts.mhtml": _HEAD
    + b"".join(
        b'multipart/related; boundary="b%d"\r\n\r\n--b%d\r\nContent-Type: ' % (i, i)
        for i in range(3_000)
    ),
}


def _laughs(root: str) -> bytes:
    """The entities that stand for ten of the next, thirty times over."""
    lines = ['<!ENTITY l0 "laugh">']
    lines += [f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 30)]
    return f"<?xml version='1.0'?><!DOCTYPE {root} [{''.join(lines)}]>".encode()


_ARTICLE = b"<article article-type='research-article'><body>%s</body></article>"
ARTICLES = {
    "empty.nxml": b"",
    "noise.nxml": _NOISE,
    "without-text.nxml": _ARTICLE % b"",
    "cut.nxml": (_ARTICLE % (b"<p>Some text of it</p>" * 50))[:600],
    "crossed.nxml": _ARTICLE % b"<p><b>crossed</p></b>",
    "laughs.nxml": _laughs("article") + _ARTICLE % b"<p>&l29;</p>",
    "quadratic.nxml": b"<!DOCTYPE article [<!ENTITY a '"
    + b"a" * 100_000
    + b"'>]>"
    + _ARTICLE % (b"<p>" + b"&a;" * 20_000 + b"</p>"),
    "outside.nxml": b"<!DOCTYPE article [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    + _ARTICLE % b"<p>&x;</p>",
    "outside-parameter.nxml": b"<!DOCTYPE article [<!ENTITY % x SYSTEM 'http://x.invalid/'>%x;]>"
    + _ARTICLE % b"<p>&y;</p>",
    "deep.nxml": _ARTICLE % (b"<sec>" * 100_000 + b"</sec>" * 100_000),
    "not-utf-8.nxml": b"<?xml version='1.0' encoding='utf-8'?>" + _ARTICLE % b"<p>\xff\xfe\xfa</p>",
    "unknown-prefix-and-cut.nxml": b"<article article-type='x'><x:y><p>a",
}

RICH = {
    "empty.rtf": b"",
    "noise.rtf": _NOISE,
    "head-only.rtf": b"{\\rtf1\\ansi}",
    "cut-in-the-head.rtf": b"{\\rtf1\\ansi{\\fonttbl{\\f0 Times",
    "groups-in-groups.rtf": b"{\\rtf1" + b"{" * 200_000,
    "picture-only.rtf": b"{\\rtf1{\\pict\\pngblip " + _PNG.hex().encode() + b"}}",
    "object-only.rtf": b"{\\rtf1{\\object\\objemb{\\*\\objdata " + _OLE.hex().encode() + b"}}}",
}
