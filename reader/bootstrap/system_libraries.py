"""The libraries of the system that Qt loads on Linux: which are missing, and how they come.

Standard library only. Which ones: every one that PySide6's modules and its plugins for X11 and for
no display need by their ELF headers, and that PySide6 does not bring.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

from reader.bootstrap.console import say
from reader.problem import Problem

# Each with the package that has it, in Debian and in Arch.
PACKAGES = {
    "libEGL.so.1": ("libegl1", "libglvnd"),
    "libGL.so.1": ("libgl1", "libglvnd"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libx11"),
    "libX11.so.6": ("libx11-6", "libx11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype2"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-glx.so.0": ("libxcb-glx0", "libxcb"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libz.so.1": ("zlib1g", "zlib"),
    "libzstd.so.1": ("libzstd1", "zstd"),
}
APT_INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")


def say_missing() -> None:
    """Looks whether a window can be opened, where others have installed Offprint.

    Raises:
        Problem: with the line to type.
    """
    libraries = [library for library in PACKAGES if not loads(library)]
    if libraries:
        raise Problem(_sentence(command_for(libraries, True)))


def _sentence(command: list[str]) -> str:
    line = " ".join(["sudo", *command] if shutil.which(command[0]) else command)
    if command[0] == "apt-get" and shutil.which("apt-get"):
        # Fresh systems have no list of packages, and old ones name what is no longer there.
        line = f"sudo apt-get update && {line}"
    return (
        "Offprint needs a few libraries of the system. Type this once, then start it again: " + line
    )


def install_missing() -> None:
    """Have what is missing installed, which it may do itself as root where apt is.

    Raises:
        Problem: with the line to type.
    """
    libraries = [library for library in PACKAGES if not loads(library)]
    can_make_environments = importlib.util.find_spec("ensurepip") is not None
    if not libraries and can_make_environments:
        return
    command = command_for(libraries, can_make_environments)
    if sys.platform == "linux" and command[:1] == ["apt-get"] and os.geteuid() == 0:
        say(f"  {len(command) - len(APT_INSTALL)} packages of the system")
        run_apt(command)
    else:
        raise Problem(_sentence(command))


def loads(library: str) -> bool:
    """Whether the system has this shared library, with all that it needs itself."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def command_for(libraries: list[str], can_make_environments: bool) -> list[str]:
    """What installs these libraries, and Python's venv where Debian has split it off."""
    if shutil.which("apt-get"):
        packages = [PACKAGES[library][0] for library in libraries]
        if not can_make_environments:
            packages.insert(0, f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
        return [*APT_INSTALL, *dict.fromkeys(packages)]
    for tool in ("dnf", "zypper"):
        if shutil.which(tool):
            # RPM packages are found by the libraries that they have.
            return [tool, "install", *(f"'{library}()(64bit)'" for library in libraries)]
    if shutil.which("pacman"):
        arch = dict.fromkeys(PACKAGES[library][1] for library in libraries)
        return ["pacman", "-S", "--needed", *arch]
    return ["install", *libraries]


def run_apt(command: list[str]) -> None:
    """Install; when the list of packages is missing or old, once more after fetching it."""
    done = _run(command)
    if done.returncode:
        _run(["apt-get", "update"])
        done = _run(command)
    if done.returncode:
        why = (done.stdout + done.stderr).strip().splitlines() or ["it did not say why."]
        raise Problem(f"The libraries of the system cannot be installed: {why[-1]}")


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        # An update of the system that goes on by itself may hold apt's lock for a while.
        [command[0], "-qq", "-o", "DPkg::Lock::Timeout=120", *command[1:]],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
