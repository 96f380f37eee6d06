"""The `monitor` command: finds the sub-command, runs it, and turns every error into one line and an exit status."""

import argparse
import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from monitor.errors import FullError, MonitorError, UnwritableError

SAME, DIFFERENT, TROUBLE, FULL, UNWRITABLE = 0, 1, 2, 3, 4

COMMANDS = {
    "demo": "the whole job on this machine alone: a fictional site, followed through its changes",
    "check": "one run now: fetch, store, compare",
    "run": "the daemon: the same on the configured schedule",
    "accept": "believe what was set aside: it becomes the version that what comes is compared with",
    "alerts": "what was said, what waits to be delivered, and what the rules would say",
    "diff": "one report of what changed between two documents",
    "inspect": "what was read: sections, statistics and the verdict on the page",
    "translations": "all languages of one report side by side: which sections and figures agree",
    "statistics": "the figures of a target over its versions, editions and languages",
    "history": "the captures, versions and editions held",
    "import": "fill in the past: from an archive, from WARC files, from a saved page",
    "export": "what is held as WARC, its comparisons as JSON lines",
    "compact": "thin out captures without change, pack bytes anew, give space back",
    "verify": "every stored byte re-hashed, every index row accounted for",
    "config": "every mistake in the configuration at once",
}


def program() -> NoReturn:
    """The command as a process of its own: `main`, and out at once.

    What was opened is closed and what was printed flushed by then; to take the interpreter down object by object, and
    to look for rings of garbage in what a report needs to its end, would be a seventh of a short run.
    """
    gc.set_threshold(50_000)
    status = main()
    sys.stderr.flush()
    os._exit(status)


def main(arguments: list[str] | None = None) -> int:
    """Run one command line and return its exit status: 0 done or same, 1 different, 2 trouble; 3 the store's disk is
    full, 4 the store may not be written."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except MonitorError as error:
        tell(error)
        return _status(error)
    except KeyboardInterrupt:
        print("monitor: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TROUBLE
    except OSError as error:
        where = error.filename or "standard output"
        print(f"monitor: {where}: {error.strerror}; look whether it can be written", file=sys.stderr)
        return TROUBLE
    return status


def tell(error: MonitorError) -> None:
    """Print what went wrong to standard error, a line for each mistake."""
    for line in str(error).splitlines():
        print(f"monitor: {printable(line)}", file=sys.stderr)


def terminal_width() -> int:
    """The columns of the terminal, between 60 and 120."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (OSError, ValueError):
        columns = 100
    return max(60, min(120, columns))


def printable(text: str) -> str:
    """The text with control characters shown as escapes, so that no page drives the terminal."""
    return "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in text)


def counted(count: int, noun: str) -> str:
    """A count with its noun: "1 capture", "1,200 captures". Of verbs in -y: "1 try", "2 tries"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def _status(error: MonitorError) -> int:
    match error:
        case FullError():
            return FULL
        case UnwritableError():
            return UNWRITABLE
        case _:
            return TROUBLE


def _run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="monitor",
        formatter_class=_Help,
        description="Follows yearly reports and tells what changed, section by section.",
        epilog="`monitor COMMAND --help` explains one command.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", prog="monitor")
    wanted = next((argument for argument in arguments if argument in COMMANDS), None)
    for name in [wanted] if wanted and arguments[0] == wanted else COMMANDS:
        summary = COMMANDS[name]
        description = f"{summary[0].upper()}{summary[1:]}."
        command = commands.add_parser(name, help=summary, description=description, formatter_class=_Help)
        if name == wanted:
            _module(name).add_arguments(command)
            _add_common(command)
    options = parser.parse_args(arguments)
    if options.version:
        from importlib.metadata import version

        print(f"monitor {version('monitor')}")
        return SAME
    if options.command is None:
        parser.print_help()
        return TROUBLE
    status: int = _module(options.command).run(options)
    return status


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal. argparse makes a formatter for every option, and would load half of shutil."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=terminal_width() - 2)


def _module(name: str):  # type: ignore[no-untyped-def]  # a module has no useful type here
    from keyword import iskeyword

    return import_module(f"monitor.cli.{name}{'_' * iskeyword(name)}")


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, metavar="PATH", help="the configuration (default: ./config.toml)")
    parser.add_argument(
        "--store", type=Path, metavar="PATH", help="the store (default: as configured, else ./snapshots)"
    )
