"""Hostile PDFs in the processes that read and draw: what can be shown is shown, nothing ends us."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.importers.pdf.read import read
from reader.model.pdf.page_map import ASSET, PageMap
from reader.model.pdf.tile import Tile
from reader.problem import Locked, Problem
from reader.services.staging import checked
from reader.workers import pool as module
from reader.workers import tasks
from reader.workers.page_renderer import draw
from reader.workers.pool import Workers
from tests.hostile.printed import DEADLY, SHOWN, WITHOUT_WORDS, many_pages, whole
from tests.importers.pdf_samples import locked_pdf

PAGES = {
    "10000-pages.pdf": 10_000,
    "claims-pages.pdf": 4000,
    "pages-in-a-circle.pdf": 1000,
    "cut-off.pdf": 30,
}
TILE = Tile(1, 600, 800, 0, 0, 600, 800)
# These are drawn until the process that draws is ended.
ENDLESS = {"tiny-tiles.pdf", "lines-bomb.pdf"}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers()
    yield workers
    workers.close()


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_read(workers: Workers, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(SHOWN[name])
    staging = tmp_path / "staging"
    result = workers.submit("read", tasks.read, str(path), str(staging)).result()
    with checked(result, staging) as taken:
        pages = PageMap.decode(taken.assets[ASSET]).pages
        assert len(pages) == PAGES.get(name, 1)
        if name in WITHOUT_WORDS:
            assert taken.document.warnings
        else:
            assert "ord" in taken.document.text


@pytest.mark.parametrize("name", sorted(SHOWN.keys() - ENDLESS))
def test_it_is_drawn(workers: Workers, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(SHOWN[name])
    drawn = workers.submit("draw", draw, str(path), TILE).result()
    assert len(drawn) == 600 * 800 * 4


def test_drawing_without_end_is_ended(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(module._LONGEST_SECONDS, "draw", 1.0)
    path = tmp_path / "a.pdf"
    path.write_bytes(SHOWN["tiny-tiles.pdf"])
    with pytest.raises(Problem, match=r"^[A-Z][^.]+\.$"):
        workers.submit("draw", draw, str(path), TILE).result()
    path.write_bytes(many_pages(1))
    drawn = workers.submit("draw", draw, str(path), TILE).result()
    assert any(value < 128 for value in drawn[::4])


def test_one_that_ends_the_process_holds_up_no_other(workers: Workers, tmp_path: Path) -> None:
    path, staging = tmp_path / "a.pdf", str(tmp_path / "staging")
    path.write_bytes(DEADLY)
    deadly = workers.submit("read", tasks.read, str(path), staging)
    other = tmp_path / "b.pdf"
    other.write_bytes(many_pages(1))
    good = workers.submit("read", tasks.read, str(other), staging)
    with pytest.raises(Problem, match="more time or memory than Offprint allows"):
        deadly.result()
    assert Path(good.result().folder).exists()


def test_a_damaged_file_is_not_taken_for_the_locked_one_before_it(tmp_path: Path) -> None:
    locked, damaged = tmp_path / "locked.pdf", tmp_path / "damaged.pdf"
    locked.write_bytes(locked_pdf("Words", "secret"))
    damaged.write_bytes(whole({1: "<< /Type /Catalog >>"}))
    for _ in range(2):
        with pytest.raises(Locked):
            read(locked)
        with pytest.raises(Problem, match="is damaged") as raised:
            read(damaged)
        assert not isinstance(raised.value, Locked)
