"""What a run of the tests left: the outcome of each, from the JUnit XML that pytest writes. Nothing is typed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree as ET


class Outcome(StrEnum):
    """In this order a later one outweighs an earlier one, where the parts of one test ended differently."""

    NOT_RUN = "not run"
    PASSED = "passed"
    SKIPPED = "skipped"
    FAILED = "failed"


_ORDER = tuple(Outcome)


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test. `id` is pytest's name of it; `why` is the first line of what pytest said of a failure or a skip."""

    __test__ = False  # no test of its own

    id: str
    outcome: Outcome
    seconds: float = 0.0
    why: str = ""
    #: The conformance data that it read, relative to its folder.
    data: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        return self.id.partition("::")[0]

    @property
    def case(self) -> str:
        """What stands in the brackets of a test with parameters; empty where it has none."""
        return self.id.partition("[")[2].removesuffix("]")


def results_of(collected: Iterable[str], reports: Iterable[Path]) -> tuple[TestResult, ...]:
    """A result for every test that exists: what no report has was not run.

    Raises `ValueError` where a report has a test that was not collected: then the two are not of one state of the code.
    """
    ran = _merged(result for report in reports for result in _read(report))
    ids = {_address(id): id for id in collected}
    if strangers := sorted(ran.keys() - ids.keys()):
        msg = f"{strangers[0]} and {len(strangers) - 1} more ran, but are no tests of this state"
        raise ValueError(msg)
    return tuple(_named(ran.get(address), id) for address, id in ids.items())


def _named(ran: TestResult | None, id: str) -> TestResult:
    return TestResult(id, ran.outcome, ran.seconds, ran.why, ran.data) if ran else TestResult(id, Outcome.NOT_RUN)


def _address(id: str) -> str:
    """The name that JUnit XML gives the test of pytest's id: module, class and function with points."""
    path, bracket, parameters = id.partition("[")
    module, *names = path.split("::")
    return ".".join([module.removesuffix(".py").replace("/", "."), *names]) + bracket + parameters


def _merged(results: Iterable[TestResult]) -> Mapping[str, TestResult]:
    merged: dict[str, TestResult] = {}
    for one in results:
        other = merged.get(one.id)
        if other is None:
            merged[one.id] = one
            continue
        worse = max(one, other, key=lambda each: _ORDER.index(each.outcome))
        data = tuple(sorted({*one.data, *other.data}))
        merged[one.id] = TestResult(one.id, worse.outcome, one.seconds + other.seconds, worse.why, data)
    return merged


def _read(report: Path) -> Iterable[TestResult]:
    for case in ET.parse(report).iter("testcase"):
        yield _result(case)


def _result(case: ET.Element) -> TestResult:
    outcome, why = Outcome.PASSED, ""
    for kind, said in (("failure", Outcome.FAILED), ("error", Outcome.FAILED), ("skipped", Outcome.SKIPPED)):
        found = case.find(kind)
        if found is not None:
            outcome, why = said, (found.get("message") or "").strip().partition("\n")[0]
            break
    data = {each.get("value", "") for each in case.iter("property") if each.get("name") == "conformance"}
    id = f"{case.get('classname', '')}.{case.get('name', '')}"
    return TestResult(id, outcome, float(case.get("time") or 0), why, tuple(sorted(data)))
