"""Damaged files and arbitrary bytes: every reader gives what it holds or one clear error, soon."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conformance import conformance

from gatehouse.documents import lds
from gatehouse.kernel.errors import UnreadableError

READ = ("COM", "DG1", "DG2", "DG3", "DG7", "DG11", "DG12", "DG14", "DG15")
WITHIN = settings(max_examples=60, deadline=5000, suppress_health_check=list(HealthCheck))


def attempt(name: str, data: bytes) -> None:
    with suppress(UnreadableError):
        lds.read(name, data)


def real(name: str) -> bytes:
    return conformance(f"documents/specimen-bsi-2008/EF_{name}.bin").read_bytes()


@pytest.mark.parametrize("name", READ)
@WITHIN
@given(change=st.data())
def test_changed_bytes(name: str, change: st.DataObject) -> None:
    data = bytearray(real(name))
    near = min(len(data), 200)  # where the structure stands
    for at in change.draw(st.lists(st.integers(0, near - 1), min_size=1, max_size=6)):
        data[at] = change.draw(st.integers(0, 255))
    attempt(name, bytes(data))


@pytest.mark.parametrize("name", READ)
def test_truncated_anywhere(name: str) -> None:
    data = real(name)
    for end in (*range(min(len(data), 300)), len(data) - 1):
        with pytest.raises(UnreadableError):
            lds.read(name, data[:end])


@pytest.mark.parametrize("name", READ)
@WITHIN
@given(content=st.binary(max_size=300), tagged=st.booleans())
def test_arbitrary_bytes(name: str, content: bytes, tagged: bool) -> None:
    attempt(name, bytes([lds.file_of(name).tag]) * tagged + content)


@WITHIN
@given(change=st.data())
def test_changed_face_records_of_39794(change: st.DataObject) -> None:
    data = bytearray(conformance("documents/face-39794/ICAO_39794_5_AP_DG2_AllFields.dat").read_bytes())
    places = st.one_of(st.integers(0, 250), st.integers(len(data) - 250, len(data) - 1))
    for at in change.draw(st.lists(places, min_size=1, max_size=6)):
        data[at] = change.draw(st.integers(0, 255))
    attempt("DG2", bytes(data))
