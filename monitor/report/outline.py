"""What was read of one document, for a terminal."""

from collections.abc import Iterator

from monitor.language.words import word_count
from monitor.model.document import Document, Section
from monitor.report.columns import Run, wrapped
from monitor.report.visible import visible


def outline(document: Document, *, width: int = 100) -> str:
    """What was read of a document: verdict, sections with their words and statistics, footnotes."""
    return "".join(_outline(document, width))


def _outline(document: Document, width: int) -> Iterator[str]:
    verdict = document.quality.verdict.value.replace("_", " ")
    reason = f" ({visible(document.quality.reason)})" if document.quality.reason else ""
    known = [document.language, document.country, str(document.edition) if document.edition else None]
    words = sum(word_count(section.text) for section in document.sections)
    yield _line(visible(document.title) or "(no title)", width)
    yield _line(
        f"{', '.join(filter(None, known))} · {verdict}{reason} · {len(document.sections)} sections, {words:,} words",
        width,
    )
    yield _line(f"{visible(document.source)} · SHA-256 {document.sha256}", width)
    for note in document.notes:
        yield _line(f"note: {visible(str(note))}", width)
    for section in document.sections:
        yield from _section(section, document.language, width)
    if document.footnotes:
        yield "\nFootnotes\n"
    for footnote in document.footnotes:
        address = f" <{visible(footnote.href)}>" if footnote.href else ""
        yield _line(f"  [{visible(footnote.mark)}] {visible(footnote.text)}{address}", width, "      ")


def _section(section: Section, language: str, width: int) -> Iterator[str]:
    from monitor.stats.mentions import section_statistics

    topic = f" · {section.topic}" if section.topic else ""
    yield "\n"
    yield _line(
        f"{section.position:>2}  {visible(section.heading)} · {word_count(section.text):,} words{topic}", width, "    "
    )
    for statistic in section_statistics(section, language):
        magnitude = statistic.magnitude.value.replace("_", " ") if statistic.magnitude else ""
        yield _line(
            f"      {visible(statistic.quote)} · {statistic.kind.value} {magnitude}".rstrip()
            + f" · {visible(statistic.counted)}",
            width,
            "        ",
        )


def _line(text: str, width: int, hanging: str = "  ") -> str:
    return wrapped([Run(text)], width=width, hanging=hanging, colour=False)
