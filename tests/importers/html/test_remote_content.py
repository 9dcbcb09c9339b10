"""What a browser would load from the network for a saved page, and what it would not."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.html.remote_content import MOST_OF_A_KIND, remote_content
from reader.problem import Problem


def of(tmp_path: Path, page: str) -> dict[str, list[str]]:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    return remote_content(path)


@pytest.mark.parametrize(
    ("piece", "kind", "hosts"),
    [
        ("<img src='http://a.example/1.png'>", "pictures", ["a.example"]),
        ("<img src=' ht\ntps://A.example:8080/1.png'>", "pictures", ["a.example"]),
        ("<img src='//a.example/1.png'>", "pictures", ["a.example"]),
        ("<img src='\\\\a.example\\share\\1.png'>", "pictures", ["a.example"]),
        ("<img src='file://a.example/share/1.png'>", "pictures", ["a.example"]),
        (
            "<img srcset='1.png 1x, https://a.example/2.png 2x,https://b.example/3.png'>",
            "pictures",
            ["a.example", "b.example"],
        ),
        ("<picture><source srcset='https://a.example/1.png'></picture>", "pictures", ["a.example"]),
        ("<table background='https://a.example/1.png'>", "pictures", ["a.example"]),
        ("<video poster='https://a.example/1.png'></video>", "pictures", ["a.example"]),
        ("<svg><image xlink:href='https://a.example/1.png'/></svg>", "pictures", ["a.example"]),
        ("<link rel='shortcut icon' href='https://a.example/1.ico'>", "pictures", ["a.example"]),
        ("<p style=\"background: url('https://a.example/1')\">x", "pictures", ["a.example"]),
        ("<style>p { background: URL(https://a.example/1) }</style>", "pictures", ["a.example"]),
        ("<script src='https://a.example/1.js'></script>", "scripts", ["a.example"]),
        ("<script>fetch('https://a.example')</script>", "scripts in the page", [""]),
        ("<script type='text/javascript'>x()</script>", "scripts in the page", [""]),
        ("<script type=module>x()</script>", "scripts in the page", [""]),
        ("<link rel=stylesheet href='https://a.example/1.css'>", "style sheets", ["a.example"]),
        ("<style>@import 'https://a.example/1.css';</style>", "style sheets", ["a.example"]),
        ("<style>@import url(https://a.example/1.css);</style>", "style sheets", ["a.example"]),
        ("<iframe src='https://a.example/'></iframe>", "frames", ["a.example"]),
        ("<object data='https://a.example/1.swf'></object>", "frames", ["a.example"]),
        ("<meta http-equiv=Refresh content='0; url=https://a.example/'>", "frames", ["a.example"]),
        (
            "<iframe srcdoc=\"<img src='https://a.example/1.png'>\"></iframe>",
            "pictures",
            ["a.example"],
        ),
        ("<audio src='https://a.example/1.mp3'></audio>", "sounds and videos", ["a.example"]),
        ("<link rel=preload href='https://a.example/1'>", "other files", ["a.example"]),
        ("<base href='https://a.example/b/'><img src='1.png'>", "pictures", ["a.example"]),
    ],
)
def test_what_is_loaded_is_counted_by_its_kind(
    tmp_path: Path, piece: str, kind: str, hosts: list[str]
) -> None:
    assert of(tmp_path, f"<html><body><p>Text.</p>{piece}</body></html>") == {kind: hosts}


@pytest.mark.parametrize(
    "piece",
    [
        "",
        "<a href='https://a.example/'>A link is loaded when it is pressed.</a>",
        "<form action='https://a.example/'></form>",
        "<img src='page_files/1.png'><img src='data:image/png;base64,AAAA'><img src=''>",
        "<link rel=canonical href='https://a.example/'><link rel=stylesheet href='1.css'>",
        "<link href='https://a.example/'>",
        "<script type='application/ld+json'>{}</script><script> </script>",
        "<!-- <img src='https://a.example/1.png'> -->",
        "<meta http-equiv=refresh content=5><meta name=x content='url=https://a.example/'>",
        "<img src='https://[/1.png'>",
        "<base target=_blank><img src='1.png'>",
        "<blockquote cite='https://a.example/'>x</blockquote>",
    ],
)
def test_what_is_not_loaded_is_not_counted(tmp_path: Path, piece: str) -> None:
    assert of(tmp_path, f"<html><body><p>Text.</p>{piece}</body></html>") == {}


def test_an_empty_file_and_one_of_many_pictures(tmp_path: Path) -> None:
    assert of(tmp_path, "<!-- -->") == {}
    many = "<img src='//a.example/1'>" * (MOST_OF_A_KIND + 1)
    assert len(of(tmp_path, many)["pictures"]) == MOST_OF_A_KIND
    with pytest.raises(Problem):
        remote_content(tmp_path / "none.html")


SAVED = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="cut"

--cut
Content-Type: text/html
Content-Location: https://a.example/page/

<html><img src="1.png"><img src="https://a.example/page/1.png"><img src="cid:2@x">
<img src="3.png"><img src="https://b.example/4.png"></html>
--cut
Content-Type: text/css
Content-Location: https://a.example/page/s.css

p { background: url(1.png) } q { background: url(https://c.example/5.png) }
--cut
Content-Type: image/png
Content-Location: https://a.example/page/1.png

x
--cut
Content-Type: image/png
Content-ID: <2@x>

x
--cut--
"""


def test_what_is_stored_in_the_file_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    path.write_text(SAVED, encoding="utf-8")
    assert remote_content(path) == {"pictures": ["a.example", "b.example", "c.example"]}
    path.write_text("Content-Type: multipart/x\n" * 50, encoding="utf-8")
    with pytest.raises(Problem, match="cannot be told apart"):
        remote_content(path)
