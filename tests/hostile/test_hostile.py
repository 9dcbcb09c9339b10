"""A folder of hostile files: each ends in one sentence, and the library stays as it was."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reader.cli.main import main
from reader.paths import Paths
from tests.hostile.marked_up import ARTICLES, RICH, SAVED, TEXT, WEB
from tests.hostile.packed import BOOKS, PDFS, WORD
from tests.hostile.printed import REFUSED

FILES = {**TEXT, **WEB, **SAVED, **ARTICLES, **RICH, **BOOKS, **WORD, **PDFS, **REFUSED}
GOOD = "# Still here\n\nWhat was in the library before stays in it.\n"


def kept(folder: Path) -> dict[str, bytes]:
    """Every file of the library but the database's own, and what it holds."""
    files = (path for path in folder.rglob("*") if path.is_file())
    own = ("library.db", "library.db-wal", "library.db-shm")
    return {str(p.relative_to(folder)): p.read_bytes() for p in files if p.name not in own}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What an import of all of them says of each, by name."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = Paths(folder / "data")
    good, files = folder / "good.md", folder / "files"
    good.write_text(GOOD, encoding="utf-8")
    files.mkdir()
    for name, content in FILES.items():
        (files / name).write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        lines: list[str] = []
        patch.setattr("reader.cli.documents.Console.say", lambda _, line: lines.append(line))
        patch.setattr(
            "reader.cli.documents.Console.show", lambda _, value: lines.append(json.dumps(value))
        )
        options = ["--data", str(paths.data), "--user", "anna", "import", "--json"]
        assert main([*options, str(good)]) == 0
        before = kept(paths.data)
        lines.clear()
        assert main([*options, str(files)]) == 1
        # The index is told of what came in; nothing did.
        assert kept(paths.data) == before
    return {Path(said["path"]).name: said for said in map(json.loads, lines)}


def test_there_are_at_least_sixty_of_them_over_all_formats() -> None:
    assert len(FILES) >= 60
    assert len({Path(name).suffix for name in FILES}) >= 8


@pytest.mark.parametrize("name", FILES)
def test_it_ends_in_one_sentence(verdicts: dict[str, dict[str, Any]], name: str) -> None:
    said = verdicts[name]
    assert said["status"] == "failed"
    assert said["id"] is None
    problem = said["problem"]
    assert re.fullmatch(r"[A-Z“][^\n]{10,200}\.", problem), problem
    assert "Traceback" not in problem
    assert "Error" not in problem
