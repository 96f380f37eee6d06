"""Secrets by reference: where they stand, how they are fetched at the moment of sending, and how they stay out of
what is written. The only module that reads a secret."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

from monitor.errors import InputError
from monitor.model.channel import Secret, Source

HIDDEN = "•••"
_LARGEST = 64 * 1024
_OTHERS_MAY_READ = 0o004
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s'\"<>]+")


def resolve(secret: Secret, environment: Mapping[str, str]) -> str:
    """The secret itself, without the line end that a file may have.

    Raises:
        InputError: it is missing, empty, too large, not plain text, or in a file that every user may read.
    """
    match secret.source:
        case Source.ENVIRONMENT:
            value = environment.get(secret.name)
            if value is None:
                raise InputError(f"{secret}: the variable {secret.name} is not set; set it where monitor is started")
        case Source.FILE:
            value = _from_file(secret, Path(secret.name))
        case Source.CREDENTIAL:
            folder = environment.get("CREDENTIALS_DIRECTORY")
            if folder is None:
                raise InputError(f"{secret}: CREDENTIALS_DIRECTORY is not set; add LoadCredential= to the systemd unit")
            value = _from_file(secret, Path(folder) / secret.name)
    value = value.removesuffix("\n").removesuffix("\r")
    if not value or not value.isprintable():
        raise InputError(f"{secret}: is empty or holds control characters; give it as one line of text")
    return value


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without the secrets (also as they stand in addresses), and with nothing left of an address but its
    scheme and host: user names, paths, queries and fragments are where services put their keys."""
    for secret in sorted((secret for secret in secrets if secret), key=len, reverse=True):
        text = text.replace(secret, HIDDEN).replace(quote(secret, safe=""), HIDDEN)
    return _ADDRESS.sub(lambda found: safe_address(found[0]), text)


def safe_address(url: str) -> str:
    """Scheme and host of an address; what stands before, after and between is left out."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return HIDDEN
    host = f"[{host}]" if ":" in host else host
    bare = f"{parts.scheme}://{host}{f':{port}' if port else ''}"
    return f"{bare}/…" if len(url) > len(bare) + 1 else bare


def _from_file(secret: Secret, path: Path) -> str:
    try:
        if path.stat().st_mode & _OTHERS_MAY_READ:
            raise InputError(f"{secret}: every user may read that file; chmod 600 it")
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise InputError(f"{secret}: cannot be read ({error.strerror or 'no such file'})") from error
    if len(content) > _LARGEST:
        raise InputError(f"{secret}: larger than {_LARGEST // 1024} KB, which no secret is")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{secret}: is not text in UTF-8") from None
