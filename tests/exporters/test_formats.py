"""Every format says what was noted; those that are read back lose nothing."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import cli
from reader.exporters import readwise, w3c
from reader.exporters.registry import FORMATS
from reader.model.anchoring import describe
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.notebook import Notebook, gather
from reader.model.span import Span
from tests.model.samples import ARTICLE, an_article, place

# What the Web Annotation Data Model asks of a page of annotations as we write them: 3.1, 3.2.1,
# 3.3.1, 4.1, 4.2.4, 4.2.5 and 5.3 of https://www.w3.org/TR/annotation-model/.
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
ADDRESS = {"type": "string", "pattern": "^[a-z][a-z0-9+.-]*:.+"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": ADDRESS,
        "type": {"const": "AnnotationPage"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "type", "target"],
                "properties": {
                    "id": ADDRESS,
                    "type": {"const": "Annotation"},
                    "motivation": {"enum": ["highlighting", "commenting", "bookmarking"]},
                    "created": TIME,
                    "modified": TIME,
                    "body": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["type", "value", "purpose"],
                            "properties": {
                                "type": {"const": "TextualBody"},
                                "value": {"type": "string"},
                                "purpose": {"enum": ["commenting", "tagging"]},
                                "format": {"const": "text/markdown"},
                            },
                        },
                    },
                    "target": {
                        "type": "object",
                        "required": ["source", "selector"],
                        "properties": {
                            "source": ADDRESS,
                            "selector": {
                                "type": "array",
                                "minItems": 2,
                                "items": {
                                    "oneOf": [
                                        {
                                            "required": ["type", "exact"],
                                            "properties": {
                                                "type": {"const": "TextQuoteSelector"},
                                                "exact": {"type": "string"},
                                                "prefix": {"type": "string"},
                                                "suffix": {"type": "string"},
                                            },
                                        },
                                        {
                                            "required": ["type", "start", "end"],
                                            "properties": {
                                                "type": {"const": "TextPositionSelector"},
                                                "start": {"type": "integer", "minimum": 0},
                                                "end": {"type": "integer", "minimum": 0},
                                            },
                                        },
                                    ]
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def a_note(document: Document, span: Span, number: int = 0, **fields: Any) -> Annotation:
    made = Annotation(
        str(uuid.UUID(int=number)),
        describe(document, span),
        created="2026-01-02T03:04:05Z",
        modified="2026-01-03T03:04:05Z",
    )
    return replace(made, **fields)


def a_notebook(*annotations: Annotation, document: Document | None = None) -> Notebook:
    one = document or an_article()
    return gather(annotations, {one.id: one}.get, "2026-02-03T04:05:06Z", "anna")


def written(name: str, notebook: Notebook) -> str:
    content = FORMATS[name].content(notebook)
    assert isinstance(content, str)
    return content


def test_the_command_line_knows_every_format() -> None:
    assert set(cli.FORMATS) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_each_writes_a_notebook_with_nothing_in_it(qapp: object, name: str) -> None:
    assert FORMATS[name].content(a_notebook()) is not None


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(ARTICLE) - 1),
            st.integers(0, 60),
            st.text(max_size=30),
            st.lists(st.text("ab c,", min_size=1, max_size=5), max_size=3, unique=True),
        ),
        max_size=12,
    )
)
def test_web_annotations_are_as_the_model_wants_them_and_come_back_equal(
    drawn: list[tuple[int, int, str, list[str]]],
) -> None:
    document = an_article()
    annotations = [
        a_note(
            document,
            Span(start, min(len(ARTICLE), start + size)),
            number,
            note=note.encode(errors="replace").decode(),
            tags=tuple(tags),
            motivation="commenting" if note else "highlighting",
            colour="pink" if size % 2 else "green",
            style="underline" if size % 3 else "highlight",
        )
        for number, (start, size, note, tags) in enumerate(drawn)
    ]
    text = written("json", a_notebook(*annotations, document=document))
    jsonschema.validate(json.loads(text), SCHEMA)
    assert sorted(w3c.read(text), key=lambda one: one.id) == annotations


def test_a_thousand_web_annotations_come_back_equal() -> None:
    document = an_article()
    annotations = [
        a_note(document, Span(n % 500, n % 500 + n % 40), n, note=f"Note {n}", tags=(f"t{n % 7}",))
        for n in range(1000)
    ]
    text = written("json", a_notebook(*annotations, document=document))
    assert sorted(w3c.read(text), key=lambda one: one.id) == annotations


def test_what_is_not_of_the_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    page = json.loads(written("json", a_notebook(a_note(an_article(), Span(0, 5)))))
    page["items"][0]["target"]["selector"][1]["start"] = -1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(page, SCHEMA)


DANGEROUS = ["=1+1", "+x", "-x", "@x", "\tx", " =x", "＝x", "'=x", "'x", "''", "x", "", 'a,b\n"c"']


@pytest.mark.parametrize("cell", DANGEROUS)
def test_no_cell_of_a_table_runs_and_each_comes_back(cell: str) -> None:
    safe = readwise.harmless(cell)
    assert not safe.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "＝"))
    assert readwise.meant(safe) == cell


@given(st.text(max_size=20))
def test_any_cell_comes_back(cell: str) -> None:
    assert readwise.meant(readwise.harmless(cell)) == cell


def test_a_table_has_a_row_for_each_note() -> None:
    document = an_article()
    note = a_note(document, place(ARTICLE, "Patients must"), note="=SUM(A1)", tags=("a", "b c"))
    text = written("csv", a_notebook(note, document=document))
    assert text.startswith('\ufeff"Highlight","Title"')
    assert '"\'=SUM(A1)"' in text
    (row,) = readwise.read(text)
    assert row == {
        "Highlight": "Patients must",
        "Title": "Ketamine in anxiety",
        "Author": "Ada Writer, Ben Scribe",
        "URL": "https://doi.org/10.1000/example.1",
        "Note": "=SUM(A1)",
        "Location": str(ARTICLE.index("Patients must")),
        "Date": "2026-01-02T03:04:05Z",
        "Tags": "a, b c",
        "Id": note.id,
    }


def test_a_note_without_a_place_keeps_its_number() -> None:
    lost = a_note(replace(an_article(), text="gone"), Span(0, 4))
    (row,) = readwise.read(written("csv", a_notebook(lost)))
    assert (row["Highlight"], row["Location"]) == ("gone", "0")
    (item,) = json.loads(written("hypothesis", a_notebook(lost)))["annotations"]
    assert item["target"][0]["selector"][0]["end"] == 4


def test_hypothesis_counts_utf_16_and_keeps_less_of_what_stands_around() -> None:
    document = replace(an_article(), text=f"😀 {ARTICLE}", doi="", marks=(), sections=())
    note = a_note(document, place(document.text, "Glutamate"), note="So.", tags=("x",))
    whole = json.loads(written("hypothesis", a_notebook(note, document=document)))
    assert whole["export_userid"] == "acct:anna@offprint"
    (item,) = whole["annotations"]
    position, quote = item["target"][0]["selector"]
    start = document.text.index("Glutamate") + 1
    assert (position["start"], position["end"]) == (start, start + 9)
    assert quote["exact"] == "Glutamate"
    assert len(quote["prefix"]) == len(quote["suffix"]) == 32
    assert item["uri"] == f"urn:sha256:{document.id}"
    assert (item["text"], item["tags"]) == ("So.", ["x"])


def test_sources_once_each_with_keys_of_their_own() -> None:
    first = replace(
        an_article(), title="On {dose} & time", language="en", address="https://x.example/"
    )
    others = [replace(first, id=f"{n}" * 64, pmid="12345") for n in range(3)]
    bare = Document("f" * 64, "…", "")
    known = {one.id: one for one in (first, *others, bare)}
    notes = [a_note(one, Span(0, 0), n) for n, one in enumerate(known.values())]
    notebook = gather(notes, known.get, "")
    bibtex = written("bibtex", notebook)
    assert bibtex.count("@article{writer2021dose,") == 1
    for letter in "abc":
        assert f"@article{{writer2021dose{letter}," in bibtex
    assert r"{On \{dose\} \& time}" in bibtex
    assert "Ada Writer and Ben Scribe" in bibtex
    assert "@misc{anonymousuntitled," in bibtex
    ris = written("ris", notebook)
    assert ris.count("TY  - JOUR\r\n") == 4
    assert ris.count("TY  - GEN\r\n") == 1
    assert "AU  - Writer, Ada\r\n" in ris
    assert ris.count("ER  - \r\n") == 5


def test_many_sources_of_one_name() -> None:
    known = {f"{n:064x}": replace(an_article(), id=f"{n:064x}") for n in range(29)}
    notes = [a_note(one, Span(0, 0), n) for n, one in enumerate(known.values())]
    keys = [
        line for line in written("bibtex", gather(notes, known.get, "")).splitlines() if "@" in line
    ]
    assert len(set(keys)) == 29
