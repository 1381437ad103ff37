"""What an inspection found, as it is stored: shown later as it was shown then, whatever the rules have become."""

from __future__ import annotations

import json
from typing import Any

from gatehouse import __version__
from gatehouse.border.domain.assessment import Assessment
from gatehouse.border.domain.words import DecisionKind, Finding
from gatehouse.device.examination import Examined
from gatehouse.device.proposals import Proposal, Ruled
from gatehouse.device.reading_report import ReadingReport
from gatehouse.documents.pki.defects import KnownDefect
from gatehouse.documents.pki.sources import Source
from gatehouse.documents.verdict import SignerName, Signing, Verdict
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.travellers.api import Recognised


def findings_json(
    examined: Examined,
    person: Recognised,
    assessment: Assessment,
    report: ReadingReport | None = None,
    offline: dict[str, Any] | None = None,
) -> str:
    mrz, stay = examined.mrz, assessment.stay
    found = {
        "person": {
            "surname": mrz.surname,
            "given_names": mrz.given_names,
            "names": list(dict.fromkeys((*examined.names, *person.names))),
            "birth_date": mrz.birth_date,
            "age": assessment.facts.age,
            "sex": mrz.sex,
        },
        "document": {
            "expiry_date": mrz.expiry_date,
            "mrz": mrz.lines,
            "verdict": examined.result.value,
            "signer": examined.signer,
            "checks": [_check(check) for check in assessment.checks],
            "versions": [version.as_dict() for version in examined.versions],
            **_authentication(examined.authentication),
            "report": report.model_dump(mode="json") if report else None,
        },
        "stay": {"kind": stay.kind, "number": stay.number, "source": stay.source} if stay else None,
        "permit_kind": person.permit.kind if person.permit else None,
        **proposal_json(assessment.proposal),
        "program": __version__,
        "offline": offline,
    }
    # A reason's parts may be dates or enumerations: they are kept as the text that they are shown as.
    return json.dumps(found, default=str, ensure_ascii=False)


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    found = [[each.finding.value if each.finding else None, each.kind.value] for each in proposal.found]
    return {"reasons": [reason.as_dict() for reason in proposal.reasons], "found": found}


def proposal_of(kind: str, findings: dict[str, Any]) -> Proposal:
    """Without what stands behind its reasons, where a device made it or it was stored before this was kept."""
    reasons, found = reasons_of(findings), findings.get("found", ())
    behind = tuple(
        Ruled(Finding(finding) if finding else None, DecisionKind(ruled), reason)
        for (finding, ruled), reason in zip(found, reasons, strict=False)
    )
    return Proposal(DecisionKind(kind), reasons, behind)


def _check(check: Check) -> dict[str, Any]:
    measured = {} if check.duration_ms is None else {"ms": check.duration_ms}
    return {"id": check.id, "result": check.result.value, "reason": check.reason.as_dict(), **measured}


def _authentication(verdict: Verdict | None) -> dict[str, Any]:
    """What the inspection log says of the signature, beside its checks."""
    if verdict is None or verdict.signer is None or verdict.signing is None:
        return {}
    return {
        "signed_by": verdict.signer.as_dict(),
        "signing": verdict.signing.as_dict(),
        "defects": [{"kind": each.kind, "code": each.code, "groups": each.groups} for each in verdict.defects],
    }


def checks_of(findings: dict[str, Any]) -> tuple[Check, ...]:
    """With their durations, where the inspection was stored since these are kept."""
    return tuple(
        Check(check["id"], Result(check["result"]), Reason.from_dict(check["reason"]), check.get("ms"))
        for check in findings["document"]["checks"]
    )


def signing_of(findings: dict[str, Any]) -> tuple[SignerName, Signing] | None:
    """Who signed the chip's data and how; None where nobody was found, or of an inspection of before this was kept."""
    document = findings["document"]
    if "signing" not in document:
        return None
    return SignerName(**document["signed_by"]), Signing.from_dict(document["signing"])


def defects_of(findings: dict[str, Any]) -> tuple[KnownDefect, ...]:
    found = findings["document"].get("defects", ())
    return tuple(KnownDefect(each["kind"], each["code"], tuple(each["groups"])) for each in found)


def versions_of(findings: dict[str, Any]) -> tuple[Source, ...]:
    """Of an inspection that was stored before versions were kept: none."""
    return tuple(Source.from_dict(version) for version in findings["document"].get("versions", ()))


def report_of(findings: dict[str, Any]) -> ReadingReport | None:
    """How the desk read the document; None where nothing said so, as in inspections of before."""
    kept = findings["document"].get("report")
    return ReadingReport.model_validate(kept) if kept else None


def reasons_of(findings: dict[str, Any]) -> tuple[Reason, ...]:
    return tuple(Reason.from_dict(reason) for reason in findings["reasons"])
