"""The four formats lay out one view: HTML, terminal, Markdown, JSON."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from monitor.model.comparison import ChangeClass, Comparison
from monitor.model.document import Block, BlockKind, Footnote, Link, Quality, Verdict
from monitor.report.columns import columns
from monitor.report.data import as_json, as_json_line, document_record
from monitor.report.markdown import escaped, markdown
from monitor.report.outline import outline
from monitor.report.page import page
from monitor.report.plain import plain
from monitor.report.view import view
from tests.unit.report import samples

_SGR = re.compile(r"\x1b\[[\d;]*m")
VOID = {"meta", "input", "br"}


class Tags(HTMLParser):
    """Collects the tags of a page and checks that they nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def terminal(comparison: Comparison, *, width: int = 80, colour: bool = False) -> str:
    return plain(view(comparison), colour=colour, width=width)


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("wording", ["en", "ar"])
def test_the_page_nests_and_every_link_inside_it_leads_somewhere(language: str, wording: str) -> None:
    tags = Tags(page(view(samples.correction(language), wording=wording)))
    names = {attributes["id"] for _, attributes in tags.found if "id" in attributes}
    inner = [a["href"][1:] for a in tags.all("a") if str(a["href"]).startswith("#")]
    assert set(inner) <= names
    assert len(names) == sum("id" in attributes for _, attributes in tags.found)
    assert tags.all("html") == [{"lang": wording, "dir": "rtl" if wording == "ar" else "ltr"}]


def test_the_page_loads_nothing_and_allows_only_its_own_style() -> None:
    text = page(view(samples.correction()))
    tags = Tags(text)
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(meta["content"] for meta in tags.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not {tag for tag, _ in tags.found} & {"script", "link", "img", "iframe", "object", "form", "base", "svg"}
    assert "url(" not in style
    assert "@import" not in style
    assert not any(name.startswith("on") or name == "style" for _, attributes in tags.found for name in attributes)


def test_links_out_of_the_page_give_no_opener() -> None:
    outside = [a for a in Tags(page(view(samples.correction()))).all("a") if not str(a["href"]).startswith("#")]
    assert outside
    assert all(str(a["href"]).startswith("https://norvania.example/") for a in outside)
    assert all(a["rel"] == "noopener noreferrer" for a in outside)


def test_changes_are_told_to_a_screen_reader() -> None:
    text = page(view(samples.correction()))
    assert re.search(r'<del[^>]*><span class="vh" lang="en"> removed: </span>reportedly </del>', text)
    assert re.search(r'<ins[^>]*><span class="vh" lang="en"> added: </span>186</ins>', text)


def test_letters_of_the_old_and_the_new_word_do_not_join() -> None:
    text = page(view(samples.correction("ar")))
    assert 'del + ins::before, ins + del::before { content: "\\200C"; }' in text.partition("</style>")[0]


def test_no_white_space_comes_into_chinese_text() -> None:
    text = page(view(samples.correction("zh")))
    assert "当局<del><span" in text
    assert "</del>允许独立观察员进入布里斯克的营地。</p>" in text


def test_blocks_carry_their_language_and_direction() -> None:
    paragraphs = Tags(page(view(samples.correction("ar")))).all("p")
    texts = [p for p in paragraphs if str(p.get("class", "")).startswith("text")]
    assert texts
    assert all((p["lang"], p["dir"]) == ("ar", "rtl") for p in texts)


def test_a_block_of_unknown_language_finds_its_own_direction() -> None:
    base = samples.one_edit("a [-b-]{+c+}")
    unknown = samples.one_edit(
        "a [-b-]{+c+}", old=samples.document(*base.old.sections, language="und"),
        new=samples.document(*base.new.sections, language="und"),
    )  # fmt: skip
    paragraphs = [p for p in Tags(page(view(unknown))).all("p") if str(p.get("class", "")).startswith("text")]
    assert all((p["lang"], p["dir"]) == ("", "auto") for p in paragraphs)


def test_the_terminal_report_reads_without_colour() -> None:
    text = terminal(samples.correction())
    assert "nine prisoners of war were [-reportedly -]shot dead" in text
    assert "sentenced" in text
    assert "[-171-]{+186+}" in text
    assert "4 sections unchanged: Norvania 2024 · Background · Impunity · Right to a healthy environment" in " ".join(
        text.split()
    )
    assert text.index("Figures") < text.index("≠ Violations")
    assert "\x1b" not in text


def test_colour_adds_nothing_but_colour() -> None:
    coloured = terminal(samples.correction(), colour=True)
    assert "\x1b[31;9m" in coloured
    assert _SGR.sub("", coloured) == terminal(samples.correction())
    assert all(line.count("\x1b[") % 2 == 0 for line in coloured.splitlines())


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal(language: str, width: int) -> None:
    assert max(columns(line) for line in terminal(samples.correction(language), width=width).splitlines()) <= width


def test_a_word_wider_than_the_terminal_is_cut() -> None:
    text = terminal(samples.one_edit(f"a {{+{'x' * 500}+}}"), width=40)
    assert max(map(len, text.splitlines())) <= 40
    assert text.count("x") >= 500


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
@pytest.mark.parametrize("width", range(20, 40))
def test_no_line_breaks_inside_a_number(space: str, width: int) -> None:
    number = f"150{space}000"
    text = terminal(samples.one_edit(f"Some text that is long {{+{number}+}} and goes on here."), width=width)
    assert number in text


def test_no_chinese_line_begins_with_a_closing_mark() -> None:
    text = terminal(samples.one_edit(f"{'改革。' * 60}[-旧-]{{+新+}}{'改革。' * 60}"), width=41)
    assert not any(line.strip().startswith("。") for line in text.splitlines())


def test_long_unchanged_runs_of_a_paragraph_are_left_out_around_the_change() -> None:
    text = terminal(samples.one_edit(f"{'start ' * 200}[-old-]{{+new+}}{' end' * 200}"))
    assert "…" in text
    assert "[-old-]{+new+}" in text
    assert len(text) < 1200


def test_nothing_changed_is_said_in_two_lines_of_the_terminal() -> None:
    text = terminal(samples.unchanged(), width=200)
    assert "Norvania 2024 did not change" in text
    assert "Nothing that a reader of the report would see has changed." in text
    assert text.count("Not counted as change") == 1


def test_markdown_marks_what_went_and_came() -> None:
    text = markdown(view(samples.correction()))
    assert "> In October, nine prisoners of war were ~~reportedly~~ shot dead" in text
    assert "~~171~~ **186** people" in text
    assert "## ~~Refugees~~ **Refugees and migrants** (Aa renamed)" in text
    assert "| Freedom of expression | new criminal cases | At least 98 | 98 | limit dropped |" in text
    assert "- ⚠ **A reservation was dropped:** “reportedly”" in text


@pytest.mark.parametrize(
    ("marked", "line"),
    [
        ("法院[-“据报”-]{+据报+}裁定", "> 法院{--“据报”--} **据报**裁定"),
        ("报告[-旧-]{+新+}文", "> 报告~~旧~~ **新**文"),
        ("a [-, b-]c", "> a ~~, b~~c"),
        ("word[- -]word", "> word{-- --}word"),
    ],
)  # fmt: skip
def test_marks_that_a_renderer_would_not_take_are_written_otherwise(marked: str, line: str) -> None:
    assert line in markdown(view(samples.one_edit(marked))).splitlines()


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"), ("<b>&amp;", "&lt;b&gt;&amp;amp;"), ("[a](http://b)", r"\[a\](http\://b)"),
        ("# head", r"\# head"), ("- item", r"\- item"), ("1. item", r"1\. item"), ("a | b", r"a \| b"),
        ("@here", "@\u200bhere"), ("#12", "#\u200b12"), ("www.evil.example", r"www\.evil.example"), ("~~x~~", r"\~\~x\~\~"),
    ],
)  # fmt: skip
def test_markdown_in_a_text_is_defused(text: str, safe: str) -> None:
    assert escaped(text) == safe


def test_json_has_everything_and_each_line_is_one_record() -> None:
    comparison = samples.one_edit(f"{{+{'word ' * 10_000}+}}\u2028[-\u0085-]", ChangeClass.ADDED)
    line = as_json_line(comparison)
    assert json.loads(line) == comparison.to_dict() == json.loads(as_json(comparison))
    assert len(line.splitlines()) == 1


def test_json_can_be_written_even_with_a_source_that_is_no_unicode() -> None:
    side = samples.document(samples.section(0, "Lead", "Text."), source="caf\udce9.html")
    line = as_json_line(samples.unchanged(old=side))
    assert line.encode()
    assert json.loads(line)["old"]["source"] == "caf\udce9.html"


def test_a_document_record_has_the_form_of_the_contract() -> None:
    section = samples.section(0, "Norvania 2024", "At least 98 people fled.", kind=BlockKind.LIST_ITEM)
    record = document_record(
        samples.document(section, footnotes=(Footnote(mark="1", text="A note", href="https://a.example"),))
    )
    assert record["schema"] == "document/1"
    assert record["footnotes"] == [{"mark": "1", "text": "A note", "href": "https://a.example"}]
    shown = record["sections"][0]  # type: ignore[index]
    assert {k: shown[k] for k in ("id", "position", "level", "heading", "topic")} == {
        "id": "s0", "position": 0, "level": 2, "heading": "Norvania 2024", "topic": None,
    }  # fmt: skip
    assert [(b["kind"], b["text"]) for b in shown["blocks"]] == [("list_item", "At least 98 people fled.")]
    assert [(s["quote"], s["section"], s["block"]) for s in shown["statistics"]] == [("At least 98", "s0", 0)]


def test_links_of_a_block_are_in_its_record() -> None:
    block = Block(kind=BlockKind.PARAGRAPH, text="See here.", links=(Link(start=4, end=8, href="https://a.example"),))
    section = samples.section(0, "Lead")._replace(blocks=(block,))
    record = document_record(samples.document(section))
    assert record["sections"][0]["blocks"][0]["links"] == [  # type: ignore[index]
        {"start": 4, "end": 8, "href": "https://a.example"}
    ]  # fmt: skip


def test_the_outline_tells_what_was_read() -> None:
    quality = Quality(verdict=Verdict.TRUNCATED, reason="the page ends in a sentence")
    document = samples.document(
        samples.section(0, "Norvania 2024", "At least 98 people fled."), samples.section(1, "Background", "One two three."),
        quality=quality, footnotes=(Footnote(mark="1", text="A note", href="https://a.example"),),
    )  # fmt: skip
    lines = outline(document).splitlines()
    assert lines[0] == "Norvania 2024"
    assert lines[1] == "en, 2024 · truncated (the page ends in a sentence) · 2 sections, 8 words"
    assert " 1  Background · 3 words" in lines
    assert any("At least 98 · count · people fled" in line for line in lines)
    assert "  [1] A note <https://a.example>" in lines
