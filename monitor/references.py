"""A document reference (REF) into a document: a file, standard input, an address, or a stored version.

Stands beside wiring.py: files are read here, addresses and stored versions by what wiring.py introduces. Nothing that
only those need is imported before they are asked for.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from monitor.errors import UnknownReferenceError
from monitor.extract.reading import read
from monitor.model.document import Document

if TYPE_CHECKING:
    from monitor.model.capture import Capture
    from monitor.model.past import PastCapture
    from monitor.sites.profile import Profile

LARGEST_FILE = 20_000_000
ARCHIVES = (".warc", ".warc.gz", ".wacz")


class Places(NamedTuple):
    """Where the configuration and the store are (None: the defaults), and what relative file names start from."""

    config: Path | None = None
    store: Path | None = None
    folder: Path = Path()


def read_reference(
    reference: str, places: Places, *, language: str | None = None, profile: str | None = None
) -> Document:
    """The document that a REF names; `language` overrides what the document says of itself, `profile` (a name, or the
    path of a file) the one that knows the site.

    Raises:
        UnknownReferenceError: nothing is there, or it cannot be opened. ConfigError: the profile is none.
        FetchError: the address cannot be had. ReadingError: what is there is no readable document.
    """
    if not reference:
        raise UnknownReferenceError(
            "a document's name is empty; give a file, an http(s) address or a stored TARGET/LANG"
        )
    known = _profile(profile)
    if reference == "-":
        return read(read_bytes(reference), source="standard input", language=language, profile=known)
    if reference.lower().startswith(("http://", "https://")):
        from monitor.wiring import fetched

        return _captured(fetched(reference, places.config, language=language), reference, language, known)
    name, _, address = reference.partition("#")
    if name.endswith(ARCHIVES):
        from monitor.archive.pages import newest_page

        return _captured(newest_page(places.folder / name, address), reference, language, known)
    path = places.folder / reference
    if path.exists() or "/" not in reference or path.suffix:
        return read(read_file(path), source=reference, language=language, profile=known)
    from monitor.wiring import stored_document

    return stored_document(reference, config=places.config, store=places.store, language=language, profile=profile)


def _profile(name: str | None) -> "Profile | None":
    if name is None:
        return None
    from monitor.sites.profile import named_profile

    return named_profile(name)


def _captured(
    capture: "Capture | PastCapture", reference: str, language: str | None, profile: "Profile | None"
) -> Document:
    from monitor.model.capture import header

    document = read(
        capture.content or b"", source=reference, language=language, url=capture.url,
        media_type=header(capture.headers, "content-type"), profile=profile,
    )  # fmt: skip
    return document._replace(captured_at=capture.captured_at)


def content_of(source: bytes | str | Path) -> tuple[bytes, str]:
    """The bytes of a source given in Python, with a name for it (see `monitor.read`)."""
    if not isinstance(source, bytes | str | Path):
        raise TypeError(f"a document is read from bytes, str or Path, not from {type(source).__name__}")
    if isinstance(source, bytes):
        return source, "bytes"
    if isinstance(source, str):
        if "\n" in source or "<" in source or len(source) > 1024 or not Path(source).is_file():
            return source.encode("utf-8", "surrogatepass"), "text"
        source = Path(source)
    return read_file(source), str(source)


def read_bytes(reference: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises UnknownReferenceError (see `read_file`)."""
    return sys.stdin.buffer.read(LARGEST_FILE + 1) if reference == "-" else read_file(Path(reference))


def read_file(path: Path) -> bytes:
    """The bytes of a file of at most 20 MB.

    Raises:
        UnknownReferenceError: it is missing, a folder, unreadable or too large.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnknownReferenceError(
                f"{path}: larger than {LARGEST_FILE // 1_000_000} MB, which no report page is; give the page alone"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnknownReferenceError(
            f"{path}: no such file; give a file, an http(s) address or a stored TARGET/LANG"
        ) from None
    except IsADirectoryError:
        raise UnknownReferenceError(f"{path}: is a folder; give the file in it") from None
    except OSError as error:
        _unreadable(path, error)


def _unreadable(path: Path, error: OSError) -> NoReturn:
    raise UnknownReferenceError(f"{path}: cannot be read ({error.strerror or error}); check its permissions") from error
