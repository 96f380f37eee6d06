"""A server that means harm: bombs, bodies without end, answers without end, nesting, crashes. Memory and time of `monitor check`.

Each case is a run of its own, so that its peak memory is its own; the child that reads pages is counted by itself.
"""

import gzip
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from bench.measure import row

HTML = "Content-Type: text/html; charset=utf-8\r\n"
BOUND = 10.0
"""Seconds that the configuration allows a page; the program's default is 60."""


def headed(body: bytes, more: str = "") -> bytes:
    """An answer with its length."""
    return f"HTTP/1.1 200 OK\r\n{HTML}{more}Content-Length: {len(body)}\r\n\r\n".encode() + body


def plain(body: bytes, more: str = "") -> Callable[[socket.socket], None]:
    """That answer and nothing else."""
    return lambda connection: connection.sendall(headed(body, more))


def gzip_bomb(connection: socket.socket) -> None:
    """A gigabyte of zeros in a megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(1000)) + packer.flush()
    connection.sendall(headed(packed, "Content-Encoding: gzip\r\n"))


def endless_body(connection: socket.socket) -> None:
    """A body that never ends."""
    connection.sendall(f"HTTP/1.1 200 OK\r\n{HTML}\r\n".encode())
    while True:
        connection.sendall(b"<p>more</p>" * 10_000)


def endless_chunks(connection: socket.socket) -> None:
    """The same in chunks."""
    connection.sendall(f"HTTP/1.1 200 OK\r\n{HTML}Transfer-Encoding: chunked\r\n\r\n".encode())
    while True:
        connection.sendall(b"2710\r\n" + b"x" * 10_000 + b"\r\n")


def dripping_body(connection: socket.socket) -> None:
    """A byte now and then, always in time for a read."""
    connection.sendall(f"HTTP/1.1 200 OK\r\n{HTML}Content-Length: 100000\r\n\r\n".encode())
    while True:
        connection.sendall(b"x")
        time.sleep(0.2)


def dripping_headers(connection: socket.socket) -> None:
    """Headers that never end, slowly."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-A: b\r\n")
        time.sleep(0.2)


def many_headers(connection: socket.socket) -> None:
    """Twenty thousand headers."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n")


def early_hints(connection: socket.socket) -> None:
    """A hundred thousand preliminary answers."""
    connection.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100_000 + headed(b"<p>late</p>"))


def silence(connection: socket.socket) -> None:
    """Nothing at all."""
    time.sleep(4 * BOUND)
    connection.close()


def loop(connection: socket.socket) -> None:
    """A redirect to itself."""
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /case/\r\nContent-Length: 0\r\n\r\n")


def inwards(connection: socket.socket) -> None:
    """A redirect to the machine's own metadata."""
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")


_WORDS = b"The council closed twelve wells in the dry season and nobody heard of it. " * 12

CASES: dict[str, Callable[[socket.socket], None]] = {
    "a report (for comparison)": plain(
        b"<!doctype html><html lang=en><title>Maravel 2024</title><main><h1>Maravel 2024</h1><h2>Background</h2><p>"
        + _WORDS + b"</p></main></html>"
    ),
    "gzip bomb: 1 GB in 1 MB": gzip_bomb,
    "gzip in gzip": plain(gzip.compress(gzip.compress(b"\0" * 100_000_000)), "Content-Encoding: gzip, gzip\r\n"),
    "gzip cut short": plain(gzip.compress(_WORDS * 100)[:-400], "Content-Encoding: gzip\r\n"),
    "200 MB": lambda connection: connection.sendall(headed(b"x" * 200_000_000)),
    "endless body": endless_body,
    "endless chunks": endless_chunks,
    "a byte every 0.2 s": dripping_body,
    "a header every 0.2 s": dripping_headers,
    "20,000 headers": many_headers,
    "100,000 early hints": early_hints,
    "silence": silence,
    "redirect loop": loop,
    "redirect inwards": inwards,
    "100,000 nested elements": plain(b"<div>" * 100_000 + _WORDS),
    "500 nested, 9 MB": plain((b"<div>" * 500 + _WORDS + b"</div>" * 500) * 1_500),
    "200,000 attributes": plain(b"<p " + b"a=1 " * 200_000 + b">" + _WORDS),
    "open formatting": plain(b"<b><i><u><s>" * 10_000 + _WORDS),
    "paragraphs in open formatting": plain((b"<p><a><b><i><u>" + _WORDS) * 4_000),
    "a table without end": plain(b"<table>" + b"<tr><td>1" * 200_000),
    "one word of 9 MB": plain(b"<main><p>" + b"w" * 9_000_000),
    "9 MB of short paragraphs": plain(b"<main>" + b"<p>seven of ten" * 600_000),
    "100,000 sections": plain(b"<main>" + b"<h2>Right to water</h2><p>Twelve wells were closed." * 100_000),
    "NUL and control characters": plain(b"<main><p>" + bytes(range(32)) * 30_000 + _WORDS),
}  # fmt: skip


class Site:
    """Answers every request for /case/ as the case does."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.answer: Callable[[socket.socket], None] = silence
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}/case/"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                while connection.recv(65536):
                    self.answer(connection)
            except OSError:
                return


def main() -> None:
    """A line a case."""
    site = Site()
    row("case", "seconds", "MB", "MB of child", "found")
    worst: list[tuple[float, float]] = []
    for name, answer in CASES.items():
        site.answer = answer
        with tempfile.TemporaryDirectory() as folder:
            wall, own, child, told = checked(Path(folder), site.address)
        worst.append((max(own, child), wall))
        row(name, f"{wall:.1f}", f"{own:.0f}", f"{child:.0f}", told)
    row("the worst", f"{max(wall for _, wall in worst):.1f}", f"{max(memory for memory, _ in worst):.0f}")


def checked(folder: Path, address: str) -> tuple[float, float, float, str]:
    """One check of the page: seconds, peak memory of the program and of its child, and how it was found."""
    (folder / "config.toml").write_text(
        f"[fetch]\ntimeout = {BOUND}\ninterval = 0\nrobots = false\nallow_private = ['127.0.0.0/8']\n"
        f'[[target]]\nid = "case"\naddresses = {{ en = "{address}" }}\n'
    )
    script = (
        "import resource, sys, json, re\nfrom monitor.cli.main import main\nstatus = main(['check', '--format', 'json'])\n"
        "own = int(re.search(r'VmHWM:\\s+([0-9]+)', open('/proc/self/status').read())[1])\n"
        "peaks = [own // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024]\n"
        "print(json.dumps(peaks))\n"
    )
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )  # fmt: skip
    wall = time.perf_counter() - started
    lines = done.stdout.splitlines()
    if len(lines) < 2:
        return wall, 0.0, 0.0, f"NOTHING: {done.stderr[-200:]}"
    found, peaks = json_of(lines[0]), json_of(lines[-1])
    told = f"{found['state']} {found['cause'] or found['verdict']}"
    return wall, peaks[0], peaks[1], told


def json_of(line: str):  # type: ignore[no-untyped-def]  # whatever stands there
    """The value of a line of JSON."""
    import json

    return json.loads(line)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    main()
