"""What stands below a title."""

from dataclasses import replace

import pytest

from reader.session.session import Session
from reader.ui.typeset.byline import byline
from tests.ui.samples import an_article


def test_it_says_how_recent_a_document_is(session: Session) -> None:
    session.library_commands.edit_metadata(
        an_article().id, {"published": "2021", "updated": "2023-05"}
    )
    assert session.current.document is not None
    _, lower = byline(
        session.current.document, session.catalog.entry(session.current.document.id)
    ).split("\u2028")
    published, updated, imported = lower.split("  ·  ")
    assert (published, updated) == ("Published 2021", "Updated May 2023")
    assert imported.startswith("Imported ")


@pytest.mark.parametrize(
    ("names", "said"),
    [("AB", "A, B"), ("ABCD", "A, B, C, D"), ("ABCDE", "A, B, C, D and others")],
)
def test_it_names_the_first_authors(names: str, said: str) -> None:
    assert byline(replace(an_article(), authors=tuple(names)), None).startswith(f"{said}  ·  ")
