"""Time and memory, measured the same way everywhere: the best of several runs, things to compare taken in turn."""

import os
import resource
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


def best(
    *functions: Callable[[], object], rounds: int = 5, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """The least seconds of each function over `rounds` rounds, taken in turn so that a slow moment hits all alike.

    `time.process_time` as the clock counts this process alone, whatever else the machine does.
    """
    least = [float("inf")] * len(functions)
    for _ in range(rounds):
        for index, function in enumerate(functions):
            start = clock()
            function()
            least[index] = min(least[index], clock() - start)
    return least


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """What one finished process took: seconds on the wall, CPU seconds, peak memory in MB, exit status."""

    wall: float
    cpu: float
    peak: float
    status: int


def process(command: Sequence[str], **options: object) -> Process:
    """Run a command to its end and measure it (POSIX wait4: the process's own peak memory, not its siblings')."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    return Process(
        wall=time.perf_counter() - start,
        cpu=usage.ru_utime + usage.ru_stime,
        peak=usage.ru_maxrss / 1024,
        status=status >> 8,
    )


def own_peak() -> float:
    """The peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def row(name: str, *cells: object) -> None:
    """Print one row of a table."""
    print(f"  {name:<58}" + "".join(f"{cell!s:>16}" for cell in cells), flush=True)


def milliseconds(seconds: float) -> str:
    """Seconds as milliseconds, with a sensible number of digits."""
    return f"{seconds * 1000:.1f} ms" if seconds < 10 else f"{seconds:.1f} s"
