"""What is logged of digital seals."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.documents.seals import vectors
from tests.documents.seals.seals_factory import DETS32, judged

from gatehouse.documents.inspectionlog import LoggingProfile, logged
from gatehouse.documents.inspectionlog.files import LogFormat, one_read, one_written
from gatehouse.documents.inspectionlog.sources import of_seal

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_a_seal_by_the_clauses_without_what_is_in_it() -> None:
    verdict = judged(vectors.VISA, DETS32)
    log = logged(of_seal(verdict, at=AT))
    assert {check.id: (check.clause, check.result and check.result.value) for check in log.checks} == {
        "seal_contents": ("5.9.1.2.1", "successful"),
        "seal_signature": ("5.9.1.4.1", "successful"),
        "signer_chain": ("5.9.1.3.1", "successful"),
        "signer_validity": ("5.9.1.3.2", "successful"),
        "signer_purpose": ("5.9.1.3.4", "successful"),
        "signer_revocation": ("5.9.1.3.4", "undetermined"),
        "document_type": ("5.9.1.3.4", "undetermined"),
        "seal_zone": ("5.9.1.2.3", "successful"),
        "issuer_state": ("5.9.1.5", "undetermined"),
        "seal_policy": ("5.9.1.3.4", "successful"),
        "algorithm_policy": ("5.9.1.4", "successful"),
    }
    assert {group.clause: group.result.value for group in log.groups} == {
        "5.9.1": "undetermined",
        "5.9.1.2": "successful",
        "5.9.1.3": "undetermined",
        "5.9.1.4": "successful",
        "5.9.1.5": "undetermined",
    }
    assert (log.document.type, log.document.format) == ("visa", "VDS")
    assert verdict.features
    for form in LogFormat:
        written = one_written(log, form)
        assert one_read(written) == log
        for value in (str(feature.value) for feature in verdict.features):
            assert len(value) < 3 or value not in written.decode()


def test_the_profile_of_seals_holds_it_for_a_purpose() -> None:
    verdict = judged(vectors.VISA, DETS32)
    log = logged(of_seal(verdict, at=AT), LoggingProfile.STANDARD_SEAL, purpose="case 7")
    assert {node.name: node.text for node in log.extended} == {
        feature.name: " ".join(str(feature.value).split("\n")) for feature in verdict.features
    }
    assert {node.node for node in log.extended} == {"dcs:Content"}
    assert one_read(one_written(log, LogFormat.XML)) == log
