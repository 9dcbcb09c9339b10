from __future__ import annotations

import base64
import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from reader.bootstrap import environment, places
from reader.problem import Problem

READER = Path(__file__).resolve().parents[2] / "reader"
FILES = (
    *(
        "__init__",
        "problem",
        "bootstrap/__init__",
        "bootstrap/launch",
        "bootstrap/environment",
        "bootstrap/places",
        "bootstrap/console",
    ),
    *("bootstrap/system_libraries", "bootstrap/trimming"),
)
# A start that needs one package, and says where it runs and what it finds there.
MAIN = """
import sys
from reader.bootstrap.launch import ensure
ensure("run")
from small import WORD
sys.stdout.buffer.write(repr((WORD, sys.prefix, sys.argv[1:])).encode())
"""


# Stands for the one that lays its modules out when it is told to.
_QT_CORE = """
import os
from pathlib import Path
Path(__file__).with_name("embed").write_text(os.environ.get("SBK_EMBED", ""))
"""


def make_wheel(folder: Path, word: str = "hello") -> str:
    """Makes a package of one module; gives the lock that names it."""
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / "small-1.0-py3-none-any.whl"
    files = {
        "small.py": f"WORD = {word!r}\n",
        "PySide6/__init__.py": "",
        "PySide6/QtCore.py": _QT_CORE,
        "small-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: small\nVersion: 1.0\n",
        "small-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
    }
    record = [f"{name},sha256={_digest(text)},{len(text)}" for name, text in files.items()]
    files["small-1.0.dist-info/RECORD"] = "\n".join([*record, "small-1.0.dist-info/RECORD,,\n"])
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return f"small==1.0 \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


@pytest.fixture(autouse=True)
def own_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pip that knows nothing of how this machine has set it up, and reaches no registry."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("PIP_RETRIES", "1")


@pytest.fixture
def has_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "install_missing", lambda: None)


@pytest.mark.slow
@pytest.mark.usefixtures("has_libraries")
def test_an_environment_is_made_from_a_folder_of_wheels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "ROOT", str(tmp_path))
    lock_file = tmp_path / "run.txt"
    lock_file.write_text(make_wheel(tmp_path / "wheels"), encoding="utf-8")
    monkeypatch.setenv("OFFPRINT_WHEELS", str(tmp_path / "wheels"))
    (tmp_path / "a file").touch()
    nowhere, place = str(tmp_path / "a file" / ".venv"), str(tmp_path / "cache" / ".venv")
    # Left by a start that was interrupted.
    (tmp_path / "cache" / ".venv" / "half").mkdir(parents=True)

    assert environment.install([nowhere, place], str(lock_file)) == place

    assert places.is_ready(place)
    (laid_out,) = Path(place).rglob("PySide6/embed")
    assert laid_out.read_text() == "0"
    assert not (tmp_path / "cache" / ".venv" / "half").exists()
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[:3] == [
        "Offprint sets itself up. This is done once and takes about half a minute.",
        "  small",
        "  unpacking",
    ]
    assert environment.install([nowhere, place], str(lock_file)) == place
    assert capsys.readouterr().err == ""

    # In the same environment, as making one takes long: what pip cannot do. It is gone from there.
    subprocess.run([places.python_of(place), "-m", "ensurepip"], check=True, capture_output=True)
    make_wheel(tmp_path / "others", word="goodbye")
    (tmp_path / "empty").mkdir()
    lock_file.write_text(lock_file.read_text().replace("1.0", "1.1"), encoding="utf-8")
    for wheels, sentence in (
        (None, environment.NO_NETWORK),
        ("empty", f"The folder “{tmp_path}/empty” has no wheel of small==1.1 for this"),
    ):
        if wheels:
            monkeypatch.setenv("OFFPRINT_WHEELS", str(tmp_path / wheels))
        else:
            monkeypatch.delenv("OFFPRINT_WHEELS")
        with pytest.raises(Problem) as raised:
            environment.install_packages(Path(place), str(lock_file), ())
        assert raised.value.sentence.startswith(sentence)
    lock_file.write_text(lock_file.read_text().replace("1.1", "1.0"), encoding="utf-8")
    monkeypatch.setenv("OFFPRINT_WHEELS", str(tmp_path / "others"))
    shutil.rmtree(next(Path(place).rglob("small-1.0.dist-info")))
    with pytest.raises(Problem, match="not the one Offprint was made with"):
        environment.install_packages(Path(place), str(lock_file), ())


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
@pytest.mark.slow
def test_starts_that_meet_and_starts_that_are_killed(tmp_path: Path) -> None:
    tree = tmp_path / "a tree é"
    (tree / "reader" / "bootstrap").mkdir(parents=True)
    for name in FILES:
        shutil.copy(READER / f"{name}.py", tree / "reader" / f"{name}.py")
    # What the system lacks is another test's.
    libraries = tree / "reader" / "bootstrap" / "system_libraries.py"
    libraries.write_text("def install_missing() -> None: ...\n", encoding="utf-8")
    (tree / "main.py").write_text(MAIN, encoding="utf-8")
    (tree / "resources" / "locks").mkdir(parents=True)
    lock = make_wheel(tmp_path / "wheels")
    (tree / "resources" / "locks" / "run.txt").write_text(lock, encoding="utf-8")
    # Coverage would warn that these see nothing of the tree that it measures.
    environment = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    environment |= {"OFFPRINT_WHEELS": str(tmp_path / "wheels"), "LC_ALL": "C"}

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(tree / "main.py"), "--option", "ünï"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    with start() as killed:
        assert killed.stderr is not None
        assert killed.stderr.readline().startswith("Offprint sets itself up.")
        killed.send_signal(signal.SIGKILL)
    with start() as one, start() as other:
        results = [process.communicate() for process in (one, other)]
    places = list(tree.glob(".venv-run-*[0-9a-f]"))
    expected = repr(("hello", str(places[0]), ["--option", "ünï"]))
    assert [out for out, _ in results] == [expected, expected]
    said = "".join(err for _, err in results)
    assert said.count("Offprint sets itself up.") == 1
    assert "Another start of Offprint is setting it up; this one waits for it." in said
    with start() as later:
        assert later.communicate() == (expected, "")


@pytest.mark.usefixtures("has_libraries")
def test_an_environment_that_cannot_be_made_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(Problem, match="cannot make an environment for Offprint: it did not say"):
        environment.install([str(tmp_path / ".venv")], "run.txt")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python"))
    with pytest.raises(Problem, match=r"cannot be set up in .*: No such file"):
        environment.install([str(tmp_path / ".venv")], "run.txt")


def test_a_tree_and_a_cache_that_cannot_be_written_to_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem) as raised:
        environment.install([f"{tmp_path}/file/a", f"{tmp_path}/file/b/c"], "run.txt")
    assert raised.value.sentence == (
        f"Offprint can be set up neither in “{tmp_path}/file” nor in “{tmp_path}/file/b”: "
        "Not a directory."
    )


def test_a_start_waits_for_another_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = (tmp_path / "lock").open("a")
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            other.close()

    with environment.alone(other), (tmp_path / "lock").open("a") as ours:
        monkeypatch.setattr(time, "sleep", nap)
        with environment.alone(ours):
            assert len(naps) == 3
    assert capsys.readouterr().err == (
        "Another start of Offprint is setting it up; this one waits for it.\n"
    )


def test_a_file_system_that_knows_no_locks_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with environment.alone((tmp_path / "lock").open("a")):
        pass


@pytest.mark.parametrize(
    ("errors", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full: "),
        (
            "WARNING: Retrying after connection broken\nERROR: No matching…",
            "Offprint needs the net",
        ),
        ("socket.timeout: The read operation timed out", "Offprint needs the network once"),
        ("ERROR: No matching distribution found for lxml==6.1.3", "There is no lxml==6.1.3 for Py"),
        ("one line\nERROR: pip is tired\n", "Offprint's packages cannot be installed: ERROR: pip"),
        ("", "Offprint's packages cannot be installed: it did not say why."),
    ],
)
def test_what_pip_says_becomes_one_sentence(errors: str, sentence: str) -> None:
    assert environment.meaning(errors, None).startswith(sentence)


def an_environment(folder: Path, name: str, python: str = "") -> Path:
    mine = f"python{sys.version_info.major}.{sys.version_info.minor}"
    made = folder / name
    (made / "lib" / (python or mine)).mkdir(parents=True)
    (made / places.STAMP).touch()
    return made


@pytest.mark.skipif(sys.platform == "win32", reason="as it is on other systems")
def test_old_environments_go_when_a_new_one_is_ready(tmp_path: Path) -> None:
    new = an_environment(tmp_path, ".venv-run-00000001")
    old = an_environment(tmp_path, ".venv-run-0000000a")
    in_use = an_environment(tmp_path, ".venv-run-0000000b")
    others = [
        an_environment(tmp_path, ".venv-run-0000000c", "python2.9"),
        an_environment(tmp_path, ".venv-test-0000000a"),
        an_environment(tmp_path, ".venv-run-mine"),
    ]
    held = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(in_use)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert held.stdout is not None
    assert held.stdout.readline()
    environment.clear_older(new)
    assert not old.exists()
    assert not Path(f"{old}.lock").exists()
    assert all(one.exists() for one in (new, in_use, *others))
    held.communicate()
    environment.clear_older(new)
    assert not in_use.exists()


# What holds an environment holds it still when it has become another program.
_HOLD = """
import os, sys
from reader.bootstrap.launch import hold
hold(sys.argv[1])
os.execv(sys.executable, [sys.executable, "-c", "print(1, flush=True); input()"])
"""


def test_a_system_that_is_too_old_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = "ERROR: No matching distribution found for pyside6-essentials==6.11.3"
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("platform.libc_ver", lambda: ("glibc", "2.31"))
    assert environment.meaning(errors, None) == (
        "This system is too old: Offprint's packages need the C library 2.34 or later, and it has "
        "2.31. Debian 12, Ubuntu 22.04 and Fedora 36 are new enough."
    )
    for found in (("glibc", "2.36"), ("", ""), ("musl", "1.2")):
        monkeypatch.setattr("platform.libc_ver", lambda found=found: found)
        assert environment.meaning(errors, None).startswith("There is no pyside6-essentials")
