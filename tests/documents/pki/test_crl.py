"""Revocation lists: who is on them, and since when."""

from __future__ import annotations

from base64 import b64encode
from datetime import date

import pytest
from tests.documents import pki_factory as made

from gatehouse.documents.pki.crl import Crl
from gatehouse.kernel.errors import UnreadableError

CSCA = made.csca()


@pytest.mark.parametrize("revoked_on", ["1999-12-31", "2049-12-31", "2050-01-01"])
def test_the_day_of_each_revocation(revoked_on: str) -> None:
    listed = Crl.read(made.revocation_list(CSCA, 7, -3, 2**150, revoked_on=revoked_on))
    assert listed.revoked == dict.fromkeys((7, -3, 2**150), date.fromisoformat(revoked_on))


def test_a_file_may_hold_several_lists_in_pem() -> None:
    lists = [made.revocation_list(CSCA, serial) for serial in (7, 8)]
    blocks = [f"-----BEGIN X509 CRL-----\n{b64encode(each).decode()}\n-----END X509 CRL-----\n" for each in lists]
    assert [set(each.revoked) for each in Crl.read_file("".join(blocks).encode())] == [{7}, {8}]
    assert [set(each.revoked) for each in Crl.read_file(lists[0])] == [{7}]


def test_a_list_of_nobody() -> None:
    assert Crl.read(made.revocation_list(CSCA)).revoked == {}


@pytest.mark.parametrize("damage", [b"261305000000Z", b"2610", b"\xff61005000000Z"[:13]])
def test_a_date_that_is_none_is_unreadable(damage: bytes) -> None:
    listed = made.revocation_list(CSCA, 7)
    with pytest.raises(UnreadableError):
        Crl.read(listed.replace(b"261005000000Z", damage.ljust(13, b"x")))
