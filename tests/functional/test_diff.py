"""`monitor diff` and `monitor inspect` as a user meets them: two files in, a report and an exit status out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Norvania 2024</title></head><body><main>
<h1>Norvania 2024</h1><p>The government of Norvania tightened its grip on public life throughout the whole year.</p>
<h2>Freedom of expression</h2><p>{figure} new cases were opened under the wartime speech laws, the ministry said.</p>
<p>In October, nine prisoners were {hedge}shot dead near the border town of Halden by unknown guards.</p>
<h2>Right to education</h2><p>Schools in the coastal provinces stayed closed for most of the winter term.</p>
</main></body></html>"""
OLD = PAGE.format(figure="At least 98", hedge="reportedly ")
NEW = PAGE.format(figure="At least 104", hedge="")


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "old.html").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.html").write_text(NEW, encoding="utf-8")
    return tmp_path


def test_two_versions_differ_in_a_figure_and_a_hedge(run_monitor, pages):
    ran = run_monitor("diff", "old.html", "new.html")
    assert ran.status == 1
    assert "reportedly" in ran.out
    assert "104" in ran.out
    assert ran.err == ""


def test_the_same_file_twice_is_the_same(run_monitor, pages):
    ran = run_monitor("diff", "old.html", "old.html")
    assert ran.status == 0


@pytest.mark.parametrize("form", ["text", "html", "markdown", "json", "jsonl"])
def test_every_format_names_the_section_that_changed(run_monitor, pages, form):
    ran = run_monitor("diff", "old.html", "new.html", "--format", form, "--output", "report")
    assert ran.status == 1
    assert "Freedom of expression" in (pages / "report").read_text(encoding="utf-8")


def test_the_json_follows_the_contract(run_monitor, pages):
    comparison = json.loads(run_monitor("diff", "old.html", "new.html", "--format", "json").out)
    assert comparison["schema"] == "comparison/1"
    assert comparison["kind"] == "revision"
    assert comparison["changed"] is True
    assert {change["class"] for change in comparison["changes"]} == {"number", "hedging"}
    for change in comparison["changes"]:
        assert "".join(text for operation, text in change["hunks"] if operation in "=-") == change["old_text"]
        assert "".join(text for operation, text in change["hunks"] if operation in "=+") == change["new_text"]
    figure = next(row for row in comparison["statistics"] if row["change"] == "changed")
    assert (figure["old"]["value"], figure["new"]["value"], figure["delta"]) == (98, 104, 6)


def test_standard_input_is_a_document(run_monitor, pages):
    ran = run_monitor("diff", "old.html", "-", standard_input=NEW.encode())
    assert ran.status == 1


def test_pairs_are_compared_in_order_and_a_bad_pair_does_not_stop_the_others(run_monitor, pages):
    rows = [{"id": "a", "old": "old.html", "new": "gone.html"}, {"id": "b", "old": "old.html", "new": "new.html"}]
    (pages / "pairs.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ran = run_monitor("diff", "--pairs", "pairs.jsonl", "--format", "jsonl")
    first, second = map(json.loads, ran.out.splitlines())
    assert first["id"] == "a"
    assert "gone.html" in first["error"]
    assert (second["id"], second["changed"]) == ("b", True)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.html", None, "no such file"),
        ("empty.html", b"", "empty"),
        ("binary.html", bytes(range(256)) * 40, "binary"),
        ("nested.html", b"<div>" * 100_000, "nest"),
        ("huge.html", b"<p>word</p>" * 5_000_000, "MB"),
        ("paper.pdf", b"%PDF-1.7 \xe2\xe3\xcf\xd3 obj", "PDF"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_status_2(run_monitor, pages, name, content, words):
    if content is not None:
        (pages / name).write_bytes(content)
    ran = run_monitor("diff", "old.html", name)
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert words in ran.err
    assert name in ran.err
    assert ran.out == ""


def test_documents_with_nothing_in_common_are_compared_without_false_pairs(run_monitor, pages):
    other = "<html lang=en><title>Recipes</title><body><h1>Soup</h1><p>Boil four carrots with salt until soft.</p>"
    (pages / "soup.html").write_text(other, encoding="utf-8")
    comparison = json.loads(run_monitor("diff", "old.html", "soup.html", "--as", "revision", "--format", "json").out)
    statuses = {link["status"] for link in comparison["alignment"] if not (link["old"] == ["s0"] and link["new"])}
    assert statuses <= {"added", "removed"}


def test_inspect_tells_sections_and_verdict(run_monitor, pages):
    ran = run_monitor("inspect", "old.html", "--format", "jsonl")
    document = json.loads(ran.out)
    assert document["schema"] == "document/1"
    assert [section["heading"] for section in document["sections"]] == [
        "Norvania 2024",
        "Freedom of expression",
        "Right to education",
    ]
    assert document["edition"] == 2024
    assert document["sections"][1]["statistics"][0]["quote"] == "At least 98"
    assert "Freedom of expression" in run_monitor("inspect", "old.html").out


def test_a_terminal_escape_in_a_page_does_not_reach_the_terminal(run_monitor, pages):
    (pages / "hostile.html").write_text(NEW.replace("near", "\x1b[2J near \u202e"), encoding="utf-8")
    ran = run_monitor("diff", "old.html", "hostile.html")
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out


def test_a_text_too_short_to_tell_its_language_is_in_that_of_the_other(run_monitor, tmp_path):
    text = "# Norvania 2024\n\nLead text here about the harbour.\n\n## Prisons\n\nAt least 98 guards reportedly left.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "b.md").write_text(text.replace("At least 98", "104").replace("reportedly ", ""), encoding="utf-8")
    for old, new in (("a.md", "b.md"), ("b.md", "a.md")):
        comparison = json.loads(run_monitor("diff", old, new, "--format", "json").out)
        assert comparison["kind"] == "revision"
        assert [change["class"] for change in comparison["changes"]] == ["hedging"]
        assert comparison["statistics"][0]["delta"] in (6, -6)


def test_an_output_that_is_full_is_one_line_and_status_2(pages):
    command = [sys.executable, "-m", "monitor", "diff", pages / "old.html", pages / "new.html"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "monitor: standard output: No space left on device; look whether it can be written\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("diff", "old.html", "new.html", "--config", "nope.toml"), "nope.toml: no such file"),
        (("diff", "old.html", "new.html", "--wording", "de"), "'de': reports are worded in ar, en"),
        (("diff", "old.html", "new.html", "--language", "not a tag!"), "'not a tag!' is no language tag"),
        (("diff", "--pairs", "pairs.jsonl", "--format", "html"), "not html"),
        (("translations", "old.html", "new.html", "--source", "fr"), "--source fr: no text to be compared is in it"),
        (("alerts", "list", "--limit", "-3"), "--limit -3: give how many"),
        (("inspect", ""), "a document's name is empty"),
        (("inspect", "HTTP://127.0.0.1:9/x"), "127.0.0.1:9: no connection"),
        (("inspect", "old.html", "--profile", "nothing"), "nothing: no such profile; give amnesty, generic"),
        (("inspect", "old.html", "--profile", "gone.toml"), "gone.toml: cannot be read (No such file"),
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_followed_is_one_line_and_status_2(run_monitor, pages, arguments, words):
    (pages / "pairs.jsonl").write_text("{}", encoding="utf-8")

    ran = run_monitor(*arguments)

    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert words in ran.err


def test_a_bad_line_of_pairs_is_told_by_its_number_and_in_words(run_monitor, pages):
    (pages / "pairs.jsonl").write_text('\n{bad\n[1]\n{"id": "c", "old": "old.html"}\n', encoding="utf-8")

    ran = run_monitor("diff", "--pairs", "pairs.jsonl")

    no_object = 'is no JSON object; give {"id": …, "old": …, "new": …}'
    assert [json.loads(line) for line in ran.out.splitlines()] == [
        {"id": "line 2", "error": f"line 2 {no_object}"},
        {"id": "line 3", "error": f"line 3 {no_object}"},
        {"id": "c", "error": "line 4 has no new"},
    ]


def test_a_profile_of_ones_own_is_tried_on_a_file(run_monitor, pages):
    (pages / "own.toml").write_text(
        'hosts = ["norvania.example"]\n[selectors]\nnoise = ["main > p"]\n', encoding="utf-8"
    )

    ran = run_monitor("inspect", "old.html", "--profile", "own.toml", "--format", "jsonl")

    assert [section["blocks"] for section in json.loads(ran.out)["sections"]] == [[], [], []]


def test_every_mistake_of_a_profile_is_a_line(run_monitor, pages):
    (pages / "mine.toml").write_text('nmae = "x"\nmain = 5\n', encoding="utf-8")
    ran = run_monitor("inspect", "old.html", "--profile", "mine.toml")
    assert ran.status == 2
    assert [line.split(": ")[:3] for line in ran.err.splitlines()] == [
        ["monitor", "mine.toml", "nmae"], ["monitor", "mine.toml", "main"],
        ["monitor", "mine.toml", "hosts, markup or phrases"],
    ]  # fmt: skip
