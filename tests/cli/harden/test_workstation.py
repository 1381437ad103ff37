from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from websockets.sync.server import ServerConnection, serve

from gatehouse.cli.harden import running, unit, workstation
from gatehouse.cli.harden.points import Answer
from gatehouse.device.ledger import store
from gatehouse.kernel.results import Result
from gatehouse.workstations.settings import Settings
from tests.absence import absent
from tests.cli.running import run
from tests.workstations.at_desk import ORIGIN, agent

UNIT = Path(__file__).resolve().parents[3] / "docs" / "manual" / "gatehouse-workstation.service"


def settings(folder: Path, *lines: str, port: int = 1) -> Settings:
    file = folder / "desk.toml"
    said = [f"port = {port}", f'origins = ["{ORIGIN}"]', f'pairing = "{folder}/desk.json"', *lines]
    file.write_text("\n".join(said) + "\n")
    return Settings.load(file)


def test_a_running_agent_holds_to_every_point_but_that_it_runs_as_root_with_simulated_devices(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with agent(tmp_path) as desk:
        config = tmp_path / "desk.toml"
        config.write_text(config.read_text().replace("port = 0", f"port = {desk.port}"))
        desk.spool.touch(0o600)
        desk.spool.chmod(0o600)
        code, out, _ = run(
            capsys, "harden", "--part", "workstation", "--config", str(config), "--unit", str(UNIT), "--json"
        )
    results = {each["id"]: each["result"] for each in json.loads(out)["points"]}
    root = Path("/proc/self").stat().st_uid == 0
    assert code == 1
    assert results.pop("desk-no-simulation") == "failed"
    assert results.pop("desk-not-root") == ("failed" if root else "successful")
    assert results.pop("desk-ledger-private") == "not supported"
    assert set(results.values()) == {"successful"}
    assert len(results) == len(workstation.POINTS) - 3


@contextmanager
def impostor(answer: Callable[[ServerConnection], None]) -> Iterator[int]:
    """Something else on the port of the agent, which lets in whoever comes."""
    with serve(answer, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.socket.getsockname()[1]
        server.shutdown()


def test_an_agent_that_lets_anybody_in_is_found_out(tmp_path: Path) -> None:
    def open_house(console: ServerConnection) -> None:
        console.send('{"type": "hello"}')
        console.recv()
        console.send('{"type": "welcome"}')

    with impostor(open_house) as port:
        given = settings(tmp_path, port=port)
        assert running.origin_refused(given) == Answer(Result.FAILED, "a page of https://elsewhere.invalid was let in")
        assert running.ticket_needed(given) == Answer(
            Result.FAILED, "a made-up ticket was answered with hello, welcome"
        )
        assert running.loopback(given).result is Result.SUCCESSFUL


def test_a_port_that_others_reach_is_found_out(tmp_path: Path) -> None:
    head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n"
    row = "   0: {address}:230B 00000000:0000 {state} 00000000:00000000 00:00000000 00000000 {uid} 0 1\n"
    (tmp_path / "tcp").write_text(
        head
        + row.format(address="0100007F", state="0A", uid=998)
        + row.format(address="00000000", state="0A", uid=0)
        + row.format(address="0A00000A", state="01", uid=5)  # a connection, not a listener
    )
    found = running.listening(0x230B, tmp_path)
    assert found == [running.Socket("0100007F", 998), running.Socket("00000000", 0)]


def test_where_no_agent_runs_nothing_is_said_for_or_against_it(tmp_path: Path) -> None:
    given = settings(tmp_path)
    for check in (running.loopback, running.account, running.origin_refused, running.ticket_needed):
        answer = check(given)
        assert answer == Answer(Result.UNDETERMINED, "no agent answers on 127.0.0.1:1: start it and check again")


def test_the_files_of_a_desk_are_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spool = tmp_path / "spool.jsonl"
    spool.write_text("")
    spool.chmod(0o640)
    given = settings(tmp_path, "[telemetry]", f'spool = "{spool}"')
    pairing, config = tmp_path / "desk.json", tmp_path / "desk.toml"
    pairing.write_text('{"device": "TPE-A12", "port": "TPE", "token": "x"}')
    pairing.chmod(0o640)
    config.chmod(0o666)
    assert workstation.telemetry(given).because == f"{spool} is open to others (mode 0640)"
    code, out, _ = run(capsys, "harden", "--part", "workstation", "--config", str(config), "--json")
    said = {each["id"]: (each["result"], each["reason"]) for each in json.loads(out)["points"]}
    assert code == 1
    assert said["desk-pairing-private"] == ("failed", f"{pairing} can be read by others: chmod 600 {pairing}")
    assert said["desk-settings-kept"] == ("failed", f"{config} can be changed by others (mode 0666)")
    assert said["desk-unit-confined"][0] == "not supported"
    pairing.chmod(0o600)
    assert workstation.pairing(given).result is Result.SUCCESSFUL


def test_consoles_without_tls_and_simulated_devices_are_refused(tmp_path: Path) -> None:
    given = settings(tmp_path)
    plain = given.model_copy(update={"origins": ("https://a.example", "http://b.example")})
    assert workstation.origins(given).result is Result.SUCCESSFUL
    assert workstation.origins(plain) == Answer(Result.FAILED, "http://b.example is served without TLS")
    assert workstation.simulation(given) == Answer(Result.FAILED, "the driver simulated is started")
    real = settings(tmp_path, "[[drivers]]", 'name = "pcsc"')
    assert workstation.simulation(real) == Answer(Result.SUCCESSFUL, "pcsc")


def test_the_ledger_of_a_handheld_is_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    key = b64encode(bytes(32)).decode()
    section = ("[mobile]", 'centre = "https://border.example"', f'centre_key = "{key}"')
    given = settings(tmp_path, *section, f'bundle = "{tmp_path}/bundle"', f'ledger = "{file}"')
    assert workstation.ledger(given) == Answer(Result.NOT_SUPPORTED, "this device has no ledger")
    store.connect(file, device="TPE-M01").close()
    assert workstation.ledger(given) == Answer(Result.SUCCESSFUL, f"{file} is its owner's alone, and whole")
    file.chmod(0o640)
    assert workstation.ledger(given) == Answer(Result.FAILED, f"{file} is open to others (mode 0640)")
    file.chmod(0o600)
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")
    assert workstation.ledger(given) == Answer(Result.FAILED, "its journal is delete")
    file.write_bytes(b"no ledger at all" * 64)
    assert workstation.ledger(given) == Answer(Result.FAILED, f"{file} cannot be read: file is not a database")


def test_the_shipped_unit_lacks_nothing() -> None:
    assert list(unit.lacking(UNIT)) == []


@pytest.mark.parametrize("name", [*unit.REQUIRED, "User"])
def test_a_unit_without_one_of_its_directives_is_found_out(name: str, tmp_path: Path) -> None:
    lines = [line for line in UNIT.read_text().splitlines() if not line.startswith(f"{name}=")]
    changed = tmp_path / "changed.service"
    changed.write_text("\n".join(lines))
    [said] = unit.lacking(changed)
    assert said == ("it runs as root" if name == "User" else f"{name}={unit.REQUIRED[name][0]} is missing")
    loose = tmp_path / "loose.service"
    loose.write_text(UNIT.read_text().replace("ProtectSystem=strict", "ProtectSystem=no"))
    assert list(unit.lacking(loose)) == ["ProtectSystem is no"]


@pytest.fixture(scope="module")
def systemd_analyze() -> str:
    return shutil.which("systemd-analyze") or absent("systemd-analyze (Debian's systemd)")


@pytest.fixture
def startable(tmp_path: Path) -> Path:
    """The unit with a program that is on this machine too: systemd refuses one whose program is not there."""
    file = tmp_path / UNIT.name
    text = UNIT.read_text()
    assert text.count("/opt/gatehouse/.venv/bin/gatehouse") == 1
    file.write_text(text.replace("/opt/gatehouse/.venv/bin/gatehouse", "/bin/true"))
    return file


def analyse(*command: str) -> tuple[int, str]:
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    return done.returncode, (done.stdout + done.stderr).strip()


def test_systemd_takes_the_unit_without_a_word(systemd_analyze: str, startable: Path) -> None:
    assert analyse(systemd_analyze, "verify", "--man=no", str(startable)) == (0, "")
    startable.write_text(startable.read_text().replace("PrivateTmp=yes", "PrivateTmp=perhaps"))
    assert "Failed to parse boolean value" in analyse(systemd_analyze, "verify", "--man=no", str(startable))[1]


def test_systemd_counts_little_exposure(systemd_analyze: str, startable: Path) -> None:
    """Of ten at most: 1.1 with systemd 252; the threshold is given in tenths."""
    command = [systemd_analyze, "security", "--offline=true", "--threshold=15", str(startable)]
    code, said = analyse(*command)
    assert code == 0, said
