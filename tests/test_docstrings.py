"""Docstrings say what is so in a form that can be looked for; how many do not yet only falls."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The third person that first lines began with; `Notes` and `Marks` are things as well.
_VERBS = frozenset(
    "Adds Asks Begins Brings Calls Cancels Changes Clears Closes Copies Deletes Does Draws Ends"
    " Finds Forgets Gives Goes Has Hides Holds Keeps Leaves Lets Loads Makes Moves Opens Prints "
    "Puts Reads Removes Renames Resets Returns Says Sees Sends Sets Shows Stores Switches Takes"
    " Tells Turns Underlines Unpacks Verifies Waits Writes".split()
)
_PERSONS = frozenset(("you", "You", "your", "Your"))
# Functions whose docstring begins in the third person. Lower a number when it has fallen.
MOST = {"search": 21, "ui": 176}


def documented() -> Iterator[tuple[Path, ast.AST, str]]:
    """All docstrings of the product, with the file and the node that each is of."""
    for path in sorted((ROOT / "reader").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                said = ast.get_docstring(node)
                if said:
                    yield path.relative_to(ROOT / "reader"), node, said


def test_the_first_paragraph_is_a_sentence() -> None:
    firsts = ((path, said.split("\n\n")[0]) for path, _, said in documented())
    assert [(str(path), first) for path, first in firsts if first[-1] not in ".:?…"] == []


def test_nobody_is_spoken_to() -> None:
    # What a query is answered with is quoted: "Did you mean".
    spoken = ((path, said) for path, _, said in documented() if _PERSONS & set(said.split()))
    assert [(str(path), said) for path, said in spoken if "Did you mean" not in said] == []


def test_functions_are_described_in_the_imperative() -> None:
    found = Counter(
        path.parts[0]
        for path, node, said in documented()
        if isinstance(node, ast.FunctionDef) and said.split()[0] in _VERBS
    )
    risen = {room: number for room, number in found.items() if number > MOST.get(room, 0)}
    assert risen == {}
