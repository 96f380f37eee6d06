"""A virtual environment of the bench, for what is measured beside the monitor and never installed with it."""

import subprocess
import sys
import venv
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / ".cache" / "bench"


def installed(package: str, *others: str) -> Path | None:
    """The `bin` folder of an environment that holds the package and others that it needs, made on first use; None if it cannot be had."""
    folder = _FOLDER / package
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True, clear=True)
        command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", package, *others]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"  {package} cannot be installed here: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return None
        (folder / "installed").touch()
    return folder / "bin"
