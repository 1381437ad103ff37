from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from tests.security.domain.posture.feeds import advisory, feed

from gatehouse.kernel.errors import UnreadableError
from gatehouse.security.domain.posture.advisories import Exploited, read_advisories, read_exploited


def test_what_was_withdrawn_is_left_out_and_still_says_how_new_the_feed_is() -> None:
    withdrawn = advisory("W", ("PyPI", "x"), withdrawn="2026-11-25T00:00:00Z") | {"modified": "2026-11-25T00:00:00Z"}
    found, version = feed(advisory("A", ("PyPI", "x")), withdrawn)
    assert [each.id for each in found] == ["A"]
    assert (version.entries, version.newest, version.unreadable) == (1, datetime(2026, 11, 25, tzinfo=UTC), ())


def test_what_is_no_advisory_is_named_and_stops_no_other() -> None:
    good = json.dumps(advisory("A", ("PyPI", "x"))).encode()
    files = [
        ("a.json", good),
        ("b.json", b"{"),
        ("c.json", b"[1]"),
        ("d.json", b'{"id": 5}'),
        ("e.json", b'{"id":"E","affected":5}'),
        ("f.json", b'{"id":"F","modified":"0001-01-01T00:00:00+14:00"}'),
        ("g.json", b'{"id":"G","affected":[{"package":{"ecosystem":"npm","name":["x"]}}]}'),
    ]
    found, version = read_advisories(files)
    assert [each.id for each in found] == ["A"]
    assert version.unreadable == ("b.json", "c.json", "d.json", "e.json", "f.json", "g.json")


def test_the_digest_is_that_of_names_and_contents() -> None:
    digests = {
        read_advisories(files)[1].digest for files in ([("a", b"1")], [("b", b"1")], [("a", b"2")], [("a", b"1")])
    }
    assert len(digests) == 3


def test_the_catalogue_of_what_is_exploited() -> None:
    entry = {"cveID": "CVE-2026-1", "dateAdded": "2026-11-01", "dueDate": "2026-11-22", "requiredAction": "Patch."}
    content = json.dumps({"dateReleased": "2026-11-20T15:00:00.0000Z", "vulnerabilities": [entry]}).encode()
    found, version = read_exploited(content, "kev.json")
    assert found == {"CVE-2026-1": Exploited("CVE-2026-1", date(2026, 11, 1), date(2026, 11, 22), "Patch.")}
    assert (version.entries, version.newest) == (1, datetime(2026, 11, 20, 15, tzinfo=UTC))


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b'{"vulnerabilities":[{}]}', b'{"vulnerabilities":5}'])
def test_what_is_no_catalogue(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"kev\.json is no catalogue of known exploited vulnerabilities"):
        read_exploited(content, "kev.json")
