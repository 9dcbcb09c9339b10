"""Saved pages."""

from __future__ import annotations

import base64
from random import Random

from tests.conservation.makers import html
from tests.conservation.makers.tree import Article


def write(article: Article, random: Random) -> bytes:
    """A page of HTML as a browser saves it."""
    page = base64.encodebytes(html.write(article, random)).replace(b"\n", b"\r\n")
    return (
        b"From: <Saved by a browser>\r\nSubject: A page\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Location: https://example.org/\r\n\r\n" + page + b"\r\n--b--\r\n"
    )
