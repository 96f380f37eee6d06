"""What would cost a parser too much is refused before any parser sees it; ordinary sloppy pages are not."""

import pytest

from monitor.errors import LimitError
from monitor.extract.limits import check_lines, check_markup, check_size

_BOMBS = {
    "nested elements": "<div>" * 100_000,
    "elements hidden from a naive count": "<div><object></div></object>" * 20_000,
    "formatting left open": "".join(f"<p><b id={n}>x</p>" for n in range(3_000)),
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x</p>",
    "attributes behind a quoted sign": '<p x=">" ' + " ".join(f"a{n}=1" for n in range(20_000)) + ">x</p>",
    "comments that never end": "<!--" * 300_000,
    "scripts that never end": "<script" * 300_000,
    "tags inside a style": "<svg><style>" + "<div>" * 100_000,
}


@pytest.mark.parametrize("markup", _BOMBS.values(), ids=_BOMBS.keys())
def test_a_bomb_is_refused(markup: str) -> None:
    with pytest.raises(LimitError, match="not a report"):
        check_markup(f"<html><body>{markup}")


_SLOPPY = {
    "paragraphs never closed": "<p>word" * 5_000,
    "items never closed": "<ul>" + "<li>word" * 5_000 + "</ul>",
    "cells never closed": "<table>" + "<tr><td>a<td>b" * 2_000 + "</table>",
    "images and breaks": "<img src=x><br>" * 5_000,
    "a script full of tags": "<script>" + "'<div>';" * 900 + "</script>",
    "long attribute values": '<div data-x="' + "a b " * 5_000 + '">x</div>',
    "closing tags of nothing": "<p>a</b></i></p>" * 3_000,
}


@pytest.mark.parametrize("markup", _SLOPPY.values(), ids=_SLOPPY.keys())
def test_a_sloppy_page_is_let_through(markup: str) -> None:
    check_markup(f"<html><body>{markup}</body></html>")


def test_a_page_of_fifty_megabytes_is_refused_with_its_size() -> None:
    with pytest.raises(LimitError, match="50 MB"):
        check_size(b"x" * 50_000_000)


def test_a_text_of_a_million_lines_is_refused() -> None:
    with pytest.raises(LimitError, match="lines"):
        check_lines("a\n" * 1_000_000)
