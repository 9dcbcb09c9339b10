"""Builds what Linux gets, on Debian 12 or later: a package for Debian and its kin, and an archive.

    python3 packages/linux/build.py [FOLDER]

Both hold the same tree with a Python of its own, Debian's, and the locked packages by their hashes;
so one file serves every release with the C library of the machine that it was built on, or a later
one. Needs dpkg-dev, binutils, xz-utils, and `uv`; nothing of it as root. Standard library only.
"""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))

from binaries import is_binary, needed_libraries, run, system_packages  # noqa: E402

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
# Debian 12's, which later releases of Debian, Ubuntu and others can run.
PYTHON = "3.11"
DEBIAN_PYTHON = (
    *(f"python{PYTHON}-minimal", f"libpython{PYTHON}-minimal", f"libpython{PYTHON}-stdlib"),
)
QT_MODULES = ("QtCore", "QtDBus", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport")
QT_PLUGINS = (
    *("platforms/libqxcb.so", "platforms/libqwayland*.so", "platforms/libqoffscreen.so"),
    *("wayland-shell-integration/lib*.so", "wayland-decoration-client/lib*.so"),
    *("platforminputcontexts/libcompose*.so", "platforminputcontexts/libibus*.so"),
    *("platformthemes/libqxdgdesktopportal.so", "printsupport/libcups*.so"),
    "iconengines/libqsvgicon.so",
    *("imageformats/libqjpeg.so", "imageformats/libqgif.so", "imageformats/libqsvg.so"),
    "imageformats/libqwebp.so",
)
UNUSED = (
    *("bin", "**/tests", "**/test", "**/include", "numpy/f2py", "numpy/distutils", "pypdfium2_cli"),
    *("Cryptodome/SelfTest", "Cryptodome/PublicKey", "Cryptodome/Signature"),
    *("**/*.pyi", "**/*.h", "**/*.pxd", "**/*.pyx", "**/*.a", "**/*.c"),
    *("lxml/includes", "lxml/isoschematron", "lxml/objectify.*"),
    "numpy/_core/_simd.*",  # what numpy's own tests load
)
# Libraries that come with what debuggers read. Not all: those whose wheels were mended by patchelf
# do not survive a strip.
STRIPPED = ("sqlcipher3/*.so", "yaml/*.so", "chardet/_kernel.*.so", "Stemmer.*.so")
# Of Python itself: what builds and tests, what only the network needs, and other toolkits.
UNUSED_OF_PYTHON = (
    *("lib2to3", "distutils", "ensurepip", "idlelib", "tkinter", "pydoc_data", "test"),
    *("sitecustomize.py", f"config-{PYTHON}-*", "lib-dynload/_ssl.*", "lib-dynload/_test*"),
    *("lib-dynload/_xx*", "lib-dynload/xx*", "lib-dynload/nis.*", "lib-dynload/ossaudiodev.*"),
    *(
        "lib-dynload/_curses*",
        "lib-dynload/readline.*",
        "lib-dynload/_dbm.*",
        "lib-dynload/_crypt.*",
    ),
)
LAUNCHER = """#!/bin/sh
# Starts Offprint with the Python beside it, wherever the folder lies.
here=$(dirname "$(readlink -f "$0")")
libc=$(getconf GNU_LIBC_VERSION 2> /dev/null)
libc=${libc#glibc }
if [ "${libc%%.*}" = 2 ] && [ "${libc#*.}" -lt @MINOR@ ] 2> /dev/null; then
    echo "This system is too old: Offprint needs the C library 2.@MINOR@ or later." >&2
    exit 1
fi
exec "$here/bin/python@PYTHON@" -I -B "$here/lib/offprint" "$@"
"""
STARTED = """import sys

if __name__ == "__main__":
    from reader.cli.main import main

    sys.exit(main())
"""


def version() -> str:
    """The version of the program."""
    source = (ROOT / "reader" / "__init__.py").read_text(encoding="utf-8")
    return re.findall(r'__version__ = "(.+)"', source)[0]


def put_python(tree: Path, work: Path) -> str:
    """Lays Debian's Python down, which apt has checked; gives its version there."""
    fetched = work / "python"
    fetched.mkdir()
    run("apt-get", "download", *DEBIAN_PYTHON, folder=fetched)
    for package in fetched.glob("*.deb"):
        run("dpkg-deb", "-x", package, fetched / "unpacked")
    (tree / "bin").mkdir()
    shutil.copy2(fetched / f"unpacked/usr/bin/python{PYTHON}", tree / "bin")
    library = tree / "lib" / f"python{PYTHON}"
    shutil.copytree(
        fetched / f"unpacked/usr/lib/python{PYTHON}", library, symlinks=False,
        ignore_dangling_symlinks=True,
    )  # fmt: skip
    remove(library, UNUSED_OF_PYTHON)
    (one, *_) = fetched.glob(f"{DEBIAN_PYTHON[0]}_*.deb")
    return one.name.split("_")[1].replace("%2b", "+")


def put_packages(packages: Path) -> None:
    """Installs the locked packages; each is checked against its hash."""
    floor = platform.libc_ver()[1].replace(".", "_")
    run(
        *("uv", "pip", "install", "--quiet", "--target", packages),
        *("--python-platform", f"{platform.machine()}-manylinux_{floor}"),
        *("--python-version", PYTHON, "--only-binary", ":all:", "--no-deps"),
        *("--link-mode", "copy", "--require-hashes"),
        *("--requirement", ROOT / "resources/locks/run.txt"),
    )


def trim_qt(packages: Path) -> None:
    """Leaves of Qt the modules that are used, their plugins, and what these load."""
    qt = packages / "PySide6"
    plugins = [path for one in QT_PLUGINS for path in (qt / "Qt/plugins").glob(one)]
    kept = {*plugins, *(qt / f"{name}.abi3.so" for name in QT_MODULES)}
    known = {path.name: path for path in (*qt.glob("*.so*"), *(qt / "Qt/lib").glob("*.so*"))}
    waiting = list(kept)
    while waiting:
        for name in needed_libraries(waiting.pop()):
            path = known.get(name)
            if path is not None and path not in kept:
                kept.add(path)
                waiting.append(path)
    kept |= set((qt / "Qt/translations").glob("qtbase_*.qm"))
    for path in sorted(qt.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept and (path.suffix != ".py" or "scripts" in path.parts):
            path.unlink()


def remove(folder: Path, patterns: tuple[str, ...]) -> None:
    """Removes what no program loads."""
    for pattern in patterns:
        for path in list(folder.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()


def put_program(packages: Path) -> None:
    """Lays down what is committed of the program, as the wheel has it."""
    places = {"resources": "reader/_data/resources", "seeds": "reader/_data/seeds"}
    for name in filter(None, run("git", "ls-files", "-z", "reader", *places).split("\0")):
        top, _, rest = name.partition("/")
        target = packages / places.get(top, top) / rest
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    for name in ("_data/resources/locks", "_data/resources/desktop"):
        shutil.rmtree(packages / "reader" / name)
    # Needed for what it knows of the system's libraries; it makes no environment here.
    for name in ("environment.py", "launch.py"):
        (packages / "reader/bootstrap" / name).unlink()


def put_desktop(share: Path) -> None:
    """Lays down what a desktop shows: the entry, what software centres say, icons."""
    icons = ROOT / "resources/icons"
    for source, target in (
        (ROOT / "resources/desktop/offprint.desktop", "applications/offprint.desktop"),
        (ROOT / "resources/desktop/offprint.metainfo.xml", "metainfo/offprint.metainfo.xml"),
        (icons / "offprint.svg", "icons/hicolor/scalable/apps/offprint.svg"),
        (icons / "offprint.png", "icons/hicolor/256x256/apps/offprint.png"),
    ):
        (share / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, share / target)


def launcher(floor: str) -> str:
    """The shell script that starts it, where the C library is `floor` or later."""
    return LAUNCHER.replace("@PYTHON@", PYTHON).replace("@MINOR@", floor.partition(".")[2])


def put_launcher(tree: Path, floor: str) -> None:
    """Writes what starts it: a shell script, and the module that Python is given."""
    (tree / "lib/offprint").write_text(STARTED, encoding="ascii")
    (tree / "offprint").write_text(launcher(floor), encoding="ascii")
    (tree / "offprint").chmod(0o755)
    shutil.copyfile(ROOT / "LICENSE", tree / "LICENSE.txt")
    shutil.copyfile(ROOT / "CHANGELOG.md", tree / "CHANGELOG.md")


def strip(tree: Path, packages: Path) -> None:
    """Takes what debuggers need out of libraries, and gives all files the modes of a package."""
    for pattern in STRIPPED:
        run("strip", "-g", *packages.glob(pattern))
    for path in tree.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
        elif is_binary(path):
            path.chmod(0o755 if path.parent.name == "bin" else 0o644)
        elif path.name != "offprint" or path.parent.name == "lib":
            path.chmod(0o644)


def put_compiled(tree: Path) -> None:
    """Compiles all modules by the very Python that will run them: its folder is not written to.

    With them those that PySide would unpack and compile at each start; SBK_EMBED is its own switch
    for that, as in reader/bootstrap/environment.py.
    """
    python = tree / "bin" / f"python{PYTHON}"
    run("env", "SBK_EMBED=0", python, "-I", "-B", "-c", "import PySide6.QtCore")
    run(
        *(python, "-I", "-m", "compileall", "-q", "-j", "2"),
        *("--invalidation-mode", "unchecked-hash", "-s", tree, tree / "lib"),
    )


def make_deb(tree: Path, folder: Path, work: Path, python: str, needed: list[str]) -> Path:
    """Has dpkg-deb make the package, which needs these others."""
    root = work / "deb"
    shutil.copytree(tree, root / "opt/offprint", symlinks=True)
    (root / "usr").mkdir()
    (root / "opt/offprint/share").rename(root / "usr/share")
    (root / "usr/bin").mkdir()
    (root / "usr/bin/offprint").symlink_to("../../opt/offprint/offprint")
    papers = root / "usr/share/doc/offprint"
    papers.mkdir(parents=True)
    shutil.copyfile(HERE / "copyright", papers / "copyright")
    size_kb = sum(one.stat().st_size for one in root.rglob("*") if one.is_file()) // 1024
    control = (HERE / "control").read_text(encoding="utf-8")
    told = {
        "VERSION": version(),
        "ARCHITECTURE": ARCHITECTURES[platform.machine()],
        "SIZE_KB": str(size_kb),
        "DEPENDS": ", ".join(needed),
        "PYTHON": python,
    }
    for name, value in told.items():
        control = control.replace(f"@{name}@", value)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN/control").write_text(control, encoding="utf-8")
    made = folder / f"offprint_{version()}_{told['ARCHITECTURE']}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", root, made)
    return made


def make_tar(tree: Path, folder: Path) -> Path:
    """Packs the same tree to be unpacked anywhere, with an empty folder for its data."""
    (tree / "offprint-data").mkdir()
    made = folder / f"Offprint-{version()}-linux-{platform.machine()}.tar.xz"
    tree.rename(tree.parent / "Offprint")
    nobodys = ("--owner=root:0", "--group=root:0", "--sort=name")
    run("tar", "-cJf", made, *nobodys, "-C", tree.parent, "Offprint")
    return made


def main(arguments: list[str]) -> int:
    """Builds both, and says how large they are."""
    parser = argparse.ArgumentParser(description="Builds what Linux gets.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist")
    options = parser.parse_args(arguments)
    folder = options.folder.resolve()
    work = folder / "linux-build"
    shutil.rmtree(work, ignore_errors=True)
    tree = work / "tree"
    packages = tree / "lib/python3/dist-packages"
    packages.mkdir(parents=True)
    python = put_python(tree, work)
    put_packages(packages)
    trim_qt(packages)
    remove(packages, UNUSED)
    put_program(packages)
    put_desktop(tree / "share")
    system, floor = system_packages(tree)
    put_launcher(tree, floor)
    strip(tree, packages)
    put_compiled(tree)
    files = [one for one in tree.rglob("*") if one.is_file()]
    print(f"unpacked: {sum(one.stat().st_size for one in files) / 1e6:.1f} MB, {len(files)} files")
    print(f"needs the C library {floor} or later, and {len(system)} packages")
    needed = [f"libc6 (>= {floor})", *system]
    bill = folder / f"Offprint-{version()}-linux.cdx.json"
    run(sys.executable, ROOT / "packages" / "sbom.py", bill)
    for path in (make_deb(tree, folder, work, python, needed), make_tar(tree, folder)):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
