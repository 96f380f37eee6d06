"""What is written comes back: bytes, times, headers of both sides, origins."""

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.archive.warc import Reader
from monitor.archive.writer import Writer
from monitor.model.past import Exported, Headers, PastCapture

TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\x7f\x85\xa0\xad"), max_size=20)
NAMES = st.sampled_from(["Content-Type", "ETag", "Server", "X-Any", "Content-Encoding", "Transfer-Encoding"])
HEADERS = st.lists(st.tuples(NAMES, TEXT), max_size=6, unique_by=lambda pair: pair[0]).map(tuple)
TIMES = st.datetimes(datetime(1996, 1, 1), datetime(2025, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def returned(folder: Path, exported: Exported, *, gzip: bool) -> PastCapture:
    file = io.BytesIO()
    Writer(file, gzip=gzip).write_all([exported])
    path = folder / "a.warc"
    path.write_bytes(file.getvalue())
    reader = Reader(lambda _: None, datetime(2026, 1, 1, tzinfo=UTC))
    captures = list(reader.captures(path))
    assert reader.damages == []
    return captures[0]


@given(st.binary(max_size=2_000), HEADERS, HEADERS, TIMES, st.booleans())
def test_every_capture_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    content: bytes,
    headers: Headers,
    request: Headers,
    at: datetime,
    gzip: bool,
) -> None:
    exported = Exported(
        page=("maravel", "en"), url="https://reports.example/maravel/", status=200, headers=headers, request=request,
        content=content, sha256=hashlib.sha256(content).hexdigest(), captured_at=at, origin="wayback",
    )  # fmt: skip
    capture = returned(tmp_path_factory.mktemp("warc"), exported, gzip=gzip)
    assert (capture.content, capture.sha256) == (content, exported.sha256)
    assert (capture.page, capture.url, capture.captured_at, capture.origin) == (
        exported.page, exported.url, at, "wayback",
    )  # fmt: skip
    assert capture.headers == headers
    assert capture.request == request
