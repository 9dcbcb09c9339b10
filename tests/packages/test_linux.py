"""What Linux gets is built, where the tools are, and desktops are told the truth about it."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from reader import __version__
from reader.bootstrap.environment import GLIBC_FLOOR

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = ROOT / "resources" / "desktop"
TOOLS = ("uv", "dpkg-deb", "apt-get", "objdump", "strip", "xz")
MISSING = [one for one in TOOLS if shutil.which(one) is None]
# About three minutes and what the network carries: by hand and in a public CI, with
#     OFFPRINT_BUILD=1 python3 -m tests tests/packages/test_linux.py
# What was built is tried in a bare Debian by tests/bare/package.sh.
ASKED = bool(os.environ.get("OFFPRINT_BUILD"))


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstream is missing")
def test_software_centres_accept_what_is_said() -> None:
    check = ["appstreamcli", "validate", "--no-net", str(DESKTOP / "offprint.metainfo.xml")]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="tool is missing")
def test_desktops_accept_the_entry() -> None:
    check = ["desktop-file-validate", str(DESKTOP / "offprint.desktop")]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_this_release_is_the_newest_that_software_centres_know() -> None:
    root = ET.parse(DESKTOP / "offprint.metainfo.xml").getroot()
    (launchable,) = root.findall("launchable")
    assert (DESKTOP / str(launchable.text)).is_file()
    release = root.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__


def test_the_manifest_of_the_flatpak_names_what_is_there() -> None:
    folder = ROOT / "packages" / "flatpak"
    manifest = (folder / "local.offprint.offprint.yaml").read_text(encoding="utf-8")
    for name in re.findall(r"(?:path: |install -Dm644 )(\S+)", manifest):
        if name != "wheels":
            start = folder if name.startswith("..") else ROOT
            assert (start / name).exists(), name
    assert "share=network" not in manifest.replace("# No share=network", "")


@pytest.mark.skipif(shutil.which("flatpak-builder") is None, reason="flatpak-builder is missing")
def test_the_builder_of_flatpaks_reads_the_manifest() -> None:
    manifest = ROOT / "packages" / "flatpak" / "local.offprint.offprint.yaml"
    show = ["flatpak-builder", "--show-manifest", str(manifest)]
    done = subprocess.run(show, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["id"] == manifest.stem
    assert [one["name"] for one in said["modules"]] == ["packages", "offprint"]
    assert "network" not in done.stdout
    # What it does not know is left out without a word.
    written = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    assert set(said) == set(written)


@pytest.mark.skipif(sys.platform != "linux", reason="a launcher of Linux")
@pytest.mark.parametrize(("floor", "code"), [("2.999", 1), ("2.17", 0)])
def test_a_system_that_is_too_old_is_told_so(floor: str, code: int, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("build", ROOT / "packages/linux/build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    folder = tmp_path / "a stick é"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python3.11").write_text('#!/bin/sh\nshift 2\necho "$*"\n')
    (folder / "offprint").write_text(build.launcher(floor))
    for path in (folder / "bin" / "python3.11", folder / "offprint"):
        path.chmod(0o755)
    (tmp_path / "link").symlink_to(folder / "offprint")
    done = subprocess.run(
        [str(tmp_path / "link"), "find", "a b"], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    if code:
        assert "needs the C library 2.999 or later" in done.stderr
    else:
        assert (done.stdout, done.stderr) == (f"{folder}/lib/offprint find a b\n", "")


@pytest.mark.slow
@pytest.mark.skipif(not ASKED, reason="built when OFFPRINT_BUILD is set")
@pytest.mark.skipif(bool(MISSING), reason=f"missing: {', '.join(MISSING)}")
def test_package_and_archive_are_built_and_small(tmp_path: Path) -> None:
    build = [sys.executable, str(ROOT / "packages" / "linux" / "build.py"), str(tmp_path)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (package,) = tmp_path.glob("*.deb")
    (archive,) = tmp_path.glob("*.tar.xz")
    assert package.stat().st_size <= 60_000_000
    fields = subprocess.run(
        ["dpkg-deb", "-f", str(package)], capture_output=True, text=True, check=True
    ).stdout
    assert f"Version: {__version__}\n" in fields
    assert int(re.findall(r"Installed-Size: (\d+)", fields)[0]) <= 240_000
    floor = re.findall(r"libc6 \(>= ([\d.]+)\)", fields)[0]
    assert tuple(map(int, floor.split("."))) >= GLIBC_FLOOR
    with tarfile.open(archive) as packed:
        members = {one.name: one for one in packed.getmembers()}
    assert members["Offprint/offprint"].mode & 0o111
    assert members["Offprint/offprint-data"].isdir()
    ours = subprocess.run(
        ["git", "ls-files", "reader"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    packages = "Offprint/lib/python3/dist-packages"
    left_out = {"reader/bootstrap/environment.py", "reader/bootstrap/launch.py"}
    for name in set(ours.stdout.split()) - left_out:
        assert f"{packages}/{name}" in members, name
