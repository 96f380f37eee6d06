"""The HTML report: one self-contained file, without script and without anything loaded."""

import base64
import functools
import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.report.html import environment
from monitor.report.shapes import Beside, ChangeCard, Fold, Segment, View
from monitor.report.wording import wording_of

if TYPE_CHECKING:
    from jinja2 import Environment

    from monitor.report.grid_shapes import Grid

_TEMPLATES = Path(__file__).parent / "templates"


def page(view: View) -> str:
    """The view as an HTML document. Its security policy forbids scripts, frames, forms and every load."""
    return _rendered("report.html.j2", view, parts=_parts(view))


def grid_page(grid: "Grid") -> str:
    """The languages of a report as an HTML document, under the same policy."""
    return _rendered("grid.html.j2", grid)


def _rendered(template: str, view: "View | Grid", **values: object) -> str:
    words = wording_of(view.wording)
    found = _environment().get_template(template)
    return found.render(
        view=view, say=words.say, style=_style(), style_hash=_style_hash(), program=_program(), **values
    )  # fmt: skip


def _parts(view: View) -> list[str]:
    """The parts of the page that stand before the sections of two editions."""
    if view.edition is None:
        return []
    told = {
        "subjects": view.edition.subjects, "figures": view.figures or view.figure_groups, "names": view.edition.names,
        "sources": view.edition.sources,
    }  # fmt: skip
    return [name for name, found in told.items() if found]


@functools.cache
def _environment() -> "Environment":
    found = environment(_TEMPLATES)
    found.filters["title"] = _title
    found.tests |= {
        "beside": lambda item: isinstance(item, Beside),
        "fold": lambda item: isinstance(item, Fold),
        "change": lambda item: isinstance(item, ChangeCard),
        "apart": _apart,
    }
    return found


@functools.cache
def _style() -> str:
    return (_TEMPLATES / "report.css").read_text(encoding="utf-8")


def _style_hash() -> str:
    return base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()


def _title(view: "View | Grid") -> str:
    return "".join(piece.text for piece in view.headline)


def _apart(segment: Segment) -> bool:
    """True for runs without letters: two numbers side by side must not flow into one in right-to-left text."""
    return not any(character.isalpha() for character in segment.text)


@functools.cache
def _program() -> str:
    try:
        return f"monitor {version('monitor')}"
    except PackageNotFoundError:  # run from a checkout
        return "monitor"
