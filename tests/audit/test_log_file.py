"""The log's lines as they are written, and what is not one."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from gatehouse.audit.log_file import Entry, read_line
from tests.audit.logs import leaves, log_of, signed


def test_a_line_as_it_is_written() -> None:
    first, second = log_of(leaves(2), signed_at=(2,))
    assert first == (
        b'{"index":0,"leaf":{"action":"person.look","id":0},'
        b'"leaf_hash":"0a5d20f32f42ce6f1876a9959c26e4437fb91e5c5836d0f9ac3e46535f6f8505",'
        b'"link":"66a0718b9c1ad65102553fdbc93af3a4d2940857557fdde7d1784be7d8dac858"}\n'
    )
    assert json.loads(second)["checkpoint"] == signed(leaves(2), 2)


def test_a_line_is_read_as_it_was_written() -> None:
    line = log_of(leaves(1), signed_at=(1,))[0]
    entry = read_line(line)
    assert entry is not None
    assert entry.index == 0
    assert entry.leaf == b'{"action":"person.look","id":0}'
    assert entry.note == signed(leaves(1), 1)
    assert read_line(line.removesuffix(b"\n")) == entry


def test_a_leaf_that_is_gone_is_null() -> None:
    line = log_of(leaves(1))[0].replace(leaves(1)[0], b"null")
    entry = read_line(line)
    assert isinstance(entry, Entry)
    assert entry.leaf is None


@given(st.binary(max_size=300))
def test_other_bytes_are_no_entry(line: bytes) -> None:
    assert read_line(line) is None
