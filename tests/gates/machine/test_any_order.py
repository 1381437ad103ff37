"""Any order of events and faults, in a lane of wood and iron: what may never happen does not, and people get out."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.gates.machine.plant import Plant

from gatehouse.gates.generations import GENERATIONS
from gatehouse.gates.machine import Capability, Event, Lane, Record, State, Topology

#: What the plant says by itself, and only when it is so.
TRUE_ONLY = {
    Event.ENTRY_SHUT,
    Event.EXIT_SHUT,
    Event.ENTRY_AJAR,
    Event.EXIT_AJAR,
    Event.ENTERED,
    Event.PASSED,
    Event.VACANT,
}
LIKELY = (Event.TIMEOUT, Event.RETURN, Event.RELEASE, Event.COMMITTED, Event.RESET, Event.TAILGATING, Event.FIRE)
TOLD = sorted(set(Event) - TRUE_ONLY)


class AnyOrder(RuleBasedStateMachine):
    @initialize(topology=st.sampled_from(Topology), generation=st.sampled_from(sorted(GENERATIONS)))
    def starts(self, topology: Topology, generation: int) -> None:
        self.plant = Plant(Lane(topology, GENERATIONS[generation]))

    @rule(event=st.sampled_from(TOLD), enrols=st.booleans())
    def told(self, event: Event, enrols: bool) -> None:
        self.plant.tell(event, enrols=enrols)

    @rule(events=st.lists(st.sampled_from(TOLD), max_size=3))
    def goes_on(self, events: list[Event]) -> None:
        """The way of a traveller as far as it leads, with what comes between."""
        way = (
            Event.OPEN,
            Event.LISTS_FRESH,
            Event.DOCUMENT,
            Event.TOKEN,
            Event.MRZ_READ,
            Event.CHIP_READ,
            Event.OPTICAL_READ,
            Event.CLEAR,
        )
        self.plant.settle()
        for event in (*way, *events):
            self.plant.tell(event)
        self.plant.settle()

    @rule(events=st.lists(st.sampled_from(LIKELY), max_size=3))
    def identified(self, events: list[Event]) -> None:
        """A whole passage as far as the exit, and what comes then, faster than the doors move."""
        self.goes_on([])
        self.plant.walk_in()
        self.plant.settle()
        for event in (Event.MATCHED, Event.COMMITTED):
            self.plant.tell(event)
        self.plant.settle()
        for event in events:
            self.plant.tell(event)

    @rule(events=st.lists(st.sampled_from(LIKELY), min_size=1, max_size=3))
    def at_once(self, events: list[Event]) -> None:
        for event in events:
            self.plant.tell(event)

    @rule()
    def entry_moves(self) -> None:
        self.plant.move_entry()

    @rule()
    def exit_moves(self) -> None:
        self.plant.move_exit()

    @rule()
    def somebody_walks_in(self) -> None:
        self.plant.walk_in()

    @rule()
    def somebody_walks_out(self) -> None:
        self.plant.walk_out()

    @rule()
    def somebody_walks_back(self) -> None:
        self.plant.walk_back()

    @invariant()
    def never_both_doors_but_in_an_emergency(self) -> None:
        plant = self.plant
        assert plant.entry_shut or plant.exit_shut or plant.emergency

    @invariant()
    def no_passage_without_a_record_and_no_record_unmarked(self) -> None:
        plant = self.plant
        assert plant.passages == plant.confirmed + plant.uncleared
        open_record = plant.situation.record is Record.COMMITTED
        assert plant.recorded == plant.confirmed + plant.voided + plant.doubted + open_record

    @invariant()
    def at_rest_nobody_is_locked_in(self) -> None:
        plant = self.plant
        if plant.lane.topology.has_entry_door and plant.situation.state in (State.IDLE, State.CLOSED):
            assert not plant.people or plant.a_way_out or plant.situation.state is State.CLOSED

    def teardown(self) -> None:
        if hasattr(self, "plant"):
            self._always_a_way()
            self._every_record_is_marked()
            self._fire_opens_all()

    def _always_a_way(self) -> None:
        """Doors that work and time that passes: whoever is inside can leave, or an officer has been called."""
        plant = self.plant
        if not plant.people or not plant.lane.topology.has_entry_door:
            return
        for _ in range(6):
            plant.settle()
            if plant.a_way_out:
                return
            if plant.situation.state is State.HANDED_OVER:
                assert plant.calls > 0
                plant.tell(Event.RETURN)
            else:
                plant.tell(Event.TIMEOUT)
        pytest.fail(f"nobody gets out of {plant.situation}")

    def _every_record_is_marked(self) -> None:
        """Once the exit is shut and nobody is on the way, a record says whether the passage took place."""
        plant = self.plant
        plant.tell(Event.RESET)
        plant.tell(Event.TIMEOUT)
        plant.settle()
        if plant.situation.state not in (State.RECORDING, State.EXIT_OPEN):
            assert plant.situation.record is not Record.COMMITTED

    def _fire_opens_all(self) -> None:
        plant = self.plant
        plant.tell(Event.FIRE)
        plant.settle()
        assert plant.situation.state is State.EMERGENCY
        assert plant.entry_shut is not plant.lane.topology.has_entry_door
        assert plant.exit_shut is not plant.lane.topology.has_exit_door


def test_any_order_of_events_and_faults() -> None:
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=300, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_capabilities_are_those_of_the_generations() -> None:
    assert Capability.ENROLMENT not in GENERATIONS[1]
    assert GENERATIONS[2] == {Capability.FINGER}
    assert Capability.ENROLMENT in GENERATIONS[3]
