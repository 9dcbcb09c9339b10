"""The settings of a user: one table for the window, the session, the workers and the command line.

A setting that is added here is read and written by its declaration, never by its name; a test
holds each to having a reader and a writer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_SMALLEST_ZOOM, _LARGEST_ZOOM = 0.1, 10.0


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting.

    `name` is its key in the file of the user's notes, so it never changes. `default` stands for a
    value that was never set, and for a stored one that is not sound. Values are what JSON holds.
    """

    name: str
    default: T = field(compare=False)
    is_sound: Callable[[object], bool] = field(compare=False)

    def checked(self, untrusted: object) -> T:
        """Return the stored value, or the default when it is not sound."""
        return untrusted if self.is_sound(untrusted) else self.default  # type: ignore[return-value]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


def _is_zoom(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and _SMALLEST_ZOOM <= value <= _LARGEST_ZOOM  # type: ignore[operator]


def _is_interface_text(value: object) -> bool:
    return _is_zoom(value) and 1 <= value <= 2  # type: ignore[operator]


def _is_page_zoom(value: object) -> bool:
    return _is_zoom(value) or value in ("auto", "width", "page")


def _is_one_of(*names: str) -> Callable[[object], bool]:
    return lambda value: value in names


def _is_list_of(is_sound: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(map(is_sound, value))


def _is_map_to(is_sound: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, dict) and all(map(is_sound, value.values()))


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_minutes(value: object) -> bool:
    return _is_number(value) and 0 <= value <= 24 * 60  # type: ignore[operator]


def _is_panes(value: object) -> bool:
    return isinstance(value, dict) and all(_is_switch(value.get(n)) for n in ("left", "notes"))


def _is_print(value: object) -> bool:
    return (
        isinstance(value, dict)
        and all(_is_text(value.get(name)) for name in ("size", "where"))
        and all(_is_switch(value.get(name)) for name in ("highlights", "grey"))
    )


_are_texts = _is_list_of(_is_text)


def _is_note_import(value: object) -> bool:
    if not (isinstance(value, list) and len(value) == 5):
        return False
    return all(map(_is_text, value[:4])) and _are_texts(value[4])


# The window.
THEME = Setting("theme", "system", _is_one_of("system", "light", "sepia", "dark"))
# How much larger than usual the text of the window is, without that of the page.
INTERFACE_TEXT = Setting("interface_text", 1.0, _is_interface_text)
# After so many minutes without a key or the mouse, notes with a passphrase are locked; 0: never.
LOCK_AFTER_MINUTES = Setting("lock_after_minutes", 10, _is_minutes)
GEOMETRY = Setting("geometry", "", _is_text)  # Qt's own bytes in base 64
SPLIT: Setting[Sequence[int]] = Setting("split", (), _is_list_of(_is_number))  # widths in pixels
PANES: Setting[Mapping[str, bool]] = Setting(
    "panes", MappingProxyType({"left": True, "notes": True}), _is_panes
)
# By an action's id its keys, as Qt writes them; those that are not named have their own.
KEYS: Setting[Mapping[str, Sequence[str]]] = Setting(
    "keys", MappingProxyType({}), _is_map_to(_are_texts)
)
SINGLE_KEYS = Setting("single_keys", True, _is_switch)  # letters without Ctrl or Alt
THUMBNAILS = Setting("thumbnails", False, _is_switch)
# The columns of the library's table that are shown, by their names, in their order; () for all.
LIBRARY_COLUMNS: Setting[Sequence[str]] = Setting("library_columns", (), _are_texts)

# The page; 1.0 is its own size.
ZOOM = Setting("zoom", 1.0, _is_zoom)
PAGE_ZOOM: Setting[float | str] = Setting("page_zoom", "auto", _is_page_zoom)
PAGES_IN_TWOS = Setting("pages_in_twos", False, _is_switch)
DARKEN_FIGURES = Setting("darken_figures", False, _is_switch)
TYPEFACE = Setting("typeface", "serif", _is_one_of("serif", "sans", "dyslexic", "system"))
COLUMN_WIDTH = Setting("column_width", "normal", _is_one_of("narrow", "normal", "wide"))
LINE_SPACING = Setting("line_spacing", "normal", _is_one_of("tight", "normal", "loose"))
JUSTIFY = Setting("justify", False, _is_switch)  # with words divided at the ends of lines
# "one" and "two": pages of so many columns, which are turned.
PAGE_TURNING = Setting("page_turning", "scroll", _is_one_of("scroll", "one", "two"))

# Files and folders.
FOLDER = Setting("folder", "", _is_text)  # of the documents that were opened last
WATCHED_FOLDER = Setting("watched_folder", "", _is_text)  # "" for none
WATCHED_FILES: Setting[Mapping[str, Sequence[int]]] = Setting(
    "watched_files", MappingProxyType({}), _is_map_to(_is_list_of(_is_number))
)
EXPORT_FOLDER = Setting("export_folder", "", _is_text)
EXPORT_FORMAT = Setting("export_format", "markdown", _is_text)
PRINT: Setting[Mapping[str, Any]] = Setting(
    "print",
    MappingProxyType({"size": "A4", "where": "In the margin", "highlights": True, "grey": False}),
    _is_print,
)

# Notes.
LAST_COLOUR = Setting("last_colour", "yellow", _is_text)
COLOUR_MEANINGS: Setting[Mapping[str, str]] = Setting(
    "colour_meanings", MappingProxyType({}), _is_map_to(_is_text)
)
MEANING_LETTERS = Setting("meaning_letters", False, _is_switch)  # beside each highlight
CITATION_STYLE = Setting("citation_style", "", _is_text)
PDF_NOTES_SEEN: Setting[Sequence[str]] = Setting("pdf_notes_seen", (), _are_texts)
# An import a row: its id, the file's name, the format, when (UTC, ISO 8601), the ids of new notes.
NOTE_IMPORTS: Setting[Sequence[list[Any]]] = Setting(
    "note_imports", (), _is_list_of(_is_note_import)
)
# By a note's id the digests of what it said when it was brought last.
NOTES_BROUGHT: Setting[Mapping[str, list[str]]] = Setting(
    "notes_brought", MappingProxyType({}), _is_map_to(_are_texts)
)
# Notes that seem to name a patient and may go out all the same: "<id> <revision>" of each.
LET_OUT: Setting[Sequence[str]] = Setting("let_out", (), _are_texts)

# Search.
RECENT_SEARCHES: Setting[Sequence[str]] = Setting("recent_searches", (), _are_texts)
SAVED_SEARCHES: Setting[Sequence[str]] = Setting("saved_searches", (), _are_texts)
# Where the extra for it is installed.
ORDER_BY_MEANING = Setting("order_by_meaning", True, _is_switch)

SETTINGS: tuple[Setting[Any], ...] = (
    *(THEME, GEOMETRY, SPLIT, PANES, KEYS, SINGLE_KEYS, THUMBNAILS, LIBRARY_COLUMNS),
    *(LOCK_AFTER_MINUTES, INTERFACE_TEXT),
    *(ZOOM, PAGE_ZOOM, PAGES_IN_TWOS, DARKEN_FIGURES),
    *(TYPEFACE, COLUMN_WIDTH, LINE_SPACING, JUSTIFY, PAGE_TURNING),
    *(FOLDER, WATCHED_FOLDER, WATCHED_FILES, EXPORT_FOLDER, EXPORT_FORMAT, PRINT),
    *(LAST_COLOUR, COLOUR_MEANINGS, MEANING_LETTERS, CITATION_STYLE),
    *(PDF_NOTES_SEEN, NOTE_IMPORTS, NOTES_BROUGHT, LET_OUT),
    *(RECENT_SEARCHES, SAVED_SEARCHES, ORDER_BY_MEANING),
)


def template_of(format_name: str) -> Setting[str]:
    """Return the setting that holds the user's own template for an export format; "" for none."""
    return Setting(f"template_{format_name}", "", _is_text)


def is_template_used(format_name: str) -> Setting[bool]:
    """Return the setting that says whether exports in a format use the user's own template."""
    return Setting(f"template_{format_name}_used", True, _is_switch)
