"""What the lists of a signer's issuer say of it: whole ones, changes, causes, and lists out of their time."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents import pki_factory as made

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.revocation import Status, status_of
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.results import Result

ON = date(2026, 11, 22)
CSCA = made.csca()
TRUST = TrustStore([Certificate.read(CSCA.der)])
DSC = Certificate.read(made.dsc(CSCA).der)
SERIAL = 0x1001


def status(*lists: bytes) -> Status:
    return status_of(DSC, TRUST, [Crl.read(each) for each in lists], ON)


def said(found: Status) -> tuple[Result, str]:
    return found.result, str(found.reason)


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (None, "revoked on 2026-10-05"),
        ("key_compromise", "revoked on 2026-10-05: the key is compromised"),
        ("cessation_of_operation", "revoked on 2026-10-05: it is no longer in operation"),
        ("unspecified", "revoked on 2026-10-05"),
    ],
)
def test_the_cause_of_a_revocation_is_said(cause: str | None, expected: str) -> None:
    assert said(status(made.revocation_list(CSCA, SERIAL, cause=cause))) == (Result.FAILED, expected)


def test_a_list_of_changes_adds_to_the_whole_one_that_it_amends() -> None:
    whole, changes = made.revocation_list(CSCA, 7, number=4), made.revocation_list(CSCA, SERIAL, number=5, base=3)
    assert said(status(whole, changes)) == (Result.FAILED, "revoked on 2026-10-05")
    assert [each.issued for each in (crl.source for crl in status(whole, changes).lists)] == [date(2026, 11, 1)] * 2


@pytest.mark.parametrize(("whole", "base"), [(2, 3), (6, 3)])
def test_changes_to_another_list_do_not_count(whole: int, base: int) -> None:
    lists = (made.revocation_list(CSCA, 7, number=whole), made.revocation_list(CSCA, SERIAL, number=5, base=base))
    assert said(status(*lists)) == (Result.SUCCESSFUL, "not on the revocation list of 2026-11-01")


def test_changes_alone_clear_nobody() -> None:
    assert said(status(made.revocation_list(CSCA, 7, number=5, base=3))) == (
        Result.UNDETERMINED,
        "of CN=CSCA Utopia,C=UT only changes are given, not the revocation list that they amend",
    )


@pytest.mark.parametrize(
    ("cause", "expected"),
    [("certificate_hold", Result.SUCCESSFUL), ("key_compromise", Result.FAILED)],
)
def test_changes_lift_a_hold_and_nothing_else(cause: str, expected: Result) -> None:
    whole = made.revocation_list(CSCA, SERIAL, number=4, cause=cause)
    lifted = made.revocation_list(CSCA, SERIAL, number=5, base=4, cause="remove_from_crl")
    assert status(whole, lifted).result is expected


def test_a_list_that_is_not_valid_yet_clears_nobody_but_revokes() -> None:
    assert said(status(made.revocation_list(CSCA, 7, first="2026-12-01", following="2027-01-01"))) == (
        Result.UNDETERMINED,
        "the revocation list of 2026-12-01 is not valid yet on 2026-11-22",
    )
    naming = made.revocation_list(CSCA, SERIAL, first="2026-12-01", following="2027-01-01")
    assert status(naming).result is Result.FAILED
