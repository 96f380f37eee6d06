"""Two versions of one report compared, beside the engines that others use on the same texts."""

import difflib
import tempfile
from pathlib import Path

import diff_match_patch
import regex

import monitor
from bench.corpus import Report, edited, report
from bench.measure import best, milliseconds, process, row
from bench.virtual_environment import monitor_alone

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+|\S")


def main() -> None:
    """Print the table."""
    small, large = report(3_000), report(31_000)
    _page_beside_difflib(small, edited(small, 12))
    _large_beside_both(large, edited(large, 100))
    _unrelated(report(30_000, seed=11), report(30_000, seed=12))
    _repeated()
    _fresh_process(small, edited(small, 12))


def _page_beside_difflib(old: Report, new: Report) -> None:
    old_page, new_page = old.page(), new.page()
    ours, theirs = best(
        lambda: monitor.compare(monitor.read(old_page), monitor.read(new_page)),
        lambda: _difflib(old.text, new.text),
        rounds=15,
    )
    row("3,000 words, 12 edits: both pages read and compared", milliseconds(ours))
    row("  difflib, the words alone", milliseconds(theirs), f"x {ours / theirs:.2f}", "(target 1)")


def _large_beside_both(old: Report, new: Report) -> None:
    old_document, new_document = monitor.read(old.page()), monitor.read(new.page())
    ours, dmp, reference = best(
        lambda: monitor.compare(old_document, new_document),
        lambda: _dmp_words(old.text, new.text),
        lambda: _difflib(old.text, new.text),
        rounds=3,
    )
    row("31,000 words, 100 edits: compared", milliseconds(ours))
    row("  difflib words", milliseconds(reference), f"x {ours / reference:.3f}", "(target 0.05)")
    row("  diff-match-patch on word tokens", milliseconds(dmp), f"x {ours / dmp:.2f}", "(target 2)")


def _unrelated(old: Report, new: Report) -> None:
    old_document, new_document = monitor.read(old.page()), monitor.read(new.page())
    ours, theirs = best(
        lambda: monitor.compare(old_document, new_document), lambda: _difflib(old.text, new.text), rounds=1
    )
    row("two unrelated reports of 30,000 words", milliseconds(ours))
    row("  difflib words", milliseconds(theirs), f"x {ours / theirs:.3f}", "(target 0.2)")


def _repeated() -> None:
    paragraph = report(100).sections[0][1][0]
    count = 100_000 // (paragraph.count(" ") + 1)
    page = Report((("Right to repetition", (paragraph,) * count),)).page()
    fewer = Report((("Right to repetition", (paragraph,) * (count - 7)),)).page()
    (ours,) = best(lambda: monitor.compare(monitor.read(page), monitor.read(fewer)), rounds=1)
    row(f"100,000 words, one paragraph {count} times against {count - 7} times", milliseconds(ours))


def _fresh_process(old: Report, new: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("old.html", "new.html")]
        for path, version in zip(paths, (old, new), strict=True):
            path.write_bytes(version.page())
        python, environment = monitor_alone()
        commands = ([python, "-m", "monitor", "diff", *map(str, paths)], [python, "-c", "pass"])
        rounds = [[process(command, env=environment).cpu for command in commands] for _ in range(15)]
    ours, nothing = (min(taken) for taken in zip(*rounds, strict=True))
    row("monitor diff on two files, a fresh process, CPU", milliseconds(ours))
    row("  python -c pass", milliseconds(nothing), f"x {ours / nothing:.1f}", "(target 8)")


def _difflib(old: str, new: str) -> list[tuple[str, int, int, int, int]]:
    return difflib.SequenceMatcher(None, _WORD.findall(old), _WORD.findall(new), autojunk=False).get_opcodes()


def _dmp_words(old: str, new: str) -> list[tuple[int, str]]:
    engine = diff_match_patch.diff_match_patch()
    engine.Diff_Timeout = 0
    codes: dict[str, str] = {}
    old_codes, new_codes = (
        "".join(codes.setdefault(word, chr(0x100 + len(codes) + (0x800 if len(codes) > 0xD700 else 0))) for word in _WORD.findall(text))
        for text in (old, new)
    )  # fmt: skip
    differences: list[tuple[int, str]] = engine.diff_main(old_codes, new_codes, checklines=False)
    engine.diff_cleanupSemantic(differences)
    return differences
