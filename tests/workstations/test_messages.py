"""The messages are those of docs/workstation.md, and nothing else is taken for one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations import messages

DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "workstation.md"
ROW = re.compile(r"^\| `(\w+)` \| (agent|console) \| (.*?) \|", re.M)


def test_the_documented_messages_are_those_of_the_program() -> None:
    written = {
        type_: (side, set(re.findall(r"`(\w+)`", fields)))
        for type_, side, fields in ROW.findall(DOCUMENTED.read_text())
    }
    sides = {"agent": get_args(messages.FromAgent), "console": get_args(get_args(messages.FromConsole)[0])}
    assert written == {
        model.model_fields["type"].default: (side, set(model.model_fields) - {"type"})
        for side, models in sides.items()
        for model in models
    }


def test_a_message_of_a_console_is_read() -> None:
    found = messages.read('{"type": "capture", "device": "camera"}')
    assert found == messages.Capture(device="camera")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{}",
        '{"type": "hello"}',
        '{"type": "capture"}',
        '{"type": "capture", "device": "camera", "more": 1}',
        '{"type": "authenticate", "protocol": 2, "ticket": "x"}',
        '{"type": "authenticate", "protocol": 1, "ticket": "' + "x" * 2049 + '"}',
    ],
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match="this is no message of the protocol"):
        messages.read(text)


@given(st.text() | st.binary())
def test_nothing_else_comes_out_of_it(text: str | bytes) -> None:
    with pytest.raises(UnreadableError):
        messages.read(text)
