"""The loopback site, asked over a real socket."""

from http.client import HTTPConnection, HTTPResponse

from monitor.demo.server import Site

PAGES = {"/": b"home", "/robots.txt": b"User-agent: *\n", "/report/": "отчёт".encode()}


def _get(site: Site, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(site.address.removeprefix("http://"), timeout=5)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def test_a_page_is_served_with_its_tag_and_answered_304_when_it_is_known() -> None:
    with Site(PAGES) as site:
        first, body = _get(site, "/report/")
        second, nothing = _get(site, "/report/", If_None_Match=first.headers["ETag"])

        assert (first.status, body) == (200, PAGES["/report/"])
        assert first.headers["Content-Type"] == "text/html; charset=utf-8"
        assert (second.status, nothing) == (304, b"")


def test_a_page_that_changed_is_sent_anew() -> None:
    with Site(PAGES) as site:
        tag = _get(site, "/report/")[0].headers["ETag"]
        site.show(PAGES | {"/report/": b"changed"})
        answer, body = _get(site, "/report/", If_None_Match=tag)

        assert (answer.status, body) == (200, b"changed")


def test_a_missing_slash_is_redirected_and_an_unknown_page_not_found() -> None:
    with Site(PAGES) as site:
        redirected, unknown = _get(site, "/report")[0], _get(site, "/other/")[0]

        assert (redirected.status, redirected.headers["Location"]) == (301, "/report/")
        assert unknown.status == 404


def test_head_sends_no_body() -> None:
    with Site(PAGES) as site:
        answer, body = _get(site, "/", method="HEAD")

        assert (answer.status, answer.headers["Content-Length"], body) == (200, "4", b"")


def test_every_request_is_logged_in_order() -> None:
    with Site(PAGES) as site:
        _get(site, "/robots.txt", User_Agent="tester")
        _get(site, "/report/?x=1")

        assert [(request.method, request.path, request.status) for request in site.requests] == [
            ("GET", "/robots.txt", 200),
            ("GET", "/report/?x=1", 200),
        ]
        assert site.requests[0].headers["user-agent"] == "tester"
