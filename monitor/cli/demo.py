"""`monitor demo`: the fictional site followed through its stages, told line by line."""

import argparse
import textwrap
import time
from pathlib import Path

from monitor.cli.check import changes_in_words, languages_in_words
from monitor.cli.main import SAME, TROUBLE, printable, terminal_width
from monitor.demo.play import TARGET, Scene, play
from monitor.report.shapes import text_of
from monitor.runs.check import Outcome, State


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor demo` takes."""
    parser.epilog = "Nothing leaves this machine. Configuration and store are the demo's own, in the output folder."
    parser.add_argument(
        "--output", type=Path, default=Path("demo-output"), metavar="FOLDER", help="default: ./demo-output"
    )


def run(options: argparse.Namespace) -> int:
    """Play every stage, print, and return 2 if the program did not find what it should have, else 0."""
    started = time.monotonic()
    reports: list[Path] = []
    problems: list[str] = []
    for scene in play(options.output):
        _print_scene(scene)
        reports += [report.path for report in scene.reports] + ([scene.grid] if scene.grid else [])
        problems += scene.problems
    print(
        f"Played in {time.monotonic() - started:.1f} seconds. {len(reports)} reports, one for each comparison and for each time the languages changed:"
    )
    for path in reports:
        print(f"   {path}")
    print("All that was kept, its languages side by side, its figures through both editions:")
    for command in ("history", "translations", "statistics"):
        print(f"   monitor {command} {TARGET} --config {options.output / 'config.toml'}")
    if problems:
        print(f"The demo FAILED: see the {len(problems)} lines marked MISSED above.")
        return TROUBLE
    return SAME


def _print_scene(scene: Scene) -> None:
    """What happened on the site, how each page was found, and the first report's own summary."""
    print(f"{scene.step.stage.value}. {scene.step.heading}")
    _print(scene.step.told, "   ")
    found: dict[str, list[str]] = {}
    for outcome in scene.outcomes:
        found.setdefault(_told(outcome), []).append(outcome.page.language)
    for told, languages in found.items():
        _print(told, f"   {' '.join(languages):<20}")
    if scene.reports:
        first = scene.reports[0]
        print(f"   What the report {first.path.name} says first:")
        for remark in first.view.summary:
            _print(text_of(remark.phrase), "     · ")
    if scene.languages is not None and scene.grid:
        print(f"   The languages side by side, in {scene.grid.name}:")
        for line in languages_in_words(scene.languages) or ["All languages agree in their sections and figures."]:
            _print(line, "     · ")
    if scene.said:
        print("   What was sent:")
        for line in scene.said:
            _print(line, "     · ")
    for problem in scene.problems:
        _print(problem, "   MISSED: ")
    print(flush=True)


def _told(outcome: Outcome) -> str:
    match outcome.state:
        case State.FIRST if outcome.document:
            return f"first capture: {len(outcome.document.sections)} sections, edition {outcome.document.edition}"
        case State.CHANGED if outcome.comparison:
            return f"CHANGED: {changes_in_words(outcome.comparison.summary(), outcome.comparison)}"
        case State.SET_ASIDE:
            return f"set aside, not the report: {outcome.reason}"
        case State.UNCHANGED:
            return "unchanged"
        case _:
            return f"{outcome.state.value}: {outcome.error}"


def _print(text: str, prefix: str) -> None:
    """The text in lines as wide as the terminal, the first one behind the prefix, the others below it."""
    lines = textwrap.wrap(printable(text), terminal_width(), initial_indent=prefix, subsequent_indent=" " * len(prefix))
    print("\n".join(lines))
