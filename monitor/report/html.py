"""HTML that shows what a web page said: everything escaped, each language with its direction. The only module that
knows Jinja2."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.language.tag import canonical, direction
from monitor.model.comparison import Operation


def environment(templates: Path) -> Environment:
    """The templates of a folder, with the filters `direction` and `tag` (for `dir` and `lang`, by a language) and the
    tests `added` and `removed` (of a segment)."""
    found = Environment(
        loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    found.filters |= {"direction": _direction, "tag": _tag}
    found.tests |= {
        "added": lambda segment: segment.operation is Operation.INSERT,
        "removed": lambda segment: segment.operation is Operation.DELETE,
    }
    return found


def _direction(language: str) -> str:
    """The `dir` of a text: by its language, or by its first letter if the language is not known."""
    return "auto" if canonical(language) == "und" else direction(language)


def _tag(language: str) -> str:
    """The `lang` of a text: "" says that it is not known."""
    return "" if canonical(language) == "und" else canonical(language)
