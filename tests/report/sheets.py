"""The report as a paper, from the run alone. It is set by the same means as the agency's annual report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gatehouse.performance.rendering.manner import clean
from gatehouse.performance.rendering.paper import Grid, Listing, Paper, Part, Piece, Pieces, Text, Title
from tests.report.cases import TestCase, cases_of
from tests.report.requirements import Tally, requirement_of, requirements
from tests.report.results import Outcome, TestResult
from tests.report.run import Run

#: The language of the texts, and its tag and region in the files.
LANGUAGES = {"en": ("en-GB", "GB"), "zh-hant": ("zh-Hant-TW", "TW")}
#: How long a reason may be in the tables: what pytest said goes on in the XML.
_LONGEST = 400


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    words: Mapping[str, Mapping[str, str]] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return words


def sheets(run: Run, results: Sequence[TestResult], code: str) -> Paper:
    """The report in the language of that code: a key of `LANGUAGES`."""
    setting = _Setting(run, results, code)
    tag, region = LANGUAGES[code]
    return Paper(
        tag=tag,
        language=tag.split("-", maxsplit=1)[0],
        region=region,
        fonts=("Noto Serif CJK TC", "Noto Serif TC"),
        title=setting.say("title"),
        agency=f"Gatehouse {run.version}",
        edition=setting.edition(),
        as_of=datetime.fromisoformat(run.began),
        mark=setting.mark(),
        missing=(),
        about=tuple(setting.about()),
        parts=tuple(setting.parts()),
        listings=tuple(each for each in setting.listings() if each.rows),
        evidence=(),
        words={name: said[code] for name, said in _words().items()},
    )


@dataclass(frozen=True, slots=True)
class _Setting:
    run: Run
    results: Sequence[TestResult]
    code: str

    def say(self, name: str, /, **parts: Any) -> str:
        text = _words()[name][self.code]
        return text % parts if parts else text

    @property
    def tally(self) -> Tally:
        return Tally.of(self.results)

    def edition(self) -> str:
        text = self.say("edition", began=_moment(self.run.began), commit=self.run.commit[:12])
        return f"{text} ({self.say('changed')})" if self.run.changed else text

    def mark(self) -> str:
        outcomes = self.tally.outcomes
        if outcomes[Outcome.FAILED]:
            return self.say("mark_failed", count=outcomes[Outcome.FAILED])
        whole = not outcomes[Outcome.NOT_RUN] and not outcomes[Outcome.SKIPPED]
        return "" if whole else self.say("mark_partial")

    def about(self) -> Iterator[tuple[str, str]]:
        changed = f" ({self.say('changed')})" if self.run.changed else ""
        yield self.say("version"), self.run.version
        yield self.say("commit"), self.run.commit + changed
        yield self.say("began"), _moment(self.run.began)
        yield self.say("system"), self.run.system
        yield self.say("machine"), self.run.machine
        yield self.say("python"), self.run.python

    def parts(self) -> Iterator[Part]:
        yield _title(1, "1", self.say("summary"))
        yield from self.summary()
        yield _title(1, "2", self.say("requirements"))
        yield self.table(self.say("requirement"), [(each.name[self.code], self.of(each.id)) for each in requirements()])
        yield _title(1, "3", self.say("evidence_of"))
        for number, each in enumerate(requirements(), 1):
            yield _title(2, f"3.{number}", each.name[self.code])
            yield Text(2, "", _plain(each.asks[self.code]))
            shown = self.of(each.id)
            by_file = {file: [one for one in shown if one.file == file] for file in sorted({one.file for one in shown})}
            rows = [(file.removeprefix("tests/"), found) for file, found in by_file.items()]
            yield self.table(self.say("file"), rows, caption=each.name[self.code])
        yield _title(1, "4", self.say("cases"))
        yield Text(1, "", _plain(self.cases_said()))
        yield _title(1, "5", self.say("data"))
        yield Text(1, "", _plain(self.say("data_said")))

    def summary(self) -> Iterator[Part]:
        tally = self.tally
        counts = {outcome.name.lower(): f"{count:,}" for outcome, count in tally.outcomes.items()}
        whole = tally.tests == tally.outcomes[Outcome.PASSED]
        yield Text(1, "", _plain(self.say("all_passed" if whole else "not_all", tests=f"{tally.tests:,}", **counts)))
        for suite in self.run.suites:
            if suite.exit > 1:
                said = self.say("ended_early", name=suite.name, exit=suite.exit)
                yield Text(1, "", (Piece(said, missing=True),))
        yield Text(1, "", _plain(self.say("drawn")))
        columns = tuple(map(self.say, ("suite", "began", "took", "exit")))
        rows = [
            (self.say(each.name), _moment(each.began), f"{each.seconds:,.0f}", str(each.exit))
            for each in self.run.suites
        ]
        yield Grid(1, self.say("suites"), columns, tuple(tuple(map(_plain, row)) for row in rows))

    def of(self, requirement: str) -> list[TestResult]:
        return [each for each in self.results if requirement_of(each.file) == requirement]

    def table(self, first: str, rows: Sequence[tuple[str, Sequence[TestResult]]], caption: str = "") -> Grid:
        """How many tests ended how, by whatever the rows are."""
        columns = tuple(map(self.say, ("tests", *_SHOWN, "seconds")))
        both = [(name, Tally.of(results)) for name, results in rows]
        whole = [(self.say("total"), Tally.of(one for _, results in rows for one in results))] if len(rows) > 1 else []
        cells = tuple((_plain(name), *_counts(tally)) for name, tally in [*both, *whole])
        return Grid(1, caption or self.say("requirements"), (first, *columns), cells)

    def cases_said(self) -> str:
        cases = cases_of(self.results)
        statuses = Counter(each.status for each in cases)
        passed = sum(each.status == "covered" and each.outcome is Outcome.PASSED for each in cases)
        counts = {name: statuses[name] for name in ("covered", "differs", "no", "deleted")}
        return self.say("cases_said", cases=len(cases), passed=passed, **counts)

    def listings(self) -> Iterator[Listing]:
        said = [self.say("test"), self.say("why")]
        for outcome, title in ((Outcome.FAILED, "failures"), (Outcome.SKIPPED, "skips")):
            found = [each for each in self.results if each.outcome is outcome]
            yield _listing(self.say(title), said, [(each.id, each.why[:_LONGEST]) for each in found], (2, 3))
        lacking = Counter(each.file for each in self.results if each.outcome is Outcome.NOT_RUN)
        rows = [(file, str(count)) for file, count in sorted(lacking.items())]
        yield _listing(self.say("not_run_list"), [self.say("file"), self.say("tests")], rows, (5, 1))
        columns = [*map(self.say, ("case", "what", "status", "result", "why"))]
        rows_of_cases = [self.case(each) for each in cases_of(self.results)]
        yield _listing(self.say("cases"), columns, rows_of_cases, (5, 6, 3, 3, 7))
        used = Counter(path for each in self.results for path in each.data)
        data = [(each.path, str(each.files), each.sha256, str(used[each.path])) for each in self.run.data]
        yield _listing(self.say("data"), [*map(self.say, ("path", "files", "sha256", "used_by"))], data, (5, 2, 7, 2))
        libraries = [(each.name, each.version) for each in self.run.libraries]
        yield _listing(self.say("libraries"), [self.say("library"), self.say("version")], libraries, (2, 1))

    def case(self, case: TestCase) -> tuple[str, ...]:
        result = "" if case.outcome is None else self.say(case.outcome.value)
        return case.id, case.what, self.say(case.status), result, case.why


_SHOWN = ("passed", "failed", "skipped", "not run")


def _counts(tally: Tally) -> Iterator[Pieces]:
    yield _plain(f"{tally.tests:,}")
    for name in _SHOWN:
        count = tally.outcomes[Outcome(name)]
        yield (Piece(f"{count:,}", missing=bool(count) and name != "passed"),)
    yield _plain(f"{tally.seconds:,.1f}")


def _moment(at: str) -> str:
    return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M}"


def _title(depth: int, number: str, text: str) -> Title:
    return Title(depth, depth, number, _plain(text), runs_in=False)


def _plain(text: str) -> Pieces:
    return (Piece(clean(text)),)


def _listing(title: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]], widths: tuple[int, ...]) -> Listing:
    return Listing(title, tuple(columns), tuple(tuple(map(clean, row)) for row in rows), widths)
