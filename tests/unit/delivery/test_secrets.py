"""Secrets come from the environment or files, and stay out of what is written."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.delivery.secrets import redacted, resolve, safe_address
from monitor.errors import InputError
from monitor.model.channel import Secret


def test_a_secret_of_the_environment() -> None:
    assert resolve(Secret.parse("env:TOKEN"), {"TOKEN": "s3cret"}) == "s3cret"


def test_a_secret_in_a_file_loses_its_line_end(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("s3cret\r\n", encoding="utf-8")
    file.chmod(0o600)

    assert resolve(Secret.parse(f"file:{file}"), {}) == "s3cret"
    assert resolve(Secret.parse("credential:password"), {"CREDENTIALS_DIRECTORY": str(tmp_path)}) == "s3cret"


def test_a_file_that_every_user_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("s3cret", encoding="utf-8")
    file.chmod(0o644)

    with pytest.raises(InputError, match="every user may read that file; chmod 600"):
        resolve(Secret.parse(f"file:{file}"), {})


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines", b"nul\x00", b"\xff\xfe", b"x" * 70_000])
def test_what_is_no_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "password"
    file.write_bytes(content)
    file.chmod(0o600)

    with pytest.raises(InputError):
        resolve(Secret.parse(f"file:{file}"), {})


@pytest.mark.parametrize(
    ("reference", "said"),
    [("env:NOPE", "NOPE is not set"), ("file:/nowhere/at/all", "cannot be read"), ("credential:x", "LoadCredential")],
)
def test_a_missing_secret_is_named_with_the_remedy(reference: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        resolve(Secret.parse(reference), {})


@pytest.mark.parametrize(
    "text", ["hunter2", "https://hooks.example.org/T0/B0/hunter2", "env:", "env:a b", "credential:../hunter2"]
)
def test_a_secret_written_out_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(InputError) as error:
        Secret.parse(text)

    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://hooks.example.org/services/T0/B0/key", "https://hooks.example.org/…"),
        ("https://user:pass@example.org:8443/?token=1#x", "https://example.org:8443/…"),
        ("https://example.org", "https://example.org"),
        ("http://[::1]:80/a", "http://[::1]:80/…"),
        ("http://[bad", "•••"),
        ("http://example.org:99999/", "•••"),
    ],
)
def test_of_an_address_only_the_host_is_told(url: str, safe: str) -> None:
    assert safe_address(url) == safe


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=8), st.text(), st.text())
def test_no_secret_survives_redaction(secret: str, before: str, after: str) -> None:
    assert secret not in redacted(f"{before} {secret} {after}", [secret]).replace("•••", "")
    assert secret not in redacted(f"{before} https://example.org/{secret}?{secret} {after}", [secret])
