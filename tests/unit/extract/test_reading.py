"""How documents are made: blocks, links, footnotes, headings; and the refusal of what is no document."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import MonitorError, ReadingError
from monitor.extract.reading import read
from monitor.model.document import Block, Document
from monitor.sites.profile import parse_profile


def _html(body: str, **options: object) -> Document:
    return read(f"<html lang=en><body><h1>T</h1>{body}</body></html>".encode(), source="t.html", **options)  # type: ignore[arg-type]


def _markdown(text: str, **options: object) -> Document:
    return read(text.encode(), source="t.md", **options)  # type: ignore[arg-type]


def _blocks(document: Document) -> list[str]:
    return [f"{block.kind.value}: {block.text}" for section in document.sections for block in section.blocks]


def _linked(block: Block) -> list[tuple[str, str]]:
    return [(block.text[link.start : link.end], link.href) for link in block.links]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"), (b" \n\t", "is empty"), (b"%PDF-1.7", "is a PDF file"), (b"\x89PNG\r\n\x1a\n", "is a PNG image"),
        (b"PK\x03\x04docx", "ZIP archive"), (b"\x1f\x8b\x08rest", "gzip"), (b'{"title": "Varnia"}', "is JSON"), (b"[1, 2]", "is JSON"),
        (bytes(range(256)) * 9, "is binary"), (b"\x7fELF" + b"\x00" * 99, "is a program"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused_in_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(ReadingError) as refusal:
        read(content, source="thing")
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert "give the report" in str(refusal.value)


def test_a_media_type_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(ReadingError, match="image/svg"):
        read(b"<svg/>", source="x", media_type="image/svg+xml")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["x.html", "x.md", "x.txt", "x"]))
def test_any_bytes_give_a_document_or_a_clear_error(content: bytes, source: str) -> None:
    try:
        document = read(content, source=source)
    except MonitorError:
        return
    assert document.sections[0].position == 0


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="<>/abp1h2uli=\"' \n!-#*_[]()`|sup&;x", max_size=200), st.sampled_from(["x.html", "x.md", "x.txt"])
)
def test_any_markup_reads_the_same_twice(text: str, source: str) -> None:
    try:
        document = read(text.encode(), source=source)
    except MonitorError:
        return
    assert document == read(text.encode(), source=source)
    for section in document.sections:
        for block in section.blocks:
            assert block.text
            assert all(0 <= link.start < link.end <= len(block.text) for link in block.links)


def test_the_media_type_wins_over_the_name() -> None:
    assert _blocks(read(b"# T\n\nText *here*.", source="t.html", media_type="text/markdown; charset=utf-8")) == [
        "paragraph: Text here."
    ]


def test_a_page_saved_under_a_wrong_name_is_read_as_a_page() -> None:
    assert _blocks(read(b"<!doctype html><h1>T</h1><p>Text.", source="t.txt")) == ["paragraph: Text."]


def test_a_document_without_headings_is_all_lead() -> None:
    document = _html("<p>One.</p><p>Two.</p>")
    assert [(section.id, section.heading, len(section.blocks)) for section in document.sections] == [("s0", "T", 2)]


def test_section_ids_count_from_the_lead() -> None:
    document = _html("<h2>A</h2><p>x</p><h3>B</h3><p>y</p><h2>A</h2>")
    assert [(section.id, section.position, section.heading, section.level) for section in document.sections] == [
        ("s0", 0, "T", 1), ("s1", 1, "A", 2), ("s2", 2, "B", 3), ("s3", 3, "A", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("bare text<div>in <b>a</b> div</div>tail", ["paragraph: bare text", "paragraph: in a div", "paragraph: tail"]),
        ("<p>one<br>line<br><br>two</p>", ["paragraph: one line", "paragraph: two"]),
        ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul>", ["list_item: a", "list_item: b", "list_item: c"]),
        ("<dl><dt>Head of state</dt><dd>Ilo Maren</dd></dl>", ["list_item: Head of state", "list_item: Ilo Maren"]),
        ("<blockquote>said</blockquote>", ["quote: said"]),
        ("<table><tr><th>Year<th>Fines<tr><td>2023<td><p>61</p></table>", ["table_row: Year | Fines", "table_row: 2023 | 61"]),
        ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", ["paragraph: a", "paragraph: b"]),
        ('<p>a<img src=x alt="A pier at dusk">b</p>', ["paragraph: ab", "image: A pier at dusk"]),
        ('<img src=x alt=""><img src=x><img src=x alt="IMG_2044.jpg">', []),
        ("<pre>one\nline\n\ntwo</pre>", ["paragraph: one line", "paragraph: two"]),
        ("<p>10<sup>5</sup> people, 3 km<sup>2</sup></p>", ["paragraph: 10⁵ people, 3 km²"]),
        ("<p>He left.<sup>12</sup> She<sup>[3]</sup> stayed.</p>", ["paragraph: He left. She stayed."]),
        ("<p>we saw <del>30</del><ins>40</ins> <s>dead</s> people</p><p><strike>No.</strike></p>", ["paragraph: we saw 40 people"]),
        ("<p>the 1<sup>st</sup> of May</p>", ["paragraph: the 1st of May"]),
        ("<p>a<script>b</script><style>c</style><noscript>d</noscript><template>e</template>f</p>", ["paragraph: af"]),
        ("<p>a <span aria-hidden=true>x</span><span style='display:none'>y</span><span hidden>z</span>b</p>", ["paragraph: a b"]),
        ("<figure><figcaption><h2>Not a section</h2></figcaption></figure>", ["caption: Not a section"]),
        ("<p>free&shy;dom&nbsp;of&#8203; speech &lt;now&gt;</p>", ["paragraph: freedom of speech <now>"]),
    ],
)  # fmt: skip
def test_html_becomes_blocks(markup: str, blocks: list[str]) -> None:
    document = _html(markup)
    assert _blocks(document) == blocks
    assert len(document.sections) == 1


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("one\nline.\n\ntwo", ["paragraph: one line.", "paragraph: two"]),
        ("- a\n- b\n  more\n1. c", ["list_item: a", "list_item: b more", "list_item: c"]),
        ("> said\n> twice", ["quote: said twice"]),
        ("| a | b |\n|---|:-:|\n| c | d |", ["table_row: a | b", "table_row: c | d"]),
        ("**bold** *it* __b__ _i_ `code_x`", ["paragraph: bold it b i code_x"]),
        ("~~30~~ 40 people\n\n~~Nobody.~~\n\n~~ or ~~", ["paragraph: 40 people", "paragraph: ~~ or ~~"]),
        ("snake_case_name and 2 * 3 * 4", ["paragraph: snake_case_name and 2 * 3 * 4"]),
        (r"\*not\* \_emphasis\_ &amp; 5 &lt; 6", ["paragraph: *not* _emphasis_ & 5 < 6"]),
        ("![A pier](p.jpg) text", ["paragraph: text", "image: A pier"]),
        ("a<!-- hidden --> b <span class=x>c</span>", ["paragraph: a b c"]),
        ("said.<sup>1</sup> 5 km<sup>2</sup>", ["paragraph: said. 5 km²"]),
        ("***\n\ntext\n\n---", ["paragraph: text"]),
    ],
)  # fmt: skip
def test_markdown_becomes_blocks(text: str, blocks: list[str]) -> None:
    assert _blocks(_markdown(f"# T\n\n{text}\n")) == blocks


def test_markdown_headings_of_both_forms_head_sections() -> None:
    document = _markdown(
        "Title\n=====\n\nLead.\n\nFirst\n-----\n\na\n\n### Second ### \n\nb\n\n## Third {#third}\n\nc\n"
    )
    assert [(section.heading, section.level, section.anchor) for section in document.sections] == [
        ("Title", 1, None), ("First", 2, None), ("Second", 3, None), ("Third", 2, "third"),
    ]  # fmt: skip


def test_links_keep_their_place_and_lose_their_tracking() -> None:
    markup = '<p> See <a href="/a?utm_source=x&b=1"> the  report </a>, <a href="#top">top</a> <a href="javascript:x()">run</a> <a href="http://o.org/?fbclid=1">o</a>.</p>'
    block = _html(markup, url="https://example.org/x/").sections[0].blocks[0]
    assert block.text == "See the report , top run o."
    assert _linked(block) == [("the report", "https://example.org/a?b=1"), ("o", "http://o.org/")]


def test_markdown_links_of_every_form_are_kept() -> None:
    text = "# T\n\n[one](http://a.org/x_(y) 'title'), [two][r], [three][], <http://c.org> and ![no](i.png)\n\n[r]: http://b.org\n[three]: /d\n"
    block = _markdown(text, url="http://e.org/f/").sections[0].blocks[0]
    assert _linked(block) == [
        ("one", "http://a.org/x_(y)"), ("two", "http://b.org"), ("three", "http://e.org/d"), ("http://c.org", "http://c.org"),
    ]  # fmt: skip


def test_a_numbered_list_at_the_end_is_footnotes_only_if_the_marks_say_so() -> None:
    listed = "<ol><li>First note</li><li>Second note</li></ol>"
    with_marks = _html(f"<p>A.<sup>1</sup> B.<sup>2</sup></p>{listed}")
    without = _html(f"<p>A. B.</p>{listed}")
    assert [(note.mark, note.text) for note in with_marks.footnotes] == [("1", "First note"), ("2", "Second note")]
    assert _blocks(with_marks) == ["paragraph: A. B."]
    assert without.footnotes == ()
    assert len(_blocks(without)) == 3


def test_markdown_footnotes_of_both_forms_are_kept_apart() -> None:
    document = _markdown("# T\n\nA.[^1] B.[^b]\n\n[^1]: First [paper](http://a.org).\n[^b]: Second.\n")
    assert [(note.mark, note.text, note.href) for note in document.footnotes] == [
        ("1", "First paper.", "http://a.org"),
        ("b", "Second.", None),
    ]
    assert _blocks(document) == ["paragraph: A. B."]


def test_an_anchor_is_kept_unless_it_was_made_up_for_this_copy() -> None:
    document = _html(
        '<h2 id="h-background">A</h2><h2 id="h-45be3b10">B</h2><h2 id="0d9c1f42-8e33-4a1b">C</h2><h2>D</h2><h2 id="facade">E</h2>'
    )
    assert [section.anchor for section in document.sections[1:]] == ["h-background", None, None, None, "facade"]


def test_the_language_asked_for_wins() -> None:
    assert _html("<p>Text.</p>", language="FR-ca").language == "fr"


def test_alternates_are_what_the_page_offers() -> None:
    page = b'<html lang=en><head><link rel=alternate hreflang=fr href="/fr/x"><link rel=alternate hreflang=x-default href="/x"></head><body><h1>T</h1><p>x'
    document = read(page, source="t.html", url="https://example.org/en/")
    assert document.alternates == (("fr", "https://example.org/fr/x"), ("x-default", "https://example.org/x"))


def test_a_profile_of_the_user_is_followed() -> None:
    own = parse_profile(
        {"hosts": ["example.org"], "selectors": {"main": [".r"], "noise": [".n"]}, "labels": {"end": ["More"]}},
        name="own",
    )
    document = _html(
        "<p>out</p><div class=r><p>in</p><p class=n>noise</p><h2>A</h2><p>x</p><h2>More of it</h2><p>y</p></div>",
        profile=own,
    )
    assert _blocks(document) == ["paragraph: in", "paragraph: x"]
    assert document.profile == "own"


def test_a_paragraph_cut_at_a_page_end_is_whole_again_in_text_and_not_in_html() -> None:
    cut = "held for seven years under “calm", "“of the harbour” laws."
    assert _blocks(_markdown("# T\n\n" + "\n\n".join(cut))) == [
        "paragraph: held for seven years under “calm of the harbour” laws."
    ]
    assert len(_blocks(_html("".join(f"<p>{part}</p>" for part in cut)))) == 2


def test_the_hash_is_of_the_bytes_given() -> None:
    content = b"\xef\xbb\xbf# T\r\n\r\nx"
    assert read(content, source="a.md").sha256 == hashlib.sha256(content).hexdigest()


def test_a_page_that_begins_with_a_quotation_in_another_language_keeps_its_own():
    quotation = (
        "<p>" + "The committee of the harbour said that it had not been told of the order and was not there. " * 40
    )
    own = "<p>" + "Las autoridades de la provincia no respondieron a las preguntas de las familias del puerto. " * 60
    page = f'<html lang="es"><title>Norvania 2024</title><body><main><h1>Norvania 2024</h1>{quotation}{own}</main>'
    document = read(page.encode(), source="page")
    assert (document.language, document.notes) == ("es", ())
