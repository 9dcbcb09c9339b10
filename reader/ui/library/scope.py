"""Which part of the library is meant: all of it, a collection, a tag, a kind, the trash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Field = Literal["all", "new", "collection", "tag", "kind", "trash"]
# Ids of documents as JSON, as they are dragged from the table to the tree.
MIME_TYPE = "application/x-offprint-documents"


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the library; `name` tells collections, tags and kinds apart."""

    field: Field
    name: str = ""


ALL = Scope("all")


def kind_name(kind: str) -> str:
    """A kind of documents as it is shown."""
    return {"pdf": "PDF"}.get(kind, kind.capitalize())
