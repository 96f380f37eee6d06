"""The reports of the demo's fictional country, page by page and as documents, and a shelf on which its story stands."""

import functools
from datetime import UTC, datetime, timedelta

from monitor.demo import site
from monitor.demo.manuscript import LANGUAGES
from monitor.demo.stages import Stage, pages
from monitor.extract.reading import read
from monitor.model.document import Document
from tests.fakes.shelf import Shelf

TARGET = "norvania"
START = datetime(2025, 5, 1, 8, tzinfo=UTC)


@functools.cache
def _pages(stage: Stage) -> dict[str, bytes]:
    return pages(stage)


def page(stage: Stage, language: str) -> bytes:
    """What the site serves in a language at a stage."""
    return _pages(stage)[site.report_path(language)]


@functools.cache
def document(stage: Stage, language: str) -> Document:
    """The report in a language at a stage."""
    return read(page(stage, language), source=f"{language}.html", language=language)


def day(stage: Stage) -> datetime:
    """When a stage was captured: one a day, from the first of May on."""
    return START + timedelta(days=stage.value - 1)


@functools.cache
def shelf(*stages: Stage) -> Shelf:
    """What was captured at the stages, every language a few seconds after the other."""
    held = Shelf()
    for stage in stages:
        for place, language in enumerate(LANGUAGES):
            held.put((TARGET, language), page(stage, language), day(stage) + timedelta(seconds=10 * place))
    return held
