from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.border.desk import face, passport
from tests.web import waiting

from gatehouse.biometrics.fingerprints import Finger
from gatehouse.device.examination import DocumentReading, examine, require_finger
from gatehouse.device.reading_report import ZONE_OF_CHIP, ReadingReport, ReportedEvent, Sentence
from gatehouse.documents.images import MOST_BYTES
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result

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


def test_a_zone_that_came_from_the_chip_agrees_with_nothing_that_was_seen() -> None:
    document = waiting.passport("JPN", 11)
    on = document.issued
    trust = waiting.trusted().anchors
    report = ReadingReport(agent="agent/1", access="PACE-ECDH-GM-AES-CBC-CMAC-256/CAN")
    said = ReportedEvent(name=ZONE_OF_CHIP, detail=Sentence(text="the zone is the chip's"), at_ms=1)

    def found(**changed: object) -> tuple[Result, Result]:
        reading = DocumentReading(
            "\n".join(document.mrz_lines),
            datetime.combine(on, datetime.min.time(), UTC),
            document.files,
            report=report.model_copy(update=changed),
        )
        examined = examine(reading, trust=trust, crls=(), on=on)
        return examined.result, next(check.result for check in examined.checks if check.id == "dg1_zone")

    with_page, without = found(), found(events=(said,))
    assert with_page[1] is Result.SUCCESSFUL
    assert without == (Result.UNDETERMINED, Result.UNDETERMINED)
