"""Sections of two languages and of two editions aligned, beside reading the pages and, where it is installed, hunalign.

With files of labelled pairs (`BENCH_PAIRS=a.jsonl:b.jsonl`) also how often links of each confidence are right.
"""

import json
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import monitor
from bench.corpus import Report, Vocabulary, report
from bench.measure import best, milliseconds, row
from monitor.align.editions import align_editions
from monitor.align.languages import align_languages
from monitor.align.signatures import signature
from monitor.diff.editions import compare_editions
from monitor.diff.figures import _of_section as figures_of_section
from monitor.diff.matrix import matrix
from monitor.diff.translations import compare_translations
from monitor.model.comparison import SectionLink
from monitor.model.document import Document

_ALPHABETS = {
    "ru": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "zh": "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后",
}
_LANGUAGES = ("es", "fr", "ar", "zh", "ru")
_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)

Links = Sequence[SectionLink]
Gold = set[tuple[str, str]]


def main() -> None:
    """Print the tables."""
    original = report(3_000, seed=5, sections=30)
    translated = {tag: _translation(original, tag) for tag in _LANGUAGES}
    pages = {"en": original.page(), **{tag: text.page() for tag, text in translated.items()}}
    documents = {tag: monitor.read(page, language=tag) for tag, page in pages.items()}
    _speed(pages, documents)
    _hunalign(original, translated)
    _many_sections()
    for path in filter(None, os.environ.get("BENCH_PAIRS", "").split(":")):
        _reliability(Path(path))


def _speed(pages: dict[str, bytes], documents: dict[str, Document]) -> None:
    print("  two reports of 30 sections, 3,000 words each: both read, then aligned, CPU time (target: x 1)")
    for tag in _LANGUAGES:
        _beside_reading(f"en with {tag}", [("en", pages["en"]), (tag, pages[tag])], _align_cold)
    other_edition = report(3_000, seed=6, sections=30).page()
    _beside_reading("two editions", [("en", other_edition), ("en", pages["en"])], align_editions)
    editions = monitor.read(other_edition), documents["en"]
    (compared,) = best(lambda: _cold(lambda: compare_editions(*editions)), rounds=5, clock=time.process_time)
    row("two editions compared, figures, names and all", milliseconds(compared))
    six = list(documents.values())
    pair, all_six = best(
        lambda: _cold(lambda: matrix(six[:2])), lambda: _cold(lambda: matrix(six)), rounds=5, clock=time.process_time
    )
    row("one pair of languages compared, figures and all", milliseconds(pair))
    row("  six languages", milliseconds(all_six), f"x {all_six / pair:.2f}", "(target 5)")
    for tag in _LANGUAGES:
        row(f"F1, en with {tag}", f"{_f1(align_languages(documents['en'], documents[tag])):.3f}")


def _beside_reading(
    name: str, pages: Sequence[tuple[str, bytes]], align: Callable[[Document, Document], object]
) -> None:
    """One row: two pages read, then aligned, in turn; words that were met before are known, as in a long run."""

    def read() -> list[Document]:
        return [monitor.read(page, language=tag) for tag, page in pages]

    old, new = read()
    reading, aligned = best(read, lambda: align(old, new), rounds=40, clock=time.process_time)
    row(f"  {name}", milliseconds(reading), milliseconds(aligned), f"x {aligned / reading:.2f}")


def _cold(work: Callable[[], object]) -> object:
    """The work without signatures and figures from an earlier round."""
    signature.cache_clear()
    figures_of_section.cache_clear()
    return work()


def _align_cold(old: Document, new: Document) -> object:
    return _cold(lambda: align_languages(old, new))


def _f1(links: Links) -> float:
    """How many links are right where section n is section n."""
    made = {(i, j) for link in links for i in link.old for j in link.new}
    right = {(i, j) for i, j in made if i == j}
    wanted = sum(len(link.old) for link in links)
    return 2 * len(right) / (len(made) + wanted)


def _translation(original: Report, tag: str) -> Report:
    """The report with every word replaced by one of another vocabulary, figures and names kept; lengths vary a little."""
    words: dict[str, str] = {}
    vocabulary = Vocabulary(seed=100 + len(tag) + ord(tag[0]))
    chooser = random.Random(tag)

    def word(found: str) -> str:
        bare = found.strip(".,")
        if not bare or bare[0].isdigit():
            return found
        if bare.casefold() not in words:
            words[bare.casefold()] = _foreign(bare.casefold(), vocabulary, chooser, tag)
        return words[bare.casefold()] + found[len(bare) :]

    def text(found: str) -> str:
        kept = [piece for piece in found.split(" ") if chooser.random() < 0.95]
        return ("" if tag == "zh" else " ").join(word(piece) for piece in kept)

    return Report(
        tuple((text(heading) or "x", tuple(map(text, paragraphs))) for heading, paragraphs in original.sections)
    )


def _foreign(known: str, vocabulary: Vocabulary, chooser: random.Random, tag: str) -> str:
    letters = _ALPHABETS.get(tag)
    if letters is None:
        return chooser.choice(vocabulary.words)
    return "".join(chooser.choices(letters, k=2 if tag == "zh" else max(2, len(known) - 1)))


def _many_sections() -> None:
    old, new = (monitor.read(report(25_000, seed=seed, sections=500).page(), language="en") for seed in (7, 8))
    row("two unrelated reports of 500 sections, 25,000 words, CPU time", "aligned", "compared")
    for name, align, compare in (
        ("as translations", align_languages, compare_translations),
        ("as editions", align_editions, compare_editions),
    ):
        seconds = best(lambda: align(old, new), lambda: compare(old, new), rounds=2, clock=time.process_time)  # noqa: B023
        row(f"  {name}", *map(milliseconds, seconds))


def _hunalign(original: Report, translated: dict[str, Report]) -> None:
    command = shutil.which("hunalign")
    if command is None:
        row("hunalign", "not installed", "(no Debian package, no wheel)")
        return
    for tag, text in translated.items():
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder, name) for name in ("null.dic", "old", "new")]
            lines = ["", *("\n".join(" ".join(body) for _, body in side.sections) for side in (original, text))]
            for file, content in zip(files, lines, strict=True):
                file.write_text(content, encoding="utf-8")
            run = [command, *map(str, files)]
            (seconds,) = best(lambda: subprocess.run(run, capture_output=True, check=True), rounds=3)  # noqa: B023
            ladder = subprocess.run(run, capture_output=True, check=True, text=True).stdout
        rungs = [tuple(map(int, line.split("\t")[:2])) for line in ladder.splitlines()]
        right = sum(a == b for a, b in rungs[:-1])
        row(
            f"hunalign, en with {tag}",
            milliseconds(seconds),
            f"F1 {2 * right / (len(rungs) + len(original.sections)):.3f}",
        )


def _reliability(path: Path) -> None:
    """How many links of each confidence are right, on labelled pairs."""
    bins: dict[float, list[bool]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        old, new = (
            monitor.read(path.parent / pair[side], language=pair[f"{side}_language"]) for side in ("old", "new")
        )
        links = align_editions(old, new).links if old.language == new.language else align_languages(old, new)
        gold = _gold(pair, old, new)
        known = [{i for i, _ in gold} | _ids(pair["old_headings"], old), _ids(pair["new_headings"], new)]
        for link in links:
            for i in link.old:
                for j in link.new:
                    if i in known[0] and j in known[1]:
                        bins[max(edge for edge in _BINS if edge <= link.confidence)].append((i, j) in gold)
    row(f"links by confidence, {path.parent.name}", "links", "right")
    for edge, right in sorted(bins.items()):
        row(f"  from {edge:.2f}", len(right), f"{sum(right) / len(right):.3f}")
    sure = [value for edge, right in bins.items() if edge >= 0.9 for value in right]
    row("  all from 0.90", len(sure), f"{sum(sure) / max(1, len(sure)):.3f}", "(target 0.98)")


def _gold(pair: dict[str, object], old: Document, new: Document) -> Gold:
    headings_old, headings_new = pair["old_headings"], pair["new_headings"]
    assert isinstance(headings_old, list)
    assert isinstance(headings_new, list)
    ids_old, ids_new = _in_order(headings_old, old), _in_order(headings_new, new)
    gold = pair["gold"]
    assert isinstance(gold, list)
    return {(ids_old[i], ids_new[j]) for i, j in gold if i in ids_old and j in ids_new}


def _ids(headings: object, document: Document) -> set[str]:
    assert isinstance(headings, list)
    return set(_in_order(headings, document).values())


def _in_order(headings: list[str], document: Document) -> dict[int, str]:
    """The section of each labelled heading: they come in the same order, the document may have more of them."""
    found: dict[int, str] = {}
    at = 0
    for number, heading in enumerate(headings):
        wanted = " ".join(heading.split()).casefold()
        for place in range(at, len(document.sections)):
            if " ".join(document.sections[place].heading.split()).casefold() == wanted:
                found[number], at = document.sections[place].id, place + 1
                break
    return found
