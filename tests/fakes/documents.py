"""Documents written down as text: a `#` line opens a section, every other line is a paragraph, `![…]` an image."""

from collections.abc import Iterable

from monitor.model.document import Block, BlockKind, Document, Footnote, Link, Quality, Section, SectionId, Verdict


def document(
    text: str,
    *,
    language: str = "en",
    title: str = "Norland 2024",
    edition: int | None = 2024,
    footnotes: Iterable[str] = (),
) -> Document:
    """The document that a text describes; what stands before the first heading is the lead."""
    sections: list[tuple[str, list[Block]]] = [(title, [])]
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("# "):
            sections.append((line[2:], []))
        else:
            sections[-1][1].append(_block(line))
    return Document(
        source="test", sha256="0" * 64, language=language, direction="rtl" if language == "ar" else "ltr", title=title,
        edition=edition, quality=Quality(verdict=Verdict.REPORT),
        sections=tuple(
            Section(id=SectionId(f"s{place}"), position=place, level=2, heading=heading, blocks=tuple(blocks))
            for place, (heading, blocks) in enumerate(sections)
        ),
        footnotes=tuple(Footnote(mark=str(number), text=note) for number, note in enumerate(footnotes, start=1)),
    )  # fmt: skip


def linked(text: str, words: str, href: str) -> Block:
    """A paragraph in which some words are a link."""
    start = text.index(words)
    return Block(kind=BlockKind.PARAGRAPH, text=text, links=(Link(start=start, end=start + len(words), href=href),))


def _block(line: str) -> Block:
    if line.startswith("![") and line.endswith("]"):
        return Block(kind=BlockKind.IMAGE, text=line[2:-1])
    return Block(kind=BlockKind.PARAGRAPH, text=line)
