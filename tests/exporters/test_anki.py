"""Cards hold what was noted, and taking a package in again renews them."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.exporters import anki
from reader.model.export.export_set import ExportSet
from reader.model.span import Span
from tests.exporters.test_formats import a_note, a_notebook
from tests.exporters.test_w3c import a_thousand_notes
from tests.model.samples import ARTICLE, an_article, place


def one_card(notebook: ExportSet) -> anki.Card:
    (card,) = anki.read(anki.write(notebook))
    return card


def test_a_term_is_asked_for_in_its_sentence() -> None:
    document = an_article()
    note = a_note(document, place(ARTICLE, "AMPA receptors"), note="Fast <ones> & {{more}}.")
    card = one_card(a_notebook(note))
    assert card.id == note.id
    front, back, source, references, link = card.fields
    assert front == (
        "Glutamate then rises in the prefrontal cortex, and <mark>AMPA receptors</mark> answer it."
    )
    assert back == "Fast &lt;ones&gt; &amp; {{more}}."
    assert source.startswith("Writer A, Scribe B. Ketamine in anxiety.")
    assert "Background · yellow · 2026-01-02" in source
    assert references == ""
    assert link == f"offprint:{document.id}#{note.id}"


def test_a_note_that_asks_is_the_question() -> None:
    document = an_article()
    note = a_note(document, place(ARTICLE, "answer it2,3"), note="What do they do?\nIn <5 min.")
    front, back, _, references, _ = one_card(a_notebook(note)).fields
    assert front == "What do they do?"
    assert back == "answer it<br><br>In &lt;5 min."
    assert references.startswith("[2] Scribe B.")
    assert "<br>[3] Author C." in references
    bare = replace(note, note="Why? ")
    assert one_card(a_notebook(bare)).fields[1] == "answer it"


@pytest.mark.parametrize(
    ("words", "front"),
    [
        ("Ketamine blocks the NMDA receptor1 within minutes.", None),
        ("Dissociation", "<mark>Dissociation</mark> fades by itself and needs no treatment in most "
         "of them."),
        ("should not have it?", "Who <mark>should not have it?</mark>"),
        ("stroke should not.", "People with a recent <mark>stroke should not.</mark>"),
        ("", "Ketamine in anxiety"),
    ],
)  # fmt: skip
def test_what_is_asked(words: str, front: str | None) -> None:
    note = a_note(an_article(), place(ARTICLE, words) if words else Span(3, 3), note="So.")
    shown = one_card(a_notebook(note)).fields[0]
    assert shown == (front or "Ketamine blocks the NMDA receptor within minutes.")


def test_a_note_without_a_place_is_asked_for_without_its_sentence() -> None:
    lost = a_note(replace(an_article(), text="gone"), Span(0, 4))
    assert one_card(a_notebook(lost)).fields[:2] == ("gone", "")


def test_tags_are_words_to_anki_and_no_field_runs_into_the_next() -> None:
    note = a_note(an_article(), Span(0, 8), note="a\x1fb\x00\tc")
    note = replace(note, tags=("two words", " ", "two\twords", "x::y", "Ä"))
    card = one_card(a_notebook(note))
    assert card.tags == ("Offprint", "two_words", "x::y", "Ä")
    assert card.fields[1] == "a b\u2003c"


def test_a_thousand_cards_are_read_back_as_they_were_meant() -> None:
    document = an_article()
    notebook = a_notebook(*a_thousand_notes(document), document=document)
    found = anki.read(anki.write(notebook))
    assert found == anki.cards(notebook)
    assert len({card.id for card in found}) == 1000


def contents(content: bytes, tmp_path: Path) -> tuple[list[Any], dict[str, Any], dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        (tmp_path / "a.anki2").write_bytes(package.read("collection.anki2"))
    with closing(sqlite3.connect(tmp_path / "a.anki2")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        notes = database.execute("SELECT guid, mid, mod FROM notes").fetchall()
        cards = database.execute("SELECT count(*) FROM cards").fetchone()
        models, decks = database.execute("SELECT models, decks FROM col").fetchone()
    assert cards == (len(notes),)
    return notes, json.loads(models), json.loads(decks)


def test_a_later_package_is_of_the_same_notes_model_and_deck(tmp_path: Path) -> None:
    document = replace(an_article(), title="Ketamine::now")
    note = a_note(document, Span(0, 8), 4)
    before = contents(anki.write(a_notebook(note, document=document)), tmp_path)
    edited = replace(a_notebook(replace(note, note="New."), document=document))
    edited = replace(edited, generated="2026-02-04T04:05:06Z")
    after = contents(anki.write(edited), tmp_path)
    assert [row[:2] for row in after[0]] == [row[:2] for row in before[0]]
    assert after[0][0][2] > before[0][0][2]
    assert set(after[1]) == set(before[1])
    assert set(after[2]) == set(before[2])
    assert "Offprint::Ketamine:now" in {deck["name"] for deck in after[2].values()}


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    anki.write(a_notebook(a_note(an_article(), Span(0, 8))))
    assert list(tmp_path.iterdir()) == []
