"""Safari's web archives are read as the page in them, with its pictures."""

from __future__ import annotations

import plistlib
from pathlib import Path
from typing import Any

import pytest

from reader.importers.registry import importer_for
from reader.importers.result import ImportResult
from reader.problem import Problem
from tests.importers.html.test_mhtml import PIXEL

PAGE = (
    "<html><head><title>Fever</title></head><body><article><h1>Fever</h1><p>Give 5 mg once a day, "
    "and wait for what it does.</p><img src='f.png' alt='A curve'></article></body></html>"
)


def archive(page: Any = None, **more: Any) -> dict[str, Any]:
    main = {
        "WebResourceData": PAGE.encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": "https://x.example/a/page.html",
    }
    return {"WebMainResource": main if page is None else page, **more}


def opened(tmp_path: Path, content: bytes) -> ImportResult:
    path = tmp_path / "a.webarchive"
    path.write_bytes(content)
    return importer_for(path, content[:4096])(path)


@pytest.mark.parametrize("kind", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_page_comes_with_its_pictures_and_its_address(
    kind: plistlib.PlistFormat, tmp_path: Path
) -> None:
    picture = {"WebResourceData": PIXEL, "WebResourceURL": "https://x.example/a/f.png"}
    made = archive(WebSubresources=[picture, "odd", {"WebResourceURL": "x"}])
    reading = opened(tmp_path, plistlib.dumps(made, fmt=kind))
    assert "Give 5 mg once a day" in reading.document.text
    assert reading.document.publication.address == "https://x.example/a/page.html"
    assert list(reading.assets) == [reading.document.figures[0].asset]
    assert reading.document.importer == "webarchive/2"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (archive(page="odd"), "the page in it cannot be found"),
        (archive(page={"WebResourceData": b""}), "the page in it cannot be found"),
        (
            archive(page={"WebResourceData": b"x", "WebResourceMIMEType": "application/pdf"}),
            "something that is no page (application/pdf)",
        ),
        (
            archive(WebSubresources=[{"WebResourceData": b"", "WebResourceURL": str(n)}
                                     for n in range(5001)]),
            "holds more files than Offprint reads",
        ),
    ],
)  # fmt: skip
def test_an_archive_without_a_page_is_refused(
    made: dict[str, Any], said: str, tmp_path: Path
) -> None:
    with pytest.raises(Problem) as caught:
        opened(tmp_path, plistlib.dumps(made))
    assert caught.value.sentence.startswith("“a.webarchive” ")
    assert said in caught.value.sentence


def test_damaged_and_endless_archives_are_refused(tmp_path: Path) -> None:
    whole = plistlib.dumps(archive(), fmt=plistlib.FMT_BINARY)
    with pytest.raises(Problem, match="cannot be opened"):
        opened(tmp_path, whole[: len(whole) - 40])
    nested = b"<?xml version='1.0'?><plist>" + b"<array>" * 9 + b"WebMainResource"
    with pytest.raises(Problem, match="cannot be opened"):
        opened(tmp_path, nested)
    with pytest.raises(Problem, match="cannot be found"):
        opened(tmp_path, plistlib.dumps(["WebMainResource"], fmt=plistlib.FMT_BINARY))


def test_an_odd_address_does_no_harm(tmp_path: Path) -> None:
    main = {"WebResourceData": PAGE.encode(), "WebResourceURL": "https://[odd"}
    reading = opened(tmp_path, plistlib.dumps(archive(page=main)))
    assert reading.document.figures[0].asset == ""
