"""The demo played: the fictional site served on loopback and followed, stage by stage, as `monitor check` follows a
real one. Writes into one folder of its own and nowhere else."""

import base64
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.alerts.outbox import Settled
from monitor.demo import site
from monitor.demo.manuscript import LANGUAGES
from monitor.demo.post import Post
from monitor.demo.postbox import HookServer, MailServer
from monitor.demo.server import Site
from monitor.demo.stages import pages
from monitor.demo.story import STEPS, Expected, Step, language_problems, problems
from monitor.diff.languages import Languages
from monitor.errors import InputError
from monitor.model.comparison import Comparison
from monitor.report.shapes import View
from monitor.runs.check import Outcome, State
from monitor.runs.translations import TargetLanguages

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

[alerts]
translation_grace = "0s"

[[channel]]
name = "mail"
type = "mail"
host = "127.0.0.1"
port = {mail}
security = "none"
sender = "Monitor <monitor@rights-observatory.example>"
recipients = ["Desk <desk@newsroom.example>"]

[[channel]]
name = "webhook"
type = "webhook"
url = "{hook}"
signing = ["file:webhook.key"]
allow_private = ["127.0.0.0/8"]

[[rule]]
name = "everything"
channels = ["mail", "webhook"]

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
    """A stage, played: how each page was found, the reports left, and what the program should have found but did not.

    `languages` are all of them side by side, with their report, where a page was new or changed. `said` is told of the
    messages, a line each: what was sent, what could not be, what arrived.
    """

    step: Step
    outcomes: tuple[Outcome, ...]
    reports: tuple[WrittenReport, ...]
    problems: tuple[str, ...]
    languages: Languages | None = None
    grid: Path | None = None
    said: tuple[str, ...] = ()


def play(folder: Path) -> Iterator[Scene]:
    """Serve, follow and report every stage in turn; each scene is over, and its reports written, when it is yielded.

    Raises:
        InputError: the folder holds something that no demo left there, or cannot be written.
    """
    _prepare(folder)
    key = secrets.token_bytes(32)
    _write_key(folder, key)
    with Site(pages(STEPS[0].stage)) as served, MailServer() as mail, HookServer(key) as hook:
        config = folder / "config.toml"
        config.write_text(_configuration(served.address, mail.port, hook.address), encoding="utf-8")
        for step in STEPS:
            served.show(pages(step.stage))
            post = Post(mail, hook, config)
            post.before(step)
            outcomes, found, settled = _checked(config)
            scene = _with_languages(_scene(step, outcomes, folder), found, folder)
            post.told(settled)
            missed = tuple(post.missed()) if step is STEPS[-1] else ()
            yield replace(scene, said=tuple(post.lines), problems=(*scene.problems, *missed))


def _write_key(folder: Path, key: bytes) -> None:
    path = folder / "webhook.key"
    path.touch(mode=0o600)
    path.write_text(f"whsec_{base64.b64encode(key).decode()}\n")


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


def _configuration(address: str, mail: int, hook: str) -> str:
    path = site.country_path("en").removeprefix("/en/location/").rstrip("/")
    languages = ", ".join(f'"{language}"' for language in LANGUAGES)
    return _CONFIGURATION.format(target=TARGET, path=path, address=address, languages=languages, mail=mail, hook=hook)


def _checked(config: Path) -> tuple[tuple[Outcome, ...], tuple[TargetLanguages, ...], tuple[Settled, ...]]:
    """The outcome of every page, in the order of LANGUAGES, the languages side by side if one changed, and what became
    of the messages."""
    from monitor.wiring import check_run

    with check_run(config, None) as under_way:
        outcomes = sorted(under_way.outcomes, key=lambda outcome: LANGUAGES.index(outcome.page.language))
        return tuple(outcomes), tuple(under_way.languages()), tuple(under_way.deliver())


def _with_languages(scene: Scene, found: tuple[TargetLanguages, ...], folder: Path) -> Scene:
    """The scene with its languages, their report written."""
    from monitor.report.grid import grid
    from monitor.report.page import grid_page

    if not found:
        return scene
    languages = found[0].languages
    if languages is None:
        return replace(scene, problems=(*scene.problems, f"languages not compared: {found[0].error}"))
    path = folder / "reports" / f"{scene.step.stage.value}-{scene.step.name}-languages.html"
    path.write_text(grid_page(grid(languages)), encoding="utf-8")
    missed = language_problems(scene.step, languages)
    return replace(scene, languages=languages, grid=path, problems=(*scene.problems, *missed))


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
