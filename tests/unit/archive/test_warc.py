"""WARC and WACZ files read into captures, whole, odd and damaged."""

import gzip
import hashlib
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.archive import stream
from monitor.archive.warc import Reader, moment
from monitor.errors import InputError
from monitor.model.past import PastCapture
from tests.fakes.warcs import URL, Page, wacz, warc, write

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KEY = ("maravel", "en")
BODIES = [f"<html><title>Maravel</title><p>Figure {number}</p>{'x' * 3000}</html>".encode() for number in range(6)]


def pages(count: int = 6, **options: object) -> list[Page]:
    return [Page(at=f"2024-05-0{n + 1}T12:00:00Z", body=BODIES[n], **options) for n in range(count)]  # type: ignore[arg-type]


def reader() -> Reader:
    return Reader(lambda address: KEY if "maravel" in address else None, NOW)


def read(path: Path) -> tuple[list[PastCapture], Reader]:
    reading = reader()
    return list(reading.captures(path)), reading


def contents(captures: list[PastCapture]) -> list[bytes | None]:
    return [capture.content for capture in captures]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_every_page_comes_with_its_bytes_time_and_headers(tmp_path: Path, version: str, packed: bool) -> None:
    captures, reading = read(write(tmp_path, warc(pages(), gzip=packed, version=version)))
    assert contents(captures) == BODIES
    assert captures[2].captured_at == datetime(2024, 5, 3, 12, tzinfo=UTC)
    assert captures[2].headers == (("Content-Type", "text/html; charset=utf-8"),)
    assert captures[2].sha256 == hashlib.sha256(BODIES[2]).hexdigest()
    assert reading.damages == []


def test_the_headers_of_the_request_come_with_the_answer(tmp_path: Path) -> None:
    captures, _ = read(write(tmp_path, warc(pages(2, asked=True))))
    assert [capture.request for capture in captures] == [(("Host", "reports.example"), ("User-Agent", "crawler"))] * 2


def test_a_file_that_is_one_gzip_stream_is_read_too(tmp_path: Path) -> None:
    captures, _ = read(write(tmp_path, gzip.compress(warc(pages(), gzip=False))))
    assert contents(captures) == BODIES


def test_a_revisit_has_the_bytes_that_it_refers_to(tmp_path: Path) -> None:
    again = Page(at="2024-06-01T12:00:00Z", first="2024-05-01T12:00:00Z", digest="sha1:" + "A" * 32)
    captures, _ = read(write(tmp_path, warc([*pages(2), again])))
    assert captures[-1].content is None
    assert captures[-1].sha256 == captures[0].sha256


def test_a_revisit_of_what_never_came_is_counted(tmp_path: Path) -> None:
    again = Page(at="2024-06-01T12:00:00Z", first="2023-05-01T12:00:00Z", digest="sha1:" + "A" * 32)
    captures, reading = read(write(tmp_path, warc([*pages(1), again])))
    assert len(captures) == 1
    assert reading.skipped == {"a revisit of bytes that did not come before it": 1}


def test_other_pages_errors_and_the_future_are_passed_over(tmp_path: Path) -> None:
    others = [
        Page(at="2024-05-01T12:00:00Z", body=b"x", url="https://elsewhere.example/"),
        Page(at="2024-05-01T13:00:00Z", body=b"gone", status="404 Not Found"),
        Page(at="2999-05-01T13:00:00Z", body=b"later"),
    ]
    captures, reading = read(write(tmp_path, warc([*others, *pages(1)])))
    assert contents(captures) == BODIES[:1]
    assert reading.skipped == {"status 404": 1, "dated in the future": 1}


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_cut_anywhere_gives_what_is_whole_and_names_the_cut(tmp_path: Path, packed: bool) -> None:
    whole = warc(pages(), gzip=packed)
    for cut in range(60, len(whole), 397):
        captures, reading = read(write(tmp_path, whole[:cut]))
        assert contents(captures) == BODIES[: len(captures)]
        ends_well = len(reading.damages) == 0
        assert ends_well or reading.damages[-1].offset < cut
        if ends_well:
            assert whole[cut - 20 : cut].endswith(b"\r\n\r\n") or packed


@pytest.mark.parametrize("packed", [True, False])
def test_damage_in_the_middle_costs_its_record_and_no_other(tmp_path: Path, packed: bool) -> None:
    whole = bytearray(warc(pages(), gzip=packed))
    middle = len(whole) // 2
    whole[middle : middle + 40] = b"\xff" * 40
    captures, reading = read(write(tmp_path, bytes(whole)))
    assert len(captures) >= 4
    assert set(contents(captures)) <= set(BODIES)
    assert contents(captures)[-1] == BODIES[-1]
    assert 1 <= len(reading.damages) <= 2
    assert 0 < reading.damages[0].offset < middle + 40


def test_bytes_that_are_not_those_of_the_digest_are_refused(tmp_path: Path) -> None:
    whole = warc(pages(3), gzip=False)
    for name in (b"WARC-Payload-Digest: sha1:", b"WARC-Block-Digest: sha1:"):
        place = whole.index(name, whole.index(b"2024-05-02")) + len(name)
        lie = whole[:place] + b"A" * 32 + whole[place + 32 :]
        captures, reading = read(write(tmp_path, lie))
        assert contents(captures) == [BODIES[0], BODIES[2]]
        assert [name.decode().split(":")[0] in damage.reason for damage in reading.damages] == [True]


@pytest.mark.parametrize("at", ["2024-13-01T12:00:00Z", "yesterday", "2024-05-01T12:00:00", "2024-05-01T12:00:00.xZ"])
def test_a_senseless_time_is_no_time(at: str) -> None:
    assert moment(at) is None


def test_times_are_read_to_the_microsecond() -> None:
    assert moment("2024-05-01T12:00:00.123456789Z") == datetime(2024, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)


def test_codings_are_undone(tmp_path: Path) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (BODIES[0][:100], BODIES[0][100:])) + b"0\r\n\r\n"
    coded = [
        Page(at="2024-05-01T12:00:00Z", body=chunks, headers=(("Transfer-Encoding", "chunked"),)),
        Page(at="2024-05-02T12:00:00Z", body=gzip.compress(BODIES[1]), headers=(("Content-Encoding", "gzip"),)),
        Page(at="2024-05-03T12:00:00Z", body=BODIES[2], headers=(("Content-Encoding", "gzip"),)),
        Page(at="2024-05-04T12:00:00Z", body=gzip.compress(BODIES[3])[:-20], headers=(("Content-Encoding", "gzip"),)),
        Page(at="2024-05-05T12:00:00Z", body=b"\x1b\x03\x00", headers=(("Content-Encoding", "br"),)),
    ]
    captures, reading = read(write(tmp_path, warc(coded)))
    assert contents(captures) == BODIES[:3]
    assert [damage.reason for damage in reading.damages] == [
        "its compressed body breaks off", "it is compressed as br, which is not unpacked here",
    ]  # fmt: skip


def test_a_body_that_unpacks_to_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = Page(
        at="2024-05-01T12:00:00Z", body=gzip.compress(b"\0" * 30_000_000), headers=(("Content-Encoding", "gzip"),)
    )
    captures, reading = read(write(tmp_path, warc([bomb, *pages(1)])))
    assert contents(captures) == BODIES[:1]
    assert "larger than" in reading.damages[0].reason


def test_a_length_that_lies_costs_no_other_record(tmp_path: Path) -> None:
    whole = warc(pages(3), gzip=False)
    first = whole.index(b"Content-Length: 3", whole.index(b"WARC-Type: response"))
    lie = whole[:first] + b"Content-Length: 9" + whole[first + 17 :]
    captures, reading = read(write(tmp_path, lie))
    assert contents(captures)[-1:] == BODIES[2:3]
    assert reading.damages


def test_a_wacz_is_read_and_one_that_means_harm_is_not(tmp_path: Path) -> None:
    captures, _ = read(write(tmp_path, wacz(pages()), "a.wacz"))
    assert contents(captures) == BODIES
    for name, content in (("../../x", b"x"), ("/etc/x", b"x"), ("a\\b", b"x"), ("big", b"\0" * 5_000_000)):
        with pytest.raises(InputError, match="not opened"):
            read(write(tmp_path, wacz(pages(1), [(name, content)]), "b.wacz"))


def test_a_wacz_with_a_link_or_a_name_twice_is_not_opened(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("archive/link.warc.gz")
    link.external_attr = 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="link"):
        read(write(tmp_path, file.getvalue(), "c.wacz"))


def test_a_wacz_cut_short_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="damaged WACZ"):
        read(write(tmp_path, wacz(pages())[:-100], "d.wacz"))


@pytest.mark.parametrize("content", [b"<html>a page</html>", b"\x89PNG...."])
def test_what_is_no_such_file_is_refused_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match="import file"):
        read(write(tmp_path, content))


def test_records_across_the_steps_of_the_stream_are_whole(tmp_path: Path) -> None:
    size = stream.STEP - 700
    large = [Page(at=f"2024-05-01T12:00:0{n}Z", body=bytes([65 + n]) * (size + 137 * n)) for n in range(6)]
    for packed in (True, False):
        captures, reading = read(write(tmp_path, warc(large, gzip=packed)))
        assert contents(captures) == [page.body for page in large]
        assert reading.damages == []


def test_an_address_is_known_however_it_is_written(tmp_path: Path) -> None:
    from monitor.archive.addresses import Matcher, key
    from monitor.model.target import Page as Followed

    followed = Followed(target="maravel", language="en", url=URL, former=("https://www.reports.example/*/old/",))
    matcher = Matcher([followed])
    for address in (URL, "http://www.reports.example:80/maravel", "https://REPORTS.example/maravel/?utm_source=x#top"):
        assert matcher.page_of(address) is followed
    assert matcher.page_of("http://reports.example/south/east/old") is followed
    assert matcher.page_of("https://reports.example/maravel/other") is None
    assert key("https://reports.example/caf%C3%A9/") == key("http://reports.example/café")
