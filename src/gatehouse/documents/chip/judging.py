"""From a reading to a verdict: passive authentication of what was read, beside what the chip proved of itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from gatehouse.documents import lds
from gatehouse.documents.chip.reading import ChipReading
from gatehouse.documents.chip.reading.files import CARD_SECURITY
from gatehouse.documents.chip.reading.proofs import ACTIVE, CHIP, MAPPING
from gatehouse.documents.comparisons import not_given, same_groups, same_zone, unreadable
from gatehouse.documents.lds.card_security import read as read_card_security
from gatehouse.documents.lds.sod import DocumentSecurityObject
from gatehouse.documents.mrz import Mrz
from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki import defects
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.defects import KnownDefect
from gatehouse.documents.pki.revocation import status_of
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.verdict import DECISIVE, Verdict
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.kernel.timing import timed

#: Which checks a known defect takes the meaning of, and which of their results.
_MEANINGLESS = {
    defects.CHIP_KEY_REVOKED: ((CHIP, MAPPING), Result.SUCCESSFUL),
    defects.ACTIVE_KEY_REVOKED: ((ACTIVE,), Result.SUCCESSFUL),
    defects.PROTOCOL_FAILURE: ((CHIP, MAPPING, ACTIVE), Result.FAILED),
    defects.COM_DISCREPANCY: (("com_sod",), Result.FAILED),
}


def judge(
    reading: ChipReading, *, trust: TrustStore, crls: Sequence[Crl] = (), on: date, zone: Mrz | None = None
) -> Verdict:
    """The verdict on a chip that was read. `zone` is the printed one, where it is known. Raises nothing for the chip.

    A chip whose key is proved is the one issued only if EF.SOD, which signs that key, holds: the verdict needs both.
    """
    passive = _passive(reading, trust, crls, on)
    found = {check.id: check for check in (*passive.checks, *_compared(reading, zone), *reading.checks)}
    if found[MAPPING].result is Result.SUCCESSFUL:
        wrong = _wrong_signer(reading.card_files[CARD_SECURITY.name], passive, trust, (*trust.crls, *crls), on)
        found[MAPPING] = wrong or found[MAPPING]
    failed = {id for id in DECISIVE if id in found and found[id].result is Result.FAILED}
    for defect in passive.defects:
        _weaken(found, defect)
    excused = passive.excused or any(found[id].result is not Result.FAILED for id in failed)
    return replace(passive, checks=tuple(found.values()), excused=excused)


def _passive(reading: ChipReading, trust: TrustStore, crls: Sequence[Crl], on: date) -> Verdict:
    files = reading.files
    if "SOD" not in files:
        return Verdict(None, (_no_security_object(reading),))
    groups = {number: data for name, data in files.items() if (number := lds.file_of(name).number) is not None}
    try:
        return authenticate(files["SOD"], data_groups=groups, trust=trust, crls=crls, on=on)
    except UnreadableError as error:
        return Verdict(None, (Check("sod_signature", Result.FAILED, error.reason),))


def _no_security_object(reading: ChipReading) -> Check:
    if reading.stopped is not None:
        reason = Reason("the reading ended before EF.SOD was read: %(cause)s", cause=reading.stopped.reason)
        return Check("sod_signature", Result.ABORTED, reason)
    return Check("sod_signature", Result.UNDETERMINED, Reason("the chip gives no EF.SOD"))


def _compared(reading: ChipReading, zone: Mrz | None) -> Iterator[Check]:
    files = reading.files
    missed = not_given(reading.withheld)
    if missed is not None:
        yield missed
    yield from unreadable(files)
    if "SOD" in files:
        with contextlib.suppress(UnreadableError):
            sod = DocumentSecurityObject.read(files["SOD"])
            yield timed(lambda: same_groups(files.get("COM"), sod))
    if "DG1" in files and zone is not None:
        same = same_zone(files["DG1"], zone)
        if same is not None:
            yield same


def _wrong_signer(
    card_security: bytes, passive: Verdict, trust: TrustStore, crls: Sequence[Crl], on: date
) -> Check | None:
    """What speaks against the signer of EF.CardSecurity: it is revoked, or of another state than that of EF.SOD."""
    signed = read_card_security(card_security).signed
    for certificate in (each for signer in signed.signers for each in signed.certificates_of(signer)):
        status = status_of(certificate, trust, crls, on)
        if status.result is Result.FAILED:
            reason = Reason("the signer of EF.CardSecurity: %(cause)s", cause=status.reason)
            return Check(MAPPING, Result.FAILED, reason)
        if passive.signer is not None and certificate.country != passive.signer.country:
            parts = {"one": certificate.country or "-", "other": passive.signer.country or "-"}
            reason = Reason("EF.CardSecurity is signed by %(one)s, EF.SOD by %(other)s", **parts)
            return Check(MAPPING, Result.FAILED, reason)
    return None


def _weaken(found: dict[str, Check], defect: KnownDefect) -> None:
    """A success with keys that others hold too proves nothing, and neither does a failure that is expected."""
    ids, result = _MEANINGLESS.get(defect.kind, ((), Result.ABORTED))
    if defect.kind == defects.GROUP_MALFORMED:
        ids, result = tuple(f"dg{number}_content" for number in defect.groups), Result.FAILED
    for id in ids:
        check = found.get(id)
        if check is not None and check.result is result:
            parts = {"defect": defect.name, "found": check.reason}
            reason = Reason("%(found)s; but a defect list says that %(defect)s", **parts)
            found[id] = Check(id, Result.UNDETERMINED, reason, check.duration_ms)
