"""What every test gets: no network, no silent warning, a data folder of its own."""

from __future__ import annotations

import logging
import os
import socket
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
settings.load_profile("offprint")

SEED = Path(__file__).resolve().parent.parent.parent / "shared/seeds/000_debbc3e388988890.txt"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any socket that could leave this machine is an error; local ones join processes."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            raise AssertionError(f"a test wanted the network: {address}")
        connect(self, address)

    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("a test wanted to look up a host")

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


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
