"""Follows yearly reports and tells what changed in them, section by section.

The public face: `read` a document, `compare` two, `find_statistics` in a text. Each imports its floor when called,
so that `import monitor` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.model.comparison import Comparison, ComparisonKind
    from monitor.model.document import Document
    from monitor.model.statistic import Statistic

__all__ = ["compare", "find_statistics", "read"]


def read(
    source: bytes | str | Path, *, language: str | None = None, url: str | None = None, media_type: str | None = None
) -> Document:
    """Read a report: bytes or text as they are, or the file at a `Path`.

    A string is taken as the content itself, unless it is a single line that names an existing file: the name of a file
    that is not there is a text of one line. A `Path` is always a file. `language`
    (BCP 47), `url` and `media_type` ("text/html", "text/markdown", "text/plain") override what the content tells.

    Raises:
        ReadingError: the content is no readable document; LimitError: it is too large or too deeply nested.
        UnknownReferenceError: the file cannot be read. TypeError: the source is none of the three.
    """
    from monitor.extract.reading import read as read_content
    from monitor.references import content_of

    content, name = content_of(source)
    return read_content(content, source=name, language=language, url=url, media_type=media_type)


def compare(old: Document, new: Document, kind: ComparisonKind | None = None) -> Comparison:
    """Compare two documents; the kind follows from them (languages, then editions) unless it is given.

    Raises:
        TypeError: a side is no document.
    """
    from monitor.diff.comparison import compare as compare_documents
    from monitor.model.document import Document

    for side in (old, new):
        if not isinstance(side, Document):
            raise TypeError(f"documents are compared, as `read` returns them, not {type(side).__name__}")
    return compare_documents(old, new, kind)


def find_statistics(text: str, language: str) -> list[Statistic]:
    """Every quantity stated in a text, in order; dates, ordinals, article numbers and the like left out.

    A language without a lexicon is read by neutral rules: digits only.

    Raises:
        TypeError: the text or the language is no string.
    """
    from monitor.stats.mentions import find_statistics as find

    for given in (text, language):
        if not isinstance(given, str):
            raise TypeError(f"a text and a language are strings, not {type(given).__name__}")
    return find(text, language)
