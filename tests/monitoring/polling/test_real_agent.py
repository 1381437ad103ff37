"""A real agent of SNMP (Net-SNMP's snmpd), asked by version 2c and 3."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.absence import absent
from tests.asynchronous import run

from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.polling.config import Polling
from gatehouse.monitoring.polling.sweep import Sweep, sweep

pytestmark = pytest.mark.real
SNMPD = shutil.which("snmpd") or shutil.which("snmpd", path="/usr/sbin")
USER = {"version": "3", "user": "ops", "auth_password": "auth-pass-1234", "priv_password": "priv-pass-1234"}
LOOPBACK = 1


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a running agent."""
    if SNMPD is None:
        absent("snmpd is not installed")
    folder = tmp_path_factory.mktemp("snmpd")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    lines = [
        f"agentAddress udp:127.0.0.1:{port}",
        "rocommunity public 127.0.0.1",
        "createUser ops SHA-256 auth-pass-1234 AES priv-pass-1234",
        "createUser plain SHA auth-pass-1234",
        "rouser ops priv",
        "rouser plain auth",
    ]
    (folder / "snmpd.conf").write_text("\n".join(lines) + "\n")
    command = [SNMPD, "-f", "-Lo", "-C", "-c", str(folder / "snmpd.conf")]
    process = subprocess.Popen(
        command, env={"SNMP_PERSISTENT_DIR": str(folder)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _until_it_answers(port)
        yield port
    finally:
        process.kill()
        process.wait(timeout=10)


def asked(port: int, *targets: dict[str, Any]) -> Sweep:
    given = [{"device": f"D{n}", "host": "127.0.0.1", "port": port, **each} for n, each in enumerate(targets)]
    polling = Polling.model_validate({"timeout_s": 1, "retries": 1, "targets": given})
    return run(sweep(polling, {}, clock=FixedClock(datetime(2026, 11, 26, tzinfo=UTC))))


def _until_it_answers(port: int) -> None:
    for _ in range(20):
        if asked(port, {}).answered:
            return
        time.sleep(0.1)
    raise AssertionError("snmpd did not start")


def test_both_versions_say_the_same(agent: int) -> None:
    plain, user, lesser = asked(
        agent,
        {"interfaces": [LOOPBACK]},
        {**USER, "interfaces": [LOOPBACK]},
        {"version": "3", "user": "plain", "auth_protocol": "sha", "auth_password": "auth-pass-1234"},
    ).polled
    assert [each.state for each in (plain, user, lesser)] == [State.UP] * 3
    assert plain.answer.interfaces == user.answer.interfaces
    assert plain.answer.uptime is not None
    assert plain.answer.uptime.boots is not None


def test_who_may_not_ask_hears_nothing_and_the_device_is_unknown(agent: int) -> None:
    found = asked(
        agent,
        {"community": "wrong"},
        {**USER, "auth_password": "another-pass-1"},
        {**USER, "priv_password": "another-pass-1"},
        {"version": "3", "user": "nobody"},
        {**USER, "interfaces": [LOOPBACK]},
    )
    assert [each.state for each in found.polled] == [State.UNKNOWN] * 4 + [State.UP]
    assert found.answered == 1


def test_an_interface_that_the_device_does_not_have_is_unknown(agent: int) -> None:
    found = asked(agent, {"interfaces": [9999]}, {"interfaces": [LOOPBACK, 9999]})
    assert found.answered == 2
    assert [each.state for each in found.polled] == [State.UNKNOWN, State.DEGRADED]
