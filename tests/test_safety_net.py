"""The nets under all tests hold: see conftest.py."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
@pytest.mark.parametrize("verb", ["connect", "connect_ex", "bind"])
def test_no_test_reaches_the_network(family: socket.AddressFamily, verb: str) -> None:
    with socket.socket(family) as ours, pytest.raises(AssertionError, match="wanted the network"):
        getattr(ours, verb)(("127.0.0.1", 9))


def test_no_test_sends_a_datagram() -> None:
    refused = pytest.raises(AssertionError, match="wanted the network")
    with socket.socket(type=socket.SOCK_DGRAM) as ours, refused:
        ours.sendto(b"", ("127.0.0.1", 9))


def test_no_test_looks_up_a_host() -> None:
    with pytest.raises(AssertionError, match="look up a host"):
        socket.create_connection(("localhost", 9))


def test_processes_of_one_machine_may_be_joined() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"hello")
        assert other.recv(5) == b"hello"
