"""A folder of Markdown: what is ours is renewed, and nothing else is touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reader.exporters.markdown_vault import (
    File,
    file_name,
    is_as_we_left_it,
    owner,
    page,
    plan,
)
from reader.model.document import Document
from reader.model.export.export_set import ExportSet, gather
from reader.model.span import Span
from tests.exporters.test_formats import a_note, a_notebook
from tests.model.samples import ARTICLE, an_article, place


def front_matter(text: str) -> dict[str, object]:
    found = yaml.safe_load(text.split("---\n")[1])
    assert isinstance(found, dict)
    return found


def files(notebook: ExportSet, there: dict[str, str] | None = None) -> list[File]:
    return plan(notebook, there or {}, there or {}, {})


def test_a_file_says_what_its_document_is_and_has_ids_to_point_to() -> None:
    document = replace(an_article(), title='On "doses": #1 \u2028\u0085 – ß')
    note = a_note(
        document, place(ARTICLE, "answer it2,3"), note="So.", tags=("two words", "2024", "a/b", "!")
    )
    text = page(a_notebook(note, document=document).chapters[0])
    head = front_matter(text)
    assert head["title"] == document.title
    assert head["authors"] == ["Ada Writer", "Ben Scribe"]
    assert head["doi"] == "10.1000/example.1"
    assert head["tags"] == ["two-words", "_2024", "a/b"]
    assert head["offprint"] == document.id
    assert f"> answer it\n\n^{note.id}\n\nSo.\n" in text
    assert "#two-words · #\\_2024 · #a/b" in text
    assert "\n- [2] Scribe B." in text
    assert "journal" in head
    assert "pmid" not in head


@given(st.text(max_size=40), st.lists(st.text(max_size=9), max_size=3))
def test_any_title_is_read_by_yaml_as_it_was(title: str, authors: list[str]) -> None:
    title, *names = (one.encode(errors="replace").decode() for one in (title, *authors))
    document = Document("d" * 64, title, "Words", authors=tuple(names))
    notebook = a_notebook(a_note(document, Span(0, 5)), document=document)
    (file,) = files(notebook)
    head = front_matter(file.content)
    assert head.get("title", "") == title
    assert head.get("authors", []) == names
    assert owner(file.content) == document.id
    assert is_as_we_left_it(file.content)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A: B / C? <d> | #1 [x]^2", "A B C d 1 x 2"),
        ("con", "_con"),
        ("Nul.values", "_Nul.values"),
        ("Console", "Console"),
        (" . ", "Untitled"),
        ("..hidden", "hidden"),
        ("x" * 500, "x" * 120),
        ("é" * 500, "é" * 120),
        ("語" * 500, "語" * 80),
        ("e\u0301", "é"),
    ],
)
def test_a_title_is_a_name_on_any_system(title: str, name: str) -> None:
    assert file_name(title) == name


def test_documents_of_one_title_have_files_of_their_own() -> None:
    titles = ("Doses", "DOSES", "Doses?", "Dose\u0301s", "Dosés")
    known = {f"{n:064x}": Document(f"{n:064x}", title, "Words") for n, title in enumerate(titles)}
    notes = [a_note(one, Span(0, 5), n) for n, one in enumerate(known.values())]
    made = files(gather(notes, known.get, ""))
    names = [file.name for file in made]
    assert len({name.casefold() for name in names}) == 5
    assert [
        file.name for file in files(gather(notes, known.get, ""), {"doses.md": "Mine."})
    ] != names


def test_what_is_ours_is_renewed_and_what_was_changed_is_left() -> None:
    document = an_article()
    note = a_note(document, place(ARTICLE, "Patients must"))
    (first,) = files(a_notebook(note))
    assert first == File("Ketamine in anxiety.md", first.content, 1)
    new = a_notebook(replace(note, note="New."))
    # As it was left, also when its editor writes other line ends or it was given another name.
    for left in (
        first.content,
        first.content.replace("\n", "\r\n"),
        "\ufeff" + first.content + "\n",
    ):
        (again,) = files(new, {"renamed.md": left})
        assert (again.name, again.beside) == ("renamed.md", "")
    changed = first.content.replace("Patients", "Nobody")
    assert owner(changed) == document.id
    assert not is_as_we_left_it(changed)
    (beside,) = files(new, {first.name: changed})
    assert (beside.name, beside.beside) == ("Ketamine in anxiety (2).md", first.name)
    (renewed,) = files(a_notebook(note), {first.name: changed, beside.name: beside.content})
    assert (renewed.name, renewed.beside) == (beside.name, first.name)
    (strange,) = files(new, {first.name: "# Mine\n\noffprint: no\n"})
    assert (strange.name, strange.beside) == ("Ketamine in anxiety (2).md", "")


@pytest.mark.parametrize("text", ["", "---\n", "---\nx: 1\n---\n", '---\noffprint: "d"\n---\n'])
def test_whatever_is_not_ours_has_no_owner(text: str) -> None:
    assert owner(text) == ""
    assert not is_as_we_left_it(text)


def test_the_file_of_an_earlier_text_is_renewed() -> None:
    before, after = an_article(), replace(an_article(), id="e" * 64, text=f"More. {ARTICLE}")
    (old,) = files(a_notebook(a_note(before, Span(0, 8))))
    notebook = a_notebook(a_note(after, Span(0, 4)), document=after)
    (file,) = plan(notebook, [old.name], {old.name: old.content}, {after.id: [before.id]})
    assert file.name == old.name
    assert owner(file.content) == after.id


def test_on_the_disk(tmp_path: Path) -> None:
    """The names that are made can be written."""
    known = {
        f"{n:064x}": Document(f"{n:064x}", t, "Words") for n, t in enumerate(("a/b", "語" * 99))
    }
    notes = [a_note(one, Span(0, 5), n) for n, one in enumerate(known.values())]
    for file in files(gather(notes, known.get, "")):
        (tmp_path / file.name).write_text(file.content, encoding="utf-8")
        assert is_as_we_left_it((tmp_path / file.name).read_text(encoding="utf-8"))
