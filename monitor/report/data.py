"""Documents and comparisons as JSON, in the form of the public contract. JSON always has everything."""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from monitor.model.comparison import Comparison, side
from monitor.model.document import Document, Section

if TYPE_CHECKING:
    from monitor.diff.lags import Drop, Lag
    from monitor.diff.languages import Judgement, Languages
    from monitor.diff.matrix import Row

_NEEDS_ESCAPE = re.compile("[\u0085\u2028\u2029\ud800-\udfff]")


def as_json(comparison: Comparison) -> str:
    """The comparison (`comparison/1`), indented, with a line's end."""
    return as_indented(comparison.to_dict())


def as_indented(record: Mapping[str, object]) -> str:
    """A record as indented JSON, with a line's end."""
    return _safe(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"


def as_json_line(comparison: Comparison) -> str:
    """The comparison (`comparison/1`) as one line, with its end."""
    return json_line(comparison.to_dict())


def json_line(record: Mapping[str, object]) -> str:
    """A record as one line with its end; nothing in it can break the line or the encoding."""
    return _safe(json.dumps(record, ensure_ascii=False)) + "\n"


def languages_record(languages: "Languages") -> dict[str, object]:
    """The languages of a report side by side (`translations/1`), without their texts."""
    found = languages.matrix
    return {
        "schema": "translations/1", "source": found.source_language, "edition": found.documents[0].edition,
        "agree": languages.agree, "documents": [side(document) for document in found.documents],
        "apart": [side(document) for document in languages.apart],
        "unfit": [side(document) for document in languages.unfit],
        "comparisons": [
            {"id": c.id, "language": c.new.language, "summary": c.summary(), "notes": [str(note) for note in c.notes],
             "note_codes": [note.to_dict() for note in c.notes]}
            for c in found.comparisons
        ],
        "rows": [_grid_row(row, languages) for row in found.rows],
    }  # fmt: skip


def _grid_row(row: "Row", languages: "Languages") -> dict[str, object]:
    late = {lag.language: lag for lag in languages.lags if row.source is not None and lag.section == row.source}
    drops = {(drop.language, drop.sections): drop for drop in languages.drops}
    source = languages.matrix.documents[0]
    return {
        "section": row.source, "heading": row.heading,
        "topic": source.section(row.source).topic if row.source is not None else None,
        "cells": [
            {
                "language": cell.language, "sections": list(cell.sections), "status": cell.status.value,
                "confidence": round(cell.confidence, 4), "lag": _lag(late.get(cell.language)),
                "dropped": _drop(drops.get((cell.language, cell.sections)) if row.source is None else None),
                "figures": [event.to_dict() for event in cell.figures], "shorter": cell.shorter,
            }
            for cell in row.cells
        ],
        "disagreements": [_judgement(j) for j in languages.judgements if j.disagreement in row.disagreements],
        "absences": [
            {"statistic": absence.statistic.to_dict(), "sentence": absence.sentence, "stating": list(absence.stating),
             "lacking": list(absence.lacking)}
            for absence in languages.absences(row)
        ],
    }  # fmt: skip


def _lag(lag: "Lag | None") -> dict[str, object] | None:
    """What the source changed, and between which captures of it."""
    if lag is None:
        return None
    return {
        "before": lag.before.isoformat(), "since": lag.since.isoformat(), "added": lag.is_new,
        "changes": [change.to_dict() for change in lag.changes],
    }  # fmt: skip


def _drop(drop: "Drop | None") -> dict[str, object] | None:
    """What the source called a section that it dropped, and between which captures of it."""
    if drop is None:
        return None
    return {"before": drop.before.isoformat(), "since": drop.since.isoformat(), "heading": drop.heading}


def _judgement(judgement: "Judgement") -> dict[str, object]:
    told = judgement.disagreement
    return {
        "source": told.source.to_dict(), "source_sentence": told.source_sentence, "agreeing": list(told.agreeing),
        "stated": [{"language": tag, "statistic": s.to_dict(), "sentence": sentence} for tag, s, sentence in told.stated],
        "lagging": list(judgement.lagging), "outliers": list(judgement.outliers),
    }  # fmt: skip


def document_record(document: Document) -> dict[str, object]:
    """What was read of a document (`document/1`), with the statistics of each section."""
    return {
        "schema": "document/1", "source": document.source, "sha256": document.sha256, "language": document.language,
        "direction": document.direction, "title": document.title, "country": document.country,
        "edition": document.edition, "verdict": document.quality.verdict.value, "reason": document.quality.reason,
        "sections": [_section(section, document.language) for section in document.sections],
        "footnotes": [{"mark": note.mark, "text": note.text, "href": note.href} for note in document.footnotes],
        "alternates": [{"language": language, "href": href} for language, href in document.alternates],
        "profile": document.profile, "notes": [str(note) for note in document.notes],
        "note_codes": [note.to_dict() for note in document.notes],
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
