"""What defect and deviation lists know against the documents of a signer, and what a check says then.

BSI TR-03135-1 v2.5 section 5.8.2 for defect lists; deviation lists (Doc 9303-12 section 10) are treated alike. No
list makes a check successful that was not: what a list excuses is undetermined, and a document is never proved by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gatehouse.documents.lds.dg1 import Dg1
from gatehouse.documents.pki import defects, deviations
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.defects import KnownDefect
from gatehouse.documents.pki.deviations import Description
from gatehouse.documents.pki.sources import Source
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.results import Check, Reason, Result

#: Table 5.54: a status code of a revoked certificate -> the result. Others leave it undetermined.
_NOT_TRUSTED = frozenset((0, 2, 3, 4))
_STATUS = {
    0: Reason("no details given"),
    1: Reason("the revocation is being examined"),
    2: Reason("the certificate was used for testing"),
    3: Reason("revoked by its issuer"),
    4: Reason("revoked by the signer of the defect list"),
    5: Reason("the certificate is inadequate"),
}
_OF_SIGNER = frozenset((1, 2))


@dataclass(frozen=True, slots=True)
class Known:
    """What is listed of one document's signer, by which list each, and the lists that were looked at."""

    defects: tuple[tuple[KnownDefect, Source], ...] = ()
    deviations: tuple[tuple[Description, Source], ...] = ()
    lists: tuple[Source, ...] = ()

    def of(self, kind: str) -> tuple[KnownDefect, Source] | None:
        return next((each for each in self.defects if each[0].kind == kind), None)

    @property
    def country(self) -> str | None:
        """The country that a defect list gives in place of that of the signer's certificate."""
        found = self.of(defects.ISSUING_COUNTRY)
        return found[0].text if found and found[0].text else None


def known_of(trust: TrustStore, dsc: Certificate | None, zone: Dg1 | None, issued_on: date | None = None) -> Known:
    """What the trusted lists say of documents of this signer. `zone` and day of issue narrow deviations further."""
    if dsc is None:
        return Known(lists=tuple(each.source for each in trust.defects))
    own = [each for each in trust.deviations if each.country == dsc.country]
    number, kind = ("", "") if zone is None else (_number(zone), zone.mrz[:2].rstrip("<"))
    return Known(
        tuple(
            (known, listed.source)
            for listed in trust.defects
            for entry in listed.defects
            if _is_of(entry, dsc)
            for known in entry.known
        ),
        tuple(
            (described, listed.source)
            for listed in own
            for each in listed.deviations
            if each.concerns(document_type=kind, number=number, dsc=dsc, issued_on=issued_on)
            for described in each.descriptions
        ),
        (*(each.source for each in trust.defects), *(each.source for each in own)),
    )


def applied(checks: Sequence[Check], known: Known, dg_changed: Sequence[int]) -> tuple[tuple[Check, ...], bool]:
    """The checks as they stand with what is known, and whether one that had failed was excused.

    `dg_changed` are the data groups whose hash is another, where that is all that is wrong with the data groups.
    """
    if not known.lists:
        return tuple(checks), False
    found = {check.id: check for check in checks}
    _apply_defects(found, known)
    _apply_deviations(found, known, dg_changed)
    excused = any(check.result is Result.FAILED and found[check.id].result is not Result.FAILED for check in checks)
    return (*found.values(), _summary(known)), excused


def _apply_defects(found: dict[str, Check], known: Known) -> None:
    for defect, source in known.defects:
        if defect.kind == defects.CERT_REVOKED:
            _revoke(found, defect, source)
        elif defect.kind == defects.VALIDITY_INCORRECT and defect.code in _OF_SIGNER:
            _put(found, "dsc_validity", Result.NOT_SUPPORTED, _listed(defect.name, source))
        elif defect.kind == defects.SOD_INVALID:
            _excuse(found, "sod_signature", defect.name, source)
        elif defect.forbids_use and found["sod_signature"].result is Result.SUCCESSFUL:
            _put(found, "sod_signature", Result.NOT_SUPPORTED, _listed(defect.name, source))


def _revoke(found: dict[str, Check], defect: KnownDefect, source: Source) -> None:
    """5.8.2.1.1: the trust status goes into the checks of revocation and of the issuer's certificate."""
    if found["revocation"].result is Result.FAILED:
        return
    status = _STATUS.get(defect.code if defect.code is not None else 0, Reason("for a reason of the list's own"))
    reason = Reason(
        "revoked by the defect list %(list)s of %(day)s: %(status)s",
        list=source.name,
        day=str(source.issued or "-"),
        status=status,
    )
    revoked = defect.code is None or defect.code in _NOT_TRUSTED
    _put(found, "revocation", Result.FAILED if revoked else Result.UNDETERMINED, reason)
    if found["dsc_chain"].result is Result.SUCCESSFUL:
        _put(found, "dsc_chain", Result.UNDETERMINED, reason)


def _apply_deviations(found: dict[str, Check], known: Known, dg_changed: Sequence[int]) -> None:
    for described, source in known.deviations:
        if described.kind == deviations.SOD_SIGNATURE:
            _excuse(found, "sod_signature", described.name, source)
        elif described.kind == deviations.SIGNER_SIGNATURE:
            _excuse(found, "dsc_chain", described.name, source)
        elif described.kind in (deviations.GROUP_HASH, deviations.GROUP_MALFORMED):
            excused = described.number is None or set(dg_changed) == {described.number}
            if excused and dg_changed:
                _excuse(found, "dg_hash", described.name, source)


def _excuse(found: dict[str, Check], id: str, what: Reason, source: Source) -> None:
    if found[id].result is Result.FAILED:
        _put(found, id, Result.UNDETERMINED, _listed(what, source))


def _put(found: dict[str, Check], id: str, result: Result, reason: Reason) -> None:
    found[id] = Check(id, result, reason, found[id].duration_ms)


def _listed(what: Reason, source: Source) -> Reason:
    parts = {"what": what, "list": source.name, "day": str(source.issued or "-")}
    return Reason("known from %(list)s of %(day)s: %(what)s", **parts)


def _summary(known: Known) -> Check:
    """Named one by one up to the last; a reason may hold another."""
    listed = [_listed(defect.name, source) for defect, source in known.defects]
    listed += [_listed(described.name, source) for described, source in known.deviations]
    if not listed:
        return Check("known_defects", Result.SUCCESSFUL, Reason("no list knows of a defect of this signer's documents"))
    said = listed[0]
    for more in listed[1:]:
        said = Reason("%(one)s; %(more)s", one=said, more=more)
    return Check("known_defects", Result.NOT_SUPPORTED, said)


def _is_of(entry: defects.Defect, dsc: Certificate) -> bool:
    return entry.signer.is_of(dsc) or any(each.replacement == dsc.der for each in entry.known)


def _number(zone: Dg1) -> str:
    first = zone.lines[0] if len(zone.lines) == 3 else zone.lines[1]
    return (first[5:14] if len(zone.lines) == 3 else first[:9]).rstrip("<")
