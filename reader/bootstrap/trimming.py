"""Takes out of a new private environment what no start of Offprint loads: more than a third of it.

Standard library only. What the packages for Linux and Windows leave out by following what each
library loads (`packages/`), this names, since no tool for that is on a person's computer; a test
holds the names to it.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

# Of Qt, the modules that we import, as `reader` is written, and what Qt itself loads for them.
QT_MODULES = ("QtCore", "QtDBus", "QtGui", "QtPrintSupport", "QtSvg", "QtWidgets")
# Families of Qt's libraries, each "Qt6NAME…", that none of these needs.
_UNUSED_FAMILIES = (
    *(
        "Concurrent",
        "Designer",
        "Egl",
        "Help",
        "JsonRpc",
        "Labs",
        "LanguageServer",
        "Lottie",
        "Network",
    ),
    *("Qml", "Quick", "Sql", "SvgWidgets", "Test", "UiTools", "WaylandCompositor", "Xml"),
    "WaylandEglCompositor",
)
_REST_OF_QT = (
    *("qml", "libexec", "metatypes", "typesystems", "glue", "include", "doc", "scripts"),
    "*pyside6qml*",
)
_PLUGINS = (
    *("designer", "egldeviceintegrations", "generic", "networkinformation", "qmllint"),
    *("qmltooling", "qmlls", "sqldrivers", "tls", "vectorimageformats"),
    "wayland-graphics-integration-server",
    *("platforms/*eglfs*", "platforms/*linuxfb*", "platforms/*minimal*", "platforms/*vnc*"),
    *("platforms/*vkkhr*", "platforms/*direct2d*", "imageformats/*qpdf*"),
    *("imageformats/*qicns*", "imageformats/*qtga*", "imageformats/*qwbmp*"),
    "platforminputcontexts/*virtualkeyboard*",
)
_TOOLS = (
    *(
        "assistant",
        "balsam",
        "balsamui",
        "designer",
        "linguist",
        "lrelease",
        "lupdate",
        "qmlcachegen",
    ),
    *("qmlformat", "qmlimportscanner", "qmllint", "qmlls", "qmltyperegistrar", "qsb", "qtdiag"),
    *("rcc", "svgtoqml", "uic"),
)
# What other packages bring for who builds on them, or tests them.
_OF_PACKAGES = (
    *("numpy/**/tests", "numpy/f2py", "numpy/distutils", "numpy/**/include", "numpy/**/*.a"),
    *("numpy/**/*.lib", "numpy/_core/_simd.*", "lxml/includes", "lxml/isoschematron"),
    *("Cryptodome/SelfTest", "Cryptodome/PublicKey", "Cryptodome/Signature"),
    *("lxml/objectify.*", "pypdfium2_cli"),
    *("**/*.pyi", "**/*.h", "**/*.pxd", "**/*.pyx"),
)
# What has made the environment, and is not needed in it any more.
_INSTALLERS = (
    *("pip", "pip-*.dist-info", "setuptools", "setuptools-*.dist-info", "pkg_resources"),
    *("_distutils_hack", "distutils-precedence.pth"),
)


def trim(packages: Path) -> None:
    """Remove it from a folder of installed packages.

    What cannot be removed stays: it does no harm.
    """
    for pattern in (*_INSTALLERS, *_OF_PACKAGES):
        _remove_all(packages, pattern)
    # Linux and macOS have most of Qt in a folder of its own, Windows beside the modules.
    for qt in (packages / "PySide6", packages / "PySide6" / "Qt"):
        for name in (*_REST_OF_QT, *(f"plugins/{one}" for one in _PLUGINS)):
            _remove_all(qt, name)
        for name in _TOOLS:
            for pattern in (name, f"{name}.exe", f"{name[:1].upper()}{name[1:]}.app"):
                _remove_all(qt, pattern)
        for family in _UNUSED_FAMILIES:
            for pattern in (f"lib/libQt6{family}*", f"lib/Qt{family}*.framework"):
                _remove_all(qt, pattern)
            _remove_all(qt, f"Qt6{family}*.dll")
        for one in qt.glob("translations/*"):
            if not one.name.startswith("qtbase_"):
                _remove(one)
        for suffix in ("abi3.so", "pyd"):
            for one in qt.glob(f"Qt*.{suffix}"):
                if one.name.partition(".")[0] not in QT_MODULES:
                    _remove(one)


def _remove_all(folder: Path, pattern: str) -> None:
    for path in list(folder.glob(pattern)):
        _remove(path)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
