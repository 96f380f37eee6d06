"""What archives list, in all the forms that servers write, and malformed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.archive.listing import cdx, instant, timemap
from monitor.errors import ReadingError
from monitor.model.past import Line

LINE = Line(at="20240501120000", address="https://a.example/x", status="200", media_type="text/html", digest="ABC")


@pytest.mark.parametrize(
    "text",
    [
        "example,a)/x 20240501120000 https://a.example/x text/html 200 ABC 55\n",
        'example,a)/x 20240501120000 {"url": "https://a.example/x", "mime": "text/html", "status": "200", "digest": "sha1:ABC"}\n',
        '{"urlkey": "k", "timestamp": "20240501120000", "url": "https://a.example/x", "mime": "text/html", "status": "200", "digest": "ABC"}\n',
        '[["urlkey","timestamp","original","mimetype","statuscode","digest"],["k","20240501120000","https://a.example/x","text/html","200","ABC"]]',
        '[["timestamp","original","digest","mimetype","statuscode"],["20240501120000","https://a.example/x","ABC","text/html","200"]]',
    ],
)
def test_every_form_of_a_line_says_the_same(text: str) -> None:
    assert cdx(text).lines == [LINE]


def test_a_list_that_goes_on_says_where() -> None:
    found = cdx("example,a)/x 20240501120000 https://a.example/x text/html 200 ABC 55\n\nexample%2Ca%29+2024\n")
    assert (len(found.lines), found.following) == (1, "example%2Ca%29+2024")


@pytest.mark.parametrize("text", ["<html>sorry</html>", "a\nb\nc\n", '[["timestamp"],["2024'])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        cdx(text)


def test_an_empty_list_is_a_list() -> None:
    assert cdx("").lines == []
    assert cdx("[]").lines == []


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    for parse in (cdx, timemap):
        try:
            parse(text)
        except ReadingError:
            continue


@pytest.mark.parametrize("digits", ["20240230120000", "2024", "20241301000000", "٢٠٢٤٠١٠١٠٠٠٠٠٠", "20240101250000"])
def test_a_time_that_no_calendar_has_is_none(digits: str) -> None:
    assert instant(digits) is None


def test_a_timemap_gives_its_mementos_and_its_next_part() -> None:
    text = (
        '<http://a.example/>;rel="original",\n<http://arc.example/tm/http://a.example/>; rel="self";type="application/link-format"'
        ';from="Tue, 20 Jun 2000 18:02:59 GMT",\n'
        '<http://arc.example/2000/http://a.example/?a,b>; rel="first memento";datetime="Tue, 20 Jun 2000 18:02:59 GMT",\n'
        '<http://arc.example/2001/http://a.example/>;rel="memento"; datetime="nonsense",\n'
        '<http://arc.example/tm/2/http://a.example/>;rel="timemap";from="Wed, 21 Jun 2000 04:41:56 GMT"'
    )
    found = timemap(text)
    assert [line.at for line in found.lines] == ["20000620180259"]
    assert found.malformed == ["http://arc.example/2001/http://a.example/"]
    assert found.following == "http://arc.example/tm/2/http://a.example/"
