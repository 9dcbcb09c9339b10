"""Notes as the person wants them: a Mustache template for Markdown or a web page.

Source: https://mustache.github.io/mustache.5.html, of which we take variables, sections, inverted
sections and comments. A template can name what a note is and nothing else: it reads no file and
runs nothing. What is put in is made harmless before; so `{{x}}`, `{{{x}}}` and `{{&x}}` are one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from itertools import groupby
from typing import Any

import chevron
from chevron.tokenizer import tokenize

from reader.exporters import markdown, markdown_notes
from reader.exporters.html import POLICY
from reader.model.export.export_set import Chapter, Entry, ExportSet, local_day
from reader.problem import Problem

# What there is, by the list that it is in; what is in a list has what is around it too.
FIELDS = {
    "": ("user", "day", "count", "documents"),
    "documents": (
        *("title", "authors", "citation", "journal", "published", "doi", "pmid", "address"),
        "sections",
    ),
    "sections": ("section", "notes"),
    "notes": (
        *("quote", "note", "colour", "meaning", "made", "edited", "page", "kind", "style", "state"),
        *("earlier", "facts", "link", "record", "id", "cites", "tags", "references"),
    ),
    "tags": ("tag",),
    "references": ("label", "text"),
}
_INSIDE = {one: around for around, names in FIELDS.items() for one in names if one in FIELDS}
_TAG = re.compile(r"\{\{(?:\{\s*([^{}]*?)\s*\}|\s*([#^/&!>=]?)\s*([^{}]*?)\s*)\}\}")
_DOCTYPE = re.compile(r"\s*(?:<!doctype[^>]*>)?", re.I)

STANDARD = {
    "markdown": """{{#documents}}
# {{title}}

{{citation}}
{{#sections}}

## {{section}}
{{#notes}}

> {{quote}}

{{#note}}
{{note}}

{{/note}}
{{#earlier}}
Earlier text: {{earlier}}

{{/earlier}}
{{facts}} · [open]({{link}}) {{record}}
{{#cites}}

{{#references}}
- [{{label}}] {{text}}
{{/references}}
{{/cites}}
{{/notes}}
{{/sections}}
{{/documents}}
""",
    "html": """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>Notes of {{user}}, {{day}}</title>
<style>
body { font: 18px/1.55 Georgia, serif; max-width: 40em; margin: 3em auto; padding: 0 1em; }
blockquote { margin: 1.2em 0 0.4em; padding: 0.2em 0.8em; border-left: 4px solid #999; }
.yellow { background: #FFF6D6; } .green { background: #E9F8E4; } .blue { background: #E4F1FD; }
.pink { background: #FDE8EF; } .violet { background: #F1EBFD; }
.note { white-space: pre-wrap; }
.small { font: 14px/1.5 sans-serif; color: #5A616B; }
</style>
</head>
<body>
{{#documents}}
<h1>{{title}}</h1>
<p class="small">{{citation}}</p>
{{#sections}}
<h2>{{section}}</h2>
{{#notes}}
<blockquote class="{{colour}}">{{quote}}</blockquote>
{{#note}}
<p class="note">{{note}}</p>
{{/note}}
<p class="small">{{facts}} · <a href="{{link}}">open</a></p>
{{#cites}}
<ul class="small">
{{#references}}
<li>[{{label}}] {{text}}</li>
{{/references}}
</ul>
{{/cites}}
{{/notes}}
{{/sections}}
{{/documents}}
</body>
</html>
""",
}


def check(template: str) -> None:
    """See whether a template can be used.

    Raises:
        Problem: with the line, when it cannot.
    """
    opened: list[tuple[str, int]] = []
    rest = 0
    for found in _TAG.finditer(template):
        line = template.count("\n", 0, found.start()) + 1
        _check_between(template, rest, found.start())
        rest = found.end()
        sign, name = found[2] or "", found[1] if found[1] is not None else found[3]
        if sign == "!":
            continue
        if sign in (">", "="):
            raise Problem(f"Line {line}: “{found[0]}” is not among what a template may say.")
        if sign == "/":
            if not opened or opened[-1][0] != name:
                awaited = f"; “{{{{/{opened[-1][0]}}}}}” is awaited" if opened else ""
                raise Problem(f"Line {line}: “{found[0]}” closes what was not opened{awaited}.")
            opened.pop()
            continue
        here = {"", *(one for one, _ in opened)}
        if not any(name in FIELDS.get(one, ()) for one in here):
            around = next((one for one, names in FIELDS.items() if name in names), None)
            hint = f" outside of “{{{{#{around}}}}}”" if around else ""
            raise Problem(f"Line {line}: there is no “{name}”{hint}.")
        if sign in ("#", "^"):
            opened.append((name, line))
        elif name in FIELDS:
            raise Problem(f"Line {line}: “{name}” is a list; write “{{{{#{name}}}}}”.")
    _check_between(template, rest, len(template))
    if opened:
        name, line = opened[-1]
        raise Problem(f"Line {line}: “{{{{#{name}}}}}” is never closed.")


def _check_between(template: str, start: int, end: int) -> None:
    stray = template.find("{{", start, end)
    if stray >= 0:
        line = template.count("\n", 0, stray) + 1
        raise Problem(f"Line {line}: “{{{{” begins something that is not closed with “}}}}”.")


def write(notebook: ExportSet, template: str, format_name: str) -> str:
    """A notebook as a template wants it, in Markdown or as a web page that loads nothing.

    Raises:
        Problem: with the line, when the template is broken.
    """
    check(template)
    is_page = format_name == "html"
    data = _notebook(notebook, _escaped if is_page else markdown.escape, is_page)
    # Whether a text is there is asked for by a name of its own: inside a section of a text,
    # `title` would be the method of that text.
    tokens = [_token(*token) for token in tokenize(template)]
    made: str = chevron.render(tokens, data, partials_path=None, partials_dict={})
    if is_page:
        start = _DOCTYPE.match(made)
        assert start is not None
        made = f"{made[: start.end()]}\n{POLICY}{made[start.end() :]}"
    return made


def _token(kind: str, name: str) -> tuple[str, str]:
    if kind == "variable":
        return "no escape", name
    if kind in ("section", "inverted section", "end") and name not in FIELDS:
        return kind, f"?{name}"
    return kind, name


def _escaped(text: str) -> str:
    return escape(text)


def _with_questions(made: dict[str, Any]) -> dict[str, Any]:
    return made | {f"?{name}": bool(value) for name, value in made.items()}


def _notebook(notebook: ExportSet, safe: Callable[[str], str], is_page: bool) -> dict[str, Any]:
    return _with_questions(
        {
            "user": safe(notebook.user),
            "day": local_day(notebook.generated),
            "count": str(notebook.count),
            "documents": [_document(one, safe, is_page) for one in notebook.chapters],
        }
    )


def _document(chapter: Chapter, safe: Callable[[str], str], is_page: bool) -> dict[str, Any]:
    document = chapter.document
    made: dict[str, Any] = {
        "title": document.title,
        "authors": ", ".join(document.authors),
        "citation": chapter.citation,
        "journal": document.publication.journal,
        "published": document.publication.published,
        "doi": document.publication.doi,
        "pmid": document.publication.pmid,
        "address": document.publication.address,
    }
    made = {name: safe(value) for name, value in made.items()}
    made["sections"] = [
        _with_questions(
            {
                "section": safe(heading or document.title),
                "notes": [_note(entry, safe, is_page) for entry in entries],
            }
        )
        for heading, entries in groupby(chapter.entries, key=lambda entry: entry.heading)
    ]
    return _with_questions(made)


def _note(entry: Entry, safe: Callable[[str], str], is_page: bool) -> dict[str, Any]:
    annotation = entry.annotation
    made: dict[str, Any] = {
        "quote": safe(entry.quote) if is_page else markdown.quote_of(entry),
        # In Markdown a note is what it was typed as, but for what would run or hide the next.
        "note": safe(annotation.note) if is_page else markdown_notes.write(annotation.note).text,
        "colour": annotation.colour,
        "meaning": safe(entry.meaning or annotation.colour),
        "made": local_day(annotation.created),
        "edited": local_day(annotation.modified),
        "page": safe(entry.page),
        "kind": annotation.motivation,
        "style": annotation.style,
        "state": annotation.state,
        "earlier": safe(entry.earlier_quote),
        "facts": safe(" · ".join(entry.facts)) if is_page else markdown.facts(entry),
        "link": safe(entry.link) if is_page else entry.link,
        # With it, `notes import` takes the file back in without loss.
        "record": "" if is_page else markdown.record_of(entry),
        "id": safe(annotation.id),
        "cites": bool(entry.references),
        "tags": [_with_questions({"tag": safe(tag)}) for tag in annotation.tags],
        "references": [
            _with_questions({"label": safe(a), "text": safe(b) if is_page else markdown.line(b)})
            for a, b in entry.references
        ],
    }
    return _with_questions(made)
