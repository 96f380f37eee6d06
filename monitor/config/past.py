"""What can be set of the past: where archives are asked, and what is thinned out."""

from dataclasses import dataclass

from monitor.config import checks
from monitor.config.checks import Setting, Table

ARCHIVE: Table = {
    "name": Setting(checks.text, "wayback"),
    "cdx": Setting(checks.address, "https://web.archive.org/cdx/search/cdx"),
    "timemap": Setting(checks.archive_pattern),
    "replay": Setting(checks.archive_pattern, "https://web.archive.org/web/{time}id_/{url}"),
    "interval": Setting(checks.number(0, 3600, "seconds"), 1.0),
    "listing_interval": Setting(checks.number(0, 3600, "seconds"), 3.0),
}

RETENTION: Table = {
    "keep_all_days": Setting(checks.number(0, 100_000, "days"), 90.0),
    "thin_to_days": Setting(checks.number(0, 100_000, "days"), 30.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    """The archive that `import wayback` asks. With a `timemap` its lists are asked there (Memento, RFC 7089), else at
    `cdx`; `replay` is where a capture is played back as it was archived. Seconds between two captures, two lists."""

    name: str = "wayback"
    cdx: str = "https://web.archive.org/cdx/search/cdx"
    timemap: str | None = None
    replay: str = "https://web.archive.org/web/{time}id_/{url}"
    interval: float = 1.0
    listing_interval: float = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """Which captures without change `compact` thins out: those older than `keep_all_days`, to one in so many days."""

    keep_all_days: float = 90.0
    thin_to_days: float = 30.0
