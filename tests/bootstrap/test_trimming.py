from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from reader.bootstrap import trimming

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = Path(next(iter(PySide6.__path__)))
ON_WINDOWS = (
    *("QtCore.pyd", "QtWidgets.pyd", "Qt6Core.dll", "Qt6Widgets.dll", "Qt6Svg.dll"),
    *("plugins/platforms/qwindows.dll", "plugins/platforms/qoffscreen.dll", "msvcp140.dll"),
    *("plugins/styles/qmodernwindowsstyle.dll", "translations/qtbase_de.qm"),
)
ON_WINDOWS_UNUSED = (
    *("QtQml.pyd", "Qt6Quick3DUtils.dll", "Qt6Qml.dll", "Qt6Network.dll", "lupdate.exe"),
    *("QtCore.pyi", "qml/QtQuick/qmldir", "translations/designer_de.qm"),
    *("plugins/platforms/qminimal.dll", "plugins/tls/qschannelbackend.dll"),
)
OF_OTHERS = ("lxml/etree.so", "numpy/testing/__init__.py", "numpy/typing/__init__.py", "six.py")
OF_OTHERS_UNUSED = (
    *("pip/__init__.py", "pip-24.0.dist-info/METADATA", "setuptools/__init__.py"),
    *("numpy/_core/tests/test_a.py", "numpy/_core/include/numpy/a.h", "lxml/includes/a.pxd"),
)


def laid(folder: Path, *names: str) -> None:
    """Empty files of these names."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def left(folder: Path) -> set[str]:
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}


def test_what_is_used_stays_and_the_rest_goes(tmp_path: Path) -> None:
    kept = {*OF_OTHERS, *(f"PySide6/{one}" for one in ON_WINDOWS)}
    laid(tmp_path, *kept, *OF_OTHERS_UNUSED, *(f"PySide6/{one}" for one in ON_WINDOWS_UNUSED))
    trimming.trim(tmp_path)
    assert left(tmp_path) == {one.replace("/", str(Path("/"))) for one in kept}


def test_what_cannot_be_removed_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError

    laid(tmp_path, "PySide6/QtQml.pyd")
    monkeypatch.setattr(Path, "unlink", refuse)
    trimming.trim(tmp_path)
    assert left(tmp_path) == {"PySide6/QtQml.pyd"}


def test_each_part_of_qt_that_is_imported_stays() -> None:
    imported: set[str] = set()
    for path in (ROOT / "reader").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        imported |= set(re.findall(r"^\s*(?:from|import) PySide6\.(\w+)", text, re.M))
    assert imported
    assert imported <= set(trimming.QT_MODULES)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads how libraries of Linux are joined")
@pytest.mark.skipif(shutil.which("objdump") is None, reason="objdump is missing (binutils)")
def test_no_library_that_stays_lacks_one_that_went(tmp_path: Path) -> None:
    files = {str(one.relative_to(INSTALLED)): one for one in INSTALLED.rglob("*") if one.is_file()}
    laid(tmp_path / "PySide6", *files)
    trimming.trim(tmp_path)
    kept = left(tmp_path / "PySide6")
    assert sum(files[one].stat().st_size for one in kept) < 110e6
    there, before = ({one.rpartition("/")[2] for one in names} for names in (kept, files))
    binaries = [str(files[one]) for one in kept if ".so" in one]
    said = subprocess.run(
        ["objdump", "-p", *binaries], capture_output=True, text=True, check=True
    ).stdout
    needed = set(re.findall(r"NEEDED\s+(\S+)", said))
    assert needed & before <= there
    for module in trimming.QT_MODULES:
        assert f"{module}.abi3.so" in kept
    for plugin in ("xcb", "wayland", "offscreen"):
        assert f"Qt/plugins/platforms/libq{plugin}.so" in kept
