"""What sites do to those who follow them, through the whole program: real answers, real store, real rules.

After every fault no change is told, what was held stays the base, and the next good page is compared with it.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.alerts.criteria import Rule
from monitor.errors import FetchError
from monitor.fetch.client import Bounds, Manners
from monitor.fetch.guard import Guard
from monitor.fetch.lanes import Lanes
from monitor.fetch.robots import Robots
from monitor.model.alert import EventKind
from monitor.model.target import Page
from monitor.runs.check import Outcome, State, check
from monitor.runs.desk import Desk
from monitor.sandbox.parent import Sandbox
from monitor.store.store import SnapshotStore
from monitor.wiring import SystemClock
from tests.fakes.reports import MAINTENANCE, report
from tests.fakes.site import Answer, Site, page, raw, redirect, status, zipped

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
RULE = Rule(name="all", channels=("desk",))


class Followed:
    """A page that is followed in one language."""

    def __init__(self, site: Site, folder: Path, sandbox: Sandbox, language: str) -> None:
        self.site = site
        self.language = language
        self.store = SnapshotStore(folder, create=True)
        self.rules = (RULE,)
        self._sandbox = sandbox
        self._page = Page(target="maravel", language=language, url=f"{site.address}/report/")
        self.manners = Manners(guard=Guard(["127.0.0.0/8"]), bounds=Bounds(connect=2, whole=5))

    def look(self, answer: Answer) -> Outcome:
        """How the page is found while the site answers so."""
        self.site.answers["/report/"] = answer
        fetcher = Lanes(self.manners, SystemClock())
        (outcome,) = check([self._page], fetcher, self.store, self._sandbox, Desk(rules=self.rules))
        return outcome


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def followed(request: pytest.FixtureRequest, site: Site, tmp_path: Path, sandbox: Sandbox) -> Iterator[Followed]:
    made = Followed(site, tmp_path, sandbox, getattr(request, "param", "en"))
    yield made
    assert made.store.inspect().problems == ()
    made.store.close()


def document(title: str, text: str, more: str = "") -> bytes:
    head = f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{more}</head>"
    return f"{head}<body><main><h1>{title}</h1><p>{text}</p></main></body></html>".encode()


HALF = report()[: len(report()) * 2 // 3]
CAPTCHA = document(
    "Just a moment…", "Verify you are human by completing the action below.",
    '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>',
)  # fmt: skip
CONSENT = document("Before you continue", "We use cookies. Accept all cookies or manage your choices to continue.")
NOT_FOUND = document("Page not found", "Sorry, the page that you are looking for cannot be found.")

ASIDE: dict[str, Answer] = {
    "connection_closed_in_the_middle": raw(HEAD + b"\r\n" + HALF),
    "captcha": page(CAPTCHA),
    "cookie_wall": page(CONSENT),
    "soft_404": page(NOT_FOUND),
    "maintenance": page(MAINTENANCE),
    "empty": page(b""),
    "another_language": page(report("ru")),
    "bytes_of_no_charset": page(report().replace(b"wells", b"w\x81\x8d\x8f\x90\x9dlls" * 40)),
    "pdf_that_says_it_is_a_page": page(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 40),
    "deep_nesting": page(b"<html><body>" + b"<div>" * 20_000 + b"x"),
}

FAILED: dict[str, tuple[Answer, str]] = {
    "length_not_reached": (raw(HEAD + b"Content-Length: 90000\r\n\r\n" + HALF), "truncated"),
    "chunks_cut": (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<html"), "truncated"),
    "gzip_cut": (zipped(report(), cut=9), "truncated_encoding"),
    "two_codings_in_two_lines": (
        raw(HEAD + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"), "encoding",
    ),
    "not_modified_unasked": (status(304), "unasked_304"),
    "blocked": (status(403, CAPTCHA, Content_Type="text/html"), "blocked"),
    "redirect_to_a_private_address": (redirect("http://169.254.169.254/latest/"), "forbidden_address"),
    "pdf": (page(b"%PDF-1.7", Content_Type="application/pdf"), "type"),
    "headers_without_number": (raw(HEAD + b"A: b\r\n" * 20_000 + b"\r\n"), "headers"),
}  # fmt: skip


def goes_on(followed: Followed) -> None:
    """No change was told; the next good page is compared with the last good one, and told once."""
    assert followed.store.outbox.alerts(10) == []
    assert followed.look(page(report(followed.language))).state is State.UNCHANGED
    changed = followed.look(page(report(followed.language, figure=15)))
    assert changed.comparison is not None
    assert {str(each.change_class) for each in changed.comparison.changes} == {"number"}
    assert len(followed.store.outbox.alerts(10)) == 1


@pytest.mark.parametrize("fault", ASIDE)
def test_what_is_not_the_report_is_kept_aside_and_never_a_base(followed: Followed, fault: str) -> None:
    followed.look(page(report()))

    outcome = followed.look(ASIDE[fault])

    assert outcome.state is State.SET_ASIDE, outcome
    assert len(followed.store.captures(("maravel", "en"))) == 2
    goes_on(followed)


@pytest.mark.parametrize("fault", FAILED)
def test_what_cannot_be_had_is_told_by_its_cause_and_leaves_nothing(followed: Followed, fault: str) -> None:
    answer, cause = FAILED[fault]
    followed.look(page(report()))

    outcome = followed.look(answer)

    assert outcome.state is State.FAILED
    assert isinstance(outcome.error, FetchError)
    assert outcome.error.cause == cause
    assert len(followed.store.captures(("maravel", "en"))) == 1
    goes_on(followed)


def arabic(charset: str, codec: str) -> Answer:
    """The Arabic report in the bytes of a codec, said to be in a charset."""
    body = report("ar").decode().replace('<meta charset="utf-8">', "").encode(codec)
    return page(body, Content_Type=f"text/html; charset={charset}")


def chunked(body: bytes) -> bytes:
    return b"%x;ext=%s\r\n%s\r\n0\r\nTrailer: x\r\n\r\n" % (len(body), b"y" * 900, body)


HARMLESS: dict[str, tuple[str, Answer]] = {
    "early_hints": ("en", raw(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 500 + HEAD
                              + b"Content-Length: %d\r\n\r\n" % len(report()) + report())),
    "chunks_with_extensions": ("en", raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(report()))),
    "connection_closed_at_the_end": ("en", raw(HEAD + b"\r\n" + report())),
    "old_arabic_code_page_named": ("ar", arabic("windows-1256", "cp1256")),
    "old_arabic_code_page_not_named": ("ar", page(
        report("ar").decode().replace('<meta charset="utf-8">', "").encode("cp1256"), Content_Type="text/html")),
    "old_arabic_code_page_under_a_wrong_name": ("ar", arabic("utf-8", "cp1256")),
    "a_codec_that_is_no_charset": ("ar", arabic("zlib_codec", "utf-8")),
    "utf_7": ("ar", arabic("utf-7", "utf-8")),
    "idna": ("ar", arabic("idna", "utf-8")),
    "byte_order_mark_against_the_header": ("ar", arabic("windows-1256", "utf-8-sig")),
    "utf_16": ("ar", arabic("utf-16", "utf-16")),
    "canonical_decomposition": ("fr", page(unicodedata.normalize("NFD", report("fr").decode()).encode())),
    "marks_that_nobody_sees": ("en", page(report().replace(b"valley", "val\u00adley\u200b".encode())
                                          .replace(b" wells", "\u00a0wells\u202c".encode()))),
}  # fmt: skip


@pytest.mark.parametrize(("followed", "answer"), HARMLESS.values(), ids=HARMLESS.keys(), indirect=["followed"])
def test_another_way_to_say_the_same_is_no_change(followed: Followed, answer: Answer) -> None:
    followed.look(page(report(followed.language)))

    outcome = followed.look(answer)

    assert outcome.state is State.UNCHANGED, outcome
    goes_on(followed)


def test_a_page_that_moved_for_good_is_followed_and_its_new_address_told_once(followed: Followed) -> None:
    followed.rules = (Rule(name="moves", channels=("desk",), kinds=(EventKind.MOVED_ADDRESS,)),)
    followed.look(page(report()))
    followed.site.answers["/new/report/"] = page(report(), etag='"1"')

    states = [followed.look(redirect("/new/report/", 301)).state for _ in range(4)]

    assert states == [State.UNCHANGED] * 4
    ((alert, _),) = followed.store.outbox.alerts(10)
    assert alert.incident is not None
    assert alert.incident.address == f"{followed.site.address}/new/report/"


def test_what_robots_txt_forbids_is_not_asked_for_and_that_is_told_once(followed: Followed) -> None:
    followed.rules = (Rule(name="trouble", channels=("desk",), kinds=(EventKind.TROUBLE_BEGAN,)),)
    followed.look(page(report()))
    followed.manners = replace(followed.manners, robots=Robots(SystemClock()))
    text = b"User-agent: *\nDisallow: /report/"
    followed.site.answers["/robots.txt"] = status(200, text, Content_Type="text/plain")

    outcomes = [followed.look(page(report(figure=15))) for _ in range(3)]

    assert {(each.state, getattr(each.error, "cause", "")) for each in outcomes} == {(State.FAILED, "robots")}
    assert followed.site.paths == ["/report/"]
    assert len(followed.store.outbox.alerts(10)) == 1
