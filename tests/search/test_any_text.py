"""Whatever is typed, there is an answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from reader.model.search import Query
from reader.search.index import Index
from reader.search.searcher import Finder
from tests.search.samples import ASKED, filed, nowhere
from tests.search.test_searcher import an_article

SIGNS = [
    *'"“”„()*?~-−+:;,.\0\n\t\\/|&!',
    *("AND", "OR", "NOT", "NEAR/3", "in:", "title:", "year:", "from:", "kind:", "tag:", "~2"),
    *("\u202e", "\u200d", "\ufeff", "\U0001f600", "שלום", "مرحبا", "氯胺酮", "e\u0301", "\udcff"),
    *ASKED,
]
LONG = 10_000


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    folder: Path = tmp_path_factory.mktemp("index")
    Index(folder).add([an_article("d0"), an_article("d1")])
    return Finder(folder, nowhere, filed=filed)


@given(
    text=some.text(max_size=60) | some.lists(some.sampled_from(SIGNS), max_size=14).map("".join),
    typing=some.booleans(),
    document=some.sampled_from(("", "d0")),
)
@example("\0", False, "")
@example("\ud800", True, "")
@example('"', True, "d0")
def test_any_text_is_answered(finder: Finder, text: str, typing: bool, document: str) -> None:
    answer = finder.find(Query(text, document, typing=typing, related=True))
    assert len(answer.hits) <= answer.total


@pytest.mark.parametrize(
    "sign", ["a", "nmda ", '"', "(", "* ", "-", "a*b?", "NEAR/3 ", "in:", "é "]
)
def test_very_long_texts_are_answered(finder: Finder, sign: str) -> None:
    text = sign * (LONG // len(sign))
    answer = finder.find(Query(text, related=True))
    assert len(answer.hits) <= answer.total


def test_who_misspells_nearly_all_meant_something_else(finder: Finder) -> None:
    assert finder.find(Query("recepror anxeity")).suggestion == "receptor anxiety"
    assert finder.find(Query("recepror anxeity ketmaine blcoks dsoe")).suggestion == ""
