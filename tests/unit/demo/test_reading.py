"""What the program reads from the fictional pages."""

import re

import pytest

from monitor.demo import site
from monitor.demo.manuscript import LANGUAGES
from monitor.demo.stages import Stage, pages, report_at
from monitor.diff.comparison import compare
from monitor.extract.reading import read
from monitor.language.words import clean
from monitor.model.document import BlockKind, Document, Verdict


def _read(stage: Stage, language: str) -> Document:
    return read(pages(stage)[site.report_path(language)], source=f"norvania/{language}")


def _blocks(document: Document, kind: BlockKind) -> list[str]:
    return [block.text for section in document.sections for block in section.blocks if block.kind is kind]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", [Stage.NOISE, Stage.TRANSLATIONS_FOLLOW, Stage.NEW_EDITION_TRANSLATED])
def test_a_page_reads_as_its_manuscript(stage: Stage, language: str) -> None:
    report = report_at(stage, language)
    document = _read(stage, language)
    prose = [report.lead, *(text for chapter in report.chapters for text in chapter.paragraphs)]

    assert (document.quality.verdict, document.language) == (Verdict.REPORT, language)
    assert (document.title, document.edition) == (report.title, report.edition)
    assert [section.heading for section in document.sections[1:]] == [chapter.heading for chapter in report.chapters]
    assert _blocks(document, BlockKind.PARAGRAPH)[: len(prose)] == [
        clean(re.sub(r"\[\^\d\]", "", text)) for text in prose
    ]
    assert [(note.mark, note.text) for note in document.footnotes] == [
        (note.mark, clean(note.text)) for note in report.notes
    ]


@pytest.mark.parametrize(
    ("stage", "language"),
    [(Stage.NOISE, tag) for tag in LANGUAGES] + [(Stage.MAINTENANCE, tag) for tag in LANGUAGES if tag != "ru"],
)
def test_noise_and_a_new_look_change_nothing(stage: Stage, language: str) -> None:
    before = Stage(stage - 1)

    comparison = compare(_read(before, language), _read(stage, language))

    assert not comparison.changed
    assert _read(before, language).sections == _read(stage, language).sections


def test_the_maintenance_page_is_not_the_report() -> None:
    assert _read(Stage.MAINTENANCE, "ru").quality.verdict is Verdict.MAINTENANCE
