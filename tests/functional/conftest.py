"""The program as its user starts it."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one run of the program left: its exit status and what it wrote."""

    status: int
    out: str
    err: str


@pytest.fixture
def run_monitor(tmp_path: Path) -> Callable[..., Ran]:
    """Run `monitor` with arguments, in a fresh process and an empty folder of the test's own."""

    def run(*arguments: object, standard_input: bytes = b"", timeout: float = 60) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "monitor", *map(str, arguments)],
            cwd=tmp_path,
            input=standard_input,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        return Ran(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())

    return run
