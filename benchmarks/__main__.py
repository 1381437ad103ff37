"""Run the benchmarks named as arguments, or all, and print their table."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks
from benchmarks.table import Row, written

_HELPERS = {"__main__", "store", "table", "timing"}


def names() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in _HELPERS]


def main(chosen: list[str]) -> None:
    known = names()
    unknown = [name for name in chosen if name not in known]
    if unknown:
        sys.exit(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}")
    rows: list[Row] = []
    for name in chosen or known:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        rows += importlib.import_module(f"benchmarks.{name}").run()
    print(written(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
