"""Characters that act are shown, not obeyed; addresses that are no web addresses are no links."""

import pytest

from monitor.report.visible import visible, web_address


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"), ("a\x00b", "a\\x00b"), ("a\x9bb", "a\\x9bb"),
        ("\u202eevil\u202c", "\\u202eevil\\u202c"), ("\u2067x\u2069", "\\u2067x\\u2069"), ("\ud800", "\\ud800"),
        ("a\nb\tc\u2028d", "a b c d"), ("\U000e0041", "\\U000e0041"),
    ],
)  # fmt: skip
def test_acting_characters_are_shown_as_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क\u094d\u200dष", "98\u200f %", "l’été – «non»", "报告"])
def test_what_scripts_need_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "//host/x", "/path", "file:///etc/passwd",
     "http://a/\"onclick=\"x", "https://a/<script>", "https://a/\u202e", " http://a", "java\nscript:x", ""],
)  # fmt: skip
def test_only_clean_web_addresses_become_links(address: str) -> None:
    assert web_address(address) == ""


def test_web_addresses_stay_as_they_are() -> None:
    assert web_address("https://norvania.example/en/?a=1&b=%20#x") == "https://norvania.example/en/?a=1&b=%20#x"
