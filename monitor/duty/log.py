"""The daemon's log: one line of JSON an event, on standard error."""

import json
import logging
import sys
from datetime import UTC, datetime

NAME = "monitor"


def log() -> logging.Logger:
    """The daemon's logger."""
    return logging.getLogger(NAME)


def set_up(level: int = logging.INFO) -> None:
    """Write the log to standard error, and what libraries warn of with it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    log().setLevel(level)


def event(name: str, level: int = logging.INFO, **fields: object) -> None:
    """One line: what happened, with its fields."""
    log().log(level, name, extra={"fields": fields})


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "event": record.getMessage(), **getattr(record, "fields", {}),
        }  # fmt: skip
        if record.name != NAME:
            line["logger"] = record.name
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str)
