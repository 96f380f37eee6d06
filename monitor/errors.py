"""The errors of the program, one type per reaction.

MonitorError                  one clear line: what happened, and what to do
├── InputError                what the user gave cannot be used (exit status 2)
│   ├── ConfigError           config.toml is wrong: every mistake, with its line
│   └── UnknownReferenceError       a REF names nothing that can be read
├── ReadingError              the bytes cannot be read as a document at all
│   └── LimitError            reading would cost more than a page is allowed to
├── FetchError                the page could not be had
│   ├── RetryableError        it may go through later: back off and try again
│   └── RefusedError          it will not go through: tell, and do not try again soon
└── StoreError                the store is damaged or of another version
    ├── BusyError             another process works in it: wait for it
    ├── FullError             its disk is full: fetch nothing until there is room (exit status 3)
    └── UnwritableError       permissions or a read-only disk: somebody has to see to it (exit status 4)
"""


class MonitorError(Exception):
    """An error told to the user in one line that names the cause and the remedy."""


class InputError(MonitorError):
    """What the user gave cannot be used."""


class ConfigError(InputError):
    """The configuration is wrong. `problems` holds every mistake found, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnknownReferenceError(InputError):
    """A document reference names nothing that can be read."""


class ReadingError(MonitorError):
    """The bytes cannot be read as a document at all (binary, empty, wrong type)."""


class LimitError(ReadingError):
    """Reading would cost more memory or time than a page is allowed to (size, depth, attributes). `cause` is a short
    stable word: parse_limit, parse_memory, parser_crash."""

    def __init__(self, message: str, *, cause: str = "parse_limit") -> None:
        super().__init__(message)
        self.cause = cause


class FetchError(MonitorError):
    """The page could not be had. `cause` is a short stable word: timeout, dns, tls, status, robots …"""

    def __init__(self, message: str, *, cause: str) -> None:
        super().__init__(message)
        self.cause = cause


class RetryableError(FetchError):
    """The fetch may go through later. `retry_after` is the server's wish in seconds, if it gave one, `status` what it
    answered, if it did."""

    def __init__(
        self, message: str, *, cause: str, retry_after: float | None = None, status: int | None = None
    ) -> None:
        super().__init__(message, cause=cause)
        self.retry_after = retry_after
        self.status = status


class RefusedError(FetchError):
    """The fetch will not go through soon: forbidden, gone, or not allowed by robots.txt."""


class StoreError(MonitorError):
    """The store is damaged or of another version, or cannot be used for one of the reasons below."""


class BusyError(StoreError):
    """Another process works in the store."""


class FullError(StoreError):
    """The disk that the store lies on is full."""


class UnwritableError(StoreError):
    """The store may not be written: permissions, or a disk that is read-only."""
