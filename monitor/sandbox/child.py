"""The process in which pages are examined and languages put side by side: bounded in memory and in CPU time a page, fed and read through pipes.

Started by `parent.Sandbox` as `python -m monitor.sandbox.child MEMORY SECONDS`. Everything it is sent comes from the
parent.
"""

from __future__ import annotations

import os
import pickle
import resource
import struct
import sys
from typing import TYPE_CHECKING, BinaryIO

from monitor.errors import LimitError, MonitorError, ReadingError
from monitor.runs.examine import Examination, Sample, examine

if TYPE_CHECKING:
    from monitor.diff.languages import Languages
    from monitor.runs.translations import Gathered

MEMORY = 512 * 1024 * 1024
"""Bytes of address space."""

SECONDS = 10
"""Of CPU time a page, rounded up."""

OUT_OF_MEMORY = 3
"""The exit status of a child that has no memory left even for an answer."""

LENGTH = struct.Struct("!Q")


def main(memory: int, seconds: int) -> None:
    """Answer what is asked with what was found or an error until the input ends."""
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    _limit_memory(memory)
    while (message := received(given)) is not None:
        _limit_time(seconds)
        asked = pickle.loads(message)  # noqa: S301  # from the parent only
        try:
            sent(answers, pickle.dumps(_answered(asked), pickle.HIGHEST_PROTOCOL))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except BrokenPipeError:
            os._exit(0)  # the parent is gone; a regular end would try to write to it once more


def received(stream: BinaryIO) -> bytes | None:
    """The next message; None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def sent(stream: BinaryIO, message: bytes) -> None:
    """Write one message."""
    stream.write(LENGTH.pack(len(message)) + message)
    stream.flush()


def _answered(asked: Sample | Gathered) -> Examination | Languages | MonitorError:
    try:
        return examine(asked) if isinstance(asked, Sample) else _put_side_by_side(asked)
    except MemoryError:
        return LimitError("reading it takes more memory than a page may", cause="parse_memory")
    except RecursionError:
        return LimitError("it is nested deeper than a page may be")
    except ReadingError as error:
        return error


def _put_side_by_side(asked: Gathered) -> Languages:
    from monitor.runs.translations import put_side_by_side

    return put_side_by_side(asked)


def _limit_memory(most: int) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return  # some systems know no such limit; the one on time holds everywhere


def _limit_time(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
