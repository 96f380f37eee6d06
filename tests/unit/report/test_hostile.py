"""Hostile text reaches no report as anything but text."""

import html
import json
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.model.comparison import Change, ChangeClass, Comparison, Finding, Hunk, Operation
from monitor.model.document import Footnote, Quality, SectionId, Verdict
from monitor.model.note import NoteCode, note
from monitor.report.data import as_json_line
from monitor.report.markdown import markdown
from monitor.report.outline import outline
from monitor.report.page import page
from monitor.report.plain import plain
from monitor.report.shapes import ChangeCard
from monitor.report.view import view
from monitor.report.visible import visible
from tests.unit.report import samples

HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<svg/onload=alert(1)>", "</style><script>x</script>",
    "<a href='javascript:alert(1)'>x</a>", "{{ 7*7 }}{% raw %}", "<!-- x", "]]>", "&lt;script&gt;", "</p></div></body>",
    "\x1b]0;owned\x07\x1b[2J", "\x00\x08\x7f\x9b31m", "\u202eevil\u2066", "x" * 5_000, "`code` **bold** ~~s~~ [x](http://evil.example)",
    "| a | b |", "<!here> @channel", "![x](http://evil.example/a.png)", "\r\n# forged\r\n- [ ] heading", "\ud800", "𝕏\u0300\u0301",
]  # fmt: skip


def everywhere(text: str) -> Comparison:
    """A comparison with the text in every place that a page can fill."""
    old = samples.document(
        samples.section(0, text, text, "gone " + text), samples.section(1, text + " old", "same " + text),
        title=text, source=text, language="en", notes=(note(NoteCode.NO_SECTIONS, title=text),), quality=Quality(verdict=Verdict.TRUNCATED, reason=text),
        footnotes=(Footnote(mark=text, text=text, href=text),),
    )  # fmt: skip
    new = old._replace(sections=(old.sections[0], old.sections[1]._replace(heading=text + " new", anchor=text)))
    finding = Finding(change_class=ChangeClass.HEDGING, old=text, new="")
    change = Change(
        change_class=ChangeClass.HEDGING, old_section=SectionId("s0"), new_section=SectionId("s0"), old_block=0, new_block=0,
        old_text=text, new_text="", hunks=(Hunk(Operation.DELETE, text),), findings=(finding,),
    )  # fmt: skip
    figures = [
        samples.correction().statistics[0]._replace(old_sentence=text, new_sentence=text,
            new=samples.correction().statistics[0].new._replace(quote=text, counted=text, section="s0"),
        )
    ]  # fmt: skip
    links = (
        samples.link("s0", "s0", samples.SectionStatus.EDITED),
        samples.link("s1", "s1", samples.SectionStatus.UNCHANGED, renamed=True, moved=True),
    )
    return samples.unchanged(
        old=old, new=new, changed=True, changes=(change,), alignment=links, statistics=tuple(figures), notes=(note(NoteCode.NO_SECTIONS, title=text),)
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_the_page_holds_no_tag_and_no_attribute_of_the_text(text: str) -> None:
    plain_page = page(view(everywhere("harmless")))
    shown = page(view(everywhere(text)))
    assert sorted(set(re.findall(r"<[a-z/!][^\s>]*", shown))) == sorted(set(re.findall(r"<[a-z/!][^\s>]*", plain_page)))
    tags = re.findall(r"<[^>]*>", shown.partition("</style>")[2])
    assert not any(re.search(r"\son\w+\s*=|javascript:|srcdoc|style=", tag) for tag in tags)
    assert visible(text) in html.unescape(shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_acts_on_the_terminal(text: str) -> None:
    comparison = everywhere(text)
    for shown in (plain(view(comparison), colour=False, width=80), outline(comparison.old)):
        acting = [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
        assert acting == []
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_acts_in_markdown(text: str) -> None:
    shown = markdown(view(everywhere(text)))
    own = re.sub(r"\\.|&(?:lt|gt|amp);", "", shown)
    assert not re.search(r"<(?!https?://)|!\[|\]\(|`", own)
    assert not re.search(r"@\w|(?<!<)https?://", own)
    assert not re.search(r"^# forged|^- \[ \]", shown, re.MULTILINE)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in shown if c != "\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_json_gives_the_text_as_it_is_on_one_line(text: str) -> None:
    line = as_json_line(everywhere(text))
    assert json.loads(line)["changes"][0]["old_text"] == text
    assert line.count("\n") == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1), st.text(), st.text(min_size=1))
def test_a_card_tells_both_texts_in_full(kept: str, gone: str, came: str) -> None:
    change = Change(
        change_class=ChangeClass.WORDING, old_section=SectionId("s0"), new_section=SectionId("s0"), old_block=0, new_block=0,
        old_text=kept + gone, new_text=kept + came,
        hunks=tuple(h for h in (Hunk(Operation.EQUAL, kept), Hunk(Operation.DELETE, gone), Hunk(Operation.INSERT, came)) if h.text),
    )  # fmt: skip
    old, new = (samples.document(samples.section(0, "Lead", kept + end)) for end in (gone, came))
    shown = view(samples.one_edit("x", old=old, new=new, changes=(change,)))
    card = shown.sections[0].items[0]
    assert isinstance(card, ChangeCard)
    assert "".join(segment.text for segment in card.old_segments) == visible(kept + gone)
    assert "".join(segment.text for segment in card.new_segments) == visible(kept + came)
    assert page(shown)
    assert markdown(shown).encode()
    text = plain(shown, colour=False, width=40)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in text if c != "\n")
