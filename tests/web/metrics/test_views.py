"""What Prometheus reads: with the token alone, exact, and naming nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from tests.monitoring.equipment import gate, register

from gatehouse.audit.api import leaf_append
from gatehouse.border.models import DeviceContact
from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.api import Observation, State, observations_record, pulse_record
from gatehouse.platform.actors import Actor
from gatehouse.platform.config import config
from gatehouse.web.clock import CLOCK

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-tests-that-is-long-enough"
MONITOR = Actor.system("monitor")


@pytest.fixture
def with_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "metrics_token", SecretStr(TOKEN))


def read(client: Client) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels."""
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    families = text_string_to_metric_families(answer.content.decode())
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


def test_a_part_of_the_monitor_that_goes_no_rounds_is_late(client: Client, with_token: None) -> None:
    now = CLOCK.now()
    for name, ago in (("canary", 60), ("monitor", 120)):
        at = FixedClock(now - timedelta(seconds=ago))
        pulse_record(clock=at, actor=MONITOR, name=name, every=timedelta(seconds=30))
    found = read(client)
    assert found["gatehouse_monitor_late", "monitor"] == 1
    assert found["gatehouse_monitor_late", "canary"] == 0
    assert found["gatehouse_monitor_round_timestamp_seconds", "monitor"] == (now - timedelta(seconds=120)).timestamp()


def test_without_a_setting_there_is_no_such_page(client: Client) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.usefixtures("with_token")
@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer ü"])
def test_the_wrong_token_reads_nothing_from_the_machine_itself_either(client: Client, given: str) -> None:
    answer = client.get("/metrics", headers={"Authorization": given}, REMOTE_ADDR="127.0.0.1")
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.usefixtures("with_token")
def test_an_empty_house_says_zero_and_not_nothing(client: Client) -> None:
    said = read(client)
    assert said["gatehouse_devices", "switch", "up"] == 0
    assert said[("gatehouse_incidents_open",)] == 0
    assert said[("gatehouse_ledger_backlog_seconds",)] == 0
    assert not [name for name in said if name[0] == "gatehouse_source_heard_timestamp_seconds"]


@pytest.mark.usefixtures("with_token")
def test_devices_are_counted_by_state_and_the_silent_one_is_unknown(client: Client) -> None:
    register(gate("TPE-EG-1"), gate("TPE-EG-2"), gate("TPE-EG-3"))
    now = CLOCK.now()
    said = [
        Observation("TPE-EG-1", State.UP, "probe", now, timedelta(hours=1)),
        Observation("TPE-EG-2", State.DOWN, "probe", now, timedelta(hours=1)),
    ]
    observations_record(clock=CLOCK, actor=MONITOR, observations=said)
    found = read(client)
    states = {name[2]: value for name, value in found.items() if name[:2] == ("gatehouse_devices", "e_gate")}
    assert {state: value for state, value in states.items() if value} == {"up": 1, "down": 1, "unknown": 1}
    assert found["gatehouse_source_heard_timestamp_seconds", "probe"] == pytest.approx(now.timestamp(), abs=1e-3)
    assert not [part for name in found for part in name if "TPE" in part]


@pytest.mark.usefixtures("with_token")
def test_a_leaf_that_nobody_sequences_is_told_with_its_age(client: Client) -> None:
    before = read(client)[("gatehouse_audit_waiting_leaves",)]
    leaf_append(clock=FixedClock(CLOCK.now() - timedelta(minutes=1)), actor="system:test", action="test.act")
    found = read(client)
    assert found[("gatehouse_audit_waiting_leaves",)] == before + 1
    assert found[("gatehouse_audit_overdue_seconds",)] == pytest.approx(60, abs=20)


@pytest.mark.usefixtures("with_token")
def test_more_devices_cost_no_more_queries(client: Client) -> None:
    def spoken(*names: str) -> None:
        for name in names:
            DeviceContact.objects.create(
                device=name, at=CLOCK.now(), newest=5, acknowledged=3, waiting_since=CLOCK.now()
            )

    read(client)
    spoken("L-1")
    with CaptureQueriesContext(connection) as one:
        assert read(client)[("gatehouse_ledger_waiting_events",)] == 2
    spoken(*(f"L-{number}" for number in range(2, 40)))
    with CaptureQueriesContext(connection) as many:
        assert read(client)[("gatehouse_ledger_waiting_events",)] == 78
    assert len(many) == len(one)
