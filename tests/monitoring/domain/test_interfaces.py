from __future__ import annotations

import pytest

from gatehouse.monitoring.domain.interfaces import AdminStatus, Interface, OperStatus, device_state
from gatehouse.monitoring.domain.states import State

ON, OFF = AdminStatus.UP, AdminStatus.DOWN


@pytest.mark.parametrize(
    ("interfaces", "expected"),
    [
        ([], State.UP),
        ([(ON, OperStatus.UP)], State.UP),
        ([(ON, OperStatus.DOWN)], State.DOWN),
        ([(ON, OperStatus.LOWER_LAYER_DOWN)], State.DOWN),
        ([(ON, OperStatus.NOT_PRESENT)], State.DOWN),
        ([(ON, OperStatus.DORMANT)], State.UP),
        ([(ON, OperStatus.UNKNOWN)], State.UNKNOWN),
        ([(None, None)], State.UNKNOWN),
        ([(OFF, OperStatus.DOWN)], State.UP),
        ([(OFF, OperStatus.DOWN), (ON, OperStatus.DOWN)], State.DOWN),
        ([(ON, OperStatus.UP), (ON, OperStatus.DOWN)], State.DEGRADED),
        ([(ON, OperStatus.UP), (None, None)], State.DEGRADED),
        ([(ON, OperStatus.DOWN), (None, None)], State.DEGRADED),
    ],
)
def test_the_state_of_a_device_that_answered(interfaces: list[tuple[int | None, int | None]], expected: State) -> None:
    assert device_state([Interface(n, *each) for n, each in enumerate(interfaces, 1)]) is expected
