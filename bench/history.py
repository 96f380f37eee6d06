"""The past: bytes on disk, reading far back, import beside warcio, a large store's start, kills at any moment."""

import hashlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.corpus import edited, report
from bench.measure import best, milliseconds, process, row
from monitor.archive.writer import Writer
from monitor.model.capture import Capture, Unmodified
from monitor.model.history import Found, Reading
from monitor.model.past import Exported
from monitor.model.quality import Verdict
from monitor.model.target import Page
from monitor.runs.examine import Sample, examine
from monitor.store.store import SnapshotStore

SIZE = 60_000
VERSIONS = 1_000
START = datetime(2020, 1, 1, tzinfo=UTC)
PAGE = Page(target="norvania", language="en", url="https://reports.example/norvania/")
KILLS = {"import": 80, "compact": 60, "export": 60}
TARGETS, CAPTURES = 1_000, 100


def main() -> None:
    """Each promise with its figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _configure(folder)
        pages = list(_pages(VERSIONS))
        _sizes(folder, pages)
        _far_back(folder, pages)
        _imports(folder, pages)
        _large(folder)
        _kills(folder, pages[:60])


def _configure(folder: Path) -> None:
    folder.joinpath("config.toml").write_text(
        "[fetch]\ninterval = 0\nallow_private = true\n"
        f'[[target]]\nid = "{PAGE.target}"\naddresses = {{ en = "{PAGE.url}" }}\n'
    )


def _pages(count: int) -> Iterator[bytes]:
    """Pages of 60 KB, each three words further than the one before, with a token and ids of its own in the markup."""
    chance = random.Random(4)
    text = report(3_000)
    for number in range(count):
        text = edited(text, 3, seed=number)
        page = text.page().replace(b"<nav>", b"<nav id=n%s>" % chance.randbytes(6).hex().encode(), 1)
        filler = SIZE - len(page) - 60
        token = chance.randbytes(10).hex().encode()
        yield page.replace(b"</footer>", b"<!--" + token + b"x" * max(0, filler) + b"--></footer>")


def _capture(content: bytes, at: datetime) -> Capture:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Server", "nginx"), ("Date", f"{at:%a, %d %b %Y %T} GMT"))
    return Capture(
        page=PAGE, url=PAGE.url, status=200, headers=headers, content=content,
        sha256=hashlib.sha256(content).hexdigest(), captured_at=at, request=(("Host", "reports.example"),),
    )  # fmt: skip


def _sizes(folder: Path, pages: list[bytes]) -> None:
    row("bytes on disk", "measured", "asked")
    SnapshotStore(folder / "live", create=True).close()
    empty = _disk(folder / "live")
    store = SnapshotStore(folder / "live")
    base = None
    for number, content in enumerate(pages[:200]):
        capture = _capture(content, START + timedelta(days=number))
        if base is not None:
            base = store.snapshot((PAGE.target, PAGE.language), base)
        found = examine(Sample(new=_snapshot(capture), base=base))
        comparison = found.comparison
        kept = Found(old_sha256=base.sha256, comparison=comparison) if base and comparison else None
        store.record(capture, found.reading, kept)
        base = capture.sha256
    store.close()
    changed = _disk(folder / "live")
    store = SnapshotStore(folder / "live")
    for day in range(1, 2_001):
        at = START + timedelta(days=1_000 + day)
        seen: Capture | Unmodified = Unmodified(page=PAGE, url=PAGE.url, captured_at=at)
        store.record_unchanged([_capture(pages[199], at) if day % 2 else seen])
    store.close()
    row("an empty store", f"{empty:,}")
    row("a changed version of a 60 KB page, of 200", f"{(changed - empty) / 200:.0f}", "1,000")
    row("an unchanged capture, of 2,000", f"{(_disk(folder / 'live') - changed) / 2_000:.0f}", "200")


def _snapshot(capture: Capture):  # type: ignore[no-untyped-def]
    from monitor.model.history import Snapshot

    return Snapshot(
        target=PAGE.target, language=PAGE.language, sha256=capture.sha256, content=capture.content, url=PAGE.url,
        media_type="text/html", captured_at=capture.captured_at,
    )  # fmt: skip


def _disk(store: Path) -> int:
    return sum(path.stat().st_size for path in store.iterdir() if path.name != "ballast")


def _far_back(folder: Path, pages: list[bytes]) -> None:
    row("reading one version back, its SHA-256 checked", "of 10", f"of {len(pages):,}", "times", "asked")
    times = []
    for count in (10, len(pages)):
        store = SnapshotStore(folder / f"back{count}", create=True)
        for number, content in enumerate(pages[:count]):
            reading = Reading(verdict=Verdict.REPORT, digest=number.to_bytes(32, "big"), title="t", edition=2024)
            store.record(_capture(content, START + timedelta(hours=number)), reading)
        chosen = random.Random(1).sample([hashlib.sha256(page).hexdigest() for page in pages[:count]], min(count, 50))
        took = [best(partial(store.snapshot, (PAGE.target, PAGE.language), sha256))[0] for sha256 in chosen]
        times.append((statistics.median(took), max(took)))
        store.close()
    for name, which in (("median", 0), ("slowest", 1)):
        few, many = times[0][which], times[1][which]
        row(f"  {name}", milliseconds(few), milliseconds(many), f"x {many / few:.1f}", "x 10")


def _imports(folder: Path, pages: list[bytes]) -> None:
    row("import of a WARC", "warcio digests", "taken in", "times", "whole import", "peak MB")
    for count in (200, 1_000):
        path = folder / f"in{count}.warc.gz"
        _write(path, pages[:count])
        theirs = best(lambda path=path: _warcio(path), rounds=3)[0]
        ours = best(lambda path=path: _taken(folder, path), rounds=3)[0]
        shutil.rmtree(folder / "imported", ignore_errors=True)
        whole = process(
            [sys.executable, "-m", "monitor", "import", "warc", str(path), "--store", str(folder / "imported")],
            cwd=folder,
        )
        row(
            f"  {count:,} captures of 60 KB", milliseconds(theirs), milliseconds(ours), f"x {ours / theirs:.2f}",
            f"{whole.wall:.1f} s", f"{whole.peak:.0f}",
        )  # fmt: skip
    path = folder / "others.warc.gz"
    _write(path, pages, url="https://elsewhere.example/")
    theirs = best(lambda: _warcio(path), rounds=3)[0]
    ours = best(lambda: _taken(folder, path), rounds=3)[0]
    row(
        "  1,000 captures of other pages, passed over",
        milliseconds(theirs),
        milliseconds(ours),
        f"x {ours / theirs:.2f}",
    )


def _write(path: Path, pages: list[bytes], url: str = PAGE.url) -> None:
    captures = (
        Exported(
            page=(PAGE.target, PAGE.language), url=url, status=200, headers=(("Content-Type", "text/html"),), request=(),
            content=content, sha256="", captured_at=START + timedelta(hours=number), origin="",
        )
        for number, content in enumerate(pages)
    )  # fmt: skip
    with path.open("wb") as file:
        Writer(_WithoutNames(file), gzip=True).write_all(captures)


class _WithoutNames:
    """Writes records as a crawler would, without the names of our own fields."""

    def __init__(self, file) -> None:  # type: ignore[no-untyped-def]
        self._file = file

    def write(self, record: bytes) -> None:
        import gzip

        plain = gzip.decompress(record).replace(b"Monitor-Page: norvania/en\r\n", b"", 1)
        self._file.write(gzip.compress(plain))


def _warcio(path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            record.content_stream().read()


def _taken(folder: Path, path: Path) -> None:
    """Everything of an import but the reading of the pages: read, digests checked, kept and synced."""
    from monitor.archive.addresses import Matcher
    from monitor.archive.warc import Reader
    from monitor.runs.taking import Tally, take_all

    shutil.rmtree(folder / "taken", ignore_errors=True)
    store = SnapshotStore(folder / "taken", create=True)
    matcher = Matcher([PAGE])
    reader = Reader(lambda url: matcher.page_of(url) and (PAGE.target, PAGE.language), datetime.now(UTC))
    for _ in take_all(reader.captures(path), store.intake, Tally()):
        pass
    store.close()


def _large(folder: Path) -> None:
    row(
        f"start with captures: {10} and {TARGETS * CAPTURES:,} of {TARGETS:,} targets",
        "10",
        f"{TARGETS * CAPTURES:,}",
        "times",
    )
    config = "".join(
        f'[[target]]\nid = "t{n}"\naddresses = {{ en = "http://127.0.0.1:9/t{n}/" }}\n' for n in range(TARGETS)
    )
    for store, captures in (("small", 10), ("large", TARGETS * CAPTURES)):
        (folder / f"{store}.toml").write_text("[fetch]\ninterval = 0\nallow_private = true\n" + config)
        _fill(folder / store, captures)
    day = f"{START + timedelta(days=3):%Y-%m-%d}"
    for command in (["history", "t0"], ["diff", f"t0/en@{day}", "t0/en"], ["check", "t0"]):
        took = []
        for store in ("small", "large"):
            line = [sys.executable, "-m", "monitor", *command, "--config", f"{store}.toml", "--store", store]
            took.append(min(process(line, cwd=folder, stderr=subprocess.DEVNULL).wall for _ in range(7)))
        row(f"  monitor {' '.join(command)}", *map(milliseconds, took), f"x {took[1] / took[0]:.2f}")


def _fill(folder: Path, captures: int) -> None:
    """Ten captures of the first target; for more, a hundred of each."""
    store = SnapshotStore(folder, create=True)
    content = report(300).page()
    sha256 = hashlib.sha256(content).hexdigest()
    followed = [
        Page(target=f"t{n}", language="en", url=f"http://127.0.0.1:9/t{n}/") for n in range(max(1, captures // 100))
    ]
    for page in followed:
        capture = Capture(
            page=page, url=page.url, status=200, headers=(("Content-Type", "text/html"),), content=content, sha256=sha256,
            captured_at=START,
        )  # fmt: skip
        store.record(capture, examine(Sample(new=_snapshot(capture))).reading if page is followed[0] else _READ)
    for day in range(1, 10 if captures == 10 else CAPTURES):
        at = START + timedelta(days=day)
        store.record_unchanged([Unmodified(page=page, url=page.url, captured_at=at) for page in followed])
    store.close()


_READ = Reading(verdict=Verdict.REPORT, digest=b"d" * 32, title="Norvania 2024", edition=2024)


def _kills(folder: Path, pages: list[bytes]) -> None:
    row("killed at random moments", "kills", "store not whole", "not completed")
    path = folder / "kill.warc.gz"
    _write(path, pages)
    work = {
        "import": ["import", "warc", str(path)],
        "compact": ["compact", "--keep-all-days", "0"],
        "export": ["export", "--warc", "killed.warc"],
    }
    reference = _ran(folder, ["import", "warc", str(path)], "done")
    chance = random.Random(9)
    for name, arguments in work.items():
        broken = 0
        longest = reference if name == "import" else 0.6
        shutil.rmtree(folder / "killed", ignore_errors=True)
        for number in range(KILLS[name]):
            if name == "compact" or (name == "import" and number % 8 == 0):
                shutil.rmtree(folder / "killed", ignore_errors=True)
            if name != "import" and not (folder / "killed").exists():
                shutil.copytree(folder / "done", folder / "killed")
            _killed(folder, arguments, chance.uniform(0.05, longest))
            broken += (folder / "killed/store.sqlite").exists() and _status(folder, ["verify"]) != 0
        incomplete = _status(folder, arguments) != 0 or _status(folder, ["verify"]) != 0
        if name != "compact":
            incomplete |= _history(folder, "killed") != _history(folder, "done")
        row(f"  {name}", KILLS[name], broken, int(incomplete))


def _ran(folder: Path, arguments: list[str], store: str) -> float:
    start = time.monotonic()
    subprocess.run([sys.executable, "-m", "monitor", *arguments, "--store", store], cwd=folder, check=True, stdout=-3)
    return time.monotonic() - start


def _status(folder: Path, arguments: list[str]) -> int:
    command = [sys.executable, "-m", "monitor", *arguments, "--store", "killed"]
    return subprocess.run(command, cwd=folder, check=False, stdout=-3, stderr=-3).returncode


def _history(folder: Path, store: str) -> bytes:
    command = [sys.executable, "-m", "monitor", "history", PAGE.target, "--format", "json", "--store", store]
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE).stdout


def _killed(folder: Path, arguments: list[str], seconds: float) -> None:
    command = [sys.executable, "-m", "monitor", *arguments, "--store", "killed"]
    with subprocess.Popen(command, cwd=folder, stdout=-3, stderr=-3) as run:
        try:
            run.wait(seconds)
        except subprocess.TimeoutExpired:
            run.kill()
