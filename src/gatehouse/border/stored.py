"""What an inspection found, as it is stored: shown later as it was shown then, whatever the rules have become."""

from __future__ import annotations

import json
from typing import Any

from gatehouse.border.domain.assessment import Assessment
from gatehouse.border.domain.reading import Examined
from gatehouse.border.domain.views import Proposal
from gatehouse.border.domain.words import DecisionKind, Finding
from gatehouse.device.reading_report import ReadingReport
from gatehouse.documents.pki.sources import Source
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.travellers.api import Recognised


def findings_json(
    examined: Examined, person: Recognised, assessment: Assessment, report: ReadingReport | None = None
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
            "report": report.model_dump(mode="json") if report else None,
        },
        "stay": {"kind": stay.kind, "number": stay.number, "source": stay.source} if stay else None,
        "permit_kind": person.permit.kind if person.permit else None,
        **proposal_json(assessment.proposal),
    }
    # A reason's parts may be dates or enumerations: they are kept as the text that they are shown as.
    return json.dumps(found, default=str, ensure_ascii=False)


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    return {
        "reasons": [reason.as_dict() for reason in proposal.reasons],
        "found": [[finding.value, kind.value] for finding, kind, _ in proposal.found],
    }


def proposal_of(kind: str, findings: dict[str, Any]) -> Proposal:
    reasons, found = reasons_of(findings), findings.get("found", ())
    behind = tuple(
        (Finding(finding), DecisionKind(ruled), reason)
        for (finding, ruled), reason in zip(found, reasons, strict=False)
    )
    return Proposal(DecisionKind(kind), reasons, behind)


def _check(check: Check) -> dict[str, Any]:
    return {"id": check.id, "result": check.result.value, "reason": check.reason.as_dict()}


def checks_of(findings: dict[str, Any]) -> tuple[Check, ...]:
    return tuple(
        Check(check["id"], Result(check["result"]), Reason.from_dict(check["reason"]))
        for check in findings["document"]["checks"]
    )


def versions_of(findings: dict[str, Any]) -> tuple[Source, ...]:
    """Of an inspection that was stored before versions were kept: none."""
    return tuple(Source.from_dict(version) for version in findings["document"].get("versions", ()))


def report_of(findings: dict[str, Any]) -> ReadingReport | None:
    """How the desk read the document; None where nothing said so, as in inspections of before."""
    kept = findings["document"].get("report")
    return ReadingReport.model_validate(kept) if kept else None


def reasons_of(findings: dict[str, Any]) -> tuple[Reason, ...]:
    return tuple(Reason.from_dict(reason) for reason in findings["reasons"])
