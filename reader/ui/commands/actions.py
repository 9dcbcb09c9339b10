"""All that can be done in the window, in one tuple: menus, keys, palette and sheet come from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Need = Literal["document", "selection", "annotation", "hit", "pages", "passphrase", "clear"]
Menu = Literal["File", "Edit", "View", "Go", "Mark", "Help", ""]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done: by menu, by key, or by name in the palette.

    `needs` says what there must be for it to be enabled; of several, all. "selection" is met by a
    selected passage, the current hit or a chosen annotation, as a mark can be put on each.
    """

    id: str
    title: str
    keys: tuple[str, ...]
    menu: Menu
    needs: frozenset[Need]
    tip: str
    icon: str = ""
    context: bool = False


def _needs(*needs: Need) -> frozenset[Need]:
    return frozenset(needs)


_NOTHING = _needs()
_DOCUMENT = _needs("document")
_SELECTION = _needs("document", "selection")
_ANNOTATION = _needs("document", "annotation")
_HIT = _needs("document", "hit")
_PAGES = _needs("document", "pages")
_PASSAGE_ON_PAGES = _needs("document", "pages", "selection")

# ruff: noqa: E501 - a table: one action a line
ACTIONS: tuple[Action, ...] = (
    Action("open", "Open…", ("Ctrl+O",), "File", _NOTHING, "Open a document and keep it in the library", "folder-open"),
    Action("open_folder", "Import Folder…", ("Ctrl+Shift+O",), "File", _NOTHING, "Import all documents of a folder"),
    Action("paste", "New Document from Clipboard", ("Ctrl+Shift+V",), "File", _NOTHING, "Keep the copied text or page as a document of the library"),
    Action("watch", "Watched Folder…", (), "File", _NOTHING, "A folder whose new documents are imported at each start"),
    Action("failures", "Files Not Imported…", (), "File", _NOTHING, "Which files of the last import could not be read, and why"),
    Action("export", "Export Notes…", ("Ctrl+E",), "File", _NOTHING, "Save notes as a file, or copy them", "share"),
    Action("import_notes", "Import Notes…", (), "File", _NOTHING, "Import notes of Hypothesis, Readwise, Zotero, calibre, KOReader, a Kindle, or of Offprint"),
    Action("note_imports", "Imported Notes…", (), "File", _NOTHING, "What each import of notes brought; put its notes on another document"),
    Action("bibliography", "Export Bibliography…", (), "File", _NOTHING, "The sources of the library or a collection for a reference manager, with or without notes"),
    Action("print", "Print…", ("Ctrl+P",), "File", _DOCUMENT, "Print the article with its notes, or save it so as PDF", "printer"),
    Action("pdf_copy", "Save PDF with Notes…", (), "File", _DOCUMENT, "A copy of the open PDF whose notes other readers show"),
    Action("pdf_notes", "Import Notes of the PDF", (), "File", _DOCUMENT, "Make the highlights and notes in the open PDF your own"),
    Action("backups", "Backups of Notes…", (), "File", _NOTHING, "Restore the notes from a backup, or make one"),
    Action("pack_library", "Pack Library…", (), "File", _NOTHING, "Library and notes of all users in one file, for another computer"),
    Action("open_packed", "Open Packed Library…", (), "File", _NOTHING, "Open a library that was packed in one file; the one that is open is kept"),
    Action("switch_user", "Switch User…", ("Ctrl+Shift+U",), "File", _NOTHING, "Read as somebody else, with other notes", "users"),
    Action("set_passphrase", "Set Passphrase…", (), "File", _needs("clear"), "Encrypt your notes, so that others on this computer cannot read them"),
    Action("change_passphrase", "Change Passphrase…", (), "File", _needs("passphrase"), "Open your notes with another passphrase from now on"),
    Action("remove_passphrase", "Remove Passphrase…", (), "File", _needs("passphrase"), "Keep your notes so that anybody on this computer can read them"),
    Action("lock_after", "Lock After…", (), "File", _needs("passphrase"), "After how many minutes without a key or the mouse your notes are locked"),
    Action("lock", "Lock", ("Ctrl+Alt+L",), "File", _needs("passphrase"), "Close the window on your notes until the passphrase is given"),
    Action("rename", "Rename Document…", (), "File", _DOCUMENT, "Give the open document another title"),
    Action("details", "Details…", ("Ctrl+I",), "File", _DOCUMENT, "Title, authors, journal, dates, tags and collections of the open document", "info"),
    Action("original", "Open Original File", (), "File", _DOCUMENT, "Show the file that the open document was read from in its own program"),
    Action("reveal", "Show Original in Folder", (), "File", _DOCUMENT, "Open the folder that the file of the open document lies in", "folder-open"),
    Action("import_again", "Import Again", (), "File", _DOCUMENT, "Read the original file anew; another text becomes a new edition"),
    Action("read_older", "Read Older Documents Again…", (), "File", _NOTHING, "Read all documents anew that an earlier version of Offprint has read"),
    Action("whole_page", "Show Whole Web Page", (), "File", _DOCUMENT, "Show all of a saved web page, or its main text only"),
    Action("left_out", "Parts Left Out…", (), "File", _DOCUMENT, "What the file shows too and is not in the page, with the reason"),
    Action("editions", "Earlier Editions…", (), "File", _DOCUMENT, "Read the open document as it was before", "clock"),
    Action("same_article", "Same Article As…", (), "File", _DOCUMENT, "Join the open document with another file of its article: notes on each show in both"),
    Action("not_same_article", "Not the Same Article", (), "File", _DOCUMENT, "Part the open document from the other files of its article"),
    Action("remove", "Remove Document", (), "File", _DOCUMENT, "Move the open document to the trash", "trash-2"),
    Action("trash", "Trash…", (), "File", _NOTHING, "Documents that were removed: have them back, or remove them for good", "trash-2"),
    Action("quit", "Quit", ("Ctrl+Q",), "File", _NOTHING, "Close Offprint"),
    Action("undo", "Undo", ("Ctrl+Z",), "Edit", _DOCUMENT, "Take back the last edit of the notes", "undo-2"),
    Action("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit", _DOCUMENT, "Do again what was undone", "redo-2"),
    Action("copy", "Copy", ("Ctrl+C",), "Edit", _SELECTION, "Copy the selected text", "copy", True),
    Action("copy_cited", "Copy with Citation", ("Ctrl+Shift+C",), "Edit", _SELECTION, "Copy the passage with its source", "quote", True),
    Action("copy_citation", "Copy Citation", (), "Edit", _DOCUMENT, "Copy the citation of the open document, without a passage", "quote"),
    Action("citation_style", "Citation Style…", (), "Edit", _DOCUMENT, "In which style citations are copied: Vancouver, AMA, APA, Harvard and others"),
    Action("find", "Find…", ("Ctrl+F", "/"), "Edit", _NOTHING, "Search this article and the library", "search"),
    Action("find_library", "Find in Library…", ("Ctrl+Shift+F",), "Edit", _NOTHING, "Search all documents"),
    Action("find_selection", "Find Selection", ("Ctrl+Shift+E",), "Edit", _SELECTION, "Search for the selected words", "search", True),
    Action("by_meaning", "Order by Meaning", (), "Edit", _NOTHING, "Order the best results by what they mean too, or by their words alone"),
    Action("make_heading", "Make Heading", (), "Edit", _DOCUMENT, "Say that the selected line is a heading, for the contents", "list", True),
    Action("unmake_heading", "Not a Heading", (), "Edit", _DOCUMENT, "Say that the selected heading is running text", "", True),
    Action("next_hit", "Next Match", ("F3", "Ctrl+G"), "Edit", _HIT, "Go to the next place found"),
    Action("previous_hit", "Previous Match", ("Shift+F3", "Ctrl+Shift+G"), "Edit", _HIT, "Go to the place found before"),
    Action("larger", "Larger Text", ("Ctrl+=", "Ctrl++"), "View", _DOCUMENT, "Make the text larger"),
    Action("smaller", "Smaller Text", ("Ctrl+-",), "View", _DOCUMENT, "Make the text smaller"),
    Action("normal_size", "Actual Size", ("Ctrl+0",), "View", _DOCUMENT, "Text at its own size"),
    Action("interface_larger", "Larger Interface Text", ("Ctrl+Alt+=",), "View", _NOTHING, "Make the text of menus, panes and dialogs larger"),
    Action("interface_smaller", "Smaller Interface Text", ("Ctrl+Alt+-",), "View", _NOTHING, "Make the text of menus, panes and dialogs smaller"),
    Action("interface_normal", "Interface Text at Its Own Size", (), "View", _NOTHING, "Text of menus, panes and dialogs at its own size"),
    Action("reading_settings", "Reading Settings…", ("Ctrl+,",), "View", _NOTHING, "Typeface, size, column, spacing, justification and theme of the page", "a-large-small"),
    Action("printed", "Printed Pages", ("F8",), "View", _PAGES, "Show the pages as printed, or the same text as an article", "file-text"),
    Action("fit_width", "Fit Width", ("W",), "View", _PAGES, "Pages as wide as the window"),
    Action("fit_page", "Fit Page", ("Shift+W",), "View", _PAGES, "Whole pages in the window"),
    Action("zoom_selection", "Zoom to Selection", ("Ctrl+Alt+0",), "View", _PASSAGE_ON_PAGES, "Make the selected passage of a printed page as large as the window", "maximize"),
    Action("in_twos", "Two Pages", ("Ctrl+Alt+2",), "View", _PAGES, "Two pages beside each other, or one"),
    Action("thumbnails", "Thumbnails", ("F4",), "View", _PAGES, "All pages small in the place of the contents, or the contents"),
    Action("turn", "Turn Pages", ("Ctrl+Alt+R",), "View", _PAGES, "Turn the pages of this document by a quarter"),
    Action("light", "Light Theme", (), "View", _NOTHING, "Dark text on white paper", "sun"),
    Action("sepia", "Sepia Theme", (), "View", _NOTHING, "Dark text on warm paper", "eye"),
    Action("dark", "Dark Theme", (), "View", _NOTHING, "Light text on dark paper", "moon"),
    Action("system", "System Theme", (), "View", _NOTHING, "Light or dark as the system is", "settings"),
    Action("left_pane", "Contents and Library", ("F9",), "View", _NOTHING, "Show or hide the left pane", "panel-left"),
    Action("notes_pane", "Notes", ("Shift+F9",), "View", _NOTHING, "Show or hide the notes", "panel-right"),
    Action("notebook", "Notebook", ("Ctrl+Shift+N",), "View", _NOTHING, "All notes of the library, grouped and filtered", "list"),
    Action("shelf", "Library as Table", ("Ctrl+Shift+T",), "View", _NOTHING, "All documents in columns, to be sorted and filtered", "table"),
    Action("figure", "Enlarge Figure", ("Ctrl+Shift+F11",), "View", _DOCUMENT, "Show the next figure large, to be zoomed and moved", "maximize"),
    Action("table", "Enlarge Table", ("Ctrl+Shift+F10",), "View", _DOCUMENT, "Show the next table with room for all its columns", "table"),
    Action("darken_figures", "Darken Figures", ("Ctrl+Alt+D",), "View", _NOTHING, "In the dark theme, show figures dark with their hues kept, or as they are drawn", "moon"),
    Action("full_screen", "Full Screen", ("F11",), "View", _NOTHING, "Use the whole screen, and back", "maximize"),
    Action("caret", "Caret Browsing", ("F7",), "View", _DOCUMENT, "Move a caret with the arrow keys, to select exactly"),
    Action("next_pane", "Next Pane", ("F6",), "View", _NOTHING, "Move the keyboard to the next pane"),
    Action("previous_pane", "Previous Pane", ("Shift+F6",), "View", _NOTHING, "Move the keyboard to the pane before"),
    Action("back", "Back", ("Alt+Left",), "Go", _DOCUMENT, "To the place before the last jump", "chevron-left"),
    Action("forward", "Forward", ("Alt+Right",), "Go", _DOCUMENT, "To the place that Back came from", "chevron-right"),
    Action("next_section", "Next Section", ("Ctrl+PgDown",), "Go", _DOCUMENT, "To the next heading"),
    Action("previous_section", "Previous Section", ("Ctrl+PgUp",), "Go", _DOCUMENT, "To the heading before"),
    Action("go_to_page", "Go to Page…", ("G",), "Go", _PAGES, "To a page by its printed number"),
    Action("start", "Start of Document", ("Ctrl+Home",), "Go", _DOCUMENT, "To the first line"),
    Action("end", "End of Document", ("Ctrl+End",), "Go", _DOCUMENT, "To the last line"),
    Action("next_note", "Next Note", ("Alt+Down",), "Go", _DOCUMENT, "To the next highlight or note"),
    Action("previous_note", "Previous Note", ("Alt+Up",), "Go", _DOCUMENT, "To the highlight or note before"),
    Action("highlight", "Highlight", ("H", "Ctrl+H"), "Mark", _SELECTION, "Highlight in the colour used last", "highlighter"),
    Action("yellow", "Yellow", ("1", "Ctrl+1"), "Mark", _SELECTION, "Highlight in yellow"),
    Action("green", "Green", ("2", "Ctrl+2"), "Mark", _SELECTION, "Highlight in green"),
    Action("blue", "Blue", ("3", "Ctrl+3"), "Mark", _SELECTION, "Highlight in blue"),
    Action("pink", "Pink", ("4", "Ctrl+4"), "Mark", _SELECTION, "Highlight in pink"),
    Action("violet", "Violet", ("5", "Ctrl+5"), "Mark", _SELECTION, "Highlight in violet"),
    Action("note", "Write Note", ("N", "Ctrl+M"), "Mark", _SELECTION, "Write a note on the passage", "message-square-text", True),
    Action("another", "Write Another Note", ("Shift+N",), "Mark", _SELECTION, "Write one more note on a passage that has one", "plus"),
    Action("area", "Mark an Area", ("A",), "Mark", _PAGES, "Draw a rectangle on a printed page, to highlight or write on what is no text", "area"),
    Action("underline", "Underline", ("U",), "Mark", _SELECTION, "Underline the passage, or colour its ground again", "pencil", True),
    Action("bookmark", "Bookmark", ("B", "Ctrl+D"), "Mark", _DOCUMENT, "Mark this place to come back to, or no longer", "bookmark", True),
    Action("extend", "Extend to Negation", ("E",), "Mark", _ANNOTATION, "Add the “not” or “unless” that the passage leaves out"),
    Action("copy_link", "Copy Link to Note", ("Ctrl+L",), "Mark", _ANNOTATION, "Copy a link to this note, to put into another", "link", True),
    Action("follow", "Follow Link in Note", ("Ctrl+Shift+L",), "Mark", _ANNOTATION, "Open the note that this one links to", "corner-down-left"),
    Action("delete", "Delete Highlight", ("Delete",), "Mark", _ANNOTATION, "Delete the chosen highlight and its note", "trash-2", True),
    Action("note_history", "History of Note…", (), "Mark", _ANNOTATION, "What the chosen note was, and when", "clock", True),
    Action("review", "Review Notes…", ("Ctrl+R",), "Mark", _DOCUMENT, "Decide about notes whose text has changed", "check"),
    Action("meanings", "Name the Colours…", (), "Mark", _NOTHING, "Say what each colour stands for"),
    Action("letters", "Letters for Colours", (), "Mark", _NOTHING, "Show beside each highlight a letter for the meaning of its colour, or no longer"),
    Action("palette", "All Commands…", ("Ctrl+Shift+P",), "Help", _NOTHING, "Find a command by its name", "keyboard"),
    Action("shortcuts", "Keyboard Shortcuts", ("F1",), "Help", _NOTHING, "All keys on one sheet"),
    Action("keys", "Change Keys…", (), "Help", _NOTHING, "Give commands other keys, or switch letters alone off", "keyboard"),
    Action("guide", "Guide", (), "Help", _NOTHING, "Read the guide to Offprint", "book-open"),
    Action("about", "About Offprint", (), "Help", _NOTHING, "Version, licences, where the files are", "info"),
)  # fmt: skip
