"""What archives hold of an address, as they list it: CDX lines in the forms that servers write, and TimeMaps. Pure."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from monitor.errors import ReadingError
from monitor.model.past import Line, ListPage

_TIME = re.compile(r"[0-9]{14}")
_SHOWN = 100
_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest")
_NAMES = {"url": "original", "mime": "mimetype", "status": "statuscode"}
_LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[a-zA-Z*-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]+))*)\s*(?:,|$)')
_PARAMETER = re.compile(r';\s*([a-zA-Z*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]+))')


def cdx(text: str) -> ListPage:
    """Lines of a CDX server: seven fields, a CDXJ line, or an object or array of JSON each. A line after an empty one
    is where the list goes on; lines that make no sense are given back as malformed.

    Raises:
        ReadingError: it is no such list at all.
    """
    if text.lstrip()[:1] == "<":
        raise ReadingError("the archive answered a list with a web page")
    rows, _, following = text.strip().partition("\n\n")
    lines: list[Line] = []
    malformed: list[str] = []
    header: tuple[str, ...] = _FIELDS
    for row in _rows(rows):
        fields = _fields(row, header)
        if "timestamp" in fields.values():
            header = tuple(fields.values())
            continue
        line = _line(fields)
        if line is None:
            malformed.append(row[:_SHOWN])
        else:
            lines.append(line)
    if not lines and len(malformed) > 2:
        raise ReadingError(f"the archive's list makes no sense: {malformed[0]!r}")
    return ListPage(lines=lines, following=following.strip(), malformed=malformed)


def timemap(text: str) -> ListPage:
    """A TimeMap in link format (RFC 7089, 5): its mementos, and the address of the next part, if there is one.

    Raises:
        ReadingError: it is none.
    """
    found, following, malformed, links = [], "", [], 0
    for address, parameters in _links(text):
        links += 1
        relation = parameters.get("rel", "").split()
        if "memento" in relation:
            at = is_time(parameters.get("datetime", ""))
            if at is None:
                malformed.append(address[:_SHOWN])
            else:
                found.append(Line(at=at, address=address))
        elif "timemap" in relation and "from" in parameters and "self" not in relation:
            following = following or address
    if not links and text.strip():
        raise ReadingError("the archive's TimeMap makes no sense")
    return ListPage(lines=found, following=following, malformed=malformed)


def is_time(text: str) -> str | None:
    """The fourteen digits of a Memento-Datetime; None if it is none."""
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return f"{at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC):%Y%m%d%H%M%S}"


def instant(digits: str) -> datetime | None:
    """The time of fourteen digits in UTC; None if the calendar has none such."""
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC) if _TIME.fullmatch(digits) else None
    except ValueError:
        return None


def _rows(text: str) -> Iterator[str]:
    """The rows of a list; one that is a single array of JSON is taken apart."""
    stripped = text.strip()
    if stripped.startswith("[["):
        try:
            yield from (json.dumps(row) for row in json.loads(stripped))
        except (ValueError, RecursionError) as error:
            raise ReadingError(f"the archive's list breaks off ({error})") from error
        return
    yield from filter(None, (row.strip() for row in stripped.split("\n")))


def _fields(row: str, header: tuple[str, ...]) -> dict[str, str]:
    start = row[:1]
    if start in "{[":
        try:
            value = json.loads(row)
        except (ValueError, RecursionError):
            return {}
        if isinstance(value, list):
            return dict(zip(header, map(str, value), strict=False))
        return _named(value)
    key, _, rest = row.partition(" ")
    time, _, body = rest.partition(" ")
    if body.startswith("{"):
        return {**_fields(body, header), "urlkey": key, "timestamp": time}
    return dict(zip(header, row.split(" "), strict=False))


def _named(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {_NAMES.get(str(name), str(name)): str(content) for name, content in value.items()}


def _line(fields: dict[str, str]) -> Line | None:
    at, address = fields.get("timestamp", ""), fields.get("original", "")
    if instant(at) is None or "://" not in address:
        return None
    digest = fields.get("digest", "").removeprefix("sha1:").upper()
    return Line(
        at=at, address=address, status=fields.get("statuscode", ""), media_type=fields.get("mimetype", "").lower(),
        digest="" if digest == "-" else digest,
    )  # fmt: skip


def _links(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for match in _LINK.finditer(text):
        parameters = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(match[2])}
        yield match[1], parameters
