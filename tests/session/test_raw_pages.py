"""Pages of a file that is being read, with a worker that answers what the test says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.problem import Problem
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.raw_pages import RawPages
from tests.ui.samples import an_article

PAPER = Path("paper.pdf")
SIZES = [("i", 612.0, 792.0), ("1", 842.0, 595.0)]


class Worker(Background):
    """Keeps who waits for an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[tuple[Callable[[Any], None], Callable[[Any], None]]] = []

    def run(self, *_asked: Any, then: Callable[[Any], None], failed: Callable[[Any], None]) -> None:
        self.waiting.append((then, failed))


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.fixture
def raw(worker: Worker, current: CurrentDocument) -> RawPages:
    return RawPages(worker, current)


def test_they_take_the_place_of_the_open_document_and_give_it_back(
    raw: RawPages, worker: Worker, current: CurrentDocument
) -> None:
    current.open(an_article().id)
    told: list[int] = []
    raw.changed.connect(lambda: told.append(1))
    assert raw.show(PAPER, "hash")
    assert not raw.are_shown
    # Asked for once, however often it is named.
    assert raw.show(PAPER, "hash")
    ((then, _),) = worker.waiting
    then(SIZES)
    assert raw.are_shown
    assert told == [1]
    assert raw.page_map is not None
    assert [(page.label, page.width_pt) for page in raw.page_map.pages] == [("i", 612), ("1", 842)]
    assert current.document is None
    raw.end()
    assert not raw.are_shown
    assert current.shows(an_article().id)


def test_a_window_that_opens_on_a_file_waits_for_its_sizes_without_a_document(
    raw: RawPages, worker: Worker, current: CurrentDocument
) -> None:
    assert raw.show(PAPER, "hash", at_once=True)
    assert raw.are_shown
    assert raw.page_map is None
    ((_, failed),) = worker.waiting
    failed(Problem("It is damaged."))
    raw.end()
    assert current.document is not None


@pytest.mark.parametrize(("name", "file_hash"), [("paper.txt", "hash"), ("paper.pdf", "")])
def test_what_is_no_pdf_or_could_not_be_hashed_is_not_shown(
    raw: RawPages, worker: Worker, name: str, file_hash: str
) -> None:
    assert not raw.show(Path(name), file_hash)
    assert worker.waiting == []


@pytest.mark.parametrize(
    "untrusted_sizes",
    [[], [("1", 0.0, 792.0)], [("1", 612.0, float("nan"))], [("1", 1e9, 792.0)], SIZES * 20_000],
)
def test_sizes_that_no_page_has_are_not_believed(
    raw: RawPages,
    worker: Worker,
    current: CurrentDocument,
    untrusted_sizes: list[tuple[str, float, float]],
) -> None:
    current.open(an_article().id)
    raw.show(PAPER, "hash")
    worker.waiting[0][0](untrusted_sizes)
    assert raw.page_map is None
    assert current.shows(an_article().id)


def test_what_comes_late_or_may_not_be_left_changes_nothing(
    raw: RawPages, worker: Worker, current: CurrentDocument
) -> None:
    current.open(an_article().id)
    raw.show(PAPER, "hash")
    raw.end()
    raw.show(PAPER, "another")
    worker.waiting[0][0](SIZES)
    assert raw.page_map is None
    current.about_to_change.connect(current.veto)
    worker.waiting[1][0](SIZES)
    assert raw.page_map is None
    assert current.shows(an_article().id)
