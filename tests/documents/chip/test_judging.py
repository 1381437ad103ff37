"""What is said of a chip that was read to its end: what it left out, who signed for it, what is known of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

import pytest
from asn1crypto import core
from tests.documents import lists_factory as lists
from tests.documents import pki_factory as pki
from tests.documents.tr_03105.inspection import CSCA, ON, PAGE, SIGNER, TRUST, Outcome, document, inspect, issued
from tests.documents.tr_03105.made import mapped, opened_by_pace, pace

from gatehouse.device.examination import DocumentReading, examine
from gatehouse.documents.chip.reading import ReadingPolicy
from gatehouse.documents.chip.simulator import ChipImage, Fault
from gatehouse.documents.chip.simulator.faults import at_step, refuse
from gatehouse.documents.pki import defects
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.defects import DefectList
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.tlv import compose
from gatehouse.kernel.results import Result
from gatehouse.simulation.issuing import ChipKind

SEEN = pki.dsc(CSCA, serial=0x3003)


@cache
def whole() -> ChipImage:
    return document()


def keeping(*names: str) -> ChipImage:
    """A copy with the genuine EF.SOD and EF.COM, and of the data groups these alone."""
    files = whole().files
    left_out = [name for name in files if name.startswith("DG") and name not in names]
    return document(without=left_out, files={"SOD": files["SOD"], "COM": files["COM"]})


@pytest.mark.parametrize(
    ("kept", "missed"),
    [((), "DG1, DG2, DG12"), (("DG1", "DG12"), "DG2"), (("DG2",), "DG1, DG12"), (("DG1", "DG2"), "DG12")],
)
def test_a_copy_that_leaves_out_what_was_signed_is_never_successful(kept: tuple[str, ...], missed: str) -> None:
    outcome = inspect(keeping(*kept))
    assert outcome.reading.withheld == tuple(missed.split(", "))
    check = outcome.verdict.check("signed_groups")
    assert (check.result, str(check.reason)) == (
        Result.UNDETERMINED,
        f"signed and not read, so not compared: {missed}",
    )
    assert outcome.verdict.result is Result.UNDETERMINED


@pytest.mark.parametrize("kept", [(), ("DG1", "DG12"), ("DG2", "DG12")])
def test_at_the_border_neither_face_nor_holder_may_be_missing(kept: tuple[str, ...]) -> None:
    files = {name: whole().files[name] for name in ("COM", "SOD", *kept)}
    read = DocumentReading(PAGE, datetime(2026, 11, 22, tzinfo=UTC), files)
    examined = examine(read, trust=TRUST, crls=(), on=ON)
    results = {check.id: check.result for check in examined.checks}
    assert (results["sod_signature"], results["signed_groups"]) == (Result.SUCCESSFUL, Result.UNDETERMINED)
    assert examined.result is Result.UNDETERMINED


def test_what_was_not_asked_for_is_not_missed() -> None:
    outcome = inspect(whole(), policy=ReadingPolicy(files=("SOD", "DG1")))
    assert (outcome.reading.withheld, outcome.verdict.result) == ((), Result.SUCCESSFUL)


def test_a_failed_way_of_pace_is_said_before_the_next_is_tried() -> None:
    ways = (pace("ECDH-GM-AES-CBC-CMAC-256", 13), pace("ECDH-GM-AES-CBC-CMAC-128", 13))
    sent: list[int] = []

    def first(step: int) -> Fault:
        def once(command: object, response: object) -> object:
            sent.append(step)
            return refuse(0x6F00)(command, response) if len(sent) == 1 else response  # type: ignore[arg-type]

        return Fault(at_step(step), once)  # type: ignore[arg-type]

    outcome = inspect(opened_by_pace(*ways), first(0x81))
    [event] = [event for event in outcome.reading.events if event.name == "pace_retried"]
    assert str(event.detail).startswith("PACE-ECDH-GM-AES-CBC-CMAC-256 failed, another is tried: the chip answered")
    assert outcome.reading.access == "PACE-ECDH-GM-AES-CBC-CMAC-128/MRZ"


def mapping(signer: pki.Identity, crls: Iterable[Crl] = (), trust: TrustStore = TRUST) -> tuple[Result, str, Result]:
    outcome = inspect(mapped(signer=signer), crls=list(crls), trust=trust)
    check = outcome.verdict.check("chip_authentication_mapping")
    return check.result, str(check.reason), outcome.verdict.result


def test_a_revoked_signer_of_card_security_proves_no_chip() -> None:
    revoked = Crl.read(pki.revocation_list(CSCA, SEEN.certificate.serial_number))
    result, reason, verdict = mapping(SEEN, [revoked])
    assert (result, verdict) == (Result.FAILED, Result.FAILED)
    assert reason.startswith("the signer of EF.CardSecurity: revoked on 2026-10-05")
    assert mapping(SEEN)[0] is Result.SUCCESSFUL


def test_card_security_of_another_state_proves_no_chip() -> None:
    other = pki.csca("XA", "CSCA Arcadia")
    both = TrustStore([Certificate.read(each.der) for each in (CSCA, other)])
    assert mapping(pki.dsc(other, "XA"), trust=both) == (
        Result.FAILED,
        "EF.CardSecurity is signed by XA, EF.SOD by UT",
        Result.FAILED,
    )


def test_a_signer_of_seals_signs_no_card_security() -> None:
    seals = pki.dsc(CSCA, purpose="2.23.136.1.1.11.1")
    assert mapping(seals)[0] is Result.UNDETERMINED


def knowing(kind: str, parameters: bytes = b"") -> TrustStore:
    """The same trust with a defect of this signer's documents."""
    entry = lists.defect(lists.issuer_and_serial(SIGNER), lists.known(kind, parameters))
    return TrustStore(list(TRUST.certificates), defects=[DefectList.read(lists.defect_list(SIGNER, entry))])


def defective(outcome: Outcome, check: str) -> tuple[Result, Result]:
    return outcome.verdict.check(check).result, outcome.verdict.result


def test_a_proof_with_keys_that_others_hold_proves_nothing() -> None:
    chip = mapped()
    assert defective(inspect(chip), "chip_authentication_mapping") == (Result.SUCCESSFUL, Result.SUCCESSFUL)
    known = inspect(chip, trust=knowing(defects.CHIP_KEY_REVOKED))
    assert defective(known, "chip_authentication_mapping") == (Result.UNDETERMINED, Result.SUCCESSFUL)
    active = document(ChipKind.AA)
    known = inspect(active, trust=knowing(defects.ACTIVE_KEY_REVOKED))
    assert defective(known, "active_authentication") == (Result.UNDETERMINED, Result.SUCCESSFUL)
    assert str(known.verdict.check("active_authentication").reason).endswith(
        "; but a defect list says that private keys of active authentication are compromised"
    )


def test_a_proof_that_is_known_to_fail_is_no_failure_and_no_success() -> None:
    chip = mapped(published=4712)
    assert defective(inspect(chip), "chip_authentication_mapping") == (Result.FAILED, Result.FAILED)
    known = inspect(chip, trust=knowing(defects.PROTOCOL_FAILURE))
    assert defective(known, "chip_authentication_mapping") == (Result.UNDETERMINED, Result.UNDETERMINED)


def test_malformed_data_groups_that_are_known_are_undetermined() -> None:
    broken = document(files={"DG2": compose(0x75, b"\x01\x01\x01")})
    assert defective(inspect(broken), "dg2_content") == (Result.FAILED, Result.FAILED)
    groups = compose(0x31, core.Integer(2).dump())
    known = inspect(broken, trust=knowing(defects.GROUP_MALFORMED, groups))
    assert defective(known, "dg2_content") == (Result.UNDETERMINED, Result.UNDETERMINED)
    others = inspect(broken, trust=knowing(defects.GROUP_MALFORMED, compose(0x31, core.Integer(3).dump())))
    assert defective(others, "dg2_content") == (Result.FAILED, Result.FAILED)


def test_com_that_is_known_to_differ_is_undetermined() -> None:
    chip = document(files={"COM": issued(ChipKind.AA).files["COM"]})
    assert inspect(chip).verdict.check("com_sod").result is Result.FAILED
    known = inspect(chip, trust=knowing(defects.COM_DISCREPANCY))
    assert known.verdict.check("com_sod").result is Result.UNDETERMINED
