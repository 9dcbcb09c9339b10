"""All that can be done in the window, in one tuple: menus, keys, palette and sheet come from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reader.settings import MEANING_LETTERS, PAGE_ZOOM, PAGES_IN_TWOS, THUMBNAILS
from reader.ui.shell import file_handlers, handlers

if TYPE_CHECKING:
    from reader.ui.shell.main_window import MainWindow

Need = Literal["document", "selection", "annotation", "hit", "pages"]
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
    run: Callable[[MainWindow], object]
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
    Action("open", "Open…", ("Ctrl+O",), "File", _NOTHING, "Open a document and keep it in the library", file_handlers.choose_files, "folder-open"),
    Action("open_folder", "Import Folder…", ("Ctrl+Shift+O",), "File", _NOTHING, "Take all documents of a folder into the library", file_handlers.choose_folder),
    Action("paste", "New Document from Clipboard", ("Ctrl+Shift+V",), "File", _NOTHING, "Keep the copied text or page as a document of the library", file_handlers.paste),
    Action("watch", "Watched Folder…", (), "File", _NOTHING, "A folder whose new documents are taken in at each start", file_handlers.choose_watched),
    Action("failures", "Files Not Taken In…", (), "File", _NOTHING, "Which files of the last import could not be read, and why", file_handlers.show_failures),
    Action("export", "Export Notes…", ("Ctrl+E",), "File", _NOTHING, "Save notes as a file, or copy them", file_handlers.export_notes, "share"),
    Action("import_notes", "Import Notes…", (), "File", _NOTHING, "Take in notes of Hypothesis, Readwise, Zotero, calibre, KOReader, a Kindle, or of Offprint", file_handlers.choose_notes),
    Action("note_imports", "Imported Notes…", (), "File", _NOTHING, "What each import of notes brought; put its notes on another document", file_handlers.show_note_imports),
    Action("bibliography", "Export Bibliography…", (), "File", _NOTHING, "The sources of the library or a collection for a reference manager, with or without notes", file_handlers.export_sources),
    Action("print", "Print…", ("Ctrl+P",), "File", _DOCUMENT, "Print the article with its notes, or save it so as PDF", file_handlers.print_article, "printer"),
    Action("pdf_copy", "Save PDF with Notes…", (), "File", _DOCUMENT, "A copy of the open PDF whose notes other readers show", file_handlers.save_pdf),
    Action("pdf_notes", "Take In Notes of the PDF", (), "File", _DOCUMENT, "Make the highlights and notes in the open PDF your own", lambda w: w.session.note_transfer.import_embedded()),
    Action("backups", "Backups of Notes…", (), "File", _NOTHING, "Restore the notes from a backup, or make one", file_handlers.show_backups),
    Action("pack_library", "Pack Library…", (), "File", _NOTHING, "Library and notes of all users in one file, for another computer", file_handlers.pack_library),
    Action("open_packed", "Open Packed Library…", (), "File", _NOTHING, "Open a library that was packed in one file; the one that is open is kept", file_handlers.open_packed_library),
    Action("switch_user", "Switch User…", ("Ctrl+Shift+U",), "File", _NOTHING, "Read as somebody else, with other notes", file_handlers.choose_user, "users"),
    Action("rename", "Rename Document…", (), "File", _DOCUMENT, "Give the open document another title", file_handlers.rename_document),
    Action("details", "Details…", ("Ctrl+I",), "File", _DOCUMENT, "Title, authors, journal, dates, tags and collections of the open document", file_handlers.edit_details, "info"),
    Action("original", "Open Original File", (), "File", _DOCUMENT, "Show the file that the open document was read from in its own program", file_handlers.open_own_original),
    Action("import_again", "Import Again", (), "File", _DOCUMENT, "Read the original file anew; another text becomes a new edition", file_handlers.import_again),
    Action("read_older", "Read Older Documents Again…", (), "File", _NOTHING, "Read all documents anew that an earlier version of Offprint has read", file_handlers.read_older_again),
    Action("whole_page", "Show Whole Web Page", (), "File", _DOCUMENT, "Show all of a saved web page, or its main text only", file_handlers.show_whole),
    Action("left_out", "Parts Left Out…", (), "File", _DOCUMENT, "What the file shows too and is not in the page, with the reason", file_handlers.show_left_out),
    Action("editions", "Earlier Editions…", (), "File", _DOCUMENT, "Read the open document as it was before", file_handlers.choose_edition, "clock"),
    Action("same_article", "Same Article As…", (), "File", _DOCUMENT, "Join the open document with another file of its article: notes on each show in both", file_handlers.choose_same_article),
    Action("not_same_article", "Not the Same Article", (), "File", _DOCUMENT, "Part the open document from the other files of its article", lambda w: w.session.same_article.part()),
    Action("remove", "Remove Document…", (), "File", _DOCUMENT, "Take the open document out of the library", file_handlers.remove_document, "trash-2"),
    Action("trash", "Trash…", (), "File", _NOTHING, "Documents that were removed: have them back, or remove them for good", file_handlers.show_trash, "trash-2"),
    Action("quit", "Quit", ("Ctrl+Q",), "File", _NOTHING, "Close Offprint", lambda w: w.close()),
    Action("undo", "Undo", ("Ctrl+Z",), "Edit", _DOCUMENT, "Take back the last edit of the notes", lambda w: w.session.undo_stack.undo(w.shows_notebook), "undo-2"),
    Action("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit", _DOCUMENT, "Do again what was undone", lambda w: w.session.undo_stack.redo(w.shows_notebook), "redo-2"),
    Action("copy", "Copy", ("Ctrl+C",), "Edit", _SELECTION, "Copy the selected text", handlers.copy, "copy", True),
    Action("copy_cited", "Copy with Citation", ("Ctrl+Shift+C",), "Edit", _SELECTION, "Copy the passage with its source", handlers.copy_cited, "quote", True),
    Action("copy_citation", "Copy Citation", (), "Edit", _DOCUMENT, "Copy the citation of the open document, without a passage", handlers.copy_citation, "quote"),
    Action("citation_style", "Citation Style…", (), "Edit", _DOCUMENT, "In which style citations are copied: Vancouver, AMA, APA, Harvard and others", handlers.choose_citation_style),
    Action("find", "Find…", ("Ctrl+F", "/"), "Edit", _NOTHING, "Search this article and the library", handlers.start_search, "search"),
    Action("find_library", "Find in Library…", ("Ctrl+Shift+F",), "Edit", _NOTHING, "Search all documents", lambda w: handlers.start_search(w, library=True)),
    Action("find_selection", "Find Selection", ("Ctrl+Shift+E",), "Edit", _SELECTION, "Search for the selected words", handlers.find_selection, "search", True),
    Action("make_heading", "Make Heading", (), "Edit", _DOCUMENT, "Say that the selected line is a heading, for the contents", lambda w: w.session.headings.promote(), "list", True),
    Action("unmake_heading", "Not a Heading", (), "Edit", _DOCUMENT, "Say that the selected heading is running text", lambda w: w.session.headings.demote(), "", True),
    Action("next_hit", "Next Hit", ("F3", "Ctrl+G"), "Edit", _HIT, "Go to the next place found", lambda w: w.session.search.step(1)),
    Action("previous_hit", "Previous Hit", ("Shift+F3", "Ctrl+Shift+G"), "Edit", _HIT, "Go to the place found before", lambda w: w.session.search.step(-1)),
    Action("larger", "Larger Text", ("Ctrl+=", "Ctrl++"), "View", _DOCUMENT, "Make the text larger", lambda w: w.document_stack.view.zoom_by(1)),
    Action("smaller", "Smaller Text", ("Ctrl+-",), "View", _DOCUMENT, "Make the text smaller", lambda w: w.document_stack.view.zoom_by(-1)),
    Action("normal_size", "Normal Size", ("Ctrl+0",), "View", _DOCUMENT, "Text at its own size", lambda w: w.document_stack.view.zoom_by(0)),
    Action("printed", "Printed Pages", ("F8",), "View", _PAGES, "Show the pages as printed, or the same text as an article", lambda w: w.session.pages.show_as_printed(not w.session.pages.as_printed), "file-text"),
    Action("fit_width", "Fit Width", ("W",), "View", _PAGES, "Pages as wide as the window", lambda w: w.session.settings.set(PAGE_ZOOM, "width")),
    Action("fit_page", "Fit Page", ("Shift+W",), "View", _PAGES, "Whole pages in the window", lambda w: w.session.settings.set(PAGE_ZOOM, "page")),
    Action("zoom_selection", "Zoom to Selection", ("Ctrl+Alt+0",), "View", _PASSAGE_ON_PAGES, "Make the selected passage of a printed page as large as the window", handlers.zoom_to_selection, "maximize"),
    Action("in_twos", "Two Pages", ("Ctrl+Alt+2",), "View", _PAGES, "Two pages beside each other, or one", lambda w: w.session.settings.set(PAGES_IN_TWOS, not w.session.settings.get(PAGES_IN_TWOS))),
    Action("thumbnails", "Small Pages", ("F4",), "View", _PAGES, "All pages small in the place of the contents, or the contents", lambda w: w.session.settings.set(THUMBNAILS, not w.session.settings.get(THUMBNAILS))),
    Action("turn", "Turn Pages", ("Ctrl+Alt+R",), "View", _PAGES, "Turn the pages of this document by a quarter", lambda w: w.session.pages.rotate()),
    Action("light", "Light Theme", (), "View", _NOTHING, "Dark text on white paper", lambda w: w.themes.choose("light"), "sun"),
    Action("sepia", "Sepia Theme", (), "View", _NOTHING, "Dark text on warm paper", lambda w: w.themes.choose("sepia"), "eye"),
    Action("dark", "Dark Theme", (), "View", _NOTHING, "Light text on dark paper", lambda w: w.themes.choose("dark"), "moon"),
    Action("system", "Theme of the System", (), "View", _NOTHING, "Light or dark as the system is", lambda w: w.themes.choose("system"), "settings"),
    Action("left_pane", "Contents and Library", ("F9",), "View", _NOTHING, "Show or hide the left pane", lambda w: w.frame.toggle_left(), "panel-left"),
    Action("notes_pane", "Notes", ("Shift+F9",), "View", _NOTHING, "Show or hide the notes", lambda w: w.frame.toggle_notes(), "panel-right"),
    Action("notebook", "Notebook", ("Ctrl+Shift+N",), "View", _NOTHING, "All notes of the library, grouped and filtered", handlers.toggle_notebook, "list"),
    Action("shelf", "Library as Table", ("Ctrl+Shift+T",), "View", _NOTHING, "All documents in columns, to be sorted and filtered", handlers.toggle_library_table, "table"),
    Action("figure", "Enlarge Figure", ("Ctrl+Shift+F11",), "View", _DOCUMENT, "Show the next figure large, to be zoomed and moved", handlers.enlarge_figure, "maximize"),
    Action("table", "Enlarge Table", ("Ctrl+Shift+F10",), "View", _DOCUMENT, "Show the next table with room for all its columns", handlers.enlarge_table, "table"),
    Action("darken_figures", "Darken Figures", ("Ctrl+Alt+D",), "View", _NOTHING, "In the dark theme, show figures dark with their hues kept, or as they are drawn", handlers.darken_figures, "moon"),
    Action("full_screen", "Full Screen", ("F11",), "View", _NOTHING, "Use the whole screen, and back", handlers.toggle_full_screen, "maximize"),
    Action("caret", "Caret", ("F7",), "View", _DOCUMENT, "Move a caret with the arrow keys, to select exactly", lambda w: w.document_stack.view.toggle_caret()),
    Action("next_pane", "Next Pane", ("F6",), "View", _NOTHING, "Move the keyboard to the next pane", lambda w: w.panes.focus_next(1)),
    Action("previous_pane", "Previous Pane", ("Shift+F6",), "View", _NOTHING, "Move the keyboard to the pane before", lambda w: w.panes.focus_next(-1)),
    Action("back", "Back", ("Alt+Left",), "Go", _DOCUMENT, "To the place before the last jump", lambda w: w.session.navigation.back(), "chevron-left"),
    Action("forward", "Forward", ("Alt+Right",), "Go", _DOCUMENT, "To the place that Back came from", lambda w: w.session.navigation.forward(), "chevron-right"),
    Action("next_section", "Next Section", ("Ctrl+PgDown",), "Go", _DOCUMENT, "To the next heading", lambda w: w.session.navigation.go_to_section(1)),
    Action("previous_section", "Previous Section", ("Ctrl+PgUp",), "Go", _DOCUMENT, "To the heading before", lambda w: w.session.navigation.go_to_section(-1)),
    Action("go_to_page", "Go to Page…", ("G",), "Go", _PAGES, "To a page by its printed number", handlers.go_to_page),
    Action("start", "Start of Document", ("Ctrl+Home",), "Go", _DOCUMENT, "To the first line", lambda w: handlers.go_to_end(w, start=True)),
    Action("end", "End of Document", ("Ctrl+End",), "Go", _DOCUMENT, "To the last line", lambda w: handlers.go_to_end(w, start=False)),
    Action("next_note", "Next Note", ("Alt+Down",), "Go", _DOCUMENT, "To the next highlight or note", lambda w: handlers.step_note(w, 1)),
    Action("previous_note", "Previous Note", ("Alt+Up",), "Go", _DOCUMENT, "To the highlight or note before", lambda w: handlers.step_note(w, -1)),
    Action("highlight", "Highlight", ("H", "Ctrl+H"), "Mark", _SELECTION, "Highlight in the colour used last", lambda w: w.session.marker.highlight(), "highlighter"),
    Action("yellow", "Yellow", ("1", "Ctrl+1"), "Mark", _SELECTION, "Highlight in yellow", lambda w: w.session.marker.highlight("yellow")),
    Action("green", "Green", ("2", "Ctrl+2"), "Mark", _SELECTION, "Highlight in green", lambda w: w.session.marker.highlight("green")),
    Action("blue", "Blue", ("3", "Ctrl+3"), "Mark", _SELECTION, "Highlight in blue", lambda w: w.session.marker.highlight("blue")),
    Action("pink", "Pink", ("4", "Ctrl+4"), "Mark", _SELECTION, "Highlight in pink", lambda w: w.session.marker.highlight("pink")),
    Action("violet", "Violet", ("5", "Ctrl+5"), "Mark", _SELECTION, "Highlight in violet", lambda w: w.session.marker.highlight("violet")),
    Action("note", "Write Note", ("N", "Ctrl+M"), "Mark", _SELECTION, "Write a note on the passage", lambda w: w.session.marker.write_note(), "message-square-text", True),
    Action("another", "Write Another Note", ("Shift+N",), "Mark", _SELECTION, "Write one more note on a passage that has one", lambda w: w.session.marker.write_another(), "plus"),
    Action("underline", "Underline", ("U",), "Mark", _SELECTION, "Underline the passage, or colour its ground again", lambda w: w.session.marker.underline(), "pencil", True),
    Action("bookmark", "Bookmark", ("B", "Ctrl+D"), "Mark", _DOCUMENT, "Mark this place to come back to, or no longer", lambda w: w.session.marker.toggle_bookmark(), "bookmark", True),
    Action("extend", "Extend to What Turns It", ("E",), "Mark", _ANNOTATION, "Take in the “not” or “unless” that the passage leaves out", handlers.extend),
    Action("copy_link", "Copy Link to Note", ("Ctrl+L",), "Mark", _ANNOTATION, "Copy a link to this note, to put into another", handlers.copy_link, "link", True),
    Action("follow", "Follow Link in Note", ("Ctrl+Shift+L",), "Mark", _ANNOTATION, "Open the note that this one links to", handlers.follow_link, "corner-down-left"),
    Action("delete", "Delete Highlight", ("Delete",), "Mark", _ANNOTATION, "Delete the chosen highlight and its note", lambda w: w.session.annotations.delete(), "trash-2", True),
    Action("note_history", "History of Note…", (), "Mark", _ANNOTATION, "What the chosen note was, and when", handlers.show_history, "clock", True),
    Action("review", "Review Notes…", ("Ctrl+R",), "Mark", _DOCUMENT, "Decide about notes whose text has changed", handlers.review_notes, "check"),
    Action("meanings", "Name the Colours…", (), "Mark", _NOTHING, "Say what each colour stands for", handlers.name_colours),
    Action("letters", "Letters for Colours", (), "Mark", _NOTHING, "Show beside each highlight a letter for the meaning of its colour, or no longer", lambda w: w.session.settings.set(MEANING_LETTERS, not w.session.settings.get(MEANING_LETTERS))),
    Action("palette", "All Commands…", ("Ctrl+Shift+P",), "Help", _NOTHING, "Find a command by its name", lambda w: w.show_palette(), "keyboard"),
    Action("shortcuts", "Keyboard Shortcuts", ("F1",), "Help", _NOTHING, "All keys on one sheet", lambda w: w.show_shortcuts()),
    Action("keys", "Change Keys…", (), "Help", _NOTHING, "Give commands other keys, or switch letters alone off", lambda w: w.menus.ask_keys(w), "keyboard"),
    Action("guide", "Guide", (), "Help", _NOTHING, "Read the guide to Offprint", handlers.open_guide, "book-open"),
    Action("about", "About Offprint", (), "Help", _NOTHING, "Version, licences, where the files are", handlers.show_about, "info"),
)  # fmt: skip
