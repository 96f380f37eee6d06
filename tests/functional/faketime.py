"""A clock of the machine that a test can set, for the processes that it starts; what has passed since is not faked."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path


def library() -> str:
    """The library that fakes the clock. Fails where there is none."""
    found = [os.environ.get("FAKETIME", ""), *map(str, Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))]
    existing = [path for path in found if path and Path(path).exists()]
    assert existing, "these tests need libfaketime: install it (apt-get install libfaketime) or name it in $FAKETIME"
    return existing[0]


class SetClock:
    """Right at first; `step` sets it forward or back while its processes run."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self._ahead = timedelta(0)
        self.environment = {
            "LD_PRELOAD": library(), "FAKETIME_TIMESTAMP_FILE": str(self._file), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }  # fmt: skip
        self.step()

    def step(self, **span: float) -> None:
        """Set the clock: hours=-2."""
        self._ahead += timedelta(**span)
        new = self._file.with_suffix(".new")
        new.write_text(f"{self._ahead.total_seconds():+.0f}\n")
        new.replace(self._file)

    def now(self) -> datetime:
        """What it shows."""
        return datetime.now(UTC) + self._ahead
