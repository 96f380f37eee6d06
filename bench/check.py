"""`monitor check` over 200 pages of 59 KB on loopback: CPU of a page, child included, and peak memory, beside what others took."""

import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from bench.measure import row
from bench.server import PAGES

ROUNDS = (
    ("first capture", 1, 0, ""),
    ("unchanged (200)", 1, 0, "24"),
    ("unchanged (200), validators come", 1, 1, ""),
    ("unchanged (304)", 1, 1, "3"),
    ("changed", 2, 0, "31"),
)
"""Name, version served, validators, and the least that others took (ms a page; `peers.md` of the issue's facts)."""

_MEASURED = (
    "import resource, sys\n"
    "from monitor.cli.main import main\n"
    "status = main(['check', '--format', 'json'])\n"
    "used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
    "print(sum(each.ru_utime + each.ru_stime for each in used), [each.ru_maxrss // 1024 for each in used],"
    " file=sys.stderr)\n"
)


def main() -> None:
    """A line a round."""
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.server"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
    row("", "ms a page", "others at least", "MB, of child")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        targets = "".join(
            f'[[target]]\nid = "t{n}"\naddresses = {{ en = "{address}/report-{n}/" }}\n' for n in range(PAGES)
        )
        (folder / "config.toml").write_text(f"[fetch]\ninterval = 0\nallow_private = true\n{targets}")
        for told, version, validators, others in ROUNDS:
            with urllib.request.urlopen(f"{address}/control?version={version}&validators={validators}"):
                pass
            environment = {"PYTHONPATH": str(Path(__file__).parent.parent)}
            done = subprocess.run(
                [sys.executable, "-c", _MEASURED],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            seconds, _, peaks = done.stderr.strip().splitlines()[-1].partition(" ")
            row(told, f"{1000 * float(seconds) / PAGES:.2f}", others, peaks)
    server.kill()
    server.wait()


if __name__ == "__main__":
    main()
