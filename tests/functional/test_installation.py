"""What is installed, and the examples of how it is run: a wheel of what the Containerfile copies, the unit of systemd."""

import configparser
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from monitor import daemon
from tests.fakes.reports import report

SOURCE = Path(__file__).parents[2]
EXAMPLES = SOURCE / "docs" / "examples"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a wheel unpacked, which was made of copies of what the Containerfile copies and of nothing else."""
    copy = tmp_path_factory.mktemp("copy")
    for line in (EXAMPLES / "Containerfile").read_text().splitlines():
        if line.startswith("COPY "):
            *sources, _ = line.split()[1:]
            for name in sources:
                _copy(SOURCE / name, copy / name)
    build = "from setuptools.build_meta import build_wheel; build_wheel('.')"
    subprocess.run([sys.executable, "-c", build], cwd=copy, check=True, capture_output=True)
    (wheel,) = copy.glob("*.whl")
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def _copy(here: Path, there: Path) -> None:
    if here.is_dir():
        shutil.copytree(here, there, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(here, there)


def test_every_file_of_the_package_is_installed(installed: Path) -> None:
    written = {path.relative_to(SOURCE) for path in (SOURCE / "monitor").rglob("*") if path.is_file()}
    found = {path.relative_to(installed) for path in (installed / "monitor").rglob("*") if path.is_file()}
    assert found == {path for path in written if path.suffix != ".pyc"}


def test_what_is_installed_works_without_its_source(installed: Path, tmp_path: Path) -> None:
    for name, figure in (("old", 12), ("new", 15)):
        (tmp_path / f"{name}.html").write_bytes(report(figure=figure))
    code = (
        "import monitor, sys\n"
        "from monitor.cli.main import main\n"
        "print(monitor.__file__, file=sys.stderr)\n"
        "sys.exit(main(['diff', 'old.html', 'new.html', '--format', 'html']))\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (shown.returncode, shown.stderr.strip()) == (1, str(installed / "monitor" / "__init__.py"))
    assert "15" in shown.stdout


@pytest.fixture
def unit() -> configparser.SectionProxy:
    """What the unit says of the service."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(EXAMPLES / "monitor.service")
    return parser["Service"]


def test_the_unit_leaves_the_daemon_its_time(unit: configparser.SectionProxy) -> None:
    assert unit["Type"] == "notify"
    assert float(unit["TimeoutStopSec"]) >= daemon.PATIENCE + 10
    assert float(unit["WatchdogSec"]) >= 2 * daemon.HEARTBEAT.total_seconds()


def test_the_unit_starts_the_daemon_and_gives_up_where_no_restart_helps(
    unit: configparser.SectionProxy, tmp_path: Path
) -> None:
    _, *arguments = unit["ExecStart"].split()
    arguments = [str(tmp_path / "none.toml") if each.endswith(".toml") else each for each in arguments]
    ran = subprocess.run([sys.executable, "-m", "monitor", *arguments], capture_output=True, text=True, check=False)
    assert "none.toml" in ran.stderr
    assert str(ran.returncode) in unit["RestartPreventExitStatus"].split()
