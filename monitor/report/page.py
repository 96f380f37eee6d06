"""The HTML report: one self-contained file, without script and without anything loaded. The only module of the
reports that knows Jinja2."""

import base64
import functools
import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.language.tag import canonical, direction
from monitor.model.comparison import Operation
from monitor.report.shapes import ChangeCard, Fold, Segment, View
from monitor.report.wording import wording_of

_TEMPLATES = Path(__file__).parent / "templates"


def page(view: View) -> str:
    """The view as an HTML document. Its security policy forbids scripts, frames, forms and every load."""
    words = wording_of(view.wording)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(view=view, say=words.say, style=_style(), style_hash=_style_hash(), program=_program())
    )


@functools.cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    found.filters |= {"direction": _direction, "tag": _tag, "title": _title}
    found.tests |= {
        "added": lambda segment: segment.operation is Operation.INSERT,
        "removed": lambda segment: segment.operation is Operation.DELETE,
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


def _direction(language: str) -> str:
    """The `dir` of a block: by its language, or by its first letter if the language is not known."""
    return "auto" if canonical(language) == "und" else direction(language)


def _tag(language: str) -> str:
    """The `lang` of a block: "" says that it is not known."""
    return "" if canonical(language) == "und" else language


def _title(view: View) -> str:
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
