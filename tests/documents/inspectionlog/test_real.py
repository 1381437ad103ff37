"""Logs of real documents: security objects against master lists, the tampered one, and the specimen."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.conformance import conformance
from tests.documents.test_passive_real import LISTS, sod, trust

from gatehouse.documents.inspectionlog import InspectionLog, logged
from gatehouse.documents.inspectionlog.files import LogFormat, one_read, one_written
from gatehouse.documents.inspectionlog.sources import of_files
from gatehouse.documents.passive import authenticate

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 10, tzinfo=UTC)


def log_of(name: str) -> InspectionLog:
    verdict = authenticate(sod(name), data_groups={}, trust=trust(*LISTS), on=ON)
    return logged(of_files({"SOD": sod(name)}, verdict, at=AT, on=ON))


@pytest.mark.parametrize(
    ("name", "country", "serial", "csca"),
    [
        ("AT-1", "AT", "6189DB18B6EDE857", "047F"),
        ("DE-1", "DE", "04A8", "048B"),
        ("FI-1", "FI", "9EB12B", "9EB100"),
    ],
)
def test_a_real_document(name: str, country: str, serial: str, csca: str) -> None:
    log = log_of(name)
    signature = log.document.signature
    assert signature is not None
    assert (signature.country, signature.serial, signature.csca_serial) == (country, serial, csca)
    assert signature.algorithms["SOD"]
    assert log.check("sod_signature").result == log.check("dsc_chain").result == "successful"
    assert log.check("dg_hash").result == "undetermined"
    assert {used.name for used in log.used_lists} >= {LISTS[0]}
    assert log.overall.house == "successful"
    assert log.overall.guideline == "undetermined"
    for form in LogFormat:
        assert one_read(one_written(log, form)) == log


def test_the_tampered_one_fails_at_its_signature() -> None:
    log = log_of("DE-2-tampered")
    assert log.check("sod_signature").result == "failed"
    assert (log.overall.guideline, log.overall.house, log.overall.stricter) == ("failed", "failed", "")


def test_the_specimen_names_nobody() -> None:
    folder = conformance("documents/specimen-bsi-2008")
    files = {path.stem.split("_")[-1].upper(): path.read_bytes() for path in folder.glob("*.bin")}
    groups = {
        int(name.removeprefix("DG")): data for name, data in files.items() if name in ("DG1", "DG2", "DG3", "DG14")
    }
    verdict = authenticate(files["SOD"], data_groups=groups, trust=trust(*LISTS), on=ON)
    log = logged(of_files(files, verdict, at=AT, on=ON))
    assert set(log.document.data_groups.values()) == {"identical"}
    assert (log.document.type, log.document.issuing_state) == ("P", "D")
    assert log.check("expiry").reason == "expired on (withheld)"
    for form in LogFormat:
        written = one_written(log, form).decode()
        for secret in ("MUSTERMANN", "ERIKA", "C11T002JM", "960812", "1996-08-12", "131031", "2013-10-31"):
            assert secret not in written
