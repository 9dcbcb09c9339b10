"""The formats that notes go out in."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TextIO

from reader.model.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name on the command line, its title in dialogs, its files' suffix."""

    name: str
    title: str
    suffix: str
    module: str
    function: str = "write"

    def write(self, notebook: Notebook, out: TextIO) -> None:
        """Writes a notebook in this format."""
        getattr(import_module(self.module), self.function)(notebook, out)


FORMATS = {
    one.name: one
    for one in (
        Format("markdown", "Markdown", ".md", "reader.exporters.markdown"),
        Format("html", "Web page", ".html", "reader.exporters.html"),
        Format("json", "W3C Web Annotation", ".jsonld", "reader.exporters.w3c"),
        Format("csv", "Table, as Readwise takes it", ".csv", "reader.exporters.readwise"),
        Format("hypothesis", "Hypothesis", ".json", "reader.exporters.hypothesis_json"),
        Format("bibtex", "Sources in BibTeX", ".bib", "reader.exporters.sources", "write_bibtex"),
        Format("ris", "Sources in RIS", ".ris", "reader.exporters.sources", "write_ris"),
    )
}
