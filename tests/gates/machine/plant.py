"""A lane of wood and iron: doors that take their time or stick, one sensor each, and people who walk through."""

from __future__ import annotations

from dataclasses import dataclass, field

from gatehouse.gates.machine import Door, Effect, Event, Lane, Record, Situation, State, Step, beginning, step


@dataclass
class Plant:
    """Runs the machine, obeys its effects, and keeps count of what really happened."""

    lane: Lane
    situation: Situation = field(init=False)
    #: Whether each door is really shut, and whether it was told to be.
    entry_shut: bool = True
    exit_shut: bool = True
    entry_told_open: bool = False
    exit_told_open: bool = False
    people: int = 0
    emergency: bool = False
    #: Passages that really happened, and what the ledger says.
    passages: int = 0
    recorded: int = 0
    confirmed: int = 0
    voided: int = 0
    doubted: int = 0
    uncleared: int = 0
    calls: int = 0

    def __post_init__(self) -> None:
        started = beginning(self.lane)
        self.situation = started.situation
        self._obey(started.effects)

    def tell(self, event: Event, *, enrols: bool = False) -> Step:
        if event is Event.COMMITTED and self.situation.record is Record.PENDING:
            self.recorded += 1
        done = step(self.lane, self.situation, event, enrols=enrols)
        self.situation = done.situation
        self._obey(done.effects)
        return done

    def _obey(self, effects: tuple[Effect, ...]) -> None:
        self.emergency = self.situation.state is State.EMERGENCY or (
            self.emergency and not (self.entry_shut and self.exit_shut)
        )
        for effect in effects:
            match effect:
                case Effect.OPEN_ENTRY:
                    assert self.exit_shut or self.emergency, "the entry opens while the exit is not shut"
                    assert not self.exit_told_open or self.emergency
                    self.entry_told_open = True
                case Effect.OPEN_EXIT:
                    assert self.entry_shut or self.emergency, "the exit opens while the entry is not shut"
                    assert not self.entry_told_open or self.emergency
                    assert self.situation.record is Record.COMMITTED or self.emergency, "nothing is on the disk"
                    self.exit_told_open = True
                case Effect.CLOSE_ENTRY:
                    self.entry_told_open = False
                case Effect.CLOSE_EXIT:
                    self.exit_told_open = False
                case Effect.CONFIRM:
                    self.confirmed += 1
                case Effect.VOID:
                    self.voided += 1
                case Effect.DOUBT:
                    self.doubted += 1
                case Effect.RECORD_UNCLEARED:
                    self.uncleared += 1
                case Effect.CALL_OFFICER:
                    self.calls += 1

    def move_entry(self) -> None:
        """The entry follows what it was told, and its sensor says so."""
        self.entry_shut = not self.entry_told_open
        if self.entry_shut and self.lane.topology.has_entry_door:
            self.tell(Event.ENTRY_SHUT)

    def move_exit(self) -> None:
        self.exit_shut = not self.exit_told_open
        if self.exit_shut and self.lane.topology.has_exit_door:
            self.tell(Event.EXIT_SHUT)

    def walk_in(self) -> None:
        if not self.entry_shut and self.lane.topology.has_entry_door:
            self.people += 1
            self.tell(Event.ENTERED if self.people == 1 else Event.TAILGATING)

    def walk_out(self) -> None:
        """Through the exit."""
        if self.exit_shut or (self.lane.topology.has_entry_door and not self.people):
            return
        self.passages += 1
        self.people = max(0, self.people - 1)
        self.tell(Event.PASSED)
        if self.people:
            self.tell(Event.TAILGATING if self.people > 1 else Event.ENTERED)

    def walk_back(self) -> None:
        if self.people and not self.entry_shut:
            self.people -= 1
            if not self.people:
                self.tell(Event.VACANT)

    def settle(self) -> None:
        """Both doors arrive where they were told to be."""
        for _ in range(4):
            self.move_entry()
            self.move_exit()

    def now(self) -> State:
        return self.situation.state

    def entry(self) -> Door:
        return self.situation.entry

    @property
    def a_way_out(self) -> bool:
        return not self.entry_shut or not self.exit_shut
