"""A letter as HTML for mail clients: inline style, nothing loaded, nothing that runs. The only module of deliveries
that knows Jinja2."""

import functools
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.delivery.letter import Letter
from monitor.delivery.words import words_of
from monitor.language.tag import canonical, direction, uses_spaces
from monitor.model.comparison import Operation

_TEMPLATES = Path(__file__).parent / "templates"


def page(letter: Letter, *, attached: bool = False) -> str:
    """The letter as an HTML document; whatever comes from a page stands in it as text."""
    return _rendered("message.html.j2", letter, attached=attached)


def fragment(letter: Letter) -> str:
    """The letter as an HTML fragment, for what has a document of its own around it (a feed's reader)."""
    return _rendered("letter.html.j2", letter, attached=False)


def _rendered(name: str, letter: Letter, *, attached: bool) -> str:
    words = words_of(letter.wording)
    space = " " if uses_spaces(words.tag) else ""
    return _environment().get_template(name).render(letter=letter, say=words.say, attached=attached, space=space)


@functools.cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    found.filters |= {"direction": _direction, "tag": canonical}
    found.tests |= {
        "added": lambda segment: segment.operation is Operation.INSERT,
        "removed": lambda segment: segment.operation is Operation.DELETE,
    }
    return found


def _direction(language: str) -> str:
    """The `dir` of a text: by its language, or by its first letter if the language is not known."""
    return "auto" if canonical(language) == "und" else direction(language)
