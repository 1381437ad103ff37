from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from tests.conformance import conformance, conformance_dir

from gatehouse.audit.models import Leaf
from gatehouse.border.api import Direction, inspection_open, inspection_view
from gatehouse.cli import main
from gatehouse.documents.pki.store import ListStore
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.results import Result
from gatehouse.platform import postgres
from gatehouse.platform.actors import Actor
from gatehouse.platform.config import Mode, config
from gatehouse.platform.models import User
from gatehouse.platform.trust import trusted
from gatehouse.simulation.halls import halls_in_turn
from gatehouse.simulation.nation import Irregularity
from gatehouse.simulation.reader import Reader

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]
CONFORMANCE = conformance_dir()
SERVER = config().state_dir


@dataclass(frozen=True)
class Post:
    direction: Direction


@pytest.fixture(autouse=True)
def _installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state of its own, and the database that the tests have already, which only this process can see into."""
    monkeypatch.setattr(config(), "state", tmp_path)
    monkeypatch.setattr(config(), "database_url", "the database of the tests")
    monkeypatch.setattr("gatehouse.cli.demo.run.halls_side_by_side", halls_in_turn)
    monkeypatch.setenv("CONFORMANCE_DIR", str(tmp_path / "nothing"))


def run(capsys: Captured, *arguments: str) -> tuple[Any, str]:
    with pytest.raises(SystemExit) as left:
        main(["demo", *arguments])
    return left.value.code, capsys.readouterr().out


def test_a_small_day_holds_and_the_next_one_is_another(capsys: Captured) -> None:
    code, out = run(capsys, "--travellers", "40", "--json")
    done = json.loads(out)
    assert code == 0
    assert done["ok"] is True
    assert (done["port"], done["run"], done["travellers"]) == ("TPE", 0, 40)
    assert done["found"] == done["planted"] == dict.fromkeys(Irregularity, 1)
    assert (done["missed"], done["stopped"], done["crossings_agree"]) == ([], [], True)
    assert (done["proposals"]["refer"], done["proposals"]["refuse"]) == (10, 4)
    assert (done["decisions"]["confirmed"], done["decisions"]["hold"]) == (11, 6)
    assert {figure["evidence"]["kind"] for figure in done["figures"]} == {"computed"}
    assert done["years_on_record"] == [112]
    assert done["audit"]["ok"] is True
    assert done["audit"]["size"] == done["audit"]["vouched"] == Leaf.objects.count()
    assert done["audit"]["signature"]["result"] == "successful"
    assert done["real_documents"] is None
    code, out = run(capsys, "--travellers", "40", "--json")
    again = json.loads(out)
    assert (code, again["run"], again["ok"]) == (0, 2, True)
    assert again["day"] > done["day"]


def test_it_says_in_words_what_it_did_and_where_to_look(capsys: Captured) -> None:
    code, out = run(capsys, "--travellers", "40")
    assert code == 0
    assert "Planted and found (14 of 14)" in out
    assert "forged                    1 of 1" in out
    assert "Valid travellers stopped  0" in out
    assert "Annual report             records of the year 112 are there to build it from" in out
    assert "entries, verified, checkpoint signature successful" in out
    assert "the conformance data is not here (set CONFORMANCE_DIR)" in out
    assert "open http://127.0.0.1:8000/ and sign in as chen" in out


def test_it_leaves_accounts_trust_and_travellers_for_the_console(capsys: Captured, tmp_path: Path) -> None:
    code, out = run(capsys, "--travellers", "40", "--json")
    assert (code, json.loads(out)["waiting_at_the_console"]) == (0, 150)
    assert User.objects.filter(is_demo=True).count() == 10
    history = ListStore(tmp_path / "trust").history()
    assert [version.source.name for version in history[:3]] == [
        "simulated-earlier.ml",
        "simulated.ml",
        "simulated-1.crl",
    ]
    assert history[1].succeeds == history[0].source.sha256
    assert history[1].certificates == history[0].certificates + 6
    arriving = len(list((tmp_path / "demo-reader").glob("entry-*.json")))
    verdicts = Counter(verdict_at_the_console() for _ in range(arriving))
    assert verdicts == {Result.SUCCESSFUL: arriving - 6, Result.FAILED: 6}


def verdict_at_the_console() -> Result:
    """Of the next document at a desk for arrivals, under what the screens trust."""
    reading = Reader().next(Post(Direction.ENTRY))
    assert reading is not None
    lists = trusted()
    inspector = Actor.of(User.objects.get(username="chen"))
    inspection = inspection_open(
        clock=SystemClock(),
        officer=inspector,
        port="TPE",
        lane="1",
        direction=Direction.ENTRY,
        reading=reading,
        trust=lists.anchors,
        crls=lists.crls,
    )
    view = inspection_view(inspection, clock=SystemClock(), reader=inspector, purpose="border_check")
    return view.document.verdict


def test_real_documents_are_authenticated_where_they_are(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFORMANCE_DIR", str(CONFORMANCE))
    conformance("documents/sods")
    _, out = run(capsys, "--travellers", "20", "--json")
    results = {document["name"]: document["result"] for document in json.loads(out)["real_documents"]}
    assert results.pop("DE-2-tampered") == "failed"
    assert set(results) == {"AT-1", "DE-1", "FI-1", "FR-1", "ID-1", "MY-1", "NZ-1"}
    assert set(results.values()) == {"successful"}


def test_production_refuses_it(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "mode", Mode.PRODUCTION)
    with pytest.raises(SystemExit) as left:
        main(["demo"])
    assert left.value.code == 1
    assert capsys.readouterr().err == "gatehouse: the demo does not run in production: set GATEHOUSE_MODE=demo\n"
    assert User.objects.count() == 0


def by_itself(url: str, state: Path, *arguments: str) -> dict[str, Any]:
    """The command as a person calls it, in an installation of its own."""
    environment = {**os.environ, "GATEHOUSE_MODE": "demo", "GATEHOUSE_STATE": str(state), "DATABASE_URL": url}
    command = [sys.executable, "-m", "gatehouse", "demo", *arguments, "--json"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a database that nobody used, on the server of the tests."""
    server = os.environ.get("DATABASE_URL") or postgres.url(SERVER)
    name = f"demo_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_halls_work_side_by_side(empty_database: str, tmp_path: Path, capsys: Captured) -> None:
    done = by_itself(empty_database, tmp_path / "side-by-side", "--travellers", "40")
    _, out = run(capsys, "--travellers", "40", "--json")
    in_turn = json.loads(out)
    for same in ("travellers", "directions", "proposals", "decisions", "planted", "found", "missed", "stopped"):
        assert done[same] == in_turn[same]
    assert done["ok"] is True
    assert done["audit"]["size"] == done["audit"]["vouched"] > 0


@pytest.mark.real
def test_two_thousand_travellers_pass_and_all_that_was_planted_is_found(empty_database: str, tmp_path: Path) -> None:
    done = by_itself(empty_database, tmp_path)
    assert done["ok"] is True
    assert done["travellers"] == 2000
    assert sum(done["planted"].values()) == sum(done["found"].values()) == 36
    assert (done["missed"], done["stopped"]) == ([], [])
    assert (done["proposals"]["refer"], done["proposals"]["refuse"]) == (24, 12)
    assert (done["decisions"]["confirmed"], done["decisions"]["hold"]) == (28, 15)
