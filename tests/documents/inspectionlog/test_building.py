"""What is logged of readings: exact results by clause, durations that were measured, states, errors and defects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.documents.inspectionlog.made import AT, ON, seen

from gatehouse.documents.inspectionlog import InspectionLog, LoggingProfile, Scenario, logged
from gatehouse.documents.inspectionlog.access import access_checks
from gatehouse.documents.inspectionlog.error_codes import ELECTRONIC_ERRORS
from gatehouse.documents.inspectionlog.names import CHECKS, SEAL_CHECKS, Domain
from gatehouse.documents.inspectionlog.profiles import EXTENDED_NODES
from gatehouse.documents.inspectionlog.scenarios import OBLIGATIONS, not_performed, obligation
from gatehouse.documents.pki.defects import CERT_REVOKED, GROUP_MALFORMED, KnownDefect
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.issuing.faults import Fault

S, F, U, N, A = Result


def groups(log: InspectionLog) -> dict[str, str]:
    return {group.clause: group.result.value for group in log.groups}


def test_a_sound_document_by_the_clauses() -> None:
    found = seen(ChipKind.PACE_CAM)
    log = logged(found.inspected)
    assert {check.id: (check.clause, check.result and check.result.value) for check in log.checks} == {
        "mrz_check_digits": ("5.5.4.1.1", "successful"),
        "clause_5.5.2": ("5.5.2", None),
        "clause_5.5.3": ("5.5.3", None),
        "clause_5.5.4.2": ("5.5.4.2", None),
        "sod_signature": ("5.6.4.2.2", "successful"),
        "dsc_chain": ("5.6.4.3.3", "successful"),
        "dsc_validity": ("5.6.4.3.4", "successful"),
        "revocation": ("5.6.4.3.5", "undetermined"),
        "dg_hash": ("5.6.4.4.2", "successful"),
        "issuer_state": ("5.6.4.5", "successful"),
        "algorithm_policy": ("5.6.4.2", "successful"),
        "com_sod": ("5.6.4.4.1", "successful"),
        "bac": ("5.6.3.1.1", "not supported"),
        "pace": ("5.6.3.1.2", "successful"),
        "card_access": ("5.6.3.1.2", "successful"),
        "chip_authentication_mapping": ("5.6.4.1.3", "successful"),
        "chip_authentication": ("5.6.4.1.2", "not supported"),
        "active_authentication": ("5.6.4.1.1", "not supported"),
        "terminal_authentication": ("5.6.3.2", "not supported"),
        "dg1_zone": ("5.7.2", "successful"),
        "expiry": ("5.7.1", "successful"),
        "clause_5.9.1": ("5.9.1", None),
    }
    assert groups(log) == {
        "5.5.4": "successful",
        "5.5.4.1": "successful",
        "5.6": "undetermined",
        "5.6.3": "successful",
        "5.6.3.1": "successful",
        "5.6.4": "undetermined",
        "5.6.4.1": "successful",
        "5.6.4.2.1": "successful",
        "5.6.4.3.1": "undetermined",
        "5.6.4.4": "successful",
        "5.7": "successful",
    }
    # Without a revocation list the guideline lets nothing be successful; the house says so and goes on.
    assert (log.overall.guideline, log.overall.house, log.overall.stricter) == (U, S, "guideline")
    assert (log.state, log.error_code, log.scenario) == ("terminated", 0, "stationary")
    assert (log.document.type, log.document.issuing_state, log.document.format) == ("P", "UTO", "TD3")
    assert log.document.access == "PACE-ECDH-CAM-AES-CBC-CMAC-256/MRZ"
    assert log.document.data_groups == dict.fromkeys(("DG1", "DG2", "DG11", "DG14"), "identical")
    assert log.checked_at == AT


def test_what_was_measured_has_its_duration_and_nothing_else_one() -> None:
    found = seen(ChipKind.AA)
    log = logged(found.inspected)
    timings = found.reading.timings_ms
    assert log.check("pace").duration_ms == timings["access"]
    assert log.check("active_authentication").duration_ms == timings["aa"]
    assert dict(log.timings_ms) == dict(timings)
    measured = {check.id for check in log.checks if check.duration_ms is not None}
    unmeasured = {check.id for check in log.checks} - measured
    assert unmeasured == {"bac", "clause_5.5.2", "clause_5.5.3", "clause_5.5.4.2", "clause_5.9.1"}
    signature = log.check("sod_signature").duration_ms
    assert signature is not None
    assert 0 < signature < 1000
    without = replace(
        found.inspected, timings_ms={}, checks=tuple(Check(c.id, c.result, c.reason) for c in found.inspected.checks)
    )
    assert all(check.duration_ms is None for check in logged(without).checks)
    assert logged(without).timings_ms == {}
    assert '"duration_ms": null' in logged(without).as_json()


@pytest.mark.parametrize(
    ("pulled_before", "aborted", "house"),
    [
        (1, ["pace", "card_access", "chip_authentication_mapping"], "undetermined"),
        (14, [], "undetermined"),
    ],
)
def test_a_document_that_was_pulled_is_aborted_and_no_evidence(
    pulled_before: int, aborted: list[str], house: str
) -> None:
    log = logged(seen(ChipKind.PACE_CAM, pulled_before=pulled_before).inspected)
    found = [check for check in log.checks if check.result is A]
    assert [check.id for check in found if check.id in aborted] == aborted
    assert found
    assert {(check.state.value, check.error) for check in found} == {("aborted", 2001)}
    assert (log.state, log.error_code) == ("aborted", 2001)
    assert log.events[-1].name == "card_removed"
    assert log.overall.guideline is A
    assert log.overall.house.value == house
    assert not any(check.withheld for check in found)
    assert S not in {group.result for group in log.groups if group.clause in ("5.6", "5.6.4")}


@pytest.mark.parametrize(
    ("fault", "failed", "guideline", "house"),
    [
        (Fault.FORGED, {"dsc_chain"}, F, F),
        (Fault.UNKNOWN_AUTHORITY, set(), U, U),
        (Fault.ALTERED_DG1, {"dg_hash"}, F, F),
        (Fault.ALTERED_DG2, {"dg_hash"}, F, F),
        (Fault.SWAPPED, {"dg1_zone"}, F, F),
        (Fault.LAPSED_SIGNER, {"dsc_validity"}, F, S),
        (Fault.EXPIRED, {"expiry"}, F, S),
    ],
)
def test_false_documents(fault: Fault, failed: set[str], guideline: Result, house: Result) -> None:
    log = logged(seen(ChipKind.PACE_GM, fault=fault).inspected)
    assert {check.id for check in log.checks if check.result is F} >= failed
    assert (log.overall.guideline, log.overall.house) == (guideline, house)


@pytest.mark.parametrize(
    ("result", "access", "events", "expected"),
    [
        (S, "PACE-ECDH-GM-AES-CBC-CMAC-128/MRZ", (), (N, S, S)),
        (S, "BAC", ("no_pace",), (S, N, S)),
        (S, "BAC", ("pace_failed", "fell_to_bac"), (S, F, S)),
        (U, "BAC", ("pace_failed", "fell_to_bac"), (S, F, S)),
        (S, "none", (), (N, N, N)),
        (S, "none", ("no_pace", "no_access_control"), (N, N, N)),
        (F, "none", ("no_pace", "access_failed"), (F, N, F)),
        (F, "none", ("pace_failed", "access_failed"), (N, F, F)),
        (A, "none", ("card_removed",), (N, A, A)),
        (A, "none", ("no_pace", "card_removed"), (A, N, A)),
    ],
)
def test_the_opening_of_a_chip_is_two_checks(
    result: Result, access: str, events: tuple[str, ...], expected: tuple[Result, Result, Result]
) -> None:
    bac, pace, group = expected
    opening = Check("chip_access", result, Reason("as it was"), 7.5)
    found = access_checks(opening, access, events)
    assert [(check.id, check.result) for check in found] == [("bac", bac), ("pace", pace)]
    inspected = replace(
        seen().inspected, checks=(opening,), access=access, events=tuple((name, 1.0) for name in events)
    )
    assert groups(logged(inspected))["5.6.3.1"] == group.value


def test_lists_defects_and_algorithms_are_named() -> None:
    inspected = replace(
        seen().inspected,
        versions=(Source(Kind.MASTER_LIST, "a.ml", date(2026, 1, 8), "ab" * 32),),
        defects=(KnownDefect(CERT_REVOKED, code=3), KnownDefect(GROUP_MALFORMED, groups=(2, 3))),
    )
    log = logged(inspected)
    assert [each.model_dump(mode="json") for each in log.used_lists] == [
        {"kind": "master list", "name": "a.ml", "issued": "2026-01-08", "sha256": "ab" * 32}
    ]
    assert [(each.oid, each.parameter) for each in log.defects] == [
        ("0.4.0.127.0.7.3.1.5.1.1", "3"),
        ("0.4.0.127.0.7.3.1.5.2.1", "DG2, DG3"),
    ]
    assert log.document.signature is not None
    assert set(log.document.signature.algorithms) == {"data groups", "SOD", "DSC"}


def test_what_each_profile_holds() -> None:
    held = {}
    for profile in LoggingProfile:
        log = logged(seen().inspected, profile, purpose="case 7")
        held[profile.value] = (any(check.reason for check in log.checks), {node.node for node in log.extended})
    assert held == {
        "basic": (False, set()),
        "standard": (True, set()),
        "standard-optical": (True, {"dc:DocumentDetails"}),
        "standard-electronic": (True, {"dce:ChipFiles"}),
        "standard-seal": (True, set()),
        "full": (True, {"dc:DocumentDetails", "dce:ChipFiles"}),
    }


def test_what_the_guideline_would_add_is_named() -> None:
    check = logged(seen().inspected).check("revocation")
    assert check.withheld == (*EXTENDED_NODES[Domain.ELECTRONIC], *EXTENDED_NODES[Domain.OPTICAL])
    full = logged(seen().inspected, LoggingProfile.FULL, purpose="case 7")
    assert full.check("revocation").withheld == ()
    assert logged(seen().inspected, LoggingProfile.BASIC).check("revocation").withheld == ()


@pytest.mark.parametrize("scenario", list(Scenario))
def test_what_a_scenario_asks_for_and_nobody_made_is_initiated(scenario: Scenario) -> None:
    log = logged(replace(seen().inspected, scenario=scenario))
    begun = {check.clause for check in log.checks if check.result is not None}
    waiting = {check.clause for check in log.checks if check.state == "initiated"}
    expected = {clause for clause, _ in not_performed(begun, scenario)}
    assert waiting == expected
    assert ("5.5.2" in waiting) == (scenario is not Scenario.PARTIALLY_MOBILE)
    assert "5.9.1" in waiting


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("5.5.4.2", ["m", "m/e", "o/e", "o/e", "o/e"]),
        ("5.6.4.1.1", ["m", "m", "m", "m", "m"]),
        ("5.7.2", ["m", "m", "m", "m", "o"]),
        ("5.7.6", ["o/e", "o", "o", "o", "m/e"]),
        ("5.8.2.2.1", ["", "", "", "", ""]),
    ],
)
def test_obligations_are_those_of_table_4_1(clause: str, expected: list[str]) -> None:
    assert [obligation(clause, scenario) for scenario in Scenario] == expected


def test_the_table_of_checks_is_one_to_one_and_its_numbers_are_a_vendors() -> None:
    for table in (CHECKS, SEAL_CHECKS):
        assert len({each.id for each in table}) == len(table)
    codes = [code for code, _ in ELECTRONIC_ERRORS.values()]
    assert len(set(codes)) == len(codes)
    assert all(1_000 <= code <= 999_999 for code in codes)
    assert len(OBLIGATIONS) == 13


def test_every_check_of_a_reading_stands_in_the_table() -> None:
    """So that none is left out of a log unseen: what a reading makes, and what passive authentication does."""
    known = {each.id for each in CHECKS}
    made = {check.id for kind in ChipKind for check in seen(kind).verdict.checks} - {"chip_access"}
    assert made <= known
    assert date(2026, 11, 22) == ON
