"""From a file that an operator brings to lists that can be put to use: each verified, or refused with the reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.defects import LIST as DEFECT_LIST
from gatehouse.documents.pki.defects import DefectList
from gatehouse.documents.pki.deviations import LIST as DEVIATION_LIST
from gatehouse.documents.pki.deviations import DeviationList
from gatehouse.documents.pki.list_signer import verify_signer
from gatehouse.documents.pki.masterlist import LIST as MASTER_LIST
from gatehouse.documents.pki.masterlist import MasterList, Rejected
from gatehouse.documents.pki.pkd import read_export
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.documents.pki.store import Import
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

Listed = MasterList | DefectList | DeviationList


@dataclass(frozen=True, slots=True)
class Verified:
    """A list with its signer, the root it chains to and what was found; `ready` is None where it must not be used."""

    listed: Listed | Crl
    signer: Certificate | None
    check: Check
    ready: Import | None


def read_list(data: bytes) -> Listed:
    """A master, defect or deviation list. Raises `UnreadableError` with what it would be as a master list."""
    for kind in (DefectList, DeviationList):
        try:
            return kind.read(data)
        except UnreadableError:
            continue
    return MasterList.read(data)


def verify_list(listed: Listed, data: bytes, name: str, roots: Sequence[Certificate]) -> Verified:
    """Whether its signer chains to one of the pinned roots; a deviation list's to one of its own state."""
    if isinstance(listed, MasterList):
        kind, described = Kind.MASTER_LIST, MASTER_LIST
    elif isinstance(listed, DefectList):
        kind, described = Kind.DEFECT_LIST, DEFECT_LIST
    else:
        kind, described = Kind.DEVIATION_LIST, DEVIATION_LIST
        roots = [root for root in roots if root.country == listed.country]
    signer, root, check = verify_signer(listed.signed, described, roots)
    if signer is None or root is None or check.result is not Result.SUCCESSFUL:
        return Verified(listed, signer, check, None)
    counts = (len(listed.certificates), len(listed.rejected)) if isinstance(listed, MasterList) else (0, 0)
    source = Source(kind, name, _issued(listed), hashlib.sha256(data).hexdigest())
    series = f"{kind.value} of {signer.country or signer.subject.text}"
    ready = Import(data, source, series, signer.subject.text, root.subject.text, *counts)
    return Verified(listed, signer, check, ready)


def verify_crl(crl: Crl, data: bytes, name: str, authorities: Iterable[Certificate]) -> Verified:
    """Whether a revocation list is signed by an authority of its own name."""
    named = [each for each in authorities if each.subject.key == crl.issuer.key]
    signer = next((each for each in named if crl.is_signed_by((each,))), None)
    if signer is None:
        reason = Reason(
            "no revocation list of %(issuer)s is signed by a trusted CSCA of that name", issuer=crl.issuer.text
        )
        return Verified(crl, None, Check("crl_signer", Result.UNDETERMINED, reason), None)
    source = Source(Kind.REVOCATION_LIST, name, crl.this_update.date(), hashlib.sha256(data).hexdigest())
    changes = " (changes)" if crl.base_number is not None else ""
    series = f"{Kind.REVOCATION_LIST.value} of {crl.issuer.text}{changes}"
    reason = Reason("the signature is by %(signer)s", signer=signer.subject.text)
    check = Check("crl_signer", Result.SUCCESSFUL, reason)
    return Verified(crl, signer, check, Import(data, source, series, signer.subject.text, signer.subject.text))


@dataclass(slots=True)
class Tally:
    """What an export holds beside its lists: document signers are counted, not kept."""

    document_signers: int = 0


def verify_export(
    lines: Iterable[bytes],
    name: str,
    *,
    roots: Sequence[Certificate],
    tally: Tally,
    authorities: Sequence[Certificate] = (),
) -> Iterator[Verified | Rejected]:
    """Each list of an export, and what of it cannot serve, one after the other.

    `authorities` are those that are trusted already: with the master lists that come before it in the export they
    sign the revocation lists.
    """
    known = list(authorities)
    for item in read_export(lines):
        content = item.content
        if isinstance(content, Rejected):
            yield content
        elif isinstance(content, Certificate):
            tally.document_signers += 1
        elif isinstance(content, Crl):
            yield verify_crl(content, item.data, f"{name}: {item.dn}", known)
        else:
            verified = verify_list(content, item.data, f"{name}: {item.dn}", roots)
            if verified.ready and isinstance(content, MasterList):
                known.extend(content.certificates)
            yield verified


def _issued(listed: Listed) -> date | None:
    at = listed.signed.signers[0].signing_time
    return at.date() if at else None
