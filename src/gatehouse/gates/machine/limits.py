"""How long a lane waits in each state, in seconds, before `TIMEOUT`. Where none is given it waits for ever.

Chip and face by BSI TR-03135-1 (7 s for the chip) and TR-03121-3.1 (10 s for the face); the others leave people time.
"""

from gatehouse.gates.machine.words import State

LIMITS: dict[State, float] = {
    State.DOCUMENT_PLACED: 5,
    State.READING: 15,
    State.CHECKING: 5,
    State.SENT_TO_DESK: 15,
    State.SENT_TO_GATE: 15,
    State.ENTRY_OPEN: 20,
    State.OCCUPIED: 10,
    State.FACE: 10,
    State.FINGER: 15,
    State.ENROLMENT: 60,
    State.RECORDING: 5,
    State.EXIT_OPEN: 15,
    State.CLEARED: 10,
    State.HANDED_OVER: 60,
    State.BACKING_OUT: 15,
    State.RESETTING: 10,
}
