from __future__ import annotations

from datetime import date

from cryptography.hazmat.primitives.asymmetric import ec
from tests.conformance import conformance
from tests.documents import pki_factory as made

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.coverage import coverage
from gatehouse.documents.pki.difference import by_country, difference
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.documents.pki.trust import TrustStore

ON = date(2026, 11, 22)


def read(*identities: made.Identity) -> list[Certificate]:
    return [Certificate.read(each.der) for each in identities]


def test_a_country_is_counted_with_what_expires_and_what_is_weak() -> None:
    old = made.csca("UT", last="2026-11-21")
    soon = made.csca("UT", last="2027-05-26", key=made.elliptic_key(ec.SECP192R1()))
    late = made.csca("UT", last="2027-05-27")
    link = made.issue(late.subject, made.elliptic_key(), by=made.csca("UT", "Former"), ca=True)
    alone = made.csca("XA", key=made.rsa_key())
    held = read(old, soon, late, link)
    lists = {
        Source(Kind.MASTER_LIST, "one", date(2026, 1, 1), "0" * 64): frozenset({held[0].sha256}),
        Source(Kind.MASTER_LIST, "two", date(2026, 5, 1), "1" * 64): frozenset({held[1].sha256}),
        Source(Kind.PKD_EXPORT, "none", None, "2" * 64): frozenset({held[2].sha256}),
    }
    utopia, other = coverage(TrustStore([*held, *read(alone)], origins=lists), on=ON, months=6)
    assert (utopia.code, len(utopia.authorities), utopia.links) == ("UT", 4, 1)
    assert (utopia.expired, utopia.expiring) == (1, 1)
    assert utopia.weak == ("secp192r1 of 192 bits",)
    assert utopia.valid_until == date(2035, 1, 1)
    assert utopia.last_list is not None
    assert utopia.last_list.name == "two"
    assert (other.code, other.last_list, other.expiring) == ("XA", None, 0)
    assert other.as_dict()["weak"] == []


def test_each_change_has_its_reason() -> None:
    kept, key = made.csca("UT"), made.elliptic_key()
    first, again = made.csca("UT", "Renewed", key=key), made.csca("UT", "Renewed", key=key, serial=2)
    gone, over = made.csca("XA"), made.csca("UT", "Over", last="2026-11-21")
    rekeyed, link = made.csca("UT"), made.issue(kept.subject, made.elliptic_key(), by=gone, ca=True)
    new, country = made.csca("UT", "New"), made.csca("XB")
    changes = difference(read(kept, first, gone, over), read(kept, again, rekeyed, link, new, country), ON)
    assert [(each.country, each.added, str(each.reason)) for each in changes] == [
        ("UT", False, "expired on 2026-11-21"),
        ("UT", False, "another certificate of its key is listed"),
        ("UT", True, "a new key of an authority that was listed"),
        ("UT", True, "a link certificate from CN=CSCA Utopia,C=XA"),
        ("UT", True, "an authority that was not listed"),
        ("UT", True, "another certificate of a key that was listed"),
        ("XA", False, "its country is no longer listed; it would be valid until 2035-01-01"),
        ("XB", True, "the first of its country"),
    ]
    assert by_country(changes)["UT"] == {"added": 4, "removed": 2}


def test_two_german_lists_by_country() -> None:
    lists = [
        MasterList.read(conformance(f"documents/master-lists/DE_ML_{name}.ml").read_bytes())
        for name in ("2025-11-27-07-39-21", "2026-01-08-12-20-54")
    ]
    changes = difference(lists[0].certificates, lists[1].certificates, ON)
    assert by_country(changes) == {
        "BM": {"added": 2, "removed": 0},
        "GB": {"added": 1, "removed": 0},
        "IE": {"added": 0, "removed": 2},
        "KN": {"added": 0, "removed": 1},
        "NA": {"added": 5, "removed": 0},
        "PY": {"added": 0, "removed": 1},
    }
    assert {str(each.reason)[:7] for each in changes if not each.added} == {"expired"}
