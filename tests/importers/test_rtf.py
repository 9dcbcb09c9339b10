from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers import rtf
from reader.problem import Problem


def saved(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "letter.rtf"
    path.write_bytes(content)
    return path


def test_its_text_is_read_in_its_encoding(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 Dose: \'bd tablet.\par Caf\'e9.}",
    )
    document = rtf.read(path).document
    assert document.text == "Dose: ½ tablet.\nCafé."
    assert document.importer == rtf.IMPORTER
    assert document.title


def test_what_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Problem, match="no RTF"):
        rtf.read(saved(tmp_path, b"Dose"))
    with pytest.raises(Problem, match="no text"):
        rtf.read(saved(tmp_path, rb"{\rtf1\ansi}"))

    def fails(*_: object, **__: object) -> str:
        raise LookupError("codec")

    monkeypatch.setattr(rtf, "rtf_to_text", fails)
    with pytest.raises(Problem, match="is damaged"):
        rtf.read(saved(tmp_path, rb"{\rtf1\ansi x}"))
