"""The printed pages of a document: whether they are shown, and the drawing of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from reader.model.document import Document
from reader.model.pdf.tile import Tile
from reader.model.span import Span
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.annotations import Annotations
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.navigation import Navigation, SavedPosition
from reader.session.notifier import Notifier
from reader.session.passwords import Passwords
from reader.session.raw_pages import RawPages
from reader.store.reading import Reading

if TYPE_CHECKING:
    from reader.model.annotation import Area
    from reader.model.pdf.page_map import Page, PageMap

# How finely an area is drawn that is copied as a picture.
PICTURE_DPI = 200


class RenderedTile(NamedTuple):
    """A tile with its pixels, the Problem with it, or None when its document is closed."""

    tile: Tile
    result: bytes | Problem | None


class PdfPages(QObject):
    """The open document as its printed pages."""

    mode_changed = Signal()  # it is shown as pages now, or as running text
    rotated = Signal(int)  # the quarter turns clockwise
    page_requested = Signal(int)  # the number of a page
    tile_ready = Signal(RenderedTile)

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        background: Background,
        current: CurrentDocument,
        navigation: Navigation,
        annotations: Annotations,
        passwords: Passwords,
        raw: RawPages,
    ) -> None:
        super().__init__()
        self._raw = raw
        self._workspace = workspace
        self._notifier = notifier
        self._background = background
        self._current = current
        self._navigation = navigation
        self._annotations = annotations
        self._passwords = passwords
        self._pages: tuple[str, PageMap | None] = ("", None)
        self._sheet: tuple[int, float] | None = None
        navigation.saved.connect(self._keep_page)
        raw.changed.connect(self.mode_changed)
        current.changed.connect(self._forget_page)

    @property
    def has_pages(self) -> bool:
        """Whether the open document has printed pages that can be shown."""
        return self.page_map is not None

    @property
    def page_map(self) -> PageMap | None:
        """Where the text of the open document stands on its pages; None when it has none.

        Those of a file whose text is still being read have no words.
        """
        if self._raw.are_shown:
            return self._raw.page_map
        document = self._current.document
        if document is None or self._current.is_edition or not document.importer.startswith("pdf/"):
            return None
        key = f"{document.id} {document.importer}"
        if self._pages[0] != key:
            self._pages = key, self._map_of(document)
        return self._pages[1]

    def _map_of(self, document: Document) -> PageMap | None:
        from reader.model.pdf.page_map import ASSET, PageMap

        try:
            return PageMap.decode(self._workspace.library.asset(document.id, ASSET), document.text)
        except Problem as problem:
            self._notifier.error(problem)
        except ValueError:
            self._notifier.error(
                Problem("The pages of this document are not as they were kept. Import it again.")
            )
        return None

    @property
    def as_printed(self) -> bool:
        """Whether the open document is shown as its pages, not as running text."""
        if self._raw.are_shown:
            return True
        document = self._current.document
        if document is None or not self.has_pages:
            return False
        return self._workspace.notes.readings.get(document.id).view_mode == "pages"

    @property
    def are_being_read(self) -> bool:
        """Whether pages are shown whose text is not there yet: nothing can be marked on them."""
        return self._raw.are_shown

    def show_unread(self, path: Path, file_hash: str) -> bool:
        """Show the pages of a file that the library does not have; return whether it is a PDF."""
        return self._raw.show(path, file_hash, at_once=True)

    def go_on(self, shown: PageMap | None) -> bool:
        """Return whether the pages that are shown were those of the open document's file, while it
        was read."""
        document, raw = self._current.document, self._raw
        is_same = document is not None and document.id == raw.document_id
        return is_same and shown is not None and shown is raw.page_map

    def show_as_printed(self, printed: bool) -> None:
        """Show the open document as its pages, or as running text, at the same place."""
        document = self._current.document
        if document is None or printed == self.as_printed:
            return
        if printed and not self.has_pages:
            self._notifier.info("This document has no printed pages.")
            return
        # A page without words is a heading with its number, and nothing else.
        if not printed and all(block.kind == "heading" for block in document.blocks):
            self._notifier.info(
                "These pages are pictures only: there is no text in them to read or to find."
            )
            return
        self._navigation.save()
        self._update(
            document.id,
            lambda reading: reading._replace(view_mode="pages" if printed else "text"),
        )
        self.mode_changed.emit()

    def _update(self, document_id: str, change: Callable[[Reading], Reading]) -> bool:
        """Write a reading state; a failure is reported, and the state stays as it was."""
        try:
            self._workspace.notes.readings.update(document_id, change)
        except Problem as problem:
            self._notifier.error(problem)
            return False
        return True

    @property
    def quarter_turns(self) -> int:
        """By how many quarter turns clockwise the open document is shown turned."""
        document = self._current.document
        if document is None:
            return 0
        return self._workspace.notes.readings.get(document.id).rotation

    def rotate(self) -> None:
        """Turn the pages of the open document by a quarter clockwise."""
        document, turns = self._current.document, (self.quarter_turns + 1) % 4
        if document is not None and self._update(
            document.id, lambda reading: reading._replace(rotation=turns)
        ):
            self.rotated.emit(turns)

    def go_to_page(self, untrusted_label: str) -> bool:
        """Go to the page of that printed number, else place in the file; whether there is one.

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
        """Go to a page; the way back is remembered."""
        if self._current.document is not None:
            self._navigation.remember()
        if self.as_printed:
            self.page_requested.emit(page.number)
        else:
            self._navigation.scroll_to(Span(page.span.start, page.span.start))

    def render(self, tile: Tile) -> None:
        """Have a tile of the open document's pages drawn; `tile_ready` says when that is done."""
        self._draw(tile, self._take_drawn)

    def picture_of(self, area: Area, then: Callable[[RenderedTile], None]) -> None:
        """Have an area of a page of the open document drawn on white paper, for `then`."""
        page_map = self.page_map
        if page_map is None or area.page > len(page_map.pages):
            return
        page, scale = page_map.pages[area.page - 1], PICTURE_DPI / 72
        wide, tall = round(page.width_pt * scale), round(page.height_pt * scale)
        sides = (area.box.left, area.box.top, area.box.right, area.box.bottom)
        left, top, right, bottom = (round(side * scale) for side in sides)
        right, bottom = min(max(right, left + 1), wide), min(max(bottom, top + 1), tall)
        if left < right and top < bottom:
            tile = Tile(area.page, wide, tall, left, top, right, bottom)
            self._draw(tile, lambda _, drawn, result: then(RenderedTile(drawn, result)))

    def _draw(self, tile: Tile, then: Callable[[str, Tile, bytes | Problem], None]) -> None:
        """Have a tile drawn; `then` takes the document's id, the tile and what became of it."""
        # PDFium's binding is not for a start.
        from reader.workers import page_renderer as drawing

        document_id = self._shown_id
        try:
            path = self._raw.path if self.are_being_read else self._original(document_id)
        except Problem as problem:
            then(document_id, tile, problem)
            return
        # Imported here: a start that shows no PDF needs none of it.
        from reader.model.pdf.pdf_annotation import marks_taken_in

        self._background.run(
            "draw",
            drawing.draw,
            path,
            tile,
            self._passwords.get(document_id),
            document_id,
            marks_taken_in(self._annotations.all),
            then=partial(then, document_id, tile),
            failed=partial(self._take_undrawn, then, document_id, tile, path),
        )

    def _take_undrawn(
        self,
        then: Callable[[str, Tile, bytes | Problem], None],
        document_id: str,
        tile: Tile,
        path: str,
        problem: Problem,
    ) -> None:
        """Say why, of the file by the name that it came with: the library stores it by another."""
        document = self._current.document
        if document is not None and document.id == document_id:
            self._passwords.call(path, document.source)
            problem = problem.renamed(Path(path).name, document.source)
        then(document_id, tile, problem)

    @property
    def _shown_id(self) -> str:
        """The document whose pages are shown, be it not in the library yet."""
        document = self._current.document
        return document.id if document is not None else self._raw.document_id

    def _original(self, document_id: str) -> str:
        return str(self._workspace.library.original(document_id))

    def _take_drawn(self, document_id: str, tile: Tile, pixels: bytes | Problem) -> None:
        # What was asked for of a document that is no longer open is told as well: whoever asked
        # waits for it before asking for more.
        here = self._shown_id == document_id
        self.tile_ready.emit(RenderedTile(tile, pixels if here else None))

    def show_unlocked(self, document_id: str) -> None:
        """Show the pages anew when the open document is the one whose file was unlocked."""
        if self._current.shows(document_id):
            self.mode_changed.emit()

    def locate_page(self, page: Page, share: float, offset: int, last: bool) -> None:
        """Take note of the page at the upper edge of the view, and the share of it above that.

        `offset` is of the first text in sight; `last` whether the end of the last page is in sight.
        """
        document, pages = self._current.document, self.page_map
        if document is None or pages is None:
            return
        self._sheet = (page.number, share)
        self._navigation.report_location(
            offset, 0.0, len(document.text) if last else offset, page=page
        )

    @property
    def page_place(self) -> tuple[int, float] | None:
        """The page that the open document was left at, and the share of it that was above.

        None when it was never shown as pages, or has been read on as running text since.
        """
        document, position = self._current.document, self._navigation.position
        if document is None or position is None:
            return None
        reading = self._workspace.notes.readings.get(document.id)
        return (reading.page, reading.share) if reading.offset == position.offset else None

    def _keep_page(self, saved: SavedPosition) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            number, share = sheet
            self._update(
                saved.document_id,
                lambda reading: reading._replace(
                    page=number, share=float(share), offset=saved.offset
                ),
            )

    def _forget_page(self, _document: object) -> None:
        self._sheet = None
