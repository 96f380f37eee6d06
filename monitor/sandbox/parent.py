"""Examines pages in a child process that is kept warm, and replaced when a page has killed it (`model.ports.Examiner`).

Started afresh with a new interpreter, never forked: a fork copies locks that other threads hold.
"""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from monitor.errors import LimitError, MonitorError
from monitor.runs.examine import Examination, Sample
from monitor.sandbox.child import LENGTH, MEMORY, OUT_OF_MEMORY, SECONDS

if TYPE_CHECKING:
    from monitor.diff.languages import Languages
    from monitor.runs.translations import Gathered

PATIENCE = 6 * SECONDS
"""Seconds on the wall after which a child that uses no CPU is given up."""

MOST_PAGES = 2_000
"""After so many pages a child is replaced, so that no memory that a parser has lost adds up."""


class Sandbox:
    """One child at most, started when the first page has to be read. Used by one thread."""

    def __init__(self, *, patience: float = PATIENCE, memory: int = MEMORY, seconds: int = SECONDS) -> None:
        """The child has so many bytes of memory, and so many seconds of computing a page."""
        self._patience = patience
        self._memory = memory
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._pages = 0

    def __call__(self, sample: Sample) -> Examination:
        """What the child made of the sample.

        Raises:
            ReadingError: the bytes are no document. LimitError: the child died of them, or had to be killed.
        """
        answer = self._answer(sample)
        assert isinstance(answer, Examination)
        return answer

    def put_side_by_side(self, found: Gathered) -> Languages:
        """What the child made of the languages of a target (see `runs.translations.put_side_by_side`).

        Raises:
            ReadingError: something is no document any more. LimitError: the child died of it, or had to be killed.
        """
        from monitor.diff.languages import Languages

        answer = self._answer(found)
        assert isinstance(answer, Languages)
        return answer

    def _answer(self, asked: Sample | Gathered) -> object:
        if self._child is None or self._child.poll() is not None or self._pages >= MOST_PAGES:
            self.close()
            self._child = self._started()
            self._pages = 0
        self._pages += 1
        answer = self._asked(self._child, pickle.dumps(asked, pickle.HIGHEST_PROTOCOL))
        if isinstance(answer, MonitorError):
            raise answer
        return answer

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for stream in (child.stdin, child.stdout):
                if stream is not None:
                    stream.close()

    def _asked(self, child: subprocess.Popen[bytes], message: bytes) -> object:
        try:
            received = _exchanged(child, LENGTH.pack(len(message)) + message, time.monotonic() + self._patience)
        except TimeoutError:
            self.close()
            raise LimitError(f"reading it takes more than {self._patience:g} seconds") from None
        if received is None:
            status = child.wait()
            self.close()
            raise self._cause_of_death(status)
        answer = pickle.loads(received)  # noqa: S301  # the child runs our own code on what we sent it
        if isinstance(answer, LimitError) and answer.cause == "parse_memory":
            self.close()
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "monitor.sandbox.child", str(self._memory), str(self._seconds)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, bufsize=0, start_new_session=True)  # noqa: S603

    def _cause_of_death(self, status: int) -> LimitError:
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            return LimitError(f"reading it takes more than {self._seconds} seconds of computing")
        if status in (-signal.SIGABRT, OUT_OF_MEMORY):
            return LimitError("reading it takes more memory than a page may", cause="parse_memory")
        if status > 0:
            return LimitError(
                "reading it ended in an error of the program, told above; please report it", cause="parser_crash"
            )
        return LimitError(f"reading it crashed the parser (signal {-status})", cause="parser_crash")


def _exchanged(child: subprocess.Popen[bytes], message: bytes, until: float) -> bytes | None:
    """What the child answers; None if it ended. Raises TimeoutError if it does neither in time."""
    assert child.stdin is not None
    assert child.stdout is not None
    got = bytearray()
    unsent = memoryview(message)
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdout, selectors.EVENT_READ)
        ready.register(child.stdin, selectors.EVENT_WRITE)
        while not _is_whole(got):
            events = ready.select(max(0.0, until - time.monotonic()))
            if not events:
                raise TimeoutError
            for key, _ in events:
                if key.fileobj is child.stdin:
                    unsent = _written(child.stdin.fileno(), unsent)
                    if not unsent:
                        ready.unregister(child.stdin)
                elif not (piece := os.read(child.stdout.fileno(), 1 << 20)):
                    return None
                else:
                    got += piece
    return bytes(got[LENGTH.size :])


def _written(pipe: int, unsent: memoryview) -> memoryview:
    try:
        return unsent[os.write(pipe, unsent[: 1 << 16]) :]
    except BlockingIOError:
        return unsent
    except BrokenPipeError:
        return unsent[len(unsent) :]


def _is_whole(got: bytearray) -> bool:
    return len(got) >= LENGTH.size and len(got) >= LENGTH.size + LENGTH.unpack_from(got)[0]
