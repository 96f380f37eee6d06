"""Documents and comparisons as JSON, in the form of the public contract. JSON always has everything."""

import json
import re
from collections.abc import Mapping

from monitor.model.comparison import Comparison
from monitor.model.document import Document, Section

_NEEDS_ESCAPE = re.compile("[\u0085\u2028\u2029\ud800-\udfff]")


def as_json(comparison: Comparison) -> str:
    """The comparison (`comparison/1`), indented, with a line's end."""
    return _safe(json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2)) + "\n"


def as_json_line(comparison: Comparison) -> str:
    """The comparison (`comparison/1`) as one line, with its end."""
    return json_line(comparison.to_dict())


def json_line(record: Mapping[str, object]) -> str:
    """A record as one line with its end; nothing in it can break the line or the encoding."""
    return _safe(json.dumps(record, ensure_ascii=False)) + "\n"


def document_record(document: Document) -> dict[str, object]:
    """What was read of a document (`document/1`), with the statistics of each section."""
    return {
        "schema": "document/1", "source": document.source, "sha256": document.sha256, "language": document.language,
        "direction": document.direction, "title": document.title, "country": document.country,
        "edition": document.edition, "verdict": document.quality.verdict.value, "reason": document.quality.reason,
        "sections": [_section(section, document.language) for section in document.sections],
        "footnotes": [{"mark": note.mark, "text": note.text, "href": note.href} for note in document.footnotes],
        "alternates": [{"language": language, "href": href} for language, href in document.alternates],
        "profile": document.profile, "notes": list(document.notes),
    }  # fmt: skip


def _section(section: Section, language: str) -> dict[str, object]:
    from monitor.stats.mentions import section_statistics

    return {
        "id": section.id, "position": section.position, "level": section.level, "heading": section.heading,
        "topic": section.topic, "anchor": section.anchor,
        "blocks": [
            {"kind": block.kind.value, "text": block.text,
             "links": [{"start": link.start, "end": link.end, "href": link.href} for link in block.links]}
            for block in section.blocks
        ],
        "statistics": [statistic.to_dict() for statistic in section_statistics(section, language)],
    }  # fmt: skip


def _safe(text: str) -> str:
    """Lone surrogates and the separators that some readers take for line ends, as JSON escapes."""
    return _NEEDS_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
