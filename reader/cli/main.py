"""The command line: says what was asked for and hands it to a command, or opens the window."""

from __future__ import annotations

import argparse
import errno
import io
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from reader import __version__
from reader.paths import Paths, find_data
from reader.problem import Problem

DEFAULT_USER = "reader"
COMMANDS = ("import", "list", "outline", "text", "find", "notes", "check", "pack", "unpack")
_TAKE_A_VALUE = ("--data", "--user", "--screenshot")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What a place says that takes no more of what is written."""
_USAGE = """%(prog)s [--data DIR] [--user NAME] [--screenshot PNG] [FILE...]
       %(prog)s [--data DIR] [--user NAME] COMMAND ..."""
_EPILOG = """Without a command the window opens, with FILE... in the library; a file that is named
like a command is given as ./NAME. Results go to standard output, messages to standard error; the
exit code is 0 when it is done, 1 when a message says why not, 2 when it was called wrongly."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run Offprint with these arguments, the process's own by default; return the exit code."""
    has_console = sys.stderr is not None
    _stand_in_for_streams()
    try:
        _speak_utf8()
        arguments = sys.argv[1:] if argv is None else list(argv)
        code = _run(arguments)
        sys.stdout.flush()
    except Problem as problem:
        if has_console:
            sys.stderr.write(problem.sentence + "\n")
        else:
            show_message(problem.sentence)
        return 1
    except SystemExit as wanted:  # argparse has said what was wrong
        return int(wanted.code or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _write_no_more()
        return 141
    except OSError as error:
        if error.errno not in _FULL or error.filename is not None:
            raise
        _write_no_more()
        sys.stderr.write(f"Not everything could be written: {error.strerror}.\n")
        return 1
    return code


def _write_no_more() -> None:
    """Drop what standard output still holds: Python would complain when it closes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stand_in_for_streams() -> None:
    """Started from a desktop, a program of Windows has no streams: what it prints is lost then."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def show_message(sentence: str) -> None:
    """Show a sentence in a box of the system, where there is no console that could say it."""
    if sys.platform == "win32":
        import ctypes

        stop_sign = 0x10
        ctypes.windll.user32.MessageBoxW(None, sentence, "Offprint", stop_sign)


def _speak_utf8() -> None:
    """Text goes out as UTF-8, with its own line ends, so that offsets count what is printed."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(newline="\n")


def _run(arguments: list[str]) -> int:
    word = _first_word(arguments)
    wants_help = word is None and not {"-h", "--help"}.isdisjoint(arguments)
    if word not in COMMANDS and not wants_help:
        options = _window_parser().parse_args(arguments)
        # Imported here: no command needs a thread or Qt.
        from reader.cli.window import open_window

        return open_window(options, _paths)
    options = _command_parser().parse_args(arguments)
    for value in vars(options).values():
        _check_text(value)
    # Imported here: a window needs none of the commands.
    from reader.cli import documents as commands
    from reader.cli.console import Console

    paths = _paths(options.data)
    user = paths.user(options.user).name
    console = Console(paths, user, options.passphrase_stdin)
    if options.command in ("pack", "unpack"):
        from reader.cli import library_files

        return library_files.COMMANDS[options.command](console, options)
    if options.command != "notes":
        return commands.COMMANDS[options.command](console, options)
    from reader.cli import notes as note_commands

    return note_commands.COMMANDS[options.verb](console, options)


def _first_word(arguments: list[str]) -> str | None:
    """The first argument that is neither an option nor the value of one."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            return None
        if argument in _TAKE_A_VALUE:
            next(rest, None)
        elif not argument.startswith("-"):
            return argument
    return None


def _check_text(value: object) -> None:
    try:
        for one in value if isinstance(value, list) else [value]:
            str(one).encode()
    except UnicodeEncodeError:
        raise Problem("An argument is not text in the encoding of this system.") from None


def _paths(data: str | None) -> Paths:
    """The data folder; what a killed process left half exchanged in it is finished first."""
    paths = Paths(find_data(data, program_folder(Path(sys.executable))))
    if (paths.data / "exchange.json").exists():
        from reader.services.library_exchange import finish

        finish(paths)
    return paths


def program_folder(executable: Path) -> Path:
    """The folder in which a portable program keeps its data: beside what a person starts."""
    if executable.stem.lower() == "offprint":
        return executable.parent
    # What Linux gets has its launcher beside the folder of its Python.
    above = executable.parent.parent
    if executable.parent.name == "bin" and (above / "offprint").is_file():
        return above
    return Path(__file__).resolve().parents[2]


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="the folder of library, notes and index")
    parser.add_argument(
        "--user", metavar="NAME", default=DEFAULT_USER, help="whose notes; each user has their own"
    )
    parser.add_argument("--version", action="version", version=f"Offprint {__version__}")


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("offprint", usage=_USAGE, epilog=_EPILOG, allow_abbrev=False)
    _add_common(parser)
    parser.add_argument(
        "--screenshot", metavar="PNG", help="draw the window without a display and save it there"
    )
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="documents to open, or an offprint: address"
    )
    return parser


def _command_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "offprint",
        usage=_USAGE,
        description="A desktop reader for articles and guidelines that works with no network.",
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    _add_common(parser)
    parser.add_argument(
        "--passphrase-stdin",
        action="store_true",
        help="the first line of standard input is the passphrase of locked notes",
    )
    commands = parser.add_subparsers(
        prog="offprint", dest="command", metavar="COMMAND", required=True
    )
    command = commands.add_parser("import", help="take files and folders into the library")
    command.add_argument("paths", metavar="PATH", nargs="+")
    _add_json(command)
    _add_json(commands.add_parser("list", help="list the library"))
    command = commands.add_parser("outline", help="print a document's table of contents")
    command.add_argument("document", metavar="FILE|ID")
    _add_json(command)
    command = commands.add_parser("text", help="print a document's text, exactly")
    command.add_argument("document", metavar="FILE|ID")
    command = commands.add_parser("find", help="find places in the library")
    command.add_argument("query", metavar="QUERY", help="“-”: one a line from standard input")
    command.add_argument("--limit", metavar="N", type=_number, default=20)
    command.add_argument("--in", metavar="ID", dest="document", help="in this document only")
    _add_json(command)
    _add_notes(commands.add_parser("notes", help="write, export and import notes"))
    commands.add_parser("check", help="verify library, notes and index")
    command = commands.add_parser("pack", help="pack library and all notes into one file")
    command.add_argument("file", metavar="FILE")
    _add_json(command)
    command = commands.add_parser(
        "unpack", help="open a packed library here; the one that is here is kept in a folder"
    )
    command.add_argument("file", metavar="FILE", help="or the folder of a former library")
    _add_json(command)
    return parser


def _add_notes(parser: argparse.ArgumentParser) -> None:
    # Imported here: a window needs none of them.
    from reader.exporters.registry import FORMATS

    verbs = parser.add_subparsers(prog="offprint notes", dest="verb", metavar="VERB", required=True)
    verb = verbs.add_parser("add", help="mark a passage by its words")
    verb.add_argument("document", metavar="ID")
    verb.add_argument("--quote", metavar="TEXT", required=True)
    verb.add_argument("--prefix", metavar="TEXT", default="", help="what stands right before it")
    verb.add_argument("--suffix", metavar="TEXT", default="", help="what stands right after it")
    verb.add_argument("--colour", metavar="COLOUR", default="yellow")
    verb.add_argument("--note", metavar="TEXT", default="", help="Markdown")
    verb.add_argument("--tag", metavar="TAG", action="append", default=[])
    verb = verbs.add_parser("export", help="write notes in one of many formats")
    verb.add_argument("--format", choices=tuple(FORMATS), default="markdown")
    verb.add_argument("--document", metavar="ID")
    verb.add_argument("--tag", metavar="TAG", action="append", default=[], help="any of several")
    verb.add_argument(
        "--colour", metavar="COLOUR", action="append", default=[], help="any of several"
    )
    verb.add_argument("--collection", metavar="NAME", default="")
    for option, name, way in (("--from", "since", "later"), ("--to", "until", "earlier")):
        what = f"made on this day, in this month or year, or {way}"
        verb.add_argument(option, dest=name, metavar="YYYY-MM-DD", type=_day, default="", help=what)
    verb.add_argument(
        "--quotes-only", action="store_true", help="without what was written on the passages"
    )
    verb.add_argument(
        "--template", metavar="FILE", help="a Mustache template, for markdown and html"
    )
    verb.add_argument(
        "-o", "--output", metavar="FILE", help="instead of standard output; for some, a folder"
    )
    verb.add_argument(
        "--encrypt", action="store_true", help="into a ZIP; a passphrase is asked for, twice"
    )
    verb = verbs.add_parser(
        "import", help="take notes in from a file of Offprint or another program, or from a PDF"
    )
    verb.add_argument("file", metavar="FILE")
    verb.add_argument(
        "--document", metavar="ID", default="", help="where the file does not say which it is"
    )
    _add_json(verb)
    verb = verbs.add_parser("pdf", help="write a copy of a PDF with the notes in it")
    verb.add_argument("document", metavar="ID")
    verb.add_argument("-o", "--output", metavar="FILE", required=True)
    _add_json(verbs.add_parser("backups", help="list the backups of the notes"))
    verb = verbs.add_parser("restore", help="put a backup in the place of the notes")
    verb.add_argument("backup", metavar="NAME", nargs="?", help="the latest by default")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


# As taking_out.py has it; a start is not to load it.
_DAY = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?")


def _day(text: str) -> str:
    if not _DAY.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"“{text}” is no day; write it like 2026-03-31, a month like 2026-03."
        )
    return text


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
