"""The commands that pack a library and open a packed one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.cli.main import main
from reader.paths import Paths
from reader.services.library_exchange import PLAN
from tests.services.test_library_files import filled, held


def test_a_library_is_packed_opened_and_the_former_one_put_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = filled(tmp_path / "there", "Ann", words=b"There.")
    here = filled(tmp_path / "here", "Ben", words=b"Here.")
    pack = str(tmp_path / "all.offprint-library")
    assert main(["--data", str(there.data), "pack", pack, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {
        "file": pack,
        "bytes": Path(pack).stat().st_size,
        "documents": 1,
        "users": ["Ann"],
    }
    assert main(["--data", str(there.data), "pack", pack]) == 0
    assert capsys.readouterr().out == f"{pack}: 1 document, notes of Ann.\n"
    assert main(["--data", str(here.data), "unpack", pack]) == 0
    out, err = capsys.readouterr()
    assert out == "“all.offprint-library”, 1 document, notes of Ann, is open now.\n"
    assert "brings it back" in err
    assert held(here) == (["There."], {"Ann": ["Ann"]})
    (kept,) = here.data.glob("former-*")
    assert main(["--data", str(here.data), "unpack", kept.name, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["users"] == ["Ben"]
    assert held(here) == (["Here."], {"Ben": ["Ben"]})
    assert held(Paths(Path(said["former"]))) == (["There."], {"Ann": ["Ann"]})
    assert main(["--data", str(here.data), "unpack", said["former"]]) == 0
    assert capsys.readouterr().out == "The former library is open now.\n"


def test_what_cannot_be_opened_is_said_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = filled(tmp_path / "here", "Ben")
    (tmp_path / "x").write_bytes(b"PK")
    assert main(["--data", str(here.data), "unpack", str(tmp_path / "x")]) == 1
    assert "“x” is no packed library" in capsys.readouterr().err
    assert main(["--data", str(here.data), "unpack", str(tmp_path)]) == 1
    assert "kept a former library" in capsys.readouterr().err
    assert held(here)[1] == {"Ben": ["Ben"]}


def test_a_start_finishes_what_was_interrupted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = filled(tmp_path / "here", "Ben", words=b"Here.")
    other = filled(tmp_path / "here" / "unpacking" / "a", "Ann", words=b"There.")
    plan = {"incoming": "unpacking/a", "former": "former-2026-01-01T00-00-00Z"}
    parts = ["library.db", "documents", "users"]
    (here.data / PLAN).write_text(json.dumps({**plan, "out": parts, "into": parts}))
    (here.data / plan["former"]).mkdir()
    assert main(["--data", str(here.data), "check"]) == 0
    assert held(here) == (["There."], {"Ann": ["Ann"]})
    assert not other.data.exists()
    assert not (here.data / PLAN).exists()
