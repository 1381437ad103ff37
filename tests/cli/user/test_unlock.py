from __future__ import annotations

import json
from contextlib import nullcontext

import pytest

from gatehouse.audit.models import Leaf, Payload
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.sign_in import sign_in_try
from tests.cli.running import run

pytestmark = pytest.mark.django_db


def test_a_name_that_was_tried_too_often_may_try_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gatehouse.cli.user.unlock.open_store", nullcontext)
    for _ in range(5):
        sign_in_try(clock=SystemClock(), username="chen")
    assert run(capsys, "user", "unlock", "chen", "--json") == (0, '{"username": "chen", "tries": 5}\n', "")
    sign_in_try(clock=SystemClock(), username="chen")
    [leaf], [payload] = Leaf.objects.all(), Payload.objects.all()
    assert json.loads(leaf.body)["action"] == "platform.sign_in_unlock"
    said = json.loads(payload.body)
    assert (said["actor"], said["detail"]) == ("system:command_line", {"user": "user:chen"})
