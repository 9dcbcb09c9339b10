"""What programs and libraries load: read from their headers by objdump. Standard library only."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from reader.bootstrap.system_libraries import PACKAGES  # noqa: E402

# What Qt can do without: printing asks for CUPS when somebody prints.
OPTIONAL = {"libcups.so.2"}
# Libraries of the system beside those that Qt needs, with the package that has each.
LIBRARIES = {
    **{name: packages[0] for name, packages in PACKAGES.items()},
    "libbz2.so.1.0": "libbz2-1.0",
    "libcrypto.so.3": "libssl3",
    "libcups.so.2": "libcups2",
    "libexpat.so.1": "libexpat1",
    "libffi.so.8": "libffi8",
    "libgcc_s.so.1": "libgcc-s1",
    "liblzma.so.5": "liblzma5",
    "libsqlite3.so.0": "libsqlite3-0",
    "libstdc++.so.6": "libstdc++6",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
OF_C = re.compile(r"(?:libc|libm|libdl|librt|libpthread|libutil|ld-linux.*)\.so\.\d+")


def run(*command: str | Path, folder: Path = ROOT) -> str:
    """What a command prints.

    Raises:
        SystemExit: when it fails, with what it said.
    """
    done = subprocess.run(
        [str(one) for one in command], capture_output=True, text=True, check=False, cwd=folder
    )
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def is_binary(path: Path) -> bool:
    """Whether a file is a program or library."""
    if not path.is_file() or path.is_symlink():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def needed_libraries(binary: Path) -> set[str]:
    """The names of the libraries that a program or library loads."""
    return set(re.findall(r"NEEDED\s+(\S+)", run("objdump", "-p", binary)))


def system_packages(tree: Path) -> tuple[list[str], str]:
    """The packages whose libraries the tree loads and does not bring, and the least C library."""
    binaries = [path for path in tree.rglob("*") if is_binary(path)]
    ours = {path.name for path in tree.rglob("*.so*")}
    wanted: set[str] = set()
    floor = (2, 17)
    for binary in binaries:
        said = run("objdump", "-p", binary)
        wanted |= set(re.findall(r"NEEDED\s+(\S+)", said))
        for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", said):
            floor = max(floor, (int(major), int(minor)))
    missing = {name for name in wanted - ours - OPTIONAL if not OF_C.fullmatch(name)}
    if unknown := missing - set(LIBRARIES):
        sys.exit(f"No package is known for: {', '.join(sorted(unknown))}")
    return sorted({LIBRARIES[name] for name in missing}), f"{floor[0]}.{floor[1]}"
