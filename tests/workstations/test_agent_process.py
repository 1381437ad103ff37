"""The agent as it runs at a desk: a process of its own, real sockets, the project's own chips."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import pytest
from tests.workstations.at_desk import Agent, agent, hear, hear_until, passport
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

PACE = "PACE-ECDH-GM-AES-CBC-CMAC-256/MRZ"


def test_a_passport_is_read_whole_with_its_chip_while_pictures_still_come(tmp_path: Path) -> None:
    with agent(tmp_path, options={"step_ms": 150}) as desk, desk.console() as console:
        said = hear_until(console, "document_read")
        console.send('{"type": "capture", "device": "simulated:camera"}')
        assert b64decode(hear(console)["data"]).startswith(b"\xff\xd8\xff")
        lines = [json.loads(line) for line in desk.spool.read_text().splitlines()]
    read, document = said[-1], passport()
    assert (read["mrz"], read["failure"]) == ("\n".join(document.mrz_lines), None)
    [chip] = [message for message in said if message["type"] == "chip_read"]
    assert {name: b64decode(data) for name, data in chip["files"].items()} == document.files
    assert chip["access"] == read["report"]["access"] == PACE
    checks = {check["id"]: check["result"] for check in read["report"]["checks"]}
    assert checks["chip_access"] == "successful"
    assert checks["card_access"] == "successful"
    order = [message["type"] for message in said]
    last_image = len(order) - 1 - order[::-1].index("image")
    assert order.index("mrz_read") < order.index("chip_progress") < last_image < order.index("chip_read")
    progress = [message for message in said if message["type"] == "chip_progress"]
    assert {message["file"] for message in progress} >= {"SOD", "DG1", "DG2"}
    assert (progress[-1]["done"], progress[-1]["percent"]) == (progress[-1]["of"] - 1, 100)
    steps = read["report"]["timings_ms"]
    assert {"mrz", "image_visible", "image_infrared", "image_ultraviolet", "page", "chip", "total"} <= set(steps)
    assert {"chip.access", "chip.sod", "chip.dg2"} <= set(steps)
    [told] = [line for line in lines if line["kind"] == "reading"]
    assert told["facts"]["outcome"] == "read"
    assert 0 <= told["facts"]["own_ms"] < steps["chip"]


@pytest.mark.parametrize(
    ("mishap", "code", "files"),
    [
        ("pulled", "removed", None),
        ("wrong_key", "wrong_key", 0),
        ("slow", "too_slow", None),
        ("lying_length", "chip_fault", None),
        ("unplugged", "device_left", None),
        ("no_zone", "zone_unreadable", 0),
    ],
)
def test_what_goes_wrong_is_said_and_the_next_document_is_read(
    tmp_path: Path, mishap: str, code: str, files: int | None
) -> None:
    with agent(tmp_path, mishap, "") as desk, desk.console() as console:
        said = hear_until(console, "document_read")
        assert said[-1]["failure"] == code
        [failed] = [message for message in said if message["type"] == "failed"]
        assert failed["code"] == code
        assert failed["reason"]["text"]
        assert said[-1]["report"]["failure"] == failed["reason"]
        sent = [message["files"] for message in said if message["type"] == "chip_read"]
        if files is not None:
            assert [len(each) for each in sent] in ([], [files])
        if mishap == "wrong_key":
            assert said[-1]["report"]["access"] == ""
        if mishap == "unplugged":
            assert "device_left" in [message["type"] for message in said]
            hear_until(console, "device_arrived")
        console.send(json.dumps({"type": "taken", "document": said[-1]["document"]}))
        console.send('{"type": "await_document"}')
        again = hear_until(console, "document_read")[-1]
        assert (again["failure"], again["report"]["access"]) == (None, PACE)


def test_a_document_whose_chip_is_dead_is_read_without_it(tmp_path: Path) -> None:
    with agent(tmp_path, "dead_chip") as desk, desk.console() as console:
        read = hear_until(console, "document_read")[-1]
        assert (read["failure"], read["report"]["access"]) == (None, "")


def test_a_chip_that_hides_the_pace_it_was_signed_with_is_opened_by_bac_and_found_out(tmp_path: Path) -> None:
    with agent(tmp_path, "downgraded") as desk, desk.console() as console:
        report = hear_until(console, "document_read")[-1]["report"]
        assert (report["access"], report["failure"]) == ("BAC", None)
        checks = {check["id"]: check["result"] for check in report["checks"]}
        assert checks["card_access"] == "failed"
        assert [event["name"] for event in report["events"]] == ["no_pace"]


def test_nobody_is_admitted_without_the_ticket_of_this_desk(tmp_path: Path) -> None:
    with agent(tmp_path) as desk:
        url = f"ws://127.0.0.1:{desk.port}"
        with pytest.raises(InvalidStatus), connect(url, origin=Origin("https://evil.example")):
            pytest.fail("it was let in")
        for changed in ({"token": "guessed"}, {"origin": "https://evil.example"}, {"challenge": "c" * 43}):
            with connect(url, origin=desk.origin) as console:
                challenge = hear(console)["challenge"]
                ticket = desk.ticket(**{"challenge": challenge, **changed})
                console.send(json.dumps({"type": "authenticate", "protocol": 1, "ticket": ticket}))
                assert hear(console)["type"] == "refused"
                with pytest.raises(ConnectionClosed) as ended:
                    console.recv(timeout=5)
                assert ended.value.rcvd is not None
                assert ended.value.rcvd.code == 4003


def test_it_listens_on_this_machine_alone(tmp_path: Path) -> None:
    with agent(tmp_path) as desk:
        listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        port = f"{desk.port:04X}"
        assert {row[1] for row in listening if row[1].endswith(f":{port}") and row[3] == "0A"} == {f"0100007F:{port}"}


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_an_agent_that_was_ended_in_mid_read_starts_again_and_reads(tmp_path: Path, how: int) -> None:
    desk = Agent(tmp_path, ("",), options={"chip_delay_ms": 20})
    desk.start()
    with desk.console() as console:
        hear_until(console, "chip_progress")
        assert desk.stop(how) == (0 if how == signal.SIGTERM else -how)
        with pytest.raises(ConnectionClosed):
            hear_until(console, "document_read")
    desk.options = {}
    desk.start()  # on the same port
    try:
        with desk.console() as console:
            assert hear_until(console, "document_read")[-1]["failure"] is None
    finally:
        assert desk.stop() == 0


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gatehouse", "workstation", "agent", *arguments]
    given = {**os.environ, **environment}
    return subprocess.run(command, check=False, capture_output=True, text=True, env=given, timeout=30)


def test_a_second_agent_on_the_same_port_says_so_in_one_line(tmp_path: Path) -> None:
    with agent(tmp_path) as desk:
        config = tmp_path / "second.toml"
        config.write_text((tmp_path / "desk.toml").read_text().replace("port = 0", f"port = {desk.port}"))
        done = run("--config", str(config))
        said = f"gatehouse: 127.0.0.1:{desk.port} cannot be listened on: Address already in use\n"
        assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_a_desk_that_was_not_registered_says_so_in_one_line(tmp_path: Path) -> None:
    done = run(GATEHOUSE_STATE=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"gatehouse: {tmp_path}/desk.json cannot be read: No such file or directory")
    assert done.stderr.count("\n") == 1
