"""Files of one article, as the person says: its web page and its PDF, the notes on each in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from reader.formats import BY_SUFFIX
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.annotations import Annotations, NotesNews
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.library_commands import LibraryCommands
from reader.session.notifier import Notifier
from reader.session.partner_notes import PartnerPlace
from reader.store.catalog import CatalogEntry, CatalogRow
from reader.store.joins import Pair

if TYPE_CHECKING:
    from reader.services.same_article import PartnerNote

_GROUPS = {"web": "web page", "word": "Word file", "text": "text file"}


class SameArticle:
    """What is joined with the open document, and the notes that are shown on it from there.

    Such a note stays on its own document: it is placed here in a worker, and only where that is
    sure.
    """

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        background: Background,
        current: CurrentDocument,
        annotations: Annotations,
        library_commands: LibraryCommands,
    ) -> None:
        self.unplaced = ""
        """How many notes of the other files have no sure place here, a line for each file."""
        self._workspace = workspace
        self._notifier = notifier
        self._background = background
        self._current = current
        self._annotations = annotations
        self._library_commands = library_commands
        self._shown: list[str] = []
        self._places: dict[str, PartnerPlace] = {}
        current.changed.connect(self._open)
        library_commands.changed.connect(self._renew)
        annotations.others_changed.connect(self._take_news)

    def partners(self, document_id: str) -> list[CatalogEntry]:
        """The other files of a document's article."""
        library = self._workspace.library
        found = (library.catalog.entry(one) for one in library.joins.partners(document_id))
        return [entry for entry in found if entry is not None]

    def also_as(self, document_id: str) -> str:
        """The sentence that says in which other files an article is there; "" when in none."""
        names = [f"{file_kind(one.source)} “{one.source}”" for one in self.partners(document_id)]
        return f"Also as {', '.join(names)}." if names else ""

    def candidates(self) -> list[CatalogRow]:
        """The documents that the open one can be joined with, the likeliest first: those with its
        DOI or PMID, then those with its title, then the others, the latest first."""
        document = self._current.document
        if document is None:
            return []
        library = self._workspace.library
        joined = {document.id, *library.joins.partners(document.id)}
        identified = set(
            library.offers.relatives.with_identifier(
                document.publication.doi, document.publication.pmid
            )
        )
        title = _comparable(document.title)
        found = [one for one in library.catalog.listed() if one.id not in joined]
        found.sort(key=lambda one: one.imported, reverse=True)
        return sorted(
            found, key=lambda one: (one.id not in identified, _comparable(one.title) != title)
        )

    def join(self, other_id: str) -> bool:
        """Say that the open document and another are one article; whether that is kept."""
        document, other = self._current.document, self._workspace.library.catalog.entry(other_id)
        if document is None or other is None:
            return False
        return self._say(
            partial(self._workspace.library.joins.join, document.id, other_id),
            f"Joined with the {file_kind(other.source)} “{other.title}”: "
            "your notes on each show in both.",
            self._workspace.library.joins.take_back,
        )

    def part(self) -> bool:
        """Say that the open document is an article of its own; whether that is kept."""
        document = self._current.document
        if document is None:
            return False
        if not self._workspace.library.joins.partners(document.id):
            self._notifier.info("This document is not joined with another.")
            return False
        return self._say(
            partial(self._workspace.library.joins.part, document.id),
            "It is an article of its own again, with its own notes.",
            self._workspace.library.joins.add,
        )

    def _say(
        self,
        verb: Callable[[], list[Pair]],
        sentence: str,
        inverse: Callable[[list[Pair]], None],
    ) -> bool:
        try:
            pairs = verb()
        except Problem as problem:
            self._notifier.error(problem)
            return False
        self._library_commands.announce()
        undo = partial(self._library_commands.store, inverse, pairs)
        self._notifier.offer(sentence, "Undo", undo)
        return True

    # The notes of the other files

    def _take_news(self, news: NotesNews) -> None:
        """Place the notes of the other files anew when another window changed some of those."""
        if news.document_ids.intersection(self._shown):
            self._place()

    def _open(self, _document: object = None) -> None:
        """Place the partners' notes on the document that was opened."""
        self._shown, self._places, self.unplaced = [], {}, ""
        self._renew()

    def _renew(self) -> None:
        document = self._current.document
        if document is None or self._current.is_earlier:
            return
        partners = self._workspace.library.joins.partners(document.id)
        if partners != self._shown:
            self._shown = partners
            self._place()

    def _place(self) -> None:
        document = self._current.document
        if document is None or not self._shown:
            self._places, self.unplaced = {}, ""
            self._annotations.show_of_partners({})
            return
        # Imported here: few documents have a partner.
        from reader.services.same_article import partner_notes

        self._background.run(
            "notes",
            partner_notes,
            self._workspace.data,
            self._workspace.user,
            document.id,
            self._workspace.key,
            then=partial(self._take, self._workspace.user, document.text, tuple(self._shown)),
            failed=self._notifier.error,
        )

    def _take(
        self, user: str, text: str, partners: tuple[str, ...], found: list[PartnerNote]
    ) -> None:
        document = self._current.document
        if document is None or self._current.is_earlier or document.text != text:
            return
        if user != self._workspace.user or partners != tuple(self._shown):
            return
        kinds = {one.id: file_kind(one.source) for one in self.partners(document.id)}
        lost = Counter(target.document_id for _, target, span in found if span is None)
        self.unplaced = "\n".join(_unplaced(kinds[one], lost[one]) for one in kinds if lost[one])
        places = {
            annotation_id: PartnerPlace(target, span, f"From the {kinds[target.document_id]}")
            for annotation_id, target, span in found
            if span is not None and target.document_id in kinds
        }
        if found or places != self._places:
            self._places = places
            self._annotations.show_of_partners(places)


def _comparable(title: str) -> str:
    return " ".join(title.casefold().split())


def _unplaced(kind: str, count: int) -> str:
    notes = "1 note of the {} has" if count == 1 else f"{count} notes of the {{}} have"
    return f"{notes.format(kind)} no sure place here."


def file_kind(source: str) -> str:
    """What the file of that name is, as it is called in a sentence: "PDF", "web page"."""
    format_ = BY_SUFFIX.get(PurePath(source).suffix.lower())
    if format_ is None:
        return "other file"
    groups = (_GROUPS[kind] for kind in format_.kinds if kind in _GROUPS)
    return next(groups, format_.name.upper())
