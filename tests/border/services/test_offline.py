"""What an officer decided on board is recorded at the centre as it was, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.border import captures
from tests.border.desk import SUPERVISOR, TW, of_state, passport
from tests.device.made import DEVICE, NOW, PASSPHRASE
from tests.edge.handheld import Handheld, states

from gatehouse.audit.models import Leaf
from gatehouse.border.api import DecisionKind, Direction, InspectionState
from gatehouse.border.models import Bundle, Capture, Comparison, Crossing, Decision, DeviceEvent, Inspection
from gatehouse.device.events import Decided, EventKind
from gatehouse.kernel.errors import ConflictError, ForbiddenError, RefusedError
from gatehouse.kernel.results import Reason
from gatehouse.watchlist.api import ListKind, entry_add
from gatehouse.watchlist.models import Hit

pytestmark = pytest.mark.django_db


@pytest.fixture
def handheld(tmp_path: Path) -> Iterator[Handheld]:
    device = Handheld(tmp_path)
    yield device
    device.ledger.close()


def ban(handheld: Handheld, **facts: Any) -> None:
    entry_add(
        clock=handheld.clock,
        actor=SUPERVISOR,
        kind=ListKind.ENTRY_BAN,
        authority="court",
        valid_from=NOW.date() - timedelta(days=1),
        profile=TW,
        **facts,
    )


def test_an_admission_on_board_becomes_inspection_decision_and_crossing_at_its_time(handheld: Handheld) -> None:
    handheld.sign_on()
    found = handheld.inspect()
    assert found.assessment.proposal.kind is DecisionKind.ADMIT
    assert str(found.assessment.last_permitted_day) == "2023-07-30"
    handheld.clock.advance(timedelta(seconds=20))
    assert handheld.station.decide(DecisionKind.ADMIT).state is InspectionState.CLOSED
    assert not Crossing.objects.exists()
    assert handheld.deliver() == 3
    inspection, decision, crossing = Inspection.objects.get(), Decision.objects.get(), Crossing.objects.get()
    assert (inspection.id, inspection.state, inspection.officer) == (found.id, "closed", "user:chen")
    assert (inspection.opened_at, inspection.ready_ms, inspection.lane) == (NOW, 3000, DEVICE)
    assert (inspection.proposed, str(inspection.last_permitted_day)) == ("admit", "2023-07-30")
    assert inspection.findings["offline"]["bundle"] == 1
    assert (decision.kind, decision.officer, decision.taken_at, decision.final) == (
        "admit",
        "user:chen",
        NOW + timedelta(seconds=20),
        True,
    )
    assert (crossing.inspection, crossing.crossed_at, crossing.conveyance) == (found.id, decision.taken_at, "OCEAN 7")
    assert crossing.recorded_at > crossing.crossed_at
    assert states() == [(1, "sign_on", "recorded"), (2, "inspection", "recorded"), (3, "decision", "recorded")]
    assert not DeviceEvent.objects.exclude(body="").exists()
    actions = ["border.device_sign_on", "border.inspection_take_over", "border.decision_admit", "border.bundle_issue"]
    for action in actions:
        assert Leaf.objects.filter(body__contains=f'"action":"{action}"').count() == 1


def test_sent_again_nothing_is_doubled(handheld: Handheld) -> None:
    handheld.sign_on()
    handheld.inspect()
    handheld.station.decide(DecisionKind.ADMIT)
    handheld.deliver()
    handheld.delivery.outbox.acknowledge(0)
    assert handheld.deliver() == 3
    assert (Inspection.objects.count(), Decision.objects.count(), Crossing.objects.count()) == (1, 1, 1)
    assert handheld.seen_by_centre.is_whole


def test_a_person_of_the_lists_is_found_without_the_centre_and_the_hit_is_kept(handheld: Handheld) -> None:
    ban(handheld, issuer="JPN", number="TK1234567")
    handheld.take_bundle()
    handheld.sign_on()
    found = handheld.inspect()
    assert found.assessment.proposal.kind is DecisionKind.REFUSE
    [hit] = found.hits
    assert hit.kind is ListKind.ENTRY_BAN
    handheld.station.decide(DecisionKind.REFUSE)
    handheld.deliver()
    assert Hit.objects.get().entry_id == hit.entry
    assert Inspection.objects.get().state == "awaiting_confirmation"
    assert handheld.seen_by_centre.remarked == ()
    assert not Crossing.objects.exists()


def test_what_the_centre_learned_since_is_said_and_what_happened_stands(handheld: Handheld) -> None:
    handheld.sign_on()
    ban(handheld, issuer="JPN", number="TK1234567")
    handheld.inspect()
    handheld.station.decide(DecisionKind.ADMIT)
    handheld.deliver()
    assert Crossing.objects.count() == 1
    [remarked] = handheld.seen_by_centre.remarked
    assert [str(remark) for remark in remarked.remarks] == [
        "1 list entries that the device did not show may mean this person",
        "the device proposed admit, the centre would have proposed refuse",
    ]


def test_a_device_captures_nothing_and_the_centre_takes_it_while_the_inspection_is_open(handheld: Handheld) -> None:
    """What the officer was shown on board stays in the proposal, whatever biometrics add to it or take away again."""
    handheld.sign_on()
    found = handheld.inspect(of_state("VNM"))
    shown = [str(reason) for reason in found.assessment.proposal.reasons]
    assert (found.assessment.proposal.kind, len(shown)) == (DecisionKind.REFER, 2)
    handheld.station.decide(DecisionKind.REFER)
    handheld.deliver()
    row = Inspection.objects.get()
    assert (Capture.objects.count(), Comparison.objects.count(), row.findings["found"]) == (0, 0, [])
    here = [str(Reason.from_dict(reason)) for reason in row.findings["offline"]["reasons_here"]]
    assert here[-1] == captures.STILL % "the face and fingerprints"
    assert captures.states(captures.view(found.id, handheld.clock)).keys() == {"face", "fingerprints"}
    captures.take(handheld.clock, found.id)
    seen = captures.view(found.id, handheld.clock)
    assert (captures.reasons(seen), seen.proposal.kind) == (
        [shown[1], captures.STILL % "fingerprints"],
        DecisionKind.REFER,
    )
    captures.take(handheld.clock, found.id, face=None, fingerprints=captures.FINGERS)
    seen = captures.view(found.id, handheld.clock)
    assert ([str(reason) for reason in seen.proposal.reasons], seen.proposal.kind) == (shown, DecisionKind.REFER)


def test_a_refusal_on_board_takes_two_officers_with_their_own_passphrases(handheld: Handheld) -> None:
    handheld.sign_on()
    expired = passport(expiry_date="2023-04-30")
    assert handheld.inspect(expired).assessment.proposal.kind is DecisionKind.REFUSE
    assert handheld.station.decide(DecisionKind.REFUSE).state is InspectionState.AWAITING_CONFIRMATION
    before = list(handheld.ledger.events())
    with pytest.raises(RefusedError, match="by another officer than the one who refused"):
        handheld.station.confirm("chen", PASSPHRASE["chen"], confirmed=True)
    with pytest.raises(ForbiddenError, match="this is not the officer's passphrase"):
        handheld.station.confirm("lin", PASSPHRASE["chen"], confirmed=True)
    with pytest.raises(RefusedError, match="who declines a refusal says why"):
        handheld.station.confirm("lin", PASSPHRASE["lin"], confirmed=False)
    assert list(handheld.ledger.events()) == before
    assert handheld.station.confirm("lin", PASSPHRASE["lin"], confirmed=True).state is InspectionState.CLOSED
    handheld.deliver()
    decision = Decision.objects.get()
    assert (decision.officer, decision.second_officer, decision.confirmed, decision.final) == (
        "user:chen",
        "user:lin",
        True,
        True,
    )
    assert Inspection.objects.get().state == "closed"
    assert not Crossing.objects.exists()
    with pytest.raises(ConflictError, match="no refusal of this inspection waits: it is closed"):
        handheld.station.confirm("lin", PASSPHRASE["lin"], confirmed=True)


def test_a_passage_that_did_not_take_place_is_marked(handheld: Handheld) -> None:
    handheld.sign_on()
    handheld.inspect()
    handheld.station.decide(DecisionKind.ADMIT)
    handheld.ledger.close()  # the program ended before anybody was let through
    handheld.start()
    handheld.take_bundle()
    handheld.sign_on()
    with pytest.raises(RefusedError, match="a correction says why"):
        handheld.station.void(reason=" ")
    handheld.station.void(reason="the battery was empty, she stayed on board")
    with pytest.raises(ConflictError, match="no passage was recorded here"):
        handheld.station.void(reason="again")
    handheld.deliver()
    passed, right = Crossing.objects.order_by("recorded_at")
    assert (passed.void, right.void, right.corrects_id, right.recorded_by) == (False, True, passed.id, "user:chen")
    assert right.reason == "the battery was empty, she stayed on board"


def test_a_decision_that_the_officer_did_not_sign_is_set_aside_and_what_follows_goes_on(handheld: Handheld) -> None:
    handheld.sign_on()
    found = handheld.inspect()
    forged = Decided(
        inspection=found.id,
        officer="lin",
        bundle=1,
        at=handheld.clock.now(),
        seen=found.seen,
        kind=DecisionKind.ADMIT,
        signature="AAAA",
    )
    handheld.ledger.append(EventKind.DECISION, forged.plain())
    handheld.ledger.append("dance", {})
    handheld.ledger.append(EventKind.INSPECTION, {"officer": "chen"})
    handheld.station.decide(DecisionKind.ADMIT)
    assert handheld.deliver() == 6
    view = handheld.seen_by_centre
    assert [(each.sequence, str(each.problem)) for each in view.set_aside] == [
        (3, "this was not signed by lin"),
        (4, "an event of the kind dance is not known here"),
        (5, "the event cannot be read: inspection: Field required"),
    ]
    assert (view.waiting, view.is_whole) == (0, False)
    assert Decision.objects.get().officer == "user:chen"
    assert DeviceEvent.objects.exclude(body="").count() == 3


def test_who_was_not_on_the_roster_and_a_bundle_that_nobody_issued_decide_nothing(handheld: Handheld) -> None:
    handheld.sign_on()
    handheld.inspect()
    Bundle.objects.update(roster={"officers": {}})
    handheld.station.decide(DecisionKind.ADMIT)
    handheld.deliver()
    assert {str(each.problem) for each in handheld.seen_by_centre.set_aside} == {
        "chen was not on the roster of this bundle"
    }
    assert not Inspection.objects.exists()
    assert not Crossing.objects.exists()


def test_the_same_document_at_two_places_without_a_network_is_said(handheld: Handheld) -> None:
    handheld.sign_on()
    for _ in range(2):
        handheld.inspect()
        handheld.station.decide(DecisionKind.ADMIT)
        handheld.clock.advance(timedelta(hours=1))
    handheld.deliver()
    assert Crossing.objects.count() == 2
    [remarked] = handheld.seen_by_centre.remarked
    assert str(remarked.remarks[0]).startswith(f"the same document passed the same way at {DEVICE} on 2023-05-01T04:00")


def test_who_needs_a_visa_is_referred_and_the_permit_is_looked_up_afterwards(handheld: Handheld) -> None:
    handheld.sign_on()
    found = handheld.inspect(of_state("UTO"))
    assert found.assessment.proposal.kind is DecisionKind.REFER
    assert "cannot be looked up without the centre" in str(found.assessment.proposal.reasons[-1])
    with pytest.raises(RefusedError, match="a decision other than the proposed one, refer, needs a reason"):
        handheld.station.decide(DecisionKind.ADMIT)
    handheld.station.decide(DecisionKind.REFER)
    handheld.deliver()
    assert Inspection.objects.get().state == "referred"
    [remarked] = handheld.seen_by_centre.remarked
    assert str(remarked.remarks[0]) == "the device proposed refer, the centre would have proposed refuse"


def test_a_clock_that_jumps_ahead_is_said(handheld: Handheld) -> None:
    handheld.sign_on()
    handheld.clock.moment = timezone.now() + timedelta(hours=1)
    handheld.take_bundle()
    handheld.sign_on()
    handheld.deliver()
    remarks = [str(remark) for each in handheld.seen_by_centre.remarked for remark in each.remarks]
    assert remarks[0] in {
        "the clock of the device was ahead by 59 minutes",
        "the clock of the device was ahead by 60 minutes",
    }


def test_a_transit_passenger_is_released(handheld: Handheld) -> None:
    handheld.sign_on()
    handheld.inspect(direction=Direction.TRANSIT)
    handheld.station.decide(DecisionKind.RELEASE)
    handheld.deliver()
    assert Crossing.objects.get().direction == "transit"
