"""A virtual environment of the bench, for what is measured beside the monitor and never installed with it."""

import os
import subprocess
import sys
import venv
from pathlib import Path

_PROJECT = Path(__file__).parent.parent
_FOLDER = _PROJECT / ".cache" / "bench"


def monitor_alone() -> tuple[str, dict[str, str]]:
    """The interpreter of an environment that holds what `pip install monitor` brings and no more, and the variables
    that make it run this checkout's code with its bytecode kept, as an installation's is.

    The tests' environment is no measure: its editable install and its other packages make every start dearer.
    """
    folder = installed(str(_PROJECT), name="monitor")
    assert folder is not None
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(_PROJECT), "PYTHONPYCACHEPREFIX": str(_FOLDER / "bytecode")}
    return str(folder / "python"), environment


def installed(package: str, *others: str, name: str = "") -> Path | None:
    """The `bin` folder of an environment that holds the package and others that it needs, made on first use; None if
    it cannot be had."""
    folder = _FOLDER / (name or package)
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True, clear=True)
        command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", package, *others]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"  {package} cannot be installed here: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return None
        (folder / "installed").touch()
    return folder / "bin"
