"""Notes into an encrypted ZIP: its passphrase is asked for on the terminal, never an argument."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from reader.cli.terminal import typed
from reader.problem import Problem

if TYPE_CHECKING:
    from reader.model.export.export_set import ExportSet
    from reader.services.note_export import ExportResult
    from reader.store.library import Library


def write(made: ExportSet, options: Namespace, template: str, library: Library) -> ExportResult:
    """Ask twice for a passphrase, and write the notes into a ZIP that it opens.

    Raises:
        Problem: when it cannot be written, there is no terminal, or what was
            typed is no passphrase.
    """
    # Imported here: a command that encrypts nothing does not load it.
    from reader.services.encrypted_export import export_encrypted, passphrase_problem

    if options.output is None:
        raise Problem("Say with -o which file is to be written: what is encrypted is no text.")
    passphrase = typed("Passphrase: ")
    if why := passphrase_problem(passphrase, typed("Once more: ")):
        raise Problem(why)
    return export_encrypted(made, options.format, options.output, passphrase, library, template)
