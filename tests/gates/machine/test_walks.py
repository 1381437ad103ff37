"""The ways of travellers and of faults through the table, each with its exact states and effects."""

from __future__ import annotations

import pytest
from tests.gates.machine.plant import Plant

from gatehouse.gates.generations import GENERATIONS
from gatehouse.gates.machine import Door, Effect, Event, Lane, Record, State, Topology, step
from gatehouse.gates.machine.drawing import drawn
from gatehouse.gates.machine.table import every_row

READ = (Event.DOCUMENT, Event.MRZ_READ, Event.OPTICAL_READ, Event.CHIP_READ)


def lane(topology: Topology = Topology.INTEGRATED, generation: int = 4) -> Plant:
    """In service, with nobody there."""
    plant = Plant(Lane(topology, GENERATIONS[generation]))
    plant.settle()
    plant.tell(Event.OPEN)
    plant.tell(Event.LISTS_FRESH)
    assert plant.now() is State.IDLE
    return plant


def states(plant: Plant, *events: Event, enrols: bool = False) -> list[State]:
    return [plant.tell(event, enrols=enrols).situation.state for event in events]


def inside(plant: Plant, *, enrols: bool = False) -> Plant:
    """Somebody stands before the camera."""
    states(plant, *READ, Event.CLEAR, enrols=enrols)
    plant.move_entry()
    plant.walk_in()
    plant.move_entry()
    return plant


def test_a_clearance() -> None:
    plant = lane()
    assert states(plant, *READ) == [State.DOCUMENT_PLACED, State.READING, State.READING, State.CHECKING]
    assert plant.tell(Event.CLEAR).effects == (Effect.OPEN_ENTRY,)
    plant.move_entry()
    plant.walk_in()
    assert plant.now() is State.OCCUPIED
    plant.move_entry()
    assert plant.now() is State.FACE
    assert plant.tell(Event.MATCHED).effects == (Effect.RECORD,)
    assert plant.situation.exit is Door.SHUT
    assert plant.tell(Event.COMMITTED).effects == (Effect.OPEN_EXIT,)
    plant.move_exit()
    plant.walk_out()
    assert plant.now() is State.CLEARED
    plant.move_exit()
    assert plant.now() is State.IDLE
    assert (plant.passages, plant.confirmed, plant.voided, plant.uncleared) == (1, 1, 0, 0)


def test_a_finger_where_the_face_fails_and_an_officer_where_both_do() -> None:
    plant = inside(lane())
    assert states(plant, Event.NOT_MATCHED, Event.NOT_MATCHED) == [State.FINGER, State.HANDED_OVER]
    assert plant.calls == 1
    assert plant.tell(Event.RELEASE).effects == (Effect.RECORD,)
    assert states(plant, Event.COMMITTED) == [State.EXIT_OPEN]


@pytest.mark.parametrize(
    ("generation", "enrols", "then"),
    [(4, False, State.RECORDING), (4, True, State.ENROLMENT), (1, False, State.FACE)],
)
def test_a_face_that_agreed_on_the_way_in_is_not_asked_for_again(generation: int, enrols: bool, then: State) -> None:
    plant = lane(generation=generation)
    states(plant, *READ, Event.CLEAR, enrols=enrols)
    plant.move_entry()
    plant.walk_in()
    assert plant.now() is State.OCCUPIED
    assert states(plant, Event.MATCHED) == [State.OCCUPIED]
    assert plant.situation.exit is Door.SHUT
    plant.move_entry()
    assert plant.now() is then


def test_a_face_that_did_not_agree_on_the_way_in_is_looked_at_again() -> None:
    plant = lane()
    states(plant, *READ, Event.CLEAR)
    plant.move_entry()
    plant.walk_in()
    assert states(plant, Event.NOT_MATCHED) == [State.OCCUPIED]
    plant.move_entry()
    assert plant.now() is State.FACE


def test_an_enrolment_goes_between_the_face_and_the_record() -> None:
    plant = inside(lane(), enrols=True)
    assert states(plant, Event.MATCHED, Event.ENROLLED) == [State.ENROLMENT, State.RECORDING]
    declined = inside(lane(), enrols=True)
    assert states(declined, Event.MATCHED, Event.NOT_ENROLLED) == [State.ENROLMENT, State.HANDED_OVER]
    assert inside(lane(generation=1), enrols=True).tell(Event.MATCHED).situation.state is State.RECORDING


def test_a_one_step_lane_has_no_door_before_the_face() -> None:
    plant = lane(Topology.ONE_STEP)
    assert states(plant, *READ, Event.CLEAR, Event.MATCHED, Event.COMMITTED)[-3:] == [
        State.FACE,
        State.RECORDING,
        State.EXIT_OPEN,
    ]
    plant.move_exit()
    plant.walk_out()
    plant.move_exit()
    assert (plant.situation.state, plant.confirmed) == (State.IDLE, 1)


def test_a_segregated_lane_is_a_kiosk_and_a_gate() -> None:
    kiosk = lane(Topology.KIOSK)
    assert states(kiosk, *READ, Event.CLEAR, Event.DOCUMENT_TAKEN)[-2:] == [State.SENT_TO_GATE, State.IDLE]
    gate = lane(Topology.GATE)
    assert states(gate, Event.DOCUMENT) == [State.IDLE]
    assert states(gate, Event.TOKEN, Event.CLEAR) == [State.CHECKING, State.ENTRY_OPEN]


def test_the_second_generation_asks_for_a_finger_first() -> None:
    assert inside(lane(generation=2)).situation.state is State.FINGER


def test_the_officer_lets_back_only_once_the_exit_is_shut() -> None:
    plant = inside(lane())
    states(plant, Event.MATCHED, Event.COMMITTED)
    plant.move_exit()
    assert states(plant, Event.TIMEOUT) == [State.HANDED_OVER]
    assert plant.tell(Event.RETURN).effects == ()
    assert plant.entry() is Door.SHUT
    plant.move_exit()
    assert plant.entry() is Door.OPEN
    assert (plant.voided, plant.confirmed) == (1, 0)


def test_a_passage_that_failed_to_be_written_opens_nothing() -> None:
    plant = inside(lane())
    plant.tell(Event.MATCHED)
    assert plant.tell(Event.COMMIT_FAILED).effects == (Effect.ALARM, Effect.CALL_OFFICER)
    assert (plant.situation.exit, plant.situation.record) == (Door.SHUT, Record.NONE)


def test_a_record_of_which_nobody_saw_the_end_is_marked_as_doubtful() -> None:
    plant = inside(lane())
    states(plant, Event.MATCHED, Event.COMMITTED)
    plant.move_exit()
    states(plant, Event.VACANT)
    plant.move_exit()
    assert (plant.doubted, plant.confirmed, plant.voided) == (1, 0, 0)


@pytest.mark.parametrize("event", [Event.FIRE, Event.EMERGENCY])
@pytest.mark.parametrize("state", ["idle", "inside", "exit open"])
def test_an_emergency_opens_both_doors_at_once_and_both_are_shut_before_the_next_traveller(
    event: Event, state: str
) -> None:
    plant = lane()
    if state != "idle":
        inside(plant)
    if state == "exit open":
        states(plant, Event.MATCHED, Event.COMMITTED)
        plant.move_exit()
    plant.tell(event)
    plant.settle()
    assert (plant.entry_shut, plant.exit_shut) == (False, False)
    plant.walk_out()
    assert plant.confirmed + plant.uncleared == (state != "idle")
    plant.tell(Event.RESET)
    assert plant.now() is State.RESETTING
    plant.settle()
    assert plant.now() is State.IDLE


def test_two_people_are_let_back_and_nothing_is_recorded() -> None:
    plant = lane()
    states(plant, *READ, Event.CLEAR)
    plant.move_entry()
    plant.walk_in()
    plant.walk_in()
    plant.move_entry()
    assert plant.now() is State.BACKING_OUT
    assert not plant.entry_shut
    plant.walk_back()
    plant.walk_back()
    plant.settle()
    assert (plant.situation.state, plant.recorded) == (State.IDLE, 0)


def test_who_follows_through_the_exit_is_recorded_as_uncleared() -> None:
    plant = inside(lane())
    states(plant, Event.MATCHED, Event.COMMITTED)
    plant.move_exit()
    plant.walk_out()
    assert plant.tell(Event.PASSED).effects == (
        Effect.RECORD_UNCLEARED,
        Effect.ALARM,
        Effect.CALL_OFFICER,
    )
    assert plant.now() is State.HANDED_OVER


def test_old_lists_close_the_lane_and_say_so() -> None:
    plant = lane()
    assert states(plant, Event.LISTS_OLD) == [State.CLOSED]
    assert plant.situation.trouble is Event.LISTS_OLD
    assert states(plant, Event.DOCUMENT, Event.LISTS_FRESH) == [State.CLOSED, State.IDLE]
    assert states(plant, Event.DOCUMENT, Event.LISTS_OLD) == [State.DOCUMENT_PLACED, State.SENT_TO_DESK]


def test_a_sensor_that_says_shut_of_a_door_that_was_told_to_open_is_not_believed() -> None:
    plant = lane()
    states(plant, *READ, Event.CLEAR)
    assert step(plant.lane, plant.situation, Event.ENTRY_SHUT).situation.entry is Door.OPEN


def test_a_lane_reverses_between_travellers_alone() -> None:
    plant = lane()
    assert plant.tell(Event.REVERSE).effects == (Effect.REVERSE,)
    assert plant.situation.reversed
    inside(plant)
    assert plant.tell(Event.REVERSE).effects == ()
    assert not lane(generation=1).tell(Event.REVERSE).situation.reversed


def test_without_power_nobody_is_kept_inside() -> None:
    plant = inside(lane())
    assert states(plant, Event.POWER_LOST) == [State.BACKING_OUT]
    plant.move_entry()
    plant.walk_back()
    plant.settle()
    assert plant.now() is State.CLOSED
    assert states(plant, Event.POWER_BACK) == [State.IDLE]


def test_every_state_and_event_is_in_the_table() -> None:
    rows = every_row()
    assert {row.state for row in rows} == set(State)
    sensed = {Event.ENTRY_SHUT, Event.EXIT_SHUT, Event.CHIP_READ}
    assert set(Event) - {row.event for row in rows} <= sensed
    assert "stateDiagram-v2" in drawn()
