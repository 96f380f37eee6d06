"""Whether a reading is the report at all. Markers decide only on short pages without a report's sections: a report
may well quote "access denied"."""

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.extract.detect import contradicts
from monitor.extract.flow import Flow
from monitor.language.words import key, word_count
from monitor.model.document import Quality, Section, Verdict

if TYPE_CHECKING:
    from monitor.model.note import Note

_MARKERS = Path(__file__).parent / "markers.json"
_SHORT_PAGE = 250
_SHORT_TEXT = 100
_REPORT_SECTIONS = 3
_REPORT_TEXT = 40
_REPORT = Quality(verdict=Verdict.REPORT)
_SAYS = {
    Verdict.BLOCK_PAGE: "The site refused the visit",
    Verdict.COOKIE_WALL: "The site asks for consent to cookies first",
    Verdict.MAINTENANCE: "The site is out of service",
    Verdict.NOT_FOUND: "The page says that it does not exist",
    Verdict.EMPTY: "The page is an empty shell that scripts fill in a browser",
}


def judge(
    flow: Flow,
    title: str,
    sections: tuple[Section, ...],
    *,
    expected: str | None = None,
    url: str | None = None,
    notes: "Sequence[Note]" = (),
) -> Quality:
    """The verdict on a reading. `expected` is the language that was asked for, `url` the address it came from, `notes`
    what was remarked when its bytes were decoded."""
    text = "\n".join(section.text for section in sections)
    return (
        _garbled(notes)
        or _marked(flow, title, sections, text)
        or _empty(text)
        or _home(flow, sections, url)
        or _truncated(flow)
        or _wrong_language(text, expected)
        or _REPORT
    )


def _garbled(notes: "Sequence[Note]") -> Quality | None:
    if not notes:
        return None
    from monitor.model.note import NoteCode

    if all(note.code is not NoteCode.CHARSET_UNCERTAIN for note in notes):
        return None
    return Quality(
        verdict=Verdict.UNREADABLE,
        reason="Its charset is not declared, and its bytes make no words in any that was tried.",
    )


def _marked(flow: Flow, title: str, sections: tuple[Section, ...], text: str) -> Quality | None:
    if sum(1 for section in sections if section.blocks) >= _REPORT_SECTIONS or len(text) > _SHORT_PAGE * 12:
        return None
    words = word_count(text)
    if words > _SHORT_PAGE:
        return None
    headings = "\n".join([flow.page_title, title, *(section.heading for section in sections)])
    read = _folded(f"{headings}\n{text}" if words <= _SHORT_TEXT else headings)
    shown = f"{read} \ufffc {_folded(flow.outside)}" if words <= _SHORT_TEXT else read
    is_report = words >= _REPORT_TEXT or any(section.blocks for section in sections[1:])
    for verdict, markers in _markers().items():
        if verdict is Verdict.EMPTY and words > _SHORT_TEXT / 4:
            continue
        behind_banner = verdict is Verdict.COOKIE_WALL and is_report
        for marker in markers:
            if marker in (read if behind_banner else shown):
                return Quality(verdict=verdict, reason=f'{_SAYS[verdict]} ("{marker}").')
    return None


def _folded(text: str) -> str:
    return key(text.replace("\n", " \ufffc ")).casefold()


def _empty(text: str) -> Quality | None:
    if text.strip():
        return None
    return Quality(verdict=Verdict.EMPTY, reason="The page has no text to read.")


def _home(flow: Flow, sections: tuple[Section, ...], url: str | None) -> Quality | None:
    """A site that has no such page may answer with its home page."""
    if not url or not flow.canonical or (flow.known and len(sections) > _REPORT_SECTIONS):
        return None
    from urllib.parse import urlsplit

    try:
        here, there = urlsplit(url), urlsplit(flow.canonical)
    except ValueError:
        return None
    asked, given = ([part for part in address.path.split("/") if part] for address in (here, there))
    if len(asked) < 3 or len(given) > 1 or not there.netloc:
        return None
    return Quality(verdict=Verdict.NOT_FOUND, reason=f"The site answered with its home page ({flow.canonical}).")


def _truncated(flow: Flow) -> Quality | None:
    if not flow.incomplete:
        return None
    return Quality(verdict=Verdict.TRUNCATED, reason="The page stops before its end (no </html>).")


def _wrong_language(text: str, expected: str | None) -> Quality | None:
    found = contradicts(text, expected) if expected else None
    if found is None:
        return None
    return Quality(verdict=Verdict.WRONG_LANGUAGE, reason=f"The text is in {found}, where {expected} was asked for.")


@functools.cache
def _markers() -> dict[Verdict, tuple[str, ...]]:
    data = json.loads(_MARKERS.read_text(encoding="utf-8"))
    return {Verdict(name): tuple(key(marker).casefold() for marker in markers) for name, markers in data.items()}
