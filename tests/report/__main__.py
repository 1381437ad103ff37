"""`make test-report`: run the suites and write the system test report, in both languages, as HTML and PDF.

    python -m tests.report                  both suites, then the reports in out/
    python -m tests.report --suites checks  without the heavier suite: its tests stand in the report as not run
    python -m tests.report --no-run         the reports again, from the results that the last run left

Exit codes: 0 every test passed, 1 a test failed, was skipped or was not run, 2 there are no results to report.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gatehouse.performance.rendering.html import html
from gatehouse.performance.rendering.pdf import pdf
from tests.report.results import Outcome
from tests.report.run import ROOT, SUITES, conduct, kept
from tests.report.sheets import LANGUAGES, sheets


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.report", description=__doc__.partition("\n")[0])
    parser.add_argument("--suites", nargs="+", choices=SUITES, default=list(SUITES))
    parser.add_argument("--no-run", action="store_true", help="report what the last run left")
    parser.add_argument("--out", type=Path, default=ROOT / "out", help="the folder of the reports")
    asked = parser.parse_args(arguments)
    folder = asked.out / "test-results"
    if not asked.no_run:
        conduct(asked.suites, folder)
    if not (folder / "run.json").exists():
        print(f"{folder} holds no run: run without --no-run first", file=sys.stderr)
        return 2
    run, results = kept(folder)
    for code in LANGUAGES:
        paper = sheets(run, results, code)
        name = "system-test-report" + ("" if code == "en" else ".zh-Hant")
        for ending, made in (("html", html(paper)), ("pdf", pdf(paper))):
            (asked.out / f"{name}.{ending}").write_bytes(made)
            print(asked.out / f"{name}.{ending}")
    return int(any(each.outcome is not Outcome.PASSED for each in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
