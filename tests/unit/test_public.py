"""The public face: what `read`, `compare` and `find_statistics` do not take."""

from collections.abc import Callable
from pathlib import Path

import pytest

import monitor
import monitor.errors


@pytest.mark.parametrize(
    "call",
    [
        lambda: monitor.read(None),  # type: ignore[arg-type]
        lambda: monitor.read(bytearray(b"x")),  # type: ignore[arg-type]
        lambda: monitor.find_statistics(b"At least 98", "en"),  # type: ignore[arg-type]
        lambda: monitor.find_statistics("At least 98", None),  # type: ignore[arg-type]
        lambda: monitor.compare("a", "b"),  # type: ignore[arg-type]
    ],
)
def test_what_is_of_another_type_is_a_type_error_in_words(call: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match="not "):
        call()


def test_the_name_of_a_file_that_is_not_there_is_a_text_and_its_path_is_not(tmp_path: Path) -> None:
    assert monitor.read("nofile.html").sections[0].text == "nofile.html"
    with pytest.raises(monitor.errors.UnknownReferenceError):
        monitor.read(tmp_path / "nofile.html")


@pytest.mark.parametrize("address", ["http://[", "http://a/b/c/d"])
def test_an_address_that_is_none_does_no_harm(address: str) -> None:
    page = '<html><link rel="canonical" href="http://[/x"><p>The mayor left <a href="/y">the harbour</a>.</p></html>'

    assert monitor.read(page, url=address).sections[-1].text == "The mayor left the harbour."
