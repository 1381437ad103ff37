"""`gatehouse monitor notify`."""

from __future__ import annotations

import json

import pytest
from tests.cli.running import run
from tests.monitoring.services.test_notices import down

from gatehouse.monitoring.models import NoticeTry

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_round_tells_by_the_profile_and_the_next_tells_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    down()
    code, out, _ = run(capsys, "monitor", "notify", "--json")
    # the incident is of 2024: also its time without anybody has passed
    assert (code, json.loads(out)) == (0, {"new": 2, "arrived": 2, "failed": 0, "waiting": 0})
    assert NoticeTry.objects.filter(arrived=True).count() == 2
    code, out, _ = run(capsys, "monitor", "notify")
    assert (code, out) == (0, "0 arrived, 0 did not, 0 wait\n")
