from __future__ import annotations

from typing import Any

import pytest
from tests.security.domain.posture.feeds import advisory, feed

from gatehouse.security.domain.posture.components import Component, Identity, identity_of
from gatehouse.security.domain.posture.matching import AdvisoryIndex, Answer, judge

PYPI, DEBIAN, NPM = ("PyPI", "Some_Package"), ("Debian:12", "openssl"), ("npm", "@scope/thing")
FROM_0 = {"introduced": "0"}


def judged(entry: dict[str, Any], version: str) -> tuple[str, str]:
    advisories, _ = feed(entry)
    answer, fixed = judge(advisories[0].affected[0], version)
    return answer.value, fixed


@pytest.mark.parametrize(
    ("version", "answer"),
    [
        ("1.0rc1", ("affected", "1.4")),
        ("1.3", ("affected", "1.4")),
        ("1.4", ("not affected", "")),
        ("1.9", ("not affected", "")),
        ("2.0", ("affected", "2.0.10")),
        ("2.0.9", ("affected", "2.0.10")),
        ("2.0.10", ("not affected", "")),
        ("no version", ("undetermined", "")),
    ],
)
def test_ranges_that_begin_and_end_twice(version: str, answer: tuple[str, str]) -> None:
    events = [{"introduced": "2.0"}, {"fixed": "2.0.10"}, FROM_0, {"fixed": "1.4"}]
    assert judged(advisory("A", PYPI, *events), version) == answer


@pytest.mark.parametrize(("version", "answer"), [("1.2", "affected"), ("1.2.0", "affected"), ("1.2.1", "not affected")])
def test_the_last_that_is_affected_is_affected(version: str, answer: str) -> None:
    assert judged(advisory("A", PYPI, {"introduced": "1.2"}, {"last_affected": "1.2"}), version) == (answer, "")


def test_debians_security_updates_come_after_what_they_mend() -> None:
    entry = advisory("A", DEBIAN, FROM_0, {"fixed": "3.0.11-1~deb12u2"})
    assert judged(entry, "3.0.11-1~deb12u1") == ("affected", "3.0.11-1~deb12u2")
    assert judged(entry, "3.0.11-1~deb12u2") == ("not affected", "")
    assert judged(entry, "3.0.11-1~deb12u10") == ("not affected", "")


def test_a_prerelease_of_npm_comes_before_its_release() -> None:
    entry = advisory("A", NPM, FROM_0, {"fixed": "2.0.0"}, type="SEMVER")
    assert judged(entry, "2.0.0-rc.1") == ("affected", "2.0.0")
    assert judged(entry, "2.0.0+build") == ("not affected", "")


def test_versions_that_are_listed() -> None:
    entry = advisory("MAL-1", PYPI, versions=["1.0.0"])
    assert judged(entry, "1.0") == ("affected", "")
    assert judged(entry, "1.0.1") == ("not affected", "")


@pytest.mark.parametrize(
    "entry",
    [
        advisory("A", PYPI),
        advisory("A", PYPI, FROM_0, type="GIT"),
        advisory("A", ("Unknown", "x"), FROM_0, {"fixed": "2"}),
        advisory("A", PYPI, FROM_0, {"fixed": "no version"}),
    ],
    ids=["says nothing", "commits alone", "unknown order", "unreadable"],
)
def test_what_cannot_be_told_is_never_unaffected(entry: dict[str, Any]) -> None:
    assert judged(entry, "1.0") == ("undetermined", "")


def test_components_are_found_by_their_package_urls() -> None:
    assert identity_of(Component("x", "1", "pkg:pypi/Some_Package@1.0")) == Identity("PyPI", "", "some-package", "1.0")
    assert identity_of(Component("x", "1", "pkg:npm/%40scope/thing@1.0.0")) == Identity(
        "npm", "", "@scope/thing", "1.0.0"
    )
    binary = "pkg:deb/debian/libssl3@3.0.11-1+b1?arch=amd64&distro=debian-12&upstream=openssl%403.0.11-1"
    assert identity_of(Component("x", "1", binary)) == Identity("Debian", "12", "openssl", "3.0.11-1")
    for unknown in ("", "no purl", "pkg:generic/thing@1", "pkg:pypi/thing"):
        assert identity_of(Component("x", "", unknown)) is None


def test_an_advisory_of_another_release_does_not_concern_it() -> None:
    index = AdvisoryIndex(feed(advisory("A", DEBIAN, FROM_0))[0])
    mine, other = Identity("Debian", "12", "openssl", "1"), Identity("Debian", "11", "openssl", "1")
    assert [match.answer for match in index.matches(mine)] == [Answer.AFFECTED]
    assert list(index.matches(other)) == []
    assert [index.covers(each) for each in (mine, other)] == [True, False]


def test_a_release_that_is_not_said_leaves_it_undetermined() -> None:
    index = AdvisoryIndex(feed(advisory("A", DEBIAN, FROM_0))[0])
    assert [match.answer for match in index.matches(Identity("Debian", "", "openssl", "1"))] == [Answer.UNDETERMINED]
