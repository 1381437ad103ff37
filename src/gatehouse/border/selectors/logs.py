"""The inspection log by BSI TR-03135 of inspections that are stored, and figures of operation counted from them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from gatehouse.audit.api import leaf_append, look_record
from gatehouse.biometrics.comparing import CHECK as FACE_CHECK
from gatehouse.border.domain.rules import rules_of
from gatehouse.border.domain.words import Reference
from gatehouse.border.models import Inspection
from gatehouse.border.selectors.biometrics import last_of_each
from gatehouse.border.selectors.crossings import day_bounds
from gatehouse.border.stored import checks_of, defects_of, report_of, signing_of, versions_of
from gatehouse.documents.inspectionlog import Inspected, InspectionLog, LoggingProfile, Scenario, logged
from gatehouse.documents.inspectionlog.model import Component, ExtendedNode
from gatehouse.documents.inspectionlog.summary import Outcome, Summary, summarise
from gatehouse.documents.mrz import parse_mrz
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError
from gatehouse.kernel.results import Check, Result
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import rows
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile

_READ, _READ_FULL = "border.read_log", "border.read_full_log"
_CHUNK = 500
_IMAGES = "SELECT face, live FROM border_images WHERE inspection_id = %s"
# Neither name, number nor zone leaves the database for these.
_OUTCOMES = """
SELECT document_type, findings #>> '{document,verdict}',
       COALESCE(findings #>> '{document,report,timings_ms}', '{}'),
       (SELECT jsonb_agg(jsonb_build_array(each -> 'id', each -> 'result', each -> 'ms'))::text
          FROM (SELECT jsonb_array_elements(findings #> '{document,checks}') AS each
                UNION ALL
                SELECT * FROM (
                  SELECT jsonb_build_object('id', %s::text, 'result', result, 'ms', NULLIF(milliseconds, 0))
                    FROM border_comparison c
                   WHERE c.inspection_id = i.id AND modality = 'face' AND reference = 'document'
                   ORDER BY compared_at DESC, id DESC LIMIT 1) AS compared) AS checks)
  FROM border_inspection i WHERE opened_at >= %s AND opened_at < %s
"""


@transaction.atomic
def inspection_log(
    id: UUID,
    *,
    clock: Clock,
    reader: Actor,
    profile: LoggingProfile = LoggingProfile.STANDARD,
    scenario: Scenario = Scenario.STATIONARY,
    purpose: str | None = None,
    case: str | None = None,
    reason: str | None = None,
) -> InspectionLog:
    """The log of one inspection. A profile that may name a person is a look at that person and needs a purpose.

    Raises `ForbiddenError`, `NotFoundError`, and `RefusedError` without the purpose.
    """
    _require(reader, profile)
    found = Inspection.objects.filter(pk=id).first()
    if found is None:
        raise NotFoundError("there is no inspection %(id)s", id=str(id))
    if profile.is_personal:
        _Why(purpose, case or str(id), reason).look(clock, reader, found.traveller, found.port)
    _witness(clock, reader, {"profile": profile.value, "inspection": str(id)}, site=found.port)
    return logged(_inspected(found, scenario, personal=profile.is_personal), profile, purpose=purpose or "")


def inspection_logs(
    period: tuple[date, date],
    *,
    clock: Clock,
    reader: Actor,
    profile: LoggingProfile = LoggingProfile.STANDARD,
    scenario: Scenario = Scenario.STATIONARY,
    purpose: str | None = None,
    case: str | None = None,
    reason: str | None = None,
    agency: Profile | None = None,
) -> Iterator[InspectionLog]:
    """The logs of a period (days at the border, both included) in the order in which inspections were opened.

    One leaf says who took them out; with a profile that may name persons each of them is looked at, for a purpose, and
    all these leaves stand before the first log is given. Raises as `inspection_log`, at once.
    """
    _require(reader, profile)
    found = _of_period(period, agency)
    with transaction.atomic():
        if profile.is_personal:
            travellers = found.order_by("traveller").values_list("traveller", "port").distinct()
            for traveller, port in travellers.iterator(chunk_size=_CHUNK):
                _Why(purpose, case, reason).look(clock, reader, traveller, port)
        days = {"from": period[0].isoformat(), "to": period[1].isoformat()}
        _witness(clock, reader, {"profile": profile.value, **days, "inspections": found.count()})
    return _logs(found, scenario, profile, purpose or "")


def inspection_summary(period: tuple[date, date], *, reader: Actor, agency: Profile | None = None) -> Summary:
    """How often each check came out how, and how long reading took, in a period. Raises `ForbiddenError`."""
    reader.require("figures.read")
    bounds = _bounds(period, agency)
    return summarise(
        Outcome(
            kind.rstrip("<"),
            Result(verdict),
            tuple((id, Result(result), taken) for id, result, taken in json.loads(checks)),
            json.loads(timings),
        )
        for kind, verdict, timings, checks in rows(_OUTCOMES, (FACE_CHECK, *bounds))
    )


def _logs(
    found: QuerySet[Inspection], scenario: Scenario, profile: LoggingProfile, purpose: str
) -> Iterator[InspectionLog]:
    for each in found.order_by("opened_at", "id").prefetch_related("comparisons").iterator(chunk_size=_CHUNK):
        yield logged(_inspected(each, scenario, personal=profile.is_personal), profile, purpose=purpose)


def _require(reader: Actor, profile: LoggingProfile) -> None:
    reader.require(_READ_FULL if profile.is_personal else _READ)


def _bounds(period: tuple[date, date], agency: Profile | None) -> tuple[object, object]:
    zone = rules_of(agency or settings_profile()).zone
    return day_bounds(period[0], zone)[0], day_bounds(period[1], zone)[1]


def _of_period(period: tuple[date, date], agency: Profile | None) -> QuerySet[Inspection]:
    start, end = _bounds(period, agency)
    return Inspection.objects.filter(opened_at__gte=start, opened_at__lt=end)


@dataclass(frozen=True, slots=True)
class _Why:
    """Why a person's data is in a log."""

    purpose: str | None
    case: str | None
    reason: str | None

    def look(self, clock: Clock, reader: Actor, traveller: UUID, port: str) -> None:
        look_record(
            clock=clock,
            reader=reader,
            subject=str(traveller),
            purpose=self.purpose,
            shown=("name", "birth_date", "document", "face"),
            searched_by=("inspection",),
            site=port,
            case=self.case,
            reason=self.reason,
        )


def _witness(clock: Clock, reader: Actor, detail: dict[str, object], *, site: str | None = None) -> None:
    """Somebody took logs out, whomever they name."""
    leaf_append(clock=clock, actor=str(reader), action="border.inspection_log", site=site, detail=detail)


def _inspected(found: Inspection, scenario: Scenario, *, personal: bool) -> Inspected:
    document, report, signing = found.findings["document"], report_of(found.findings), signing_of(found.findings)
    zone = parse_mrz("\n".join(document["mrz"]), on=found.opened_at.date())
    return Inspected(
        transaction=found.id,
        checked_at=found.opened_at,
        house=Result(document["verdict"]),
        checks=(*checks_of(found.findings), *_compared(found)),
        scenario=scenario,
        location=f"{found.port}/{found.lane}",
        environment=found.direction,
        read_at=found.read_at,
        components=tuple(_components(found)),
        versions=versions_of(found.findings),
        type=found.document_type,
        issuing_state=found.document_issuer,
        format=zone.format,
        access=report.access if report else "",
        signer=signing[0] if signing else None,
        signing=signing[1] if signing else None,
        timings_ms=report.timings_ms if report else {},
        events=tuple((event.name, event.at_ms) for event in report.events) if report else (),
        defects=defects_of(found.findings),
        zones=(zone,),
        names=tuple(found.findings["person"]["names"]),
        extended=tuple(_extended(found, zone.lines)) if personal else (),
    )


def _compared(found: Inspection) -> Iterator[Check]:
    """The comparison with the document; one with what is on record of the person is none of the document's checks."""
    for each in last_of_each(found.comparisons.all()):
        if each.reference is Reference.DOCUMENT:
            yield each.check.taking(each.milliseconds or None)


def _components(found: Inspection) -> Iterator[Component]:
    """Those of the day of the inspection. One of before its program was kept does not say which it was."""
    program, report = found.findings.get("program"), report_of(found.findings)
    if program is not None:
        yield Component(role="application", name="Gatehouse", version=program)
    if report is not None:
        yield Component(role="agent", name=report.agent)
        for role, name in report.devices.items():
            yield Component(role=role, name=name)


def _extended(found: Inspection, lines: tuple[str, ...]) -> Iterator[ExtendedNode]:
    """What is kept of it: the zone, and the faces as long as the inspection is open. No file of a chip is kept."""
    for line in lines:
        yield ExtendedNode(node="dc:DocumentDetails", name="mrz", text=line)
    if found.has_images:
        face, live = rows(_IMAGES, (found.id,))[0]
        for name, image in (("EF.DG2", face), ("live", live)):
            if image is not None:
                yield ExtendedNode(node="dc:Image", name=name, data=bytes(image))
