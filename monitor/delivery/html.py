"""A letter as HTML for mail clients: inline style, nothing loaded, nothing that runs."""

import functools
from pathlib import Path

from monitor.delivery.letter import Letter
from monitor.delivery.words import words_of
from monitor.language.tag import uses_spaces
from monitor.report.html import environment

_environment = functools.cache(environment)
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
    return (
        _environment(_TEMPLATES).get_template(name).render(letter=letter, say=words.say, attached=attached, space=space)
    )
