"""WARC and WACZ files as crawlers write them, made with warcio, whole and damaged."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

URL = "https://reports.example/maravel/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One record to be: a response, or, without a body, a revisit of the capture at `first`."""

    at: str
    body: bytes | None = None
    url: str = URL
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    first: str = ""
    digest: str = ""
    asked: bool = False


def warc(pages: Iterable[Page], *, gzip: bool = True, version: str = "1.1") -> bytes:
    """The records in one file, a gzip member each if `gzip`."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=gzip, warc_version=version)
    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "a crawler"}))
    for page in pages:
        _write(writer, page)
    return file.getvalue()


def wacz(pages: Iterable[Page], extra: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """A WACZ with the records in one WARC, and more members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc(pages))
        archive.writestr("datapackage.json", "{}")
        for name, content in extra:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def write(folder: Path, content: bytes, name: str = "crawl.warc.gz") -> Path:
    """The bytes in a file of that name."""
    path = folder / name
    path.write_bytes(content)
    return path


def _write(writer: WARCWriter, page: Page) -> None:
    headers = StatusAndHeaders(page.status, list(page.headers), protocol="HTTP/1.1")
    fields = {"WARC-Date": page.at}
    if page.body is None:
        record = writer.create_revisit_record(
            page.url, page.digest, page.url, page.first, http_headers=headers, warc_headers_dict={"WARC-Date": page.at}
        )
        writer.write_record(record)
        return
    record = writer.create_warc_record(
        page.url, "response", payload=io.BytesIO(page.body), http_headers=headers, warc_headers_dict=fields
    )
    if not page.asked:
        writer.write_record(record)
        record.raw_stream.close()
        return
    asked = StatusAndHeaders(
        "GET / HTTP/1.1", [("Host", "reports.example"), ("User-Agent", "crawler")], is_http_request=True
    )
    request = writer.create_warc_record(
        page.url, "request", http_headers=asked, warc_headers_dict={"WARC-Date": page.at}
    )
    writer.write_request_response_pair(request, record)
    record.raw_stream.close()
