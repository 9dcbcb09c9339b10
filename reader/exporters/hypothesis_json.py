"""Notes as the Hypothesis service exports them, in JSON.

Its selectors count UTF-16 units and keep 32 characters of context.
Source: https://h.readthedocs.io/en/latest/api-reference/v1/.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from reader.model.notebook import Chapter, Entry, Notebook

CONTEXT = 32


def write(notebook: Notebook, out: TextIO) -> None:
    """Writes one object with all annotations."""
    user = _user(notebook)
    annotations = [_annotation(*one, user) for one in notebook.entries]
    whole = {
        "export_date": notebook.generated,
        "export_userid": user,
        "client_version": "Offprint",
        "annotations": annotations,
    }
    json.dump(whole, out, ensure_ascii=False, indent=1)
    out.write("\n")


def holds(content: str, notebook: Notebook) -> bool:
    """Whether a file, read back, has the very annotations."""
    user = _user(notebook)
    wanted = [_annotation(*one, user) for one in notebook.entries]
    return bool(json.loads(content)["annotations"] == wanted)


def _user(notebook: Notebook) -> str:
    return f"acct:{notebook.user or 'reader'}@offprint"


def _annotation(chapter: Chapter, entry: Entry, user: str) -> dict[str, Any]:
    annotation, document = entry.annotation, chapter.document
    quote, position = annotation.target.quote, annotation.target.position
    source = f"urn:doi:{document.doi}" if document.doi else f"urn:sha256:{document.id}"
    span = entry.span or position
    start = _units(document.text[: span.start]) if entry.span else span.start
    return {
        "id": annotation.id,
        "created": annotation.created,
        "updated": annotation.modified or annotation.created,
        "user": user,
        "uri": source,
        "text": annotation.note,
        "tags": list(annotation.tags),
        "group": "__world__",
        "document": {"title": [document.title]},
        "links": {"incontext": entry.link},
        # What Hypothesis lets anybody add.
        "extra": {
            "citation": chapter.citation,
            "section": list(entry.path),
            "page": entry.page,
            "references": [{"label": label, "text": text} for label, text in entry.references],
        },
        "target": [
            {
                "source": source,
                "selector": [
                    {
                        "type": "TextPositionSelector",
                        "start": start,
                        "end": start + _units(span.cut(document.text) or quote.exact),
                    },
                    {
                        "type": "TextQuoteSelector",
                        "exact": quote.exact,
                        "prefix": quote.prefix[-CONTEXT:],
                        "suffix": quote.suffix[:CONTEXT],
                    },
                ],
            }
        ],
    }


def _units(text: str) -> int:
    """How many UTF-16 units a text takes."""
    return len(text) + sum(character > "\uffff" for character in text)
