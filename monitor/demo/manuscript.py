"""The report of a fictional country as its translators write it: Markdown files in, values out. Knows the form of
the files under report/ and nothing of how a page looks."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import tomli

LANGUAGES = ("en", "es", "fr", "ar", "zh", "ru")
EDITIONS = (2024, 2025)

_FOLDER = Path(__file__).parent / "report"
_HEADING = re.compile(r"## (?P<heading>.+) \{#(?P<key>[a-z-]+)\}")
_FIGURE = re.compile(r'!\[(?P<alternative>.+)\]\((?P<address>\S+) "(?P<credit>.+)"\)')
_NOTE = re.compile(r"\[\^(?P<mark>\d)\]: \[(?P<text>.+)\]\((?P<address>\S+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture with its alternative text and credit."""

    alternative: str
    address: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A section of the report. `key` is the same in every language; a paragraph marks a footnote as `[^1]`."""

    key: str
    heading: str
    blocks: tuple[str | Figure, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The blocks that are prose."""
        return tuple(block for block in self.blocks if isinstance(block, str))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote: a linked title."""

    mark: str
    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """One edition of the report in one language."""

    title: str
    lead: str
    chapters: tuple[Chapter, ...]
    notes: tuple[Note, ...]

    @property
    def edition(self) -> int:
        """The year that the title names."""
        return int(self.title[-4:])


@functools.cache
def manuscript(edition: int, language: str) -> Manuscript:
    """The report as first published. Raises OSError for an edition or language that was never written."""
    return parse(_text(edition, language))


@functools.cache
def corrected(edition: int, language: str, *, slip: bool = False) -> Manuscript:
    """The report after the publisher's silent corrections; with `slip`, as the language first gets them wrong.

    Raises LookupError if a text to be corrected does not stand in the report exactly once.
    """
    corrections = tomli.loads((_FOLDER / str(edition) / "corrections.toml").read_text(encoding="utf-8"))
    pairs = corrections["changes"][language] + (corrections["slips"].get(language, []) if slip else [])
    text = functools.reduce(_replaced, pairs, _text(edition, language))
    return _moved(parse(text), corrections["move"]["section"], corrections["move"]["before"])


def parse(text: str) -> Manuscript:
    """The manuscript written in a text: title, lead, chapters of paragraphs and pictures, notes; one line a block."""
    title, lead, *lines = [line for line in text.splitlines() if line]
    notes = [Note(**note.groupdict()) for line in lines if (note := _NOTE.fullmatch(line))]
    chapters: list[Chapter] = []
    for line in lines[: len(lines) - len(notes)]:
        if heading := _HEADING.fullmatch(line):
            chapters.append(Chapter(key=heading["key"], heading=heading["heading"], blocks=()))
        else:
            figure = _FIGURE.fullmatch(line)
            block = Figure(**figure.groupdict()) if figure else line
            last = chapters[-1]
            chapters[-1] = Chapter(key=last.key, heading=last.heading, blocks=(*last.blocks, block))
    return Manuscript(title=title.removeprefix("# "), lead=lead, chapters=tuple(chapters), notes=tuple(notes))


def _text(edition: int, language: str) -> str:
    return (_FOLDER / str(edition) / f"{language}.md").read_text(encoding="utf-8")


def _replaced(text: str, pair: list[str]) -> str:
    old, new = pair
    if text.count(old) != 1:
        raise LookupError(f"{old!r} stands {text.count(old)} times in the report, not once")
    return text.replace(old, new)


def _moved(report: Manuscript, key: str, before: str) -> Manuscript:
    moving = next(chapter for chapter in report.chapters if chapter.key == key)
    chapters: list[Chapter] = []
    for chapter in report.chapters:
        if chapter.key == before:
            chapters.append(moving)
        if chapter.key != key:
            chapters.append(chapter)
    return Manuscript(title=report.title, lead=report.lead, chapters=tuple(chapters), notes=report.notes)
