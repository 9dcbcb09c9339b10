"""The printed pages of a document: whether they are shown, and the drawing of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from reader.model.document import Document
from reader.model.pdf.tile import Tile
from reader.model.span import Span
from reader.problem import Locked, Problem
from reader.session.pdf_notes import Printing
from reader.store.library import Outcome

if TYPE_CHECKING:
    from reader.model.pdf.page_map import Page, PageMap

MOST_PLACES = 500


class Drawing(Printing):
    """The verbs on pages as they are printed."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._pages: tuple[str, PageMap | None] = ("", None)
        self._sheet: tuple[int, float] | None = None

    @property
    def has_pages(self) -> bool:
        """Whether the open document has printed pages that can be shown."""
        return self.page_map is not None

    @property
    def page_map(self) -> PageMap | None:
        """Where the text of the open document stands on its pages; None when it has none."""
        document = self.document
        if document is None or self._is_edition or not document.importer.startswith("pdf/"):
            return None
        key = f"{document.id} {document.importer}"
        if self._pages[0] != key:
            self._pages = key, self._map_of(document)
        return self._pages[1]

    def _map_of(self, document: Document) -> PageMap | None:
        from reader.model.pdf.page_map import ASSET, PageMap

        try:
            return PageMap.decode(self.library.asset(document.id, ASSET), document.text)
        except Problem as problem:
            self.failed.emit(problem)
        except ValueError:
            self.failed.emit(
                Problem("The pages of this document are not as they were kept. Import it again.")
            )
        return None

    @property
    def as_printed(self) -> bool:
        """Whether the open document is shown as its pages, not as running text."""
        document = self.document
        if document is None or not self.has_pages:
            return False
        return not self._notes.setting("running_text", {}).get(document.id, False)

    def show_as_printed(self, printed: bool) -> None:
        """Shows the open document as its pages, or as running text, at the same place."""
        document = self.document
        if document is None or printed == self.as_printed:
            return
        if printed and not self.has_pages:
            self.tell("This document has no printed pages.")
            return
        # A page without words is a heading with its number, and nothing else.
        if not printed and all(block.kind == "heading" for block in document.blocks):
            self.tell("These pages are pictures only: there is no text in them to read or to find.")
            return
        self.save_position()
        chosen = dict(self._notes.setting("running_text", {}))
        chosen.pop(document.id, None)
        if not printed:
            chosen[document.id] = True
        self.set_setting("running_text", chosen)
        self.view_changed.emit()

    @property
    def page_turn(self) -> int:
        """By how many quarter turns clockwise the open document is shown turned."""
        turns = self._notes.setting("page_turns", {})
        return int(turns.get(self.document.id, 0)) % 4 if self.document is not None else 0

    def turn_pages(self) -> None:
        """Turns the pages of the open document by a quarter clockwise."""
        if self.document is not None:
            turns = dict(self._notes.setting("page_turns", {}))
            turns[self.document.id] = (self.page_turn + 1) % 4
            self.set_setting("page_turns", turns)

    def go_to_page(self, untrusted_label: str) -> bool:
        """Goes to the page of that printed number, else place in the file; whether there is one.

        The way back is remembered.
        """
        pages = self.page_map
        if pages is None:
            return False
        wanted = untrusted_label.strip().casefold()
        labelled = [page for page in pages.pages if page.label.casefold() == wanted]
        if not labelled and wanted.isdecimal() and 1 <= int(wanted) <= len(pages.pages):
            labelled = [pages.pages[int(wanted) - 1]]
        if not labelled:
            return False
        self.show_page(labelled[0])
        return True

    def show_page(self, page: Page) -> None:
        """Goes to a page; the way back is remembered."""
        self._remember()
        if self.as_printed:
            self.page_wanted.emit(page)
        else:
            self.went.emit(Span(page.span.start, page.span.start))

    def draw(self, tile: Tile) -> None:
        """Has a tile of the open document's pages drawn; `drawn` says when that is done."""
        # PDFium's binding is not for a start.
        from reader.workers import page_renderer as drawing

        assert self.document is not None
        document_id = self.document.id
        try:
            path = str(self.library.original(document_id))
        except Problem as problem:
            self.drawn.emit(tile, problem)
            return
        # Imported here: a start that shows no PDF needs none of it.
        from reader.model.pdf.pdf_annotation import marks_taken_in

        self._jobs.run(
            "draw",
            drawing.draw,
            path,
            tile,
            self.password(document_id),
            document_id,
            marks_taken_in(self.annotations),
            then=partial(self._take_drawn, document_id, tile),
            failed=partial(self._take_drawn, document_id, tile),
        )

    def _take_drawn(self, document_id: str, tile: Tile, pixels: bytes | Problem) -> None:
        # What was asked for of a document that is no longer open is told as well: whoever asked
        # waits for it before asking for more.
        here = self.document is not None and self.document.id == document_id
        self.drawn.emit(tile, pixels if here else None)

    def ask_password(self, problem: Locked) -> None:
        """Has the window ask for the password of the open document's file."""
        assert self.document is not None
        path = str(self.library.original(self.document.id))
        self.locked.emit(path, problem.sentence)

    def _show_unlocked(self, document_id: str, outcomes: list[Outcome | Problem]) -> None:
        super()._show_unlocked(document_id, outcomes)
        if self._shows(document_id):
            self.view_changed.emit()

    def locate_page(self, page: Page, share: float, offset: int, last: bool) -> None:
        """Takes note of the page at the upper edge of the view, and the share of it above that.

        `offset` is of the first text in sight; `last` whether the end of the last page is in sight.
        """
        document, pages = self.document, self.page_map
        if document is None or pages is None:
            return
        self._sheet = (page.number, share)
        self.locate(offset, 0.0, len(document.text) if last else offset, page=page)

    @property
    def page_place(self) -> tuple[int, float] | None:
        """The page that the open document was left at, and the share of it that was above.

        None when it was never shown as pages, or has been read on as running text since.
        """
        document, position = self.document, self.position
        if document is None or position is None:
            return None
        number, share, offset = self._notes.setting("page_places", {}).get(
            document.id, (0, 0.0, -1)
        )
        return (int(number), float(share)) if offset == position.offset else None

    def save_position(self) -> None:
        """Writes down where the open document is being read, and on which page."""
        document, line = self.document, self._first_line
        super().save_position()
        sheet, self._sheet = self._sheet, None
        if document is None or line is None or sheet is None or self._is_edition:
            return
        places = dict(self._notes.setting("page_places", {}))
        places.pop(document.id, None)
        places[document.id] = [*sheet, line[0]]
        while len(places) > MOST_PLACES:
            places.pop(next(iter(places)))
        self.set_setting("page_places", places)
