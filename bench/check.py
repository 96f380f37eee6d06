"""`monitor check` over 200 pages of 59 KB on loopback beside urlwatch: CPU of a page, start and child included, and peak memory.

urlwatch is told to keep the readable text of the page's main part: its filters `css` and `html2text`, this once by its
default method, which takes the tags out, and once by the library of that name, which keeps paragraphs and lists apart.
It is installed into an environment of the bench.
"""

import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from bench.measure import Process, process, row
from bench.server import PAGES
from bench.virtual_environment import installed, monitor_alone

ROUNDS = (
    ("first capture", 1, 0),
    ("unchanged (200)", 1, 0),
    ("unchanged (200), validators come", 1, 1),
    ("unchanged (304)", 1, 1),
    ("changed", 2, 0),
)
"""Name, version served, validators."""

METHODS = ("re", "pyhtml2text")


def main() -> None:
    """A line a round."""
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.server"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
    theirs = installed("urlwatch", "html2text")
    row("", "ms a page", "MB", *(cell for method in METHODS for cell in (f"urlwatch {method}", "MB", "ratio")))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _configure(folder, address)
        for told, version, validators in ROUNDS:
            with urllib.request.urlopen(f"{address}/control?version={version}&validators={validators}"):
                pass
            cpu, peak = _ours(folder)
            cells: list[object] = [f"{cpu:.2f}", peak]
            for method in METHODS if theirs is not None else ():
                other_cpu, other_peak = _urlwatch(theirs, folder, method, validators)
                cells += [f"{other_cpu:.2f}", other_peak, f"x {cpu / other_cpu:.2f}"]
            row(told, *cells)
    server.kill()
    server.wait()


def _configure(folder: Path, address: str) -> None:
    urls = [f"{address}/report-{n}/" for n in range(PAGES)]
    targets = "".join(f'[[target]]\nid = "t{n}"\naddresses = {{ en = "{url}" }}\n' for n, url in enumerate(urls))
    (folder / "config.toml").write_text(f"[fetch]\ninterval = 0\nallow_private = true\n{targets}")
    for method in METHODS:
        filters = f"filter:\n  - css: main\n  - html2text:\n      method: {method}\n"
        (folder / f"{method}.yaml").write_text("---\n".join(f'url: "{url}"\n{filters}' for url in urls))
    (folder / "urlwatch.yaml").write_text("report: {stdout: {enabled: true, color: false}}\n")


def _ours(folder: Path) -> tuple[float, int]:
    """Milliseconds of CPU a page, and the peak memory in MB of the larger of the program and its child."""
    python, environment = monitor_alone()
    return _used(process([python, "-m", "monitor", "check"], cwd=folder, env=environment))


def _urlwatch(programs: Path, folder: Path, method: str, validators: int) -> tuple[float, int]:
    """It keeps the validators of a first capture only: with them it begins anew."""
    cache = f"{method}-{validators}.db"
    files = ["--urls", f"{method}.yaml", "--config", "urlwatch.yaml", "--cache", cache]
    return _used(process([str(programs / "urlwatch"), *files], cwd=folder, stderr=subprocess.DEVNULL))


def _used(run: Process) -> tuple[float, int]:
    return 1000 * run.cpu / PAGES, round(run.peak)
