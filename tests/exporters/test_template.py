"""Templates: what they may say, what they cannot do, and the sentence for what is broken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exporters import template
from reader.model.anchoring.selector import describe
from reader.model.export.export_set import ExportSet
from reader.model.span import Span
from reader.problem import Problem
from tests.exporters.test_formats import a_note, a_notebook, written
from tests.exporters.test_w3c import a_thousand_notes
from tests.model.samples import ARTICLE, an_article, place


def a_small_notebook() -> ExportSet:
    document = an_article()
    first = a_note(
        document, place(ARTICLE, "answer it2,3"), note="So *it* <b>seems</b>.", tags=("x", "y z")
    )
    first = replace(first, state="changed", earlier=describe(document, place(ARTICLE, "Patients")))
    second = a_note(document, place(ARTICLE, "Patients must"), 2, colour="pink")
    return a_notebook(first, second)


def test_the_standard_template_of_markdown_makes_what_we_write_without_one() -> None:
    document = an_article()
    for notebook in (a_small_notebook(), a_notebook(*a_thousand_notes(document)[:200])):
        made = template.write(notebook, template.STANDARD["markdown"], "markdown")
        assert made == written("markdown", notebook)


def test_the_standard_template_of_a_page_says_it_all_and_loads_nothing() -> None:
    made = template.write(a_small_notebook(), template.STANDARD["html"], "html")
    assert made.startswith('<!DOCTYPE html>\n<meta http-equiv="Content-Security-Policy"')
    for words in (
        "<h2>Background</h2>",
        '<blockquote class="yellow">answer it</blockquote>',
        '<p class="note">So *it* &lt;b&gt;seems&lt;/b&gt;.</p>',
        "<li>[2] Scribe B.",
        "Notes of anna, 2026-02-03",
        "changed",
    ):
        assert words in made


def test_everything_that_there_is_can_be_said() -> None:
    fields = template.FIELDS
    inside = {one: around for around, names in fields.items() for one in names if one in fields}
    for around, names in fields.items():
        path = [around] if around else []
        while path and inside.get(path[0]):
            path.insert(0, inside[path[0]])
        opening = "".join(f"{{{{#{one}}}}}" for one in path)
        closing = "".join(f"{{{{/{one}}}}}" for one in reversed(path))
        for name in names:
            if name not in template.FIELDS:
                text = f"{opening}<{{{{{name}}}}}>{{{{^{name}}}}}none{{{{/{name}}}}}{closing}"
                made = template.write(a_small_notebook(), text, "markdown")
                assert "<" in made
                assert "built-in" not in made


def test_inside_of_a_text_its_methods_are_not_fields() -> None:
    text = (
        "{{#documents}}{{#sections}}{{#notes}}{{#note}}{{title}} {{count}};{{/note}}{{/notes}}"
        "{{/sections}}{{/documents}}"
    )
    made = template.write(a_small_notebook(), text, "markdown")
    assert made == "Ketamine in anxiety 2;"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a\n{{titel}}", "Line 2: there is no “titel”."),
        ("{{title}}", "Line 1: there is no “title” outside of “{{#documents}}”."),
        (
            "{{#documents}}\n\n{{quote}}{{/documents}}",
            "Line 3: there is no “quote” outside of “{{#notes}}”.",
        ),
        ("{{#documents}}\n{{title}}", "Line 1: “{{#documents}}” is never closed."),
        ("x\n{{/notes}}", "Line 2: “{{/notes}}” closes what was not opened."),
        (
            "{{#documents}}\n{{#title}}\n{{/documents}}",
            "Line 3: “{{/documents}}” closes what was not opened; “{{/title}}” is awaited.",
        ),
        ("{{documents}}", "Line 1: “documents” is a list; write “{{#documents}}”."),
        ("\n{{> /etc/x}}", "Line 2: “{{> /etc/x}}” is not among what a template may say."),
        ("{{=<% %>=}}", "Line 1: “{{=<% %>=}}” is not among what a template may say."),
        ("\n\n{{count", "Line 3: “{{” begins something that is not closed with “}}”."),
        ("{{count}}\n{{ {{day}}", "Line 2: “{{” begins something that is not closed with “}}”."),
        ("{{}}", "Line 1: there is no “”."),
        ("{{.}}", "Line 1: there is no “.”."),
        ("{{user.__class__}}", "Line 1: there is no “user.__class__”."),
    ],
)  # fmt: skip
def test_what_is_broken_is_said_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(Problem) as raised:
        template.write(a_small_notebook(), text, "markdown")
    assert raised.value.sentence == sentence


@given(st.text(alphabet="{}#/^&!>=. \ncounteday<", max_size=40))
def test_any_text_is_a_template_or_says_why_not(text: str) -> None:
    try:
        template.check(text)
    except Problem as problem:
        assert problem.sentence.startswith("Line ")
    else:
        template.write(a_small_notebook(), text, "html")


def test_what_is_put_in_runs_nothing_however_it_is_put_in() -> None:
    document = replace(an_article(), title="<script>alert('1')</script>")
    note = a_note(document, Span(0, 8), note="'\"><img src=x onerror=y>", tags=("{{user}}",))
    notebook = a_notebook(note, document=document)
    text = (
        "{{! a comment }}<html>{{#documents}}{{{title}}}{{&title}}{{title}}"
        "{{#sections}}{{#notes}}<i title='{{note}}'>{{#tags}}{{tag}}{{/tags}}{{/notes}}"
        "{{/sections}}{{/documents}}"
    )
    made = template.write(notebook, text, "html")
    assert "<script" not in made
    assert "<img" not in made
    assert "title='&#x27;&quot;&gt;" in made
    assert "{{user}}" in made
