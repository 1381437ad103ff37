"""A shift on board, as the program runs: lines in, answers out, a simulated reader, and no centre."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.device.made import CENTRE, DEVICE, PASSPHRASE, listed, signed
from tests.workstations.at_desk import lay_out

from gatehouse.device.bundle import TrustLists
from gatehouse.device.events import KEPT_FILES, Inspected
from gatehouse.device.ledger import Ledger, Outbox
from gatehouse.documents.mrz import compose_mrz
from gatehouse.kernel.clock import SystemClock
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import IssuedDocument, Issuer

NOW = datetime.now(UTC)


def zone(**changes: str) -> list[str]:
    facts = {
        "document_code": "P",
        "issuer": "JPN",
        "document_number": "TK1234567",
        "surname": "TANAKA",
        "given_names": "HANAKO",
        "nationality": "JPN",
        "birth_date": "1985-03-14",
        "sex": "F",
        "expiry_date": (NOW + timedelta(days=2000)).date().isoformat(),
    }
    return compose_mrz("TD3", **{**facts, **changes}).splitlines()


@cache
def utopia() -> tuple[Issuer, IssuedDocument]:
    """A state and a passport of it: each issuer has keys of its own."""
    issuer = Issuer("UT", "UTO", seed=1, on=NOW.date())
    return issuer, issuer.personalise(made_up_holder("UTO", 7, on=NOW.date(), youngest=18))


class OnBoard:
    """A folder with everything that a handheld has: registration, settings, bundle."""

    def __init__(self, folder: Path, *, centre: str = "http://127.0.0.1:9", **bundle: Any) -> None:
        self.folder, self.ledger = folder, folder / "ledger.sqlite3"
        issuer, document = utopia()
        documents = lay_out(folder / "documents", ["", ""], document)
        pairing = folder / "desk.json"
        pairing.write_text(json.dumps({"device": DEVICE, "port": "TPE", "token": "t"}))
        pairing.chmod(0o600)
        lists = TrustLists(files={"utopia.ml": b64encode(issuer.master_list([issuer])).decode()})
        now = datetime.now(UTC)  # this module may have been read minutes ago
        given = {"issued": now - timedelta(hours=1), "expires": now + timedelta(hours=71), "trust": lists, **bundle}
        (folder / "bundle").write_bytes(signed(listed(), **given))
        key = b64encode(CENTRE.public_key().public_bytes_raw()).decode()
        lines = [f'pairing = "{pairing}"', "[mobile]", f'centre = "{centre}"', f'centre_key = "{key}"']
        lines += [f'bundle = "{folder / "bundle"}"', f'ledger = "{self.ledger}"']
        lines += ["[[drivers]]", 'name = "simulated"', "[drivers.options]", f'documents = "{documents}"']
        lines += ["comes_after_ms = 30", "step_ms = 20", "chip_delay_ms = 1"]
        self.config = folder / "handheld.toml"
        self.config.write_text("\n".join(lines))

    def run(self, *lines: str, command: str = "mobile", more: tuple[str, ...] = ("--json",)) -> tuple[int, str, str]:
        arguments = [sys.executable, "-m", "gatehouse", "workstation", command, "--config", str(self.config), *more]
        done = subprocess.run(
            arguments,
            input="".join(f"{line}\n" for line in lines),
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        return done.returncode, done.stdout, done.stderr

    def answers(self, *lines: str) -> list[dict[str, Any]]:
        code, out, err = self.run(*lines)
        assert (code, err) == (0, ""), err
        return [json.loads(line) for line in out.splitlines()]

    @property
    def kinds(self) -> list[str]:
        with Ledger(self.ledger, device=DEVICE, clock=SystemClock()) as kept:
            return [event.kind for event in kept.events()]


def test_a_shift_without_the_centre(tmp_path: Path) -> None:
    board = OnBoard(tmp_path)
    said = board.answers(
        "sign on chen",
        PASSPHRASE["chen"],
        "conveyance OCEAN 7",
        "read",
        "refer",
        "type",
        *zone(document_number="TK7654321"),
        "",
        "admit",
        "status",
        "type",
        *zone(),
        "",
        "admit",
        "refuse",
        "confirm lin",
        PASSPHRASE["lin"],
        "quit",
    )
    start, signed_on, _, chip, referred, typed, admitted, status, banned, no, refused, confirmed, end = said
    assert (start["bundle"], start["age_hours"], start["waiting"]) == (4, 1.0, 0)
    assert signed_on == {"signed_on": "chen"}
    assert (chip["document"], chip["checks"]["sod_signature"], chip["proposed"]) == (
        "successful",
        "successful",
        "refer",
    )
    assert chip["checks"]["chip_access"] == "successful"
    assert chip["checks"]["record"] == "undetermined"
    assert (referred["state"], typed["proposed"], typed["state"]) == ("referred", "admit", "open")
    assert typed["checks"]["chip"] == "not supported"
    assert typed["last_permitted_day"] is not None
    assert (admitted["state"], admitted["decisions"]) == ("closed", [])
    assert (status["waiting"], status["last_passage"]) == (5, typed["inspection"])
    assert (banned["proposed"], [hit["kind"] for hit in banned["hits"]]) == ("refuse", ["entry_ban"])
    assert no == {"refused": "a decision other than the proposed one, refuse, needs a reason"}
    assert (refused["state"], confirmed["state"]) == ("awaiting_confirmation", "closed")
    assert end == {"end": True}
    assert board.kinds == [
        "sign_on",
        *("inspection", "decision") * 3,
        "confirmation",
        "sign_off",
    ]


def test_what_the_ledger_keeps_of_a_chip_shows_no_face(tmp_path: Path) -> None:
    board = OnBoard(tmp_path)
    board.answers("sign on chen", PASSPHRASE["chen"], "read", "quit")
    with Ledger(board.ledger, device=DEVICE, clock=SystemClock()) as kept:
        [event] = [each for each in kept.events() if each.kind == "inspection"]
    body = Inspected.model_validate_json(event.body or "")
    assert "SOD" in body.files
    assert set(body.files) <= KEPT_FILES
    assert b64encode(utopia()[1].files["DG2"]).decode()[:200] not in (event.body or "")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"expires": NOW - timedelta(minutes=1)}, "the bundle ended at"),
        ({"issued": NOW + timedelta(hours=1)}, "the bundle is valid from"),
        ({"device": "TPE-M02"}, "the bundle is for TPE-M02, not for TPE-M01"),
    ],
)
def test_a_bundle_that_cannot_be_used_is_said_and_nobody_signs_on(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    start, refused, nobody, _ = OnBoard(tmp_path, **changes).answers("sign on chen", PASSPHRASE["chen"], "read", "quit")
    assert start["refused"].startswith(said)
    assert refused["refused"] == "this device has no bundle: fetch one from the centre"
    assert nobody["refused"] in {"nobody is signed on at this device"}


def test_an_older_bundle_than_was_seen_is_not_taken(tmp_path: Path) -> None:
    board = OnBoard(tmp_path)
    board.answers("quit")
    older = OnBoard(tmp_path, serial=3)
    assert older.answers("quit")[0]["refused"].startswith("the bundle has the number 3, and number 4 was used here")


def test_a_wrong_passphrase_and_an_officer_without_the_right_are_refused(tmp_path: Path) -> None:
    board = OnBoard(tmp_path)
    said = board.answers(
        "sign on chen",
        "a guess at the passphrase",
        "sign on gao",
        PASSPHRASE["gao"],
        "sign on wu",
        "x",
        "dance",
        "quit",
    )
    assert [each.get("refused") for each in said[1:4]] == [
        "this is not the officer's passphrase",
        "gao may not do this: it needs border.inspect",
        "the roster of this bundle does not name wu",
    ]
    assert said[4]["help"].startswith("sign on NAME")
    assert board.kinds == []


def test_without_a_network_delivery_says_so_and_keeps_everything(tmp_path: Path) -> None:
    board = OnBoard(tmp_path)
    said = board.answers("sign on chen", PASSPHRASE["chen"], "deliver", "quit")
    assert said[2]["refused"].startswith("the centre cannot be reached:")
    code, out, err = board.run(command="deliver", more=("--once",))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("gatehouse: the centre cannot be reached:")
    outbox = Outbox(board.ledger, device=DEVICE)
    assert outbox.backlog.count == 2
    outbox.close()


def test_settings_of_a_fixed_desk_are_one_line(tmp_path: Path) -> None:
    board = OnBoard(tmp_path)
    lines = board.config.read_text().splitlines()
    board.config.write_text(lines[0])
    for command in ("mobile", "deliver"):
        code, out, err = board.run(command=command, more=())
        assert (code, out) == (2, "")
        assert err == "gatehouse: the settings have no section [mobile]: its centre, centre_key, bundle and ledger\n"
