"""`monitor config check`: every mistake in the configuration at once."""

import argparse

from monitor.cli.main import SAME
from monitor.wiring import CONFIG, configuration


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor config` takes."""
    parser.add_argument("action", choices=("check",), help="check: name every mistake, with its line")


def run(options: argparse.Namespace) -> int:
    """Say what the configuration follows; mistakes are raised, and told by the caller."""
    settings = configuration(options.config)
    pages = sum(len(target.pages) for target in settings.targets)
    print(f"{options.config or CONFIG}: no mistakes; {len(settings.targets)} targets, {pages} pages")
    if not settings.fetch.contact:
        print("note: sites cannot tell who is asking; set contact in [fetch]")
    return SAME
