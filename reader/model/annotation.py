"""A user's mark on a passage, and every edit of one.

Source: W3C Web Annotation Data Model, https://www.w3.org/TR/annotation-model/ (a subset: one
target, one text body, tags; no choices, agents or audiences).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reader.model.span import Span

if TYPE_CHECKING:
    from reader.model.pdf.page_box import PageBox

Colour = Literal["yellow", "green", "blue", "pink", "violet"]
COLOURS: tuple[Colour, ...] = ("yellow", "green", "blue", "pink", "violet")
Motivation = Literal["highlighting", "commenting", "bookmarking"]
Style = Literal["highlight", "underline"]
State = Literal["", "moved", "changed", "check", "unplaced", "earlier", "archived"]
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
_LARGEST_PT = 1e6
_LAST_PAGE = 999_999
_NUMBER = r"(\d{1,7}(?:\.\d{1,6})?)"
# Compiled when it is first needed: few notes are on an area.
_FRAGMENT = rf"page=(\d{{1,6}})&xywh={_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}"
_FILE = re.compile(r"[0-9a-f]{64}")
_SOURCE = "urn:sha256:"


@dataclass(frozen=True, slots=True)
class TextQuoteSelector:
    """The words themselves and up to 64 characters on either side.

    Source: Web Annotation Data Model, 4.2.4.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on page `page`, from 1, of the file whose SHA-256 is `file`.

    Source: Web Annotation Data Model, 4.2.1 (Fragment Selector), with the `xywh` of Media Fragments
    URI 1.0, 4.2.2, and the `page` of RFC 8118, 3. Media Fragments count pixels; a page of a PDF has
    none. Here they are points (1/72 inch), two decimals, right and down from the top left corner of
    the page as the file has it shown: its /Rotate is applied, how a reader turned it is not. That
    is the frame of `model.pdf.page_map`.

    Raises:
        ValueError: when it is empty, on no page, or of no file, so that its `fragment` would not
            be read back.
    """

    file: str
    page: int
    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        # As they are written down. A side may be nan, and then is in no range.
        sides = [round(side, 2) for side in (self.x, self.y, self.width, self.height)]
        if not _FILE.fullmatch(self.file) or not 1 <= self.page <= _LAST_PAGE:
            raise ValueError("an area is on no page of a file")
        if not all(0 <= side < _LARGEST_PT for side in sides) or 0 in sides[2:]:
            raise ValueError("an area is empty, or no page is so large")

    @classmethod
    def of(cls, file: str, box: PageBox) -> Area:
        """The area that a box is, on a page of the file with that SHA-256."""
        x, y = round(max(box.left, 0.0), 2), round(max(box.top, 0.0), 2)
        return cls(file, box.page, x, y, round(box.right - x, 2), round(box.bottom - y, 2))

    @classmethod
    def of_fragment(cls, file: str, untrusted: str) -> Area:
        """The area that `page=3&xywh=72,100,200,50` selects in a file.

        Raises:
            ValueError: when it selects none.
        """
        found = re.fullmatch(_FRAGMENT, untrusted, re.ASCII)
        if found is None:
            raise ValueError("no fragment of a page")
        page, *sides = found.groups()
        return cls(file, int(page), *(round(float(side), 2) for side in sides))

    @property
    def fragment(self) -> str:
        """What selects it in its file, as a W3C Fragment Selector holds it."""
        sides = ",".join(map(_short, (self.x, self.y, self.width, self.height)))
        return f"page={self.page}&xywh={sides}"

    @property
    def box(self) -> PageBox:
        """The area as a box on its page."""
        # Imported here: a start that shows no PDF needs none of it.
        from reader.model.pdf.page_box import PageBox

        right, bottom = round(self.x + self.width, 2), round(self.y + self.height, 2)
        return PageBox(self.page, self.x, self.y, right, bottom)

    def title(self, label: str = "") -> str:
        """What it is called where a passage would be quoted; `label` is the page's printed
        number."""
        return f"Area on page {label or self.page}"


def uri_of(area: Area | None) -> str:
    """File and fragment in one line, as they are stored; "" for None."""
    return f"{_SOURCE}{area.file}#{area.fragment}" if area is not None else ""


def area_at(untrusted: str) -> Area | None:
    """The area of what `uri_of` gave; None for "".

    Raises:
        ValueError: when it is none.
    """
    if not untrusted:
        return None
    source, _, fragment = untrusted.partition("#")
    if not source.startswith(_SOURCE):
        raise ValueError("no address of an area")
    return Area.of_fragment(source.removeprefix(_SOURCE), fragment)


def _short(side: float) -> str:
    # Nothing is added to all but -0.0, whose sign no fragment has.
    return f"{side + 0.0:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Target:
    """What an annotation is about: a passage by its words and by its place, or an area of a page.

    `position` counts code points of the document's text (Text Position Selector, 4.2.5), and is
    valid only for the text whose SHA-256 is `text_hash`. With an `area` it is empty: where the note
    stands among those on text.
    """

    document_id: str
    quote: TextQuoteSelector
    position: Span
    text_hash: str
    area: Area | None = None

    @property
    def words(self) -> str:
        """What it is about, in words: the passage, or which page an area is on."""
        return self.quote.exact if self.area is None else self.area.title()


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlight, a note or a bookmark.

    `note` is Markdown. `created` and `modified` are UTC, ISO 8601; `deleted` is the time it went
    to the trash, or "". `revision` rises by one with every applied change.

    `state` is "" when nothing about its place is open. After its text has changed: "moved" to
    other neighbours, "changed" in its words, to be looked at ("check"), without a place
    ("unplaced"), or, as the person decided, left with the earlier text ("earlier") or put away
    ("archived"). `earlier` is what it was about before it was moved or changed.
    """

    id: str
    target: Target
    colour: Colour = "yellow"
    style: Style = "highlight"
    motivation: Motivation = "highlighting"
    note: str = ""
    tags: tuple[str, ...] = ()
    created: str = ""
    modified: str = ""
    deleted: str = ""
    revision: int = 0
    state: State = ""
    earlier: Target | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An edit: what was, and what is then.

    `before` is None when an annotation is made; `after` is None when it is gone for good.

    Raises:
        ValueError: when both are None, or are two different annotations.
    """

    before: Annotation | None
    after: Annotation | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change changes something")
        if self.before and self.after and self.before.id != self.after.id:
            raise ValueError("a change is about one annotation")

    @property
    def annotation_id(self) -> str:
        """The annotation that changes."""
        one = self.after or self.before
        assert one is not None
        return one.id

    def inverse(self) -> Change:
        """The change that undoes this one."""
        return Change(self.after, self.before)
