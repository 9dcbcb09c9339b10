"""Tags as people type them, the same of notes and of documents."""

from __future__ import annotations


def tags_in(words: str) -> tuple[list[str], list[str]]:
    """The tags that are to be given, and those with a minus before them, to be taken away.

    Spaces and commas part them; a number sign before one may be left out.
    """
    tags = words.replace(",", " ").split()
    given = [tag.lstrip("#") for tag in tags if not tag.startswith("-")]
    taken = [tag.lstrip("-#") for tag in tags if tag.startswith("-")]
    return list(filter(None, given)), list(filter(None, taken))


def names_in(words: str) -> tuple[list[str], list[str]]:
    """The same of collections, whose names may hold spaces: commas alone part them."""
    names = [" ".join(name.split()) for name in words.split(",")]
    given = [name for name in names if name and not name.startswith("-")]
    return given, [bare for name in names if name.startswith("-") and (bare := name[1:].strip())]
