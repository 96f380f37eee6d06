"""Connections, and where they may lead. The address that is checked is the one that is connected to.

So neither a redirect, nor an odd form of an address, nor a name that resolves differently the second time leads
anywhere that a name typed by a stranger should not.
"""

import socket
import threading
import time
from collections.abc import Iterable
from typing import Any

from monitor.errors import FetchError, RefusedError, RetryableError

_INNER = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4",
)  # fmt: skip
_OUTER_V6 = "2000::/3"
_INNER_V6 = ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
"""Of IPv6 only the global unicast block is public, without what tunnels IPv4 or documents (IANA's registries)."""


class Guard:
    """Opens connections to the public internet and to what `allowed` adds to it."""

    def __init__(
        self, allowed: Iterable[str] = (), *, everything: bool = False, setting: str = "allow_private in [fetch]"
    ) -> None:
        """`allowed` holds networks ("127.0.0.0/8") and host names; `everything` lifts the guard; `setting` is where
        the operator can widen it."""
        self._allowed = tuple(allowed)
        self._everything = everything
        self._setting = setting

    def connect(self, host: str, port: int, *, timeout: float) -> socket.socket:
        """A TCP connection to the host.

        Raises:
            RefusedError: one of its addresses lies outside the public internet. RetryableError: it cannot be reached.
        """
        until = time.monotonic() + timeout
        addresses = self.resolved(host, port, timeout=timeout)
        problem: OSError = TimeoutError("timed out")
        for family, kind, protocol, _, where in addresses:
            left = until - time.monotonic()
            if left <= 0:
                break
            try:
                return _connected(socket.socket(family, kind, protocol), where, left)
            except OSError as error:
                problem = error
        raise _unreachable(host, port, problem)

    def resolved(self, host: str, port: int, *, timeout: float) -> list[Any]:
        """Every address of the host, as `getaddrinfo` gives them.

        Raises:
            RefusedError: one lies outside the public internet. RetryableError: there is none.
        """
        addresses = _resolved(host, port, timeout)
        if not self._everything and host not in self._allowed:
            for address in addresses:
                self._check(host, str(address[4][0]))
        return addresses

    def _check(self, host: str, address: str) -> None:
        from ipaddress import ip_address, ip_network

        ip = ip_address(address.partition("%")[0])
        networks = [ip_network(entry) for entry in self._allowed if entry[:1].isdigit() or ":" in entry]
        if not is_public(address) and not any(ip in network for network in networks):
            raise RefusedError(
                f"{host} leads to {address}, which is not in the public internet;"
                f' if that is meant, add it to {self._setting}, as "{ip}"',
                cause="forbidden_address",
            )


def is_public(address: str) -> bool:
    """True for an IP address that belongs to the public internet; IPv4 inside IPv6 is judged as what it is."""
    from ipaddress import IPv6Address, ip_address, ip_network

    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        return ip in ip_network(_OUTER_V6) and not any(ip in ip_network(inner) for inner in _INNER_V6)
    return not any(ip in ip_network(inner) for inner in _INNER)


def _resolved(host: str, port: int, timeout: float) -> list[Any]:
    """What the host's name resolves to, asked in a thread of its own: the system's resolver keeps no deadline."""
    answer: list[Any] = []

    def ask() -> None:
        try:
            answer.extend(socket.getaddrinfo(host.encode(), port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.append(error)

    asking = threading.Thread(target=ask, daemon=True, name=f"resolve {host}")
    asking.start()
    asking.join(timeout)
    if not answer:
        raise RetryableError(f"{host}: the name was not resolved within {timeout:.0f} s", cause="dns")
    if isinstance(answer[0], Exception):
        raise RetryableError(
            f"{host}: the name cannot be resolved ({answer[0]}); check the address and the network", cause="dns"
        ) from answer[0]
    return list(answer)


def _connected(connection: socket.socket, where: Any, timeout: float) -> socket.socket:
    try:
        connection.settimeout(timeout)
        connection.connect(where)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        connection.close()
        raise
    return connection


def _unreachable(host: str, port: int, error: OSError) -> FetchError:
    if isinstance(error, TimeoutError):
        return RetryableError(f"{host}:{port}: no connection in time; the site may be down", cause="timeout")
    reason = error.strerror or str(error)
    return RetryableError(f"{host}:{port}: no connection ({reason}); the site may be down", cause="connect")
