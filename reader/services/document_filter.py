"""Whether a document is one that a query's filters let through, for hits that are in no index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from reader.model.search import Query
from reader.search.query_ast import And, Filed, Node, Not, Or, Years
from reader.search.query_parser import parse
from reader.store.catalog import Entry
from reader.store.library import Library

Fits = Callable[[str], bool]


def everywhere(_document_id: str) -> bool:
    """Lets every document through."""
    return True


def fitting(library: Library, query: Query) -> Fits:
    """Whether the document of an id is of the collections, tags, kinds and years in a query."""
    parts = parse(query.text, query.typing).parts
    if not any(_of_documents(part) for part in parts):
        return everywhere
    filed = cache(library.filed)

    def says(node: Node, entry: Entry) -> bool | None:
        """None when a node is about words."""
        match node:
            case Filed(field, name):
                return entry.id in (filed(field, name) or ())
            case Years(first, last):
                year = entry.published[:4]
                return first <= (int(year) if year.isdecimal() else 0) <= last
            case Not(part):
                said = says(part, entry)
                return None if said is None else not said
            case Or(parts):
                every = [says(part, entry) for part in parts]
                return None if None in every else any(every)
            case And(parts):
                return None if all_of(parts, entry) else False
            case _:
                return None

    def all_of(nodes: Sequence[Node], entry: Entry) -> bool:
        return all(says(node, entry) is not False for node in nodes)

    @cache
    def fits(document_id: str) -> bool:
        entry = library.entry(document_id)
        return entry is not None and all_of(parts, entry)

    return fits


def _of_documents(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(map(_of_documents, node.parts))
    return isinstance(node, Filed | Years) or (isinstance(node, Not) and _of_documents(node.part))
