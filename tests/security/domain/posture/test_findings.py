from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.security.domain.posture.feeds import advisory, feed

from gatehouse.security.domain.posture.advisories import Exploited, FeedVersion
from gatehouse.security.domain.posture.components import Component
from gatehouse.security.domain.posture.findings import Kind, check_components, check_feed
from gatehouse.security.domain.posture.matching import AdvisoryIndex

NOW = datetime(2026, 11, 26, tzinfo=UTC)
THING = Component("thing", "1.0", "pkg:pypi/thing@1.0")
RANGE = ({"introduced": "0"}, {"fixed": "1.1"})


def test_one_vulnerability_of_two_names_is_one_finding() -> None:
    entries = [
        advisory("PYSEC-1", ("PyPI", "thing"), *RANGE, aliases=["CVE-2026-1"], published="2026-11-02T00:00:00Z"),
        advisory(
            "GHSA-1",
            ("PyPI", "thing"),
            *RANGE,
            aliases=["CVE-2026-1"],
            summary="It leaks",
            database_specific={"severity": "MODERATE"},
        ),
        advisory("GHSA-2", ("PyPI", "thing"), *RANGE),
    ]
    found = check_components([THING], AdvisoryIndex(feed(*entries)[0]), {})
    assert (found.checked, found.unchecked) == (1, ())
    assert [(each.kind, each.level, each.ids, str(each.evidence), str(each.action)) for each in found.findings] == [
        (Kind.VULNERABILITY, "", ("GHSA-2",), "version 1.0 is affected: GHSA-2", "update to 1.1 or later"),
        (
            Kind.VULNERABILITY,
            "medium",
            ("CVE-2026-1", "GHSA-1", "PYSEC-1"),
            "version 1.0 is affected: It leaks",
            "update to 1.1 or later",
        ),
    ]
    assert found.findings[1].open_since == datetime(2026, 11, 2, tzinfo=UTC)


def test_what_is_exploited_comes_first() -> None:
    entries = [
        advisory("A", ("PyPI", "thing"), *RANGE, database_specific={"severity": "CRITICAL"}),
        advisory("DEB", ("PyPI", "thing"), {"introduced": "0"}, upstream=["CVE-2026-2"]),
    ]
    exploited = {"CVE-2026-2": Exploited("CVE-2026-2", None, None, "")}
    found = check_components([THING], AdvisoryIndex(feed(*entries)[0]), exploited).findings
    assert {each.ids: each.level for each in found} == {("A",): "critical", ("DEB",): "critical"}
    last = next(each for each in found if each.ids == ("DEB",))
    assert str(last.evidence) == "version 1.0 is affected: DEB; it is exploited (CVE-2026-2)"
    assert str(last.action) == "at once: no mended version is known: shield it or take it out"


def test_what_the_feed_cannot_speak_of_is_not_called_clean() -> None:
    other = Component("other", "1.0", "pkg:npm/other@1.0.0")
    nameless = Component("nameless", "1.0")
    found = check_components([THING, other, nameless], AdvisoryIndex(feed(advisory("A", ("PyPI", "x")))[0]), {})
    assert (found.findings, found.checked, found.unchecked) == ((), 1, (other, nameless))


def test_what_cannot_be_told_is_a_finding_of_its_own() -> None:
    found = check_components([THING], AdvisoryIndex(feed(advisory("A", ("PyPI", "thing")))[0]), {}).findings
    assert [(each.kind, each.level, str(each.evidence)) for each in found] == [
        (Kind.UNDETERMINED, "", "whether it falls under A cannot be told: A")
    ]


def test_the_age_of_a_feed() -> None:
    assert check_feed("OSV", FeedVersion("", 1, NOW - timedelta(days=7)), NOW) is None
    old = check_feed("OSV", FeedVersion("", 1, NOW - timedelta(days=8)), NOW)
    assert old is not None
    assert (old.level, str(old.evidence), old.open_since) == (
        "medium",
        "its newest entry is 8 days old",
        NOW - timedelta(days=1),
    )
    unknown = check_feed("KEV", FeedVersion("", 1, None), NOW)
    assert unknown is not None
    assert str(unknown.evidence) == "it does not say how old it is"
