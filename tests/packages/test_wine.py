"""What Windows gets, used under Wine: the portable ZIP and the installer.

Needs Wine 10 or later, and what `packages/windows/build.py` makes of the packages that it can load
(`wine.OLDER`): in the folder that `OFFPRINT_WINDOWS` names, or built here with `OFFPRINT_BUILD=1`.
`tests/bare/wine.sh` brings all of it on a system that has neither.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.exporters.registry import FORMATS
from reader.formats import SUFFIXES
from reader.model.annotation import Area, uri_of
from reader.paths import Paths
from reader.services import passphrases
from tests.packages.one_of_each import write
from tests.packages.wine import LEAST, ROOT, Windows, build, for_windows, wine
from tests.store.converting import CODE

WINE = wine()
BUILT = os.environ.get("OFFPRINT_WINDOWS")
CORPUS = os.environ.get("OFFPRINT_PDFS")
PASSPHRASE = "nine ketamine lozenges"
# What Windows-1250 alone makes words of; long enough for a guess.
POLISH = (
    "Zażółć gęślą jaźń. Pacjentka otrzymała ketaminę przed zabiegiem, ponieważ źle znosiła leki. "
    "Następnego dnia ból był mniejszy, a chodzenie łatwiejsze; wróciła do domu po śniadaniu.\n"
)
# PDFium gives the letters of flags, which are beyond U+FFFF, on Windows, and leaves them out here.
FLAGS = {"sample_011-google-doc-document_google-doc-document.pdf"}
_CLASSES = "Software\\Classes"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(WINE is None, reason=f"Wine {LEAST} is missing: tests/bare/wine.sh has it"),
    pytest.mark.skipif(
        not (BUILT or os.environ.get("OFFPRINT_BUILD")),
        reason="OFFPRINT_WINDOWS names no folder of what was built, nor is OFFPRINT_BUILD set",
    ),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of ZIP and installer."""
    if BUILT:
        return Path(BUILT)
    folder = tmp_path_factory.mktemp("built")
    build(folder)
    return folder


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    """A fresh Windows; all that runs in it ends with the tests."""
    assert WINE is not None
    made = Windows(WINE, tmp_path_factory.mktemp("windows") / "prefix")
    made.run("wineboot", "--init")
    yield made
    made.run("wineboot", "--kill", code=None)


@pytest.fixture(scope="module")
def stick(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portable program, in a folder whose name has what names may have."""
    folder = tmp_path_factory.mktemp("stick") / "a stick é"
    (archive,) = built.glob("*-portable.zip")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return folder / "Offprint"


@pytest.fixture(scope="module")
def each(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one file a format."""
    folder = tmp_path_factory.mktemp("each")
    write(folder)
    return folder


@pytest.fixture(scope="module")
def used(windows: Windows, stick: Path, each: Path) -> Path:
    """The portable program's command line, with all formats in its library."""
    offprint = stick / "offprint.com"
    windows.run(offprint, "import", each)
    return offprint


def here(data: Path, *words: str, told: str | None = None) -> str:
    """What the program says on this system, of a data folder."""
    done = subprocess.run(
        [sys.executable, "-m", "reader", "--data", str(data), *words],
        **({"stdin": subprocess.DEVNULL} if told is None else {"input": told}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    said: str = done.stdout
    return said


def documents(windows: Windows, *words: str | Path) -> dict[str, str]:
    """The ids of the library's documents by the names of their files."""
    said = listed(windows.run(*words, "list", "--json").stdout)
    return {str(one["source"]): name for name, one in said.items()}


def listed(untrusted_json: str) -> dict[str, dict[str, object]]:
    """What is said of each document, by its id."""
    return {one["id"]: one for one in json.loads(untrusted_json)["documents"]}


def noted(windows: Windows, offprint: Path, *words: str, quote: str = "Ketamine") -> str:
    """A note on the text file; what was said."""
    where = documents(windows, offprint)["text.txt"]
    add = ("notes", "add", where, "--quote", quote, "--note", "Seen.")
    return windows.run(offprint, *words, *add).stdout


def test_a_file_of_each_format_comes_in_and_is_found(
    windows: Windows, used: Path, each: Path
) -> None:
    assert {one.name for one in each.iterdir()} <= set(documents(windows, used))
    found = windows.run(used, "find", "ketamine given", "--json", "--limit", "100").stdout
    assert len({one["document_id"] for one in json.loads(found)["hits"]}) >= len(
        list(each.iterdir())
    )
    assert (used.parent / "offprint-data" / "library.db").is_file()
    assert "as they should be" in windows.run(used, "check").stdout
    assert windows.run(used, "--version").stdout.startswith("Offprint ")


def test_notes_go_out_in_every_format_and_come_in_again(
    windows: Windows, used: Path, tmp_path: Path
) -> None:
    noted(windows, used)
    for name, one in FORMATS.items():
        out = tmp_path / f"notes{one.suffix or '-folder'}"
        windows.run(used, "notes", "export", "--format", name, "-o", out)
        assert any(out.iterdir()) if one.is_folder else out.stat().st_size > 100, name
    windows.run(used, "--user", "Berg", "notes", "import", tmp_path / "notes.jsonld")
    assert "Seen." in windows.run(used, "--user", "Berg", "notes", "export").stdout
    pdf = documents(windows, used)["pdf.pdf"]
    windows.run(used, "notes", "add", pdf, "--quote", "Ketamine", "--note", "On the page.")
    windows.run(used, "notes", "pdf", pdf, "-o", tmp_path / "copy.pdf")
    assert b"On the page." in (tmp_path / "copy.pdf").read_bytes()


def test_an_area_of_a_page_goes_in_and_out(windows: Windows, used: Path, tmp_path: Path) -> None:
    # As the window makes it, and as a colleague's file brings it.
    pdf, area = documents(windows, used)["pdf.pdf"], "page=1&xywh=72,100.5,200,50.25"
    offprint = (used, "--user", "Dahl")
    windows.run(*offprint, "notes", "add", pdf, "--quote", "given", "--note", "A figure.")
    page = json.loads(windows.run(*offprint, "notes", "export", "--format", "json").stdout)
    target = page["items"][0]["target"]
    target["offprint:area"] = uri_of(Area.of_fragment(pdf, area))
    target["offprint:place"] = {"start": 0, "end": 0}
    (tmp_path / "area.jsonld").write_text(json.dumps(page), encoding="utf-8")
    offprint = (used, "--user", "Ek")
    windows.run(*offprint, "notes", "import", tmp_path / "area.jsonld")
    windows.run(*offprint, "notes", "export", "--format", "json", "-o", tmp_path / "out.jsonld")
    (out,) = json.loads((tmp_path / "out.jsonld").read_text("utf-8"))["items"]
    (selector,) = out["target"]["selector"]
    assert (selector["type"], selector["value"]) == ("FragmentSelector", area)
    assert "Area on page 1" in windows.run(*offprint, "notes", "export").stdout
    windows.run(*offprint, "notes", "pdf", pdf, "-o", tmp_path / "area.pdf")
    assert b"/Square" in (tmp_path / "area.pdf").read_bytes()


def test_letters_that_no_file_names_are_guessed_as_here(
    windows: Windows, used: Path, tmp_path: Path
) -> None:
    name = tmp_path / "żółć.txt"
    name.write_bytes(POLISH.replace("\n", "\r\n").encode("cp1250"))
    data = tmp_path / "windows"
    windows.run(used, "--data", data, "import", name)
    (document,) = documents(windows, used, "--data", data).values()
    there = windows.run(used, "--data", data, "text", document).stdout
    assert there.strip() == POLISH.strip()
    here(tmp_path / "linux", "import", str(name))
    assert here(tmp_path / "linux", "text", document).strip() == there.strip()


def test_the_window_is_drawn(windows: Windows, used: Path, each: Path, tmp_path: Path) -> None:
    windows.run(used, "--screenshot", tmp_path / "window.png", each / "html.html")
    assert (tmp_path / "window.png").stat().st_size > 40_000
    windows.run(used.with_suffix(".exe"), "--screenshot", tmp_path / "exe.png", each / "pdf.pdf")
    assert (tmp_path / "exe.png").stat().st_size > 40_000


def test_names_that_differ_in_capitals_are_one_user_and_devices_are_none(
    windows: Windows, used: Path
) -> None:
    noted(windows, used, "--user", "Ann", quote="was given")
    assert "was given" in windows.run(used, "--user", "ann", "notes", "export").stdout
    users = {one.name for one in (used.parent / "offprint-data/users").iterdir()}
    assert {"Ann", "ann"} & users == {"Ann"}
    for name in ("nul", "COM1", "con.x"):
        refused = windows.run(used, "--user", name, "list", code=1).stderr
        assert "is the name of a device on Windows" in refused


def test_the_index_is_built_again_while_it_is_open(
    windows: Windows, used: Path, tmp_path: Path
) -> None:
    index = used.parent / "offprint-data" / "index"
    (tmp_path / "new.txt").write_text("A New Text\n\nEsketamine was sprayed.\n")
    with windows.start(used, "find", "-", "--json", "--limit", "1") as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        reader.stdin.write("ketamine\n")
        reader.stdin.flush()
        assert json.loads(reader.stdout.readline())["hits"]
        before = {one.name for one in index.iterdir()}
        (index / "manifest.json").write_bytes(b"broken")
        windows.run(used, "import", tmp_path / "new.txt")
        assert {one.name for one in index.iterdir()} != before
        assert "sprayed" in windows.run(used, "find", "esketamine sprayed").stdout
        reader.stdin.write("esketamine sprayed\n")
        reader.stdin.close()
        assert "sprayed" in reader.stdout.read()
        assert reader.wait(60) == 0
    assert "as they should be" in windows.run(used, "check").stdout


def test_a_library_is_packed_and_opened_here_and_there(
    windows: Windows, used: Path, tmp_path: Path
) -> None:
    noted(windows, used, "--user", "Čapek", quote="all of them")
    packed = tmp_path / "all.offprint-library"
    windows.run(used, "pack", packed)
    assert "is open now" in here(tmp_path / "linux", "unpack", str(packed))
    assert "all of them" in here(tmp_path / "linux", "--user", "Čapek", "notes", "export")
    assert "as they should be" in here(tmp_path / "linux", "check")
    back = tmp_path / "back.offprint-library"
    here(tmp_path / "linux", "pack", str(back))
    data = tmp_path / "windows"
    assert "is open now" in windows.run(used, "--data", data, "unpack", back).stdout
    assert "all of them" in windows.run(
        used, "--data", data, "--user", "Čapek", "notes", "export"
    ).stdout  # fmt: skip
    assert "as they should be" in windows.run(used, "--data", data, "check").stdout


def test_a_data_folder_of_linux_is_used_as_it_is_and_goes_back(
    windows: Windows, used: Path, each: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    here(data, "import", str(each))
    ids = documents(windows, used, "--data", data)
    here(data, "--user", "Åsa", "notes", "add", ids["text.txt"], "--quote", "5 mg", "--note", "L")
    add = ("--user", "Åsa", "notes", "add", ids["pdf.pdf"], "--quote", "once", "--note", "W")
    windows.run(used, "--data", data, *add)
    windows.run(used, "--data", data, "import", ROOT / "README.md")
    assert "as they should be" in windows.run(used, "--data", data, "check").stdout
    said = here(data, "--user", "Åsa", "notes", "export")
    assert "5 mg" in said
    assert "once" in said
    assert "README.md" in here(data, "list")
    assert "as they should be" in here(data, "check")


def test_locked_notes_open_by_their_passphrase_alone(
    windows: Windows, used: Path, each: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    here(data, "import", str(each))
    ids = documents(windows, used, "--data", data)
    windows.run(used, "--data", data, "notes", "add", ids["text.txt"], "--quote", "Ketamine")
    passphrases.set_passphrase(Paths(data), "reader", PASSPHRASE, CODE)
    refused = windows.run(used, "--data", data, "notes", "export", code=1).stderr
    assert "are locked with a passphrase" in refused
    wrong = ("--passphrase-stdin", "notes", "export")
    windows.run(used, "--data", data, *wrong, told="another one altogether\n", code=1)
    add = ("--passphrase-stdin", "notes", "add", ids["pdf.pdf"], "--quote", "5 mg")
    windows.run(used, "--data", data, *add, told=f"{PASSPHRASE}\n")
    export = ("--passphrase-stdin", "notes", "export")
    assert "5 mg" in windows.run(used, "--data", data, *export, told=f"{PASSPHRASE}\n").stdout
    assert "5 mg" in here(data, *export, told=f"{PASSPHRASE}\n")


@pytest.mark.skipif("DISPLAY" not in os.environ, reason="a display is missing")
@pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is missing")
def test_a_refusal_is_a_box_where_there_is_no_console(windows: Windows, stick: Path) -> None:
    # From a desktop, as a double click does it: so it gets no streams.
    desktop = ("explorer", "/desktop=shell,800x600")
    with windows.start(*desktop, stick / "offprint.exe", "no such file.pdf") as explorer:
        assert seen(windows, "offprint.exe", True)
        time.sleep(8)
        assert seen(windows, "offprint.exe", True)
        subprocess.run(["xdotool", "key", "Return"], check=True)
        assert seen(windows, "offprint.exe", False)
        assert explorer.wait(60) == 0


def seen(windows: Windows, program: str, wanted: bool) -> bool:
    """Whether a program runs, or does not, within a minute."""
    for _ in range(30):
        if (program in windows.run("tasklist").stdout) == wanted:
            return True
        time.sleep(2)
    return False


def test_the_installer_installs_opens_renews_and_leaves_the_notes(
    windows: Windows, built: Path, each: Path, tmp_path: Path
) -> None:
    (setup,) = built.glob("*-setup.exe")
    program = windows.home / "AppData/Local/Programs/Offprint"
    data = windows.home / "AppData/Local/Offprint"
    offprint = program / "offprint.com"
    windows.run(setup, "/S")
    windows.run(offprint, "import", each)
    noted(windows, offprint)
    assert (data / "library.db").is_file()
    assert not (program / "offprint-data").exists()
    menu = windows.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Offprint.lnk"
    assert menu.is_file()
    for suffix in SUFFIXES:
        assert "Offprint.Document" in windows.registry(f"{_CLASSES}\\{suffix}\\OpenWithProgids")
        types = f"{_CLASSES}\\Applications\\offprint.exe\\SupportedTypes"
        assert f" {suffix} " in windows.registry(types)
    for key in ("offprint", "Offprint.Document", "Applications\\offprint.exe"):
        assert 'offprint.exe" "%1"' in windows.registry(f"{_CLASSES}\\{key}\\shell\\open\\command")
    uninstall = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Offprint"
    assert "QuietUninstallString" in windows.registry(uninstall)

    # A newer one over it: what only the older had is gone, what a person put there stays.
    (program / "app/reader/of_old.py").write_text("")
    (program / "my list.txt").write_text("mine")
    with windows.start(offprint, "--data", tmp_path, "find", "-") as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write("ketamine\n")
        running.stdin.flush()
        running.stdout.readline()
        windows.run(setup, "/S", code=2)
        windows.run(program / "uninstall.exe", "/S", "_?=" + for_windows(program), code=2)
    assert (program / "app/reader/of_old.py").exists()
    (program / "app/reader/__init__.py").write_text("broken")
    windows.run(setup, "/S")
    assert not (program / "app/reader/of_old.py").exists()
    assert "Seen." in windows.run(offprint, "notes", "export").stdout
    assert "as they should be" in windows.run(offprint, "check").stdout

    windows.run(program / "uninstall.exe", "/S")
    ended = time.monotonic() + 60
    # It goes on in a copy of itself, for it removes itself.
    while (program / "uninstall.exe").exists() and time.monotonic() < ended:
        time.sleep(0.5)
    assert [one.name for one in program.rglob("*")] == ["my list.txt"]
    assert not menu.exists()
    assert windows.registry(uninstall) == ""
    assert windows.registry(f"{_CLASSES}\\offprint") == ""
    for suffix in SUFFIXES:
        assert "Offprint" not in windows.registry(f"{_CLASSES}\\{suffix}")
    assert (data / "library.db").is_file()
    assert (data / "users/reader/notes.db").is_file()


@pytest.mark.skipif(CORPUS is None, reason="OFFPRINT_PDFS names no folder of PDFs")
def test_every_pdf_is_read_as_on_linux(windows: Windows, stick: Path, tmp_path: Path) -> None:
    folder = Path(str(CORPUS))
    offprint = (stick / "offprint.com", "--data", tmp_path / "windows")
    there = windows.run(*offprint, "import", "--json", folder, code=None, seconds=3600).stdout
    local = [sys.executable, "-m", "reader", "--data", str(tmp_path / "linux")]
    said = subprocess.run(
        [*local, "import", "--json", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    outcome = [
        {one["path"].rpartition(sign)[2]: one["status"] for one in map(json.loads, lines)}
        for sign, lines in (("\\", there.splitlines()), ("/", said.stdout.splitlines()))
    ]
    assert outcome[1]
    assert outcome[0] == outcome[1]
    # Titles, sections and lengths of the texts, too.
    found = listed(windows.run(*offprint, "list", "--json").stdout)
    expected = listed(here(tmp_path / "linux", "list", "--json"))
    assert set(found) == set(expected)
    for name, one in found.items():
        if one["source"] in FLAGS:
            one["characters"] = expected[name]["characters"]
    assert found == expected
