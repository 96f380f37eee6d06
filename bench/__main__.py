"""`python -m bench [NAME…]`: run the benchmarks (all, or those named) and print their tables."""

import importlib
import pkgutil
import sys
from pathlib import Path

HELPERS = {"__main__", "corpus", "measure", "sample_statistics", "server", "virtual_environment"}


def main(names: list[str]) -> int:
    """Run the named benchmarks in order; a module of this package is one if it has a `main`."""
    known = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.name not in HELPERS]
    unknown = set(names) - set(known)
    if unknown:
        print(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    for name in names or known:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"bench.{name}").main()
    return 0


sys.exit(main(sys.argv[1:]))
