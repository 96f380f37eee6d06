"""What several commands share: where output goes, whether it is coloured, which store is meant."""

import argparse
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from monitor.errors import InputError
from monitor.language.tag import UNKNOWN, canonical
from monitor.references import Places

_LONGEST_PRIMARY = 3


def language_tag(text: str) -> str:
    """The language tag that an option names. Raises InputError if it is none."""
    primary = canonical(text)
    if not 2 <= len(primary) <= _LONGEST_PRIMARY or (primary == UNKNOWN and text.strip().lower() != UNKNOWN):
        raise InputError(f"{text!r} is no language tag; give one like en, zh or pt-BR")
    return text


def wording_tag(text: str) -> str:
    """The language of the report that an option names. Raises InputError if there are no words in it."""
    if text == "en":  # the default: needs no look at the others
        return text
    from monitor.report.wording import wordings

    if canonical(text) not in wordings():
        raise InputError(f"{text!r}: reports are worded in {', '.join(wordings())}; give one of these")
    return text


def places(options: argparse.Namespace, folder: Path = Path()) -> Places:
    """The common `--config` and `--store`, and the folder that relative file names start from.

    Raises:
        InputError: the configuration that was named is not there.
    """
    if options.config is not None and not options.config.is_file():
        raise InputError(f"{options.config}: no such file; give the configuration, or leave out --config")
    return Places(config=options.config, store=options.store, folder=folder)


def add_wording(parser: argparse.ArgumentParser) -> None:
    """`--wording`, for commands that write a report."""
    parser.add_argument(
        "--wording", type=wording_tag, metavar="TAG", default="en",
        help="the language of the report itself (default: en)",
    )  # fmt: skip


@contextmanager
def open_output(path: Path | None) -> Iterator[IO[str]]:
    """The file at `path`, or standard output for None; always UTF-8.

    Raises:
        InputError: the file cannot be written.
    """
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8") as output:
            yield output
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another --output") from error


def colour_wanted(output: IO[str]) -> bool:
    """True for a terminal, unless NO_COLOR is set or the terminal is dumb; FORCE_COLOR overrides."""
    if os.environ.get("FORCE_COLOR"):
        return True
    return output.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
