from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from gatehouse.border.api import (
    Capacity,
    DecisionKind,
    Direction,
    DocumentView,
    HitView,
    InspectionState,
    InspectionView,
    PersonView,
    Proposal,
)
from gatehouse.device.proposals import Ruled
from gatehouse.device.words import Finding
from gatehouse.kernel.ids import new_id
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.nation import Irregularity, nation_of
from gatehouse.simulation.officers import resolution
from gatehouse.simulation.travellers import Traveller, travellers_of
from gatehouse.simulation.truth import SIGNS, Truth, found_in


def view(kind: DecisionKind, *reasons: Reason, direction: Direction = Direction.ENTRY) -> InspectionView:
    """An inspection of a sound document."""
    passed = Check("dg_hash", Result.SUCCESSFUL, Reason("unchanged: DG1"))
    person = PersonView(new_id(), (), "LIN", "MEI", "1990-05-01", 36, "F", "TWN")
    document = DocumentView("P", "TWN", "A00000001", None, (), Result.SUCCESSFUL, (passed,), "")
    return InspectionView(
        id=new_id(),
        state=InspectionState.REFERRED,
        port="TPE",
        lane="1",
        direction=direction,
        capacity=Capacity.PASSENGER,
        conveyance="",
        opened_at=datetime(2026, 11, 21, tzinfo=UTC),
        opened_by="user:chen",
        ready_ms=1,
        person=person,
        document=document,
        face_image=None,
        face_media_type="",
        live_image=None,
        captured=None,
        comparison=passed,
        comparisons=(),
        judged=None,
        captures=(),
        exemptions=(),
        may_capture=False,
        permit=None,
        hits=(),
        history=(),
        guardian=None,
        hold=None,
        proposal=Proposal(kind, reasons),
        decisions=(),
        allowed_kinds=(),
        may_confirm=False,
    )


def failing(check: str, kind: DecisionKind = DecisionKind.REFER) -> InspectionView:
    seen = view(kind)
    checks = (Check(check, Result.FAILED, Reason("wrong")),)
    return replace(seen, document=replace(seen.document, checks=checks))


def listed(kind: str, proposed: DecisionKind = DecisionKind.REFER) -> InspectionView:
    hit = HitView(new_id(), new_id(), kind, "a provision", Reason("the same name"), "open", "")
    return replace(view(proposed), hits=(hit,))


def traveller(irregularity: Irregularity | None) -> Traveller:
    nation = nation_of(Profile(SHIPPED / "tw"))
    zone = ZoneInfo("Asia/Taipei")
    day = travellers_of(nation, state="TWN", zone=zone, seed=1, run=1, on=date(2026, 11, 21), count=40)
    return next(each for each in day if each.irregularity is irregularity)


def test_every_irregularity_has_one_sign() -> None:
    assert set(SIGNS) == set(Irregularity)
    assert all(sum(map(bool, sign)) == 1 for sign in SIGNS.values())


def test_a_fault_is_found_by_its_own_check_alone() -> None:
    assert found_in(failing("dsc_chain"), Irregularity.FORGED)
    assert not found_in(failing("dg_hash"), Irregularity.FORGED)
    assert not found_in(view(DecisionKind.REFER), Irregularity.FORGED)


def test_what_is_seen_and_let_pass_is_not_found() -> None:
    assert not found_in(failing("dsc_chain", DecisionKind.ADMIT), Irregularity.FORGED)
    assert not found_in(listed("entry_ban", DecisionKind.ADMIT), Irregularity.BANNED)


def test_a_hit_and_a_reason_are_signs_too() -> None:
    assert found_in(listed("lookout"), Irregularity.LOOKED_FOR)
    assert not found_in(listed("lookout"), Irregularity.BANNED)
    late = Reason("%(days)d days over the last permitted day, %(last)s (%(article)s)", days=3, last="-", article="1")
    assert found_in(view(DecisionKind.REFER, late, direction=Direction.EXIT), Irregularity.OVERSTAYED)


def test_the_account_names_who_was_missed_and_who_was_stopped() -> None:
    truth = Truth()
    truth.note(traveller(Irregularity.FORGED), failing("dsc_chain"))
    truth.note(traveller(Irregularity.FORGED), view(DecisionKind.ADMIT))
    truth.note(traveller(None), view(DecisionKind.ADMIT))
    assert truth.stopped == []
    truth.note(traveller(None), view(DecisionKind.REFER, Reason("because")))
    assert truth.planted == Counter({Irregularity.FORGED: 2})
    assert truth.found == Counter({Irregularity.FORGED: 1})
    assert truth.missed == ["TWN A00000001: forged, but admit was proposed"]
    assert truth.stopped == ["TWN A00000001: because"]
    assert not truth.holds
    assert Truth().holds
    assert (truth + truth).planted == Counter({Irregularity.FORGED: 4})


@pytest.mark.parametrize(
    ("seen", "kind", "hold"),
    [
        (failing("dsc_chain"), DecisionKind.REFUSE, True),
        (listed("lost_document"), DecisionKind.REFUSE, False),
        (listed("lookout"), DecisionKind.ADMIT, False),
        (view(DecisionKind.REFER, Reason("no visa or permit is on record, and")), DecisionKind.REFUSE, False),
        (view(DecisionKind.REFER), DecisionKind.ADMIT, False),
        (view(DecisionKind.REFER, direction=Direction.EXIT), DecisionKind.RELEASE, False),
    ],
    ids=["forged", "lost", "looked for", "no visa", "nothing", "nothing at exit"],
)
def test_the_second_line_decides_on_what_it_sees(seen: InspectionView, kind: DecisionKind, hold: bool) -> None:
    found = resolution(seen)
    assert (found.kind, found.hold) == (kind, hold)
    assert found.reason


def test_whom_the_engine_alone_did_not_match_is_counted_as_its_error() -> None:
    """And not as a valid traveller whom a rule stopped; one who is stopped by something else too is."""
    differs = Ruled(Finding.FACE_DIFFERS, DecisionKind.REFER, Reason("the live face does not agree"))
    expired = Ruled(Finding.DOCUMENT_EXPIRED, DecisionKind.REFUSE, Reason("the document expired on"))
    truth = Truth()
    for found in ((differs,), (differs, expired)):
        seen = replace(view(DecisionKind.REFER), proposal=Proposal(DecisionKind.REFER, (), found))
        truth.note(traveller(None), seen)
    assert (truth.unmatched, len(truth.stopped), truth.holds) == (1, 1, False)
