"""The formats that notes go out in."""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib import import_module

from reader.model.export.export_set import ExportSet


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name on the command line, its title in dialogs, its files' suffix."""

    name: str
    title: str
    suffix: str
    module: str
    function: str = "write"
    is_text: bool = True
    is_folder: bool = False

    @property
    def is_of_sources(self) -> bool:
        """Whether it holds the documents, and nothing of the notes."""
        return self.name in ("bibtex", "ris")

    @property
    def takes_template(self) -> bool:
        """Whether the person may say by a template what a file of it looks like."""
        return self.name in ("markdown", "html")

    def content(self, notebook: ExportSet, template: str = "") -> str | bytes:
        """A notebook in this format, or as a template of it wants it: what a file of it holds.

        Raises:
            Problem: when the template is broken.
        """
        if template:
            # Imported here, as the modules of the formats: a start is not to load it.
            from reader.exporters.template import write as write_by_template

            return write_by_template(notebook, template, self.name)
        write = getattr(import_module(self.module), self.function)
        if not self.is_text:
            content: bytes = write(notebook)
            return content
        out = io.StringIO()
        write(notebook, out)
        return out.getvalue()

    def holds(self, content: str | bytes, notebook: ExportSet) -> bool:
        """Whether what a file holds, read back, has all of a notebook."""
        return bool(import_module(self.module).holds(content, notebook))


_BIBLIOGRAPHY = "reader.exporters.bibliography"

FORMATS = {
    one.name: one
    for one in (
        Format("markdown", "Markdown", ".md", "reader.exporters.markdown"),
        Format(
            "markdown-folder",
            "Markdown, a file a document",
            "",
            "reader.exporters.markdown_vault",
            is_folder=True,
        ),
        Format("html", "Web page", ".html", "reader.exporters.html"),
        Format("json", "W3C Web Annotation", ".jsonld", "reader.exporters.w3c"),
        Format("docx", "Word file", ".docx", "reader.exporters.docx", is_text=False),
        # Drawn by Qt, which no module of this room knows; it is loaded when it is asked for.
        Format("pdf", "PDF", ".pdf", "reader.printing.notes_pdf", is_text=False),
        Format("csv", "Table, as Readwise takes it", ".csv", "reader.exporters.readwise"),
        Format("hypothesis", "Hypothesis", ".json", "reader.exporters.hypothesis"),
        Format("anki", "Cards for Anki", ".apkg", "reader.exporters.anki", is_text=False),
        Format(
            "bibtex", "Sources in BibTeX", ".bib", "reader.exporters.bibliography", "write_bibtex"
        ),
        Format("ris", "Sources in RIS", ".ris", "reader.exporters.bibliography", "write_ris"),
    )
}
