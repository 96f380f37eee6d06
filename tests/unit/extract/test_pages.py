"""Every fictional page under tests/pages/reading reads as its expected.toml says."""

import tomllib
from pathlib import Path

import pytest

from monitor.extract.reading import read
from monitor.model.document import Document

_CASES = Path(__file__).parents[2] / "pages" / "reading"


@pytest.mark.parametrize("case", sorted(path.name for path in _CASES.iterdir()))
def test_a_page_reads_as_expected(case: str) -> None:
    page = next(path for path in (_CASES / case).iterdir() if path.stem == "page")
    expected = tomllib.loads((_CASES / case / "expected.toml").read_text(encoding="utf-8"))
    has, has_not = expected.pop("has", []), expected.pop("has_not", [])

    document = read(page.read_bytes(), source=page.name, url=expected.pop("url", None))

    seen = _seen(document)
    assert {name: seen[name] for name in expected} == expected
    assert document.quality.verdict == expected.get("verdict", "report"), document.quality
    text = "\n".join(section.text for section in document.sections)
    assert [sentence for sentence in has if sentence not in text] == []
    assert [sentence for sentence in has_not if sentence in text] == []


def _seen(document: Document) -> dict[str, object]:
    blocks = [block for section in document.sections for block in section.blocks]
    return {
        "profile": document.profile,
        "title": document.title,
        "language": document.language,
        "edition": document.edition,
        "country": document.country,
        "verdict": document.quality.verdict.value,
        "headings": [section.heading for section in document.sections[1:]],
        "levels": [section.level for section in document.sections[1:]],
        "blocks": [f"{block.kind.value}: {block.text}" for block in blocks],
        "links": [f"{block.text[link.start : link.end]} -> {link.href}" for block in blocks for link in block.links],
        "footnotes": [note.text for note in document.footnotes],
    }
