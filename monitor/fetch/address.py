"""What an http(s) address means on the wire: whom to connect to, and what to ask for."""

from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from monitor.errors import RefusedError

LONGEST = 8_000
_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=-._~?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address taken apart. `host` is in the form for DNS, `target` what the request line asks for."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The Host header: the port is named where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def exact(self) -> str:
        """The address as it is asked for: host and target in the form for the wire."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """What one connection serves."""
        return (self.scheme, self.host, self.port)


def parse(url: str) -> Address:
    """Take an address apart.

    Raises:
        RefusedError: it is no http(s) address, or carries a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _dns_name(parts.hostname or "")
    except (ValueError, UnicodeError) as error:
        raise _refused(url, str(error)) from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise _refused(url, "only http and https can be fetched")
    if parts.username is not None or parts.password is not None:
        raise _refused(f"{scheme}://…@{host}", "it carries a user name or password; take it out")
    if not host or len(url) > LONGEST:
        raise _refused(url, "it names no host" if not host else f"it is longer than {LONGEST} characters")
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    return Address(url=url.partition("#")[0], scheme=scheme, host=host, port=port or _PORTS[scheme], target=target)


def joined(base: Address, location: str) -> str:
    """The address that a redirect from `base` leads to. Raises RefusedError if it makes no sense."""
    try:
        return urljoin(base.url, location.strip())
    except ValueError as error:
        raise _refused(location, str(error)) from error


def _dns_name(host: str) -> str:
    if any(character in host for character in " \t\r\n/\\%"):
        raise ValueError("its host has characters that no host has")
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii")


def _refused(url: str, reason: str) -> RefusedError:
    return RefusedError(f"{url[:200]}: {reason}", cause="address")
