"""The list of documents stays in memory, and follows whoever writes."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from functools import partial

import pytest

from reader.services.workspace import Workspace
from reader.session import catalog as catalog_module
from reader.session import current_document
from reader.session.catalog import Catalog
from reader.session.current_document import CurrentDocument
from reader.session.notifier import Notifier
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.ui.samples import a_flat_text, an_article


@pytest.fixture
def long_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if what was imported a moment ago had been there for long."""
    monkeypatch.setattr(catalog_module, "NEW_FOR", timedelta(seconds=-60))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second between what is opened and what is opened next, however quick that is."""
    times = (f"2026-01-01T00:00:{second:02}.000Z" for second in range(60))
    monkeypatch.setattr(current_document, "utc_now", partial(next, times))


def ids(catalog: Catalog) -> list[str]:
    return [entry.id for entry in catalog.entries]


@pytest.mark.usefixtures("long_there")
def test_it_is_read_once_and_what_is_opened_moves_to_the_front(workspace: Workspace) -> None:
    catalog = Catalog(workspace)
    current = CurrentDocument(workspace, Notifier(), catalog)
    before = catalog.entries
    assert catalog.entries is before
    article, flat = an_article().id, a_flat_text().id
    for wanted in (article, flat, article):
        current.open(wanted)
        assert ids(catalog)[0] == wanted
    # As one that reads all of it anew says.
    assert ids(catalog) == ids(Catalog(workspace)) == [article, flat]
    assert all(one in before for one in catalog.entries)


@pytest.mark.usefixtures("long_there")
def test_read_in_parts_it_is_as_read_at_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_module, "PART", 1)
    catalog, article = Catalog(workspace), an_article().id
    steps = catalog.read_in_parts()
    next(steps)
    # What changes meanwhile is there too.
    with closing(Library(workspace.paths)) as other:
        other.rename(article, "Another title")
    assert len(list(steps)) == 2
    assert catalog.entries == Catalog(workspace).entries
    assert "Another title" in [entry.title for entry in catalog.entries]
    before = catalog.entries
    assert list(catalog.read_in_parts()) == []
    assert catalog.entries is before
    again = Catalog(workspace)
    list(again.read_in_parts())
    assert again.entries == before


@pytest.mark.usefixtures("long_there")
def test_it_follows_the_library_and_other_processes(workspace: Workspace) -> None:
    catalog = Catalog(workspace)
    article, flat = an_article().id, a_flat_text().id
    workspace.notes.readings.update(article, lambda one: one._replace(opened="2026-01-01"))
    assert ids(catalog) == [article, flat]
    workspace.library.rename(flat, "Another title")
    assert catalog.entries[1].title == "Another title"
    with closing(open_notes(workspace.paths, "anna")) as notes:
        notes.readings.update(flat, lambda one: one._replace(opened="2026-01-02", percent=40))
    assert ids(catalog) == [flat, article]
    assert catalog.percents[flat] == 40
    with closing(Library(workspace.paths)) as library:
        library.remove(article)
    assert ids(catalog) == [flat]
    assert not catalog.is_listed(article)


@pytest.mark.usefixtures("long_there")
def test_another_user_has_an_order_of_their_own(workspace: Workspace) -> None:
    catalog = Catalog(workspace)
    article, flat = an_article().id, a_flat_text().id
    workspace.notes.readings.update(article, lambda one: one._replace(opened="2026-01-01"))
    assert ids(catalog)[0] == article
    workspace.switch("ben")
    workspace.notes.readings.update(flat, lambda one: one._replace(opened="2026-01-02"))
    assert ids(catalog)[0] == flat
    workspace.switch("anna")
    assert ids(catalog)[0] == article


def test_what_was_just_added_stands_before_what_is_opened(workspace: Workspace) -> None:
    catalog = Catalog(workspace)
    current = CurrentDocument(workspace, Notifier(), catalog)
    newest, other = ids(catalog)
    assert catalog.new_ids == {newest, other}
    current.open(newest)
    # As one that reads all of it anew says.
    assert ids(catalog) == ids(Catalog(workspace)) == [other, newest]
    assert catalog.new_ids == {other}
    current.open(other)
    assert ids(catalog) == ids(Catalog(workspace)) == [other, newest]
    assert catalog.new_ids == set()
