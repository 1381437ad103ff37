"""The generations of e-Gates: what each can do. A lane is one of them, or names its capabilities itself."""

from __future__ import annotations

from gatehouse.gates.machine.words import Capability as Can

#: First: two doors, the face, a finger where it fails. Second: fingers that were captured at entry. Third: the
#: face while walking, enrolment in the lane, two-way lanes at harbours. Fourth: as the third.
GENERATIONS: dict[int, frozenset[Can]] = {
    1: frozenset({Can.FACE, Can.FINGER}),
    2: frozenset({Can.FINGER}),
    3: frozenset({Can.FACE, Can.FINGER, Can.ENROLMENT, Can.TWO_WAY, Can.IN_MOTION}),
    4: frozenset({Can.FACE, Can.FINGER, Can.ENROLMENT, Can.TWO_WAY, Can.IN_MOTION}),
}
