"""What the auditor reports: each finding with its passage, what is printed, what it should be, and how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gatehouse.kernel.results import Reason


class Rule(StrEnum):
    RATIO = "ratio"
    SUM = "sum"
    ROUNDING = "rounding"
    CAP = "cap"
    UNITS = "units"
    TWO_COUNTS = "two_counts"
    DATE_ORDER = "date_order"
    LIST_COUNT = "list_count"
    EFFECTIVE_DATE = "effective_date"
    SPEND_PROGRESS = "spend_progress"
    TARGET_QUALITY = "target_quality"
    NO_ACTION = "no_action"
    ATTRIBUTION = "attribution"


class Severity(StrEnum):
    """HIGH: a figure or a date is wrong; MEDIUM: the report contradicts itself; LOW: a reader should know."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Confidence(StrEnum):
    """HIGH: it follows from what is printed; MEDIUM: from how it is commonly meant; LOW: a question to the writer."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Finding:
    """`quote` is the passage as printed, its lines joined; `line` where it begins in what was read."""

    rule: Rule
    severity: Severity
    confidence: Confidence
    quote: str
    line: int
    printed: str
    #: A value as it would be printed, or what is wanted in words.
    expected: str | Reason
    explanation: Reason

    def as_dict(self) -> dict[str, Any]:
        """For machines: the explanation as its English sentence."""
        return {
            "rule": self.rule.value,
            "severity": self.severity.value,
            "confidence": self.confidence.value,
            "quote": self.quote,
            "line": self.line,
            "printed": self.printed,
            "expected": str(self.expected),
            "explanation": str(self.explanation),
        }


@dataclass(slots=True)
class Seen:
    """What one rule found, and how much it compared: `checked["ratios"]` counts the ratios that were divided again."""

    findings: list[Finding] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, *findings: Finding | None) -> None:
        """One comparison of a kind, and what it found, if anything."""
        self.checked[kind] += 1
        self.findings.extend(finding for finding in findings if finding)


#: What is counted as checked, in the order in which it is shown.
KINDS = ("ratios", "sums", "units", "counts", "dates", "lists", "laws", "plans", "targets", "attributions")


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings in the order of the text, and how many comparisons of each kind were made."""

    findings: tuple[Finding, ...]
    checked: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        return {"findings": [finding.as_dict() for finding in self.findings], "checked": dict(self.checked)}


def together(parts: Iterable[Seen]) -> Audit:
    """One audit of what several rules saw; nothing is said twice."""
    findings: dict[tuple[Rule, int, str, str], Finding] = {}
    checked: Counter[str] = Counter(dict.fromkeys(KINDS, 0))
    for part in parts:
        checked.update(part.checked)
        for finding in part.findings:
            findings.setdefault((finding.rule, finding.line, finding.quote, finding.printed), finding)
    ordered = sorted(findings.values(), key=lambda finding: (finding.line, list(Rule).index(finding.rule)))
    return Audit(tuple(ordered), {kind: checked[kind] for kind in KINDS})
