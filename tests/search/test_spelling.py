from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.search import Query
from reader.search.index import Index
from reader.search.searcher import Finder
from tests.search.samples import nowhere


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("nmda antagnoist", "nmda antagonist"),
        ("Antagnoist (of) ketmaine", "antagonist (of) ketamine"),
        ("anti-depresive", "anti-depressive"),
        ("recepror", "receptor"),
        ("ketamine", ""),
        ("xyzw", ""),
        ("dos", ""),
        ("antagn*", ""),
        ('"antagnoist"', '"antagonist"'),
        ("antagxxxist", ""),
        ("NMDZ", "NMDA"),
    ],
)
def test_a_word_that_stands_nowhere_is_replaced_by_the_nearest(
    tmp_path: Path, text: str, suggestion: str
) -> None:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("ketamine antagonist anti-depressive receptor receptor recepters NMDA dose")
    Index(tmp_path).add([writer.build(id="d", title="")])
    assert Finder(tmp_path, nowhere).find(Query(text)).suggestion == suggestion


def test_no_word_of_removed_documents_is_suggested(tmp_path: Path) -> None:
    documents = []
    for name, text in (("gone", "ketamine antagonist"), ("kept", "ketamines dose")):
        writer = DocumentBuilder()
        writer.begin("paragraph")
        writer.add(text)
        documents.append(writer.build(id=name, title=""))
    Index(tmp_path).add(documents)
    finder = Finder(tmp_path, nowhere)
    assert finder.find(Query("antagnoist")).suggestion == "antagonist"
    assert finder.find(Query("ketamne")).suggestion == "ketamine"
    Index(tmp_path).remove(["gone"])
    assert finder.find(Query("antagnoist")).suggestion == ""
    assert finder.find(Query("ketamne")).suggestion == "ketamines"
