"""`monitor config check`: every mistake in the configuration at once."""

import argparse

from monitor.cli.main import SAME, counted
from monitor.wiring import CONFIG, configuration


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor config` takes."""
    parser.add_argument("action", choices=("check",), help="check: name every mistake, with its line")


def run(options: argparse.Namespace) -> int:
    """Say what the configuration follows; mistakes are raised, and told by the caller."""
    settings = configuration(options.config)
    pages = sum(len(target.pages) for target in settings.targets)
    print(
        f"{options.config or CONFIG}: no mistakes; {counted(len(settings.targets), 'target')}, {counted(pages, 'page')}"
    )
    if not settings.fetch.contact:
        print("note: sites cannot tell who is asking; set contact in [fetch]")
    if settings.schedule:
        from monitor.config.timing import remarks

        for remark in remarks(settings.schedule):
            print(f"note: {remark}")
    if settings.rules or settings.channels:
        from monitor.config.rules import hears_of_trouble

        print(f"{counted(len(settings.rules), 'rule')}, {counted(len(settings.channels), 'channel')}")
        if not hears_of_trouble(settings.rules):
            print('note: no rule hears of trouble (a page that cannot be had); add a [[rule]] with kinds = ["trouble"]')
        used = {channel for rule in settings.rules for channel in rule.channels}
        for channel in settings.channels:
            if channel.name not in used:
                print(f"note: no rule names the channel {channel.name}")
    return SAME
