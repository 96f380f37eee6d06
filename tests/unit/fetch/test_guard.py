import socket

import pytest

from monitor.errors import RefusedError
from monitor.fetch.guard import Guard, is_public

INNER = [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "192.0.0.8",
    "224.0.0.1", "255.255.255.255", "198.18.0.1", "203.0.113.9", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:1::", "2001:db8::1",
    "fe80::1%eth0", "100::1",
]  # fmt: skip
OUTER = ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::200e", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", INNER)
def test_what_is_not_the_public_internet_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTER)
def test_the_public_internet_is_open(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "::ffff:127.0.0.1"])
def test_every_form_of_a_forbidden_address_is_refused_before_connecting(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        with pytest.raises(RefusedError):
            Guard(["10.0.0.0/8"]).connect(host, listener.getsockname()[1], timeout=2)
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize("allowed", [["127.0.0.0/8"], ["127.0.0.1"], ["127.0.0.1/32", "10.0.0.0/8"]])
def test_an_allowed_network_is_connected_to(allowed: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        Guard(allowed).connect("127.0.0.1", listener.getsockname()[1], timeout=2).close()


def test_an_allowed_host_name_is_connected_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        Guard(["localhost"]).connect("localhost", listener.getsockname()[1], timeout=2).close()
