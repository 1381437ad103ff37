"""The published report of the reference year: what is wrong with it is found, and nothing that is right is accused."""

from __future__ import annotations

import pytest
from tests.performance.auditor.reading import audited
from tests.performance.auditor.source import SOURCE

FOUND = audited(SOURCE)
FIGURES = [(f.line, f.rule.value, f.printed) for f in FOUND.findings]


def test_every_finding_with_its_line() -> None:
    assert FIGURES == [
        (22, "units", "100%"),
        (35, "ratio", "2.37%"),
        (133, "cap", "100%"),
        (152, "spend_progress", "64.31%"),
        (167, "two_counts", "19座 / 61座"),
        (187, "attribution", "99.95%"),
        (195, "attribution", "99.89%"),
        (201, "attribution", "74.88%"),
        (209, "attribution", "50.83%"),
        (279, "list_count", "6項"),
        (361, "effective_date", "113年1月1日"),
    ]


def test_what_it_should_be() -> None:
    expected = {finding.rule.value: str(finding.expected) for finding in FOUND.findings}
    assert expected["ratio"] == "0.24%"
    assert expected["cap"] == "115.20%、112.96%"
    assert expected["list_count"] == "5/7"
    assert expected["effective_date"] == "113年3月1日"
    assert expected["two_counts"] == "one number, or both with their period: within the year, or in all"


def test_a_quote_is_joined_as_printed() -> None:
    (ratio,) = [finding for finding in FOUND.findings if finding.rule == "ratio"]
    assert ratio.quote == "本計畫112年度預算編列新臺幣(下同)91,378千元，實際執行217千元，執行率為2.37%"
    assert str(ratio.explanation) == "217千元 divided by 91,378千元 is 0.24%, not 2.37%"


def test_it_says_how_much_it_compared() -> None:
    assert FOUND.checked == {
        "ratios": 11,
        "sums": 2,
        "units": 10,
        "counts": 7,
        "dates": 38,
        "lists": 1,
        "laws": 6,
        "plans": 4,
        "targets": 0,
        "attributions": 4,
    }


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        ("2,478人、", "2,487人、", ("sum", "2萬 1,932人", "2萬1,941人")),
        ("64.31%", "63.41%", ("ratio", "63.41%", "64.31%")),
        ("64.31%", "64.30%", ("rounding", "64.30%", "64.31%")),
        ("28% 0% 0%", "26% 0% 0%", ("sum", "10%、20%、26%、42%", "100%")),
        ("連續14年", "連續15年", ("sum", "15年", "14年")),
        ("99.88% 99.89% 100%", "99.98% 99.89% 100%", ("rounding", "100%", "99.91%")),
        ("65% 74.88% 100%", "65% 74.88% 105%", ("ratio", "105%", "115%")),
        ("國人使用率為74.88%", "國人使用率為78.44%", ("two_counts", "78.44% / 74.88%", "74.88%")),
        ("112年6月28日", "112年5月28日", ("effective_date", "112年5月28日", "112年6月28日")),
        ("於113年1月1日施行，其中", "於113年3月1日施行，其中", ("effective_date", "113年3月1日", "113年1月1日")),
        ("112年12月12日召開", "112年13月12日召開", ("date_order", "112年13月12日", "a day that exists")),
        ("6月30日推", "1月30日推", ("date_order", "1月30日", "a day after 112年2月1日")),
        ("11月27日", "10月27日", ("date_order", "112年10月27日", "a day after 112年11月1日")),
        ("並於112年8月14日以", "並於112年6月14日以", ("date_order", "112年6月14日", "a day after 112年7月18日")),
    ],
)
def test_a_figure_that_is_changed_is_found(was: str, now: str, found: tuple[str, str, str]) -> None:
    assert was in SOURCE
    changed = audited(SOURCE.replace(was, now, 1))
    assert found in [(f.rule.value, f.printed, str(f.expected)) for f in changed.findings]


@pytest.mark.parametrize(
    ("was", "now", "gone"),
    [
        ("2.37%", "0.24%", "ratio"),
        ("計6項", "計5項", "list_count"),
        ("計6項", "計7項", "list_count"),
        ("共61座", "共19座", "two_counts"),
        ("10% 100% 100%", "10% 10% 100%", "units"),
    ],
)
def test_what_is_put_right_is_not_accused(was: str, now: str, gone: str) -> None:
    changed = audited(SOURCE.replace(was, now, 1))
    assert gone not in [finding.rule.value for finding in changed.findings]
    assert len(changed.findings) == len(FOUND.findings) - 1


def test_without_its_review_a_plan_that_missed_milestones_lacks_a_corrective_action() -> None:
    start, end = SOURCE.index("(五) 檢討及策進作為：因"), SOURCE.index("二、 建構新世代")
    found = audited(SOURCE[:start] + SOURCE[end:])
    assert [(f.line, f.printed) for f in found.findings if f.rule == "no_action"] == [(26, "0%")]
