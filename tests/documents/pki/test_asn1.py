from __future__ import annotations

from datetime import UTC, datetime

import pytest
from asn1crypto import core

from gatehouse.documents.pki.asn1 import moment, reading
from gatehouse.documents.tlv import compose
from gatehouse.kernel.errors import UnreadableError


def test_a_time_without_a_zone_is_taken_for_utc() -> None:
    zoneless = core.GeneralizedTime.load(compose(0x18, b"20261122120000"))
    assert zoneless.native.tzinfo is None
    assert moment(zoneless.native) == datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_year_0_is_unreadable() -> None:
    year_0 = core.GeneralizedTime.load(compose(0x18, b"00000101000000Z"))
    with pytest.raises(UnreadableError, match="the certificate cannot be read: not a time"), reading("the certificate"):
        moment(year_0.native)
