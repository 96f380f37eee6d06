"""The daemon at length: 500 reports in six languages over 50,000 checks' worth of hours, told in minutes.

Ready within seconds, memory without growth, CPU of an unchanged check, and no host asked faster than agreed: counted
in the server's own log.
"""

import collections
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

from bench.measure import row
from tests.fakes.reports import LANGUAGES, report

TARGETS = 500
CHECKS = 20_000
INTERVAL = 0.005


class Site(ThreadingHTTPServer):
    """Reports on several loopback addresses, with a log of when each host was asked."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: dict[str, list[float]] = collections.defaultdict(list)
        self.version = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that are killed hang up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: Site

    def do_GET(self) -> None:
        self.server.asked[self.headers["Host"]].append(time.monotonic())
        if self.path == "/robots.txt":
            self._answer(404, b"none")
            return
        version = self.server.version
        etag = f'"{version}"'
        if self.headers.get("If-None-Match") == etag:
            self._answer(304, b"", etag)
        else:
            self._answer(200, body_of(self.path, version), etag)

    def _answer(self, status: int, body: bytes, etag: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if etag:
            self.send_header("ETag", etag)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def body_of(path: str, version: int) -> bytes:
    """The report at a path (/number/language/): the version is a figure in it, the path stands in its markup."""
    return report(path.rstrip("/").rpartition("/")[2], figure=100 * version + 12, noise=path, length=4)


def configuration(site: Site, folder: Path, *, targets: int, hosts: int = 2, more: str = "") -> None:
    """Follow so many targets, spread over some names of this machine."""
    port = site.server_address[1]
    names = ["127.0.0.1", "localhost"][:hosts]
    lines = [
        f'[fetch]\ncontact = "mailto:bench@example.org"\ninterval = {INTERVAL}\nallow_private = true\n{more}',
        '[schedule]\nevery = "1m"\nport = 18766\n',
    ]
    for number in range(targets):
        host = names[number % len(names)]
        addresses = ", ".join(f'{tag} = "http://{host}:{port}/{number}/{tag}/"' for tag in LANGUAGES)
        lines.append(f'[[target]]\nid = "t{number}"\naddresses = {{ {addresses} }}\n')
    (folder / "config.toml").write_text("".join(lines))


def daemon(folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """A daemon that logs into a file."""
    with log.open("ab") as output:
        return subprocess.Popen([sys.executable, "-m", "monitor", "run"], cwd=folder, stderr=output)


def get(path: str) -> str:
    """What the daemon's health server answers."""
    with urllib.request.urlopen(f"http://127.0.0.1:18766{path}", timeout=5) as answer:
        return answer.read().decode()


def checks() -> int:
    """How many checks the daemon has done."""
    return sum(int(number) for number in re.findall(r"monitor_checks_total\{[^}]*\} (\d+)", get("/metrics")))


def memory(process: int) -> float:
    """The resident memory of a process and its children, in MB."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return sum(_rss(number) for number in [process, *map(int, children)])


def _rss(process: int) -> float:
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def cpu(process: int) -> float:
    """The CPU seconds of a process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def main() -> None:
    """Everything, one after the other."""
    site = Site()
    with tempfile.TemporaryDirectory() as name:
        at_length(site, Path(name))
    site.shutdown()


def at_length(site: Site, folder: Path) -> None:
    """The same pages again and again, made due as soon as they were looked at."""
    from monitor.store.store import SnapshotStore
    from monitor.wiring import CLOCK

    configuration(site, folder, targets=TARGETS)
    started = time.monotonic()
    running = daemon(folder, folder / "log")
    while True:
        time.sleep(0.05)
        try:
            if get("/ready") == "ready":
                break
        except OSError:
            continue
    row(f"{TARGETS} targets in {len(LANGUAGES)} languages: ready after", f"{time.monotonic() - started:.1f} s")
    store = SnapshotStore(folder / "snapshots")
    memories: list[tuple[int, float]] = []
    begun, used = 0, 0.0
    while (done := checks()) < CHECKS:
        store.following.pull_in(dict.fromkeys(store.following.due(), CLOCK.now()))
        memories.append((done, memory(running.pid)))
        if not begun and done >= TARGETS * len(LANGUAGES) * 2:
            begun, used = done, cpu(running.pid)
        time.sleep(1)
    spent = cpu(running.pid) - used
    store.close()
    running.send_signal(signal.SIGTERM)
    status = running.wait(40)
    half = [megabytes for done, megabytes in memories if done >= CHECKS / 2]
    first = [megabytes for done, megabytes in memories if CHECKS / 4 <= done < CHECKS / 2]
    row(f"{checks_of(folder):,} checks in", f"{time.monotonic() - started:.0f} s", f"exit status {status}")
    row("memory, child included: highest", f"{max(megabytes for _, megabytes in memories):.0f} MB")
    row("  second quarter, second half", f"{_mean(first):.1f} MB", f"{_mean(half):.1f} MB")
    row("CPU of a check of an unchanged page, everything included", f"{1000 * spent / (CHECKS - begun):.2f} ms")
    gaps = [after - before for times in site.asked.values() for before, after in pairwise(times)]
    row(f"requests to a host at least {INTERVAL * 1000:.0f} ms apart: nearest", f"{min(gaps) * 1000:.1f} ms")
    states = collections.Counter(re.findall(r'"state": "([a-z_]+)"', (folder / "log").read_text()))
    row("how they were found", *(f"{number:,} {state}" for state, number in states.most_common(4)))
    row("requests", f"{sum(map(len, site.asked.values())):,}", f"{len(site.asked)} hosts")


def checks_of(folder: Path) -> int:
    """The checks in the log."""
    return sum('"event": "check"' in line for line in (folder / "log").read_text().splitlines())


def _mean(values: list[float]) -> float:
    return sum(values) / max(len(values), 1)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    main()
