"""`monitor run`: the daemon."""

import argparse

from monitor.cli.main import tell
from monitor.errors import BusyError

BUSY = 75
"""EX_TEMPFAIL of sysexits.h: somebody else is at it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor run` takes."""
    parser.epilog = (
        "Stops on SIGTERM or Ctrl-C, within 20 seconds. SIGHUP, or a changed configuration, is taken over at once; one"
        " with mistakes is told, and changes nothing. The log goes to standard error, a line of JSON an event."
    )


def run(options: argparse.Namespace) -> int:
    """Be the daemon; 75 if the store has one already."""
    from monitor import daemon

    try:
        return daemon.run(options.config, options.store)
    except BusyError as error:
        tell(error)
        return BUSY
