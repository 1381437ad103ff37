"""From what an inspection found to its log, as one profile holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gatehouse.documents.inspectionlog.access import access_checks
from gatehouse.documents.inspectionlog.aggregation import GROUPS, aggregated, overall, stricter
from gatehouse.documents.inspectionlog.error_codes import ELECTRONIC_ERRORS, code_of
from gatehouse.documents.inspectionlog.model import (
    Component,
    DocumentFacts,
    ExtendedNode,
    GroupResult,
    InspectionLog,
    KnownDefect,
    LoggedCheck,
    LoggedEvent,
    Overall,
    ProcessState,
    Signature,
    UsedList,
)
from gatehouse.documents.inspectionlog.names import Domain, Named, named
from gatehouse.documents.inspectionlog.privacy import Secrets, plain, public_sentence
from gatehouse.documents.inspectionlog.profiles import EXTENDED_NODES, HELD, LoggingProfile, withheld
from gatehouse.documents.inspectionlog.scenarios import Scenario, not_performed, obligation
from gatehouse.documents.mrz import Mrz
from gatehouse.documents.pki import defects as listed_defects
from gatehouse.documents.pki.sources import Source
from gatehouse.documents.verdict import SignerName, Signing
from gatehouse.kernel.errors import RefusedError
from gatehouse.kernel.results import Check, Result

#: Which part of a reason names data elements or data groups that a check failed in.
_DIFFERING = ("elements", "changed", "unlisted", "hidden", "added")


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is known of one inspection. Everything but the first four may be missing, and is then absent from the log.

    `events` are names with their moment in milliseconds. `zones` are all that are known of the document, printed or
    from the chip, and `names` what else names its holder: a log without personal data holds none of their values.
    `extended` are all nodes there are; a profile lets none, some or all of them through.
    """

    transaction: UUID
    checked_at: datetime
    house: Result
    checks: tuple[Check, ...]
    scenario: Scenario = Scenario.STATIONARY
    location: str = ""
    environment: str = ""
    read_at: datetime | None = None
    components: tuple[Component, ...] = ()
    versions: tuple[Source, ...] = ()
    type: str = ""
    issuing_state: str = ""
    format: str = ""
    access: str = ""
    signer: SignerName | None = None
    signing: Signing | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    events: tuple[tuple[str, float], ...] = ()
    defects: tuple[listed_defects.KnownDefect, ...] = ()
    zones: tuple[Mrz, ...] = field(default=(), repr=False)
    names: tuple[str, ...] = field(default=(), repr=False)
    extended: tuple[ExtendedNode, ...] = field(default=(), repr=False)
    #: Of a seal: its checks stand elsewhere in the guideline, and some bear the ids of a document's.
    seal: bool = False


def logged(
    inspected: Inspected, profile: LoggingProfile = LoggingProfile.STANDARD, *, purpose: str = ""
) -> InspectionLog:
    """The log of an inspection. The standard and the basic profile hold nothing that names a person; the others say
    for which `purpose` they do. Raises `RefusedError` where they would not."""
    if profile.is_personal and not purpose.strip():
        raise RefusedError("a log that may name a person (%(profile)s) says for what purpose", profile=profile.value)
    checks = tuple(_checks(inspected, profile))
    groups = {
        domain: found for domain, group in GROUPS.items() if (found := aggregated(group, _results(checks, domain)))
    }
    guideline = overall([found[0].result for found in groups.values()])
    house = inspected.house
    aborted = any(check.state is ProcessState.ABORTED for check in checks)
    return InspectionLog(
        profile=profile,
        purpose=plain(purpose.strip()) if profile.is_personal else "",
        transaction=inspected.transaction,
        state=ProcessState.ABORTED if aborted else ProcessState.TERMINATED,
        scenario=inspected.scenario,
        location=plain(inspected.location),
        environment=inspected.environment,
        read_at=inspected.read_at,
        checked_at=inspected.checked_at,
        components=tuple(_plain(each) for each in inspected.components),
        used_lists=tuple(UsedList(**_list(each)) for each in inspected.versions),
        document=_document(inspected),
        timings_ms=dict(inspected.timings_ms),
        events=tuple(_events(inspected)) if HELD[profile].details else (),
        # The order in which XML has them, so that both forms read back as the same log.
        checks=tuple(sorted(checks, key=lambda check: list(Domain).index(check.domain))),
        groups=tuple(
            GroupResult(domain=domain, clause=each.clause, title=each.title, result=each.result)
            for domain, found in groups.items()
            for each in found
        ),
        overall=Overall(guideline=guideline, house=house, stricter=stricter(house, guideline)),
        defects=tuple(KnownDefect(oid=each.kind, parameter=_parameter(each)) for each in inspected.defects),
        extended=tuple(_extended(inspected.extended, profile)),
    )


def _results(checks: Iterable[LoggedCheck], domain: Domain) -> dict[str, Result]:
    return {check.id: check.result for check in checks if check.domain is domain and check.result is not None}


def _checks(inspected: Inspected, profile: LoggingProfile) -> Iterator[LoggedCheck]:
    """Those that were made in the order of the house, then those that the scenario asks for and nobody made."""
    made = list(_made(inspected))
    secrets = None if profile is LoggingProfile.FULL else Secrets(inspected.zones, inspected.names)
    events = tuple(name for name, _ in inspected.events)
    for check, where in made:
        aborted = check.result is Result.ABORTED
        yield LoggedCheck(
            id=check.id,
            domain=where.domain,
            clause=where.clause,
            title=where.title,
            instead=where.instead,
            state=ProcessState.of(check.result),
            result=check.result,
            obligation="" if where.instead else obligation(where.clause, inspected.scenario),
            reason=_reason(check, secrets, profile),
            duration_ms=check.duration_ms,
            error=code_of(where.domain, events) if aborted else None,
            differing=tuple(_differing(check)) if HELD[profile].details else (),
            withheld=withheld(profile, where.domain, check.result),
        )
    if inspected.seal:
        return
    for clause, title in not_performed((where.clause for _, where in made), inspected.scenario):
        yield LoggedCheck(
            id=f"clause_{clause}",
            domain=_domain_of(clause),
            clause=clause,
            title=title,
            state=ProcessState.INITIATED,
            result=None,
            obligation=obligation(clause, inspected.scenario),
        )


def _made(inspected: Inspected) -> Iterator[tuple[Check, Named]]:
    events = tuple(name for name, _ in inspected.events)
    for check in inspected.checks:
        parts: Iterable[Check] = (check,)
        if check.id == "chip_access" and not inspected.seal:
            parts = access_checks(check, inspected.access, events)
        for each in parts:
            where = named(each.id, seal=inspected.seal)
            if where is not None:
                yield each, where


def _reason(check: Check, secrets: Secrets | None, profile: LoggingProfile) -> str:
    if profile is LoggingProfile.BASIC:
        return ""
    if secrets is None:
        return plain(str(check.reason))
    return secrets.kept(public_sentence(check.reason))


def _differing(check: Check) -> Iterator[str]:
    if check.result not in (Result.FAILED, Result.UNDETERMINED):
        return
    for name in _DIFFERING:
        part = check.reason.parts.get(name)
        if isinstance(part, str) and part:
            yield from (plain(each) for each in part.split(", "))


def _document(inspected: Inspected) -> DocumentFacts:
    signer, signing = inspected.signer, inspected.signing
    signature = None
    if signer is not None:
        csca = signing.csca if signing else None
        signature = Signature(
            country=signer.country,
            subject=plain(signer.subject),
            issuer=plain(signing.issuer) if signing else "",
            serial=signer.serial,
            csca_subject=plain(csca.subject) if csca else "",
            csca_serial=csca.serial if csca else "",
            algorithms={part: plain(used) for part, used in signing.algorithms.items()} if signing else {},
        )
    return DocumentFacts(
        type=plain(inspected.type),
        issuing_state=plain(inspected.issuing_state),
        format=inspected.format,
        access=plain(inspected.access),
        signature=signature,
        data_groups=_data_groups(inspected.checks),
    )


def _data_groups(checks: Iterable[Check]) -> dict[str, str]:
    """Table 5.42, as far as the check of the hashes says."""
    parts = next((check.reason.parts for check in checks if check.id == "dg_hash"), {})
    states = {"given": "identical", "changed": "not identical", "unlisted": "not listed"}
    found = {
        group: state for name, state in states.items() if (text := parts.get(name)) for group in str(text).split(", ")
    }
    return dict(sorted(found.items(), key=lambda each: int(each[0].removeprefix("DG") or 0)))


def _events(inspected: Inspected) -> Iterator[LoggedEvent]:
    for name, at_ms in inspected.events:
        code = ELECTRONIC_ERRORS.get(name)
        yield LoggedEvent(name=plain(name), at_ms=at_ms, code=code[0] if code else None)


def _parameter(defect: listed_defects.KnownDefect) -> str:
    if defect.groups:
        return ", ".join(f"DG{number}" for number in defect.groups)
    return plain(defect.text) or ("" if defect.code is None else str(defect.code))


def _extended(nodes: Iterable[ExtendedNode], profile: LoggingProfile) -> Iterator[ExtendedNode]:
    held = [name for domain in Domain if domain in HELD[profile].nodes for name in EXTENDED_NODES[domain]]
    for each in sorted((node for node in nodes if node.node in held), key=lambda node: held.index(node.node)):
        yield each.model_copy(update={"text": plain(each.text), "name": plain(each.name)})


def _domain_of(clause: str) -> Domain:
    by_chapter = {"5.5": Domain.OPTICAL, "5.6": Domain.ELECTRONIC, "5.7": Domain.COMBINED, "5.9": Domain.SEAL}
    return by_chapter[clause[:3]]


def _plain(component: Component) -> Component:
    return Component(role=component.role, name=plain(component.name), version=plain(component.version))


def _list(source: Source) -> dict[str, object]:
    return {"kind": source.kind.value, "name": plain(source.name), "issued": source.issued, "sha256": source.sha256}
