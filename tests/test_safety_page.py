"""docs/safety.md names tests that exist, and leads where it says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
_FILE = r"`((?:tests/)[\w/]+\.py)`"


def promises() -> list[tuple[str, str]]:
    """Each file and test that a row of the page names."""
    found = []
    for line in PAGE.splitlines():
        parts = re.split(_FILE, line)
        for path, named in zip(parts[1::2], parts[2::2], strict=True):
            found += [(path, name) for name in re.findall(r"`(test_\w+)`", named)]
    return found


def test_each_promise_names_a_test_that_exists() -> None:
    assert len(promises()) >= 30
    for path, name in promises():
        tree = ast.parse((ROOT / path).read_bytes())
        assert name in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}, name


def test_each_promise_has_a_test() -> None:
    table = PAGE.split("## Promises and their tests")[1].split("\n\n")[1].splitlines()[2:]
    assert len(table) >= 20
    for row in table:
        assert re.search(_FILE, row), row
        assert "`test_" in row, row


def test_what_it_links_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        path, _, part = target.partition("#")
        page = (ROOT / "docs" / path if path else ROOT / "docs" / "safety.md").resolve()
        headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        slugs = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
        assert not part or part in slugs, target
