"""Web annotations are as the model wants them, and come back equal."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exporters import w3c
from reader.model.anchoring.selector import describe
from reader.model.annotation import COLOURS, Annotation, Motivation, State, Style
from reader.model.document import Document
from reader.model.span import Span
from reader.problem import Problem
from tests.exporters.test_formats import a_note, a_notebook, written
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
                            "state": {
                                "type": "object",
                                "required": ["type", "sourceDate"],
                                "properties": {"type": {"const": "TimeState"}, "sourceDate": TIME},
                            },
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


def a_thousand_notes(document: Document) -> list[Annotation]:
    """Notes of every kind; several on each passage, and some whose text has changed."""
    older = replace(document, text=f"Version 1. {document.text}", id="e" * 64)
    chance = random.Random(7)
    made = []
    for n in range(1000):
        start = chance.randrange(0, 400)
        span = Span(start, start + chance.choice((0, 1, 7, 60)))
        state = chance.choice(get_args(State))
        moved = state in ("moved", "changed", "check")
        made.append(
            a_note(
                document,
                span,
                n,
                note=chance.choice(
                    ("", "Why?", f"**{n}** – “é” 😀\n\n- a\n- b", "<b>&amp;", " \n")
                ),
                tags=tuple(chance.sample(("dose", "two words", "Ä/β", "#x", "a,b"), n % 4)),
                colour=chance.choice(COLOURS),
                style=chance.choice(get_args(Style)),
                motivation=chance.choice(get_args(Motivation)),
                state=state,
                earlier=describe(older, Span(span.start + 11, span.end + 11)) if moved else None,
                modified=chance.choice(("", "2026-05-06T07:08:09.123456Z")),
            )
        )
    return made


def test_a_thousand_web_annotations_come_back_equal() -> None:
    document = an_article()
    annotations = a_thousand_notes(document)
    text = written("json", a_notebook(*annotations, document=document))
    page = json.loads(text)
    jsonschema.validate(page, SCHEMA)
    assert sorted(w3c.read(text), key=lambda one: one.id) == annotations
    assert "creator" not in {key for item in page["items"] for key in (*item, *item["target"])}


def test_a_web_annotation_says_when_its_document_read_so_and_what_it_cites() -> None:
    document = an_article()
    note = a_note(document, place(ARTICLE, "answer it2,3"), state="check")
    note = replace(note, earlier=describe(document, place(ARTICLE, "Patients")))
    (item,) = json.loads(written("json", a_notebook(note)))["items"]
    assert item["target"]["state"]["sourceDate"] == "2026-01-03T03:04:05Z"
    assert item["offprint:earlier"]["state"]["sourceDate"] == "2026-01-02T03:04:05Z"
    assert item["offprint:earlier"]["selector"][0]["exact"] == "Patients"
    assert [one["label"] for one in item["offprint:references"]] == ["2", "3"]
    assert item["offprint:section"] == ["Background"]
    assert item["offprint:link"] == f"offprint:{document.id}#{note.id}"
    assert item["offprint:state"] == "check"
    about = item["target"]["offprint:about"]
    assert about["dcterms:bibliographicCitation"].startswith("Writer A, Scribe B. Ketamine")


def test_a_state_that_nobody_knows_is_none_and_a_bad_earlier_passage_is_told() -> None:
    page = json.loads(written("json", a_notebook(a_note(an_article(), Span(0, 5)))))
    page["items"][0]["offprint:state"] = ["check"]
    assert w3c.read(json.dumps(page))[0].state == ""
    page["items"][0]["offprint:earlier"] = {"source": "x"}
    with pytest.raises(Problem, match="Annotation 1"):
        w3c.read(json.dumps(page))


def test_what_is_not_of_the_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    page = json.loads(written("json", a_notebook(a_note(an_article(), Span(0, 5)))))
    page["items"][0]["target"]["selector"][1]["start"] = -1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(page, SCHEMA)
