"""What every test gets: no network, no silent warning, a data folder of its own."""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_FONT_DPI"] = "96"

import pytest
from hypothesis import HealthCheck, settings

from reader.paths import Paths

settings.register_profile(
    "offprint",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
# For a long look by hand: python3 -m tests --hypothesis-profile=thorough tests/model
settings.register_profile("thorough", settings.get_profile("offprint"), max_examples=3000)
settings.load_profile("offprint")

SEED = Path(__file__).resolve().parent.parent.parent / "shared/seeds/000_debbc3e388988890.txt"


class _PatientSys:
    """What `threading` knows as `sys`: a thread that starts waits for its turn to be measured.

    Python 3.11 refuses to trace a thread while another one's tracing begins, and a listener of a
    test lets that last: then a worker's thread would not start.
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)

    def settrace(self, hook: Any) -> None:
        for _ in range(1000):
            try:
                sys.settrace(hook)
            except RuntimeError:
                time.sleep(0.001)
            else:
                return


vars(threading)["_sys"] = _PatientSys()


def pytest_sessionfinish() -> None:
    """Keep what was measured, and empty the clipboard.

    A process that tests are shared out to may be ended before it has written down what it measured.
    Offscreen, Qt deletes what Python put on the clipboard after Python has gone.
    """
    measuring = sys.modules.get("coverage")
    current = measuring.Coverage.current() if measuring is not None else None
    if current is not None:
        current.save()
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        if QGuiApplication.instance() is not None:
            QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any socket that could leave this machine is an error; local ones join processes."""

    def guard(name: str) -> None:
        real = getattr(socket.socket, name)

        def guarded(self: socket.socket, *arguments: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                raise AssertionError(f"a test wanted the network: {name} {arguments[-1:]}")
            return real(self, *arguments)

        monkeypatch.setattr(socket.socket, name, guarded)

    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("a test wanted to look up a host")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        guard(name)
    for name in ("getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture(autouse=True)
def no_logged_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in our log fails the test."""
    yield
    warnings = [
        record
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING and record.name.startswith("offprint")
    ]
    assert not warnings, warnings


@pytest.fixture(scope="session")
def styled(qapp: Any) -> None:
    """The application in our style and fonts: once, as each font that is added again costs a test
    some 20 ms, and all that come after it a search through more of them."""
    from reader.ui.widgets.theme import load_fonts

    qapp.setStyle("Fusion")
    load_fonts()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A data folder that holds nothing yet."""
    return Paths(tmp_path / "data")


@pytest.fixture
def seed() -> Path:
    """The real article that the project began with; it is no part of the project."""
    if not SEED.is_file():
        pytest.skip("the real article is not beside the project")
    return SEED
