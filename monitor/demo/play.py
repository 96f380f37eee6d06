"""The demo played: the fictional site served on loopback and followed, stage by stage, as `monitor check` follows a
real one. Writes into one folder of its own and nowhere else."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.demo import site
from monitor.demo.manuscript import LANGUAGES
from monitor.demo.server import Site
from monitor.demo.stages import pages
from monitor.demo.story import STEPS, Expected, Step, problems
from monitor.errors import InputError
from monitor.model.comparison import Comparison
from monitor.report.shapes import View
from monitor.runs.check import Outcome, State

TARGET = "norvania"

_MARK = "made-by-monitor-demo.txt"
_STATES = {
    Expected.FIRST: State.FIRST, Expected.UNCHANGED: State.UNCHANGED, Expected.SET_ASIDE: State.SET_ASIDE,
    Expected.CORRECTED: State.CHANGED, Expected.MISCORRECTED: State.CHANGED, Expected.PUT_RIGHT: State.CHANGED,
    Expected.NEW_EDITION: State.CHANGED,
}  # fmt: skip
_CONFIGURATION = """\
# What the demo followed. The address led to its own site, which is gone now; the store and the reports stay.

[store]
path = "snapshots"

[fetch]
contact = "demo@rights-observatory.example"
interval = 0
allow_private = ["127.0.0.0/8"]

[[target]]
id = "{target}"
title = "Norvania"
path = "{path}"
pattern = "{address}/{{language}}/location/{{path}}/report-{{id}}/"
languages = [{languages}]
codes = {{ zh = "zh-hans" }}
profile = "amnesty"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReport:
    """A report left in the folder, with the view that it shows."""

    language: str
    path: Path
    view: View


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A stage, played: how each page was found, the reports left, and what the program should have found but did not."""

    step: Step
    outcomes: tuple[Outcome, ...]
    reports: tuple[WrittenReport, ...]
    problems: tuple[str, ...]


def play(folder: Path) -> Iterator[Scene]:
    """Serve, follow and report every stage in turn; each scene is over, and its reports written, when it is yielded.

    Raises:
        InputError: the folder holds something that no demo left there, or cannot be written.
    """
    _prepare(folder)
    with Site(pages(STEPS[0].stage)) as served:
        config = folder / "config.toml"
        config.write_text(_configuration(served.address), encoding="utf-8")
        for step in STEPS:
            served.show(pages(step.stage))
            yield _scene(step, _checked(config), folder)


def _prepare(folder: Path) -> None:
    """An empty folder: what an earlier demo left there goes, anything else is not touched."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / _MARK).exists():
            shutil.rmtree(folder / "snapshots", ignore_errors=True)
            shutil.rmtree(folder / "reports", ignore_errors=True)
        elif any(folder.iterdir()):
            raise InputError(
                f"{folder}: holds files that no demo left there; choose an empty or new folder as --output"
            )
        (folder / _MARK).write_text("This folder belongs to `monitor demo`, which empties it when it runs again.\n")
        (folder / "reports").mkdir()
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}); choose another --output") from error


def _configuration(address: str) -> str:
    path = site.country_path("en").removeprefix("/en/location/").rstrip("/")
    languages = ", ".join(f'"{language}"' for language in LANGUAGES)
    return _CONFIGURATION.format(target=TARGET, path=path, address=address, languages=languages)


def _checked(config: Path) -> tuple[Outcome, ...]:
    """The outcome of every page, in the order of LANGUAGES."""
    from monitor.wiring import check_run

    with check_run(config, None) as under_way:
        return tuple(sorted(under_way.outcomes, key=lambda outcome: LANGUAGES.index(outcome.page.language)))


def _scene(step: Step, outcomes: tuple[Outcome, ...], folder: Path) -> Scene:
    return Scene(
        step=step,
        outcomes=outcomes,
        reports=tuple(
            _report(step, outcome.page.language, comparison, folder)
            for outcome in outcomes
            if (comparison := outcome.comparison) is not None
        ),
        problems=tuple(f"{outcome.page.name}: {line}" for outcome in outcomes for line in _missed(step, outcome)),
    )


def _missed(step: Step, outcome: Outcome) -> list[str]:
    expected = step.expects(outcome.page.language)
    if outcome.state is not _STATES[expected]:
        told = f": {outcome.error or outcome.reason}" if outcome.error or outcome.reason else ""
        return [f"was found {outcome.state.value}, not {_STATES[expected].value}{told}"]
    return problems(expected, outcome.comparison) if outcome.comparison is not None else []


def _report(step: Step, language: str, comparison: Comparison, folder: Path) -> WrittenReport:
    from monitor.report.page import page
    from monitor.report.view import view

    shown = view(comparison)
    path = folder / "reports" / f"{step.stage.value}-{step.name}-{language}.html"
    path.write_text(page(shown), encoding="utf-8")
    return WrittenReport(language=language, path=path, view=shown)
