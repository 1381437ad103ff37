from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.border.desk import face, passport

from gatehouse.biometrics.fingerprints import Finger
from gatehouse.device.examination import DocumentReading, examine, require_finger
from gatehouse.documents.images import MOST_BYTES
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.errors import UnreadableError

WSQ = b"\xff\xa0"


def test_a_finger_is_a_picture_that_a_scanner_gives() -> None:
    require_finger(WSQ + bytes(MOST_BYTES - 2))
    require_finger(face())


@pytest.mark.parametrize("image", [b"", b"no picture", WSQ + bytes(MOST_BYTES - 1)], ids=["empty", "text", "too large"])
def test_what_is_no_picture_of_a_finger_is_not_examined(image: bytes) -> None:
    with pytest.raises(UnreadableError):
        require_finger(image)
    reading = DocumentReading(passport(), datetime(2023, 5, 1, tzinfo=UTC), fingerprints={Finger.LEFT_THUMB: image})
    with pytest.raises(UnreadableError):
        examine(reading, trust=TrustStore(()), crls=(), on=date(2023, 5, 1))
