from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader import app
from reader.cli import documents as commands
from reader.cli import main as cli
from reader.cli.main import main
from reader.paths import Paths
from reader.services.known_files import HashedAside
from reader.store.library import ADOPTED_AT_ONCE, Library
from reader.store.notes import Notes, open_notes
from reader.workers import pool as workers
from reader.workers import search_tasks, tasks
from reader.workers.pool import Workers
from tests import chores
from tests.store.killing import ROOT
from tests.store.samples import a_document, added

ARTICLE = """---
title: On doses
author: A. Writer
date: 2024-03
---

## Amount

Give half a tablet of testamine, slowly. Not more than half a tablet.

### In old age

Give a quarter of it, and wait for the testamine level.

## Nothing else
"""

PARAGRAPHS = [
    f"Ward {k} has {k * k} beds, and {k + 3} of them are near a window." for k in range(9)
]


@dataclass
class Said:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Said]


@pytest.fixture
def run(paths: Paths, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in a data folder of its own, for the user Anna."""

    def run(*arguments: object, user: str = "anna") -> Said:
        capsys.readouterr()
        options = ["--data", str(paths.data), "--user", user]
        code = main([*options, *(str(argument) for argument in arguments)])
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def library_of_one(paths: Paths) -> None:
    """A library that had our own documents and has none of them any more."""
    library = Library(paths)
    library.set_seeded()
    library.close()


@pytest.fixture
def document_id(paths: Paths, article: Path, library_of_one: None) -> str:
    """The article in the library and in the index."""
    result = tasks.read(str(article), str(paths.staging))
    tasks.keep(str(paths.data), result)
    search_tasks.index(str(paths.data), [result.document_id])
    return result.document_id


# Import and list


def test_a_file_is_imported_once(run: Run, article: Path, library_of_one: None) -> None:
    first = run("import", article, "--json")
    assert first.code == 0
    assert first.err == ""
    document_id = first.json["id"]
    assert first.json == {
        "path": str(article),
        "id": document_id,
        "status": "added",
        "problem": None,
    }
    assert run("import", article).out == f"known   {document_id[:12]}  {article}\n"
    assert run("import", article, article.with_name("none.md")).code == 1
    assert run("list", "--json").json == {
        "documents": [
            {
                "id": document_id,
                "source": "article.md",
                "title": "On doses",
                "authors": ["A. Writer"],
                "published": "2024-03",
                "kind": "article",
                "sections": 3,
                "characters": len(run("text", document_id).out),
                "notes": 0,
                "indexed": True,
            }
        ]
    }
    assert run("list").out == f"{document_id[:12]}     1 min  On doses  (article.md)\n"


def test_folders_are_searched_for_what_we_read(
    run: Run, tmp_path: Path, library_of_one: None
) -> None:
    folder = tmp_path / "folder"
    for name in ("b.md", "a.TXT", "inner/c.txt", ".hidden/d.txt", ".e.txt", "f.png", "g.exe"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# Words of {name}\n\nGive half a tablet of {name}, slowly.\n")
    said = run("import", folder, "--json")
    names = [str(Path(line["path"]).relative_to(folder)) for line in said.lines]
    assert names == ["a.TXT", "b.md", "inner/c.txt"]
    assert {line["status"] for line in said.lines} == {"added"}
    assert said.err == "Passed over: 1 picture (.png), 1 program (.exe).\n"


def test_a_link_that_leads_in_a_circle_hides_no_other_file(
    run: Run, tmp_path: Path, library_of_one: None
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.txt", "c.txt", "z.txt"):
        (folder / name).write_text(f"Give half a tablet of {name}, slowly.\n")
    (folder / "b.txt").symlink_to("b.txt")
    said = run("import", folder, "--json")
    assert [line["status"] for line in said.lines] == ["added", "failed", "added", "added"]
    assert said.err.startswith("“b.txt” cannot be read: ")
    assert said.code == 1


def test_a_folder_without_documents_is_a_problem(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    said = run("import", tmp_path / "folder")
    assert said.code == 1
    assert said.err == "There is no document in “folder” that Offprint reads.\n"


def test_what_fails_is_said_and_the_rest_is_imported(
    run: Run, tmp_path: Path, library_of_one: None
) -> None:
    paths = []
    for number in range(10):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(f"Give {number} tablets, and wait for what they do.\n")
    (tmp_path / "3.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    paths.append(tmp_path / "none.txt")
    said = run("import", *paths, "--json")
    assert said.code == 1
    assert said.err.splitlines() == [
        "“3.txt” is a picture, which Offprint does not read. Offprint reads documents: open the "
        "page or the PDF file that it comes from.",
        "There is no file “none.txt” at that place.",
    ]
    failed = [line for line in said.lines if line["status"] == "failed"]
    assert [line["problem"] for line in failed] == said.err.splitlines()
    assert [line["id"] for line in failed] == [None, None]
    assert len(run("list", "--json").json["documents"]) == 9


def test_many_documents_say_how_far_they_are(
    run: Run, tmp_path: Path, library_of_one: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_BATCH", 2)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Give {number} tablets, then wait.\n")
    said = run("import", *(tmp_path / f"{number}.txt" for number in range(3)))
    assert said.err.splitlines() == [
        "Indexing: 0 of 3 documents.",
        "Indexing: 2 of 3 documents.",
    ]


BAD = {
    "missing.txt": (None, "There is no file"),
    "empty.txt": (b"", "is empty"),
    "binary.txt": (bytes(range(256)) * 9, "does not read"),
    "folder.txt": ("folder", "is a folder"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["outline", "text"])
def test_bad_input_is_one_sentence(run: Run, tmp_path: Path, name: str, command: str) -> None:
    content, said = BAD[name]
    if content == "folder":
        (tmp_path / name).mkdir()
    elif isinstance(content, bytes):
        (tmp_path / name).write_bytes(content)
    result = run(command, tmp_path / name)
    assert result.code == 1
    assert said in result.err
    assert result.err.count("\n") == 1
    assert result.out == ""


def test_a_new_library_holds_our_own_documents(run: Run) -> None:
    titles = [document["title"] for document in run("list", "--json").json["documents"]]
    assert "A Guide to Offprint" in titles
    assert len(titles) >= 2


# Outline and text


def test_an_outline_says_where_sections_are(run: Run, document_id: str, article: Path) -> None:
    text = run("text", document_id).out
    outline = run("outline", document_id[:8], "--json").json
    assert outline["title"] == "On doses"
    assert outline["authors"] == ["A. Writer"]
    assert outline["published"] == "2024-03"
    found = [(s["level"], s["number"], s["title"]) for s in outline["sections"]]
    assert found == [(1, None, "Amount"), (2, None, "In old age"), (1, None, "Nothing else")]
    for section in outline["sections"]:
        assert text[section["start"] : section["end"]].startswith(section["title"])
    assert run("outline", document_id).out.splitlines() == [
        "On doses",
        "  Amount",
        "    In old age",
        "  Nothing else",
    ]
    assert run("outline", article, "--json").json == outline
    assert run("text", article).out == text


def test_a_file_is_looked_at_without_a_library(run: Run, article: Path, paths: Paths) -> None:
    assert run("outline", article).code == run("text", article).code == 0
    assert not paths.data.exists()


def test_an_id_that_is_none_is_a_problem(run: Run, document_id: str) -> None:
    assert run("text", "0" * 12).code == 1
    assert "no document whose id begins with" in run("text", "0" * 12).err
    assert "There is no file “zz”" in run("text", "zz").err


# Find


def test_places_are_found_in_the_text(run: Run, document_id: str) -> None:
    text = run("text", document_id).out
    said = run("find", "testamine", "--json")
    assert said.code == 0
    assert said.json["query"] == "testamine"
    assert said.json["total"] == 2
    for hit in said.json["hits"]:
        assert text[hit["start"] : hit["end"]] == "testamine"
        assert hit["document_id"] == document_id
        assert (hit["source"], hit["title"], hit["kind"]) == ("article.md", "On doses", "text")
        assert [hit["snippet"][a:b] for a, b in hit["marks"]] == ["testamine"]
    assert {hit["section"] for hit in said.json["hits"]} == {"Amount", "Amount › In old age"}


def test_what_is_found_is_limited_and_kept_to_one_document(
    run: Run, document_id: str, tmp_path: Path
) -> None:
    (tmp_path / "other.txt").write_text("Testamine again, in another document.\n")
    run("import", tmp_path / "other.txt")
    assert len({hit["document_id"] for hit in run("find", "testamine", "--json").json["hits"]}) == 2
    within = run("find", "testamine", "--json", "--in", document_id[:10]).json
    assert {hit["document_id"] for hit in within["hits"]} == {document_id}
    assert len(run("find", "testamine", "--json", "--limit", 1).json["hits"]) == 1


def test_what_is_found_is_printed_for_people(run: Run, document_id: str) -> None:
    said = run("find", "quarter")
    place, line = said.out.splitlines()
    assert place.startswith("On doses › Amount › In old age  [")
    assert line.strip().startswith("Give a quarter") or "quarter" in line
    assert said.err.endswith("1 found.\n")


def test_queries_come_line_by_line(
    run: Run, document_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("testamine\n\nquarter\r\nnonsense\n"))
    said = run("find", "-")
    assert [(one["query"], one["total"]) for one in said.lines] == [
        ("testamine", 2),
        ("quarter", 1),
        ("nonsense", 0),
    ]


def test_what_was_imported_elsewhere_is_indexed_first(run: Run, paths: Paths) -> None:
    assert not any(d["indexed"] for d in run("list", "--json").json["documents"])
    assert run("find", "Offprint", "--json").json["total"] > 0
    assert all(d["indexed"] for d in run("list", "--json").json["documents"])


def test_after_an_import_of_many_the_index_has_few_segments(
    run: Run, paths: Paths, tmp_path: Path, library_of_one: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_SOME", 2)
    for number in range(4):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in range(1 if number < 3 else 2):
            text = f"Ketamine {number} {name} in anxiety."
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    counts = []
    for number in range(4):
        assert run("import", tmp_path / str(number)).code == 0
        counts.append(len(list(paths.index.glob("*.arrays"))))
    assert counts == [1, 2, 3, 1]
    assert len({hit["document_id"] for hit in run("find", "ketamine", "--json").json["hits"]}) == 5


def test_the_index_is_put_in_order_in_the_midst_of_an_import(
    run: Run, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_BATCH", 1)
    monkeypatch.setattr(commands, "_MANY", 2)
    for name in range(3):
        (tmp_path / f"{name}.txt").write_text(f"Ketamine {name} in anxiety.", encoding="utf-8")
    assert run("import", *sorted(tmp_path.glob("*.txt"))).code == 0
    assert len(list(paths.index.glob("*.arrays"))) == 2
    hits = run("find", "ketamine", "--json").json["hits"]
    assert len({hit["document_id"] for hit in hits}) == 3


def test_a_damaged_index_is_built_again(run: Run, document_id: str, paths: Paths) -> None:
    for path in paths.index.iterdir():
        path.write_bytes(b"damaged")
    found = offprint(paths, "find", "testamine", "--json")
    assert json.loads(found.stdout)["total"] == 2


def test_a_problem_of_the_search_is_one(run: Run, document_id: str) -> None:
    said = run("find", "year:abc")
    assert said.code == 1
    assert said.err == "A year looks like year:2020 or year:2019..2023.\n"


def test_a_question_takes_up_documents_that_the_list_does_not_know(
    run: Run, library_of_one: None, paths: Paths, tmp_path: Path
) -> None:
    others = set()
    for number in range(ADOPTED_AT_ONCE + 3):
        path = tmp_path / f"{number}.md"
        path.write_text(f"# Paper {number}\n\nDoxazosin was given.\n", encoding="utf-8")
        result = tasks.read(str(path), str(paths.staging))
        tasks.keep(str(paths.data), result)
        others.add(result.document_id)
    for path in paths.data.glob("library.db*"):
        path.unlink()
    with closing(Library(paths)) as library:
        assert len(library.catalog.ids()) < len(others)
    found = run("find", "doxazosin", "--json", "--limit", "100").json
    assert {hit["document_id"] for hit in found["hits"]} == others


def test_notes_are_found_too(run: Run, document_id: str) -> None:
    run("notes", "add", document_id, "--quote", "half a tablet of", "--note", "Ask the naïve")
    (hit,) = run("find", "NAIVE", "--json").json["hits"]
    assert hit["kind"] == "note"
    assert run("text", document_id).out[hit["start"] : hit["end"]] == "half a tablet of"
    assert hit["snippet"] == "Ask the naïve"
    assert [hit["snippet"][a:b] for a, b in hit["marks"]] == ["naïve"]
    assert run("find", "naive", "--json", user="ben").json["total"] == 0


# Notes


def test_a_passage_is_marked_by_its_words(run: Run, document_id: str, paths: Paths) -> None:
    said = run(
        *("notes", "add", document_id, "--quote", "half a  tablet", "--prefix", "than"),
        *("--colour", "BLUE", "--note", "A *note*", "--tag", "dose", "--tag", "dose"),
    )
    assert said.code == 0
    notes = open_notes(paths, "anna")
    (annotation,) = notes.all()
    notes.close()
    assert said.out == annotation.id + "\n"
    assert annotation.colour == "blue"
    assert annotation.note == "A *note*"
    assert annotation.tags == ("dose",)
    assert annotation.motivation == "commenting"
    assert annotation.target.quote.exact == "half a tablet"
    assert annotation.target.quote.prefix.endswith("Not more than ")
    assert run("list", "--json").json["documents"][0]["notes"] == 1
    assert run("list", "--json", user="ben").json["documents"][0]["notes"] == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--quote", "half a tablet"], "has 2 such passages; say with --prefix or --suffix"),
        (["--quote", "a whole tablet"], "has no such passage"),
        (["--quote", "half a tablet", "--prefix", "never"], "has no such passage"),
        (["--quote", "   "], "The quote is empty."),
        (["--quote", "slowly", "--colour", "red"], "There is no colour “red”; the colours are"),
    ],
)
def test_a_passage_that_is_not_sure_is_not_marked(
    run: Run, document_id: str, options: list[str], said: str
) -> None:
    result = run("notes", "add", document_id, *options)
    assert result.code == 1
    assert said in result.err
    assert run("list", "--json").json["documents"][0]["notes"] == 0


def test_a_quote_may_run_over_blocks_and_its_surroundings_too(run: Run, document_id: str) -> None:
    quote = "Amount Give half"
    assert run("notes", "add", document_id, "--quote", quote).code == 0
    near = ["--quote", "half a tablet", "--suffix", "of testamine"]
    assert run("notes", "add", document_id, *near).code == 0


def test_a_tag_that_no_note_has_is_said(run: Run, document_id: str) -> None:
    run("notes", "add", document_id, "--quote", "slowly", "--tag", "dose")
    exported = run("notes", "export", "--format", "json", "--tag", "nosuch")
    assert (exported.code, exported.json["items"]) == (0, [])
    assert exported.err == "No note has the tag “nosuch”.\nNo note is meant by these options.\n"


def test_an_export_of_nothing_empties_no_file(run: Run, document_id: str, tmp_path: Path) -> None:
    run("notes", "add", document_id, "--quote", "slowly")
    target = tmp_path / "notes.md"
    assert run("notes", "export", "-o", target).code == 0
    before = target.read_bytes()
    for options, said in (
        (("--from", "2026-12-05", "--to", "2026-01-01"), "no day is meant"),
        (("--colour", "pink"), "is left as it is"),
        (("--to", "1999"), "is left as it is"),
    ):
        exported = run("notes", "export", "-o", target, *options)
        assert exported.code == 1
        assert said in exported.err
        assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ([], 3),
        (["--tag", "dose"], 2),
        (["--tag", "#DOSE"], 2),
        (["--colour", "pink"], 1),
        (["--colour", "pink", "--tag", "dose"], 0),
        (["--document", "ID"], 3),
    ],
)
def test_notes_are_exported(
    run: Run, document_id: str, options: list[str], count: int, tmp_path: Path
) -> None:
    for quote, more in (
        ("half a tablet of", ("--tag", "dose", "--note", "First")),
        ("quarter", ("--tag", "dose")),
        ("slowly", ("--colour", "pink")),
    ):
        run("notes", "add", document_id, "--quote", quote, *more)
    options = [document_id[:8] if option == "ID" else option for option in options]
    exported = run("notes", "export", "--format", "json", *options).json
    assert exported["type"] == "AnnotationPage"
    assert len(exported["items"]) == count
    for format_name in ("markdown", "html"):
        out = run("notes", "export", "--format", format_name, *options).out
        assert ("First" in out) == (count >= 2)
    target = tmp_path / "notes.md"
    said = run("notes", "export", "-o", target, *options)
    number = "1 note" if count == 1 else f"{count} notes"
    said_so = f"written to “{target}”, read back and compared; not encrypted.\n"
    assert said.err == f"{number} {said_so}"
    assert said.out == ""
    assert target.read_text(encoding="utf-8") == run("notes", "export", *options).out


def test_a_note_that_names_a_patient_is_said_beside_what_goes_out(
    run: Run, document_id: str, tmp_path: Path
) -> None:
    add = ("notes", "add", document_id, "--quote", "slowly", "--note")
    assert run(*add, "Mr Smith, MRN 445566").code == 0
    said = run("notes", "export", "--format", "json")
    assert said.code == 0
    assert len(said.json["items"]) == 1
    assert said.err == (
        "1 note looks as if it names a patient: “Mr Smith” (name), “MRN 445566” (record number).\n"
    )
    bare = run("notes", "export", "--quotes-only")
    assert bare.err == ""


def test_notes_are_encrypted_with_a_passphrase_that_is_prompted_for(
    run: Run, document_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.services.encrypted_export import unpacked

    target = tmp_path / "out.zip"
    run("notes", "add", document_id, "--quote", "slowly", "--note", "secret words")
    said = run("notes", "export", "--encrypt")
    assert said.code == 1
    assert "Say with -o" in said.err
    typed = ["correct horse battery", "something else here", *["correct horse battery"] * 2]
    asked: list[str] = []

    def type_it(prompt: str) -> str:
        asked.append(prompt)
        return typed.pop(0)

    monkeypatch.setattr("reader.cli.terminal.getpass", type_it)
    said = run("notes", "export", "--encrypt", "-o", target)
    assert (said.code, said.out) == (1, "")
    assert "not the same" in said.err
    assert not target.exists()
    said = run("notes", "export", "--encrypt", "-o", target)
    assert (said.code, said.out) == (0, "")
    assert "Only your passphrase opens it" in said.err
    assert asked == ["Passphrase: ", "Once more: "] * 2
    assert b"secret words" in unpacked(target.read_bytes(), "correct horse battery")["notes.md"]


def test_notes_are_exported_by_collection_and_day(
    run: Run, document_id: str, tmp_path: Path, paths: Paths
) -> None:
    run("notes", "add", document_id, "--quote", "slowly", "--note", "First", "--tag", "x")
    (item,) = run("notes", "export", "--format", "json").json["items"]
    day = item["created"][:10]
    library = Library(paths)
    library.details.label("collection", document_id, ["Journal Club"])
    library.close()

    def count(*options: str) -> int:
        return len(run("notes", "export", "--format", "json", *options).json["items"])

    assert count("--collection", "journal club", "--from", day, "--to", day) == 1
    assert count("--from", "9999-12-31") == count("--to", "1999-12-31") == 0
    assert count("--tag", "y", "--tag", "x", "--colour", "pink", "--colour", "yellow") == 1
    said = run("notes", "export", "--collection", "Ward")
    assert (said.code, said.err) == (1, "There is no collection “Ward”.\n")
    bare = run("notes", "export", "--quotes-only", "--format", "json").json["items"][0]
    assert bare["motivation"] == "highlighting"
    assert bare["body"] == []
    assert "First" not in run("notes", "export", "--quotes-only").out


def test_notes_go_out_by_a_template(run: Run, document_id: str, tmp_path: Path) -> None:
    run("notes", "add", document_id, "--quote", "slowly", "--note", "First & <last>")
    mine = tmp_path / "mine.mustache"
    mine.write_text(
        "\ufeff{{count}}: {{#documents}}{{#sections}}{{#notes}}{{quote}} – {{note}}"
        "{{/notes}}{{/sections}}{{/documents}}\n",
        encoding="utf-8",
    )
    assert run("notes", "export", "--template", mine).out == "1: slowly – First & &lt;last>\n"
    page = run("notes", "export", "--format", "html", "--template", mine, "-o", tmp_path / "p.html")
    assert page.err == (
        f"1 note written to “{tmp_path / 'p.html'}”, read back and not compared, since a template "
        "made it; not encrypted.\n"
    )
    assert "First &amp; &lt;last&gt;" in (tmp_path / "p.html").read_text(encoding="utf-8")
    said = run("notes", "export", "--format", "json", "--template", mine)
    assert said.err == "A template can be given for markdown and html.\n"
    mine.write_text("\n{{#documents}}")
    said = run("notes", "export", "--template", mine)
    assert (said.code, said.err) == (1, "Line 2: “{{#documents}}” is never closed.\n")
    mine.write_bytes(b"\xff")
    assert "is no text in UTF-8" in run("notes", "export", "--template", mine).err


def test_notes_go_into_a_folder_beside_what_people_wrote_there(
    run: Run, document_id: str, tmp_path: Path
) -> None:
    run("notes", "add", document_id, "--quote", "slowly", "--note", "First")
    said = run("notes", "export", "--format", "markdown-folder")
    assert (said.code, said.err) == (1, "Say with -o which folder the files are to go to.\n")
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "On doses.md").write_text("My own.")
    (vault / "picture.md").write_bytes(b"\xff\xfe")
    (vault / "folder.md").mkdir()
    export = ("notes", "export", "--format", "markdown-folder", "-o", vault)
    said = run(*export)
    assert said.err == (
        f"1 note is in 1 file in “{vault}”, read back and compared. The file is not encrypted.\n"
    )
    ours = vault / "On doses (2).md"
    before = ours.stat().st_mtime_ns
    assert "First" in ours.read_text(encoding="utf-8")
    run(*export)
    assert ours.stat().st_mtime_ns == before
    run("notes", "add", document_id, "--quote", "quarter")
    assert run(*export).err.startswith("2 notes are in 1 file in ")
    assert "quarter" in ours.read_text(encoding="utf-8")
    ours.write_text(ours.read_text(encoding="utf-8") + "Mine too.\n", encoding="utf-8")
    assert "“On doses (2).md” was changed by somebody and is left as it is; " in run(*export).err
    assert ours.read_text(encoding="utf-8").endswith("Mine too.\n")
    assert "quarter" in (vault / "On doses (3).md").read_text(encoding="utf-8")
    assert (vault / "On doses.md").read_text() == "My own."
    assert run(*export[:-1], vault / "On doses.md").code == 1


def test_an_export_that_cannot_be_written_is_a_problem(run: Run, tmp_path: Path) -> None:
    said = run("notes", "export", "-o", tmp_path / "none" / "notes.md")
    assert said.code == 1
    assert "cannot be written" in said.err


def test_notes_follow_a_revised_article(run: Run, article: Path, library_of_one: None) -> None:
    told = ARTICLE.replace("title:", "doi: 10.1000/testamine\ntitle:")
    article.write_text(told + "\n\n" + "\n\n".join(PARAGRAPHS), encoding="utf-8")
    first = run("import", article, "--json").json["id"]
    for quote in ("Give half a tablet of testamine, slowly.", "wait for the testamine level"):
        assert run("notes", "add", first, "--quote", quote).code == 0
    exported = article.with_name("notes.jsonld")
    run("notes", "export", "--format", "json", "-o", exported)
    revised = article.read_text(encoding="utf-8").replace("half a tablet of", "a tablet of")
    article.write_text(revised.replace("## Amount", "A line.\n\n## How much"), encoding="utf-8")
    again = run("import", article, "--json").json
    assert again["status"] == "updated"
    assert again["id"] != first
    (listed,) = run("list", "--json").json["documents"]
    assert (listed["id"], listed["notes"]) == (again["id"], 2)
    notes = run("notes", "export").out
    assert "How much" in notes
    assert "Give a tablet of testamine, slowly." in notes
    text = run("text", again["id"]).out
    for item in run("notes", "export", "--format", "json").json["items"]:
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
    # What was exported before comes in on the text that there is now.
    assert run("notes", "import", exported, user="ben").code == 0
    assert run("list", "--json", user="ben").json["documents"][0]["notes"] == 2


def test_what_may_be_an_edition_is_said_and_both_are_there(
    run: Run, article: Path, library_of_one: None
) -> None:
    article.write_text(ARTICLE + "\n\n" + "\n\n".join(PARAGRAPHS), encoding="utf-8")
    first = run("import", article, "--json").json
    assert "offer" not in first
    article.write_text(article.read_text(encoding="utf-8") + "\nMore on flumotryptine.\n")
    said = run("import", article, "--json")
    assert (said.json["status"], said.json["offer"]) == ("added", first["id"])
    assert said.err.startswith("This looks like a newer edition of “On doses”. Both are kept;")
    assert len(run("list", "--json").json["documents"]) == 2


def test_an_earlier_edition_is_found_and_marked(
    run: Run, article: Path, library_of_one: None
) -> None:
    told = ARTICLE.replace("title:", "doi: 10.1000/testamine\ntitle:")
    article.write_text(told + "\n\n" + "\n\n".join(PARAGRAPHS), encoding="utf-8")
    first = run("import", article, "--json").json["id"]
    article.write_text(article.read_text(encoding="utf-8").replace("slowly", "hastily"))
    second = run("import", article, "--json").json
    assert second["status"] == "updated"
    (hit,) = run("find", "slowly", "--json").json["hits"]
    assert (hit["document_id"], hit["later_edition"]) == (first, second["id"])
    (hit,) = run("find", "hastily", "--json").json["hits"]
    assert "later_edition" not in hit


def test_exported_notes_come_back_without_loss_and_once(
    run: Run, document_id: str, tmp_path: Path, paths: Paths
) -> None:
    run("notes", "add", document_id, "--quote", "slowly", "--note", "A *note*", "--tag", "x y")
    target = tmp_path / "notes.jsonld"
    run("notes", "export", "--format", "json", "-o", target)
    said = run("notes", "import", target, user="ben")
    assert (said.code, said.err) == (0, "1 note imported from W3C Web Annotation.\n")
    again = run("notes", "import", target, user="ben")
    assert again.err == "0 notes imported from W3C Web Annotation, 1 was there already.\n"
    told = run("notes", "import", target, "--json", user="ben").json
    assert [len(ids) for ids in told.pop("ids").values()] == [0, 0, 1, 0]
    assert (told.pop("updated"), told.pop("unplaced")) == (0, 0)
    assert told == {
        "format": "W3C Web Annotation",
        "new": 0,
        "check": 0,
        "known": 1,
        "unread": 0,
        "homeless": [],
    }
    anna, ben = open_notes(paths, "anna"), open_notes(paths, "ben")
    assert anna.all() == ben.all()
    ben.undo()
    assert ben.all() == []
    anna.close()
    ben.close()
    assert len(run("notes", "backups", "--json", user="ben").json["backups"]) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\xff", "is no file of notes"),
        (b"words", "is no file of notes"),
        (b'{"items": [{}]}', "None of the notes in"),
        ("BAD TIME", "None of the notes in"),
    ],
)
def test_what_is_no_file_of_notes_is_refused(
    run: Run, document_id: str, tmp_path: Path, content: bytes | str, said: str
) -> None:
    if isinstance(content, str):
        run("notes", "add", document_id, "--quote", "slowly")
        page = run("notes", "export", "--format", "json").json
        page["items"][0]["created"] = "yesterday"
        content = json.dumps(page).encode()
    (tmp_path / "notes.jsonld").write_bytes(content)
    result = run("notes", "import", tmp_path / "notes.jsonld", user="ben")
    assert result.code == 1
    assert said in result.err
    assert run("list", "--json", user="ben").json["documents"][0]["notes"] == 0


def test_notes_are_restored_from_a_backup(run: Run, paths: Paths) -> None:
    assert run("notes", "restore").err == "There is no backup.\n"
    notes = open_notes(paths, "anna")
    annotation = added(notes)
    path = tasks.back_up(str(notes.path))
    notes.close()
    paths.notes("anna").write_bytes(b"damaged" * 1000)
    said = run("list")
    assert said.code == 1
    assert "the last good backup is of" in said.err
    (listed,) = run("notes", "backups", "--json").json["backups"]
    assert listed["name"] == Path(path).name
    assert run("notes", "backups").out.startswith(listed["name"])
    assert run("notes", "restore", "none.db").err == "There is no such backup.\n"
    restored = run("notes", "restore", listed["name"])
    assert restored.code == 0
    assert restored.out.startswith("The notes are again as they were on")
    notes = open_notes(paths, "anna")
    assert notes.all() == [annotation]
    notes.close()
    assert run("notes", "restore").code == 0


def test_backups_are_listed_with_what_they_hold(run: Run, document_id: str, paths: Paths) -> None:
    run("notes", "add", document_id, "--quote", "slowly")
    tasks.back_up(str(paths.notes("anna")))
    (listed,) = run("notes", "backups", "--json").json["backups"]
    assert set(listed) == {"name", "made", "notes", "newest", "reason"}
    assert (listed["notes"], listed["reason"]) == (1, "start")
    assert listed["newest"]
    line = run("notes", "backups").out
    assert " UTC  1 note, the last edited " in line
    assert line.endswith(" UTC, start\n")
    (paths.user("anna") / "backups" / listed["name"]).write_bytes(b"broken" * 999)
    (listed,) = run("notes", "backups", "--json").json["backups"]
    assert (listed["notes"], listed["newest"], listed["reason"]) == (None, None, None)


def test_notes_that_are_gone_are_said_and_restored_from_the_fullest(
    run: Run, document_id: str, paths: Paths
) -> None:
    run("notes", "add", document_id, "--quote", "slowly")
    tasks.back_up(str(paths.notes("anna")))
    paths.notes("anna").unlink()
    Notes(paths.notes("anna")).close()
    tasks.back_up(str(paths.notes("anna")))
    for command in (("list",), ("notes", "export")):
        said = run(*command)
        assert said.code == 1
        assert "are missing, though there were some" in said.err
    said = run("check")
    assert (said.code, "it holds 1 note" in said.out) == (1, True)
    assert run("notes", "restore").code == 0
    assert run("list", "--json").json["documents"][0]["notes"] == 1


def test_a_user_is_one_however_the_name_is_written(
    run: Run, document_id: str, paths: Paths
) -> None:
    run("notes", "add", document_id, "--quote", "slowly", user="Anna")
    assert paths.users() == ["Anna"]
    assert run("list", "--json", user="ANNA").json["documents"][0]["notes"] == 1
    refused = run("list", user="CON")
    assert (refused.code, refused.out) == (1, "")
    assert "device on Windows" in refused.err
    (paths.data / "users" / "anna").mkdir()
    said = run("check")
    assert said.code == 1
    assert said.out.startswith("The users “Anna” and “anna” differ in capitals")


def test_documents_that_the_list_lost_are_there_again(
    run: Run, document_id: str, paths: Paths
) -> None:
    for path in paths.data.glob("library.db*"):
        path.unlink()
    listed = run("list", "--json")
    assert [one["id"] for one in listed.json["documents"]] == [document_id]
    assert listed.err == "1 document was missing in the library's list, and is there again.\n"
    assert run("list").err == ""
    assert run("find", "slowly", "--json").json["total"] >= 1
    (paths.document(document_id) / "1" / "document.json").write_bytes(b"{")
    for path in paths.data.glob("library.db*"):
        path.unlink()
    said = run("check")
    assert said.code == 1
    assert "holds no document that can be read" in said.out
    assert "moved to the folder “lost-and-found”" in said.err


# Check


def test_check_says_where_the_system_confines_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_ALSO_READABLE", (str(ROOT),))
    monkeypatch.setattr(commands, "confined_by", chores.give_nothing)
    assert "Python alone" in run("check").err
    monkeypatch.setattr(commands, "confined_by", chores.give_seccomp)
    assert "by seccomp; it has no Landlock" in run("check").err


def test_check_says_that_all_is_well_or_what_is_not(
    run: Run, document_id: str, paths: Paths
) -> None:
    run("notes", "add", document_id, "--quote", "slowly")
    said = run("check")
    assert (said.code, said.out) == (0, "Library, notes and index are as they should be.\n")
    assert re.fullmatch(r"Files are read in a process that .+ confines.+\.\n", said.err)
    (paths.document(document_id) / "original.md").write_text("changed")
    said = run("check")
    assert said.code == 1
    assert said.out == "The original file of “On doses” is missing or damaged.\n"


def test_check_notes_documents_that_older_rules_have_read(
    run: Run, paths: Paths, library_of_one: None
) -> None:
    library = Library(paths)
    for name, importer in (("a", "html/1+whole"), ("b", "markdown/1"), ("c", "text/3")):
        content = f"Words of {name}.".encode()
        document = a_document(content, title=f"On {name}", importer=importer, doi="")
        library.add(document, content, {"p.png": b"picture"})
    library.close()
    said = run("check")
    assert said.code == 0
    first, noted, *listed = said.out.splitlines()
    assert first == "Library, notes and index are as they should be."
    assert noted == "2 documents were read by older rules; Import Again reads them anew."
    assert [line.split(maxsplit=2)[1:] for line in listed] == [
        ["html/1", "On a"],
        ["markdown/1", "On b"],
    ]


# Arguments


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["find"],
        ["find", "x", "--limit", "0"],
        ["find", "x", "--limit", "many"],
        ["import"],
        ["notes"],
        ["notes", "add"],
        ["notes", "export", "--format", "word"],
        ["notes", "export", "--from", "yesterday"],
        ["list", "--data", "x"],
        ["--dat", "x", "list"],
        ["--screenshot", "x.png", "list"],
        ["--data"],
    ],
)
def test_wrong_usage_is_exit_code_2(run: Run, arguments: list[str]) -> None:
    said = run(*arguments)
    assert said.code == 2
    assert said.err.startswith("usage:")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["list", "--help"], ["--version"]])
def test_help_is_printed(run: Run, arguments: list[str]) -> None:
    said = run(*arguments)
    assert said.code == 0
    assert "ffprint" in said.out


def test_a_user_that_could_be_no_folder_is_a_problem(run: Run) -> None:
    assert run("list", user="../x").code == 1
    assert run(user="../x").code == 1


def test_an_argument_that_is_no_text_is_a_problem(run: Run) -> None:
    said = run("find", os.fsdecode(b"\xff"))
    assert (said.code, said.err) == (
        1,
        "An argument is not text in the encoding of this system.\n",
    )


def test_an_interruption_is_exit_code_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(commands.COMMANDS, "list", interrupted)
    assert run("list").code == 130


# The window


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The windows that were opened; none is."""
    opened: list[dict[str, Any]] = []

    def run(
        paths: Paths,
        files: list[str],
        hashed: HashedAside | None = None,
        workers: Workers | None = None,
        **options: Any,
    ) -> int:
        # A single file is hashed while Qt is loaded.
        named = [Path(name) for name in files if not name.startswith("offprint:")]
        assert named == [hashed.path] if hashed is not None else len(named) != 1
        # A worker gets ready to draw the pages of a file that has some.
        assert (workers is not None) == (len(named) == 1 and named[0].suffix == ".pdf")
        opened.append({"data": paths.data, "files": files, **options})
        return 0

    monkeypatch.setattr(app, "run", run)
    return opened


def test_without_a_command_the_window_opens(
    run: Run, windows: list[dict[str, Any]], article: Path, paths: Paths
) -> None:
    assert run().code == 0
    assert run(article).code == 0
    assert run("--screenshot", "x.png", article).code == 0
    assert run("--screenshot=x.png").code == 0
    plain = {"data": paths.data, "user": "anna", "screenshot": None, "files": []}
    assert windows == [
        plain,
        {**plain, "files": [str(article)]},
        {**plain, "files": [str(article)], "screenshot": "x.png"},
        {**plain, "screenshot": "x.png"},
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there, a window is closed in other ways")
def test_an_interruption_of_a_start_ends_it_and_reaches_no_callback_of_qt(
    run: Run, windows: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def opened(*_: Any, **_options: Any) -> int:
        seen.append(signal.getsignal(signal.SIGINT))
        return 0

    monkeypatch.setattr(app, "run", opened)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run()
        assert seen == [signal.SIG_DFL]
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        # It stays with whoever has said otherwise.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        run()
        assert seen[1:] == [signal.SIG_IGN]
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_worker_is_begun_for_a_pdf_before_its_window_opens(
    run: Run, windows: list[dict[str, Any]], tmp_path: Path
) -> None:
    file = tmp_path / "article.pdf"
    file.write_bytes(b"%PDF-1.7")
    assert run(file).code == 0
    assert [window["files"] for window in windows] == [[str(file)]]


def test_a_file_named_like_a_command_is_opened_by_its_path(
    run: Run, windows: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "find").write_text("Words")
    assert run("./find").code == 0
    assert run("--", "find").code == 0
    assert [window["files"] for window in windows] == [["./find"], ["find"]]


def test_an_address_goes_to_the_window_and_a_desktops_address_of_a_file_as_its_name(
    run: Run, windows: list[dict[str, Any]], article: Path, tmp_path: Path
) -> None:
    address = f"offprint:{'ab' * 32}#one"
    article.rename(tmp_path / "two words.md")
    assert run(address, (tmp_path / "two words.md").as_uri()).code == 0
    assert windows[0]["files"] == [address, str(tmp_path / "two words.md")]
    assert run("file:///nowhere").err.startswith("There is no file “/nowhere”")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("file:///C:/my%20files/a.pdf", "C:/my files/a.pdf"),
        ("file://server/share/a.pdf", "//server/share/a.pdf"),
        ("file://localhost/C:/a.pdf", "C:/a.pdf"),
    ],
)
def test_the_address_of_a_file_on_windows_is_its_name_there(
    run: Run, monkeypatch: pytest.MonkeyPatch, address: str, name: str
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert f"There is no file “{name}”" in run(address).err


def test_a_file_that_is_not_there_opens_no_window(run: Run, windows: list[Any]) -> None:
    said = run("lits")
    assert said.code == 1
    assert said.err == "There is no file “lits”, and no command of that name.\n"
    assert windows == []


def test_without_options_the_environment_says_where(
    windows: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFPRINT_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["offprint"])
    assert main() == 0
    assert windows[0]["data"] == tmp_path
    assert windows[0]["user"] == cli.DEFAULT_USER


# In a process of its own


def offprint(paths: Paths, *arguments: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "reader", "--data", str(paths.data)]
    return subprocess.run(
        [*command, *(str(argument) for argument in arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        **more,
    )


def test_text_is_printed_exactly_in_any_locale(paths: Paths, tmp_path: Path) -> None:
    path = tmp_path / "naïve.txt"
    path.write_text("CO₂ and β-blockers – “0.5 mg” 💊 of testamine, slowly.\n", encoding="utf-8")
    for encoding in ("ascii", "utf-8"):
        environment = {**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C"}
        done = offprint(paths, "text", path, env=environment)
        assert done.stdout.decode() == "CO₂ and β-blockers – “0.5 mg” 💊 of testamine, slowly."
        assert done.returncode == 0


def test_whoever_stops_reading_hears_no_complaint(paths: Paths, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("".join(f"These are words of line {n}.\n\n" for n in range(10_000)))
    command = [sys.executable, "-m", "reader", "--data", str(paths.data), "text", str(path)]
    # Unbuffered, Python takes half a line that went out for a whole one.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        complaint = process.stderr.read()
    assert (complaint, process.returncode) == (b"", 141)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_results_that_find_no_room_are_one_sentence(paths: Paths, tmp_path: Path) -> None:
    path = tmp_path / "doses.txt"
    path.write_text("Give half a tablet of testamine, slowly.\n")
    for arguments in (("text", path), ("list", "--json")):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "reader", "--data", paths.data, *arguments],
                cwd=ROOT,
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert done.stderr == b"Not everything could be written: No space left on device.\n"
        assert done.returncode == 1


def test_no_command_loads_qt_and_none_but_find_loads_the_index(paths: Paths, article: Path) -> None:
    code = (
        "import sys; from reader.cli.main import main; main(sys.argv[1:]); "
        "print(sorted(m for m in sys.modules if m.split('.')[0] in "
        "('PySide6', 'whoosh', 'numpy', 'sqlcipher3', 'lxml')), file=sys.stderr)"
    )
    for arguments in (["outline", str(article)], ["--version"]):
        done = subprocess.run(
            [sys.executable, "-c", code, "--data", str(paths.data), *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == "[]\n"


def test_a_closed_pipe_is_exit_code_141(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> int:
        raise BrokenPipeError

    with (tmp_path / "out").open("w") as out:
        monkeypatch.setitem(commands.COMMANDS, "list", broken)
        monkeypatch.setattr(sys, "stdout", out)
        assert main(["list"]) == 141


def test_streams_that_are_no_files_are_left_as_they_are(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["--version"]) == 0
    assert out.getvalue().startswith("Offprint ")


def test_a_bug_is_shown_as_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(commands.COMMANDS, "list", broken)
    with pytest.raises(ZeroDivisionError):
        run("list")
