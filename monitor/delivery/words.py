"""The words of messages in one language: those of the report, and those of messages from wording/<tag>.toml."""

import functools
from pathlib import Path

import tomli

from monitor.language.tag import canonical
from monitor.report.wording import Wording, wording_of

_FOLDER = Path(__file__).parent / "wording"


@functools.cache
def words_of(tag: str) -> Wording:
    """The wording of a language; English for a language that has none."""
    path = _FOLDER / f"{canonical(tag)}.toml"
    if not path.is_file():
        return words_of("en")
    words = wording_of(path.stem)
    data = tomli.loads(path.read_text(encoding="utf-8"))
    return words._replace(sentences={**words.sentences, **data["sentences"]}, counts={**words.counts, **data["counts"]})


def wordings() -> list[str]:
    """The tags of all languages that a message can be worded in, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))
