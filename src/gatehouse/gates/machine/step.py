"""One step of a lane: what sensors said is noted, the table is asked, and the doors are held to their interlock.

Whatever the table says, a door opens only while the other is shut, but in an emergency; the exit opens only for a
record that is on the disk; and a record that no passage followed is voided or marked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from gatehouse.gates.machine.situation import Door, Lane, Record, Situation
from gatehouse.gates.machine.table import rows
from gatehouse.gates.machine.words import Capability, Effect, Event, State, Topology, When


@dataclass(frozen=True, slots=True)
class Step:
    situation: Situation
    #: In the order in which they are to be done.
    effects: tuple[Effect, ...]


#: What puts a lane out of service, and what ends it.
_FLAGS: dict[Event, dict[str, Any]] = {
    Event.POWER_LOST: {"powered": False},
    Event.POWER_BACK: {"powered": True},
    Event.LISTS_OLD: {"lists_fresh": False},
    Event.LISTS_FRESH: {"lists_fresh": True},
    Event.OPEN: {"opened": True},
    Event.CLOSE: {"opened": False},
    Event.DOOR_FAULT: {"doors_work": False},
    Event.RESET: {"doors_work": True},
    Event.CHIP_READ: {"chip_done": True},
    Event.OPTICAL_READ: {"optical_done": True},
    Event.MRZ_READ: {"identified": True},
    Event.ENTERED: {"inside": True},
    Event.VACANT: {"inside": False},
}
_TROUBLES = frozenset(
    {
        Event.DOCUMENT_TAKEN,
        Event.UNREADABLE,
        Event.REFER,
        Event.NOT_MATCHED,
        Event.NOT_ENROLLED,
        Event.COMMIT_FAILED,
        Event.TAILGATING,
        Event.TWO_FACES,
        Event.OBJECT_LEFT,
        Event.ATTACK,
        Event.TIMEOUT,
        Event.DOOR_FAULT,
        Event.FIRE,
        Event.POWER_LOST,
        Event.LISTS_OLD,
        Event.ENTRY_AJAR,
        Event.EXIT_AJAR,
        Event.EMERGENCY,
    }
)
_MAY_PASS = frozenset({State.RECORDING, State.EXIT_OPEN, State.EMERGENCY})


def beginning(lane: Lane) -> Step:
    """A lane that has just started: closed, with nobody known to be inside, both doors told to close."""
    entry = Door.CLOSING if lane.topology.has_entry_door else Door.SHUT
    leaving = Door.CLOSING if lane.topology.has_exit_door else Door.SHUT
    effects = (Effect.CLOSE_ENTRY,) * (entry is Door.CLOSING) + (Effect.CLOSE_EXIT,) * (leaving is Door.CLOSING)
    return Step(Situation(entry=entry, exit=leaving), effects)


def step(lane: Lane, before: Situation, event: Event, *, enrols: bool = False) -> Step:
    """What an event does. `enrols` comes with `CLEAR`: the person is to be enrolled in this passage."""
    if _is_lie(lane, before, event):
        return Step(before, ())
    now, done = _sensed(lane, before, event, enrols=enrols)
    facts = _conditions(lane, now, uncleared=Effect.RECORD_UNCLEARED in done)
    row = next((row for row in rows(before.state, event) if facts.issuperset(row.when)), None)
    if row is not None:
        now = replace(now, state=row.to, trouble=event if event in _TROUBLES else now.trouble)
        done += row.do
    now, effects = _doors(lane, now, done)
    return _settled(lane, now, effects)


def _is_lie(lane: Lane, before: Situation, event: Event) -> bool:
    """What cannot be of this lane or this moment: a door that it has not, one seen ajar that was told to open."""
    if event in (Event.ENTRY_AJAR, Event.ENTRY_SHUT, Event.ENTERED) and not lane.topology.has_entry_door:
        return True
    if event in (Event.EXIT_AJAR, Event.EXIT_SHUT, Event.PASSED) and not lane.topology.has_exit_door:
        return True
    if event is Event.ENTRY_AJAR:
        return before.entry is not Door.SHUT
    if event is Event.EXIT_AJAR:
        return before.exit is not Door.SHUT
    if event in (Event.COMMITTED, Event.COMMIT_FAILED):
        return before.record is not Record.PENDING
    return False


def _sensed(lane: Lane, before: Situation, event: Event, *, enrols: bool) -> tuple[Situation, tuple[Effect, ...]]:
    now = _doors_seen(before, replace(before, **_FLAGS.get(event, {})), event)
    done: tuple[Effect, ...] = ()
    match event:
        case Event.CLEAR:
            now = replace(now, enrols=enrols and Capability.ENROLMENT in lane.capabilities, agreed=False)
            now = replace(now, inside=now.inside or lane.topology is Topology.ONE_STEP)
        case Event.MATCHED if before.state is State.OCCUPIED:
            now = replace(now, agreed=_compares_walking(lane))
        case Event.TOKEN if before.state is State.IDLE:
            now = replace(now, identified=True)
        case Event.COMMITTED:
            now = replace(now, record=Record.COMMITTED)
        case Event.COMMIT_FAILED:
            now = replace(now, record=Record.NONE)
        case Event.PASSED if before.record is Record.COMMITTED:
            now, done = replace(now, record=Record.NONE, inside=False), (Effect.CONFIRM,)
        case Event.PASSED:
            now, done = replace(now, inside=False), (Effect.RECORD_UNCLEARED,)
        case Event.TAILGATING if lane.topology.has_entry_door:
            now = replace(now, inside=True)
        case Event.REVERSE if before.state is State.IDLE and Capability.TWO_WAY in lane.capabilities:
            now = replace(now, reversed=not before.reversed)
    return now, done


def _doors_seen(before: Situation, now: Situation, event: Event) -> Situation:
    match event:
        case Event.ENTRY_SHUT if before.entry is Door.CLOSING:
            return replace(now, entry=Door.SHUT)
        case Event.EXIT_SHUT if before.exit is Door.CLOSING:
            return replace(now, exit=Door.SHUT)
        case Event.ENTRY_AJAR:
            return replace(now, entry=Door.CLOSING)
        case Event.EXIT_AJAR:
            return replace(now, exit=Door.CLOSING)
    return now


def _compares_walking(lane: Lane) -> bool:
    return {Capability.FACE, Capability.IN_MOTION} <= lane.capabilities


def _conditions(lane: Lane, now: Situation, *, uncleared: bool) -> frozenset[When]:
    holds = {
        When.ONE_STEP: lane.topology is Topology.ONE_STEP,
        When.KIOSK: lane.topology is Topology.KIOSK,
        When.GATE: lane.topology is Topology.GATE,
        When.READS_DOCUMENTS: lane.topology is not Topology.GATE,
        When.OPTICAL_DONE: now.optical_done,
        When.CHIP_DONE: now.chip_done,
        When.FINGER_FIRST: Capability.FACE not in lane.capabilities,
        When.IN_MOTION: _compares_walking(lane),
        When.AGREED: now.agreed,
        When.CAN_FINGER: Capability.FINGER in lane.capabilities,
        When.ENROLS: now.enrols,
        When.IDENTIFIED: now.identified and now.record is Record.NONE,
        When.OCCUPIED: now.inside,
        When.NOBODY: not now.inside,
        When.UNCLEARED: uncleared,
        When.TWO_WAY: Capability.TWO_WAY in lane.capabilities,
    }
    return frozenset(condition for condition, is_so in holds.items() if is_so)


def _doors(lane: Lane, now: Situation, done: tuple[Effect, ...]) -> tuple[Situation, list[Effect]]:
    """The interlock."""
    effects: list[Effect] = []
    for effect in done:
        match effect:
            case Effect.OPEN_ENTRY | Effect.CLOSE_ENTRY if not lane.topology.has_entry_door:
                pass
            case Effect.OPEN_EXIT | Effect.CLOSE_EXIT if not lane.topology.has_exit_door:
                pass
            case Effect.OPEN_ENTRY:
                now = _opened(now, State.ENTRY_OPEN, effects)
            case Effect.OPEN_EXIT:
                now = _opened(now, State.EXIT_OPEN, effects)
            case Effect.CLOSE_ENTRY:
                now = _closed(now, State.ENTRY_OPEN, effects)
            case Effect.CLOSE_EXIT:
                now = _closed(now, State.EXIT_OPEN, effects)
            case Effect.RECORD:
                now = replace(now, record=Record.PENDING)
                effects.append(effect)
            case _:
                effects.append(effect)
    return now, effects


def _opened(now: Situation, which: State, effects: list[Effect]) -> Situation:
    entry = which is State.ENTRY_OPEN
    other = now.exit if entry else now.entry
    if other is not Door.SHUT and now.state is not State.EMERGENCY:
        now = _closed(now, State.EXIT_OPEN if entry else State.ENTRY_OPEN, effects)
        return replace(now, wanted=which)
    effects.append(Effect.OPEN_ENTRY if entry else Effect.OPEN_EXIT)
    return replace(now, entry=Door.OPEN, wanted=None) if entry else replace(now, exit=Door.OPEN, wanted=None)


def _closed(now: Situation, which: State, effects: list[Effect]) -> Situation:
    entry = which is State.ENTRY_OPEN
    now = replace(now, wanted=None) if now.wanted is which else now
    if (now.entry if entry else now.exit) is not Door.OPEN:
        return now
    effects.append(Effect.CLOSE_ENTRY if entry else Effect.CLOSE_EXIT)
    return replace(now, entry=Door.CLOSING) if entry else replace(now, exit=Door.CLOSING)


def _settled(lane: Lane, now: Situation, effects: list[Effect]) -> Step:
    """What follows by itself: a door that waited for the other, a record that is to be marked, the return to rest."""
    if now.state is State.RESETTING:
        now = _closed(_closed(now, State.ENTRY_OPEN, effects), State.EXIT_OPEN, effects)
    if now.wanted is State.ENTRY_OPEN and now.exit is Door.SHUT:
        now = _opened(now, State.ENTRY_OPEN, effects)
    if now.wanted is State.EXIT_OPEN and now.entry is Door.SHUT:
        now = _opened(now, State.EXIT_OPEN, effects)
    if now.record is Record.COMMITTED and now.state not in _MAY_PASS and now.exit is Door.SHUT:
        effects.append(Effect.VOID if now.inside else Effect.DOUBT)
        now = replace(now, record=Record.NONE)
    if now.state is State.RESETTING and now.entry is Door.SHUT and now.exit is Door.SHUT:
        if now.inside and lane.topology.has_entry_door:
            effects.append(Effect.CALL_OFFICER)
            now = _opened(replace(now, state=State.BACKING_OUT), State.ENTRY_OPEN, effects)
        elif now.record is Record.NONE:
            effects.append(Effect.FORGET)
            now = _rested(now)
    return Step(now, tuple(effects))


def _rested(now: Situation) -> Situation:
    return replace(
        now,
        state=State.IDLE if now.in_service else State.CLOSED,
        inside=False,
        identified=False,
        enrols=False,
        agreed=False,
        chip_done=False,
        optical_done=False,
        trouble=None if now.in_service else now.trouble,
        wanted=None,
    )
