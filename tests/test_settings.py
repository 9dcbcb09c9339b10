"""Every setting is declared once, sound or its default, read and written, never named by hand."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from reader import settings as module
from reader.settings import SETTINGS, Setting, is_template_used, template_of

ROOT = Path(__file__).resolve().parent.parent
OTHERS = [
    path for path in sorted((ROOT / "reader").rglob("*.py")) if path != Path(module.__file__ or "")
]
DECLARED = {
    name: value
    for name, value in vars(module).items()
    if isinstance(value, Setting) and not name.startswith("_")
}
FAMILIES = {"template_of": template_of, "is_template_used": is_template_used}


def test_the_table_holds_each_once() -> None:
    assert sorted(setting.name for setting in SETTINGS) == sorted(s.name for s in DECLARED.values())
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)
    assert template_of("markdown").name != is_template_used("markdown").name


@pytest.mark.parametrize("name", [*DECLARED, *FAMILIES])
def test_each_is_read_and_written_somewhere(name: str) -> None:
    source = "\n".join(path.read_text("utf-8") for path in OTHERS)
    assert re.search(rf"\.(get|setting)\(\s*{name}\b", source), f"nobody reads {name}"
    assert re.search(rf"(\.set|\.set_setting)(\(|, )\s*{name}\b", source), f"nobody writes {name}"


def test_none_is_named_by_hand() -> None:
    names = {setting.name for setting in SETTINGS}
    for path in OTHERS:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in ("setting", "set_setting") or ast.unparse(node.func).endswith(
                ("settings.get", "settings.set")
            ):
                (first, *_) = node.args
                assert not isinstance(first, ast.Constant | ast.JoinedStr), f"{path}: {node.lineno}"
            if node.func.attr == "_take_setting":
                assert not any(isinstance(one, ast.Constant) for one in node.args), path
        for compared in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(compared, ast.Compare) and ast.unparse(compared.left) == "setting":
                told = [c.value for c in ast.walk(compared) if isinstance(c, ast.Constant)]
                assert names.isdisjoint(map(str, told)), f"{path}: {compared.lineno}"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
@pytest.mark.parametrize("untrusted", [None, {"left": 1}, [None], -1, ["a", [1]], {"a": {}}])
def test_an_unsound_value_counts_as_never_set(setting: Setting[object], untrusted: object) -> None:
    assert setting.checked(untrusted) == setting.default


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (module.THEME, "sepia"),
        (module.GEOMETRY, "AdnQywAD"),
        (module.SPLIT, [1, 2, 3]),
        (module.PANES, {"left": False, "notes": True}),
        (module.THUMBNAILS, True),
        (module.ZOOM, 2.8),
        (module.ZOOM, 1),
        (module.PAGE_ZOOM, "width"),
        (module.PAGE_ZOOM, 8.0),
        (module.WATCHED_FILES, {"/a.txt": [1, 2]}),
        (module.PRINT, {"size": "A5", "where": "At the end", "highlights": False, "grey": True}),
        (module.COLOUR_MEANINGS, {"yellow": "Dose"}),
        (module.PDF_NOTES_SEEN, ["d1"]),
        (module.NOTE_IMPORTS, [["1", "a.csv", "readwise", "2026-01-01T00:00:00Z", ["n1"]]]),
        (module.NOTES_BROUGHT, {"n1": ["digest"]}),
        (module.LET_OUT, ["n1 3"]),
        (template_of("markdown"), "{{title}}"),
        (is_template_used("markdown"), False),
    ],
)
def test_a_sound_value_is_as_it_was_stored(setting: Setting[object], value: object) -> None:
    assert setting.checked(value) == value


@pytest.mark.parametrize("value", [True, 0, 0.05, 11, float("nan"), "1"])
def test_a_zoom_that_shows_nothing_is_not_sound(value: object) -> None:
    assert module.ZOOM.checked(value) == 1.0
