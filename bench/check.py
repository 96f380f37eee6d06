"""`monitor check` over 200 pages of 59 KB on loopback beside urlwatch: CPU of a page, start and child included, and peak memory.

urlwatch is told to keep the readable text of the page's main part (its `css` and `html2text` filters); it is installed
into an environment of the bench.
"""

import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from bench.measure import process, row
from bench.server import PAGES
from bench.virtual_environment import installed

ROUNDS = (
    ("first capture", 1, 0),
    ("unchanged (200)", 1, 0),
    ("unchanged (200), validators come", 1, 1),
    ("unchanged (304)", 1, 1),
    ("changed", 2, 0),
)
"""Name, version served, validators."""

_MEASURED = (
    "import resource, sys\n"
    "from monitor.cli.main import main\n"
    "status = main(['check', '--format', 'json'])\n"
    "used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
    "print(sum(each.ru_utime + each.ru_stime for each in used), max(each.ru_maxrss // 1024 for each in used),"
    " file=sys.stderr)\n"
)


def main() -> None:
    """A line a round."""
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.server"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
    theirs = installed("urlwatch")
    row("", "ms a page", "MB", "urlwatch ms", "MB", "ratio")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _configure(folder, address)
        for told, version, validators in ROUNDS:
            with urllib.request.urlopen(f"{address}/control?version={version}&validators={validators}"):
                pass
            cpu, peak = _ours(folder)
            cells: list[object] = [f"{cpu:.2f}", peak]
            if theirs is not None:
                other_cpu, other_peak = _urlwatch(theirs, folder)
                cells += [f"{other_cpu:.2f}", other_peak, f"x {cpu / other_cpu:.2f}"]
            row(told, *cells)
    server.kill()
    server.wait()


def _configure(folder: Path, address: str) -> None:
    urls = [f"{address}/report-{n}/" for n in range(PAGES)]
    targets = "".join(f'[[target]]\nid = "t{n}"\naddresses = {{ en = "{url}" }}\n' for n, url in enumerate(urls))
    (folder / "config.toml").write_text(f"[fetch]\ninterval = 0\nallow_private = true\n{targets}")
    jobs = (f'url: "{url}"\nfilter:\n  - css: main\n  - html2text\n' for url in urls)
    (folder / "urls.yaml").write_text("---\n".join(jobs))
    (folder / "urlwatch.yaml").write_text("report: {stdout: {enabled: true, color: false}}\n")


def _ours(folder: Path) -> tuple[float, int]:
    """Milliseconds of CPU a page, and the peak memory in MB of the larger of the program and its child."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-c", _MEASURED]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    seconds, peak = done.stderr.strip().splitlines()[-1].split(" ")
    return 1000 * float(seconds) / PAGES, int(peak)


def _urlwatch(programs: Path, folder: Path) -> tuple[float, int]:
    files = ["--urls", "urls.yaml", "--config", "urlwatch.yaml", "--cache", "urlwatch.db"]
    run = process([str(programs / "urlwatch"), *files], cwd=folder, stderr=subprocess.DEVNULL)
    return 1000 * run.cpu / PAGES, round(run.peak)
