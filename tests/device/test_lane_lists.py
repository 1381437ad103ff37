"""The lists of a lane: signed, numbered, its own, and of an age."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.gates.lanes import LANE
from tests.gates.running import NOW, OWN_KEY, guest, world

from gatehouse.device import lane_lists
from gatehouse.device.lane_lists import LaneLists, opened
from gatehouse.documents.mrz import parse_mrz
from gatehouse.kernel.errors import ForbiddenError, RefusedError, UnreadableError
from gatehouse.law.egate import Status

CENTRE = Ed25519PrivateKey.from_private_bytes(bytes(32))


def lists() -> LaneLists:
    known = [(guest(), Status.NATIONAL, True)]
    return world().lists(lane=LANE, port="TPE", own_key=OWN_KEY, serial=4, hours=2, known=known)


def opening(data: bytes, *, lane: str = LANE, seen: int = 0, later: float = 0) -> LaneLists:
    return opened(data, centre=CENTRE.public_key(), lane=lane, seen=seen, now=NOW + timedelta(hours=later))


def test_what_the_centre_signed_is_read_and_its_key_opened_by_the_lane_alone() -> None:
    found = opening(lane_lists.sign(lists(), CENTRE))
    zone = parse_mrz(guest().zone, on=NOW.date())
    known = found.of_document(found.open_key(OWN_KEY), zone.issuer, zone.document_number)
    assert known is not None
    assert (known.status, known.enrolled) == (Status.NATIONAL, True)
    assert found.of_document(found.open_key(OWN_KEY), zone.issuer, "X0000001") is None
    with pytest.raises(ForbiddenError, match="not sealed to this lane"):
        found.open_key(bytes(32))


def test_a_byte_that_was_changed_is_found() -> None:
    data = lane_lists.sign(lists(), CENTRE)
    with pytest.raises(ForbiddenError, match="not signed by the centre"):
        opening(data.replace(b'"serial":4', b'"serial":5'))
    with pytest.raises(UnreadableError, match="no lists of a lane"):
        opening(b"gatehouse bundle 1\n" + data)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"lane": "TPE-E02"}, "are for TPE-E01, not for TPE-E02"),
        ({"seen": 5}, "have the number 4, and number 5 was used"),
        ({"later": 2}, "end at 2026-02-14T06:00"),
        ({"later": -1}, "are of 2026-02-14T04:00"),
    ],
)
def test_others_older_or_too_old_ones_are_not_taken(asked: dict[str, float], said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        opening(lane_lists.sign(lists(), CENTRE), **asked)  # type: ignore[arg-type]


def test_they_are_good_to_the_last_moment() -> None:
    assert opening(lane_lists.sign(lists(), CENTRE), later=1.999).serial == 4
