"""A TOML file, read and parsed. Knows TOML, and nothing of what the settings mean."""

from dataclasses import dataclass
from pathlib import Path

import tomli

from monitor.errors import ConfigError

LARGEST = 5_000_000

MOST_DOTS = 200
"""In one line that is no comment. A key of thousands of dotted parts takes the parser seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A parsed file, with its text to find lines in."""

    name: str
    text: str
    data: dict[str, object]


def parse(path: Path) -> Source:
    """Read and parse the file.

    Raises:
        ConfigError: it cannot be read, or is no TOML; every key that is written twice is named.
    """
    text = _text(path)
    name = str(path)
    try:
        return Source(name=name, text=text, data=tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        from monitor.config.lines import syntax_problems

        raise ConfigError(syntax_problems(name, text, str(error))) from error
    except RecursionError as error:
        raise ConfigError([f"{name}: nested deeper than any setting is"]) from error


def _text(path: Path) -> str:
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except FileNotFoundError:
        raise ConfigError([f"{path}: no such file; write one, or give its path as --config"]) from None
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read ({error.strerror}); check the path and its permissions"]) from error
    if content is None:
        raise ConfigError([f"{path}: larger than {LARGEST // 1_000_000} MB, which no configuration is"])
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError([f"{path}:{line}: found a byte that is no UTF-8, expected a text saved as UTF-8"]) from error
    for number, text_line in enumerate(text.split("\n"), 1):
        if text_line.count(".") > MOST_DOTS and not text_line.lstrip().startswith("#"):
            raise ConfigError([f"{path}:{number}: more than {MOST_DOTS} dots in a line, which no setting has"])
    return text
