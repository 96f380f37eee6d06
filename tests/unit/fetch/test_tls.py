from pathlib import Path

import pytest

from monitor.errors import ConfigError, FetchError
from monitor.fetch.client import Bounds, Client, Manners
from monitor.fetch.guard import Guard
from monitor.model.capture import Capture, Request
from monitor.model.target import Page
from monitor.wiring import SystemClock
from tests.fakes.site import CERTIFICATE, Site, page, redirect


def fetch(url: str, ca_file: Path | None = CERTIFICATE) -> Capture:
    manners = Manners(guard=Guard(everything=True), bounds=Bounds(connect=2, whole=2), ca_file=ca_file)
    client = Client(manners, SystemClock())
    try:
        found = client.fetch(Request(page=Page(target="t", language="en", url=url)))
    finally:
        client.close()
    assert isinstance(found, Capture)
    return found


def test_a_site_whose_certificate_is_known_is_read() -> None:
    with Site({"/": page(b"x" * 100_000)}, secure=True) as site:
        assert len(fetch(site.address + "/").content) == 100_000


def test_a_site_whose_certificate_is_not_known_is_not_asked() -> None:
    with Site({"/": page(b"x")}, secure=True) as site:
        with pytest.raises(FetchError, match="certificate is not valid") as raised:
            fetch(site.address + "/", ca_file=None)
        assert raised.value.cause == "tls"
        assert site.asked == []


def test_a_certificate_for_another_name_is_not_taken() -> None:
    with Site({"/": page(b"x")}, secure=True) as site, pytest.raises(FetchError) as raised:
        fetch(site.address.replace("localhost", "127.0.0.1") + "/")
    assert raised.value.cause == "tls"


def test_a_server_that_speaks_no_tls_is_told() -> None:
    with Site({"/": page(b"x")}) as site, pytest.raises(FetchError) as raised:
        fetch(site.address.replace("http://127.0.0.1", "https://localhost") + "/")
    assert raised.value.cause in ("tls", "timeout")


def test_a_redirect_out_of_tls_is_not_followed() -> None:
    with Site({"/": page(b"x")}) as plain, Site({"/": redirect(plain.address + "/")}, secure=True) as site:
        with pytest.raises(FetchError) as raised:
            fetch(site.address + "/")
        assert raised.value.cause == "redirect"
        assert plain.asked == []


def test_a_file_without_certificates_is_a_mistake_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("none")
    with Site({"/": page(b"x")}, secure=True) as site, pytest.raises(ConfigError, match="ca_file"):
        fetch(site.address + "/", ca_file=tmp_path / "ca.pem")
