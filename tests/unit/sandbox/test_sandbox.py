"""Pages read in a child, and what becomes of those that kill it."""

import os
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from monitor.demo.stages import Stage
from monitor.errors import LimitError, ReadingError
from monitor.model.history import Snapshot
from monitor.runs.examine import Sample, examine
from monitor.runs.translations import Gathered, Text, gathered, put_side_by_side
from monitor.sandbox.child import MEMORY, sent
from monitor.sandbox.parent import Sandbox
from tests.fakes.norvania import TARGET, shelf
from tests.fakes.reports import LANGUAGES, report
from tests.unit.store.samples import START, capture


def snapshot(content: bytes, language: str = "en") -> Snapshot:
    found = capture(content)
    return Snapshot(
        target="maravel", language=language, sha256=found.sha256, content=content, url=found.url,
        media_type="text/html", captured_at=START,
    )  # fmt: skip


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_child_finds_what_would_be_found_here(sandbox: Sandbox, language: str) -> None:
    sample = Sample(new=snapshot(report(language, figure=13), language), base=snapshot(report(language), language))
    assert sandbox(sample) == examine(sample)


def test_no_child_is_started_before_a_page_has_to_be_read(sandbox: Sandbox) -> None:
    assert sandbox._child is None


def test_one_child_serves_many_pages(sandbox: Sandbox) -> None:
    processes = set()
    for figure in range(5):
        sandbox(Sample(new=snapshot(report(figure=figure))))
        assert sandbox._child is not None
        processes.add(sandbox._child.pid)
    assert len(processes) == 1


def test_what_is_no_document_is_told_and_kills_nobody(sandbox: Sandbox) -> None:
    with pytest.raises(ReadingError, match="PNG"):
        sandbox(Sample(new=snapshot(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)))
    assert sandbox(Sample(new=snapshot(report()))).document is not None


@pytest.mark.parametrize(
    ("death", "cause"),
    [
        (signal.SIGSEGV, "parser_crash"), (signal.SIGBUS, "parser_crash"), (signal.SIGXCPU, "parse_limit"),
        (signal.SIGABRT, "parse_memory"),
    ],
)  # fmt: skip
def test_a_child_that_dies_is_told_by_its_cause_and_replaced(sandbox: Sandbox, death: int, cause: str) -> None:
    sandbox(Sample(new=snapshot(report())))
    assert sandbox._child is not None
    os.kill(sandbox._child.pid, signal.SIGSTOP)
    os.kill(sandbox._child.pid, death)
    os.kill(sandbox._child.pid, signal.SIGCONT)
    with pytest.raises(LimitError) as caught:
        sandbox._asked(sandbox._child, b"")
    assert caught.value.cause == cause
    assert sandbox(Sample(new=snapshot(report()))).document is not None


def test_a_child_that_an_error_of_the_program_ends_is_told_as_that_and_replaced(sandbox: Sandbox) -> None:
    sandbox(Sample(new=snapshot(report())))
    assert sandbox._child is not None
    with pytest.raises(LimitError, match="an error of the program") as caught:
        sandbox._asked(sandbox._child, pickle.dumps("no sample"))
    assert caught.value.cause == "parser_crash"
    assert sandbox(Sample(new=snapshot(report()))).document is not None


def test_the_child_puts_languages_side_by_side_as_it_would_be_done_here(sandbox: Sandbox) -> None:
    found = gathered(shelf(Stage.FIRST_EDITION, Stage.NOISE, Stage.SILENT_CORRECTION), TARGET, {})
    assert sandbox.put_side_by_side(found) == put_side_by_side(found)


def test_languages_that_cost_too_much_are_told_and_the_child_replaced() -> None:
    pages = {("maravel", tag): [text(figures(tag, 3_000), tag)] for tag in ("en", "fr")}
    found = Gathered(pages=pages, apart=(), source=("maravel", "en"))
    with closing(Sandbox(seconds=0)) as sandbox:
        with pytest.raises(LimitError, match="seconds of computing"):
            sandbox.put_side_by_side(found)
        assert sandbox(Sample(new=snapshot(report()))).document is not None


def figures(language: str, number: int) -> bytes:
    """A report with so many figures in its last section."""
    more = b"<p>%s</p></article>" % b" ".join(b"%d people died." % figure for figure in range(number))
    return report(language).replace(b"</article>", more)


def text(content: bytes, language: str) -> Text:
    return Text(snapshot=snapshot(content, language), profile=None, since=START, until=START)


ATTRIBUTES = b"<p " + b" ".join(b"a%d" % number for number in range(990)) + b">x</p>"


def test_a_page_that_takes_more_memory_than_the_child_has_is_told_and_the_child_replaced() -> None:
    with closing(Sandbox(memory=80_000_000)) as sandbox:
        sandbox(Sample(new=snapshot(report())))
        first = sandbox._child
        with pytest.raises(LimitError, match="more memory") as caught:
            sandbox(Sample(new=snapshot(b"<html><body>" + ATTRIBUTES * 400)))
        assert caught.value.cause == "parse_memory"
        assert sandbox(Sample(new=snapshot(report()))).document is not None
        assert sandbox._child is not first


def test_a_page_that_takes_longer_than_the_child_may_compute_is_told_and_the_child_replaced() -> None:
    with closing(Sandbox(seconds=0)) as sandbox:
        sandbox(Sample(new=snapshot(report())))
        with pytest.raises(LimitError, match="seconds of computing") as caught:
            sandbox(Sample(new=snapshot(b"<html><body>" + b"<h2>x of the y</h2><p>a b c d e f g</p>" * 30_000)))
        assert caught.value.cause == "parse_limit"
        assert sandbox(Sample(new=snapshot(report()))).document is not None


def test_the_child_has_half_a_gigabyte_and_ten_seconds_a_page(sandbox: Sandbox) -> None:
    sandbox(Sample(new=snapshot(report())))
    assert sandbox._child is not None
    memory, _ = resource.prlimit(sandbox._child.pid, resource.RLIMIT_AS)
    seconds, _ = resource.prlimit(sandbox._child.pid, resource.RLIMIT_CPU)
    assert memory == 512 * 1024 * 1024
    assert 10 <= seconds <= 12


def test_a_page_of_deep_nesting_is_refused_before_the_parser(sandbox: Sandbox) -> None:
    with pytest.raises(LimitError) as caught:
        sandbox(Sample(new=snapshot(b"<div>" * 100_000)))
    assert caught.value.cause == "parse_limit"


def test_a_child_that_stands_still_is_given_up() -> None:
    sandbox = Sandbox(patience=2)
    sample = Sample(new=snapshot(report()))
    sandbox(sample)
    assert sandbox._child is not None
    os.kill(sandbox._child.pid, signal.SIGSTOP)
    with pytest.raises(LimitError, match="seconds"):
        sandbox(sample)
    sandbox.close()


def test_a_child_whose_parent_is_gone_ends_without_a_word() -> None:
    command = [sys.executable, "-m", "monitor.sandbox.child", str(MEMORY), "10"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        sent(child.stdin, pickle.dumps(Sample(new=snapshot(report()))))
        assert child.stderr.read() == b""
