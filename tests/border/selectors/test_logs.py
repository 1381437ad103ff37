"""The inspection log of stored inspections: what it says, whom it never names, and who took it out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.border import desk
from tests.border.faces import Spy, engines
from tests.border.records import everything
from tests.documents.inspectionlog import made

from gatehouse import __version__
from gatehouse.audit.api import looks_at
from gatehouse.border.api import (
    DecisionKind,
    Direction,
    DocumentReading,
    decision_take,
    inspection_log,
    inspection_logs,
    inspection_open,
    inspection_summary,
)
from gatehouse.border.models import Comparison, Inspection
from gatehouse.device.reading_report import ReadingReport, ReportedCheck, ReportedEvent, Sentence
from gatehouse.documents.chip.reading import ChipReading
from gatehouse.documents.inspectionlog import LoggingProfile
from gatehouse.documents.inspectionlog.files import LogFormat, one_read, one_written
from gatehouse.documents.inspectionlog.names import Domain
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, NotFoundError, RefusedError
from gatehouse.kernel.results import Reason, Result
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.engines import Engines
from gatehouse.platform.permissions import Purpose
from gatehouse.simulation.issuing import ChipKind

pytestmark = pytest.mark.django_db
ENGINEER = Actor(ActorKind.USER, "ma", frozenset({"border.read_log", "figures.read"}))
ANALYST = Actor(
    ActorKind.USER, "tsai", frozenset({"border.read_log", "border.read_full_log"}), purposes=frozenset({Purpose.CASE})
)
DAY = made.ON
DAYS = (DAY, DAY)


def clock() -> FixedClock:
    return FixedClock(made.AT)


def report(reading: ChipReading, **changed: Any) -> ReadingReport:
    facts: dict[str, Any] = {
        "agent": "Gatehouse agent 0.1.0",
        "devices": {"chip": "ACR1252"},
        "access": reading.access,
        "checks": tuple(map(ReportedCheck.of, reading.checks)),
        "events": tuple(
            ReportedEvent(name=event.name, detail=Sentence.of(event.detail), at_ms=event.at_ms)
            for event in reading.events
        ),
        "timings_ms": {"total": 2500.0, "chip": 1800.0},
    }
    return ReadingReport(**{**facts, **changed})


def opened(
    kind: ChipKind = ChipKind.AA,
    *,
    seen: made.Seen | None = None,
    live: bytes | None = None,
    at: FixedClock | None = None,
    engines: Engines | None = None,
    **changed: Any,
) -> UUID:
    found, at = seen or made.seen(kind), at or clock()
    read = DocumentReading(
        mrz="\n".join(found.document.mrz_lines),
        read_at=at.now() - timedelta(seconds=3),
        files=found.reading.files,
        live_image=live,
        report=report(found.reading, **changed),
    )
    return inspection_open(
        clock=at,
        officer=desk.INSPECTOR,
        port="TPE",
        lane="T1-E01",
        direction=Direction.ENTRY,
        reading=read,
        trust=made.trust(kind),
        profile=desk.TW,
        engines=engines,
    )


def log_of(id: UUID, **asked: Any) -> Any:
    return inspection_log(id, clock=clock(), **{"reader": ENGINEER, **asked})


def test_what_was_stored_is_logged_with_its_durations() -> None:
    seen = made.seen(ChipKind.AA)
    id = opened(seen=seen)
    log = log_of(id)
    assert log.transaction == id
    assert (log.location, log.environment, log.scenario) == ("TPE/T1-E01", "entry", "stationary")
    assert (log.checked_at, log.read_at) == (made.AT, made.AT - timedelta(seconds=3))
    assert [(each.role, each.name, each.version) for each in log.components] == [
        ("application", "Gatehouse", __version__),
        ("agent", "Gatehouse agent 0.1.0", ""),
        ("chip", "ACR1252", ""),
    ]
    assert log.timings_ms == {"total": 2500.0, "chip": 1800.0}
    for check in ("mrz_check_digits", "sod_signature", "dsc_chain", "dg1_zone", "active_authentication", "expiry"):
        assert log.check(check).result is Result.SUCCESSFUL
        assert log.check(check).duration_ms is not None
    assert log.check("active_authentication").duration_ms == seen.reading.check("active_authentication").duration_ms
    assert log.document.signature is not None
    assert (log.document.signature.country, log.document.issuing_state) == ("UT", "UTO")
    assert {"record", "watchlist"}.isdisjoint(check.id for check in log.checks)
    for form in LogFormat:
        assert one_read(one_written(log, form)) == log


def test_the_standard_profile_names_nobody_whatever_a_desk_says() -> None:
    spilled = Sentence.of(Reason("of %(person)s", person=f"{made.HOLDER.given_names} born 13 February"))
    told = Sentence.of(Reason(f"{made.HOLDER.surname} was here"))
    checks = (
        ReportedCheck(id="chip_authentication", result=Result.FAILED, reason=spilled),
        ReportedCheck(id="active_authentication", result=Result.FAILED, reason=told),
    )
    id = opened(checks=checks, live=desk.face())
    log = log_of(id)
    assert log.check("chip_authentication").reason == "of (withheld)"
    assert log.check("active_authentication").reason == "(withheld)"
    private = list(made.private(made.document(ChipKind.AA)))
    for form in LogFormat:
        written = one_written(log, form).decode().casefold()
        assert [value for value in private if value.casefold() in written] == []


def test_a_log_that_names_nobody_is_no_look_but_leaves_a_leaf() -> None:
    id = opened()
    before = everything()
    log_of(id)
    after = everything()
    [leaf] = set(after["audit_leaf"]) - set(before["audit_leaf"])
    assert '\\"action\\":\\"border.inspection_log\\"' in leaf[0]
    traveller = Inspection.objects.get(pk=id).traveller
    assert list(looks_at(str(traveller))) == []


def test_the_full_profile_is_a_look_for_a_purpose() -> None:
    id = opened(live=desk.face())
    log = log_of(id, reader=ANALYST, profile=LoggingProfile.FULL, purpose="case", case="doc-2026-7")
    assert {node.name for node in log.extended} == {"mrz", "EF.DG2", "live"}
    assert [node.text for node in log.extended if node.name == "mrz"] == list(made.document(ChipKind.AA).mrz_lines)
    assert log.purpose == "case"
    [look] = looks_at(str(Inspection.objects.get(pk=id).traveller))
    assert (look.actor, look.purpose, look.case) == ("user:tsai", "case", "doc-2026-7")


def test_without_permission_purpose_or_record_nothing_is_shown_or_written() -> None:
    id = opened()
    before = everything()
    with pytest.raises(ForbiddenError):
        log_of(id, reader=desk.INSPECTOR)
    with pytest.raises(ForbiddenError):
        log_of(id, profile=LoggingProfile.STANDARD_OPTICAL, purpose="case", case="7")
    with pytest.raises(RefusedError, match="needs a purpose"):
        log_of(id, reader=ANALYST, profile=LoggingProfile.FULL)
    with pytest.raises(NotFoundError):
        log_of(uuid4())
    with pytest.raises(ForbiddenError):
        inspection_logs(DAYS, clock=clock(), reader=desk.INSPECTOR, agency=desk.TW)
    with pytest.raises(RefusedError, match="needs a purpose"):
        inspection_logs(DAYS, clock=clock(), reader=ANALYST, profile=LoggingProfile.FULL, agency=desk.TW)
    with pytest.raises(ForbiddenError):
        inspection_summary(DAYS, reader=desk.INSPECTOR, agency=desk.TW)
    assert everything() == before


def test_the_logs_of_a_period_in_the_order_of_time() -> None:
    later = clock()
    later.advance(timedelta(hours=1))
    next_day = clock()
    next_day.advance(timedelta(days=1))
    second, first = opened(at=later), opened()
    other = opened(at=next_day)
    asked: dict[str, Any] = {"clock": clock(), "reader": ENGINEER, "agency": desk.TW}
    assert [log.transaction for log in inspection_logs(DAYS, **asked)] == [first, second]
    both = (DAY, DAY + timedelta(days=1))
    assert [log.transaction for log in inspection_logs(both, **asked)] == [first, second, other]
    assert list(inspection_logs((date(2020, 1, 1), date(2020, 1, 2)), **asked)) == []


def test_everybody_in_a_full_log_of_a_period_is_looked_at_once() -> None:
    opened()
    opened()
    found = inspection_logs(
        DAYS, clock=clock(), reader=ANALYST, profile=LoggingProfile.FULL, purpose="case", case="7", agency=desk.TW
    )
    traveller = Inspection.objects.values_list("traveller", flat=True).distinct().get()
    assert len(list(looks_at(str(traveller)))) == 1, "before the first log is given"
    assert len(list(found)) == 2
    assert len(list(looks_at(str(traveller)))) == 1


def test_figures_of_operation_need_no_person() -> None:
    opened()
    opened(ChipKind.BAC, timings_ms={"chip": 4000.0})
    found = inspection_summary(DAYS, reader=ENGINEER, agency=desk.TW).as_dict()
    assert found["inspections"] == 2
    assert found["verdicts"]["successful"] == 2
    by_id = {check["id"]: check for check in found["checks"]}
    assert by_id["active_authentication"]["results"] == {
        "successful": 1,
        "failed": 0,
        "undetermined": 0,
        "not supported": 1,
        "aborted": 0,
    }
    assert by_id["sod_signature"]["duration"]["measured"] == 2
    assert found["reading_times"]["P"] == {
        "chip": {"measured": 2, "p50_ms": 1800.0, "p90_ms": 4000.0, "p99_ms": 4000.0},
        "total": {"measured": 1, "p50_ms": 2500.0, "p90_ms": 2500.0, "p99_ms": 2500.0},
    }


def test_the_comparison_with_the_document_is_logged_and_counted_as_its_last_one_was() -> None:
    id = opened(live=desk.face(), engines=engines(Spy(stranger=0.1)))
    compared = Comparison.objects.get(inspection=id)
    [logged] = [check for check in log_of(id).checks if check.domain is Domain.BIOMETRIC]
    assert (logged.id, logged.clause, logged.result) == ("face_comparison", "3.6", Result(compared.result))
    assert logged.duration_ms == round(compared.milliseconds, 3)
    # Another picture of the same person; and one of the fingers, which are compared with no document.
    again = {"result": "undetermined", "score": None, "threshold": None, "false_match_rate": None, "milliseconds": 0.0}
    facts = {field.attname: getattr(compared, field.attname) for field in Comparison._meta.fields} | again
    later = compared.compared_at + timedelta(seconds=9)
    Comparison.objects.create(**facts | {"id": uuid4(), "compared_at": later})
    fingers = {"modality": "fingerprints", "reference": "capture", "compared_at": later}
    Comparison.objects.create(**facts | fingers | {"id": uuid4()})
    log = log_of(id)
    assert (log.check("face_comparison").result, log.check("face_comparison").duration_ms) == (
        Result.UNDETERMINED,
        None,
    )
    assert list(inspection_logs(DAYS, clock=clock(), reader=ENGINEER, agency=desk.TW)) == [log]
    assert [check.id for check in log.checks if check.domain is Domain.BIOMETRIC] == ["face_comparison"]
    counted = {
        check["id"]: check for check in inspection_summary(DAYS, reader=ENGINEER, agency=desk.TW).as_dict()["checks"]
    }
    assert (counted["face_comparison"]["clause"], counted["face_comparison"]["results"]["undetermined"]) == ("3.6", 1)
    assert sum(counted["face_comparison"]["results"].values()) == 1
    assert "fingerprint_comparison" not in counted
    for form in LogFormat:
        assert one_read(one_written(log, form)) == log


def test_an_inspection_without_a_chip_and_one_of_before_durations_were_kept() -> None:
    at = desk.clock()
    id = desk.opened(at)
    log = log_of(id)
    assert log.check("chip").result is Result.NOT_SUPPORTED
    assert log.overall.guideline is Result.UNDETERMINED
    assert log.document.signature is None
    found = Inspection.objects.get(pk=id).findings
    del found["program"]
    for check in found["document"]["checks"]:
        check.pop("ms", None)
    Inspection.objects.filter(pk=id).update(findings=found)
    before = log_of(id)
    assert before.components == ()
    assert all(check.duration_ms is None for check in before.checks)


def test_faces_are_in_no_log_once_the_inspection_is_closed() -> None:
    id = opened(live=desk.face())
    decision_take(
        clock=clock(), officer=desk.INSPECTOR, inspection=id, kind=DecisionKind.ADMIT, reason="seen", profile=desk.TW
    )
    log = log_of(id, reader=ANALYST, profile=LoggingProfile.FULL, purpose="case", case="7")
    assert {node.node for node in log.extended} == {"dc:DocumentDetails"}
