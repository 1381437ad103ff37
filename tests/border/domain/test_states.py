"""The life of an inspection, walked in full."""

from __future__ import annotations

from itertools import product

import pytest

from gatehouse.border.domain.states import PASS, TRANSITIONS, Event, decidable, permission_for
from gatehouse.border.domain.words import DecisionKind, Direction, InspectionState

CLOSED, AWAITING = InspectionState.CLOSED, InspectionState.AWAITING_CONFIRMATION


def test_every_state_but_the_last_leads_on_and_the_last_nowhere() -> None:
    leads_on = {state for state, _ in TRANSITIONS}
    assert leads_on == set(InspectionState) - {CLOSED}
    assert set(TRANSITIONS.values()) == set(InspectionState) - {InspectionState.OPEN}


def test_every_state_is_reached_and_each_can_end() -> None:
    reached, ahead = set(), {InspectionState.OPEN}
    while ahead:
        reached |= ahead
        ahead = {to for (state, _), to in TRANSITIONS.items() if state in reached} - reached
    assert reached == set(InspectionState)
    ending, before = set(), {CLOSED}
    while before:
        ending |= before
        before = {state for (state, _), to in TRANSITIONS.items() if to in ending} - ending
    assert ending == set(InspectionState)


def test_a_refusal_closes_nothing_before_a_second_officer_confirms_it() -> None:
    for (_, event), to in TRANSITIONS.items():
        assert (to is AWAITING) == (event is Event.REFUSE)
    assert {event for (state, event) in TRANSITIONS if state is AWAITING} == {Event.CONFIRM, Event.DECLINE}


@pytest.mark.parametrize(("state", "direction", "was_held"), list(product(InspectionState, Direction, (True, False))))
def test_what_can_be_decided(state: InspectionState, direction: Direction, was_held: bool) -> None:
    kinds = decidable(state, direction, was_held=was_held)
    wrong = {DecisionKind.ADMIT, DecisionKind.RELEASE} - {PASS[direction]}
    assert not wrong & set(kinds)
    assert all((state, Event(kind)) in TRANSITIONS for kind in kinds)
    assert not (was_held and DecisionKind.HOLD in kinds)
    if state in {CLOSED, AWAITING}:
        assert kinds == ()
    else:
        assert {PASS[direction], DecisionKind.REFUSE} <= set(kinds)


def test_what_was_referred_or_held_is_the_second_lines_to_decide() -> None:
    second_line = {state for state in InspectionState if permission_for(state) == "border.second_line"}
    assert second_line == {InspectionState.REFERRED, InspectionState.HELD}
