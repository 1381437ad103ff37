"""What an officer records of biometrics at an open inspection: taken, declined, exempt; and what they saw by eye."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.biometrics.fingerprints import Finger
from gatehouse.border.domain.biometric_findings import FINDINGS, biometric_findings
from gatehouse.border.domain.capture import Capture, captures, missing, recognises
from gatehouse.border.domain.records import require_short
from gatehouse.border.domain.rules import Rules, rules_of
from gatehouse.border.domain.words import Capacity, CaptureState, Direction, InspectionState
from gatehouse.border.selectors.biometrics import comparisons_of, recorded_of
from gatehouse.border.services.looking import Before, look
from gatehouse.border.services.recording import captured_keep, captures_record, comparisons_record
from gatehouse.border.stored import proposal_json, proposal_of
from gatehouse.device.examination import require_finger
from gatehouse.device.proposals import amended
from gatehouse.documents.images import inspect
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.law.capture import CaptureRule, capture_rule
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import insert, rows, run
from gatehouse.platform.engines import Engines
from gatehouse.platform.engines import engines as settings_engines
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile

_READ = """
SELECT state, port, direction, capacity, traveller, nationality, national, proposed, opened_at, findings
  FROM border_inspection WHERE id = %s
"""
_AMEND = "UPDATE border_inspection SET proposed = %s, findings = findings || %s::jsonb WHERE id = %s"
_LIVE = """
INSERT INTO border_images (inspection_id, live) VALUES (%s, %s)
ON CONFLICT (inspection_id) DO UPDATE SET live = excluded.live
"""


@dataclass(frozen=True, slots=True)
class _Open:
    """An inspection that is not closed, with the rule of its day that concerns the person."""

    id: UUID
    port: str
    direction: Direction
    capacity: Capacity
    traveller: UUID
    nationality: str
    national: bool
    proposed: str
    on: date
    findings: dict[str, Any]
    rule: CaptureRule | None

    @property
    def age(self) -> int | None:
        age: int | None = self.findings["person"]["age"]
        return age

    def asked(self) -> tuple[Capture, ...]:
        return captures(self.rule, direction=self.direction, age=self.age, recorded=recorded_of(self.id))

    def recognise(self) -> UUID | None:
        by_capture = self.rule and recognises(self.rule, direction=self.direction, age=self.age)
        return self.traveller if by_capture else None


def capture_take(
    *,
    clock: Clock,
    officer: Actor,
    inspection: UUID,
    face: bytes | None = None,
    fingerprints: Mapping[Finger, bytes] | None = None,
    profile: Profile | None = None,
    engines: Engines | None = None,
) -> None:
    """Take a face (JPEG) or fingers of a traveller whose inspection is open: compared anew, kept where the law asks for
    it at entry, and the proposal follows.

    Raises `ForbiddenError`, `NotFoundError`; `UnreadableError` for what is no picture; `ConflictError` once the
    inspection is closed; `RefusedError` where no law lets this person be captured, or nothing is given. Nothing is
    stored then.
    """
    officer.require("border.inspect")
    before = Before(face, fingerprints or {})
    if not before:
        raise RefusedError("nothing was captured: give a face or a finger")
    if face is not None:
        inspect(face)
    for image in (fingerprints or {}).values():
        require_finger(image)
    rules = rules_of(profile or settings_profile())
    found = _opened(inspection, rules)
    officer.require_at("border.inspect", found.port)
    _require_asked(found)
    chip_face = next(
        (row[0] for row in rows("SELECT face FROM border_images WHERE inspection_id = %s", (inspection,))), None
    )
    # Compared before the transaction begins; whether the inspection is still open is looked at again within it.
    looked = look(
        engines or settings_engines(),
        before,
        chip_face=bytes(chip_face) if chip_face is not None else None,
        recognise=found.recognise(),
    )
    with transaction.atomic():
        found = _opened(inspection, rules, lock=True)
        wanted = frozenset(each.modality for each in found.asked() if each.state is not CaptureState.EXEMPT)
        kept = captured_keep(
            looked,
            wanted,
            clock=clock,
            officer=officer,
            inspection=inspection,
            traveller=found.traveller,
            port=found.port,
        )
        if face is not None:
            run(_LIVE, (inspection, face))
            run("UPDATE border_inspection SET has_images = true WHERE id = %s", (inspection,))
        comparisons_record(inspection, looked.of(found.traveller), at=clock.now())
        article = found.rule.article if found.rule else ""
        captures_record(inspection, kept, CaptureState.TAKEN, at=clock.now(), officer=officer, article=article)
        _amend(found, rules)
        detail = {"captured": sorted(kept), "compared": len(looked.comparisons)}
        _leaf(clock, officer, found, "border.capture_take", detail)


@transaction.atomic
def capture_decline(
    *, clock: Clock, officer: Actor, inspection: UUID, reason: str, profile: Profile | None = None
) -> None:
    """The person declined what has not been captured of them. What may follow is for the second line to decide.

    Raises `ForbiddenError`, `NotFoundError`, `ConflictError` once the inspection is closed, and `RefusedError` without
    a reason or where nothing is asked of this person. Nothing changed then.
    """
    officer.require("border.inspect")
    if not reason.strip():
        raise RefusedError("a capture that was declined says why")
    require_short(reason)
    rules = rules_of(profile or settings_profile())
    found = _opened(inspection, rules, lock=True)
    officer.require_at("border.inspect", found.port)
    rule, still = _require_missing(found)
    captures_record(
        inspection,
        still,
        CaptureState.DECLINED,
        at=clock.now(),
        officer=officer,
        article=rule.refusal,
        note=reason.strip(),
    )
    _amend(found, rules)
    _leaf(clock, officer, found, "border.capture_decline", {"declined": sorted(still)})


@transaction.atomic
def capture_exempt(
    *,
    clock: Clock,
    officer: Actor,
    inspection: UUID,
    ground: str,
    note: str = "",
    profile: Profile | None = None,
) -> None:
    """The person need not be captured, by an exemption of the rule that concerns them.

    Raises `ForbiddenError`, `NotFoundError`, `ConflictError` once the inspection is closed, and `RefusedError` where
    the rule has no such exemption, or one by age that the document contradicts. Nothing changed then.
    """
    officer.require("border.inspect")
    require_short(note)
    rules = rules_of(profile or settings_profile())
    found = _opened(inspection, rules, lock=True)
    officer.require_at("border.inspect", found.port)
    rule, still = _require_missing(found)
    named = rule.exemption(ground)
    if named is None:
        raise RefusedError("%(article)s has no exemption %(ground)s", article=rule.article, ground=ground)
    if named.below_age is not None and found.age is not None:
        raise RefusedError("by the document the person is %(age)d years old", age=found.age)
    captures_record(
        inspection,
        still,
        CaptureState.EXEMPT,
        at=clock.now(),
        officer=officer,
        article=named.article,
        ground=ground,
        note=note.strip(),
    )
    _amend(found, rules)
    _leaf(clock, officer, found, "border.capture_exempt", {"exempt": sorted(still), "ground": ground})


@transaction.atomic
def faces_judge(*, clock: Clock, officer: Actor, inspection: UUID, same: bool, profile: Profile | None = None) -> None:
    """Whether an officer who compared the person with the document by eye found them to be the same.

    Raises `ForbiddenError`, `NotFoundError`, and `ConflictError` once the inspection is closed. Nothing changed then.
    """
    officer.require("border.inspect")
    found = _opened(inspection, rules_of(profile or settings_profile()), lock=True)
    officer.require_at("border.inspect", found.port)
    now = clock.now()
    insert("border_judgement", id=new_id(now), inspection_id=inspection, same=same, officer=str(officer), judged_at=now)
    _leaf(clock, officer, found, "border.faces_judge", {"same": same})


def _opened(inspection: UUID, rules: Rules, *, lock: bool = False) -> _Open:
    read = rows(f"{_READ} FOR UPDATE" if lock else _READ, (inspection,))
    if not read:
        raise NotFoundError("there is no inspection %(id)s", id=str(inspection))
    state, port, direction, capacity, traveller, nationality, national, proposed, opened_at, findings = read[0]
    if state == InspectionState.CLOSED:
        raise ConflictError("the inspection is closed: nothing is recorded with it any more")
    findings = json.loads(findings) if isinstance(findings, str) else findings
    on = rules.day(opened_at)
    rule = capture_rule(rules.captures, nationality, findings.get("permit_kind"), on)
    return _Open(
        inspection,
        port,
        Direction(direction),
        Capacity(capacity),
        traveller,
        nationality,
        national,
        proposed,
        on,
        findings,
        rule,
    )


def _require_asked(found: _Open) -> None:
    asked = found.asked()
    due = any(each.state is not CaptureState.EXEMPT for each in asked) if asked else found.recognise() is not None
    if not due:
        raise RefusedError("no law in force on %(day)s lets this person be captured", day=found.on.isoformat())


def _require_missing(found: _Open) -> tuple[CaptureRule, frozenset[Any]]:
    still = missing(found.asked())
    if found.rule is None or not still:
        raise RefusedError("nothing is still to be captured of this person")
    return found.rule, still


def _amend(found: _Open, rules: Rules) -> None:
    """Let the proposal follow what biometrics say now."""
    anew = biometric_findings(found.asked(), comparisons_of(found.id))
    before = proposal_of(found.proposed, found.findings)
    proposal = amended(before, anew, found, rules.proposals, anew=FINDINGS)
    run(_AMEND, (proposal.kind.value, json.dumps(proposal_json(proposal), default=str, ensure_ascii=False), found.id))


def _leaf(clock: Clock, officer: Actor, found: _Open, action: str, detail: dict[str, Any]) -> None:
    leaf_append(
        clock=clock,
        actor=str(officer),
        action=action,
        subject=str(found.traveller),
        purpose="border_check",
        case=str(found.id),
        site=found.port,
        detail=detail,
    )
