"""Every target on its seeds, and on seeds that Hypothesis cuts, splices and changes."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.targets import TARGETS

#: Readings of whole chips take milliseconds each.
_EXAMPLES = {"chip_answers": 60, "chip_misbehaves": 25, "sod": 60, "card_security": 60, "lists": 60, "ber": 60}


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    found = tuple(TARGETS[name].seeds())
    assert found
    return found


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds(name: str) -> None:
    for data in seeds(name):
        TARGETS[name](data)
    TARGETS[name](b"")


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_that_are_changed(name: str) -> None:
    @settings(max_examples=_EXAMPLES.get(name, 120), suppress_health_check=list(HealthCheck))
    @given(st.data())
    def changed(draw: st.DataObject) -> None:
        data = bytearray(draw.draw(st.sampled_from(seeds(name))))
        for _ in range(draw.draw(st.integers(1, 4))):
            at = draw.draw(st.integers(0, max(len(data) - 1, 0)))
            part = draw.draw(st.binary(max_size=6))
            size = draw.draw(st.sampled_from([0, len(part), 1, 50]))
            data[at : at + size] = part
        TARGETS[name](bytes(data))

    changed()
