import gzip
import socket
import time
import zlib
from collections.abc import Iterator

import pytest

from monitor.errors import FetchError, RefusedError, RetryableError
from monitor.fetch.client import Bounds, Client, Manners
from monitor.fetch.guard import Guard
from monitor.fetch.robots import Robots
from monitor.model.capture import Capture, Request, Unmodified, Validators
from monitor.model.target import Page
from monitor.wiring import SystemClock
from tests.fakes.site import Answer, Asked, Site, page, raw, redirect, send, status, zipped


def manners(*, guard: Guard | None = None, robots: Robots | None = None) -> Manners:
    return Manners(
        contact="mailto:desk@newsroom.example",
        guard=guard or Guard(["127.0.0.0/8"]),
        robots=robots,
        bounds=Bounds(connect=1, whole=1, raw=100_000, content=200_000),
    )


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def fetch(
    site: Site,
    path: str = "/report/",
    validators: dict[str, Validators] | None = None,
    with_manners: Manners | None = None,
) -> Capture | Unmodified:
    client = Client(with_manners or manners(), SystemClock())
    try:
        asked = Page(target="maravel", language="fr", url=site.address + path)
        return client.fetch(Request(page=asked, validators=validators or {}))
    finally:
        client.close()


def content(site: Site, path: str = "/report/") -> bytes:
    captured = fetch(site, path)
    assert isinstance(captured, Capture)
    return captured.content


def test_a_page_comes_with_its_bytes_headers_and_final_address(site: Site) -> None:
    site.answers["/report/"] = page("é\x00".encode(), etag='"1"', X_Served_By="a")
    captured = fetch(site)
    assert isinstance(captured, Capture)
    assert captured.content == "é\x00".encode()
    assert captured.url == site.address + "/report/"
    assert captured.header("x-served-by") == "a"
    assert captured.validators == Validators(etag='"1"')
    assert captured.captured_at.tzinfo is not None


def test_sites_learn_who_asks_and_in_which_language(site: Site) -> None:
    site.answers["/report/"] = page(b"x")
    fetch(site)
    assert site.asked[0].headers["user-agent"] == "monitor (+mailto:desk@newsroom.example)"
    assert site.asked[0].headers["accept-language"] == "fr"
    assert site.asked[0].headers["accept-encoding"] == "gzip"


def test_a_page_that_has_not_changed_sends_no_body(site: Site) -> None:
    site.answers["/report/"] = page(b"x", etag='"1"')
    found = fetch(site, validators={site.address + "/report/": Validators(etag='"1"', last_modified="yesterday")})
    assert isinstance(found, Unmodified)
    assert site.asked[0].headers["if-modified-since"] == "yesterday"


def test_validators_of_another_address_are_not_sent(site: Site) -> None:
    site.answers["/report/"] = page(b"x", etag='"1"')
    found = fetch(site, validators={site.address + "/moved/": Validators(etag='"1"')})
    assert isinstance(found, Capture)


def test_not_modified_that_nobody_asked_for_is_a_failure(site: Site) -> None:
    site.answers["/report/"] = status(304)
    assert failure(site).cause == "unasked_304"


def test_redirects_are_followed_and_the_final_address_kept(site: Site) -> None:
    site.answers |= {"/report/": redirect("/a?x=1#part", 301), "/a?x=1": redirect("b/", 307), "/b/": page(b"x")}
    captured = fetch(site)
    assert captured.url == site.address + "/b/"


def test_an_address_left_for_good_names_the_new_one(site: Site) -> None:
    site.answers |= {"/report/": redirect("/a/", 301), "/a/": redirect("/b/", 308), "/b/": page(b"x", etag='"1"')}
    assert fetch(site).moved_to == site.address + "/b/"
    assert fetch(site, validators={site.address + "/b/": Validators(etag='"1"')}).moved_to == site.address + "/b/"


def test_an_address_left_for_now_or_for_its_final_slash_is_not_left_for_good(site: Site) -> None:
    site.answers |= {"/report/": redirect("/a/", 301), "/a/": redirect("/b/", 302), "/b/": page(b"x")}
    assert fetch(site).moved_to == ""
    site.answers |= {"/report": redirect("/report/", 301), "/report/": page(b"x")}
    assert fetch(site, "/report").moved_to == ""
    assert fetch(site).moved_to == ""


def test_one_connection_serves_many_pages(site: Site) -> None:
    site.answers |= {f"/{number}": page(b"x" * 50_000) for number in range(5)}
    client = Client(manners(), SystemClock())
    for number in range(5):
        client.fetch(Request(page=Page(target="t", language="en", url=f"{site.address}/{number}")))
    client.close()
    assert site.connections == 1


def test_a_connection_that_the_server_has_closed_is_opened_anew(site: Site) -> None:
    def then_close(connection, asked: Asked) -> None:
        send(connection, 200, {"Content-Type": "text/html"}, b"x")
        connection.close()

    site.answers |= {"/1": then_close, "/2": page(b"y")}
    client = Client(manners(), SystemClock())
    for number in (1, 2, 1, 2):
        client.fetch(Request(page=Page(target="t", language="en", url=f"{site.address}/{number}")))
    client.close()
    assert len(site.asked) >= 4


def test_gzip_is_unpacked_even_in_several_members(site: Site) -> None:
    site.answers["/report/"] = page(gzip.compress(b"one ") + gzip.compress(b"two"), Content_Encoding="gzip")
    assert content(site) == b"one two"


def failure(site: Site, path: str = "/report/", with_manners: Manners | None = None) -> FetchError:
    with pytest.raises(FetchError) as raised:
        fetch(site, path, with_manners=with_manners)
    assert "\n" not in str(raised.value)
    return raised.value


def drip(connection, asked: Asked) -> None:
    """A body that comes a byte at a time, each well within any read time-out."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000\r\n\r\n")
    for _ in range(9000):
        connection.sendall(b"x")
        time.sleep(0.02)


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def endless(connection, asked: Asked) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

FAULTS: dict[str, tuple[Answer, str, type[FetchError]]] = {
    "body_cut_against_its_length": (raw(HEAD + b"Content-Length: 100\r\n\r\nhalf"), "truncated", RetryableError),
    "chunked_body_cut": (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel"), "truncated", RetryableError),
    "gzip_cut_with_matching_length": (zipped(b"report " * 9999, cut=9), "truncated_encoding", RetryableError),
    "gzip_damaged": (page(b"\x1f\x8b\x08no gzip at all", Content_Encoding="gzip"), "encoding", RetryableError),
    "gzip_empty": (page(b"", Content_Encoding="gzip"), "truncated_encoding", RetryableError),
    "gzip_bomb": (page(bomb(50), Content_Encoding="gzip"), "size", RefusedError),
    "another_coding": (page(b"x", Content_Encoding="br"), "encoding", RefusedError),
    "two_codings": (page(b"x", Content_Encoding="gzip, gzip"), "encoding", RefusedError),
    "endless_body": (endless, "size", RefusedError),
    "large_body": (page(b"x" * 100_001), "size", RefusedError),
    "dripping_body": (drip, "timeout", RetryableError),
    "silent_server": (lambda connection, asked: time.sleep(2), "timeout", RetryableError),
    "closed_without_an_answer": (raw(), "reset", RetryableError),
    "no_http": (raw(b"SSH-2.0-OpenSSH\r\n\r\n"), "protocol", RetryableError),
    "endless_headers": (raw(HEAD + b"X: " + b"y" * 200_000), "protocol", RetryableError),
    "too_many_headers": (raw(HEAD + b"A: b\r\n" * 150 + b"\r\n"), "headers", RefusedError),
    "redirect_loop": (redirect("/report/"), "redirect", RefusedError),
    "redirect_to_nowhere": (status(302), "redirect", RefusedError),
    "redirect_to_a_file": (redirect("file:///etc/passwd"), "address", RefusedError),
    "redirect_to_a_bad_address": (redirect("http://[::1"), "address", RefusedError),
    "redirect_to_a_private_address": (redirect("http://10.9.8.7/"), "forbidden_address", RefusedError),
    "redirect_to_an_odd_form_of_one": (redirect("http://167773961/"), "forbidden_address", RefusedError),
    "redirect_to_one_inside_ipv6": (redirect("http://[::ffff:10.9.8.7]/"), "forbidden_address", RefusedError),
    "vanished": (status(404), "gone", RefusedError),
    "gone": (status(410), "gone", RefusedError),
    "forbidden": (status(403), "blocked", RefusedError),
    "withheld": (status(451), "blocked", RefusedError),
    "no_content": (status(204), "status", RefusedError),
    "part": (status(206, b"x", Content_Type="text/html"), "status", RefusedError),
    "out_of_order": (status(500), "status", RetryableError),
    "busy": (status(503, Retry_After="120"), "status", RetryableError),
    "pdf": (page(b"%PDF", Content_Type="application/pdf"), "type", RefusedError),
    "image": (page(b"GIF89a", Content_Type="image/gif"), "type", RefusedError),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_a_type_and_one_line(site: Site, fault: str) -> None:
    answer, cause, kind = FAULTS[fault]
    site.answers["/report/"] = answer
    error = failure(site)
    assert (error.cause, type(error)) == (cause, kind)


def test_a_gzip_bomb_is_not_unpacked_whole(site: Site) -> None:
    import resource

    site.answers["/report/"] = page(bomb(90), Content_Encoding="gzip")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert failure(site).cause == "size"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_nobody_listening_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    client = Client(manners(), SystemClock())
    with pytest.raises(RetryableError) as raised:
        client.fetch(Request(page=Page(target="t", language="en", url=url)))
    assert raised.value.cause == "connect"


def test_a_name_that_does_not_exist_is_told() -> None:
    client = Client(manners(), SystemClock())
    with pytest.raises(RetryableError, match=r"cannot be resolved|not resolved") as raised:
        client.fetch(Request(page=Page(target="t", language="en", url="http://no-such-host.invalid/")))
    assert raised.value.cause == "dns"


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/", "https:///path", "http://user:secret@a.example/", "http://a b.example/", "http://a:99999/"],
)
def test_an_address_that_makes_no_sense_is_refused_without_its_password(url: str) -> None:
    client = Client(manners(), SystemClock())
    with pytest.raises(RefusedError) as raised:
        client.fetch(Request(page=Page(target="t", language="en", url=url)))
    assert raised.value.cause == "address"
    assert "secret" not in str(raised.value)


def test_loopback_is_refused_unless_it_is_allowed(site: Site) -> None:
    error = failure(site, with_manners=manners(guard=Guard()))
    assert error.cause == "forbidden_address"
    assert "allow_private" in str(error)
    assert site.connections == 0


def test_after_retry_after_the_host_is_left_alone(site: Site) -> None:
    site.answers |= {"/1": status(429, Retry_After="3600"), "/2": page(b"x")}
    client = Client(manners(), SystemClock())
    causes = []
    for number in (1, 2):
        with pytest.raises(RetryableError) as raised:
            client.fetch(Request(page=Page(target="t", language="en", url=f"{site.address}/{number}")))
        causes.append((raised.value.cause, raised.value.retry_after is not None))
    client.close()
    assert causes == [("status", True), ("host_wait", True)]
    assert site.paths == ["/1"]


def test_robots_txt_is_kept_to_and_asked_for_once(site: Site) -> None:
    site.answers["/robots.txt"] = status(200, b"User-agent: *\nDisallow: /private", Content_Type="text/plain")
    site.answers |= {"/private/": page(b"x"), "/report/": page(b"x")}
    shared = manners(robots=Robots(SystemClock()))
    assert failure(site, "/private/", shared).cause == "robots"
    assert isinstance(fetch(site, with_manners=shared), Capture)
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/report/"]


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (status(404), True),
        (status(403), True),
        (status(500), False),
        (raw(), False),
        (page(b"<html>User-agent: *\nDisallow: /"), True),
        (redirect("/elsewhere.txt"), True),
        (status(200, b"\xef\xbb\xbfUser-agent: monitor\nDisallow: /", Content_Type="text/plain"), False),
        (status(200, b"User-agent: other\nDisallow: /", Content_Type="text/plain"), True),
        (status(200, b"#" * 600_000, Content_Type="text/plain"), True),
    ],
)
def test_what_robots_txt_answers_decides(site: Site, answer: Answer, allowed: bool) -> None:
    site.answers |= {"/robots.txt": answer, "/report/": page(b"x")}
    try:
        fetch(site, with_manners=manners(robots=Robots(SystemClock())))
        assert allowed
    except FetchError:
        assert not allowed
