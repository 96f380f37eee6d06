"""A line on the terminal that says how far a long job is; nothing where there is no terminal."""

import sys
import time

from monitor.cli.main import printable

PATIENCE = 1.0
"""Seconds before the line first appears."""


class Progress:
    """Counts steps on standard error, once the job has taken longer than a second."""

    def __init__(self, what: str, total: int) -> None:
        self._what = what
        self._total = total
        self._done = 0
        self._began = time.monotonic()
        self._shown = False
        self._wanted = sys.stderr.isatty()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        self.show()

    def show(self) -> None:
        """Show the line, if it is time."""
        if self._wanted and time.monotonic() - self._began > PATIENCE and self._done < self._total:
            print(
                f"\r\x1b[K{printable(self._what)} {self._done} of {self._total} …", end="", file=sys.stderr, flush=True
            )
            self._shown = True

    def clear(self) -> None:
        """Take the line away, before something else is printed."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = False
